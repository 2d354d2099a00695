"""What the plans of the demonstration say, from ``data/plans.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypedDict

from caunoi.business.documents.public import Level, Node, Section, item, paragraph


class _Part(TypedDict, total=False):
    heading: str
    orders: list[str]
    section: list[_Part]


class TaskText(TypedDict):
    """A task of the plan of the Sở; ``due`` in days from now."""

    key: str
    of: str
    title: str
    product: str
    leads: list[str]
    supporting: list[str]
    due: int


class _Texts(TypedDict):
    opening: str
    closing: str
    part: list[_Part]
    adapted: Mapping[str, str]
    dropped: Mapping[str, str]
    added: Mapping[str, str]
    school_adapted: Mapping[str, str]
    task: list[TaskText]


def _read() -> _Texts:
    text: _Texts = tomllib.loads((Path(__file__).parent / "data/plans.toml").read_text(encoding="utf-8"))  # type: ignore[assignment]  # the file is ours
    return text


TEXTS: Final = _read()


def plan_above(year: int) -> tuple[Node, ...]:
    """Return the body of the provincial plan from which the Sở makes its own."""
    parts = [_section(part, Level.ROMAN) for part in TEXTS["part"]]
    return (paragraph(TEXTS["opening"].format(year=year)), *parts, paragraph(TEXTS["closing"]))


def _section(part: _Part, level: Level) -> Section:
    below: list[Node] = [_section(one, Level.CLAUSE) for one in part.get("section", ())]
    return Section(level, part["heading"], (*below, *(item(order) for order in part.get("orders", ()))))
