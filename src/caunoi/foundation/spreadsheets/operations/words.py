"""What is said of a file that is refused and of a cell that is wrong."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caunoi.foundation.spreadsheets.rules.findings import Finding, mend, register_findings, what

REFUSALS = {
    "spreadsheet_too_large": _("Tệp lớn hơn %(limit)s MB. Hãy chia thành nhiều tệp nhỏ hơn rồi gửi lại."),
    "spreadsheet_empty": _("Tệp rỗng, không có gì để đọc. Hãy chọn tệp đã điền."),
    "spreadsheet_encrypted": _("Tệp đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi gửi lại."),
    "spreadsheet_old_format": _("Tệp theo định dạng cũ (.xls). Hãy mở bằng Excel, chọn Lưu thành “.xlsx” rồi gửi lại."),
    "spreadsheet_not_a_workbook": _(
        "Tệp không phải bảng tính .xlsx hoặc .csv, dù tên tệp ghi thế nào. Hãy chọn đúng tệp."
    ),
    "spreadsheet_macros": _("Tệp có macro nên không được nhận. Hãy lưu thành “.xlsx” (không macro) rồi gửi lại."),
    "spreadsheet_outside": _(
        "Tệp có liên kết đến tệp hoặc nguồn dữ liệu khác nên không được nhận. Hãy chép giá trị vào tệp rồi gửi lại."
    ),
    "spreadsheet_embedded": _("Tệp có đối tượng nhúng nên không được nhận. Hãy xóa đối tượng đó rồi gửi lại."),
    "spreadsheet_bomb": _("Tệp bung ra lớn bất thường nên không được mở. Hãy chép dữ liệu sang mẫu mới rồi gửi lại."),
    "spreadsheet_broken": _("Tệp bị hỏng, không mở được. Hãy mở bằng Excel, lưu lại rồi gửi lại."),
    "spreadsheet_too_many_sheets": _("Tệp có quá %(limit)s trang tính. Hãy xóa bớt trang không cần."),
    "spreadsheet_too_many_rows": _("Trang “%(sheet)s” có quá %(limit)s dòng. Hãy chia thành nhiều tệp."),
    "spreadsheet_too_many_columns": _(
        "Trang “%(sheet)s” có dữ liệu ở quá %(limit)s cột. Hãy xóa các cột thừa ở bên phải."
    ),
    "spreadsheet_encoding": _("Tệp CSV không theo bảng mã UTF-8. Hãy lưu thành “CSV UTF-8” hoặc “.xlsx” rồi gửi lại."),
}
"""Sentence of each refusal, to be registered with the pages by a module above."""

register_findings(
    {
        "no_head": (
            _("Không tìm thấy dòng tiêu đề."),
            _("Dùng mẫu tải từ hệ thống; tiêu đề phải có các cột %(columns)s …"),
        ),
        "no_rows": (_("Trang không có dòng dữ liệu nào."), _("Điền ít nhất một dòng dưới tiêu đề.")),
        "column_missing": (_("Thiếu cột bắt buộc “%(label)s”."), _("Thêm cột này như trong mẫu.")),
        "column_twice": (_("Cột này đứng hai lần."), _("Bỏ bớt một cột.")),
        "unknown_column": (_("Cột “%(label)s” không có trong mẫu nên không được đọc."), _("Bỏ cột hoặc để nguyên.")),
        "required": (_("Chưa có giá trị."), _("Điền giá trị; cột này bắt buộc.")),
        "formula": (_("Ô có công thức."), _("Chép ô rồi dán lại dưới dạng giá trị.")),
        "error_value": (_("Ô báo lỗi %(value)s."), _("Ghi giá trị đúng vào ô.")),
        "control_signs": (_("Ô có ký tự ẩn hoặc ký tự điều khiển."), _("Xóa nội dung ô rồi gõ lại.")),
        "too_long": (_("Nội dung dài quá %(limit)s ký tự."), _("Rút ngắn nội dung.")),
        "not_email": (_("“%(value)s” không phải địa chỉ thư điện tử."), _("Ghi dạng ten@donvi.vn, không dấu.")),
        "not_number": (_("“%(value)s” không phải số."), _("Ghi số, ví dụ 1.234,5.")),
        "not_whole": (_("“%(value)s” không phải số nguyên."), _("Ghi số nguyên, ví dụ 12.")),
        "below": (_("Số nhỏ hơn %(minimum)s."), _("Ghi số từ %(minimum)s trở lên.")),
        "not_day": (_("“%(value)s” không phải ngày có thật."), _("Ghi dạng ngày/tháng/năm, ví dụ 05/09/2026.")),
        "not_listed": (_("“%(value)s” không có trong danh sách."), _("Chọn một trong: %(listed)s.")),
        "not_yes_or_no": (_("“%(value)s” không phải có hoặc không."), _("Ghi “x” nếu có, để trống nếu không.")),
        "repeated": (_("“%(value)s” trùng với dòng %(first)s."), _("Mỗi giá trị chỉ ghi ở một dòng.")),
    }
)


def place_of(finding: Finding) -> str:
    """Return where a fault stands: "Trang “Đơn vị”, ô C7 (Tên đơn vị)"."""
    facts = {"sheet": finding.sheet, "address": finding.address, "label": finding.label}
    if finding.row and finding.column:
        return gettext("Trang “%(sheet)s”, ô %(address)s (%(label)s)") % facts
    if finding.row:
        return gettext("Trang “%(sheet)s”, dòng %(address)s") % facts
    return gettext("Trang “%(sheet)s”") % facts


def sentence_of(finding: Finding) -> str:
    """Return what is wrong and how to mend it, with the address of the cell: "C7: … …"."""
    where = f"{finding.address} ({finding.label}): " if finding.column else ""
    return f"{where}{what(finding)} {mend(finding)}"
