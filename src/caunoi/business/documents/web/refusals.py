"""The sentences of refusals: what is wrong, where, and how to mend it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.pages.public import register_refusals

SENTENCES = {
    "documents.document_not_found": _("Không có văn bản này, hoặc văn bản không được chuyển đến bạn."),
    "documents.file_not_found": _("Không có tệp này, hoặc văn bản không được chuyển đến bạn."),
    "documents.obligation_not_found": _("Không có nhiệm vụ này, hoặc văn bản không được chuyển đến bạn."),
    "documents.not_permitted": _(
        "Vị trí bạn đang đảm nhiệm không được giao việc này. Hãy đề nghị người quản trị phân quyền."
    ),
    # Files
    "documents.no_file": _("Chưa chọn tệp nào. Hãy thả tệp vào khung hoặc bấm để chọn."),
    "documents.file_too_large": _(
        "“%(name)s” lớn hơn mức cho phép (%(megabytes)s MB). "
        "Hãy quét lại ở 200–300 dpi, hoặc tách phụ lục thành tệp riêng rồi gửi lại."
    ),
    "documents.file_empty": _("“%(name)s” không có nội dung. Hãy kiểm tra lại tệp trên máy của bạn rồi gửi lại."),
    "documents.file_wrong_type": _(
        "“%(name)s” có đuôi .%(claimed)s nhưng nội dung là %(found)s. Hãy lưu lại đúng định dạng rồi gửi lại."
    ),
    "documents.file_unsupported": _(
        "“%(name)s” không phải là định dạng đọc được (%(found)s). "
        "Hãy gửi docx, pdf, doc, odt, txt, html, xlsx hoặc ảnh png, jpg."
    ),
    "documents.file_encrypted": _(
        "“%(name)s” có mật khẩu. Hãy bỏ mật khẩu (lưu thành tệp mới không đặt mật khẩu) rồi gửi lại."
    ),
    "documents.file_corrupt": _(
        "“%(name)s” bị hỏng, không mở được. Hãy xin lại tệp từ nơi gửi, hoặc in ra và quét lại."
    ),
    "documents.file_zip_bomb": _(
        "“%(name)s” bung ra lớn bất thường nên không được nhận. Hãy mở bằng Word, lưu thành tệp mới rồi gửi lại."
    ),
    "documents.file_xml_entities": _(
        "“%(name)s” chứa khai báo XML không an toàn nên không được nhận. "
        "Hãy mở bằng Word, lưu thành tệp mới rồi gửi lại."
    ),
    "documents.file_no_text": _(
        "Không đọc được chữ nào trong “%(name)s”. Hãy quét lại rõ hơn (300 dpi, thẳng trang), hoặc gửi bản docx."
    ),
    "documents.file_too_many_pages": _(
        "“%(name)s” có quá nhiều trang (%(pages)s; tối đa %(limit)s). Hãy tách thành nhiều tệp."
    ),
    "documents.file_timeout": _("Đọc “%(name)s” quá lâu nên đã dừng. Hãy tách thành nhiều tệp nhỏ rồi gửi lại."),
    "documents.file_tool_missing": _(
        "Máy chủ chưa có công cụ để đọc “%(name)s”. Hãy báo quản trị hệ thống, hoặc gửi bản docx hay pdf có chữ."
    ),
    "documents.file_secret": _(
        "“%(name)s” có dấu chỉ độ mật “%(mark)s”. Hệ thống không tiếp nhận tài liệu bí mật nhà nước; "
        "tệp đã bị xóa khỏi máy chủ. "
        "Hãy đăng ký văn bản này vào sổ văn bản mật."
    ),
    # Intake
    "documents.not_in_review": _("Văn bản này đã qua bước rà soát. Hãy mở văn bản trong sổ đến để xem."),
    "documents.not_to_register": _("Văn bản này đã vào sổ. Hãy mở văn bản trong sổ đến để xem."),
    "documents.fact_missing": _("Chưa có cơ quan ban hành hoặc trích yếu. Hãy điền hai mục này rồi tiếp nhận."),
    "documents.duplicate": _(
        "Trùng số, ký hiệu và cơ quan ban hành với “%(document)s” (số đến %(number)s). "
        "Nếu vẫn cần vào sổ, hãy chọn “Vẫn vào sổ”."
    ),
    "documents.fact_unknown": _("Không có mục này trong văn bản."),
    "documents.fact_date": _("“%(value)s” không phải là ngày. Hãy nhập theo dạng ngày/tháng/năm, ví dụ 05/01/2026."),
    "documents.fact_long": _("Nội dung dài quá %(limit)s ký tự. Hãy rút gọn."),
    "documents.fact_urgency": _("Mức độ khẩn chỉ có thể là Khẩn, Thượng khẩn hoặc Hỏa tốc."),
    "documents.fact_empty": _("Mục này không được để trống."),
    "documents.fact_gone": _("Mục này vừa được người khác xóa. Hãy tải lại trang."),
    "documents.fact_closed": _("“%(document)s” đã giải quyết xong nên không sửa được nữa."),
    # Obligations
    "documents.obligation_taken": _("Nhiệm vụ này đã được giao: %(label)s."),
    "documents.dismiss_reason": _("Hãy ghi lý do không áp dụng, để người sau hiểu."),
    # Circulation
    "documents.distribute_state": _("Chỉ chuyển xử lý được văn bản đến đã vào sổ và chưa giải quyết xong."),
    "documents.distribute_nobody": _("Chưa chọn đơn vị hoặc người nhận. Hãy chọn ít nhất một đơn vị chủ trì."),
    "documents.one_lead": _("Phải có đúng một đơn vị hoặc cá nhân chủ trì."),
    "documents.settle_state": _("“%(document)s” chưa vào sổ hoặc đã giải quyết xong."),
    "documents.settle_not_yours": _("Chỉ đơn vị chủ trì hoặc lãnh đạo mới xác nhận giải quyết xong “%(document)s”."),
    # Outgoing
    "documents.draft_state": _(
        "“%(document)s” đang ở bước “%(state)s” nên không làm được việc này. Hãy tải lại trang."
    ),
    "documents.draft_subject": _("Dự thảo chưa có trích yếu. Hãy điền trích yếu."),
    "documents.draft_no_symbol": _("Dự thảo chưa có ký hiệu. Hãy điền ký hiệu, ví dụ KH-SGDĐT."),
    "documents.no_authority": _(
        "Vị trí “%(post)s” chưa được ghi nhận thẩm quyền ký thay mặt đơn vị này (Điều 13 Nghị định 30/2020/NĐ-CP)."
    ),
    "documents.return_reason": _("Hãy ghi lý do, để người soạn biết cần sửa gì."),
    "documents.issue_day": _("Ngày %(day)s không hợp lệ: ngày văn bản phải trong năm nay và không sau hôm nay."),
    # Numbers
    "documents.annul_reason": _("Hãy ghi lý do hủy số; lý do được in trong sổ."),
    "documents.annul_state": _("Chỉ hủy được số của văn bản đã vào sổ hoặc đã phát hành và chưa chuyển xử lý."),
    "documents.annul_sent": _(
        "“%(document)s” đã gửi đến các đơn vị nên không hủy số được; hãy thu hồi hoặc đính chính."
    ),
    "file_missing": _("Tệp “%(name)s” không còn trên máy chủ. Hãy báo quản trị hệ thống khôi phục từ bản sao lưu."),
    "file_altered": _("Tệp “%(name)s” không còn khớp mã băm khi tiếp nhận. Hãy báo quản trị hệ thống."),
}


def register() -> None:
    """Make the sentences known to the pages."""
    register_refusals(SENTENCES)
