"""Days as official documents print them: ``05/8/2020``, ``12.5.2011``, ``ngày 03 tháng 4 năm 2023``, and their scans.

Patterns read folded text: a scan loses the accents of "ngày", "tháng", "năm" sooner than anything else.
"""

from __future__ import annotations

import datetime as dt
import re

from vanban.rules.rule import Rule

_D = r"[0-9ilo|!\]s§bzø]"
_TWO = rf"{_D}\s?{_D}?"
_AFTER = r"(?![0-9](?!\.\s?[a-z]))"  # "12/20252. Sở …" of run-together text is 12/2025
_YEAR = rf"(?:19|20|2o|2ø)\s?{_D}{{2}}{_AFTER}"
_SLASH = (
    rf"(?P<d1>{_TWO})\s?(?P<sep>[/.\-–])\s{{0,2}}(?P<m1>{_TWO})\s?(?P=sep)\s{{0,2}}"
    rf"(?P<y1>{_YEAR}|[0-9]{{2}}(?![0-9/.]))"
)
_WORDS = rf"(?P<d2>{_TWO})\s{{0,3}}t[hb]an[gqø]\s{{0,3}}(?P<m2>{_TWO})[\s,]{{0,4}}n[ae]m\s{{0,3}}(?P<y2>{_YEAR})"
DATE = rf"(?:{_SLASH}|{_WORDS})"
DAY_WORD = r"n[gqøes]?a[yv]"

FULL_DATE = Rule(
    id="date.full",
    folded=True,
    pattern=re.compile(DATE),
    matches=(
        "05/8/2020",
        "12-5-2011",
        "06 tháng 5 năm 2024",
        "16 tháng L0 năm 2019",
        "16/ 12/2021",
        "4/01/2023",
        "28 thẵng9 nám 2024",
        "20/1 1/2024",
        "15/3/98",
    ),
    rejects=("5/2020", "tháng 4 năm 2023", "12/2021/QĐ", "5/12/20201"),
)
_ONES = dict.fromkeys("iIlL|!]", "1")
_OTHERS = {"o": "0", "O": "0", "ø": "0", "Ø": "0", "s": "5", "S": "5", "š": "5", "Š": "5", "$": "5", "b": "8", "B": "8"}
_FIX = str.maketrans({**_ONES, **_OTHERS, "§": "8", "z": "2", "Z": "2", " ": "", "\n": "", "\t": "", "\v": ""})


def day_of(match: re.Match[str], text: str) -> dt.date | None:
    """The day of a match of ``DATE`` in folded text; ``text`` is what was folded. None when there is no such day.

    Two figures of a year are of 1950-2049.
    """
    names = ("d1", "m1", "y1") if match["d1"] else ("d2", "m2", "y2")
    pieces = [text[match.start(name) : match.end(name)] for name in names]
    try:
        day, month, year = (int(piece.translate(_FIX)) for piece in pieces)
        if year < 100:
            year += 1900 if year >= 50 else 2000
        return dt.date(year, month, day)
    except ValueError:
        return None
