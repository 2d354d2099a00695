"""Document types as dated rows: 29 administrative types of NĐ 30, normative documents, Party documents, custom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import cast

from vanban.data import Json, load
from vanban.text.fold import fold


@dataclass(frozen=True, slots=True)
class DocType:
    """One type of document, valid from ``since`` to before ``until`` (open when ``None``)."""

    name: str
    codes: tuple[str, ...]
    family: str
    since: dt.date
    until: dt.date | None
    source: str


def _rows() -> list[Json]:
    return cast(list[Json], load("doc_types.json")["types"])


@cache
def doc_types() -> tuple[DocType, ...]:
    """The types a document can bear on its type line, in the order of the data file."""
    return tuple(_row(row) for row in _rows() if row["heads"])


@cache
def cited_types() -> Mapping[str, tuple[str, ...]]:
    """Every type that a text can cite by number, with the abbreviations that stand in its codes."""
    rows = ((cast(str, row["name"]), cast(list[str] | None, row["cited_codes"])) for row in _rows())
    return MappingProxyType({name: tuple(codes) for name, codes in rows if codes is not None})


def _row(row: Json) -> DocType:
    until = cast(str | None, row["until"])
    return DocType(
        name=cast(str, row["name"]),
        codes=tuple(cast(list[str], row["codes"])),
        family=cast(str, row["family"]),
        since=dt.date.fromisoformat(cast(str, row["since"])),
        until=dt.date.fromisoformat(until) if until else None,
        source=cast(str, row["source"]),
    )


@cache
def names_by_fold() -> dict[str, str]:
    """Printed name of every type by its folded name, longest first, so that the first prefix is the right one."""
    pairs = {fold(row.name): row.name for row in doc_types()}
    pairs |= {fold(old): new for old, new in _OTHER_SPELLINGS.items()}
    return dict(sorted(pairs.items(), key=lambda pair: -len(pair[0])))


_OTHER_SPELLINGS = {"Bản thoả thuận": "Bản thỏa thuận", "Công điện khẩn": "Công điện", "Báo cáo nhanh": "Báo cáo"}


@cache
def name_of_code(code: str, family: str = "administrative") -> str | None:
    """The type that the abbreviation ``code`` stands for, in the named family first; ``None`` if unknown."""
    wanted = fold(code)
    rows = [row for row in doc_types() if any(fold(known) == wanted for known in row.codes)]
    exact = [row for row in rows if code in row.codes] or rows
    ours = [row for row in exact if row.family == family] or exact
    return ours[0].name if ours else None
