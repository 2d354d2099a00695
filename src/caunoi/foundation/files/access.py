"""Reading kept files. Who may read one is decided by the module whose record it belongs to."""

from __future__ import annotations

import hashlib

from caunoi.foundation.files.models import StoredFile
from caunoi.kernel.errors import Refused


class FileDamaged(Refused):
    """The bytes on disk are gone or no longer match their hash."""


def content_of(stored: StoredFile) -> bytes:
    """Return the bytes of a kept file. Raises FileDamaged when they are gone or altered."""
    try:
        content = stored.path.read_bytes()
    except FileNotFoundError:
        raise FileDamaged("file_missing", name=stored.name) from None
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise FileDamaged("file_altered", name=stored.name)
    return content
