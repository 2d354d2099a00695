"""The kinds of event that change units, and the levels at which bodies stand."""

from __future__ import annotations

from enum import StrEnum


class EventKind(StrEnum):
    """What is decided about one or several units."""

    ESTABLISH = "establish"
    """Thành lập."""
    RENAME = "rename"
    """Đổi tên (name, symbol, seat, code)."""
    MOVE = "move"
    """Chuyển đơn vị quản lý, in one line."""
    MERGE = "merge"
    """Hợp nhất (into a new unit), sáp nhập (into one that stays)."""
    SPLIT = "split"
    """Chia (the unit ends), tách (the unit stays)."""
    CHANGE_KIND = "change_kind"
    """Đổi loại hình, đổi cấp."""
    DISSOLVE = "dissolve"
    """Giải thể."""
    TRANSFER = "transfer"
    """Chuyển giao chức năng, nhiệm vụ; nobody begins or ends."""


class Level(StrEnum):
    """Where a kind of body belongs (two tiers of local government since 01/7/2025, Luật 72/2025/QH15)."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    """Until 30/6/2025."""
    COMMUNE = "commune"
    INSTITUTION = "institution"
    """Schools, centres, organisations."""

    def is_below(self, other: Level) -> bool:
        """Whether it is a lower level than another."""
        order = list(Level)
        return order.index(self) > order.index(other)
