"""Keeps why a reveal was unusual, and enters the limits that say so."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MEASURED = ["hours", "days", "working_days", "times_an_hour", "o_clock"]


def enter(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    from caunoi.foundation.personal_data.operations.law import load_law

    load_law(*(apps.get_model("personal_data", name) for name in ("Ground", "Retention", "Limit")))


class Migration(migrations.Migration):
    dependencies = [("personal_data", "0002_law")]
    operations = [
        migrations.AddField("reveal", "unusual_for", models.JSONField(default=list)),
        migrations.AlterField(
            "limit", "measured", models.CharField(choices=[(one, one) for one in MEASURED], max_length=15)
        ),
        migrations.RunPython(enter, migrations.RunPython.noop),
    ]
