"""Moving a letter from state to state. Every step is committed before the next, so a crash leaves it in a known one."""

from __future__ import annotations

import datetime as dt

from caunoi.foundation.accounts.public import MailState, note_mail
from caunoi.foundation.jobs.public import enqueue
from caunoi.foundation.notifications.models import Delivery, DeliveryKind, DeliveryState
from caunoi.foundation.notifications.operations.letters import DELIVER
from caunoi.foundation.notifications.rules.mail import pause_after

OVERDUE = dt.timedelta(minutes=30)
"""A letter that waits so long beyond its time has lost its job."""


def begin(letter: Delivery, *, at: dt.datetime) -> bool:
    """Claim the right to hand a letter over; false when another has done so or does."""
    waiting = Delivery.objects.filter(pk=letter.pk, state=DeliveryState.QUEUED)
    return bool(waiting.update(state=DeliveryState.HANDING, handed_at=at, attempts=letter.attempts + 1))


def end(letter: Delivery, state: DeliveryState, *, words: str = "", at: dt.datetime) -> None:
    """Note how a letter ended."""
    Delivery.objects.filter(pk=letter.pk).update(state=state, words=words[:500], ended_at=at)
    if letter.kind == DeliveryKind.INVITATION and letter.invitation_id and state in _TOLD:
        note_mail(invitation_id=letter.invitation_id, state=_TOLD[state], words=words)


_TOLD = {
    DeliveryState.TAKEN: MailState.TAKEN,
    DeliveryState.REFUSED: MailState.REFUSED,
    DeliveryState.UNCERTAIN: MailState.UNCERTAIN,
}


def postpone(letter: Delivery, *, words: str, attempts: int, at: dt.datetime) -> None:
    """Try again after a pause that grows; after the last one give up, with the server's last words."""
    pause = pause_after(attempts)
    if pause is None:
        Delivery.objects.filter(pk=letter.pk).update(attempts=attempts)
        end(letter, DeliveryState.REFUSED, words=words, at=at)
        return
    Delivery.objects.filter(pk=letter.pk).update(
        state=DeliveryState.QUEUED, attempts=attempts, words=words[:500], next_at=at + pause, handed_at=None
    )
    enqueue(DELIVER, at=at, delay=pause, delivery=letter.pk)


def sweep(*, at: dt.datetime) -> int:
    """Take up letters whose job was lost, and call uncertain what a crash left in the middle; return how many."""
    stuck = Delivery.objects.filter(state=DeliveryState.HANDING, handed_at__lt=at - OVERDUE)
    lost = Delivery.objects.filter(state=DeliveryState.QUEUED, next_at__lt=at - OVERDUE)
    found = [*stuck, *lost]
    for letter in found:
        Delivery.objects.filter(pk=letter.pk, state=DeliveryState.QUEUED).update(next_at=at)
        enqueue(DELIVER, at=at, key=f"deliver:{letter.pk}", delivery=letter.pk)
    return len(found)
