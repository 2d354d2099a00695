"""Sending an issued document to units of the tree, in bulk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse

from caunoi.business.documents.models import (
    Direction,
    Document,
    DocumentFile,
    DocumentState,
    FileState,
    Recipient,
    RecipientKind,
)
from caunoi.foundation.files.public import StoredFile
from caunoi.foundation.notifications.public import Message, notify
from caunoi.foundation.organisations.public import Unit
from caunoi.kernel.actor import Actor
from caunoi.kernel.ids import uuid7

_BATCH = 500
_SAME = (
    "document_type_id", "type_name", "code_number", "code_notation", "code_key", "issued_on", "organ_name",
    "organ_folded", "superior_name", "subject", "place", "urgency", "signer_name", "signer_position", "signing_form",
    "folded", "sort_key", "organ_sort_key", "body_text",
)  # fmt: skip
"""Head fields that the copy of a receiver shares with the issued document."""


def send_copies(issued: Document, units: Iterable[Unit], *, by: Actor, at: dt.datetime) -> int:
    """Give each unit an incoming document in state ``to_register``; return how many. Part of the issuing use case."""
    receivers = {unit.pk: unit for unit in units if unit.pk != issued.unit_id}
    had = set(Document.objects.filter(issued_from=issued).values_list("unit_id", flat=True))
    fresh = [unit for pk, unit in receivers.items() if pk not in had]
    shared = {name: getattr(issued, name) for name in _SAME}
    copies = Document.objects.bulk_create(
        [
            Document(
                public_id=uuid7(), unit=unit, direction=Direction.INCOMING, state=DocumentState.TO_REGISTER,
                issued_from=issued, entered_at=at, changed_at=at, entered_by_name=by.person_name, **shared,
            )
            for unit in fresh
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    _share_file(issued, copies)
    _mark_recipients(issued, fresh)
    _tell(copies, by, at)
    return len(copies)


def _share_file(issued: Document, copies: list[Document]) -> None:
    """Give every copy its own row of a stored file; the bytes lie on the disk once."""
    sources = list(DocumentFile.objects.filter(document=issued).select_related("stored_file").order_by("position"))
    for source in sources:
        kept = source.stored_file
        rows = StoredFile.objects.bulk_create(
            [
                StoredFile(
                    public_id=uuid7(), name=kept.name, media_type=kept.media_type, size=kept.size, sha256=kept.sha256,
                    kept_at=kept.kept_at,
                )
                for _ in copies
            ],
            batch_size=_BATCH,
        )  # fmt: skip
        DocumentFile.objects.bulk_create(
            [
                DocumentFile(
                    document=copy, stored_file=row, part=source.part, position=source.position, state=FileState.WAITING
                )
                for copy, row in zip(copies, rows, strict=True)
            ],
            batch_size=_BATCH,
        )


def _mark_recipients(issued: Document, units: list[Unit]) -> None:
    """Write the units it was sent to among the recipients, where they are not named yet."""
    rows = Recipient.objects.filter(document=issued)
    named = set(rows.filter(unit__isnull=False).values_list("unit_id", flat=True))
    position = rows.count()
    Recipient.objects.bulk_create(
        [
            Recipient(
                document=issued, kind=RecipientKind.RECIPIENT, position=position + at, name=unit.name[:500], unit=unit
            )
            for at, unit in enumerate(unit for unit in units if unit.pk not in named)
        ],
        batch_size=_BATCH,
    )


def _tell(copies: list[Document], by: Actor, at: dt.datetime) -> None:
    if not copies:
        return
    address = reverse("documents:waiting")
    message = Message("documents.received", copies[0].label, address)
    notify(message, unit_ids=[copy.unit_id for copy in copies], by=by, at=at)
