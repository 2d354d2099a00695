"""The work of the mail queue: wanting what is due, writing letters, handing them to the mail server."""

from __future__ import annotations

import datetime as dt
import smtplib
from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from caunoi.foundation.jobs.public import Run, every, handler
from caunoi.foundation.notifications.models import Delivery, DeliveryState
from caunoi.foundation.notifications.operations.letters import DELIVER, want_digests, want_urgent
from caunoi.foundation.notifications.operations.notices import SEND_URGENT
from caunoi.foundation.notifications.operations.sending import begin, end, postpone, sweep
from caunoi.foundation.notifications.operations.writing import Desk, write
from caunoi.foundation.notifications.rules.mail import Outcome, outcome_of
from caunoi.kernel import clock

DIGESTS = "notifications.digests"
SWEEP = "notifications.sweep"
Reply = tuple[Outcome, str]


@handler(DELIVER)
def deliver(run: Run, /, **arguments: object) -> None:
    """Hand one letter to the mail server: once, whatever happens in between."""
    found = Delivery.objects.select_related("account__person", "invitation")
    letter = found.filter(pk=int(str(arguments["delivery"]))).first()
    if letter is None:
        return
    if letter.state == DeliveryState.HANDING:  # the worker before was ended while the server was taking the text
        end(letter, DeliveryState.UNCERTAIN, words=letter.words, at=run.at)
    if letter.state != DeliveryState.QUEUED:
        return
    message = write(letter, desk=_desk(), on=clock.day_of(run.at))
    if message is None:
        end(letter, DeliveryState.DROPPED, at=run.at)
        return
    try:
        outcome, words = _try(letter, message, run.at)
    except _Elsewhere:
        return
    _settle(letter, outcome, words, run.at)


class _Elsewhere(Exception):
    """Another worker has the letter."""


def _desk() -> Desk:
    return Desk(settings.PUBLIC_ADDRESS, settings.DEFAULT_FROM_EMAIL, settings.PASSWORD_RESET_TIMEOUT // 3600)


def _claim(letter: Delivery, at: dt.datetime) -> None:
    if not begin(letter, at=at):
        raise _Elsewhere


def _settle(letter: Delivery, outcome: Outcome, words: str, at: dt.datetime) -> None:
    if outcome is Outcome.LATER:
        postpone(letter, words=words, attempts=letter.attempts + 1, at=at)
    else:
        end(letter, DeliveryState(outcome), words=words, at=at)


def _try(letter: Delivery, message: EmailMultiAlternatives, at: dt.datetime) -> Reply:
    connection: BaseEmailBackend = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        return Outcome.LATER, _words(error)
    try:
        return _hand_over(connection, message, lambda: _claim(letter, at))
    finally:
        _close(connection)


def _hand_over(connection: BaseEmailBackend, message: EmailMultiAlternatives, claim: Callable[[], None]) -> Reply:
    """Say who writes to whom, claim the letter, then give its text; return what became of it."""
    if not isinstance(connection, EmailBackend):  # a folder of files, or the memory of a test
        claim()
        connection.send_messages([message])
        return Outcome.TAKEN, ""
    server: smtplib.SMTP = connection.connection  # type: ignore[assignment]  # it was just opened
    try:
        server.ehlo_or_helo_if_needed()
        for code, said in (server.mail(_bare(message.from_email)), server.rcpt(message.to[0])):
            if outcome_of(code) is not Outcome.TAKEN:
                return outcome_of(code), _said(code, said)
    except (OSError, smtplib.SMTPException) as error:
        return Outcome.LATER, _words(error)
    claim()
    try:
        code, said = server.data(_on_the_wire(message))
    except smtplib.SMTPDataError as error:
        return outcome_of(error.smtp_code), _said(error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        return Outcome.UNCERTAIN, _words(error)
    return outcome_of(code), _said(code, said)


def _on_the_wire(message: EmailMultiAlternatives) -> bytes:
    return b"\r\n".join(message.message().as_bytes().splitlines()) + b"\r\n"


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        return  # what became of the letter is known already


def _bare(address: str) -> str:
    return address.rpartition("<")[2].rstrip(">")


def _said(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", errors="replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"


@handler(SEND_URGENT)
def send_urgent(run: Run, /, **arguments: object) -> None:
    """Write letters about what is urgent."""
    want_urgent(at=run.at)


@handler(DIGESTS)
def send_digests(run: Run, /, **arguments: object) -> None:
    """Write the digests that are due."""
    want_digests(at=run.at)


@handler(SWEEP)
def sweep_letters(run: Run, /, **arguments: object) -> None:
    """Take up what was left behind."""
    want_urgent(at=run.at)
    sweep(at=run.at)


every(DIGESTS, dt.timedelta(minutes=5))
every(SWEEP, dt.timedelta(minutes=15))
