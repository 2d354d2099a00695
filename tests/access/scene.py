"""One office with something at every address, and everybody who might come: each role, one elsewhere, one expired."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from caunoi.business.documents.models import DocumentCitation, DocumentFile, NumberSeries, Obligation
from caunoi.business.documents.operations.intake import accept_document
from caunoi.business.documents.operations.outgoing import create_draft, present_for_signing, sign
from caunoi.business.documents.tests import scenes as documents
from caunoi.business.plans.models import PlanItem, TaskUpdate
from caunoi.business.plans.operations.plans import create_plan
from caunoi.business.plans.operations.steps import Evidence, report_progress
from caunoi.business.plans.tests import scenes as plans
from caunoi.business.reporting.models import ConsolidatedParagraph, Submission, TotalsNode
from caunoi.business.reporting.operations.consolidating import request_consolidation
from caunoi.business.reporting.operations.consolidation import consolidate
from caunoi.business.reporting.operations.questions import ask
from caunoi.business.reporting.operations.sheet_plan import template_for_units
from caunoi.business.reporting.operations.sheets import receive_sheet
from caunoi.business.reporting.tests import scenes as reporting
from caunoi.foundation.accounts.public import Account, invite, invite_many, make_key, open_account
from caunoi.foundation.notifications.models import DeliveryKind
from caunoi.foundation.notifications.operations.letters import want
from caunoi.foundation.notifications.public import Notice
from caunoi.foundation.organisations.public import Naming, create_group, rename_unit
from caunoi.foundation.people.operations.exporting import make_export
from caunoi.foundation.people.operations.intake.runs import check_import
from caunoi.foundation.people.public import (
    Grant,
    ImportRun,
    Role,
    SigningAuthority,
    ask_export,
    create_post,
    grant_role,
    receive_import,
    register_person,
    take_up,
)
from caunoi.foundation.personal_data.operations.breaches import Told, report_breach
from caunoi.foundation.personal_data.operations.requests import make_request
from caunoi.foundation.personal_data.public import load_law
from caunoi.foundation.personal_data.rules.states import RequestKind
from caunoi.surfaces.demonstration.office import BY, DEMO_ACCOUNTS, PASSWORD, Office

AT: Final = reporting.OPENED
TODAY: Final = AT.date()
LONG_AGO: Final = dt.date(2024, 1, 2)

ANONYMOUS: Final = "anonymous"
ELSEWHERE: Final = "elsewhere"
"""The officer of another school than the one whose report, task and document are visited."""
EXPIRED: Final = "expired"
"""A specialist of the Sở whose grant ended yesterday."""
_LINES: Final = b"BT /F1 14 Tf 70 700 Td (Number 21. Meeting of friends on 3 November 2026 at nine.) Tj ET"
PDF: Final = (
    b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n"
) % (len(_LINES), _LINES)
"""The smallest paper with a page to look at."""
UNGRANTED: Final = "ungranted"
"""Somebody with an account and a post that holds no role; gets what ``expired`` gets unless a line names them."""
KINDS: Final = (ANONYMOUS, *DEMO_ACCOUNTS, ELSEWHERE, EXPIRED, UNGRANTED)
ASKED: Final = {
    "anonymous": (ANONYMOUS,),
    "no grant": (UNGRANTED,),
    "grant elsewhere in the tree": (ELSEWHERE, "reporter"),
    "reader": ("receiver", "head_of_office"),
    "right grant": ("specialist", "clerk", "director", "school_officer", "administrator"),
    "expired grant": (EXPIRED,),
}
"""The kinds of person that every address is asked by, and who stands for each."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Who may come, and the arguments of every address."""

    accounts: Mapping[str, Account]
    arguments: Mapping[str, Mapping[str, object]]
    """Name of an address → its arguments."""

    queries: Mapping[str, str]
    """What stands behind the question mark, where an address asks for it."""
    forms: Mapping[str, Mapping[str, str]]
    """What is posted, where an address asks for it; elsewhere an empty form."""


def build(office: Office) -> Scene:
    """Build everything; about two seconds."""
    planned, held, reported = _plans(office), _documents(office), _reporting(office)
    version = Submission.objects.order_by("pk")[0]
    cell = f"o={reporting.TABLE}.r1.c1"
    shown = {"version": str(version.public_id)}
    return Scene(
        accounts=_accounts(office),
        arguments={**planned, **held, **reported, **_rest(office)},
        queries={
            "reporting:contributors": cell,
            "reporting:contributors_today": cell,
            "reporting:consolidated_cell": cell,
        },
        forms={
            "reporting:add_paragraph": {"section": reporting.FIRST},
            "plans:item": {"text": "Nội dung khác của đơn vị.", "version": "1"},
            "plans:item_drop": {"reason": "Không thuộc đơn vị.", "version": "1"},
            "plans:item_add": {"text": "Nội dung thêm."},
            "plans:task_step": {"report_done-text": "Đã xong."},
            "staff_site:hand_on": {"step": "dismiss", "reason": "Không thuộc đơn vị."},
            **{f"reporting:{name}": shown for name in ("accept", "return", "reopen")},
        },
    )


def _accounts(office: Office) -> dict[str, Account]:
    accounts = dict(office.accounts)
    other = office.people["thpt_3.officer"]
    accounts[ELSEWHERE] = open_account(person=other, username="truongkhac", password=PASSWORD, by=BY, at=AT)
    post = create_post(unit=office.unit("so"), title="Chuyên viên đã thôi việc", position=90, by=BY, at=AT)
    person = register_person(name="Lý Thị Xưa", email="", by=BY, at=AT)
    take_up(person=person, post=post, on=LONG_AGO, by=BY, at=AT)
    yesterday = TODAY - dt.timedelta(days=1)
    grant_role(
        post=post, role=Role.SPECIALIST, unit=office.unit("so"), subtree=True, on=LONG_AGO, until=yesterday,
        by=BY, at=AT,
    )  # fmt: skip
    accounts[EXPIRED] = open_account(person=person, username="hetquyen", password=PASSWORD, by=BY, at=AT)
    empty = create_post(unit=office.unit("so"), title="Nhân viên chưa được giao vai trò", position=91, by=BY, at=AT)
    nobody = register_person(name="Lý Thị Chưa", email="", by=BY, at=AT)
    take_up(person=nobody, post=empty, on=LONG_AGO, by=BY, at=AT)
    accounts[UNGRANTED] = open_account(person=nobody, username="chuaquyen", password=PASSWORD, by=BY, at=AT)
    return accounts


def _documents(office: Office) -> dict[str, Mapping[str, object]]:
    so, by = office.unit("so"), office.actor("specialist", on=TODAY)
    NumberSeries.objects.filter(unit=so).update(last_number=100)  # the scene of plans writes numbers of its own
    scanned = documents.read_now(documents.received(so, by, AT, PDF, "thu.pdf"), AT)
    picture = DocumentFile.objects.get(document=scanned)
    waiting = documents.reviewed(so, by, AT, documents.paper(number="15", title="Tổ chức tuần lễ hữu nghị"))
    held = accept_document(document=documents.reviewed(so, by, AT), by=by, at=AT)
    file = DocumentFile.objects.filter(document=held).order_by("pk")[0]
    papers = [documents.paper(number=None, title=f"Dự thảo {number}") for number in (1, 2, 3)]
    drafts = [create_draft(draft=paper, unit=so, by=by, at=AT) for paper in papers]
    for draft in drafts[1:]:
        present_for_signing(document=draft, by=by, at=AT)
    sign(document=drafts[2], by=office.actor("director", on=TODAY), at=AT)
    in_review, in_book = {"public_id": waiting.public_id}, {"public_id": held.public_id}
    citation = DocumentCitation.objects.filter(document=waiting).order_by("pk")[0]
    duty = Obligation.objects.filter(document=waiting).order_by("pk")[0]
    open_duty = Obligation.objects.filter(document=held).order_by("pk")[0]
    return {
        **{f"documents:{name}": in_review for name in _IN_REVIEW},
        **{f"documents:{name}": in_book for name in _IN_BOOK},
        "documents:fact": {**in_review, "name": "subject"},
        "documents:citation": {**in_review, "pk": citation.pk},
        "documents:obligation": {**in_review, "pk": duty.pk},
        "documents:recipients": {**in_review, "kind": "recipient"},
        "documents:dismiss": {"public_id": open_duty.public_id},
        "documents:reopen": {"public_id": open_duty.public_id},
        "staff_site:hand_on": {"public_id": open_duty.public_id},
        **{f"documents:{name}": {"public_id": drafts[0].public_id} for name in _OF_DRAFT},
        "documents:sign": {"public_id": drafts[1].public_id},
        "documents:return_draft": {"public_id": drafts[1].public_id},
        "documents:issue": {"public_id": drafts[2].public_id},
        "documents:file": {"public_id": file.public_id},
        "documents:pdf": {"public_id": file.public_id},
        "documents:page": {"public_id": picture.public_id, "number": 1},
    }


_IN_REVIEW: Final = (
    "review", "progress", "read_again", "accept", "reject", "citation_add", "obligation_add",
)  # fmt: skip
_IN_BOOK: Final = ("record", "original", "register", "distribute", "settle", "open_to_unit", "annul")
_OF_DRAFT: Final = ("edit_draft", "present", "withdraw", "draft_docx")
_OF_PLAN: Final = (
    "plan", "plan_edit", "plan_tasks", "plan_task_new", "plan_coverage", "plan_print", "plan_docx", "plan_present",
    "plan_discard",
)  # fmt: skip
_OF_ITEM: Final = ("item", "item_drop", "item_restore", "item_add", "item_remove", "item_move")
_OF_CAMPAIGN: Final = (
    "campaign", "changes", "chase", "decide_units", "lock", "sheet_template", "sheets", "open_like",
    "totals", "totals_today", "tiles", "gathered", "consolidate",
)  # fmt: skip
_OF_REPORT: Final = (
    "branch",
    "branch_taken",
    "entry",
    "autosave",
    "template",
    "upload",
    "marked",
    "attach_copy",
    "on_behalf",
    "report",
    "accept",
    "return",
    "reopen",
    "chase_one",
    "registers",
    "fill",
    "extend",
    "ask_question",
    "guide_of_report",
)
_PARTS: Final = {"section": reporting.FIRST, "table": reporting.TABLE}
_OF_API: Final = ("state", "form", "draft", "findings", "submission")
_OF_MADE: Final = ("consolidation", "consolidated_cell", "add_paragraph", "word", "pdf", "make_document")
_OF_REGIME: Final = (
    "checks",
    "regime",
    "guide",
    "edit_regime",
    "open_event",
    "regime_ladder",
    "step_regime",
    "designer",
    "change_form",
    "new_section",
    "new_table",
)


def _plans(office: Office) -> dict[str, Mapping[str, object]]:
    issued = plans.scene(office)
    task = issued.assign()
    issued.issue()
    officer = office.actor("school_officer", on=TODAY)
    evidence = Evidence("Danh sách".encode(), "danh-sach.txt", "text/plain")
    report_progress(task=task, progress=40, text="Đã mở chuyên mục.", evidence=evidence, by=officer, at=AT)
    specialist = office.actor("specialist", on=TODAY)
    written = create_plan(
        unit=office.unit("so"), year=2026, title="Kế hoạch đang soạn", source=issued.above, by=specialist, at=AT
    )
    item = PlanItem.objects.filter(plan=written, is_heading=False).order_by("position", "pk")[0]
    update = TaskUpdate.objects.filter(evidence__isnull=False)[0]
    return {
        **{f"plans:{name}": {"public_id": written.public_id} for name in _OF_PLAN},
        **{f"plans:{name}": {"public_id": item.public_id} for name in _OF_ITEM},
        **{f"plans:{name}": {"public_id": task.public_id} for name in ("task", "task_edit", "task_remove")},
        "plans:task_step": {"public_id": task.public_id, "step": "report_done"},
        "plans:evidence": {"public_id": update.public_id},
    }


def _reporting(office: Office) -> dict[str, Mapping[str, object]]:
    running = reporting.scene(office)
    campaign = running.open()
    running.send(campaign)
    report = running.reporter(campaign)
    question = ask(reporter=report, text="Đoàn nào?", by=running.by("specialist"), at=AT)
    made = consolidate(campaign=campaign, by=running.by("specialist"), at=AT)
    paragraph = ConsolidatedParagraph.objects.filter(consolidation=made).order_by("pk")[0]
    draft = reporting.draft_regime(office)
    place = TotalsNode.objects.filter(campaign=campaign).order_by("depth", "pk")[0]
    by, filled = running.by("specialist"), template_for_units(campaign)
    sheet = receive_sheet(campaign=campaign, content=filled, name="bang.xlsx", ground="Gửi bản giấy", by=by, at=AT)
    run = request_consolidation(campaign=campaign, by=by, at=AT).public_id
    of_sheet = {"public_id": campaign.public_id, "sheet": sheet.public_id}
    of_place = {"public_id": campaign.public_id, "place": place.public_id}
    of_unit = {"public_id": campaign.public_id, "unit": office.unit("so").public_id}
    return {
        **{f"reporting:{name}": {"public_id": campaign.public_id} for name in _OF_CAMPAIGN},
        **{f"reporting:{name}": of_unit for name in ("unit_today", "contributors_today")},
        **{f"reporting:{name}": of_sheet for name in ("sheet", "sheet_marked")},
        "reporting:gathering": {"public_id": campaign.public_id, "run": run},
        **{f"reporting:{name}": of_place for name in ("place", "contributors")},
        **{f"reporting:{name}": {"public_id": report.public_id} for name in _OF_REPORT},
        "reporting:signed_copy": {"public_id": report.public_id, "version": report.public_id},
        **{f"api:report_{name}": {"report_id": report.public_id} for name in _OF_API},
        **{f"reporting:{name}": {"public_id": made.public_id} for name in _OF_MADE},
        "reporting:edit_paragraph": {"public_id": made.public_id, "row": paragraph.public_id},
        **{f"reporting:{name}": {"public_id": draft.public_id} for name in _OF_REGIME},
        "reporting:decide_change": {"public_id": campaign.public_id, "change": question.public_id},
        "reporting:answer_question": {"public_id": question.public_id},
        "reporting:list": {"code": "country"},
        **{f"reporting:{name}": {"public_id": draft.public_id, "code": code} for name, code in _PARTS.items()},
    }


def _rest(office: Office) -> dict[str, Mapping[str, object]]:
    notice = Notice.objects.filter(post=office.posts["school_officer"]).order_by("pk")[0]
    account = office.accounts["school_officer"]
    letter = want(key="digest:scene", kind=DeliveryKind.DIGEST, account=account, at=AT)
    assert letter is not None
    looked_at = {"public_id": _import(office).public_id}
    centre, so = office.unit("ttnn_1"), office.unit("so")
    renamed = rename_unit(unit=centre, naming=Naming("Trung tâm khác"), on=TODAY, by=BY, at=AT)
    group = create_group(owner=so, name="Cụm ven sông", by=BY, at=AT)
    return {
        **_people(office),
        **{f"staff_site:import_{name}": looked_at for name in ("run", "progress", "marked", "confirm", "invite")},
        "organisations:unit": {"public_id": so.public_id},
        "organisations:event_new": {"kind": "rename"},
        "organisations:event_undo": {"public_id": renamed.public_id},
        **{f"organisations:{name}": {"public_id": group.public_id} for name in ("group", "group_add", "group_drop")},
        "indicators:indicator": {"code": "NV01"},
        "notifications:open": {"public_id": notice.public_id},
        "notifications:send_again": {"public_id": letter.public_id},
        **_personal(office),
        "personal_data:reveal": {
            "kind": "person-contact",
            "record": office.people["school_officer"].public_id,
            "field": "email",
        },
        "account_reset_password_from_key": {"uidb36": "1", "key": "khong-co"},
        **_of_accounts(office),
        "mfa_remove_webauthn": {"pk": 1},
        "mfa_edit_webauthn": {"pk": 1},
    }


def _of_accounts(office: Office) -> dict[str, Mapping[str, object]]:
    by, account = office.actor("administrator", on=TODAY), office.accounts["specialist"]
    invitation = invite(person=office.people["thpt_4.officer"], email="moi@thanhgiang.example", by=by, at=AT)
    batch = invite_many(people=[(office.people["thpt_5.officer"], "nam@thanhgiang.example")], by=by, at=AT)
    key, _secret = make_key(
        account=account, post=office.posts["specialist"], name="Kho", expires_on=TODAY + dt.timedelta(days=9),
        by=by, at=AT,
    )  # fmt: skip
    return {
        "account_invitation": {"token": "0" * 64},
        "staff_site:calendar_feed": {"token": "caunoi_khong-co"},
        "staff_site:export_file": {"public_id": _export(office)},
        "openid_connect_login": {"provider_id": "khong-co"},
        "openid_connect_callback": {"provider_id": "khong-co"},
        "account_end_session": {"public_id": key.public_id},
        "account_end_key": {"public_id": key.public_id},
        "account_invite_batch": {"public_id": batch.public_id},
        "account_withdraw": {"public_id": invitation.public_id},
        "account_invite_again": {"public_id": invitation.public_id},
        "account_rule": {"code": "idle_lock_minutes"},
        "account_manage_one": {"public_id": account.public_id},
        "account_manage_act": {"public_id": account.public_id, "step": "mo-khoa"},
    }


def _export(office: Office) -> object:
    """Return a workbook of a school that the administrator asked for."""
    by = office.actor("administrator", on=TODAY)
    run = ask_export(unit=office.unit("thpt_1"), by=by, at=AT)
    make_export(run=run, by=by, at=AT, say=lambda done, total: None)
    return run.public_id


def _import(office: Office) -> ImportRun:
    """Return a sheet of the Sở that was looked through and waits to be entered."""
    by = office.actor("administrator", on=TODAY)
    content = "Mã đơn vị;Tên đơn vị;Loại đơn vị\nMOI;Trường THPT Mới;upper_secondary\n".encode()
    run = receive_import(content=content, name="moi.csv", unit=office.unit("so"), by=by, at=AT)
    return check_import(run=run, by=by, at=AT)


def _people(office: Office) -> dict[str, Mapping[str, object]]:
    """Return the officer of a school, the school, and what the post may do."""
    post, person = office.posts["thpt_2.officer"], office.people["thpt_2.officer"]
    grant = Grant.objects.filter(post=post).order_by("pk")[0]
    authority = SigningAuthority.objects.filter(post=office.posts["thpt_2.principal"]).order_by("pk")[0]
    return {
        **{f"people:{name}": {"public_id": person.public_id} for name in ("person", "correct")},
        **{f"people:{name}": {"public_id": office.unit("thpt_2").public_id} for name in ("unit", "new_post")},
        **{f"people:{name}": {"public_id": post.public_id} for name in ("post", "handover")},
        "people:act": {"public_id": post.public_id, "act": "sua"},
        "people:end_grant": {"public_id": grant.public_id},
        "people:end_signing": {"public_id": authority.public_id},
    }


def _personal(office: Office) -> dict[str, Mapping[str, object]]:
    """A request of the school officer and a breach, both open."""
    load_law()
    officer, handler = office.actor("school_officer", on=TODAY), office.actor("administrator", on=TODAY)
    request = make_request(
        kind=RequestKind.SEE, text="Xin xem dữ liệu.", person_id=officer.person_id, person_name=officer.person_name,
        unit_id=officer.unit_id, by=officer, at=AT,
    )  # fmt: skip
    breach = report_breach(told=Told(title="Gửi nhầm", what="Gửi nhầm thư.", found_at=AT), by=handler, at=AT)
    asked, broken = {"public_id": request.public_id}, {"public_id": breach.public_id}
    return {
        **{f"personal_data:{name}": asked for name in ("request", "request_print")},
        **{f"personal_data:{name}": broken for name in ("breach", "breach_print")},
        "personal_data:request_step": {**asked, "step": "tra-loi"},
        "personal_data:breach_step": {**broken, "step": "ket-luan"},
    }
