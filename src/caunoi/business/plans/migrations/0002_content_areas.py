"""Enter the fields of work with which an installation begins."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

AREAS = Path(__file__).resolve().parents[1] / "data" / "content_areas.toml"


def enter(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    area = apps.get_model("plans", "ContentArea")
    rows = tomllib.loads(AREAS.read_text(encoding="utf-8"))["area"]
    area.objects.bulk_create(area(**row, position=position) for position, row in enumerate(rows))


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
