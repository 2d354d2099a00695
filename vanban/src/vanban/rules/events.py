"""Rules for the time of a meeting: an hour beside a day, in either order."""

from __future__ import annotations

import re

from vanban.rules.rule import Rule

_HOUR = r"(?P<hour>\d{1,2})\s?(?:giờ|gi[oờ]|g|h|:)(?:\s?(?P<minute>\d{2})(?:\s?(?:phút|ph|'))?)?"
_DATE = (
    r"(?:(?P<d>\d{1,2})\s?/\s?(?P<m>\d{1,2})\s?/\s?(?P<y>\d{4})"
    r"|(?P<d2>\d{1,2})\s{0,3}tháng\s{0,3}(?P<m2>\d{1,2})\s{0,3}năm\s{0,3}(?P<y2>\d{4}))"
)
_WEEKDAY = r"(?:\(?(?:[Tt]hứ\s\w{2,4}|[Cc]hủ [Nn]hật)\)?,?\s{0,3})?"

HOUR_THEN_DAY = Rule(
    "event.hour_day",
    re.compile(
        rf"(?<![\d/.:]){_HOUR}(?:\s{{0,2}}(?:sáng|chiều|tối))?[,;]?\s{{0,3}}{_WEEKDAY}(?:ngày\s{{0,3}})?{_DATE}"
    ),
    ("8 giờ 15 phút, Thứ hai ngày 03/6/2024", "14h00 ngày 5/6/2023", "8 giờ 00, ngày 05 tháng 6 năm 2023"),
    ("ngày 05/6/2023", "12 giờ mỗi ngày", "3 giao 5/6/2023"),
    source="custom",
)
DAY_THEN_HOUR = Rule(
    "event.day_hour",
    re.compile(
        rf"(?:[Nn]gày\s{{0,3}}){_DATE}"
        rf"[,;]?\s{{0,3}}{_WEEKDAY}"
        rf"(?:bắt đầu\s)?(?:vào\s)?(?:lúc|từ|hồi)\s{{0,3}}:?\s?{_HOUR}"
    ),
    (
        "Ngày 04 tháng 6 năm 2024, bắt đầu lúc 8giờ 15 phút",
        "ngày 17/9/2024, bắt đầu lúc 15 giờ",
        "ngày 17/9/2024, từ 8h30",
    ),
    ("ngày 17/9/2024 của Sở Y tế",),
    source="custom",
)
TIME_LABEL = Rule(
    "event.time_label",
    re.compile(
        rf"(?:[Tt]hời gian|THỜI GIAN)(?: tổ chức| họp)?\s?:?\s{{0,3}}(?P<text>{_WEEKDAY}[Nn]gày\s{{0,3}}{_DATE})"
    ),
    ("Thời gian: Ngày 04 tháng 6 năm 2024", "Thời gian ngày 17/9/2024"),
    ("Thời gian thực hiện: năm 2023",),
    source="custom",
)
DUE_BEFORE = Rule(
    "event.is_due",
    re.compile(
        r"(?:trước|chậm nhất|muộn nhất|hạn chót|hạn cuối|không quá|đến hết|đến)\s{0,3}(?:là\s|vào\s)?(?:lúc\s)?\Z"
    ),
    ("gửi về trước ", "chậm nhất vào lúc "),
    ("khai mạc vào lúc ",),
)
KIND = Rule(
    "event.kind",
    re.compile(
        r"hội nghị|hội thảo|cuộc họp|họp|tập huấn|khai giảng|khai mạc|bế mạc|lễ [a-zà-ỹđ]+(?: [a-zà-ỹđ]+)?|tọa đàm"
        r"|đại hội|làm việc|giao ban"
        r"|kiểm tra|tiếp công dân|gặp mặt",
        re.I,
    ),
    ("Hội nghị tổng kết", "họp giao ban", "lễ ký kết"),
    ("báo cáo",),
)
ALL = (HOUR_THEN_DAY, DAY_THEN_HOUR, TIME_LABEL, DUE_BEFORE, KIND)
