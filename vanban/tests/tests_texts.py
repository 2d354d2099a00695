"""Texts for fuzzing, from the golden cases, and what is pushed into them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

_GOLDEN: Final = Path(__file__).parent / "golden"
BASE: Final = tuple(
    case["text"]
    for name in ("head.toml", "outline.toml", "foot.toml", "events.toml")
    for case in tomllib.loads((_GOLDEN / name).read_text("utf-8"))["case"]
    if len(case["text"]) > 60
)
SPOILERS: Final = (
    "|",
    "||",
    "\n\n",
    "\t\t\t",
    "     ",
    "“1. ",
    "”",
    "**",
    "Số:",
    "Số: /",
    "ngày 32 tháng 13 năm 2023",
    "Điều 999999. ",
    "1.1.1.1.1.1.",
    "IIII. ",
    "V/v",
    "Kính gửi:",
    "Nơi nhận:",
    "- Lưu: VT",
    "\u0301",
    "\u200b",
    "\ufeff",
    "\x00",
    "\r",
    "\r\n",
    "𝟙",
    "١",
    "²",
    "⁄",
    "Ð",
    "ﬁ",
    "\ud7ff",
    "İ",
    "ß",
    "１",
    "Ⅳ",
    "<br>",
    "```",
    "| a | b |",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "KT. ",
    "TM. ",
    "QUYẾT ĐỊNH",
    "a) ",
    "đ) ",
    "99. ",
    "0. ",
    "-1. ",
    "٣. A",
    "²/KH-A",
    "Số: ²/KH-UBND",
    "7giờ 99 phút ngày 31/2/2024",
    "\v",
    "\f",
    "\x85",
    "\u2028",
)
