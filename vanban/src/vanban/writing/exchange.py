"""Draft ↔ JSON, for the command line and for whoever keeps drafts in a database.

Every field of ``vanban.writing.draft`` goes by its own name; enumerations by their value; a picture's bytes in base64.
A node of the body carries ``"node"``: section, paragraph, item, table or picture. A plain string may stand for a
paragraph, an item, a cell or a recipient that has nothing but its text.
"""

from __future__ import annotations

import base64
import binascii
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum

from vanban.writing.draft import (
    Cell,
    Draft,
    Item,
    Node,
    Paragraph,
    Picture,
    Run,
    Section,
    SentTo,
    TableNode,
    item,
    paragraph,
)

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_NODES: dict[str, type] = {
    "section": Section,
    "paragraph": Paragraph,
    "item": Item,
    "table": TableNode,
    "picture": Picture,
}
_NODE_NAMES = {kind: name for name, kind in _NODES.items()}
_FROM_STRING: dict[type, Callable[[str], object]] = {
    Paragraph: paragraph,
    Item: item,
    Cell: Cell,
    SentTo: SentTo,
    Run: Run,
}


class InvalidDraftError(Exception):
    """JSON that is no draft. ``path`` says where (``body[2].level``), ``code`` what is wrong.

    Codes: ``missing``, ``unknown_field``, ``wrong_type`` (wanted), ``unknown_value`` (wanted).
    """

    def __init__(self, path: str, code: str, wanted: str = "") -> None:
        super().__init__(path, code, wanted)
        self.path = path
        self.code = code
        self.wanted = wanted


def draft_from_json(data: Json) -> Draft:
    """The draft that ``data`` describes; raises InvalidDraftError."""
    made = _build(Draft, data, "")
    assert isinstance(made, Draft)  # noqa: S101 - _build returns an instance of what it is given
    return made


def draft_to_json(draft: Draft) -> dict[str, Json]:
    """``draft`` as JSON; fields at their default are left out."""
    out = _plain(draft)
    assert isinstance(out, dict)  # noqa: S101 - a dataclass becomes an object
    return out


def _plain(value: object) -> Json:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return _plain_fields(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(type(value).__name__)


def _plain_fields(value: typing.Any) -> dict[str, Json]:  # Any: what is_dataclass narrows to
    name = _NODE_NAMES.get(type(value))
    out: dict[str, Json] = {"node": name} if name else {}
    for field in fields(value):
        own = getattr(value, field.name)
        if field.default is MISSING or own != field.default:
            out[field.name] = _plain(own)
    return out


def _build(kind: type, data: Json, path: str) -> object:
    if isinstance(data, str) and kind in _FROM_STRING:
        return _FROM_STRING[kind](data)
    if not isinstance(data, dict):
        raise InvalidDraftError(path, "wrong_type", "object")
    hints = typing.get_type_hints(kind)
    values: dict[str, object] = {}
    for field in fields(kind):
        here = f"{path}.{field.name}" if path else field.name
        if field.name in data:
            values[field.name] = _value(hints[field.name], data[field.name], here)
        elif field.default is MISSING and field.default_factory is MISSING:
            raise InvalidDraftError(here, "missing")
    for name in data:
        if name not in values and name != "node":
            raise InvalidDraftError(f"{path}.{name}" if path else name, "unknown_field")
    made: object = kind(**values)
    return made


def _value(hint: object, data: Json, path: str) -> object:
    if hint == Node:
        return _node(data, path)
    if isinstance(hint, types.UnionType):
        return None if data is None else _value(_only(hint), data, path)
    if typing.get_origin(hint) is tuple:
        if not isinstance(data, list):
            raise InvalidDraftError(path, "wrong_type", "array")
        inner = typing.get_args(hint)[0]
        return tuple(_value(inner, one, f"{path}[{place}]") for place, one in enumerate(data))
    assert isinstance(hint, type)  # noqa: S101 - the draft holds no other kinds of hint
    if is_dataclass(hint):
        return _build(hint, data, path)
    if issubclass(hint, StrEnum):
        return _member(hint, data, path)
    return _scalar(hint, data, path)


def _only(hint: types.UnionType) -> object:
    """The one kind beside ``None``."""
    (kind,) = (one for one in hint.__args__ if one is not types.NoneType)
    return kind


def _node(data: Json, path: str) -> object:
    if isinstance(data, str):
        return paragraph(data)
    if not isinstance(data, dict):
        raise InvalidDraftError(path, "wrong_type", "object")
    kind = _NODES.get(str(data.get("node")))
    if kind is None:
        raise InvalidDraftError(f"{path}.node", "unknown_value", ", ".join(_NODES))
    return _build(kind, data, path)


def _member(kind: type[StrEnum], data: Json, path: str) -> StrEnum:
    try:
        return kind(str(data))
    except ValueError:
        raise InvalidDraftError(path, "unknown_value", ", ".join(kind)) from None


def _scalar(kind: type, data: Json, path: str) -> object:
    if kind is bytes:
        try:
            return base64.b64decode(str(data), validate=True)
        except binascii.Error:
            raise InvalidDraftError(path, "wrong_type", "base64") from None
    accepted: Mapping[type, tuple[type, ...]] = {float: (int, float)}
    if not isinstance(data, accepted.get(kind, (kind,))) or (isinstance(data, bool) and kind is not bool):
        raise InvalidDraftError(path, "wrong_type", kind.__name__)
    return float(data) if kind is float and isinstance(data, int | float) else data
