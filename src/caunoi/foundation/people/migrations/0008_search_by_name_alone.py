"""Search people by name alone: an address that is shown masked must not be found sign by sign."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from caunoi.kernel.text import fold

AT_A_TIME = 1000


def _names_alone(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    people = apps.get_model("people", "Person").objects
    changed = []
    for person in people.exclude(email="").only("pk", "name", "folded").iterator(chunk_size=AT_A_TIME):
        person.folded = fold(person.name)
        changed.append(person)
    people.bulk_update(changed, ["folded"], batch_size=AT_A_TIME)


class Migration(migrations.Migration):
    dependencies = [("people", "0007_people_by_address")]
    operations = [migrations.RunPython(_names_alone, migrations.RunPython.noop)]
