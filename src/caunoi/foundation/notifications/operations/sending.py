"""Moving a letter from state to state. Every step is committed before the next, so a crash leaves it in a known one."""

from __future__ import annotations

import datetime as dt

from caunoi.foundation.accounts.public import MailState, note_mail
from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.jobs.public import enqueue
from caunoi.foundation.notifications.models import Delivery, DeliveryKind, DeliveryState
from caunoi.foundation.notifications.operations.letters import DELIVER
from caunoi.foundation.notifications.rules.mail import pause_after
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused


class LetterRefused(Refused):
    """A letter that is not sent again."""


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


@use_case
def send_again(*, letter: Delivery, by: Actor, at: dt.datetime) -> None:
    """Queue a letter that was refused, or of which nobody knows, to the address that its person has now.

    Raises LetterRefused for one on its way or taken, and for a person without an address.
    """
    held = Delivery.objects.select_for_update(of=("self",)).select_related("account__person").get(pk=letter.pk)
    if held.state not in (DeliveryState.REFUSED, DeliveryState.UNCERTAIN):
        raise LetterRefused("notifications.not_to_be_sent_again")
    name = held.account.person.name
    if not held.account.email:
        raise LetterRefused("notifications.no_address", name=name)
    before, held.state, held.to = held.state, DeliveryState.QUEUED, held.account.email
    held.attempts, held.words, held.next_at, held.handed_at, held.ended_at = 0, "", at, None, None
    held.save(update_fields=["state", "to", "attempts", "words", "next_at", "handed_at", "ended_at"])
    enqueue(DELIVER, at=at, delivery=held.pk)
    subject = Subject("letter", str(held.public_id), name)
    record(by=by, at=at, verb="notifications.send_again", subject=subject, changes={"state": (before, held.state)})


def sweep(*, at: dt.datetime) -> int:
    """Take up letters whose job was lost, and call uncertain what a crash left in the middle; return how many."""
    stuck = Delivery.objects.filter(state=DeliveryState.HANDING, handed_at__lt=at - OVERDUE)
    lost = Delivery.objects.filter(state=DeliveryState.QUEUED, next_at__lt=at - OVERDUE)
    found = [*stuck, *lost]
    for letter in found:
        Delivery.objects.filter(pk=letter.pk, state=DeliveryState.QUEUED).update(next_at=at)
        enqueue(DELIVER, at=at, key=f"deliver:{letter.pk}", delivery=letter.pk)
    return len(found)
