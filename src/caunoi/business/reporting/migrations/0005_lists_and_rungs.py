"""Enter the periods of the school year, the shared lists and the ladder of reminders, each with its source."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any  # what a toml file holds

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

DATA = Path(__file__).resolve().parents[1] / "data"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def enter(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    _windows(apps)
    _lists(apps)
    _rungs(apps)


def _windows(apps: Apps) -> None:
    window, law = apps.get_model("reporting", "CutOffWindow"), _read("law_school_year.toml")
    source = law["source"]
    window.objects.bulk_create(
        window(
            span=row["span"], first_month=row["first"][0], first_day=row["first"][1],
            last_month=row["last"][0], last_day=row["last"][1],
            source=source["window"], confidence=row["confidence"], from_on=source["from_on"],
        )
        for row in law["window"]
    )


def _lists(apps: Apps) -> None:
    shared, member = apps.get_model("reporting", "SharedList"), apps.get_model("reporting", "SharedMember")
    for position, row in enumerate(_read("lists.toml")["list"]):
        held = shared.objects.create(
            code=row["code"], name=row["name"], source=row["source"], confidence=row["confidence"], position=position
        )
        member.objects.bulk_create(
            member(shared_list=held, code=code, label=label, position=place)
            for place, (code, label) in enumerate(row["members"])
        )


def _rungs(apps: Apps) -> None:
    rung, ladder = apps.get_model("reporting", "ReminderRung"), _read("reminders.toml")
    rung.objects.bulk_create(
        rung(
            code=row["code"], offset_days=row["offset"], audience=row["audience"],
            source=ladder["source"], from_on=ladder["from_on"],
        )
        for row in ladder["rung"]
    )


class Migration(migrations.Migration):
    dependencies = [("reporting", "0004_regimes_campaigns_reminders")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
