"""Enters the dated rows of law with which every installation begins."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def enter(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    from caunoi.foundation.personal_data.operations.law import load_law

    load_law(*(apps.get_model("personal_data", name) for name in ("Ground", "Retention", "Limit")))


class Migration(migrations.Migration):
    dependencies = [("personal_data", "0001_initial")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
