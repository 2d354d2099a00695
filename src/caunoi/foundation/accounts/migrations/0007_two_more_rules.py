"""Enter the rules of sessions at once and of the second factor of everybody, dated and with their source."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

RULES = Path(__file__).resolve().parents[1] / "data" / "sign_in_rules.toml"


def enter(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Enter what is not there yet: a new installation has read the whole file already."""
    rule = apps.get_model("accounts", "SignInRule")
    data = tomllib.loads(RULES.read_text(encoding="utf-8"))
    known = set(rule.objects.values_list("code", flat=True))
    rule.objects.bulk_create(
        rule(**{**row, "source": data["source"][row["source"]]}, from_on=data["source"]["from_on"])
        for row in data["rule"]
        if row["code"] not in known
    )


ENDINGS = ["elsewhere", "administrator", "password", "closed", "too_many", "post_left"]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_sessions_say_why_they_ended")]
    operations = [
        migrations.AlterField(
            model_name="signin",
            name="ended_why",
            field=models.CharField(blank=True, choices=[(why, why) for why in ENDINGS], max_length=15),
        ),
        migrations.RunPython(enter, migrations.RunPython.noop),
    ]
