"""What a report was made from; the database refuses to change it once the version has left the unit."""

from __future__ import annotations

import caunoi.kernel.ids
import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = [
    """
    CREATE TRIGGER reporting_branchtaken_sealed BEFORE UPDATE ON reporting_branchtaken WHEN OLD.sealed_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'reporting_branchtaken_sealed'); END
    """
]
POSTGRESQL = [
    """
    CREATE FUNCTION reporting_branchtaken_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.sealed_at IS NOT NULL THEN
            RAISE EXCEPTION 'reporting_branchtaken_sealed' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER reporting_branchtaken_sealed BEFORE UPDATE ON reporting_branchtaken
    FOR EACH ROW EXECUTE FUNCTION reporting_branchtaken_sealed()
    """,
]


def seal(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0011_heir_index'),
    ]

    operations = [
        migrations.CreateModel(
            name='BranchTaken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=caunoi.kernel.ids.uuid7, editable=False, unique=True)),
                ('version', models.PositiveSmallIntegerField()),
                ('takes', models.JSONField(default=list)),
                ('cells', models.JSONField(default=dict)),
                ('sections', models.JSONField(default=dict)),
                ('own', models.JSONField(default=dict)),
                ('sealed_at', models.DateTimeField(null=True)),
                ('reporter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reporting.expectedreporter')),
            ],
            options={
                'ordering': ['reporter_id', '-version'],
                'constraints': [models.UniqueConstraint(fields=('reporter', 'version'), name='reporting_branch_taken_version')],
            },
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
