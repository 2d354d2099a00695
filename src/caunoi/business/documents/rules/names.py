"""Names of bodies, which heads of documents print in capitals, as they stand in a register."""

from __future__ import annotations

from typing import Final

_COMMITTEES: Final = ("ủy ban nhân dân", "uỷ ban nhân dân", "hội đồng nhân dân")
_PLACES: Final = frozenset(("tỉnh", "huyện", "xã", "phường", "quận", "đặc", "khu", "thị", "trấn"))


def in_register(name: str) -> str:
    """Return a name printed in capitals the way NĐ 30/2020/NĐ-CP, Phụ lục II writes it, where that can be known.

    That is so for people's committees and councils: common words small, the name of the place with capitals. Other
    names in capitals stay as printed: their fields of work cannot be told from common words without a list.
    """
    if not name.isupper():
        return name
    lowered = name.lower()
    for body in _COMMITTEES:
        if lowered.startswith(f"{body} "):
            rest = [word if word in _PLACES else word.capitalize() for word in lowered[len(body) :].split()]
            return f"{body.capitalize()} {' '.join(_city(rest))}"
    return name


def _city(words: list[str]) -> list[str]:
    """Keep "thành phố" small, but not in "Thành phố Hồ Chí Minh"."""
    if words[:2] != ["Thành", "Phố"]:
        return words
    return ["Thành" if words[2:] == ["Hồ", "Chí", "Minh"] else "thành", "phố", *words[2:]]
