"""Keeping files so that what was acknowledged survives a crash."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
from pathlib import Path

from django.db import transaction

from caunoi.foundation.files.models import StoredFile


def keep(*, content: bytes, name: str, media_type: str, at: dt.datetime) -> StoredFile:
    """Write ``content`` durably under its hash, then its row. Call inside a use case."""
    stored = StoredFile(
        name=Path(name).name[:255],
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        kept_at=at,
    )
    if not stored.path.exists():
        _write_durably(stored.path, content)
    stored.save()
    return stored


def _write_durably(path: Path, content: bytes) -> None:
    """Write beside the place, flush to disk, rename, flush the folder: either the whole file is there or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with draft.open("xb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def discard(*, stored: StoredFile) -> None:
    """Forget a file that was refused. Its bytes go once that is committed, unless another row needs them."""
    stored.delete()
    transaction.on_commit(lambda: _remove_bytes(stored))


def _remove_bytes(stored: StoredFile) -> None:
    if not StoredFile.objects.filter(sha256=stored.sha256).exists():
        stored.path.unlink(missing_ok=True)
