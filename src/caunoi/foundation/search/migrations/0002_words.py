"""Words of every record, folded and cut into ASCII letters and digits."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import caunoi.kernel.fields


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    from caunoi.foundation.search.rules.words import indexed

    entries = apps.get_model("search", "SearchEntry")
    rows = entries.objects.values_list("id", "kind", "folded_title", "folded")
    for pk, kind, title, text in rows.iterator():
        entries.objects.filter(pk=pk).update(words=indexed(kind, title, text))


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [
        migrations.AddField("searchentry", "code", models.CharField(default="", max_length=120)),
        migrations.AddField("searchentry", "words", models.TextField(default=""), preserve_default=False),
        migrations.AlterField("searchentry", "folded_title", caunoi.kernel.fields.ByteOrderedField(max_length=500)),
        migrations.RemoveIndex("searchentry", "search_entry_latest"),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
