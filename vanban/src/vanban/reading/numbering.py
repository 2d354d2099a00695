"""Restores the markers that Word prints before list paragraphs and does not store (ECMA-376, 17.9)."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

# Private-use codes of the Symbol and Wingdings fonts, as the marks they print.
_SYMBOLS = {
    0xF0B7: "•",
    0xF0A7: "▪",
    0xF0D8: "➢",
    0xF0FC: "✓",
    0xF02D: "-",
    0xF0B0: "°",
    0xF0E0: "→",
    0xF0F0: "→",
    0xF02B: "+",
}
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LEVELS = 9
_HIGHEST = 3_999


@dataclass(frozen=True, slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)


def local(element: etree._Element) -> str:
    """The tag of ``element`` without its namespace: transitional and strict documents differ only there."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element | None, name: str) -> str | None:
    """The attribute ``name`` of ``element`` in whatever namespace."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along ``path`` of local names."""
    for name in path:
        if element is None:
            return None
        element = next((item for item in element if local(item) == name), None)
    return element


def symbol(letter: str) -> str:
    """A private-use code of a symbol font as the mark it prints; other letters unchanged."""
    code = ord(letter)
    if 0xE000 <= code <= 0xF8FF:
        return _SYMBOLS.get(code, "•")
    return letter


class Numbering:
    """The lists of one document, with their counters: ask for markers in the order of the paragraphs."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._shared: dict[str, _List] = {}
        if root is None:
            return
        abstract = {attribute(item, "abstractNumId") or "": item for item in root if local(item) == "abstractNum"}
        named = {
            attribute(child(item, "styleLink"), "val"): item
            for item in abstract.values()
            if child(item, "styleLink") is not None
        }
        for item in root:
            if local(item) == "num":
                self._add(item, abstract, named)

    def _add(
        self, number: etree._Element, abstract: dict[str, etree._Element], named: dict[str | None, etree._Element]
    ) -> None:
        key = attribute(child(number, "abstractNumId"), "val") or ""
        pattern = abstract.get(key)
        link = attribute(child(pattern, "numStyleLink"), "val")
        if link is not None:
            pattern = named.get(link, pattern)
        levels = _levels(pattern)
        overrides = {_whole(attribute(item, "ilvl"), 0): item for item in number if local(item) == "lvlOverride"}
        for index, override in overrides.items():
            levels[index] = _overridden(levels.get(index, _Level()), override)
        # Lists of one pattern count on together unless one of them starts anew.
        own = _List(levels) if overrides else self._shared.setdefault(key, _List(levels))
        self._lists[attribute(number, "numId") or ""] = own

    def marker(self, number_id: str, level: int) -> str:
        """The marker of the next paragraph of list ``number_id`` at ``level`` (from 0); empty when none is printed."""
        numbered = self._lists.get(number_id)
        if numbered is None or not 0 <= level < _LEVELS:
            return ""
        this = numbered.levels.get(level)
        if this is None:
            return ""
        counters = numbered.counters
        counters[level] = counters.get(level, this.start - 1) + 1
        for deeper in [index for index in counters if index > level]:
            if numbered.levels[deeper].restart != 0:
                del counters[deeper]
        return _printed(numbered, level)


def _levels(pattern: etree._Element | None) -> dict[int, _Level]:
    if pattern is None:
        return {}
    return {_whole(attribute(item, "ilvl"), 0): _level(item) for item in pattern if local(item) == "lvl"}


def _level(item: etree._Element) -> _Level:
    legal = child(item, "isLgl")
    restart = attribute(child(item, "lvlRestart"), "val")
    return _Level(
        format=attribute(child(item, "numFmt"), "val") or _alternate(item) or "decimal",
        text=attribute(child(item, "lvlText"), "val") or "",
        start=_whole(attribute(child(item, "start"), "val"), 1),
        legal=legal is not None and attribute(legal, "val") not in ("0", "false"),
        restart=_whole(restart, -1) if restart is not None else None,
    )


def _alternate(item: etree._Element) -> str | None:
    fallback = child(item, "AlternateContent", "Fallback", "numFmt")
    return attribute(fallback, "val")


def _overridden(level: _Level, override: etree._Element) -> _Level:
    own = child(override, "lvl")
    level = _level(own) if own is not None else level
    start = attribute(child(override, "startOverride"), "val")
    if start is None:
        return level
    return _Level(level.format, level.text, _whole(start, level.start), level.legal, level.restart)


def _printed(numbered: _List, level: int) -> str:
    this = numbered.levels[level]
    if this.format == "none" or not this.text:
        return ""
    if this.format == "bullet":
        return "".join(symbol(letter) for letter in this.text).strip()
    text = this.text
    for index in range(_LEVELS):
        if f"%{index + 1}" not in text:
            continue
        source = numbered.levels.get(index, _Level())
        count = numbered.counters.get(index, source.start)
        shape = "decimal" if this.legal and index < level else source.format
        text = text.replace(f"%{index + 1}", shape_number(count, shape))
    return text.strip()


def shape_number(count: int, shape: str) -> str:
    """``count`` in a number format of Word or HTML: decimal, upperRoman, lowerLetter …"""
    if shape == "decimalZero":
        return f"{count:02d}"
    if shape in ("upperRoman", "lowerRoman"):
        roman = _roman(count)
        return roman.upper() if shape == "upperRoman" else roman
    if shape in ("upperLetter", "lowerLetter") and 0 < count <= _HIGHEST:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if shape == "upperLetter" else letter
    return "" if shape in ("none", "bullet") else str(count)


def _roman(count: int) -> str:
    if not 0 < count <= _HIGHEST:
        return str(count)
    out = ""
    for value, letters in _ROMAN:
        while count >= value:
            out, count = out + letters, count - value
    return out


def _whole(text: str | None, default: int) -> int:
    try:
        return max(-1, min(int(text or ""), 1_000_000))
    except ValueError:
        return default
