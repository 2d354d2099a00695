"""What reporting plugs into the house: permissions of roles, navigation, words for refusals and for the audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from caunoi.business.documents.public import Document
from caunoi.business.reporting.access import OWN_WORK, Permission, gathers, is_own, visible_campaigns, visible_regimes
from caunoi.business.reporting.models import Campaign, Consolidation, ExpectedReporter, ReportRegime, Snapshot
from caunoi.business.reporting.operations.exporting import figures_of, reports_of, words_of
from caunoi.business.reporting.operations.questions import sides_of
from caunoi.business.reporting.queries import form_of, questions_of, resting_on, shared_answers, submissions_due
from caunoi.business.reporting.queries.answers import document_seen, made_for
from caunoi.business.reporting.queries.branch import sources_for
from caunoi.business.reporting.queries.registers import answered_cells
from caunoi.business.reporting.queries.taken import taken_by
from caunoi.business.reporting.rules.states import RegimeState, ReporterState
from caunoi.foundation.audit.public import describe_verbs
from caunoi.foundation.notifications.public import register_urgent
from caunoi.foundation.organisations.public import Footprint, Resting, resting_on_event, rests_on_units
from caunoi.foundation.pages.public import NavigationItem, State, Tone, register_panel, register_section
from caunoi.foundation.people.public import Role, allow, register_export
from caunoi.foundation.search.public import register
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor

ROLES: dict[Permission, tuple[Role, ...]] = {
    Permission.READ: (Role.SPECIALIST, Role.LEADER, Role.BRANCH_OFFICER),
    Permission.REGIMES: (Role.SPECIALIST,),
    Permission.COLLECT: (Role.SPECIALIST,),
    Permission.CHASE: (Role.SPECIALIST, Role.LEADER, Role.BRANCH_OFFICER),
    Permission.PREPARE: (Role.SCHOOL_OFFICER, Role.REPORTER, Role.SPECIALIST, Role.LEADER),
    Permission.SUBMIT: (Role.SCHOOL_OFFICER, Role.REPORTER),
    Permission.APPROVE: (Role.LEADER,),
    Permission.RULES: (Role.SPECIALIST, Role.ADMINISTRATOR),
    Permission.YEAR: (Role.SPECIALIST, Role.LEADER, Role.BRANCH_OFFICER, Role.SCHOOL_OFFICER, Role.REPORTER),
}


def _owed(by: Actor) -> int:
    return submissions_due(by, on=clock.today()).count()


def _regimes(by: Actor) -> Iterable[UUID]:
    return visible_regimes(by, on=clock.today()).values_list("public_id", flat=True)


def _campaigns(by: Actor) -> Iterable[UUID]:
    return visible_campaigns(by).values_list("public_id", flat=True)


def _of_document(record: object, by: Actor) -> Mapping[str, object] | None:
    """Return the regimes that rest on a document and the consolidated report that it was made from."""
    if not isinstance(record, Document):
        return None
    regimes = list(resting_on([record.pk], by, on=clock.today()).order_by("sort_key", "id"))
    made = Consolidation.objects.filter(document=record).select_related("campaign__regime", "answers__campaign__owner")
    consolidations = [each for each in made if gathers(each.campaign, by, Permission.READ)]
    if not regimes and not consolidations:
        return None
    return {"regimes": [(each, REGIME_STATES[each.state]) for each in regimes], "consolidations": consolidations}


def _registers(record: object, by: Actor) -> Mapping[str, object] | None:
    """Return how much of a report the registers answer, and what was taken from them."""
    if not isinstance(record, ExpectedReporter):
        return None
    cells = answered_cells(form_of(record.campaign.regime))
    if not cells:
        return None
    held = Snapshot.objects.filter(reporter=record).first()
    may_fill = record.state in (ReporterState.NOT_STARTED, ReporterState.DRAFT, ReporterState.RETURNED)
    return {
        "reporter": record,
        "cells": len(cells),
        "held": held,
        "may_fill": may_fill and is_own(record, by, Permission.PREPARE),
        "cut_off_on": record.campaign.cut_off_on,
    }


def _branch(record: object, by: Actor) -> Mapping[str, object] | None:
    """Return which units below have sent what the report of a unit can be filled from, and what it was filled from."""
    if not isinstance(record, ExpectedReporter):
        return None
    own = any(is_own(record, by, permission) for permission in OWN_WORK)
    may_take = own and record.state in (ReporterState.NOT_STARTED, ReporterState.DRAFT, ReporterState.RETURNED)
    sources = sources_for(record, by) if may_take else []
    taken = taken_by(record.pk, record.versions)
    if taken is not None and taken.sealed_at is None and not own:
        taken = None
    if not (sources or taken):
        return None
    answer = made_for(record, taken.version) if taken is not None else None
    return {
        "reporter": record,
        "sources": sources,
        "may_take": may_take,
        "taken": taken,
        "cells": len(taken.cells) if taken is not None else 0,
        "answer": answer,
        "answer_opens": answer is not None and gathers(answer.campaign, by, Permission.READ),
        "answer_document": document_seen(answer, by) if answer is not None else None,
    }


def _of_report(record: object, by: Actor) -> Mapping[str, object] | None:
    """Return the questions on a unit's report, and those whose answers all may read."""
    if not isinstance(record, ExpectedReporter):
        return None
    own, gathering = sides_of(record, by)
    questions = list(questions_of(record))
    answers = list(shared_answers(record.campaign).exclude(reporter=record)[:30])
    return {"reporter": record, "questions": questions, "answers": answers, "own": own, "gathering": gathering}


REGIME_STATES: dict[str, State] = {
    RegimeState.DRAFT: State(_("Dự thảo"), Tone.NEUTRAL, "pencil"),
    RegimeState.IN_FORCE: State(_("Đang áp dụng"), Tone.DONE),
    RegimeState.ENDED: State(_("Đã kết thúc"), Tone.NEUTRAL, "archive"),
}


VERBS = {
    "reporting.create_regime": _("Lập chế độ báo cáo"),
    "reporting.change_regime": _("Sửa chế độ báo cáo"),
    "reporting.set_turns": _("Đặt thời hạn báo cáo"),
    "reporting.set_reporters": _("Đặt đối tượng báo cáo"),
    "reporting.save_section": _("Sửa đề cương báo cáo"),
    "reporting.remove_section": _("Bỏ mục của đề cương"),
    "reporting.move_section": _("Chuyển mục của đề cương"),
    "reporting.save_table": _("Sửa biểu mẫu số liệu"),
    "reporting.remove_table": _("Bỏ biểu mẫu số liệu"),
    "reporting.take_over": _("Lấy mẫu chế độ báo cáo"),
    "reporting.copy_form": _("Chép biểu mẫu từ chế độ khác"),
    "reporting.move_table": _("Chuyển biểu số liệu"),
    "reporting.put_in_force": _("Áp dụng chế độ báo cáo"),
    "reporting.end_regime": _("Kết thúc chế độ báo cáo"),
    "reporting.revise_regime": _("Lập phiên bản mới của chế độ báo cáo"),
    "reporting.open_campaign": _("Mở đợt báo cáo"),
    "reporting.freeze_list": _("Chốt danh sách đơn vị báo cáo"),
    "reporting.close_campaign": _("Khóa đợt báo cáo"),
    "reporting.extend": _("Gia hạn báo cáo"),
    "reporting.exempt": _("Miễn báo cáo"),
    "reporting.ask_heir": _("Yêu cầu đơn vị kế thừa báo cáo"),
    "reporting.owe_again": _("Yêu cầu báo cáo trở lại"),
    "reporting.decide_change": _("Quyết định về đơn vị thay đổi"),
    "reporting.settle_changes": _("Xử lý đơn vị thay đổi khi chốt danh sách"),
    "reporting.ask_question": _("Hỏi về báo cáo"),
    "reporting.answer_question": _("Trả lời câu hỏi về báo cáo"),
    "reporting.share_answer": _("Đưa câu trả lời vào hỏi đáp chung"),
    "reporting.chase": _("Đôn đốc báo cáo"),
    "reporting.set_ladder": _("Đặt nấc nhắc báo cáo"),
    "reporting.create_list": _("Lập danh mục dùng chung"),
    "reporting.add_member": _("Thêm vào danh mục dùng chung"),
    "reporting.rename_member": _("Sửa tên trong danh mục dùng chung"),
    "reporting.retire_member": _("Thôi dùng một mục của danh mục"),
    "reporting.start_version": _("Bắt đầu lập báo cáo"),
    "reporting.receive_sheet": _("Nhận tệp báo cáo nhiều đơn vị"),
    "reporting.check_sheet": _("Kiểm tra tệp báo cáo nhiều đơn vị"),
    "reporting.refuse_sheet": _("Không nhập tệp báo cáo nhiều đơn vị"),
    "reporting.confirm_sheet": _("Xác nhận nhập tệp báo cáo nhiều đơn vị"),
    "reporting.enter_sheet": _("Nhập và gửi báo cáo nhiều đơn vị từ tệp"),
    "reporting.save_draft": _("Lưu nội dung bản nháp"),
    "reporting.add_check": _("Thêm quy tắc kiểm tra số liệu"),
    "reporting.remove_check": _("Bỏ quy tắc kiểm tra số liệu"),
    "reporting.enter_on_behalf": _("Nhập báo cáo thay đơn vị"),
    "reporting.sign_copy": _("Đính kèm bản có chữ ký"),
    "reporting.fill": _("Lấy số liệu từ sổ vào báo cáo"),
    "reporting.take_below": _("Lấy từ báo cáo của đơn vị trực thuộc"),
    "reporting.present": _("Trình duyệt báo cáo"),
    "reporting.take_back": _("Rút báo cáo trình duyệt"),
    "reporting.submit": _("Gửi báo cáo"),
    "reporting.return": _("Trả lại báo cáo"),
    "reporting.accept": _("Tiếp nhận báo cáo"),
    "reporting.reopen": _("Mở lại báo cáo"),
    "reporting.request_consolidation": _("Bắt đầu tổng hợp báo cáo"),
    "reporting.consolidate": _("Tổng hợp báo cáo"),
    "reporting.refuse_consolidation": _("Không tổng hợp được báo cáo"),
    "reporting.edit_paragraph": _("Sửa báo cáo tổng hợp"),
    "reporting.split_paragraph": _("Tách đoạn của báo cáo tổng hợp"),
    "reporting.move_paragraph": _("Chuyển đoạn của báo cáo tổng hợp"),
    "reporting.add_paragraph": _("Thêm nội dung vào báo cáo tổng hợp"),
    "reporting.hand_in": _("Gửi báo cáo tổng hợp cùng văn bản đi"),
    "reporting.make_document": _("Lập dự thảo báo cáo tổng hợp"),
}


def _given_since(footprint: Footprint) -> Iterable[Resting]:
    """Yield the campaigns in which a successor has already sent the report of a unit that the event ended."""
    given = ExpectedReporter.objects.filter(
        unit_id__in=footprint.closed, heir_id__in={new for _old, new in footprint.successors},
        first_sent_at__gte=footprint.recorded_at,
    )  # fmt: skip
    rows = given.values_list("campaign__public_id", "campaign__name", "heir__name").annotate(n=Count("pk"))
    for campaign, name, heir, count in rows.order_by("campaign__last_day_on", "heir__name"):
        words = ngettext(
            "%(campaign)s: %(heir)s đã gửi báo cáo thay %(n)d đơn vị",
            "%(campaign)s: %(heir)s đã gửi báo cáo thay %(n)d đơn vị", count,
        )  # fmt: skip
        label = words % {"campaign": name, "heir": heir, "n": count}
        yield Resting(label, reverse("reporting:campaign", args=[campaign]), permission=Permission.COLLECT)


def _keep_units() -> None:
    """Say what of reporting keeps an event of units from being taken back."""
    resting_on_event(_given_since)
    rests_on_units(
        "reporting.ReportRegime",
        words=lambda n: ngettext("%(n)d chế độ báo cáo", "%(n)d chế độ báo cáo", n) % {"n": n},
        address=lambda _unit, row: reverse("reporting:regime", args=[ReportRegime.objects.get(pk=row).public_id]),
        permission=Permission.REGIMES,
    )
    rests_on_units(
        "reporting.ReporterGroup",
        words=lambda n: ngettext(
            "%(n)d nhóm đối tượng của chế độ báo cáo", "%(n)d nhóm đối tượng của chế độ báo cáo", n
        ) % {"n": n},
    )  # fmt: skip
    rests_on_units(
        "reporting.Campaign",
        words=lambda n: ngettext("mở %(n)d đợt báo cáo", "mở %(n)d đợt báo cáo", n) % {"n": n},
        address=lambda _unit, row: reverse("reporting:campaign", args=[Campaign.objects.get(pk=row).public_id]),
        permission=Permission.COLLECT,
    )
    rests_on_units(
        "reporting.ExpectedReporter",
        words=lambda n: ngettext("có tên trong %(n)d đợt báo cáo", "có tên trong %(n)d đợt báo cáo", n) % {"n": n},
        address=_campaign_of,
        permission=Permission.COLLECT,
    )
    rests_on_units(
        "reporting.BranchPart",
        words=lambda n: ngettext(
            "có số liệu trong %(n)d báo cáo của nơi khác", "có số liệu trong %(n)d báo cáo của nơi khác", n
        ) % {"n": n},
    )  # fmt: skip


def _campaign_of(_unit: UUID, row: int) -> str:
    reporter = ExpectedReporter.objects.select_related("campaign").get(pk=row)
    return reverse("reporting:campaign", args=[reporter.campaign.public_id])


def _hand_out() -> None:
    """Put the reports into the workbook of everything that a unit owns."""
    register_export("reporting.1", reports_of)
    register_export("reporting.2", figures_of)
    register_export("reporting.3", words_of)


def _make_searchable() -> None:
    register(
        "regime", _("Chế độ báo cáo"), visible=_regimes, address=lambda key: reverse("reporting:regime", args=[key])
    )
    register(
        "campaign", _("Đợt báo cáo"), visible=_campaigns, address=lambda key: reverse("reporting:campaign", args=[key])
    )


def plug_in() -> None:
    """Register everything; called once when the applications are ready."""
    _keep_units()
    _hand_out()
    register_urgent(["reporting.returned", "reporting.chased", "reporting.presented"])
    for permission, roles in ROLES.items():
        allow(permission, roles)
    describe_verbs(VERBS)
    _make_searchable()
    register_panel(
        "document",
        key="reporting",
        title=_("Báo cáo"),
        template="reporting/document_panel.html",
        context=_of_document,
        order=40,
        permission=Permission.READ,
    )
    register_panel(
        "report",
        key="registers",
        title=_("Số liệu từ sổ"),
        template="reporting/registers_panel.html",
        context=_registers,
        order=5,
    )
    register_panel(
        "report",
        key="branch",
        title=_("Lấy từ báo cáo của đơn vị trực thuộc"),
        template="reporting/branch_panel.html",
        context=_branch,
        order=3,
    )
    register_panel(
        "report",
        key="questions",
        title=_("Hỏi đáp về báo cáo"),
        template="reporting/questions_panel.html",
        context=_of_report,
        order=10,
    )
    register_section(
        "reporting",
        label=pgettext_lazy("nhiều", "Báo cáo"),
        icon="report",
        order=40,
        items=[
            NavigationItem(_("Đợt báo cáo"), "reporting:campaigns", Permission.READ),
            NavigationItem(_("Báo cáo của đơn vị"), "reporting:mine", Permission.PREPARE, badge=_owed),
            NavigationItem(_("Báo cáo tổng hợp"), "reporting:consolidations", Permission.COLLECT),
            NavigationItem(_("Tiến độ báo cáo"), "reporting:timeliness", Permission.READ),
            NavigationItem(_("Bảng số liệu"), "reporting:pivot", Permission.READ),
            NavigationItem(_("Lịch báo cáo"), "reporting:year", Permission.YEAR),
            NavigationItem(_("Chế độ báo cáo"), "reporting:regimes", Permission.REGIMES),
            NavigationItem(_("Quy tắc chung"), "reporting:days", Permission.RULES),
        ],
    )
