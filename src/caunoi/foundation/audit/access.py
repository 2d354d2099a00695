"""Reading the audit and checking that nobody has touched it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from caunoi.foundation.audit.models import ChainLink, Entry
from caunoi.foundation.audit.models.chain import GENESIS, digest_of, hash_of

BATCH = 500


class Permission(StrEnum):
    """What one may do with the audit."""

    READ = "audit.read"


@dataclass(frozen=True, slots=True)
class Fault:
    """A link that does not hold: ``missing`` (a gap in the numbers), ``chain`` (hash) or ``entries`` (their digest)."""

    position: int
    code: str


def entries_of_units(unit_ids: Iterable[int]) -> QuerySet[Entry]:
    """Return the entries about the work of ``unit_ids`` (a lazy query is joined by the database), newest first."""
    return Entry.objects.filter(unit_id__in=unit_ids)


def history(*, kind: str, public_id: str) -> QuerySet[Entry]:
    """Return the entries about one thing, newest first."""
    return Entry.objects.filter(subject_kind=kind, subject_id=public_id)


def faults() -> Iterator[Fault]:
    """Walk the whole chain and yield every link that was removed, altered, or whose entries were."""
    expected, previous = 1, GENESIS
    for links in _batches():
        found: dict[int, list[Entry]] = {link.pk: [] for link in links}
        for entry in Entry.objects.filter(link__in=links):
            found[entry.link_id].append(entry)
        for link in links:
            while expected < link.position:
                yield Fault(expected, "missing")
                expected += 1
            if link.previous_hash != previous or link.hash != hash_of(link.position, previous, link.entries_digest):
                yield Fault(link.position, "chain")
            if link.entries_digest != digest_of(found[link.pk]):
                yield Fault(link.position, "entries")
            expected, previous = link.position + 1, link.hash


def _batches() -> Iterator[list[ChainLink]]:
    after = 0
    while links := list(ChainLink.objects.filter(position__gt=after).order_by("position")[:BATCH]):
        yield links
        after = links[-1].position
