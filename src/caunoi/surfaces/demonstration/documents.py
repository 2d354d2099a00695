"""Two years of documents of the Sở: what arrived, was handed over and settled; what was written, signed and issued."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.core.management import call_command

from caunoi.business.documents.public import (
    DistributionRole,
    Document,
    Draft,
    HandedTo,
    IssueDate,
    Part,
    SentTo,
    SignForm,
    SignLine,
    accept_document,
    create_draft,
    distribute,
    number_and_issue,
    paragraph,
    present_for_signing,
    receive_files,
    register_received,
    render,
    settle,
    sign,
)
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.surfaces.demonstration import names
from caunoi.surfaces.demonstration.document_texts import (
    DEPARTMENT,
    FOREIGN_AFFAIRS,
    INCOMING,
    MINISTRY,
    PROVINCE_COMMITTEE,
    Paper,
    Stage,
)
from caunoi.surfaces.demonstration.letter_texts import OUTGOING, Own
from caunoi.surfaces.demonstration.office import Office

LIMIT = 5 * 1024 * 1024
_SEATS = {MINISTRY: "Hà Nội"}
_OPINION = "Tham mưu thực hiện, báo cáo lãnh đạo Sở kết quả."


@dataclass
class _Teller:
    office: Office
    at: dt.datetime

    def who(self, key: str, at: dt.datetime) -> Actor:
        return self.office.actor(key, on=clock.day_of(at))


def tell_documents(office: Office, *, at: dt.datetime, since: dt.datetime, until: dt.datetime) -> None:
    """Tell what came and went from ``since`` up to ``until``, oldest first, so that the numbers run with the days."""
    teller = _Teller(office, at)
    entries: list[tuple[dt.datetime, Paper | Own]] = [
        (at - dt.timedelta(days=one.ago, hours=1), one) for one in (*INCOMING, *OUTGOING)
    ]
    for moment, one in sorted(entries, key=lambda entry: entry[0]):
        if since <= moment < until:
            if isinstance(one, Paper):
                _arrive(teller, one, moment)
            else:
                _write(teller, one, moment)


def _dated(text: str, moment: dt.datetime) -> str:
    return text.replace("{year}", str(moment.year)).replace("{next}", str(moment.year + 1))


def _paper(one: Paper, moment: dt.datetime) -> Draft:
    issued = clock.day_of(moment - dt.timedelta(days=3))
    lines = tuple(paragraph(_dated(line, moment)) for line in one.lines)
    letter = one.kind == "Công văn"
    return Draft(
        issuer=one.issuer, place=_SEATS.get(one.issuer, names.PROVINCE), symbol=one.symbol, number=one.number,
        superior=PROVINCE_COMMITTEE if one.issuer == FOREIGN_AFFAIRS else None, doc_type=one.kind,
        title=_dated(one.title, moment), issued=IssueDate(issued.year, issued.month, issued.day), bases=one.bases,
        body=lines,
        addressees=(DEPARTMENT,) if letter else (), recipients=() if letter else (SentTo(DEPARTMENT, "để thực hiện"),),
        signing=(SignLine(one.signs),), signer=one.signer,
    )  # fmt: skip


def _arrive(teller: _Teller, one: Paper, moment: dt.datetime) -> None:
    """Let a document be dropped in and read, then go as far as its stage says."""
    clerk, so = teller.who("clerk", moment), teller.office.unit("so")
    part = Part(render(_paper(one, moment)), f"{one.number}-{one.symbol}.docx")
    document = receive_files(parts=[part], unit=so, limit=LIMIT, by=clerk, at=moment)
    call_command("worker", drain=True)
    if one.stage is Stage.REVIEW:
        return
    document = accept_document(document=document, by=clerk, at=moment + dt.timedelta(minutes=10))
    if one.stage is not Stage.REGISTERED:
        _hand_over(teller, document, one, moment + dt.timedelta(minutes=40))


def _hand_over(teller: _Teller, document: Document, one: Paper, moment: dt.datetime) -> None:
    office, due = teller.office, clock.day_of(moment) + dt.timedelta(days=20)
    to = [
        HandedTo(office.unit(one.lead), DistributionRole.LEAD),
        HandedTo(office.unit("so"), DistributionRole.SUPPORTING, office.posts["specialist"]),
    ]
    director = teller.who("director", moment)
    distribute(document=document, to=to, due_on=due, opinion=_OPINION, by=director, at=moment)
    if one.stage is Stage.SETTLED:
        done = moment + dt.timedelta(days=9)
        settle(
            document=document, note="Đã triển khai và báo cáo theo yêu cầu.", by=teller.who("director", done), at=done
        )


def _write(teller: _Teller, one: Own, moment: dt.datetime) -> None:
    """Let the specialist write a document and let it go as far as its steps say."""
    office, by = teller.office, teller.who("specialist", moment)
    document = create_draft(draft=_draft(one, moment), unit=office.unit("so"), by=by, at=moment)
    if one.steps == "draft":
        return
    present_for_signing(document=document, note="Kính trình lãnh đạo Sở xem xét, ký.", by=by, at=moment)
    if one.steps == "presented":
        return
    signed = moment + dt.timedelta(minutes=20)
    sign(document=document, by=teller.who("deputy_director", signed), at=signed)
    if one.steps == "issued":
        _issue(teller, document, one, moment + dt.timedelta(minutes=40))


def _draft(one: Own, moment: dt.datetime) -> Draft:
    schools = (SentTo("Các trường trung học phổ thông", "để thực hiện"),) if one.to else ()
    draft = Draft(
        issuer=DEPARTMENT, superior=PROVINCE_COMMITTEE, place=names.PROVINCE, symbol=one.symbol, doc_type=one.kind,
        title=_dated(one.title, moment), body=tuple(paragraph(_dated(line, moment)) for line in one.lines),
        addressees=one.addressees, recipients=(*schools, SentTo("Lãnh đạo Sở", "để báo cáo")), archive="VT, VP.",
        signing=(SignLine("GIÁM ĐỐC", SignForm.FOR_HEAD), SignLine("PHÓ GIÁM ĐỐC")),
    )  # fmt: skip
    return replace(draft, addressees=("Các trường trung học phổ thông",)) if draft.is_letter and one.to else draft


def _issue(teller: _Teller, document: Document, one: Own, moment: dt.datetime) -> None:
    """Send it to the upper secondary schools; all but the last few have entered it into their books."""
    office = teller.office
    schools = [f"thpt_{number}" for number in range(1, len(names.UPPER_SECONDARY) + 1)]
    units = [office.unit(key) for key in schools] if one.to else []
    clerk = teller.who("clerk", moment)
    issued = number_and_issue(document=document, recipients_units=units, by=clerk, at=moment)
    received = {copy.unit_id: copy for copy in Document.objects.filter(issued_from=issued)}
    settled = schools if (teller.at - moment).days > 60 else schools[1:9]
    for key in settled:
        officer = office.actor(f"{key}.officer", on=clock.day_of(moment))
        register_received(
            document=received[office.unit(key).pk], by=officer, at=min(moment + dt.timedelta(hours=5), teller.at)
        )
    call_command("worker", drain=True)
