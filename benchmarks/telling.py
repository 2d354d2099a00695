"""Made-up narrative of units for the measurements: what many say alike, with a figure of their own now and then."""

from __future__ import annotations

import random
from typing import Final

_STOCK: Final = (
    "đã ban hành kế hoạch công tác đối ngoại của năm học và triển khai đến toàn thể cán bộ giáo viên nhân viên "
    "học sinh giao lưu quốc tế tổ chức hội thảo ngoại ngữ tình nguyện viên nước ngoài hợp tác đào tạo"
)
WORDS: Final = _STOCK.split()


def sentences(chance: random.Random, count: int) -> list[str]:
    """Return sentences of 8 to 26 words."""
    return [" ".join(chance.choices(WORDS, k=chance.randint(8, 26))).capitalize() + "." for _ in range(count)]


def told(chance: random.Random, stock: list[str]) -> str:
    """Two paragraphs: what many say, sometimes with a figure of their own."""
    lines = [" ".join(chance.choices(stock, k=2)), chance.choice(stock)]
    if chance.random() < 0.3:
        lines.append(f"Đón {chance.randint(1, 9)} đoàn khách.")
    return "\n".join(lines)
