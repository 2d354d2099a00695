"""Words and colours for the states and codes of reporting; those of regimes stand in ``plugs``."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caunoi.business.reporting.models import FormColumn, FormTable
from caunoi.business.reporting.rules.requirements import Item
from caunoi.business.reporting.rules.spans import Span
from caunoi.business.reporting.rules.states import (
    CampaignState,
    ChangeState,
    RegimeKind,
    ReporterState,
    SubmissionState,
)
from caunoi.foundation.calendar.public import RHYTHM_WORDS, Bound, DayOffRule
from caunoi.foundation.pages.public import State, Tone, Words
from caunoi.kernel.actor import Line

CAMPAIGN_STATES: dict[str, State] = {
    CampaignState.PREPARING: State(_("Đang lập danh sách"), Tone.INFO, "progress"),
    CampaignState.OPEN: State(_("Đang mở"), Tone.INFO, "progress"),
    CampaignState.CLOSED: State(_("Đã khóa"), Tone.NEUTRAL, "lock"),
}
REPORTER_STATES: dict[str, State] = {
    ReporterState.NOT_STARTED: State(_("Chưa lập"), Tone.NEUTRAL),
    ReporterState.DRAFT: State(_("Đang lập"), Tone.INFO, "pencil"),
    ReporterState.IN_APPROVAL: State(_("Chờ lãnh đạo duyệt"), Tone.INFO, "clipboard-check"),
    ReporterState.SUBMITTED: State(_("Đã gửi, chờ tiếp nhận"), Tone.INFO, "send"),
    ReporterState.RETURNED: State(_("Bị trả lại"), Tone.SOON, "arrow-back-up"),
    ReporterState.ACCEPTED: State(_("Đã tiếp nhận"), Tone.DONE),
    ReporterState.EXEMPT: State(_("Được miễn"), Tone.NEUTRAL, "circle-minus"),
}
VERSION_STATES: dict[str, State] = {
    SubmissionState.DRAFT: State(_("Bản nháp"), Tone.NEUTRAL, "pencil"),
    SubmissionState.IN_APPROVAL: State(_("Chờ lãnh đạo duyệt"), Tone.INFO, "clipboard-check"),
    SubmissionState.SUBMITTED: State(_("Đã gửi, chờ tiếp nhận"), Tone.INFO, "send"),
    SubmissionState.RETURNED: State(_("Bị trả lại"), Tone.SOON, "arrow-back-up"),
    SubmissionState.ACCEPTED: State(_("Đã tiếp nhận"), Tone.DONE),
    SubmissionState.SUPERSEDED: State(_("Đã mở lại, thay bằng bản sau"), Tone.NEUTRAL, "replace"),
}
SPANS: dict[str, Words] = {
    Span.MONTH: _("Tháng"),
    Span.FIRST_QUARTER: _("Quý I"),
    Span.SECOND_QUARTER: _("Quý II"),
    Span.THIRD_QUARTER: _("Quý III"),
    Span.FOURTH_QUARTER: _("Quý IV"),
    Span.FIRST_HALF: _("6 tháng đầu năm"),
    Span.SECOND_HALF: _("6 tháng cuối năm"),
    Span.NINE_MONTHS: _("9 tháng"),
    Span.YEAR: _("Năm"),
    Span.SCHOOL_YEAR: _("Năm học"),
    Span.FIRST_SEMESTER: _("Học kỳ I"),
    Span.SECOND_SEMESTER: _("Học kỳ II"),
    Span.EVENT: _("Theo vụ việc"),
}
RHYTHMS: dict[str, Words] = {rhythm.value: words for rhythm, words in RHYTHM_WORDS.items()}
BOUNDS: dict[str, Words] = {
    Bound.STRICTLY_BEFORE: _("trước ngày (ngày đó đã là trễ)"),
    Bound.NO_LATER_THAN: _("chậm nhất ngày (ngày đó còn đúng hạn)"),
}
KINDS: dict[str, Words] = {
    RegimeKind.PERIODIC: _("Định kỳ"),
    RegimeKind.THEMATIC: _("Chuyên đề"),
    RegimeKind.AD_HOC: _("Đột xuất"),
}
LINES: dict[str, Words] = {
    Line.PROFESSIONAL: _("theo quản lý chuyên môn (ngành giáo dục)"),
    Line.ADMINISTRATIVE: _("theo quản lý hành chính (ủy ban nhân dân)"),
}
DAY_OFF_RULES: dict[str, Words] = {
    DayOffRule.AS_PRINTED: _("giữ nguyên ngày ghi trong văn bản"),
    DayOffRule.EARLIER: _("chuyển sớm lên ngày làm việc liền trước"),
    DayOffRule.LATER: _("lùi đến ngày làm việc liền sau"),
}
BASES: dict[str, Words] = {
    FormColumn.PERIOD: _("cả kỳ"),
    FormColumn.TO_CUT_OFF: _("thực hiện đến ngày chốt"),
    FormColumn.ESTIMATE: _("ước cả kỳ"),
}
CHANGE_STATES: dict[str, State] = {
    ChangeState.WAITING: State(_("Xử lý khi chốt xong danh sách"), Tone.INFO, "progress"),
    ChangeState.KEPT: State(_("Giữ như danh sách đã chốt"), Tone.NEUTRAL),
    ChangeState.RELEASED: State(_("Không còn phải báo cáo"), Tone.NEUTRAL, "circle-minus"),
    ChangeState.HEIR_BOTH: State(_("Đơn vị kế thừa báo cáo thay"), Tone.INFO, "replace"),
    ChangeState.HEIR_ONE: State(_("Đơn vị kế thừa báo cáo chung"), Tone.INFO, "arrow-merge"),
    ChangeState.OFFERED: State(_("Đơn vị mới, chờ quyết định"), Tone.SOON, "calendar-question"),
    ChangeState.ADDED: State(_("Đã thêm vào danh sách"), Tone.DONE),
    ChangeState.DECLINED: State(_("Không yêu cầu báo cáo"), Tone.NEUTRAL),
    ChangeState.UNDONE: State(_("Sự kiện đã hủy"), Tone.NEUTRAL),
}
NATURES: dict[str, Words] = {
    FormTable.FLOW: _("Phát sinh trong kỳ"),
    FormTable.STOCK: _("Có tại ngày chốt số liệu"),
}
ITEMS: dict[str, Words] = {
    Item.NAME: _("Tên báo cáo"),
    Item.CONTENT: _("Nội dung yêu cầu báo cáo"),
    Item.KIND_OF_CONTENT: _("Báo cáo bằng lời, bằng số liệu, hay cả hai"),
    Item.REPORTERS: _("Đối tượng thực hiện báo cáo"),
    Item.RECEIVER: _("Cơ quan nhận báo cáo"),
    Item.SENDING_METHOD: _("Phương thức gửi, nhận báo cáo"),
    Item.DUE: _("Thời hạn gửi báo cáo (ngày, tháng)"),
    Item.REPEATS: _("Báo cáo một lần hay hằng năm: văn bản chỉ ghi ngày của một năm"),
    Item.CUT_OFF: _("Thời gian chốt số liệu"),
    Item.OUTLINE: _("Mẫu đề cương báo cáo"),
    Item.TABLES: _("Biểu mẫu số liệu (mỗi biểu có ít nhất một dòng và một cột)"),
    Item.GROUND: _("Căn cứ ban hành chế độ báo cáo"),
}
MARKS: dict[str, State] = {
    "C": State(_("đã đối chiếu văn bản"), Tone.DONE),
    "C2": State(_("theo nguồn gián tiếp"), Tone.SOON, "help"),
    "K": State(_("cần kiểm tra lại"), Tone.SOON, "alert-circle"),
    "U": State(_("cần kiểm tra lại"), Tone.SOON, "alert-circle"),
    "I": State(_("đề xuất của hệ thống"), Tone.NEUTRAL, "bulb"),
}
"""How sure a source is."""
