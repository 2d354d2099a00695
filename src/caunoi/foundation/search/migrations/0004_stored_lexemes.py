"""Keeps the words of a row as lexemes on PostgreSQL, so that looking at a row again does not cut its words again."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL = (
    "DROP INDEX search_words",
    "ALTER TABLE search_searchentry ADD COLUMN lexemes tsvector "
    "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED",
    "CREATE INDEX search_words ON search_searchentry USING gin (lexemes) WITH (fastupdate = off)",
)


def store(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_index_of_words")]
    operations = [migrations.RunPython(store, migrations.RunPython.noop)]
