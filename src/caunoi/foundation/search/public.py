"""The door of search."""

from caunoi.foundation.search.access import Group, Hit, find
from caunoi.foundation.search.operations import put, register, remove

__all__ = ["Group", "Hit", "find", "put", "register", "remove"]
