"""What personal data put into the house: words of refusals and of the audit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.audit.public import describe_verbs
from caunoi.foundation.pages.public import NavigationItem, configure_shell, register_refusals, register_section
from caunoi.foundation.personal_data.access import Permission


def plug_in() -> None:
    """Describe verbs and refusals, put the pages into the navigation."""
    register_section(
        "administration",
        label=_("Quản trị"),
        icon="settings",
        order=110,
        items=[NavigationItem(_("Dữ liệu cá nhân"), "personal_data:inventory", permission=Permission.READ, order=60)],
    )
    configure_shell(account_items=[NavigationItem(_("Dữ liệu về tôi"), "personal_data:mine")])
    describe_verbs(
        {
            "personal_data.reveal": _("Hiện dữ liệu cá nhân"),
            "personal_data.reveal_unusual": _("Hiện dữ liệu cá nhân nhiều bất thường"),
            "personal_data.request": _("Nhận yêu cầu về dữ liệu cá nhân"),
            "personal_data.acknowledge": _("Phản hồi yêu cầu về dữ liệu cá nhân"),
            "personal_data.answer": _("Trả lời yêu cầu về dữ liệu cá nhân"),
            "personal_data.correct": _("Chỉnh sửa dữ liệu theo yêu cầu"),
            "personal_data.own_export": _("Tải bản sao dữ liệu của mình"),
            "personal_data.breach": _("Ghi vi phạm dữ liệu cá nhân"),
            "personal_data.breach_task": _("Làm xong việc xử lý vi phạm"),
            "personal_data.breach_notified": _("Thông báo vi phạm dữ liệu cá nhân"),
            "personal_data.breach_closed": _("Kết luận vi phạm dữ liệu cá nhân"),
        }
    )
    register_refusals(
        {
            "personal_record_unknown": _("Không có bản ghi này, hoặc bạn không được biết về nó."),
            "personal_reveal_not_allowed": _("Vị trí của bạn không được xem đầy đủ dữ liệu cá nhân của người này."),
            "personal_reason_missing": _("Hãy ghi cần xem để làm gì (từ 3 chữ trở lên); lý do được lưu vào nhật ký."),
            "personal_not_allowed": _("Vị trí của bạn không được xem phần dữ liệu cá nhân này."),
            "personal_person_unknown": _("Không có người này, hoặc người này không thuộc phạm vi của bạn."),
            "personal_name_missing": _("Hãy ghi họ tên người yêu cầu."),
            "personal_answer_missing": _("Hãy ghi câu trả lời; người yêu cầu sẽ đọc đúng câu này."),
            "personal_request_acknowledged": _("Yêu cầu này đã được phản hồi trước đó; không cần làm lại."),
            "personal_request_closed": _("Yêu cầu này đã được trả lời; không thay đổi được nữa."),
            "personal_request_open": _("Yêu cầu này chưa được trả lời nên chưa có văn bản để in."),
            "personal_not_correctable": _("Dữ liệu này không chỉnh sửa được ở đây; hãy sửa ở trang của bản ghi."),
            "personal_nothing_to_correct": _("Chưa ghi giá trị mới nào. Hãy điền ít nhất một mục cần sửa."),
            "personal_not_erasable": _(
                "“%(kind)s” không xóa được: pháp luật yêu cầu giữ, hoặc còn dùng cho công vụ. Hãy trả lời rõ lý do."
            ),
            "personal_breach_in_the_future": _(
                "Thời điểm không hợp lý: xảy ra trước khi phát hiện, phát hiện trước khi thông báo, không ở tương lai."
            ),
            "personal_breach_notified": _("Vi phạm này đã được ghi là đã thông báo; không cần làm lại."),
            "personal_breach_late_without_reason": _("Thông báo sau thời hạn phải nêu lý do chậm."),
            "personal_breach_closed": _("Vi phạm này đã kết luận; không thay đổi được nữa."),
            "personal_conclusion_missing": _("Hãy ghi kết luận."),
            "personal_breach_tasks_left": _("Còn %(count)s việc chưa làm xong; làm xong rồi mới kết luận được."),
            "personal_limit_missing": _(
                "Chưa có quy định về thời hạn “%(limit)s” tại ngày này; người quản trị cần nạp bảng quy định."
            ),
        }
    )
