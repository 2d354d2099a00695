"""Merging narrative: what many units said alike stands once with all of them, and no sentence without its unit."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from caunoi.business.reporting.rules.sentences import Print, paragraphs, print_of, says_nothing, sentences

ALIKE = 0.75
"""Share of common word triples (Jaccard) from which two sentences are held to say the same."""
Shingles = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where words stand: the version of the report, the unit's name then, the paragraph's index from 0."""

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
    """One paragraph of the consolidated report: words that a unit wrote, and everyone who said the same."""

    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """One sentence; ``place`` is the paragraph in which it stands."""

    text: str
    place: int
    source: Source


def told_by(submission: str, unit: str, text: str) -> list[Told]:
    """Return the paragraphs that one unit wrote in one section."""
    return [Told(line, Source(submission, unit, index)) for index, line in enumerate(paragraphs(text))]


def merge(many: Sequence[Told]) -> list[Merged]:
    """Return paragraphs in which sentences said by the same units stand together, what most units say first.

    Sentences are compared, so a sentence that one unit added to words that all share is never lost in them. Near-equal:
    the same numbers, negations and names, and at least ``ALIKE`` of their word triples in common, each unit's own name
    left out. A group is gathered around its first wording, so membership does not drift along a chain; printed is the
    wording that most of its units chose. Words that only state that there is nothing to report come last, as one.
    """
    said = [_Said(text, at, told.source) for at, told in enumerate(many) for text in sentences(told.text)]
    groups = _grouped(said)
    home = {index: at for at, group in enumerate(groups) for index in group}
    sources = [tuple(dict.fromkeys(said[i].source for i in group)) for group in groups]
    words = [_wording([said[i] for i in group]) for group in groups]
    runs = _runs([group[0] for group in groups], said, home, sources)
    made = [Merged(" ".join(words[at] for at in run), sources[run[0]]) for run in runs]
    empty = [all(says_nothing(words[at]) for at in run) for run in runs]
    leads = [said[groups[run[0]][0]] for run in runs]
    return [made[at] for at in _order(made, [print_of(lead.text, lead.source.unit).pattern for lead in leads], empty)]


def _order(made: list[Merged], patterns: list[tuple[str, ...]], empty: list[bool]) -> list[int]:
    """Return the order of printing: what most units say first, the same words with other figures side by side."""
    told: Counter[tuple[str, ...]] = Counter()
    first: dict[tuple[str, ...], int] = {}
    for at, pattern in enumerate(patterns):
        told[pattern] += _units(made[at])
        first.setdefault(pattern, at)
    keys = [(empty[at], -told[p], first[p], -_units(made[at]), at) for at, p in enumerate(patterns)]
    return sorted(range(len(made)), key=lambda at: keys[at])


def _units(merged: Merged) -> int:
    return len(units_of(merged.sources))


def _runs(
    firsts: list[int], said: Sequence[_Said], home: dict[int, int], sources: list[tuple[Source, ...]]
) -> list[list[int]]:
    """Return groups in reading order, with neighbours in one paragraph that have the same sources put together."""
    runs: list[list[int]] = []
    last = -2
    for index in sorted(firsts):
        group = home[index]
        if index == last + 1 and said[index].place == said[last].place and sources[group] == sources[runs[-1][-1]]:
            runs[-1].append(group)
        else:
            runs.append([group])
        last = index
    return runs


def _wording(group: Sequence[_Said]) -> str:
    """Return the wording of most units; of equals one without the unit's own name, then the first."""
    counts = Counter(each.text for each in group)
    first = {text: at for at, text in reversed(list(enumerate(each.text for each in group)))}
    names = {each.text: each.source.unit.lower() in each.text.lower() for each in group}
    alone = len({each.source.unit for each in group}) == 1
    return min(counts, key=lambda text: (-counts[text], not alone and names[text], first[text]))


def _grouped(said: Sequence[_Said]) -> list[list[int]]:
    """Return the sentences in groups of near-equal ones, each group and the groups in the order of telling.

    Equal prints meet by hash; of the others, two sets that are alike enough share at least one of their rarest triples
    (prefix filter), so nothing is compared in vain and, unlike with sampled hashes, no pair is missed.
    """
    prints = [print_of(each.text, each.source.unit) for each in said]
    shingles = {one: one.shingles for one in set(prints)}
    order = Counter(triple for triples in shingles.values() for triple in triples)
    leaders: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    group_of: dict[Print, int] = {}
    heads: list[Print] = []
    groups: list[list[int]] = []
    for index, one in enumerate(prints):
        home = group_of.get(one)
        if home is None:
            rare = _rarest(shingles[one], order)
            near = sorted({lead for triple in rare for lead in leaders[one.facts, triple]})
            home = next((g for g in near if _alike(shingles[heads[g]], shingles[one])), None)
            if home is None:
                home = len(groups)
                groups.append([])
                heads.append(one)
                for triple in rare:
                    leaders[one.facts, triple].append(home)
            group_of[one] = home
        groups[home].append(index)
    return groups


def _rarest(triples: Shingles, order: Counter[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the rarest triples: two sets alike enough share at least one of them."""
    ordered = sorted(triples, key=lambda triple: (order[triple], triple))
    return ordered[: len(ordered) - math.ceil(ALIKE * len(ordered)) + 1]


def _alike(one: Shingles, other: Shingles) -> bool:
    common = len(one & other)
    return common >= ALIKE * (len(one) + len(other) - common)


def units_of(sources: Iterable[Source]) -> list[str]:
    """Return the units that stand behind a paragraph, each once, in order."""
    return list(dict.fromkeys(source.unit for source in sources))
