"""How people, posts and rights are shown: states and small rows that the templates print."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.pages.public import State, Tone
from caunoi.foundation.people.models import Capacity, Grant, Holding, SigningAuthority
from caunoi.foundation.people.rules.roles import NOT_FOR_SUBSTITUTES, Role
from caunoi.foundation.people.rules.signing import lapse
from caunoi.foundation.people.rules.words import CAPACITIES, ROLES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SOON = dt.timedelta(days=30)
FORMS = {
    "": _("Người đứng đầu"), "TM.": _("TM. – thay mặt tập thể"), "KT.": _("KT. – ký thay"),
    "TL.": _("TL. – thừa lệnh"), "TUQ.": _("TUQ. – thừa ủy quyền"), "Q.": _("Q. – quyền"),
}  # fmt: skip


LAPSED = {
    "unit": _("Không còn dùng: đơn vị đã giải thể"),
    "post": _("Không còn dùng: đơn vị của vị trí đã giải thể"),
    "giver": _("Không còn dùng: người giao không còn thẩm quyền"),
}  # fmt: skip


def period_state(from_on: dt.date, until_on: dt.date | None, today: dt.date) -> State:
    """Return whether something with a period holds, is about to end, has ended or has not begun."""
    if until_on is not None and until_on <= today:
        return State(_("Đã hết"), Tone.NEUTRAL)
    if from_on > today:
        return State(_("Chưa bắt đầu"), Tone.NEUTRAL)
    if until_on is not None and until_on - today <= SOON:
        days = (until_on - today).days
        return State(gettext("Còn %(days)s ngày") % {"days": days}, Tone.SOON)
    return State(_("Đang có hiệu lực"), Tone.DONE)


def last_day(until_on: dt.date | None) -> dt.date | None:
    """Return the last day of a period; ``None`` while it lasts."""
    return until_on - dt.timedelta(days=1) if until_on else None


def _has_ended(unit: Unit, today: dt.date) -> bool:
    return unit.dissolved_on is not None and unit.dissolved_on <= today


def _lasts(until_on: dt.date | None, today: dt.date) -> bool:
    return until_on is None or until_on > today


@dataclass(frozen=True, slots=True)
class Dated:
    """A holding, a right or an authority with its state and last day."""

    row: Holding | Grant | SigningAuthority
    state: State
    last: dt.date | None
    words: StrOrPromise = ""
    note: StrOrPromise = ""
    is_open: bool = True
    """Whether it lasts today or will: it can still be ended."""


def holding_row(holding: Holding, today: dt.date) -> Dated:
    """Return a holding as it is shown."""
    words = str(CAPACITIES[holding.capacity])
    return Dated(
        holding,
        period_state(holding.from_on, holding.until_on, today),
        last_day(holding.until_on),
        words,
        is_open=_lasts(holding.until_on, today),
    )


def grant_row(grant: Grant, today: dt.date, *, capacity: str = Capacity.HOLDER) -> Dated:
    """Return a right as it is shown; for a substitute, whether it is left out."""
    named = ROLES[Role(grant.role)]
    state = period_state(grant.from_on, grant.until_on, today)
    if capacity == Capacity.SUBSTITUTE and grant.role in NOT_FOR_SUBSTITUTES:
        state = State(_("Không dùng khi làm thay"), Tone.NEUTRAL)
    return Dated(grant, state, last_day(grant.until_on), str(named.name), str(named.may), _lasts(grant.until_on, today))


def signing_row(authority: SigningAuthority, today: dt.date) -> Dated:
    """Return an authority to sign as it is shown; rows come from ``with_givers``."""
    state = period_state(authority.from_on, authority.until_on, today)
    lapsed = lapse(
        unit_ended=_has_ended(authority.unit, today),
        post_ended=_has_ended(authority.post.unit, today),
        giver_signs=bool(getattr(authority, "giver_signs", True)),
    )
    if lapsed and authority.from_on <= today and _lasts(authority.until_on, today):
        state = State(LAPSED[lapsed], Tone.NEUTRAL)
    return Dated(
        authority,
        state,
        last_day(authority.until_on),
        str(FORMS[authority.form]),
        is_open=_lasts(authority.until_on, today),
    )
