"""The sentences of refusals: what is wrong, where, and how to mend it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.pages.public import register_refusals
from caunoi.foundation.spreadsheets.public import register_findings

SENTENCES = {
    "reporting.regime_not_found": _("Không có chế độ báo cáo này, hoặc chế độ thuộc đơn vị khác."),
    "reporting.campaign_not_found": _("Không có đợt báo cáo này, hoặc đơn vị bạn không tham gia."),
    "reporting.report_not_found": _("Không có báo cáo này, hoặc báo cáo thuộc đơn vị khác."),
    "reporting.consolidation_not_found": _("Không có báo cáo tổng hợp này, hoặc báo cáo thuộc đơn vị khác."),
    "reporting.section_not_found": _("Mục này vừa được người khác bỏ. Hãy tải lại trang."),
    "reporting.part_of_form_not_found": _("Phần này của biểu mẫu vừa được người khác bỏ. Hãy tải lại trang."),
    "reporting.paragraph_not_found": _("Đoạn này không còn trong báo cáo tổng hợp. Hãy tải lại trang."),
    "reporting.place_not_found": _("Không có số tổng của nơi này trong đợt báo cáo."),
    "reporting.not_permitted": _("Vị trí bạn đang đảm nhiệm không được làm việc này."),
    "reporting.rules_for_all": _(
        "Quy tắc chung áp dụng cho mọi đơn vị nên chỉ người phụ trách toàn hệ thống được thay đổi."
    ),
    "reporting.not_your_unit": _("Chỉ người của “%(unit)s” mới lập và gửi báo cáo của đơn vị."),
    "reporting.no_such_export": _("Không có cách tải này. Hãy chọn Excel hoặc csv."),
    # Regimes
    "reporting.regime_incomplete": _(
        "Chưa áp dụng được “%(name)s”: còn mục bắt buộc để trống "
        "(Điều 7 Nghị định 09/2019/NĐ-CP), xem danh sách bên dưới."
    ),
    "reporting.same_period": _(
        "“%(name)s”: hai kỳ hạn cùng một kỳ báo cáo. Hãy chọn kỳ báo cáo khác nhau cho từng kỳ hạn."
    ),
    "reporting.due_after_onward": _(
        "“%(name)s”: hạn của đơn vị (%(due)s) không để lại ngày làm việc nào trước hạn gửi tiếp lên cấp trên "
        "(%(onward)s). Hãy đặt hạn sớm hơn."
    ),
    "reporting.shipped_not_found": _("Không có mẫu chế độ này."),
    "reporting.regime_not_draft": _("“%(name)s” đã áp dụng nên không sửa được. Hãy lập phiên bản mới rồi sửa."),
    "reporting.regime_not_in_force": _("“%(name)s” không ở trạng thái đang áp dụng."),
    "reporting.regime_has_successor": _("“%(name)s” đã có phiên bản mới hơn. Hãy sửa phiên bản đó."),
    # Campaigns
    "reporting.campaign_exists": _("Đợt “%(name)s” đã được mở. Hãy vào danh sách đợt báo cáo."),
    "reporting.campaign_not_open": _("Đợt “%(name)s” chưa mở hoặc đã khóa."),
    "reporting.no_reporters": _("“%(name)s”: không có đơn vị nào thuộc đối tượng báo cáo. Hãy kiểm tra mục đối tượng."),
    "reporting.no_turn": _("“%(name)s” không có kỳ nào đến hạn vào ngày này. Hãy kiểm tra thời hạn gửi."),
    "reporting.event_unclear": _("Hãy ghi tên vụ việc; ngày về không trước ngày đi."),
    "reporting.dates_unchecked": _("“%(name)s” chỉ ghi hạn cho một năm. Hãy kiểm tra và ghi hạn của năm sau."),
    "reporting.change_decided": _("Việc về “%(unit)s” đã được quyết định, hoặc đợt đã khóa. Hãy tải lại trang."),
    "reporting.question_not_found": _("Không có câu hỏi này, hoặc báo cáo thuộc đơn vị khác."),
    "reporting.change_not_found": _("Không có thay đổi này trong đợt báo cáo."),
    "reporting.question_empty": _("Hãy ghi nội dung câu hỏi, câu trả lời về báo cáo của “%(unit)s”."),
    "reporting.question_open": _("Câu hỏi chưa được trả lời nên chưa đưa vào hỏi đáp chung được."),
    "reporting.extension_without_ground": _("Gia hạn cho “%(unit)s” cần ngày sau hạn hiện nay và lý do."),
    "reporting.cannot_extend": _("Không gia hạn được cho “%(unit)s”: đơn vị đã gửi báo cáo hoặc được miễn."),
    "reporting.cannot_exempt": _("Không miễn được cho “%(unit)s”: cần lý do, và đơn vị chưa gửi báo cáo."),
    # Rules for all reports
    "calendar.day_without_source": _("Ngày %(day)s cần tên và nguồn (số, ngày của thông báo hoặc điều luật)."),
    "calendar.weekday_is_worked": _(
        "%(day)s là ngày trong tuần, vốn đã làm việc. Làm bù chỉ ghi cho thứ Bảy, Chủ nhật."
    ),
    "reporting.ladder_without_source": _("Hãy ghi căn cứ của nấc nhắc mới: quyết định, thông báo hoặc lý do."),
    "reporting.ladder_from_tomorrow": _(
        "Nấc nhắc mới áp dụng sớm nhất từ ngày %(day)s, để việc nhắc hôm nay không đổi."
    ),
    "reporting.ladder_empty": _("Nấc nhắc chung cần ít nhất một nấc."),
    "reporting.rung_twice": _(
        "Có hai nấc nhắc cùng cách hạn %(days)s ngày. Hãy giữ một nấc, chọn người nhận cao nhất."
    ),
    "reporting.list_incomplete": _("Hãy ghi cả tên và nguồn."),
    "reporting.list_exists": _("Đã có danh mục “%(name)s”."),
    "reporting.member_exists": _("Danh mục “%(list)s” đã có “%(name)s” hoặc mã này."),
    "reporting.member_ended": _("“%(name)s” vừa được người khác sửa hoặc bỏ. Hãy tải lại trang."),
    "reporting.member_without_ground": _("Hãy ghi lý do thôi dùng “%(name)s”."),
    "reporting.list_not_found": _("Không có danh mục này."),
    # Submissions
    "reporting.waits_for_approval": _("Báo cáo của “%(unit)s” đang chờ lãnh đạo duyệt. Hãy rút về rồi sửa."),
    "reporting.unit_exempt": _("“%(unit)s” được miễn báo cáo trong đợt này."),
    "reporting.locked": _("Đợt “%(name)s” đã khóa từ ngày %(day)s. Hãy đề nghị cơ quan nhận gia hạn."),
    "reporting.already_sent": _("Báo cáo của “%(unit)s” đã gửi. Muốn sửa, hãy đề nghị cơ quan nhận trả lại."),
    "reporting.cell_unknown": _("Biểu mẫu không có ô “%(cell)s”. Hãy tải lại trang."),
    "reporting.section_unknown": _("Đề cương không có mục “%(section)s”. Hãy tải lại trang."),
    "reporting.explanation_unknown": _("Không có chỗ nào cần giải trình là “%(place)s”. Hãy tải lại trang."),
    "reporting.version_moved": _(
        "Báo cáo của “%(unit)s” vừa được gửi hoặc bị trả lại trong lúc bạn nhập. Hãy tải lại trang rồi nhập tiếp."
    ),
    "reporting.draft_clash": _(
        "Có %(count)s chỗ người khác vừa sửa trong lúc bạn nhập. Hãy chọn nội dung giữ lại ở từng chỗ."
    ),
    "reporting.needs_approval": _("Báo cáo này do lãnh đạo “%(unit)s” gửi. Hãy chọn “Trình lãnh đạo duyệt”."),
    "reporting.no_head": _("Ở “%(unit)s” không có ai giữ quyền duyệt. Hãy gửi báo cáo trực tiếp."),
    "reporting.findings_block": _("Chưa gửi được: còn %(count)s chỗ phải sửa hoặc giải trình, xem danh sách bên dưới."),
    "reporting.nothing_to_send": _("“%(unit)s” chưa nhập gì. Hãy nhập báo cáo trước."),
    "reporting.step_not_allowed": _(
        "Báo cáo của “%(unit)s” vừa đổi trạng thái nên không làm được việc này. Hãy tải lại trang."
    ),
    "reporting.no_registers": _("Biểu mẫu này không có ô nào lấy được từ sổ trong hệ thống. Hãy nhập số liệu."),
    "reporting.no_branch_source": _("“%(unit)s” không có đơn vị trực thuộc báo cáo theo cùng biểu mẫu trong kỳ này."),
    "reporting.branch_moved": _(
        "Đơn vị trực thuộc của “%(unit)s” vừa gửi, hoặc có báo cáo vừa bị trả lại. Hãy xem lại số liệu rồi lấy."
    ),
    "reporting.cells_unreadable": _(
        "Ô %(address)s (%(table)s, dòng “%(row)s”, cột “%(column)s”) ghi “%(text)s”: phải là số, KPS hoặc KAD. "
        "Có %(count)s ô như vậy; chưa lưu gì."
    ),
    "reporting.file_not_ours": _(
        "Tệp không phải mẫu báo cáo tải từ hệ thống. Hãy tải mẫu của “%(unit)s” ở trang này, điền rồi nhập lại."
    ),
    "reporting.file_of_another": _(
        "Tệp này lập cho “%(unit)s”, đợt “%(campaign)s”. Hãy tải mẫu của “%(own)s” ở trang này rồi điền."
    ),
    "reporting.file_of_another_form": _(
        "Mẫu trong tệp đã cũ hoặc bị sửa. Hãy tải mẫu mới của “%(unit)s” ở trang này rồi chép số liệu sang."
    ),
    "reporting.sheet_not_found": _("Không có tệp này trong đợt báo cáo."),
    "reporting.sheet_ground_needed": _("Hãy ghi lý do nhập thay, để các đơn vị trong tệp đọc được."),
    "reporting.sheet_needs_copies": _(
        "“%(name)s” yêu cầu bản có chữ ký của từng đơn vị nên không nhập một tệp được. Hãy nhập thay từng đơn vị."
    ),
    "reporting.sheet_too_wide": _(
        "Biểu mẫu có %(count)s ô và mục, một dòng chỉ chứa được %(limit)s. Hãy nhập thay từng đơn vị."
    ),
    "reporting.sheet_not_ours": _("Tệp không phải mẫu nhiều đơn vị. Hãy tải mẫu ở trang này, điền rồi nhập lại."),
    "reporting.sheet_of_another": _("Tệp này lập cho đợt “%(campaign)s”. Hãy tải mẫu của đợt này rồi điền."),
    "reporting.sheet_of_another_form": _("Mẫu trong tệp đã cũ. Hãy tải mẫu mới ở trang này rồi chép số liệu sang."),
    "reporting.sheet_not_ready": _("Tệp còn chỗ phải sửa, không có dòng nào để nhập, hoặc đã được nhập."),
    "reporting.marked_file_gone": _("Tệp có ghi chú chỉ giữ trong một giờ. Hãy nhập lại tệp để nhận tệp mới."),
    "reporting.check_places": _("Biểu mẫu không có chỗ: %(places)s. Hãy chọn lại dòng, cột cho quy tắc kiểm tra."),
    "reporting.key_needed": _("Yêu cầu gửi không có mã chống gửi trùng. Hãy tải lại trang rồi gửi lại."),
    "reporting.key_reused": _("Mã chống gửi trùng này đã dùng cho một nội dung khác của “%(unit)s”. Hãy dùng mã mới."),
    "reporting.clock_wrong": _(
        "Đồng hồ máy chủ đang chỉ %(now)s, sớm hơn lần lưu trước của “%(unit)s”. "
        "Hãy báo quản trị chỉnh giờ rồi gửi lại."
    ),
    "reporting.signed_copy_needed": _(
        "Chế độ báo cáo này cần bản có chữ ký. Hãy đính kèm bản quét hoặc pdf đã ký của “%(unit)s” rồi gửi."
    ),
    "reporting.signed_copy_unreadable": _(
        "Tệp “%(name)s” không phải pdf, png hoặc jpg đọc được, hoặc có mật khẩu. Hãy quét lại rồi đính kèm."
    ),
    "reporting.signed_copy_too_big": _("Tệp “%(name)s” lớn hơn %(limit)s MB. Hãy quét với độ phân giải thấp hơn."),
    "reporting.ground_needed": _("Hãy ghi lý do nhập thay, để “%(unit)s” đọc được."),
    "reporting.unit_writes_itself": _("“%(unit)s” đang tự lập báo cáo nên không nhập thay được."),
    "reporting.note_misplaced": _("Biểu mẫu không có chỗ “%(place)s” để ghi chú. Hãy tải lại trang."),
    "reporting.day_unreadable": _("“%(text)s” không phải ngày. Hãy ghi ngày/tháng/năm, ví dụ 31/10/2026."),
    "reporting.reason_needed": _("Hãy ghi lý do, để “%(unit)s” biết cần sửa gì."),
    # Consolidation
    "reporting.nothing_sent": _("Chưa đơn vị nào gửi báo cáo trong đợt “%(name)s” nên chưa có gì để tổng hợp."),
    "reporting.consolidation_drafted": _(
        "Báo cáo tổng hợp đã lập thành dự thảo văn bản. Hãy sửa trên dự thảo, hoặc tổng hợp lại."
    ),
    "reporting.not_addressed": _(
        "Văn bản không gửi đến “%(unit)s” trong hệ thống. Hãy trình duyệt rồi gửi báo cáo ở trang báo cáo."
    ),
    "reporting.document_reworded": _(
        "Văn bản đã sửa lời, số liệu sau khi lập từ bản tổng hợp. Hãy sửa báo cáo của “%(unit)s” cho khớp rồi gửi."
    ),
    "reporting.findings_held": _(
        "Báo cáo còn %(count)s chỗ phải sửa hoặc giải trình. Hãy mở báo cáo, giải trình rồi trình lãnh đạo duyệt, gửi."
    ),
    "reporting.report_differs": _(
        "Báo cáo của “%(unit)s” có chỗ khác bản tổng hợp đã ký. Hãy trình lãnh đạo duyệt rồi gửi."
    ),
    "reporting.signer_gone": _(
        "Người ký văn bản không còn giữ vị trí. Hãy trình lãnh đạo “%(unit)s” duyệt rồi gửi báo cáo."
    ),
    "reporting.signer_does_not_send": _(
        "Người ký văn bản (%(name)s, %(post)s) không có quyền gửi báo cáo của đơn vị. Hãy trình lãnh đạo duyệt rồi gửi."
    ),
    "reporting.paragraph_changed": _(
        "%(who)s vừa sửa đoạn này thành “%(text)s”. Lời bạn gõ chưa được ghi: “%(typed)s”. Hãy xem lại rồi lưu."
    ),
    "reporting.paragraph_empty": _("Đoạn văn không được để trống. Muốn bỏ đoạn, hãy chọn “Bỏ”."),
}

FINDINGS = {
    "report_unreadable": (
        _("“%(value)s” không phải số."),
        _("Ghi số, KPS (không phát sinh) hoặc KAD (không áp dụng)."),
    ),
    "report_row_moved": (
        _("Dòng này phải là “%(expected)s”, đang là “%(value)s”."),
        _("Dùng mẫu tải từ hệ thống; không thêm, bớt, đổi chỗ dòng."),
    ),
    "report_sheet_missing": (
        _("Thiếu trang “%(name)s”."),
        _("Dùng mẫu tải từ hệ thống, không xóa hay đổi tên trang."),
    ),
    "report_outside": (
        _("Số %(value)s nằm ngoài biểu nên không được đọc."),
        _("Chuyển số vào ô của biểu hoặc xóa."),
    ),
    "report_rule": (_("%(text)s"), _("Sửa trong tệp, hoặc giải trình trên báo cáo.")),
    "sheet_column_moved": (
        _("Cột này phải là “%(expected)s”, đang là “%(value)s”."),
        _("Dùng mẫu tải từ hệ thống; không thêm, bớt, đổi chỗ cột."),
    ),
    "sheet_unit_unknown": (
        _("Đợt này không có đơn vị nào mang mã “%(value)s”."),
        _("Chép đúng mã đơn vị trong mẫu."),
    ),
    "sheet_unit_twice": (_("Mã “%(value)s” đã có ở dòng %(first)s."), _("Để mỗi đơn vị một dòng.")),
    "sheet_unit_name": (
        _("Mã %(code)s là của “%(expected)s”, dòng này ghi “%(value)s”."),
        _("Sửa mã hoặc tên cho khớp."),
    ),
    "sheet_unit_exempt": (_("Đơn vị “%(value)s” được miễn báo cáo."), _("Bỏ số liệu của dòng này.")),
    "sheet_unit_sent": (
        _("Đơn vị “%(value)s” đã gửi báo cáo với nội dung khác."),
        _("Trả lại báo cáo đã gửi, hoặc bỏ số liệu của dòng này."),
    ),
    "sheet_unit_writes": (
        _("Đơn vị “%(value)s” đang tự lập báo cáo."),
        _("Bỏ số liệu của dòng này, hoặc để đơn vị tự gửi."),
    ),
    "sheet_unit_below": (
        _("Báo cáo của đơn vị “%(value)s” lấy số liệu từ đơn vị trực thuộc."),
        _("Nhập riêng báo cáo của đơn vị này."),
    ),
    "sheet_unit_locked": (
        _("Đơn vị “%(value)s” không gửi được từ ngày %(day)s."),
        _("Gia hạn cho đơn vị, hoặc bỏ số liệu của dòng này."),
    ),
    "sheet_rule": (_("%(text)s"), _("Sửa trong tệp; chỗ cần giải trình thì ghi ở cột “Giải trình”.")),
    "report_clash": (
        _("%(who)s đã sửa chỗ này thành “%(theirs)s” sau khi tệp được tải."),
        _("Tải mẫu mới rồi nhập lại chỗ này."),
    ),
}
"""What is said of places of a workbook: what is wrong, how to mend it."""


def register() -> None:
    """Make the sentences known to the pages."""
    register_refusals(SENTENCES)
    register_findings(FINDINGS)
