"""Which unit each part of a taken figure came from; what is counted of a sent report may change, what it holds not."""

from __future__ import annotations

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

HELD = "public_id, reporter_id, version, takes, cells, sections, sealed_at"
SQLITE = [
    "DROP TRIGGER reporting_branchtaken_sealed",
    f"""
    CREATE TRIGGER reporting_branchtaken_sealed BEFORE UPDATE OF {HELD} ON reporting_branchtaken
    WHEN OLD.sealed_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'reporting_branchtaken_sealed'); END
    """,
    """
    CREATE TRIGGER reporting_branchpart_sealed BEFORE UPDATE ON reporting_branchpart
    BEGIN SELECT RAISE(ABORT, 'reporting_branchpart_sealed'); END
    """,
]
POSTGRESQL = [
    "DROP TRIGGER reporting_branchtaken_sealed ON reporting_branchtaken",
    f"""
    CREATE TRIGGER reporting_branchtaken_sealed BEFORE UPDATE OF {HELD} ON reporting_branchtaken
    FOR EACH ROW EXECUTE FUNCTION reporting_branchtaken_sealed()
    """,
    """
    CREATE FUNCTION reporting_branchpart_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'reporting_branchpart_sealed' USING ERRCODE = 'check_violation';
    END $$
    """,
    """
    CREATE TRIGGER reporting_branchpart_sealed BEFORE UPDATE ON reporting_branchpart
    FOR EACH ROW EXECUTE FUNCTION reporting_branchpart_sealed()
    """,
]


def seal(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0007_units_that_left"),
        ("reporting", "0018_consolidating_in_a_job"),
    ]

    operations = [
        migrations.CreateModel(
            name="BranchPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cells", models.JSONField()),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="reporting.submission"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
                    ),
                ),
            ],
            options={
                "ordering": ["submission_id", "unit_id"],
                "constraints": [
                    models.UniqueConstraint(fields=("submission", "unit"), name="reporting_branch_part_unit")
                ],
            },
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
