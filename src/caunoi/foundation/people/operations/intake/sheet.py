"""The sheet by which an office sets up its branch: columns, template, what is said of wrong cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caunoi.foundation.organisations.public import Unit, UnitKind
from caunoi.foundation.spreadsheets.public import (
    Column,
    TemplateSheet,
    ValueKind,
    register_findings,
    write_template,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TEMPLATE: Final = "branch"
VERSION: Final = "1"
SHEET: Final = "Đơn vị"


def columns(kinds: Sequence[UnitKind]) -> list[Column]:
    """Return the columns of the sheet; ``kinds`` are those one may choose."""
    listed = {kind.code: kind.name for kind in kinds}
    return [
        Column("code", _("Mã đơn vị"), required=True, unique=True, max_length=40, width=16, example="THPT01",
               help=_("Mã riêng của đơn vị, không đổi khi đổi tên. Đơn vị đã có mã này sẽ được cập nhật.")),
        Column("name", _("Tên đơn vị"), required=True, width=40, example="Trường THPT Bình Minh",
               help=_("Tên đầy đủ, viết hoa theo Nghị định 30/2020/NĐ-CP, Phụ lục II.")),
        Column("kind", _("Loại đơn vị"), ValueKind.CHOICE, required=True, choices=listed, width=30,
               example="Trường trung học phổ thông", help=_("Chọn trong danh sách.")),
        Column("parent", _("Mã đơn vị quản lý"), max_length=40, width=18, example="",
               help=_("Mã của đơn vị cấp trên về chuyên môn, có trong tệp hoặc trong hệ thống. Để trống: trực thuộc "
                      "đơn vị đang nhập.")),
        Column("governed", _("Mã cơ quan trực tiếp quản lý"), max_length=40, width=18, example="UBND.BM",
               help=_("Chỉ ghi khi cơ quan trực tiếp quản lý về hành chính khác đơn vị quản lý chuyên môn, ví dụ UBND "
                      "xã đối với trường THCS.")),
        Column("symbol", _("Ký hiệu"), max_length=40, width=14, example="THPTBM",
               help=_("Chữ viết tắt trong số, ký hiệu văn bản.")),
        Column("seat", _("Địa danh"), max_length=120, width=18, example="Bình Minh",
               help=_("Địa danh ghi trước ngày tháng trên văn bản.")),
        *_people("head", _("Người đứng đầu"), _("Chức danh người đứng đầu"), _("Thư điện tử người đứng đầu")),
        *_people("clerk", _("Văn thư, đầu mối"), _("Chức danh văn thư, đầu mối"), _("Thư điện tử văn thư, đầu mối")),
        Column("distinct", _("Khác đơn vị trùng tên"), ValueKind.TRUTH, width=14, example="",
               help=_("Ghi x khi đơn vị mới cùng tên với một đơn vị đã có nhưng là đơn vị khác.")),
    ]  # fmt: skip


def _people(key: str, name: StrOrPromise, title: StrOrPromise, email: StrOrPromise) -> list[Column]:
    return [
        Column(f"{key}_name", name, max_length=200, width=26, example="Nguyễn Văn An",
               help=_("Họ và tên. Để trống nếu chưa có; người đang giữ vị trí không bị thay bằng tệp này.")),
        Column(f"{key}_title", title, max_length=200, width=22, example="Hiệu trưởng",
               help=_("Để trống: hệ thống ghi chức danh thường dùng của loại đơn vị.")),
        Column(f"{key}_email", email, ValueKind.EMAIL, max_length=254, width=30,
               example="an.nv@truong.edu.vn", help=_("Địa chỉ riêng của người này; thư mời được gửi đến đây.")),
    ]  # fmt: skip


def template_for(unit: Unit, kinds: Sequence[UnitKind], rows: Sequence[Mapping[str, str]] = ()) -> bytes:
    """Return the workbook to fill in for the branch of a unit, with what stands there already when given."""
    lines = [
        gettext("Mỗi dòng của trang “Đơn vị” là một đơn vị trực thuộc %(unit)s cùng người đứng đầu và văn thư.")
        % {"unit": unit.name},
        gettext(
            "UBND xã, phường ghi thành dòng riêng, không ghi người; các dòng khác ghi mã của UBND ở cột “Mã cơ quan "
            "trực tiếp quản lý”."
        ),
        gettext("Cột có dấu * là bắt buộc. Không đổi tên cột, không dùng công thức."),
        gettext("Tải tệp lên để kiểm tra trước; chưa có gì được lưu cho đến khi bạn bấm “Nhập vào hệ thống”."),
        gettext("Nhập lại cùng một tệp không làm thay đổi gì."),
    ]
    sheet = TemplateSheet(SHEET, columns(kinds), rows)
    stamp = {"template": TEMPLATE, "version": VERSION, "unit": unit.code}
    return write_template([sheet], help_lines=lines, stamp=stamp)


register_findings(
    {
        "sheet_missing": (
            _("Tệp không có trang “%(sheet)s”."),
            _("Dùng mẫu tải từ trang này, hoặc đặt tên trang là “%(sheet)s”."),
        ),
        "other_unit": (
            _("Mẫu này được tải cho đơn vị có mã “%(code)s”."),
            _("Tải mẫu của đơn vị đang nhập rồi chép dữ liệu sang."),
        ),
        "code_elsewhere": (
            _("Mã “%(value)s” đã dùng cho một đơn vị ngoài phạm vi của bạn."),
            _("Chọn mã khác, ví dụ thêm chữ viết tắt của tỉnh ở đầu."),
        ),
        "code_promised": (_("Mã “%(value)s” đã hoặc sẽ dùng cho %(unit)s."), _("Dùng mã khác cho đơn vị mới.")),
        "unit_dissolved": (_("Đơn vị mã “%(value)s” đã giải thể."), _("Dùng mã khác cho đơn vị mới.")),
        "parent_unknown": (
            _("Không có đơn vị mã “%(value)s” trong tệp hoặc trong phạm vi của bạn."),
            _("Sửa mã, hoặc thêm một dòng cho đơn vị đó."),
        ),
        "parent_circle": (
            _("Đơn vị không thể trực thuộc chính mình hoặc đơn vị cấp dưới của mình."),
            _("Sửa mã đơn vị quản lý."),
        ),
        "governed_unknown": (_("Không có cơ quan mã “%(value)s”."), _("Sửa mã, hoặc để trống ô này.")),
        "parent_too_low": (
            _("%(parent)s thuộc cấp thấp hơn %(kind)s nên không quản lý đơn vị này được."),
            _("Ghi mã của một đơn vị cùng cấp hoặc cấp trên."),
        ),
        "parent_ends": (_("%(parent)s ngừng hoạt động từ %(on)s."), _("Ghi mã của đơn vị tiếp nhận.")),
        "parent_not_placed": (
            _("%(parent)s chưa có chỗ trong tuyến quản lý này."),
            _("Ghi mã đơn vị khác, hoặc xếp chỗ cho đơn vị đó ở trang Đơn vị trước."),
        ),
        "parent_unmanaged": (
            _("%(parent)s thuộc phạm vi quản trị của nơi khác."),
            _("Để trống ô này, hoặc đề nghị nơi đó ghi thay đổi."),
        ),
        "unit_ends": (
            _("Đơn vị này ngừng hoạt động từ %(on)s nên không ghi thêm thay đổi được."),
            _("Giữ nguyên ô này như đang có, hoặc hoàn tác việc kết thúc ở trang Đơn vị."),
        ),
        "changed_ahead": (
            _("Đã ghi một thay đổi khác có hiệu lực từ %(on)s."),
            _("Giữ nguyên ô này như đang có, hoặc hoàn tác thay đổi đó ở trang Đơn vị."),
        ),
        "namesake": (
            _("Đã có %(name)s, mã “%(known)s”."),
            _("Nếu là đơn vị đó, ghi mã “%(known)s” vào ô này; nếu không, ghi x ở cột “Khác đơn vị trùng tên”."),
        ),
        "name_twice": (
            _("Đơn vị này đã ghi ở dòng %(first)s với mã khác."),
            _("Xóa một dòng; nếu là hai đơn vị khác nhau, ghi x ở cột “Khác đơn vị trùng tên”."),
        ),
        "body_kept": (
            _("%(name)s là cơ quan ngoài ngành đã có; tệp này không sửa được."),
            _("Giữ nguyên như đang có; sửa ở trang Đơn vị."),
        ),
        "body_not_yours": (
            _("Cơ quan ngoài ngành do người quản trị của Sở ghi."),
            _("Xóa dòng này, hoặc đề nghị người quản trị của Sở nhập."),
        ),
        "body_parent": (
            _("Cơ quan ngoài ngành không có đơn vị quản lý chuyên môn."),
            _("Để trống ô này; ghi cấp trên ở cột “Mã cơ quan trực tiếp quản lý”."),
        ),
        "body_seat": (
            _("Không lập vị trí cho cơ quan ngoài ngành bằng tệp này."),
            _("Để trống ô này."),
        ),
        "seat_promised": (
            _("Đã cử %(holder)s giữ vị trí này từ %(on)s."),
            _("Để trống ô này, hoặc sửa việc cử ở trang Vị trí rồi nhập lại."),
        ),
        "holder_beyond": (
            _("%(holder)s còn giữ vị trí ngoài phạm vi của bạn nên bạn không sửa thư điện tử được."),
            _("Để trống ô này, hoặc đề nghị người quản trị cấp trên sửa."),
        ),
        "kind_differs": (
            _("Đơn vị này đang là “%(known)s”."),
            _("Ghi đúng loại đang có; thay đổi loại đơn vị bằng một sự kiện ở trang Đơn vị."),
        ),
        "holder_differs": (
            _("Vị trí này đang do %(holder)s giữ."),
            _("Để trống ô này, hoặc bàn giao vị trí ở trang Vị trí rồi nhập lại."),
        ),
        "own_seat": (
            _("Dòng này cử chính bạn giữ vị trí."),
            _("Để trống ô này; người quản trị khác cử bạn ở trang Vị trí."),
        ),
        "email_without_name": (_("Có thư điện tử nhưng chưa có họ tên."), _("Ghi họ tên ở cột bên trái.")),
        "email_elsewhere": (
            _("Địa chỉ “%(value)s” đã có người dùng, hoặc tên ghi ở đây khác tên người đó."),
            _("Kiểm tra họ tên và địa chỉ; mỗi người một địa chỉ riêng."),
        ),
        "email_twice": (
            _("Địa chỉ “%(value)s” đã ghi cho %(name)s ở dòng %(first)s."),
            _("Mỗi người dùng một địa chỉ riêng."),
        ),
    }
)
