"""A schematic map of the country: one tile a province, two more for the special zones of Hoàng Sa and Trường Sa."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from caunoi.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile; ``of`` is the province whose figure a special zone shows, "" for a province itself."""

    name: str
    short: str
    column: int
    row: int
    of: str = ""


TILES: Final = (
    Tile("Lai Châu", "LCh", 0, 0), Tile("Lào Cai", "LCa", 1, 0), Tile("Tuyên Quang", "TQ", 2, 0),
    Tile("Cao Bằng", "CB", 3, 0), Tile("Điện Biên", "ĐB", 0, 1), Tile("Sơn La", "SL", 1, 1),
    Tile("Phú Thọ", "PT", 2, 1), Tile("Thái Nguyên", "TNg", 3, 1), Tile("Lạng Sơn", "LS", 4, 1),
    Tile("Hà Nội", "HN", 2, 2), Tile("Bắc Ninh", "BN", 3, 2), Tile("Quảng Ninh", "QN", 4, 2),
    Tile("Ninh Bình", "NB", 2, 3), Tile("Hưng Yên", "HY", 3, 3), Tile("Hải Phòng", "HP", 4, 3),
    Tile("Thanh Hóa", "TH", 2, 4), Tile("Nghệ An", "NA", 2, 5), Tile("Hà Tĩnh", "HT", 2, 6),
    Tile("Quảng Trị", "QT", 3, 7), Tile("Huế", "Huế", 3, 8), Tile("Đà Nẵng", "ĐN", 4, 9),
    Tile("Hoàng Sa", "H. Sa", 6, 9, of="Đà Nẵng"), Tile("Quảng Ngãi", "QNg", 4, 10), Tile("Gia Lai", "GL", 4, 11),
    Tile("Đắk Lắk", "ĐL", 4, 12), Tile("Lâm Đồng", "LĐ", 3, 13), Tile("Khánh Hòa", "KH", 4, 13),
    Tile("Trường Sa", "T. Sa", 6, 14, of="Khánh Hòa"), Tile("Tây Ninh", "TN", 1, 14),
    Tile("Hồ Chí Minh", "HCM", 2, 14), Tile("Đồng Nai", "ĐNa", 3, 14), Tile("An Giang", "AG", 0, 15),
    Tile("Đồng Tháp", "ĐT", 1, 15), Tile("Vĩnh Long", "VL", 2, 15), Tile("Cà Mau", "CM", 0, 16),
    Tile("Cần Thơ", "CT", 1, 16),
)  # fmt: skip
"""34 provinces and cities (Nghị quyết 202/2025/QH15) and two special zones; places are schematic."""
PROVINCES: Final = tuple(tile for tile in TILES if not tile.of)


def province_of(name: str) -> str | None:
    """Return the province that ends the name of a unit ("Sở Giáo dục và Đào tạo tỉnh Lào Cai"), ``None`` for others."""
    folded = fold(name)
    ends = [tile.name for tile in PROVINCES if f" {folded}".endswith(f" {fold(tile.name)}")]
    return max(ends, key=len, default=None)


def placed(names: Iterable[str]) -> Mapping[str, str]:
    """Return province → the unit that is named after it; the first one where several are."""
    found: dict[str, str] = {}
    for name in names:
        province = province_of(name)
        if province is not None:
            found.setdefault(province, name)
    return found


def step_of(percent: Decimal | None) -> int:
    """Return the shade of a share: 0 nothing known, 1 (none) to 5 (all)."""
    if percent is None:
        return 0
    return 1 + sum(percent >= bound for bound in (25, 50, 75, 100))
