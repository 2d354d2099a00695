"""Keep how sure a day off is, and enter the days off of the law and of the announcements."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from caunoi.foundation.calendar.rules.days_off import fixed_days_off

DATA = Path(__file__).resolve().parents[1] / "data" / "days_off.toml"


def enter(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    holiday = apps.get_model("calendar", "Holiday")
    held = set(holiday.objects.values_list("day", flat=True))
    holiday.objects.bulk_create(holiday(**row) for row in _rows() if row["day"] not in held)


def _rows() -> Iterator[dict[str, object]]:
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    fixed, announced = data["fixed"], {row["year"]: row for row in data["year"]}
    for year in range(fixed["from"], fixed["until"] + 1):
        if year not in announced:
            for off in fixed_days_off(year, [tuple(each) for each in fixed["days"]]):
                yield _row(off.day, off.name, fixed, is_working=False)
            continue
        for kind, is_working in (("off", False), ("worked", True)):
            for day, name in announced[year][kind]:
                yield _row(dt.date.fromisoformat(day), name, announced[year], is_working=is_working)


def _row(day: dt.date, name: str, said: dict[str, str], *, is_working: bool) -> dict[str, object]:
    return {
        "day": day, "name": name, "is_working": is_working,
        "source": said["source"], "confidence": said["confidence"],
    }


class Migration(migrations.Migration):
    dependencies = [("calendar", "0001_initial")]
    operations = [
        migrations.AddField("holiday", "confidence", models.CharField(default="C", max_length=2)),
        migrations.RunPython(enter, migrations.RunPython.noop),
    ]
