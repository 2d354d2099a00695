"""What the pages say when organisations refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.pages.public import register_refusals

SENTENCES = {
    "unit_not_found": _("Không có đơn vị này."),
    "unit_event_not_found": _("Không có thay đổi này."),
    "unit_group_not_found": _("Không có nhóm đơn vị này."),
    "not_permitted_units": _("Vị trí của bạn không được dùng phần Đơn vị."),
    "not_managed": _("%(unit)s nằm ngoài phạm vi bạn quản trị. Hãy nhờ người quản trị cấp trên ghi thay đổi này."),
    "not_managed_root": _(
        "Đơn vị không thuộc đơn vị nào chỉ do người quản trị cấp tỉnh trở lên lập. Hãy chọn đơn vị quản lý."
    ),
    "in_the_past": _(
        "%(unit)s đã có thay đổi có hiệu lực từ %(since)s, sau ngày bạn ghi. "
        "Hãy hoàn tác thay đổi đó trước, hoặc ghi ngày có hiệu lực muộn hơn."
    ),
    "already_ended": _("%(unit)s đã kết thúc từ %(on)s nên không ghi thêm thay đổi được."),
    "not_yet": _("%(unit)s chỉ hoạt động từ %(on)s. Hãy ghi ngày có hiệu lực sau ngày đó."),
    "parent_not_placed": _("%(parent)s không có chỗ trong tuyến quản lý này vào ngày đó. Hãy chọn đơn vị khác."),
    "parent_ended": _("%(parent)s kết thúc từ %(on)s nên không nhận %(unit)s được. Hãy chọn đơn vị khác."),
    "parent_too_low": _(
        "%(parent)s thuộc cấp thấp hơn %(unit)s nên không quản lý %(unit)s được. Hãy chọn đơn vị khác."
    ),
    "under_itself": _("Không đặt %(unit)s dưới %(parent)s được: đơn vị đó ở ngay bên dưới, cây sẽ thành vòng."),
    "same_parent": _("%(unit)s vốn đã thuộc %(parent)s trong tuyến này."),
    "has_children": _(
        "Bên dưới %(unit)s còn đơn vị khác, ví dụ %(child)s. Hãy chuyển các đơn vị đó đi trước, hoặc dùng sáp nhập."
    ),
    "later_beneath": _(
        "Đến %(on)s vẫn có %(child)s bên dưới %(unit)s theo thay đổi đã ghi. "
        "Hãy chọn ngày có hiệu lực từ ngày đó trở đi."
    ),
    "no_name": _("Đơn vị mã %(unit_code)s chưa có tên."),
    "code_taken": _("Mã %(unit_code)s đã dùng cho %(unit)s. Hãy đặt mã khác."),
    "kind_ended": _("Loại hình “%(kind)s” không còn từ %(on)s. Hãy chọn loại hình khác."),
    "nothing_changed": _("%(unit)s giữ nguyên như cũ: không có gì thay đổi để ghi."),
    "too_few": _("Chưa đủ đơn vị: hợp nhất cần từ hai, chia cần từ hai nơi nhận, tách và sáp nhập cần ít nhất một."),
    "named_twice": _("%(unit)s được chọn hai lần. Hãy bỏ một."),
    "changed_meanwhile": _(
        "%(who)s vừa ghi thay đổi khác cho %(unit)s lúc %(at)s. Chưa có gì được lưu; hãy xem lại trước khi xác nhận."
    ),
    "gone": _("%(unit)s không còn: người khác vừa hoàn tác việc thành lập."),
    "resting": _("Chưa hoàn tác được vì còn dựa vào thay đổi này: %(list)s."),
    "undone_already": _("%(who)s đã hoàn tác thay đổi này lúc %(at)s."),
    "country_unknown": _(
        "Hệ thống đã có %(unit)s, không trùng tên Sở nào trong danh mục 34 tỉnh, thành phố. "
        "Hãy đổi tên đơn vị cho đúng rồi nạp lại, hoặc nạp với --beside để giữ cả hai."
    ),
    "country_twice": _(
        "Hệ thống đã có %(unit)s, cũng có trong danh mục cơ quan trung ương. Nạp với --beside nếu muốn giữ cả hai."
    ),
    "group_exists": _("Đơn vị đã có nhóm “%(group)s”. Hãy đặt tên khác."),
    "group_no_name": _("Chưa có tên nhóm."),
}


def register() -> None:
    """Register every sentence."""
    register_refusals(SENTENCES)
