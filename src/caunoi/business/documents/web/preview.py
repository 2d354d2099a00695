"""A draft as a sheet of paper on the screen; the words of the fixed parts come from the library, as in the docx."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from vanban.writing import wording
from vanban.writing.draft import (
    Align,
    Annex,
    Cell,
    Draft,
    Item,
    Level,
    Node,
    Paragraph,
    Picture,
    Run,
    Section,
    TableNode,
)

_CENTRED = (Level.PART, Level.CHAPTER, Level.DIVISION)
_ALIGN = {Align.CENTRE: " is-centred", Align.RIGHT: " is-right", Align.LEFT: " is-left", Align.JUSTIFY: ""}


def sheet_parts(draft: Draft) -> SafeString:
    """Return head, body and foot of a draft as markup for ``document_sheet``."""
    body = wording.numbered(draft.body)
    body = wording.closed(body) if draft.close_body else body
    return _joined([_head(draft), *_opening(draft), *_nodes(body), _foot(draft)])


def annex_parts(draft: Draft) -> list[tuple[SafeString, bool]]:
    """Return each annex as markup, and whether its page lies on its side."""
    count = len(draft.annexes)
    return [
        (_annex(draft, one, at, count), one.orientation.value == "landscape") for at, one in enumerate(draft.annexes)
    ]


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return SafeString("".join(parts))


def _head(draft: Draft) -> SafeString:
    superior = format_html('<p class="sheet-superior">{}</p>', draft.superior) if draft.superior else ""
    letter = format_html('<p class="sheet-number">{}</p>', wording.subject_line(draft)) if draft.is_letter else ""
    urgency = format_html('<p class="sheet-urgency">{}</p>', draft.urgency.value) if draft.urgency else ""
    return format_html(
        '<div class="sheet-head"><div>{}<p class="sheet-issuer">{}</p><div class="sheet-rule"></div>'
        '<p class="sheet-number">{}</p>{}{}</div><div><p class="sheet-motto-country">{}</p>'
        '<p class="sheet-motto">{}</p>'
        '<div class="sheet-rule sheet-rule-long"></div><p class="sheet-date">{}</p></div></div>',
        superior, draft.issuer, wording.number_line(draft), letter, urgency, wording.NATIONAL_TITLE, wording.MOTTO,
        wording.date_line(draft),
    )  # fmt: skip


def _opening(draft: Draft) -> Iterator[SafeString]:
    """Type and subject, addressees, who decides, legal bases."""
    if not draft.is_letter:
        yield format_html('<p class="sheet-type">{}</p><p class="sheet-subject">{}</p>', draft.doc_type, draft.title)
        yield SafeString('<div class="sheet-rule sheet-rule-short"></div>')
    if draft.addressees:
        lines = wording.addressee_lines(draft.addressees)
        if len(lines) == 1:
            yield format_html('<p class="sheet-addressees">Kính gửi: {}</p>', lines[0])
        else:
            rows = format_html_join("", "<p>{}</p>", ((line,) for line in lines))
            yield format_html('<div class="sheet-addressees"><p>Kính gửi:</p>{}</div>', rows)
    if draft.authority:
        yield format_html('<p class="sheet-type">{}</p>', draft.authority)
    for base in wording.base_lines(draft.bases):
        yield format_html('<p class="sheet-para"><em>{}</em></p>', base)
    if enacting := wording.enacting_words(draft):
        yield format_html('<p class="sheet-type">{}</p>', enacting)


def _nodes(nodes: tuple[Node, ...]) -> Iterator[SafeString]:
    for node in nodes:
        if isinstance(node, Section):
            yield from _section(node)
        elif isinstance(node, Item):
            yield from _item(node)
        elif isinstance(node, Paragraph):
            yield _paragraph(node)
        elif isinstance(node, TableNode):
            yield _table(node)
        else:
            yield _picture(node)


def _section(section: Section) -> Iterator[SafeString]:
    marker, children = wording.marker_words(section), section.children
    if section.level in _CENTRED:
        yield format_html('<p class="sheet-type">{}</p><p class="sheet-type">{}</p>', marker, section.title)
    elif section.title:
        look = "sheet-heading"
        look += " is-capital" if section.level is Level.ROMAN else ""
        look += " is-italic" if section.level is Level.SUBCLAUSE else ""
        look = "sheet-para" if section.level is Level.POINT else look
        yield format_html('<p class="{}">{} {}</p>', look, marker, section.title)
    elif children and isinstance(children[0], Paragraph):
        yield _paragraph(children[0], Run(f"{marker} ", bold=section.level is Level.ARTICLE))
        children = children[1:]
    else:
        yield format_html('<p class="sheet-heading">{}</p>', marker)
    yield from _nodes(children)


def _item(item: Item) -> Iterator[SafeString]:
    yield _paragraph(item.content, Run(f"{item.mark} "))
    for child in item.children:
        yield from _item(child)


def _paragraph(paragraph: Paragraph, before: Run | None = None) -> SafeString:
    runs = paragraph.runs if before is None else (before, *paragraph.runs)
    return format_html('<p class="sheet-para{}">{}</p>', _ALIGN[paragraph.align], _joined(_run(run) for run in runs))


def _run(run: Run) -> SafeString:
    text = format_html("{}", run.text)
    text = format_html("<strong>{}</strong>", text) if run.bold else text
    return format_html("<em>{}</em>", text) if run.italic else text


def _table(node: TableNode) -> SafeString:
    caption = format_html('<p class="sheet-subject">{}</p>', node.caption) if node.caption else ""
    unit = format_html('<p class="sheet-unit">{}</p>', node.unit) if node.unit else ""
    head = _joined(_cells(row, node, heading=True) for row in node.header)
    rows = _joined(_cells(row, node, heading=False) for row in node.rows)
    return format_html(
        '{}{}<div class="sheet-table"><table><thead>{}</thead><tbody>{}</tbody></table></div>',
        caption,
        unit,
        head,
        rows,
    )


def _cells(row: tuple[Cell, ...], node: TableNode, *, heading: bool) -> SafeString:
    cells = []
    for at, cell in enumerate(row):
        own = node.columns[at].align if at < len(node.columns) else Align.LEFT
        align = cell.align or (Align.CENTRE if heading else own)
        look = (_ALIGN[align] + (" is-bold" if cell.bold else "") + (" is-italic" if cell.italic else "")).strip()
        tag = SafeString("th" if heading else "td")
        spans = format_html(' colspan="{}" rowspan="{}"', cell.columns, cell.rows)
        cells.append(format_html('<{}{} class="{}">{}</{}>', tag, spans, look, cell.text, tag))
    return format_html("<tr>{}</tr>", _joined(cells))


def _picture(node: Picture) -> SafeString:
    source = "data:image/png;base64," + base64.b64encode(node.png).decode("ascii")
    caption = format_html("<figcaption>{}</figcaption>", node.caption) if node.caption else ""
    return format_html('<figure class="sheet-picture"><img src="{}" alt="{}">{}</figure>', source, node.alt, caption)


def _foot(draft: Draft) -> SafeString:
    lines = format_html_join("", "<p>{}</p>", ((line,) for line in wording.recipient_lines(draft)))
    signs = format_html_join("", "<p>{}</p>", ((line,) for line in wording.sign_lines(draft.signing)))
    return format_html(
        '<div class="sheet-foot"><div class="sheet-recipients"><p><b>Nơi nhận:</b></p>{}</div>'
        '<div class="sheet-signature">{}<div class="sheet-space"></div><p>{}</p></div></div>',
        lines, signs, draft.signer or "",
    )  # fmt: skip


def _annex(draft: Draft, annex: Annex, at: int, count: int) -> SafeString:
    note = wording.annex_note(draft, annex)
    shown = format_html('<p class="sheet-addressees"><em>{}</em></p>', note) if note else ""
    head = format_html(
        '<p class="sheet-type">{}</p><p class="sheet-type">{}</p>{}',
        wording.annex_heading(at, count),
        annex.title,
        shown,
    )
    return _joined([head, *_nodes(wording.numbered(annex.body))])
