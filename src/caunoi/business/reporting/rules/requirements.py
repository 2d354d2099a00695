"""What a regime must say before it can be put in force (NĐ 09/2019/NĐ-CP, Điều 7)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Item(StrEnum):
    """The compulsory items."""

    NAME = "name"
    CONTENT = "content"
    KIND_OF_CONTENT = "kind_of_content"
    """Narrative, figures or both."""
    REPORTERS = "reporters"
    RECEIVER = "receiver"
    SENDING_METHOD = "sending_method"
    DUE = "due"
    REPEATS = "repeats"
    """Dated for one year by its ground: once, or every year?"""
    CUT_OFF = "cut_off"
    OUTLINE = "outline"
    TABLES = "tables"
    GROUND = "ground"


@dataclass(frozen=True, slots=True)
class RegimeFacts:
    """What a regime says, reduced to what the check needs."""

    name: str
    content: str
    asks_narrative: bool
    asks_figures: bool
    groups: int
    has_receiver: bool
    sending_method: str
    has_days: bool
    """Whether every turn that is asked for has its day."""
    repeats_decided: bool
    cut_offs_known: bool
    sections: int
    filled_tables: int
    """Tables with at least one row and one column to fill in."""
    tables: int
    has_ground: bool


def missing_items(facts: RegimeFacts) -> list[Item]:
    """Return the compulsory items that are empty, in the order of the decree. Tables only when figures are asked."""
    wanted = {
        Item.NAME: bool(facts.name.strip()),
        Item.CONTENT: bool(facts.content.strip()),
        Item.KIND_OF_CONTENT: facts.asks_narrative or facts.asks_figures,
        Item.REPORTERS: facts.groups > 0,
        Item.RECEIVER: facts.has_receiver,
        Item.SENDING_METHOD: bool(facts.sending_method.strip()),
        Item.DUE: facts.has_days,
        Item.REPEATS: facts.repeats_decided,
        Item.CUT_OFF: facts.cut_offs_known,
        Item.OUTLINE: not facts.asks_narrative or facts.sections > 0,
        Item.TABLES: not facts.asks_figures or (facts.tables > 0 and facts.filled_tables == facts.tables),
        Item.GROUND: facts.has_ground,
    }
    return [item for item, present in wanted.items() if not present]
