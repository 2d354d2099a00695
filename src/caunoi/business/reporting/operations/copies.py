"""The signed copy of a report: a scan, or a pdf with a signature, attached before sending and sealed with it."""

from __future__ import annotations

import datetime as dt
from typing import Final

from caunoi.business.reporting.access import OWN_WORK, Permission, is_own, require_writing
from caunoi.business.reporting.models import ExpectedReporter, Submission
from caunoi.business.reporting.operations.campaigns import reporter_subject
from caunoi.business.reporting.operations.refused import SubmissionRefused
from caunoi.business.reporting.operations.submissions import held, open_version, refuse_when_locked
from caunoi.business.reporting.rules.states import SubmissionState
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.files.public import keep
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import clean

LIMIT: Final = 20
"""Megabytes; a technical limit."""
ENOUGH: Final = LIMIT * 1024 * 1024 + 1
"""Bytes of a file that have to be read to know that it is too big."""
TYPES: Final = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@use_case
def attach_signed_copy(
    *, reporter: ExpectedReporter, content: bytes, name: str, by: Actor, at: dt.datetime
) -> Submission:  # fmt: skip
    """Attach a scan or signed pdf to the version that has not been sent; a later one takes its place.

    Raises SubmissionRefused ``signed_copy_too_big``, ``signed_copy_unreadable``, ``nothing_to_send``, ``locked``,
    ``waits_for_approval``;
    ReportingForbidden.
    """
    locked = held(reporter)
    require_writing(locked, by, *OWN_WORK)
    refuse_when_locked(locked, at)
    version = open_version(locked)
    if version is None:
        raise SubmissionRefused("reporting.nothing_to_send", unit=locked.name)
    if version.state == SubmissionState.IN_APPROVAL and not is_own(locked, by, Permission.APPROVE):
        raise SubmissionRefused("reporting.waits_for_approval", unit=locked.name)
    media_type = _type_of(content, name)
    stored = keep(content=content, name=clean(name)[:200], media_type=media_type, at=at)
    version.signed_copy, version.signed_copy_name = stored, clean(name)[:200]
    version.save(update_fields=["signed_copy", "signed_copy_name"])
    record(by=by, at=at, verb="reporting.sign_copy", subject=reporter_subject(locked),
           changes={"signed_copy": (None, stored.sha256)})  # fmt: skip
    return version


def _type_of(content: bytes, name: str) -> str:
    """Return what a file is by its first bytes. Raises SubmissionRefused."""
    if len(content) >= ENOUGH:
        raise SubmissionRefused("reporting.signed_copy_too_big", name=name[:100], limit=LIMIT)
    found = next((media for mark, media in TYPES.items() if content.startswith(mark)), "")
    if not found or (found == "application/pdf" and b"/Encrypt" in content):
        raise SubmissionRefused("reporting.signed_copy_unreadable", name=name[:100])
    return found
