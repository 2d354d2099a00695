"""Writing a letter in the words and the language of its reader: plain text, and the same as a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from caunoi.foundation.accounts.public import invitation_path, password_path
from caunoi.foundation.notifications.models import Delivery, DeliveryKind
from caunoi.foundation.notifications.operations.letters import notices_in
from caunoi.kernel import clock

SHOWN: Final = 20
"""Notices listed in one letter; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every letter of this installation has in common."""

    home: str
    """Where people reach the system: ``https://caunoi.example``, without a stroke at the end."""
    sender: str
    link_hours: int
    """How long a link to set a password is good."""

    def absolute(self, path: str) -> str:
        """Return where a page is reached from outside."""
        return f"{self.home}{path}"


def write(letter: Delivery, *, desk: Desk, on: dt.date) -> EmailMultiAlternatives | None:
    """Return the letter as it is sent on a day; ``None`` when there is nothing left to say."""
    with translation.override(letter.account.language):
        content = _WRITERS[DeliveryKind(letter.kind)](letter, desk, on)
        if content is None:
            return None
        context = {**content, "person": letter.account.person, "home": desk.home}
        name = str(content["template"])
        message = EmailMultiAlternatives(
            subject=str(content["subject"]),
            body=render_to_string(f"notifications/mail/{name}.txt", context),
            from_email=desk.sender,
            to=[letter.to],
            headers=_headers(letter, desk),
        )
        message.attach_alternative(render_to_string(f"notifications/mail/{name}.html", context), "text/html")
        return message


def _headers(letter: Delivery, desk: Desk) -> dict[str, str]:
    host = urlsplit(desk.home).hostname or "localhost"
    return {
        "Message-ID": f"<{letter.public_id}@{host}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }


def _notices(letter: Delivery, desk: Desk, on: dt.date) -> Mapping[str, object] | None:
    notices = list(notices_in(letter, on=on))
    if not notices:
        return None
    count = len(notices)
    if letter.kind == DeliveryKind.URGENT and count == 1:
        subject = gettext("Cầu Nối: việc cần xem ngay")
    else:
        day = f"{clock.day_of(letter.queued_at):%d/%m/%Y}"
        words = ngettext(
            "Cầu Nối: %(count)s thông báo chưa đọc, ngày %(day)s",
            "Cầu Nối: %(count)s thông báo chưa đọc, ngày %(day)s",
            count,
        )
        subject = words % {"count": count, "day": day}
    pages = [reverse("notifications:open", args=[notice.public_id]) for notice in notices[:SHOWN]]
    shown = [(notice, desk.absolute(page)) for notice, page in zip(notices, pages, strict=False)]
    return {
        "template": "notices",
        "subject": subject,
        "notices": shown,
        "more": max(0, count - SHOWN),
        "inbox": desk.absolute(reverse("notifications:inbox")),
        "preferences": desk.absolute(reverse("notifications:mail")),
        "urgent": letter.kind == DeliveryKind.URGENT,
    }


def _invitation(letter: Delivery, desk: Desk, _on: dt.date) -> Mapping[str, object] | None:
    invitation = letter.invitation
    if invitation is None or invitation.accepted_at is not None or invitation.withdrawn_at is not None:
        return None
    return {
        "template": "invitation",
        "subject": gettext("Mời sử dụng hệ thống Cầu Nối"),
        "link": desk.absolute(invitation_path(invitation)),
        "invitation": invitation,
        "login": letter.account.username,
    }


def _password(letter: Delivery, desk: Desk, _on: dt.date) -> Mapping[str, object] | None:
    return {
        "template": "password",
        "subject": gettext("Cầu Nối: đặt mật khẩu mới"),
        "link": desk.absolute(password_path(letter.account)),
        "login": letter.account.username,
        "hours": desk.link_hours,
    }


_WRITERS: Final = {
    DeliveryKind.DIGEST: _notices,
    DeliveryKind.URGENT: _notices,
    DeliveryKind.INVITATION: _invitation,
    DeliveryKind.PASSWORD: _password,
}
