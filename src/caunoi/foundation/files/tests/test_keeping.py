import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from caunoi.foundation.files.models import StoredFile
from caunoi.foundation.files.public import FileDamaged, content_of, discard, keep

pytestmark = pytest.mark.django_db
Capture = Callable[..., AbstractContextManager[object]]


def kept(content: bytes, at: dt.datetime, name: str = "a.txt") -> StoredFile:
    return keep(content=content, name=name, media_type="text/plain", at=at)


def test_a_file_is_kept_byte_for_byte_under_its_hash(now: dt.datetime) -> None:
    stored = kept("Kế hoạch".encode(), now)
    assert content_of(stored) == "Kế hoạch".encode()
    assert stored.path.name == stored.sha256


def test_a_name_is_never_a_path(now: dt.datetime) -> None:
    assert kept(b"x", now, name="../../etc/passwd").name == "passwd"


def test_altered_and_missing_bytes_are_noticed(now: dt.datetime) -> None:
    stored = kept(b"one of a kind", now)
    stored.path.write_bytes(b"another kind")
    with pytest.raises(FileDamaged, match="file_altered"):
        content_of(stored)
    stored.path.unlink()
    with pytest.raises(FileDamaged, match="file_missing"):
        content_of(stored)


def test_discarded_bytes_go_only_with_the_last_row_and_only_on_commit(
    now: dt.datetime, django_capture_on_commit_callbacks: Capture
) -> None:
    first, second = kept(b"shared", now), kept(b"shared", now)
    with django_capture_on_commit_callbacks(execute=True):
        discard(stored=first)
    assert content_of(second) == b"shared"
    with django_capture_on_commit_callbacks(execute=True):
        discard(stored=second)
        assert second.path.exists()
    assert not second.path.exists()
