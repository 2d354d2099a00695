"""Let the database itself refuse to change a version of a report that has left the unit."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = [
    """
    CREATE TRIGGER reporting_submission_sealed BEFORE UPDATE OF cells, narrative, explanations, reporter_id, version, sent_at
    ON reporting_submission WHEN OLD.sent_at IS NOT NULL AND (
        NEW.cells IS NOT OLD.cells OR NEW.narrative IS NOT OLD.narrative OR NEW.explanations IS NOT OLD.explanations
        OR NEW.reporter_id IS NOT OLD.reporter_id OR NEW.version IS NOT OLD.version OR NEW.sent_at IS NOT OLD.sent_at)
    BEGIN SELECT RAISE(ABORT, 'reporting_submission_sealed'); END
    """,
    """
    CREATE TRIGGER reporting_submission_kept BEFORE DELETE ON reporting_submission WHEN OLD.sent_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'reporting_submission_sealed'); END
    """,
]
POSTGRESQL = [
    """
    CREATE FUNCTION reporting_submission_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.sent_at IS NOT NULL AND (TG_OP = 'DELETE' OR
            (NEW.cells, NEW.narrative, NEW.explanations, NEW.reporter_id, NEW.version, NEW.sent_at)
            IS DISTINCT FROM
            (OLD.cells, OLD.narrative, OLD.explanations, OLD.reporter_id, OLD.version, OLD.sent_at)) THEN
            RAISE EXCEPTION 'reporting_submission_sealed' USING ERRCODE = 'check_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER reporting_submission_sealed BEFORE UPDATE OR DELETE ON reporting_submission
    FOR EACH ROW EXECUTE FUNCTION reporting_submission_sealed()
    """,
]


def seal(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("reporting", "0002_law")]
    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
