"""Enter the periods and limits of the law, dated and with their source."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

LAW = Path(__file__).resolve().parents[1] / "data" / "law.toml"


def enter(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    window = apps.get_model("reporting", "CutOffWindow")
    limit = apps.get_model("reporting", "LegalLimit")
    law = tomllib.loads(LAW.read_text(encoding="utf-8"))
    source = law["source"]
    window.objects.bulk_create(
        window(
            span=row["span"],
            first_month=row["first"][0], first_day=row["first"][1],
            last_month=row["last"][0], last_day=row["last"][1],
            source=source["window"], confidence=row["confidence"], from_on=source["from_on"],
        )
        for row in law["window"]
    )
    limit.objects.bulk_create(limit(**row, from_on=source["from_on"]) for row in law["limit"])


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
