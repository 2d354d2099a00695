"""Enters into each row what its title reads without blanks."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 1000


def enter(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    from caunoi.foundation.search.rules.words import joined, words_of

    entries = apps.get_model("search", "SearchEntry").objects
    after = 0
    while rows := list(entries.filter(pk__gt=after).order_by("pk").only("pk", "title", "code", "words")[:BATCH]):
        for row in rows:
            row.words = " ".join(sorted({*row.words.split(), *joined(words_of(f"{row.title} {row.code}"))}))
        entries.bulk_update(rows, ["words"])
        after = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("search", "0004_stored_lexemes")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
