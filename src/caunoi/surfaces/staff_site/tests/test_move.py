"""Moving house: everything arrives, counted and hashed; what cannot be moved leaves nothing half done."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connection, connections
from django.db.backends.base.base import NO_DB_ALIAS

from caunoi.foundation.audit.models import Entry
from caunoi.foundation.people.models import Person
from caunoi.surfaces.demonstration.office import Office
from caunoi.surfaces.staff_site.management.commands.move_database import copy_files
from caunoi.surfaces.staff_site.management.moving import MARK, move, open_alias
from caunoi.surfaces.staff_site.management.tables import MoveRefused, told

pytestmark = pytest.mark.slow
TARGET = NO_DB_ALIAS
"""The one alias besides its own to which a test case of Django lets a test connect."""


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty SQLite file beside the database of the test, known as TARGET."""
    address = f"sqlite:///{tmp_path / 'target.sqlite3'}"
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "caunoi.settings.testing")
    open_alias(TARGET, address)
    yield address
    connections[TARGET].close()
    del connections[TARGET]
    connections.databases.pop(TARGET)


def test_a_row_that_does_not_fit_leaves_nothing_then_everything_arrives_once(office: Office, url: str) -> None:
    said: list[str] = []
    _fails_and_leaves_nothing(office, url)
    moved = move(source="default", target=TARGET, url=url, say=said.append)
    counts = {one.table: one.count for one in moved.tables}
    assert counts["people_person"] == Person.objects.count() > 100
    assert counts["audit_entry"] == Entry.objects.count() == Entry.objects.using(TARGET).count()
    assert told(Entry, "default") == told(Entry, TARGET)
    assert Person.objects.using(TARGET).get(pk=office.people["director"].pk).name == office.people["director"].name
    assert MARK not in connections[TARGET].introspection.table_names()
    assert any("people_person" in line for line in said)
    with connections[TARGET].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
        assert cursor.fetchone()[0] >= 5
    with pytest.raises(MoveRefused, match="không trống"):
        move(source="default", target=TARGET, url=url, say=said.append)


def _fails_and_leaves_nothing(office: Office, url: str) -> None:
    if connection.vendor != "sqlite":  # PostgreSQL lets no such row in
        return
    person = office.people["clerk"]
    Person.objects.filter(pk=person.pk).update(phone="0" * 31)
    with pytest.raises(MoveRefused, match=f"people_person, dòng {person.pk}, cột phone"):
        move(source="default", target=TARGET, url=url, say=len)
    assert Person.objects.using(TARGET).count() == 0
    assert Entry.objects.using(TARGET).count() == 0
    Person.objects.filter(pk=person.pk).update(phone="0912345678")


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(MoveRefused, match="mysql"):
        open_alias("nowhere", "mysql://x/y")


def test_files_are_copied_by_their_hash_and_a_wrong_one_is_named(tmp_path: Path) -> None:
    name = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"  # of "hello"
    kept = tmp_path / "files" / "2c" / "f2" / name
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"hello")
    assert copy_files(tmp_path / "files", tmp_path / "new") == 1
    assert (tmp_path / "new" / "2c" / "f2" / name).read_bytes() == b"hello"
    kept.write_bytes(b"other")
    assert copy_files(tmp_path / "files", tmp_path / "new") == 1
    (tmp_path / "new" / "2c" / "f2" / name).unlink()
    with pytest.raises(CommandError, match=name):
        copy_files(tmp_path / "files", tmp_path / "new")
