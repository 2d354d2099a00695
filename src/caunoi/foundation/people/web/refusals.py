"""What the pages say when people refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.pages.public import register_refusals
from caunoi.foundation.spreadsheets.public import REFUSALS

SENTENCES = {
    "post_not_held": _("Bạn không giữ vị trí “%(post)s” trong ngày này."),
    "people.not_permitted": _("Đơn vị này không thuộc phạm vi quản trị của bạn."),
    "people.person_not_found": _("Không có người này, hoặc người này không thuộc phạm vi của bạn."),
    "people.post_not_found": _("Không có vị trí này, hoặc vị trí không thuộc phạm vi của bạn."),
    "people.unit_not_found": _("Không có đơn vị này, hoặc đơn vị không thuộc phạm vi của bạn."),
    "people.grant_not_found": _("Không có quyền này, hoặc quyền không thuộc phạm vi của bạn."),
    "people.signing_not_found": _("Không có ủy quyền ký này, hoặc không thuộc phạm vi của bạn."),
    "people.name_missing": _("Chưa có họ tên, hoặc họ tên dài quá %(limit)s ký tự. Hãy ghi đủ họ và tên."),
    "people.email_used": _("Địa chỉ %(email)s là của %(person)s. Mỗi người dùng một địa chỉ riêng."),
    "people.email_wrong": _("“%(email)s” không phải là địa chỉ thư điện tử. Hãy ghi dạng ten@coquan.vn."),
    "people.phone_wrong": _("“%(phone)s” không phải là số điện thoại. Chỉ ghi chữ số, dấu cách và dấu +."),
    "people.contact_needed": _("%(person)s còn giữ vị trí nên chưa xóa được thông tin liên hệ."),
    "people.email_used_elsewhere": _("Địa chỉ %(email)s đã có người dùng. Mỗi người dùng một địa chỉ riêng."),
    "people.title_missing": _("Chưa có tên vị trí. Hãy ghi chức danh, ví dụ “Phó Hiệu trưởng”."),
    "people.period": _("Ngày kết thúc %(until)s không sau ngày bắt đầu %(on)s. Hãy sửa một trong hai ngày."),
    "people.post_taken": _(
        "Vị trí “%(post)s” do %(person)s giữ đến %(until)s. Hãy bàn giao vị trí, hoặc chọn ngày sau đó."
    ),
    "people.holding_twice": _("%(person)s đã giữ vị trí “%(post)s” đến %(until)s trong thời gian này."),
    "people.not_holder": _("%(person)s không giữ vị trí “%(post)s” vào ngày đó. Hãy chọn ngày trong thời gian giữ."),
    "people.left_after_acting": _(
        "%(person)s còn làm việc ở vị trí “%(post)s” ngày %(last)s nên không thể thôi giữ trước đó. "
        "Hãy chọn từ ngày %(earliest)s trở đi."
    ),
    "people.same_person": _("%(person)s đang giữ vị trí “%(post)s”. Hãy chọn người nhận khác."),
    "people.end_missing": _("Người làm thay phải có ngày kết thúc. Hãy ghi ngày người giữ vị trí trở lại."),
    "people.post_closed": _("Vị trí “%(post)s” đã kết thúc từ %(on)s. Hãy chọn vị trí khác."),
    "people.post_held": _("Vị trí “%(post)s” đang do %(person)s giữ. Hãy cho thôi giữ trước khi kết thúc vị trí."),
    "people.circle": _("Vị trí “%(post)s” không thể báo cáo cho chính mình hoặc cho cấp dưới của mình."),
    "people.grant_twice": _(
        "Vị trí “%(post)s” đã có quyền này tại %(unit)s từ %(on)s đến %(until)s. Hãy thu hồi hoặc chọn thời gian khác."
    ),
    "people.own_rights": _("Không tự giao quyền cho vị trí mình đang giữ. Hãy nhờ người quản trị khác."),
    "people.own_post": _("Không tự cử mình giữ vị trí. Hãy nhờ người quản trị khác."),
    "people.ended_already": _("Đã hết hiệu lực từ %(until)s, không cần thu hồi nữa."),
    "people.signing_ground_missing": _("Ký “%(form)s” phải có căn cứ bằng văn bản. Hãy ghi số, ngày của văn bản."),
    "people.signing_until_missing": _("Ký “%(form)s” phải có thời hạn. Hãy ghi ngày kết thúc ủy quyền."),
    "people.signing_scope_missing": _("Ký “%(form)s” phải nêu nội dung được ký. Hãy ghi loại việc được ủy quyền."),
    "people.signing_giver_missing": _("Ký “%(form)s” phải có người ủy quyền. Hãy chọn người giao."),
    "people.signing_to_oneself": _("Vị trí “%(post)s” không thể ủy quyền cho chính mình."),
    "people.redelegation": _(
        "“%(post)s” ký tại %(unit)s theo ủy quyền hoặc ký thay, nên không được giao lại cho người khác "
        "(Nghị định 30/2020/NĐ-CP, Điều 13)."
    ),
    "people.signing_twice": _(
        "Vị trí “%(post)s” đã được ký theo hình thức này từ %(on)s đến %(until)s. Hãy chọn thời gian khác."
    ),
    "people.no_branch": _("Bạn không quản trị đơn vị nào cùng các đơn vị trực thuộc, nên không nhập dữ liệu được."),
    "people.export_not_found": _("Không có tệp này, tệp đã quá 7 ngày, hoặc do người khác yêu cầu."),
    "people.import_not_found": _("Không có lần nhập này, hoặc không thuộc phạm vi của bạn."),
    "people.import_not_ready": _("Tệp còn lỗi hoặc đã được nhập, nên không nhập được nữa. Hãy tải tệp đã sửa lên."),
    "people.import_changed": _(
        "Dữ liệu của đơn vị đã thay đổi từ lúc kiểm tra, nay tệp có %(wrong)s lỗi. Hãy xem lại rồi tải tệp đã sửa lên."
    ),
    "people.nobody_to_invite": _("Lần nhập này không còn ai có thư điện tử mà chưa được mời."),
}


def register() -> None:
    """Register the sentences, those of spreadsheets too; called once at the start of the program."""
    register_refusals({**REFUSALS, **SENTENCES})
