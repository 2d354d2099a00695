"""Indexes the words: FTS5 with triggers on SQLite, GIN on PostgreSQL."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = (
    "CREATE VIRTUAL TABLE search_words USING fts5("
    "words, content='search_searchentry', content_rowid='id', tokenize='ascii', prefix='2 3 4 5 6', detail=none)",
    "INSERT INTO search_words(search_words) VALUES ('rebuild')",
    "CREATE TRIGGER search_words_insert AFTER INSERT ON search_searchentry BEGIN "
    "INSERT INTO search_words(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER search_words_delete AFTER DELETE ON search_searchentry BEGIN "
    "INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words); END",
    "CREATE TRIGGER search_words_update AFTER UPDATE OF words ON search_searchentry BEGIN "
    "INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words); "
    "INSERT INTO search_words(rowid, words) VALUES (new.id, new.words); END",
)
POSTGRESQL = (
    "CREATE INDEX search_words ON search_searchentry "
    "USING gin (array_to_tsvector(string_to_array(words, ' '))) WITH (fastupdate = off)",
)


def index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_words")]
    operations = [
        migrations.RemoveField("searchentry", "folded"),
        migrations.AddIndex("searchentry", models.Index(fields=["kind", "folded_title"], name="search_entry_title")),
        migrations.AddIndex("searchentry", models.Index(fields=["kind", "code"], name="search_entry_code")),
        migrations.RunPython(index, migrations.RunPython.noop),
    ]
