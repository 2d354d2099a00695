"""From the outline of a higher document to the first outline of one's own plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from caunoi.business.plans.rules.parts import PartName, area_of, part_of
from caunoi.kernel.text import fold, squeeze

StyleName = Literal["numbered", "dash", "plain"]

_FORMAL: Final = ("tren day la", "can cu ", "noi nhan", "kinh gui", "theo de nghi cua")
"""How a paragraph begins that belongs to the frame of a document and not to what it orders."""
_ANNEX: Final = "phu luc"
_END: Final = "./."
_TOP_KINDS: Final = frozenset({"part", "chapter", "section"})
_SKELETON: Final[tuple[tuple[PartName, str], ...]] = (
    ("purpose", "Mục đích, yêu cầu"),
    ("content", "Nội dung thực hiện"),
    ("organisation", "Tổ chức thực hiện"),
)
_PURPOSES: Final = ("Mục đích", "Yêu cầu")


@dataclass(frozen=True, slots=True)
class Above:
    """A clause of the higher document; ``kind`` as ``documents.Clause`` names it."""

    id: int
    parent_id: int | None
    kind: str
    marker: str
    text: str
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the plan to be. ``key`` and ``parent`` name each other within one outline."""

    key: str
    parent: str | None
    part: PartName
    text: str
    style: StyleName
    is_heading: bool = False
    area: str | None = None
    clause_id: int | None = None


def take_over(clauses: Sequence[Above], keywords: Mapping[str, Sequence[str]]) -> list[Line]:
    """Return the outline that repeats ``clauses`` (in reading order) without the frame of the document.

    Left out are the bases and the opening before the first numbered clause, the closing sentence, annexes, and what
    has no words. A dispatch, which has numbered orders and no parts, is put under the three parts of a plan. Nothing
    worth taking over gives the skeleton of a new plan.
    """
    kept = _kept(clauses)
    tops = [one for one in kept if one.parent_id is None]
    if not kept:
        return skeleton({})
    if not any(one.kind in _TOP_KINDS or one.is_heading for one in tops):
        return _under_skeleton(kept, keywords)
    return _lines(kept, keywords, root=None)


def skeleton(areas: Mapping[str, str]) -> list[Line]:
    """Return the three parts of a plan, the fields of work (code → name) as headings of the content."""
    lines: list[Line] = []
    for part, heading in _SKELETON:
        lines.append(Line(part, None, part, heading, "numbered", is_heading=True))
        if part == "purpose":
            lines += [Line(f"purpose.{n}", part, part, text, "numbered", True) for n, text in enumerate(_PURPOSES)]
        if part == "content":
            lines += [Line(f"content.{code}", part, part, name, "numbered", True, code) for code, name in areas.items()]
    return lines


def _kept(clauses: Sequence[Above]) -> list[Above]:
    """Leave out the frame; what stood under a clause that is left out goes with it."""
    numbered = [place for place, one in enumerate(clauses) if one.parent_id is None and one.kind != "paragraph"]
    if not numbered:
        return []
    gone: set[int] = set()
    for place, one in enumerate(clauses):
        before = one.parent_id is None and place < numbered[0]
        if before or one.parent_id in gone or not _words(one) or _is_formal(one):
            gone.add(one.id)
    return [one for one in clauses if one.id not in gone]


def _words(one: Above) -> str:
    """Return the words of a clause; the mark that ends a document becomes a full stop again."""
    words = squeeze(one.text)
    return f"{words.removesuffix(_END)}." if words.endswith(_END) else words


def _is_formal(one: Above) -> bool:
    words = fold(one.text)
    if one.parent_id is None and words.startswith(_ANNEX):
        return True
    return one.kind == "paragraph" and words.startswith(_FORMAL)


def _under_skeleton(kept: Sequence[Above], keywords: Mapping[str, Sequence[str]]) -> list[Line]:
    frame = [line for line in skeleton({}) if line.parent is None]
    content = _lines(kept, keywords, root="content")
    return [frame[0], frame[1], *content, frame[2]]


def _lines(kept: Sequence[Above], keywords: Mapping[str, Sequence[str]], *, root: PartName | None) -> list[Line]:
    by_clause: dict[int, Line] = {}
    for one in kept:
        above = by_clause.get(one.parent_id) if one.parent_id is not None else None
        part: PartName = above.part if above else root or part_of(one.text)
        own = area_of(one.text, keywords) if part == "content" and (one.is_heading or above is None) else None
        by_clause[one.id] = Line(
            key=f"c{one.id}",
            parent=above.key if above else root,
            part=part,
            text=_words(one),
            style=_style(one),
            is_heading=one.is_heading and _style(one) == "numbered",
            area=own or (above.area if above else None),
            clause_id=one.id,
        )
    return list(by_clause.values())


def _style(one: Above) -> StyleName:
    if one.kind == "paragraph":
        return "plain"
    return "dash" if one.kind == "item" else "numbered"
