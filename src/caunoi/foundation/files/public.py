"""The door of files."""

from caunoi.foundation.files.access import FileDamaged, content_of
from caunoi.foundation.files.models import StoredFile
from caunoi.foundation.files.operations import discard, keep

__all__ = ["FileDamaged", "StoredFile", "content_of", "discard", "keep"]
