"""The door of search."""

from caunoi.foundation.search.access import Group, Hit, find
from caunoi.foundation.search.operations import Item, put, put_many, rebuild, register, remove

__all__ = ["Group", "Hit", "Item", "find", "put", "put_many", "rebuild", "register", "remove"]
