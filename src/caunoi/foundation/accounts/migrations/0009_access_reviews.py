"""Enter the rule of looking through rights, dated and with its source, and keep what is decided."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import caunoi.kernel.ids

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


class Migration(migrations.Migration):
    dependencies = [("people", "0009_exports"), ("accounts", "0008_an_address_is_one_persons")]
    operations = [
        migrations.CreateModel(
            name="AccessReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=caunoi.kernel.ids.uuid7, editable=False, unique=True)),
                ("role", models.CharField(max_length=30)),
                ("holder", models.CharField(max_length=300)),
                ("post_title", models.CharField(max_length=200)),
                ("unit_id", models.BigIntegerField()),
                ("is_kept", models.BooleanField()),
                ("decided_at", models.DateTimeField()),
                ("decided_by", models.CharField(max_length=200)),
                (
                    "grant",
                    models.ForeignKey(null=True, on_delete=models.SET_NULL, related_name="+", to="people.grant"),
                ),
            ],
            options={
                "ordering": ["-decided_at", "-id"],
                "indexes": [models.Index(fields=["grant", "-decided_at"], name="accounts_review_of_grant")],
            },
        ),
        migrations.RunPython(enter, migrations.RunPython.noop),
    ]
