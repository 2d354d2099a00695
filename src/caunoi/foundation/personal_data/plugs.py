"""What personal data put into the house: words of refusals and of the audit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.audit.public import describe_verbs
from caunoi.foundation.pages.public import register_refusals


def plug_in() -> None:
    """Describe verbs and refusals."""
    describe_verbs(
        {
            "personal_data.reveal": _("Hiện dữ liệu cá nhân"),
            "personal_data.reveal_unusual": _("Hiện dữ liệu cá nhân nhiều bất thường"),
        }
    )
    register_refusals(
        {
            "personal_record_unknown": _("Không có bản ghi này, hoặc bạn không được biết về nó."),
            "personal_reveal_not_allowed": _("Vị trí của bạn không được xem đầy đủ dữ liệu cá nhân của người này."),
            "personal_reason_missing": _("Hãy ghi cần xem để làm gì (từ 3 chữ trở lên); lý do được lưu vào nhật ký."),
            "personal_limit_missing": _(
                "Chưa có quy định về thời hạn “%(limit)s” tại ngày này; người quản trị cần nạp bảng quy định."
            ),
        }
    )
