"""Enter the rules of signing in, dated and with their source."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

RULES = Path(__file__).resolve().parents[1] / "data" / "sign_in_rules.toml"


def enter(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    rule = apps.get_model("accounts", "SignInRule")
    data = tomllib.loads(RULES.read_text(encoding="utf-8"))
    source = data["source"]
    rule.objects.bulk_create(
        rule(**{**row, "source": source[row["source"]]}, from_on=source["from_on"]) for row in data["rule"]
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_invitations_keys_rules")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
