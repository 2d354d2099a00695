"""Several people in one draft, signed copies, entry on behalf, rules between figures; the seal covers them."""

from __future__ import annotations

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SEALED = "cells, narrative, explanations, reporter_id, version, sent_at, send_key, behalf_ground, signed_copy_id"
COLUMNS = SEALED.split(", ")
CHANGED = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in COLUMNS)
SQLITE = [
    "DROP TRIGGER IF EXISTS reporting_submission_sealed",
    "DROP TRIGGER IF EXISTS reporting_submission_kept",
    f"""
    CREATE TRIGGER reporting_submission_sealed BEFORE UPDATE OF {SEALED}
    ON reporting_submission WHEN OLD.sent_at IS NOT NULL AND ({CHANGED})
    BEGIN SELECT RAISE(ABORT, 'reporting_submission_sealed'); END
    """,
    """
    CREATE TRIGGER reporting_submission_kept BEFORE DELETE ON reporting_submission WHEN OLD.sent_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'reporting_submission_sealed'); END
    """,
]
"""Adding a column builds the table of SQLite anew, without its triggers: both are made again."""
POSTGRESQL = [
    f"""
    CREATE OR REPLACE FUNCTION reporting_submission_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.sent_at IS NOT NULL AND (TG_OP = 'DELETE' OR
            ({", ".join("NEW." + column for column in COLUMNS)})
            IS DISTINCT FROM
            ({", ".join("OLD." + column for column in COLUMNS)})) THEN
            RAISE EXCEPTION 'reporting_submission_sealed' USING ERRCODE = 'check_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END $$
    """,
]


def seal(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("reporting", "0005_lists_and_rungs")]
    operations = [
        migrations.AddField("submission", "touched", models.JSONField(default=dict)),
        migrations.AddField("submission", "behalf_ground", models.CharField(blank=True, max_length=300)),
        migrations.AddField("submission", "signed_copy_name", models.CharField(blank=True, max_length=200)),
        migrations.AddField(
            "submission",
            "signed_copy",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
            ),
        ),
        migrations.CreateModel(
            name="FormCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20)),
                ("left", models.JSONField()),
                ("relation", models.CharField(choices=[("le", "le"), ("eq", "eq"), ("ge", "ge")], max_length=2)),
                ("right", models.JSONField()),
                ("severity", models.CharField(choices=[("error", "error"), ("query", "query")], default="error", max_length=5)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "regime",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="reporting.reportregime"
                    ),
                ),
            ],
            options={
                "ordering": ["regime_id", "position", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("regime", "code"), name="reporting_check_code"),
                    models.CheckConstraint(
                        condition=models.Q(("relation__in", ["le", "eq", "ge"]), ("severity__in", ["error", "query"])),
                        name="reporting_check_known",
                    ),
                ],
            },
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
