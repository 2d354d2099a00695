"""Merging narrative: paragraphs of many units, near-equal ones grouped, none without its source."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from caunoi.kernel.text import fold, squeeze

ALIKE = 0.8
"""Share of common word triples (Jaccard) from which two paragraphs are held to say the same."""
_WORDS = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_BULLET = re.compile(r"^[-+*•–]\s*")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a paragraph stands: the version of the report, the unit's name then, the paragraph's index from 0."""

    submission: str
    unit: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Told:
    """One paragraph as a unit wrote it."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Merged:
    """One paragraph of the consolidated report: the words of its first unit, and everyone who said the same."""

    text: str
    sources: tuple[Source, ...]


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a section: its lines without bullets and blanks."""
    lines = (_BULLET.sub("", squeeze(line)) for line in text.splitlines())
    return [line for line in lines if line]


def told_by(submission: str, unit: str, text: str) -> list[Told]:
    """Return the paragraphs that one unit wrote in one section."""
    return [Told(line, Source(submission, unit, index)) for index, line in enumerate(paragraphs(text))]


def merge(many: Sequence[Told]) -> list[Merged]:
    """Return the paragraphs with near-equal ones in one group, in the order in which each was first told.

    Near-equal: the same numbers, and at least ``ALIKE`` of their word triples in common once each unit's own name is
    left out. A group is gathered around its first paragraph, so membership does not drift along a chain.
    """
    prints = [_print(told) for told in many]
    order = Counter(triple for triples, _ in prints for triple in triples)
    by_rare: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    groups: list[list[int]] = []
    for index, (triples, numbers) in enumerate(prints):
        rare = _rarest(triples, order)
        leads = {lead for triple in rare for lead in by_rare[triple]}
        home = next((g for g in sorted(leads) if _alike(prints[groups[g][0]], (triples, numbers))), None)
        if home is None:
            groups.append([index])
            for triple in rare:
                by_rare[triple].append(len(groups) - 1)
        else:
            groups[home].append(index)
    return [Merged(many[group[0]].text, tuple(many[i].source for i in group)) for group in groups]


_Print = tuple[frozenset[tuple[str, ...]], tuple[str, ...]]


def _print(told: Told) -> _Print:
    bare = re.sub(rf"\b{re.escape(fold(told.source.unit))}\b", " ", fold(told.text))
    words = _WORDS.findall(bare)
    triples = frozenset(tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2)))
    return triples, tuple(sorted(_NUMBER.findall(bare)))


def _rarest(triples: frozenset[tuple[str, ...]], order: Counter[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the rarest triples: two sets alike enough share at least one of them (prefix filter)."""
    ordered = sorted(triples, key=lambda triple: (order[triple], triple))
    return ordered[: len(ordered) - math.ceil(ALIKE * len(ordered)) + 1]


def _alike(one: _Print, other: _Print) -> bool:
    if one[1] != other[1]:
        return False
    common = len(one[0] & other[0])
    return common >= ALIKE * (len(one[0]) + len(other[0]) - common)


def units_of(sources: Iterable[Source]) -> list[str]:
    """Return the units that stand behind a paragraph, each once, in order."""
    return list(dict.fromkeys(source.unit for source in sources))
