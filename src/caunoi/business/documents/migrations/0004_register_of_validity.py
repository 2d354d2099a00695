"""Bring what the library knows of cited documents into the register of validity."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from vanban.checks.register import built_in


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    known = apps.get_model("documents", "KnownDocument")
    known.objects.bulk_create(
        known(
            code=row.code,
            key=row.key,
            type_name=row.doc_type,
            subject=row.subject,
            issued_on=row.issued,
            in_force_on=row.effective,
            until_on=row.until,
            replaced_by=row.replaced_by or "",
            source=row.source,
            confidence=row.confidence,
        )
        for row in built_in()
    )


def unload(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("documents", "KnownDocument").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_known_documents")]
    operations = [migrations.RunPython(load, unload)]
