"""Reading the audit and checking that nobody has touched it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Max, QuerySet

from caunoi.foundation.audit.models import ChainLink, Entry
from caunoi.foundation.audit.models.chain import digest_of, genesis, hash_of, is_folded

BATCH = 500


class Permission(StrEnum):
    """What one may do with the audit."""

    READ = "audit.read"


@dataclass(frozen=True, slots=True)
class Fault:
    """A link that does not hold.

    ``missing`` a gap in the numbers; ``chain`` its hash; ``entries`` their digest; ``folded`` an entry is searched by
    other words than its own, ``at`` the link bears another moment than its last entry (both follow from what the
    digest covers); ``witness`` names a link of another lane that is gone; ``anchor`` an anchor kept elsewhere knows
    another link at this place, or one beyond the end.
    """

    position: int
    code: str
    lane: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """The last link of a lane: who keeps it elsewhere finds a tail that was cut off."""

    lane: int
    position: int
    hash: str


def entries_of_units(unit_ids: Iterable[int]) -> QuerySet[Entry]:
    """Return the entries about the work of ``unit_ids`` (a lazy query is joined by the database), newest first."""
    return Entry.objects.filter(unit_id__in=unit_ids)


def history(*, kind: str, public_id: str) -> QuerySet[Entry]:
    """Return the entries about one thing, newest first."""
    return Entry.objects.filter(subject_kind=kind, subject_id=public_id)


def heads() -> list[Head]:
    """Return the last link of every lane."""
    last = ChainLink.objects.values("lane").annotate(last=Max("position")).order_by("lane")
    rows = [ChainLink.objects.get(lane=row["lane"], position=row["last"]) for row in last]
    return [Head(row.lane, row.position, row.hash) for row in rows]


def head_hash(held: Sequence[Head]) -> str:
    """Return one hash over the heads of all lanes, short enough to be printed or read out."""
    return hashlib.sha256("|".join(f"{h.lane}:{h.position}:{h.hash}" for h in held).encode()).hexdigest()


def latest_at() -> dt.datetime | None:
    """Return the moment of the newest link."""
    newest: dt.datetime | None = ChainLink.objects.order_by("-id").values_list("at", flat=True).first()
    return newest


def faults(anchors: Iterable[Head] = ()) -> Iterator[Fault]:
    """Walk every lane and yield each link that was removed, altered or put in, or whose entries were.

    ``anchors`` are heads noted earlier and kept elsewhere: they find links removed from the end.
    """
    for lane in ChainLink.objects.order_by("lane").values_list("lane", flat=True).distinct():
        yield from _faults_of(lane)
    for anchor in anchors:
        link = ChainLink.objects.filter(lane=anchor.lane, position=anchor.position).only("hash").first()
        if link is None or link.hash != anchor.hash:
            yield Fault(anchor.position, "anchor", anchor.lane)


def _faults_of(lane: int) -> Iterator[Fault]:
    expected, previous = 1, genesis(lane)
    for links in _batches(lane):
        found: dict[int, list[Entry]] = {link.pk: [] for link in links}
        for entry in Entry.objects.filter(link__in=links).order_by("id"):
            found[entry.link_id].append(entry)
        unknown = _unknown({link.witness for link in links if link.witness})
        for link in links:
            while expected < link.position:
                yield Fault(expected, "missing", lane)
                expected += 1
            for code in _wrong(link, previous, found[link.pk], unknown):
                yield Fault(link.position, code, lane)
            expected, previous = link.position + 1, link.hash


def _wrong(link: ChainLink, previous: str, entries: Sequence[Entry], unknown: set[str]) -> Iterator[str]:
    right = hash_of(link.position, previous, link.entries_digest, link.witness)
    if link.previous_hash != previous or link.hash != right:
        yield "chain"
    if link.entries_digest != digest_of(entries):
        yield "entries"
    else:
        yield from _not_following(link, entries)
    if link.witness in unknown:
        yield "witness"


def _not_following(link: ChainLink, entries: Sequence[Entry]) -> Iterator[str]:
    if not all(is_folded(entry) for entry in entries):
        yield "folded"
    if entries and link.at != entries[-1].at:
        yield "at"


def _unknown(witnesses: set[str]) -> set[str]:
    return witnesses - set(ChainLink.objects.filter(hash__in=witnesses).values_list("hash", flat=True))


def _batches(lane: int) -> Iterator[list[ChainLink]]:
    after = 0
    while links := list(ChainLink.objects.filter(lane=lane, position__gt=after).order_by("position")[:BATCH]):
        yield links
        after = links[-1].position
