"""What the pages say when plans refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.pages.public import register_refusals

SENTENCES = {
    "plans.plan_not_found": _("Không có kế hoạch này, hoặc kế hoạch không thuộc phạm vi của bạn."),
    "plans.item_not_found": _("Không có nội dung này trong kế hoạch; có thể người khác vừa bỏ nội dung đó."),
    "plans.task_not_found": _("Không có nhiệm vụ này, hoặc nhiệm vụ không thuộc phạm vi của bạn."),
    "plans.evidence_not_found": _("Không có tệp minh chứng này."),
    "plans.not_permitted": _("Vị trí của bạn không được giao lập kế hoạch, giao nhiệm vụ cho đơn vị này."),
    "plans.not_yours": _("Bước này thuộc đơn vị khác: đơn vị chủ trì nhận việc và báo cáo, đơn vị giao xác nhận."),
    "plans.title_missing": _("Chưa có tên kế hoạch. Hãy ghi trích yếu, ví dụ “Công tác đối ngoại năm 2027”."),
    "plans.year": _("Năm %(year)s không hợp lệ. Hãy ghi năm từ 2000 đến 2100."),
    "plans.source_not_visible": _("Bạn không được xem văn bản cấp trên đã chọn. Hãy chọn văn bản khác."),
    "plans.source_not_registered": _(
        "Văn bản “%(document)s” chưa vào sổ. Hãy vào sổ trước khi lập kế hoạch thực hiện."
    ),
    "plans.plan_closed": _(
        "Kế hoạch đang ở bước “%(state)s” nên không sửa được. Muốn sửa, người ký phải trả lại dự thảo."
    ),
    "plans.plan_changed": _(
        "Người khác vừa sửa kế hoạch này. Nội dung bạn ghi vẫn còn trong ô; hãy xem lại rồi lưu lần nữa."
    ),
    "plans.plan_has_tasks": _("Kế hoạch đã có nhiệm vụ. Hãy bỏ các nhiệm vụ trước khi xóa kế hoạch."),
    "plans.plan_has_document": _("Kế hoạch đã từng được trình ký nên không xóa được."),
    "plans.nothing_in_it": _("Kế hoạch mới chỉ có các đề mục. Hãy bổ sung nội dung trước khi trình ký."),
    "plans.item_changed": _(
        "Người khác vừa sửa nội dung này. Bản của họ hiện ở bên cạnh, phần bạn ghi vẫn còn trong ô; xem lại rồi lưu."
    ),
    "plans.item_empty": _("Nội dung đang để trống. Nếu không thực hiện, hãy chọn “Không áp dụng” và ghi lý do."),
    "plans.drop_reason": _("Chưa có lý do không áp dụng. Hãy ghi lý do để cấp trên nắm được."),
    "plans.item_is_own": _("Đây là nội dung đơn vị tự bổ sung: hãy bỏ nội dung đó, không cần “Không áp dụng”."),
    "plans.item_has_tasks": _("Nội dung này hoặc nội dung bên dưới đã có nhiệm vụ. Hãy bỏ nhiệm vụ trước."),
    "plans.item_has_additions": _("Bên dưới có nội dung đơn vị tự bổ sung. Hãy bỏ các nội dung đó trước."),
    "plans.item_from_above": _("Nội dung lấy từ văn bản cấp trên chỉ có thể chọn “Không áp dụng” kèm lý do."),
    "plans.item_has_children": _("Bên dưới còn nội dung khác. Hãy bỏ các nội dung đó trước."),
    "plans.item_not_here": _("Nội dung này đã ở đầu hoặc cuối đề mục nên không chuyển tiếp được."),
    "plans.item_dropped": _("Nội dung này đang “Không áp dụng”. Hãy khôi phục trước khi sửa hoặc giao nhiệm vụ."),
    "plans.task_title": _("Chưa có tên nhiệm vụ."),
    "plans.lead_not_below": _("%(unit)s không trực thuộc đơn vị giao việc nên không thể là đơn vị chủ trì."),
    "plans.post_not_of_unit": _("Vị trí “%(post)s” không thuộc %(unit)s. Hãy chọn vị trí của đơn vị chủ trì."),
    "plans.due_past": _("Thời hạn “%(day)s” đã qua. Hãy chọn ngày từ hôm nay trở đi."),
    "plans.task_active": _("Nhiệm vụ đã được giao nên không sửa, không bỏ được; có thể gia hạn hoặc hủy kèm lý do."),
    "plans.task_not_active": _("Kế hoạch chưa được phát hành nên nhiệm vụ chưa có hiệu lực."),
    "plans.step_state": _("Nhiệm vụ đang ở bước “%(state)s” nên không làm được việc này."),
    "plans.reason_missing": _("Chưa ghi nội dung hoặc lý do."),
    "plans.progress": _("Tiến độ phải là số từ 0 đến 99. Khi đã xong, hãy chọn “Báo hoàn thành”."),
    "plans.evidence_too_large": _("Tệp “%(name)s” vượt quá %(limit)s MB. Hãy chọn tệp nhỏ hơn."),
    "plans.evidence_empty": _("Tệp “%(name)s” rỗng. Hãy chọn tệp khác."),
    "plans.not_earlier": _("Thời hạn mới phải muộn hơn thời hạn hiện nay (%(due)s)."),
}


def register() -> None:
    """Register the sentences; called once at the start of the program."""
    register_refusals(SENTENCES)
