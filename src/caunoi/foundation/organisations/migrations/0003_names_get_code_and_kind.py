from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def give_names_their_code_and_kind(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now code and kind of a unit had no period: every name of it gets those it has today."""
    unit = apps.get_model("organisations", "Unit").objects.filter(pk=models.OuterRef("unit_id"))
    apps.get_model("organisations", "UnitName").objects.update(
        code=models.Subquery(unit.values("code")),
        kind_id=models.Subquery(unit.values("kind_id")),
        folded=models.Subquery(unit.values("folded")),
    )


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_events_and_lineage")]

    operations = [migrations.RunPython(give_names_their_code_and_kind, migrations.RunPython.noop)]
