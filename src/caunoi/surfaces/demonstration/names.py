"""Invented names, drawn in a fixed order so that every run gives the same office."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

PROVINCE = "Thanh Giang"
"""There is no such province."""

UPPER_SECONDARY = (
    "Bạch Đằng", "Chu Văn An", "Đông Hà", "Hàm Rồng", "Kim Đồng", "Lê Quý Đôn", "Long Biên Thượng", "Mai Lĩnh",
    "Nguyễn Trãi", "Phan Bội Châu", "Sông Thanh", "Tây Hồ Trung", "Trần Phú", "Vân Đồn Tây",
)  # fmt: skip
COMMUNES = (
    ("phường", "An Lạc"), ("phường", "Bến Thanh"), ("phường", "Cầu Đá"), ("phường", "Đồng Tâm"), ("xã", "Hải Châu"),
    ("xã", "Hòa Lộc"), ("xã", "Mỹ Sơn"), ("xã", "Phú Thịnh"), ("xã", "Quảng Lâm"), ("xã", "Tân Xuân"),
    ("xã", "Thượng Nguyên"), ("xã", "Yên Khê"),
)  # fmt: skip
CONTINUING = ("Bắc Thanh", "Nam Thanh", "Tây Thanh", "Duyên Hải")
LANGUAGE = ("Ánh Dương", "Chân Trời", "Đại Dương", "Hoa Sen", "Tri Thức Mới")
CONSULTANCIES = ("Bước Chân Xanh", "Đông Á", "Hải Đăng", "Nhịp Cầu", "Viễn Dương")

_FAMILY = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Mai",
)  # fmt: skip
_MIDDLE = ("Thị Minh", "Văn", "Thị Thu", "Đức", "Quang", "Thị Hồng", "Hữu", "Ngọc", "Thanh", "Xuân")
_GIVEN = (
    "An", "Bình", "Châu", "Dung", "Đạt", "Giang", "Hà", "Hạnh", "Hiền", "Hùng", "Khánh", "Lan", "Linh", "Long", "Mai",
    "Nam", "Nga", "Phương", "Quân", "Sơn", "Tâm", "Thảo", "Trung", "Tuấn", "Vân", "Yến",
)  # fmt: skip


def people() -> Iterator[str]:
    """Yield invented full names without end to the office's needs, never the same twice."""
    count = len(_FAMILY)
    for turn, (given, middle) in enumerate(product(_GIVEN, _MIDDLE)):
        yield f"{_FAMILY[(turn * 7 + turn // count) % count]} {middle} {given}"
