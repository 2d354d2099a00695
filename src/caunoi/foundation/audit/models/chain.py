"""How links and entries are hashed: what a change to either would break."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable

from caunoi.foundation.audit.models.entry import Entry
from caunoi.kernel.text import clean, fold

LONGEST_LABEL = 500
"""Signs of a label that an entry keeps."""
GENESIS = "0" * 64
"""What the first link of lane 0 follows."""


def genesis(lane: int) -> str:
    """Return what the first link of a lane follows."""
    return hashlib.sha256(f"lane {lane}".encode()).hexdigest() if lane else GENESIS


def digest_of(entries: Iterable[Entry]) -> str:
    """Return the SHA-256 over the entries of one link, in the order of their public ids."""
    rows = [
        [
            str(e.public_id), e.at.astimezone(dt.UTC).isoformat(), e.verb, e.subject_kind, e.subject_id,
            e.subject_label, e.unit_id, e.account_id, e.person_id, e.person_name, e.post_title, e.unit_name,
            e.address, e.changes,
        ]
        for e in sorted(entries, key=lambda e: str(e.public_id))
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def folded_of(entry: Entry) -> str:
    """Return what an entry is searched by: it follows from what the digest covers, and is compared with that."""
    return fold(_words_of(entry))


def _words_of(entry: Entry) -> str:
    return f"{entry.subject_label} {entry.person_name} {entry.post_title} {entry.unit_name}"


def is_folded(entry: Entry) -> bool:
    """Whether an entry is searched by its own words.

    Older rows kept here what is dropped now: signs without a shape, and the rest of a label cut to its column.
    """
    right, words = folded_of(entry), _words_of(entry)
    kept = entry.folded if clean(words) == words else fold(entry.folded)
    if kept == right or len(entry.subject_label) < LONGEST_LABEL:
        return kept == right
    actor = fold(f"{entry.person_name} {entry.post_title} {entry.unit_name}")
    return kept.startswith(fold(entry.subject_label)) and kept.endswith(actor)


def hash_of(position: int, previous: str, digest: str, witness: str = "") -> str:
    """Return the hash of a link: its place, the hash before it, the digest of its entries and its witness."""
    text = f"{position}:{previous}:{digest}" + (f":{witness}" if witness else "")
    return hashlib.sha256(text.encode()).hexdigest()
