"""The sentences of refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.pages.public import register_refusals

SENTENCES = {
    "indicators.not_found": _("Không có chỉ tiêu này trong danh mục."),
    "indicators.not_permitted": _("Vị trí bạn đang đảm nhiệm không xem được số liệu chỉ tiêu."),
}


def register() -> None:
    """Make the sentences known to the pages."""
    register_refusals(SENTENCES)
