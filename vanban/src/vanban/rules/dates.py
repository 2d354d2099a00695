"""Days as official documents print them: ``05/8/2020``, ``12.5.2011``, ``ngày 03 tháng 4 năm 2023``, and their scans."""

from __future__ import annotations

import datetime as dt
import re

from vanban.rules.rule import Rule

_D = r"[0-9IlLOo|!\]ŠS§BZØ]"
_TWO = rf"{_D}\s?{_D}?"
_SLASH = rf"(?P<d1>{_TWO})\s?(?P<sep>[/.\-–])\s{{0,2}}(?P<m1>{_TWO})\s?(?P=sep)\s{{0,2}}(?P<y1>(?:19|20|2O|2Ø)\s?{_D}{{2}})(?![0-9](?!\.\s?[A-ZĐa-z]))"
_WORDS = (
    rf"(?P<d2>{_TWO})\s{{0,3}}th[áaàâ]ng\s{{0,3}}(?P<m2>{_TWO})[\s,]{{0,4}}n[ăaãâ]m\s{{0,3}}(?P<y2>(?:19|20|2O|2Ø)\s?{_D}{{2}})(?![0-9](?!\.\s?[A-ZĐa-z]))"
)
DATE = rf"(?:{_SLASH}|{_WORDS})"
DAY_WORD = r"(?:[Nn][Gg][àÀaAáÁảẢâÂ][yYvV]|[Nn]gà[yv])"

FULL_DATE = Rule(
    id="date.full",
    pattern=re.compile(DATE, re.IGNORECASE),
    matches=("05/8/2020", "12-5-2011", "03 tháng 4 năm 2023", "24 tháng L1 năm 2017", "16/ 12/2021", "4/01/2023", "28 tháng9 năm 2024", "20/1 1/2024"),
    rejects=("5/2020", "tháng 4 năm 2023", "12/2021/QĐ", "5/12/20201"),
)
_FIX = str.maketrans({"I": "1", "i": "1", "l": "1", "L": "1", "|": "1", "!": "1", "]": "1", "O": "0", "o": "0", "Ø": "0", "Š": "5", "S": "5", "s": "5", "š": "5", "§": "8", "B": "8", "b": "8", "Z": "2", "z": "2", " ": "", "\n": "", "\t": ""})


def day_of(match: re.Match[str]) -> dt.date | None:
    """The day of a match that holds ``DATE``; None when there is no such day."""
    pieces = (match["d1"], match["m1"], match["y1"]) if match["d1"] else (match["d2"], match["m2"], match["y2"])
    try:
        day, month, year = (int(piece.translate(_FIX)) for piece in pieces)
        return dt.date(year, month, day)
    except ValueError:
        return None
