import datetime as dt
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from caunoi.foundation.audit.public import Entry, history
from caunoi.foundation.personal_data.models import Limit, Reveal
from caunoi.foundation.personal_data.public import ReasonMissing, reveal
from caunoi.foundation.personal_data.tests.scenes import KIND, Cards, cards
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import NotAllowed, NotFound
from caunoi.kernel.ids import uuid7
from caunoi.surfaces.demonstration.office import Office


@pytest.fixture
def kept(office: Office) -> Iterator[Cards]:
    with cards() as made:
        yield made


@pytest.fixture
def card(kept: Cards, office: Office) -> UUID:
    """The card of the officer of the first upper secondary school."""
    return kept.add(office.people["thpt_1.officer"].pk, office.unit("thpt_1").pk)


def ask(card: UUID, by: Actor, at: dt.datetime, reason: str = "Gọi điện nhắc báo cáo", field: str = "phone") -> str:
    return reveal(kind=KIND, record_id=card, field=field, reason=reason, by=by, at=at)


def test_a_reveal_answers_and_leaves_its_row_and_its_entry(
    card: UUID, office: Office, now: dt.datetime, today: dt.date
) -> None:
    by = office.actor("administrator", on=today)
    assert ask(card, by, now) == "0912345678"
    row = Reveal.objects.get()
    assert (row.kind, row.field, row.record, row.by_name, row.by_title, row.reason, row.is_unusual) == (
        KIND, "phone", card, by.person_name, "Quản trị hệ thống", "Gọi điện nhắc báo cáo", False,
    )  # fmt: skip
    entry = history(kind=KIND, public_id=str(card)).get()
    assert entry.verb == "personal_data.reveal"
    assert entry.changes == {"field": [None, "Điện thoại"], "reason": [None, "Gọi điện nhắc báo cáo"]}
    assert "0912345678" not in str(entry.changes)


def test_one_of_another_school_is_denied_and_nothing_is_written(
    card: UUID, office: Office, now: dt.datetime, today: dt.date
) -> None:
    entries = Entry.objects.count()
    with pytest.raises(NotAllowed):
        ask(card, office.actor("thpt_3.officer", on=today), now)
    assert (Reveal.objects.count(), Entry.objects.count()) == (0, entries)


def test_one_may_always_see_ones_own(card: UUID, office: Office, now: dt.datetime, today: dt.date) -> None:
    assert ask(card, office.actor("thpt_1.officer", on=today), now, field="email") == "the@thanhgiang.example"


@pytest.mark.parametrize("reason", ["", "  ", "a "])
def test_without_a_reason_nothing_is_shown(
    reason: str, card: UUID, office: Office, now: dt.datetime, today: dt.date
) -> None:
    with pytest.raises(ReasonMissing):
        ask(card, office.actor("administrator", on=today), now, reason=reason)
    assert not Reveal.objects.exists()


def test_an_unknown_record_or_field_is_not_found(card: UUID, office: Office, now: dt.datetime, today: dt.date) -> None:
    by = office.actor("administrator", on=today)
    with pytest.raises(NotFound):
        ask(uuid7(), by, now)
    with pytest.raises(NotFound):
        ask(card, by, now, field="dia-chi")


def test_the_reveal_after_the_hourly_number_is_marked_unusual(
    card: UUID, office: Office, now: dt.datetime, today: dt.date
) -> None:
    Limit.objects.filter(code="reveal.rate").update(amount=2)
    by = office.actor("administrator", on=today)
    for minute in (0, 1, 2):
        ask(card, by, now + dt.timedelta(minutes=minute))
    ask(card, by, now + dt.timedelta(minutes=90))
    assert list(Reveal.objects.order_by("at").values_list("is_unusual", flat=True)) == [False, False, True, False]
    assert Entry.objects.filter(verb="personal_data.reveal_unusual").count() == 1


def test_the_page_asks_for_the_reason_and_then_answers(
    card: UUID, client_of: Callable[[str], Client], office: Office
) -> None:
    client = client_of("administrator")
    address = reverse("personal_data:reveal", args=[KIND, card, "phone"])
    asked = client.get(address)
    assert "••• ••• 678" in asked.content.decode()
    assert "0912345678" not in asked.content.decode()
    refused = client.post(address, {"reason": ""})
    assert refused.status_code == 422
    assert not Reveal.objects.exists()
    answered = client.post(address, {"reason": "Gọi điện"})
    assert "0912345678" in answered.content.decode()
    assert "no-store" in answered.headers["Cache-Control"]
    part = client.post(address, {"reason": "Gọi điện"}, headers={"HX-Request": "true"})
    assert part.content.decode().strip().startswith("<span")
    assert Reveal.objects.count() == 2
