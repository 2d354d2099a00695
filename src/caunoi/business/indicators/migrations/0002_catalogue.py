"""Enter the shipped indicators."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from caunoi.kernel.ids import uuid7

CATALOGUE = Path(__file__).resolve().parents[1] / "data" / "indicators.toml"


def enter(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    indicator = apps.get_model("indicators", "Indicator")
    catalogue = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
    indicator.objects.bulk_create(
        indicator(
            public_id=uuid7(), code=row["code"], group=row["group"], name=row["name"], unit_of_measure=row["unit"],
            nature=row.get("nature", "flow"), number=row.get("number", "integer"),
            dimensions=row.get("dimensions", []), computed=row["computed"],
            source=catalogue["source"][row.get("source", "practice")], mark=row.get("mark", "I"), position=position,
        )
        for position, row in enumerate(catalogue["indicator"], start=1)
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
