"""The few properties of Word styles and runs that change what is read: lists, hidden text, capitals, legacy fonts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from vanban.reading.encodings import from_tcvn3, from_vni
from vanban.reading.numbering import attribute, child, local

_CHAIN = 20
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Looks:
    """What a style or a run says; ``None`` = says nothing, the style below decides."""

    bold: bool | None = None
    italic: bool | None = None
    capitals: bool | None = None
    hidden: bool | None = None
    font: str | None = None
    centred: bool | None = None
    list_id: str | None = None
    list_level: int | None = None

    def over(self, below: Looks) -> Looks:
        """These properties where they say something, else those of ``below``."""
        return Looks(
            bold=below.bold if self.bold is None else self.bold,
            italic=below.italic if self.italic is None else self.italic,
            capitals=below.capitals if self.capitals is None else self.capitals,
            hidden=below.hidden if self.hidden is None else self.hidden,
            font=self.font or below.font,
            centred=below.centred if self.centred is None else self.centred,
            list_id=self.list_id or below.list_id,
            list_level=below.list_level if self.list_level is None else self.list_level,
        )


class Styles:
    """The styles of one document, each resolved along its chain of bases."""

    def __init__(self, root: etree._Element | None) -> None:
        self._own: dict[str, tuple[Looks, str | None]] = {}
        self._resolved: dict[str, Looks] = {}
        self.default = Looks()
        if root is None:
            return
        run = child(root, "docDefaults", "rPrDefault", "rPr")
        base = run_looks(run)
        for item in root:
            if local(item) != "style":
                continue
            key = attribute(item, "styleId") or ""
            looks = paragraph_looks(child(item, "pPr"), run_looks(child(item, "rPr")))
            self._own[key] = (looks, attribute(child(item, "basedOn"), "val"))
            if attribute(item, "type") == "paragraph" and attribute(item, "default") not in (None, *_OFF):
                self.default = looks.over(base)

    def get(self, key: str | None) -> Looks:
        """The properties of style ``key``, those of its bases included."""
        if key is None:
            return Looks()
        if key not in self._resolved:
            looks, base, steps = Looks(), key, 0
            while base in self._own and steps < _CHAIN:
                own, below = self._own[base]
                looks, base, steps = looks.over(own), below or "", steps + 1
            self._resolved[key] = looks
        return self._resolved[key]


def run_looks(properties: etree._Element | None) -> Looks:
    """What an ``rPr`` says."""
    if properties is None:
        return Looks()
    found: dict[str, bool | None] = {"b": None, "i": None, "caps": None, "vanish": None}
    font: str | None = None
    for item in properties:
        name = local(item)
        if name in found:
            found[name] = attribute(item, "val") not in _OFF
        elif name == "rFonts":
            font = attribute(item, "ascii") or attribute(item, "hAnsi")
    return Looks(found["b"], found["i"], found["caps"], found["vanish"], font)


def paragraph_looks(properties: etree._Element | None, run: Looks) -> Looks:
    """What a ``pPr`` says, on top of ``run``."""
    if properties is None:
        return run
    side = attribute(child(properties, "jc"), "val")
    numbers = child(properties, "numPr")
    level = attribute(child(numbers, "ilvl"), "val")
    return replace(
        run,
        centred=None if side is None else side == "center",
        list_id=attribute(child(numbers, "numId"), "val"),
        list_level=int(level) if level is not None and level.isdigit() and len(level) < 3 else None,
    )


def as_printed(text: str, looks: Looks) -> str:
    """``text`` of one run as its font prints it: legacy fonts in Unicode, small letters set as capitals in capitals."""
    font = looks.font or ""
    if font.startswith(".Vn"):
        text = from_tcvn3(text)
        text = text.upper() if font.endswith("H") else text
    elif font.upper().startswith("VNI-"):
        text = from_vni(text)
    return text.upper() if looks.capitals else text
