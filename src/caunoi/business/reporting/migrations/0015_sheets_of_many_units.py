"""Files with a row for each unit."""

import caunoi.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
        ("people", "0008_search_by_name_alone"),
        ("reporting", "0014_own_ladders_and_corrected_lists"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnitSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=caunoi.kernel.ids.uuid7, editable=False, unique=True)),
                ("ground", models.CharField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "checking"),
                            ("refused", "refused"),
                            ("wrong", "wrong"),
                            ("ready", "ready"),
                            ("entering", "entering"),
                            ("done", "done"),
                        ],
                        default="checking",
                        max_length=10,
                    ),
                ),
                ("reason", models.JSONField(default=dict)),
                ("findings", models.JSONField(default=list)),
                ("units", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("faults", models.PositiveIntegerField(default=0)),
                ("account_id", models.BigIntegerField(null=True)),
                ("begun_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reporting.campaign"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.post"
                    ),
                ),
            ],
            options={
                "ordering": ["-begun_at", "-id"],
                "indexes": [models.Index(fields=["campaign", "-begun_at"], name="reporting_sheet_recent")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["checking", "refused", "wrong", "ready", "entering", "done"])
                        ),
                        name="reporting_sheet_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ground", ""), _negated=True), name="reporting_sheet_has_a_ground"
                    ),
                ],
            },
        ),
    ]
