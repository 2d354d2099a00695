"""Bring the document types into their table: NĐ 30/2020/NĐ-CP, normative documents, Party documents, copies."""

from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from caunoi.kernel.text import fold, sort_key
from vanban.data.doc_types import doc_types

FAMILIES = {"administrative", "normative", "party", "copy"}


def load(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    document_type = apps.get_model("documents", "DocumentType")
    document_type.objects.bulk_create(
        document_type(
            name=row.name,
            abbreviation=row.codes[0] if row.codes else "",
            family=row.family if row.family in FAMILIES else "other",
            source=row.source,
            from_on=row.since,
            until_on=row.until,
            position=position,
            folded=fold(row.name),
            sort_key=sort_key(row.name),
        )
        for position, row in enumerate(doc_types())
    )


def unload(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("documents", "DocumentType").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunPython(load, unload)]
