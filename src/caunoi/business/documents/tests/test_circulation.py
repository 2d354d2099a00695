"""Distribution, settlement, duties set aside; who may know of what, and that a denial changes nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from caunoi.business.documents.access import (
    DocumentForbidden,
    DocumentNotFound,
    document_by_public_id,
    documents_to_read,
    obligations_open,
    visible,
)
from caunoi.business.documents.models import (
    Distribution,
    DistributionRole,
    Document,
    DocumentState,
    Obligation,
    ObligationState,
    ReadMark,
)
from caunoi.business.documents.operations import circulation, obligations
from caunoi.business.documents.operations.circulation import CirculationRefused, HandedTo
from caunoi.business.documents.operations.intake import accept_document
from caunoi.business.documents.operations.obligations import ObligationRefused
from caunoi.business.documents.tests.scenes import reviewed
from caunoi.foundation.audit.public import Entry
from caunoi.foundation.notifications.public import notices_of
from caunoi.kernel.actor import ANONYMOUS
from caunoi.kernel.ids import uuid7
from caunoi.surfaces.demonstration.office import Office

DUE = dt.date(2026, 10, 20)


def _accepted(office: Office, now: dt.datetime, today: dt.date) -> Document:
    by = office.actor("clerk", on=today)
    return accept_document(document=reviewed(office.unit("so"), by, now), by=by, at=now)


def _distribute(office: Office, document: Document, now: dt.datetime, today: dt.date) -> None:
    to = [
        HandedTo(office.unit("van_phong"), DistributionRole.LEAD),
        HandedTo(office.unit("so"), DistributionRole.INFORM, office.posts["specialist"]),
    ]
    director = office.actor("director", on=today)
    circulation.distribute(document=document, to=to, due_on=DUE, opinion="Tham mưu", by=director, at=now)


def test_the_leader_hands_a_document_over(office: Office, now: dt.datetime, today: dt.date) -> None:
    document = _accepted(office, now, today)
    _distribute(office, document, now, today)
    document.refresh_from_db()
    assert (document.state, document.due_on) == (DocumentState.DISTRIBUTED, DUE)
    rows = [(row.shown_to, row.role, row.due_on) for row in Distribution.objects.filter(document=document)]
    assert rows == [
        ("Văn phòng Sở", "lead", DUE),
        ("Chuyên viên phụ trách đối ngoại", "inform", None),
    ]
    assert [notice.kind for notice in notices_of(office.actor("specialist", on=today))] == ["documents.distributed"]
    assert [one.pk for one in documents_to_read(office.actor("head_of_office", on=today))] == [document.pk]


def test_handing_over_again_replaces_the_first_time(office: Office, now: dt.datetime, today: dt.date) -> None:
    document = _accepted(office, now, today)
    _distribute(office, document, now, today)
    to = [
        HandedTo(office.unit("ke_hoach"), DistributionRole.LEAD),
        HandedTo(office.unit("ke_hoach"), DistributionRole.INFORM),
    ]
    director = office.actor("director", on=today)
    circulation.distribute(document=document, to=to, due_on=None, opinion="", by=director, at=now)
    assert [row.unit for row in Distribution.objects.filter(document=document)] == [office.unit("ke_hoach")]


@pytest.mark.parametrize(
    ("roles", "code"),
    [
        ([], "documents.distribute_nobody"),
        ([DistributionRole.INFORM], "documents.one_lead"),
        ([DistributionRole.LEAD, DistributionRole.LEAD], "documents.one_lead"),
    ],
)
def test_exactly_one_leads(
    office: Office, now: dt.datetime, today: dt.date, roles: list[DistributionRole], code: str
) -> None:
    document = _accepted(office, now, today)
    to = [HandedTo(office.unit(key), role) for key, role in zip(("van_phong", "ke_hoach"), roles, strict=False)]
    with pytest.raises(CirculationRefused) as refused:
        circulation.distribute(
            document=document, to=to, due_on=None, opinion="", by=office.actor("director", on=today), at=now
        )
    assert refused.value.code == code
    assert not Distribution.objects.exists()


def test_the_lead_settles_and_nobody_else_below(office: Office, now: dt.datetime, today: dt.date) -> None:
    document = _accepted(office, now, today)
    _distribute(office, document, now, today)
    with pytest.raises(CirculationRefused):
        circulation.settle(document=document, note="xong", by=office.actor("clerk", on=today), at=now)
    circulation.settle(
        document=document, note="Đã ban hành kế hoạch", by=office.actor("head_of_office", on=today), at=now
    )
    document.refresh_from_db()
    assert (document.state, document.settled_on) == (DocumentState.SETTLED, today)
    with pytest.raises(CirculationRefused):
        circulation.settle(document=document, note="lần nữa", by=office.actor("director", on=today), at=now)


def test_opening_is_noted_once(office: Office, now: dt.datetime, today: dt.date) -> None:
    document, by = _accepted(office, now, today), office.actor("director", on=today)
    for _ in range(2):
        circulation.mark_read(document=document, by=by, at=now)
    assert ReadMark.objects.filter(document=document).count() == 1
    assert Entry.objects.filter(verb="documents.open").count() == 1


SEES_THE_BOOK = {"clerk", "specialist", "director", "deputy_director", "head_of_office"}
ALL = sorted(
    SEES_THE_BOOK | {"school_officer", "principal", "commune_officer", "reporter", "receiver", "administrator"}
)


@pytest.mark.parametrize("kind", ALL)
def test_only_the_unit_and_those_it_was_handed_to_know_of_a_document(
    office: Office, now: dt.datetime, today: dt.date, kind: str
) -> None:
    document, by = _accepted(office, now, today), office.actor(kind, on=today)
    assert visible(by).filter(pk=document.pk).exists() is (kind in SEES_THE_BOOK)
    if kind not in SEES_THE_BOOK:
        with pytest.raises(DocumentNotFound):
            document_by_public_id(document.public_id, by)
        with pytest.raises(DocumentNotFound):
            _distribute_as(kind, office, document, now, today)
        assert not Distribution.objects.exists()


def _distribute_as(kind: str, office: Office, document: Document, now: dt.datetime, today: dt.date) -> None:
    to = [HandedTo(office.unit("van_phong"), DistributionRole.LEAD)]
    circulation.distribute(document=document, to=to, due_on=None, opinion="", by=office.actor(kind, on=today), at=now)


@pytest.mark.parametrize("kind", ["clerk", "specialist", "head_of_office"])
def test_those_who_may_read_may_not_distribute(office: Office, now: dt.datetime, today: dt.date, kind: str) -> None:
    document = _accepted(office, now, today)
    before = Entry.objects.count()
    with pytest.raises(DocumentForbidden):
        _distribute_as(kind, office, document, now, today)
    document.refresh_from_db()
    assert (document.state, Distribution.objects.count()) == (DocumentState.REGISTERED, 0)
    assert Entry.objects.count() == before


def test_the_tree_opens_nothing(office: Office, now: dt.datetime, today: dt.date) -> None:
    """The Sở stands above the school, yet the school's own book is not the Sở's."""
    school = office.actor("school_officer", on=today)
    own = accept_document(document=reviewed(office.unit("thpt_1"), school, now), by=school, at=now)
    above = [office.actor(kind, on=today) for kind in ("director", "specialist")]
    assert [visible(by).filter(pk=own.pk).exists() for by in above] == [False, False]
    assert visible(ANONYMOUS).count() == 0


def test_opened_to_the_unit_is_not_opened_to_others(office: Office, now: dt.datetime, today: dt.date) -> None:
    document, outsider = _accepted(office, now, today), office.actor("school_officer", on=today)
    circulation.open_to_unit(document=document, is_open=True, by=office.actor("director", on=today), at=now)
    assert not visible(outsider).filter(pk=document.pk).exists()
    assert visible(office.actor("clerk", on=today)).filter(pk=document.pk).exists()


def test_a_duty_is_handed_on_once(office: Office, now: dt.datetime, today: dt.date) -> None:
    _accepted(office, now, today)
    by = office.actor("specialist", on=today)
    duty, other = list(obligations_open(by))[:2]
    target = uuid7()
    obligations.mark_handed_on(obligation=duty, kind="task", target_id=target, label="Giao lưu", by=by, at=now)
    duty.refresh_from_db()
    assert (duty.state, duty.handed_on_id, duty.handed_on_label) == (ObligationState.HANDED_ON, target, "Giao lưu")
    with pytest.raises(ObligationRefused):
        obligations.mark_handed_on(obligation=duty, kind="task", target_id=uuid7(), label="lại", by=by, at=now)
    obligations.dismiss_obligation(obligation=other, reason="Không có học sinh du học", by=by, at=now)
    assert duty not in obligations_open(by)
    assert other not in obligations_open(by)
    with pytest.raises(ObligationRefused):
        obligations.dismiss_obligation(obligation=duty, reason="không", by=by, at=now)
    again = obligations.reopen_obligation(obligation=other, by=by, at=now)
    assert (again.state, again.dismissed_reason) == (ObligationState.OPEN, "")


def test_others_may_not_hand_on(office: Office, now: dt.datetime, today: dt.date) -> None:
    document = _accepted(office, now, today)
    duty = Obligation.objects.filter(document=document)[0]
    for kind, error in (("clerk", DocumentForbidden), ("principal", DocumentNotFound), ("receiver", DocumentNotFound)):
        with pytest.raises(error):
            obligations.mark_handed_on(
                obligation=duty, kind="task", target_id=uuid7(), label="x", by=office.actor(kind, on=today), at=now
            )
    duty.refresh_from_db()
    assert duty.state == ObligationState.OPEN
