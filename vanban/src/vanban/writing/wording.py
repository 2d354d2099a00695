"""The printed words of the fixed parts of a document: number line, date line, bases, recipients, outline marks.

Pure: Draft in, strings out. The sources are Điều 8 and Phụ lục I of NĐ 30/2020/NĐ-CP.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from vanban.writing.draft import (
    DECISION,
    Annex,
    Draft,
    IssueDate,
    Item,
    Level,
    Node,
    Paragraph,
    Run,
    Section,
    SentTo,
    SignLine,
)

NATIONAL_TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
BLANK = "\u00a0" * 5
"""Room left for a hand-written number or day; no-break spaces keep their width."""
POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The Vietnamese alphabet as used for points (Phụ lục I, mục II.6)."""
END = "./."
_NESTED = (Level.SUBCLAUSE,)
_ROMAN_LEVELS = (Level.PART, Level.CHAPTER, Level.ROMAN)
_DOCUMENT_WIDE = (Level.ARTICLE,)


def padded(number: str) -> str:
    """A number under ten with its leading zero; other numbers as they are."""
    return f"0{number}" if len(number) == 1 and number.isdigit() else number


def number_line(draft: Draft) -> str:
    """ "Số: 05/KH-SGDĐT", with room before the slash when there is no number yet."""
    return f"Số: {padded(draft.number) if draft.number else BLANK}/{draft.symbol}"


def day_words(issued: IssueDate) -> str:
    """ "ngày 05 tháng 01 năm 2026": a zero before days under 10 and before months 1 and 2 only (Phụ lục I)."""
    day = f"{issued.day:02d}" if issued.day else BLANK
    month = (f"{issued.month:02d}" if issued.month < 3 else str(issued.month)) if issued.month else BLANK
    year = str(issued.year) if issued.year else BLANK
    return f"ngày {day} tháng {month} năm {year}"


def date_line(draft: Draft) -> str:
    """Place and date: "Hải Phòng, ngày 05 tháng 01 năm 2026"."""
    return f"{draft.place}, {day_words(draft.issued)}"


def subject_line(draft: Draft) -> str:
    """ "V/v …" of a dispatch."""
    return draft.title if draft.title.casefold().startswith("v/v") else f"V/v {draft.title}"


def bare(text: str) -> str:
    """``text`` without closing ";", "." or "," but with a closing "..." or "…" kept."""
    text = text.strip()
    if text.endswith(("...", "…")):
        return text
    return text.rstrip(" ;.,")


def base_lines(bases: tuple[str, ...]) -> tuple[str, ...]:
    """Legal bases: each ends in ";", the last in "."."""
    return tuple(_listed(bases, ""))


def addressee_lines(addressees: tuple[str, ...]) -> tuple[str, ...]:
    """Lines under "Kính gửi:": one name bare, several each behind a dash."""
    if len(addressees) == 1:
        return (f"{bare(addressees[0])}.",)
    return tuple(_listed(addressees, "- "))


def recipient_lines(draft: Draft) -> tuple[str, ...]:
    """Lines under "Nơi nhận:", the archive line last; whatever has "Kính gửi" begins with "Như trên"."""
    names = [_sent_to(one) for one in draft.recipients]
    if draft.addressees and not any(name.casefold().startswith(("như trên", "như kính gửi")) for name in names):
        names.insert(0, "Như trên")
    lines = [f"- {bare(name)};" for name in names]
    return (*lines, f"- Lưu: {_archive(draft.archive)}.")


def sign_lines(signing: tuple[SignLine, ...]) -> tuple[str, ...]:
    """Lines above the signature, in capitals."""
    return tuple(f"{line.form} {line.title}".upper() if line.form else line.title.upper() for line in signing)


def enacting_words(draft: Draft) -> str | None:
    """ "QUYẾT ĐỊNH:" for a decision unless the draft says otherwise."""
    if draft.enacting is not None:
        return draft.enacting or None
    return "QUYẾT ĐỊNH:" if draft.doc_type == DECISION else None


def annex_heading(place: int, count: int) -> str:
    """ "Phụ lục" alone, "Phụ lục I", "Phụ lục II" … when there are several."""
    return "Phụ lục" if count == 1 else f"Phụ lục {roman(place + 1)}"


def annex_note(draft: Draft, annex: Annex) -> str | None:
    """ "(Kèm theo Kế hoạch số 05/KH-SGDĐT ngày … của …)"; ``None`` when the draft asks for none."""
    if annex.note is not None:
        return annex.note or None
    number = padded(draft.number) if draft.number else BLANK
    return f"(Kèm theo {draft.doc_type} số {number}/{draft.symbol} {day_words(draft.issued)} của {draft.issuer})"


def roman(number: int) -> str:
    """Roman numeral of 1 … 3999."""
    out = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        while number >= value:
            out, number = out + sign, number - value
    return out


def marker_words(section: Section) -> str:
    """The marker with its word and closing punctuation: "Điều 1.", "I.", "a)"."""
    words = {Level.PART: "Phần ", Level.CHAPTER: "Chương ", Level.DIVISION: "Mục ", Level.ARTICLE: "Điều "}
    closing = {Level.PART: "", Level.CHAPTER: "", Level.DIVISION: "", Level.POINT: ")"}
    return f"{words.get(section.level, '')}{section.marker}{closing.get(section.level, '.')}"


def numbered(body: tuple[Node, ...]) -> tuple[Node, ...]:
    """``body`` with every empty marker filled in; articles run on through chapters, other levels start anew."""
    return _numbered(body, "", dict.fromkeys(_DOCUMENT_WIDE, 0))


def closed(body: tuple[Node, ...]) -> tuple[Node, ...]:
    """``body`` ending in "./."; after a table or picture the mark takes a paragraph of its own."""
    if not body:
        return body
    last = body[-1]
    if isinstance(last, Section):
        if last.children:
            return (*body[:-1], replace(last, children=closed(last.children)))
        return (*body[:-1], replace(last, title=_ended(last.title)))
    if isinstance(last, Item):
        return (*body[:-1], _closed_item(last))
    if isinstance(last, Paragraph):
        return (*body[:-1], _closed_paragraph(last))
    return (*body, Paragraph((Run(END),)))


def _closed_item(last: Item) -> Item:
    if last.children:
        return replace(last, children=(*last.children[:-1], _closed_item(last.children[-1])))
    return replace(last, content=_closed_paragraph(last.content))


def _closed_paragraph(last: Paragraph) -> Paragraph:
    if not last.runs:
        return replace(last, runs=(Run(END),))
    return replace(last, runs=(*last.runs[:-1], replace(last.runs[-1], text=_ended(last.runs[-1].text))))


def _ended(text: str) -> str:
    text = text.rstrip()
    return text if text.endswith(END) else f"{bare(text)}{END}"


def _numbered(body: tuple[Node, ...], path: str, running: dict[Level, int]) -> tuple[Node, ...]:
    counts: dict[Level, int] = {}
    out: list[Node] = []
    for node in body:
        if not isinstance(node, Section):
            out.append(node)
            continue
        counter = running if node.level in _DOCUMENT_WIDE else counts
        counter[node.level] = counter.get(node.level, 0) + 1
        marker = node.marker or _marker(node.level, counter[node.level], path)
        out.append(replace(node, marker=marker, children=_numbered(node.children, marker, running)))
    return tuple(out)


def _marker(level: Level, count: int, path: str) -> str:
    if level in _ROMAN_LEVELS:
        return roman(count)
    if level is Level.POINT:
        return POINT_LETTERS[count - 1] if count <= len(POINT_LETTERS) else str(count)
    return f"{path}.{count}" if level in _NESTED and path else str(count)


def _listed(texts: Iterable[str], before: str) -> list[str]:
    lines = [f"{before}{bare(text)};" for text in texts]
    return [*lines[:-1], f"{lines[-1][:-1]}."] if lines else []


def _sent_to(one: SentTo) -> str:
    return f"{bare(one.name)} ({one.purpose})" if one.purpose else bare(one.name)


def _archive(text: str) -> str:
    text = text.strip().removeprefix("- ").removeprefix("Lưu:").strip()
    return text.rstrip(" ;.")
