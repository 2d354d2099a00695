"""Tags of documents: states, the laid-out text, the paper preview of a draft."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from caunoi.business.documents.models import Clause, Document, Obligation
from caunoi.business.documents.models.obligation import ObligationKind
from caunoi.business.documents.rules.actions import actions, target_address
from caunoi.business.documents.web.original import TextRow
from caunoi.business.documents.web.preview import annex_parts, sheet_parts
from caunoi.business.documents.web.states import state_of
from vanban.writing.draft import Draft

register = template.Library()


@register.simple_tag
def document_state(document: Document) -> SafeString:
    """The state of a document by word, icon and colour."""
    return SafeString(get_template("pages/components/state_badge.html").render({"state": state_of(document.state)}))


@register.simple_tag
def obligation_kind(row: Obligation) -> str:
    """What a duty is, in a word."""
    words = {
        ObligationKind.TASK.value: gettext("Nhiệm vụ"),
        ObligationKind.REPORT.value: gettext("Báo cáo"),
        ObligationKind.STATISTICS.value: gettext("Thống kê"),
    }
    return words[row.kind]


@register.simple_tag
def outline_marker(clause: Clause) -> str:
    """The marker of a node with the closing mark that print gives it."""
    if clause.kind == "point":
        return f"{clause.marker})"
    return clause.marker if clause.kind == "item" else f"{clause.marker}."


@register.simple_tag
def obligation_actions(row: Obligation, may_hand_on: bool) -> SafeString:
    """The buttons of higher modules beside an open duty; beside one handed on, the way to what it became."""
    button = get_template("pages/components/link_button.html")
    facts = {"look": "btn-outline-secondary", "icon": "arrow-right", "small": True}
    if row.handed_on_id is not None:
        address = target_address(row.handed_on_kind, row.handed_on_id)
        shown = [{**facts, "url": address, "label": gettext("Mở")}] if address else []
    elif may_hand_on:
        shown = [{**facts, "url": one.address(row.public_id), "label": one.label} for one in actions()]
    else:
        shown = []
    return SafeString("".join(button.render(one) for one in shown))


@register.simple_tag
def laid_out(rows: Sequence[TextRow]) -> SafeString:
    """The text of a document as it stands on paper; rows of one table are put together."""
    parts: list[SafeString] = []
    table: list[TextRow] = []
    for row in rows:
        if row.kind == "table":
            table.append(row)
            continue
        parts.extend(_table(table))
        table = []
        parts.append(_row(row))
    parts.extend(_table(table))
    return SafeString("".join(parts))


def _row(row: TextRow) -> SafeString:
    if row.kind in ("head", "foot"):
        left, right = row.cells
        return format_html('<div class="laid-{}"><div>{}</div><div>{}</div></div>', row.kind, left, right)
    return format_html('<p class="laid-para {}">{}</p>', row.look, row.cells[0])


def _table(rows: list[TextRow]) -> list[SafeString]:
    if not rows:
        return []
    lines = format_html_join(
        "", "<tr>{}</tr>", ((format_html_join("", "<td>{}</td>", ((cell,) for cell in row.cells)),) for row in rows)
    )
    return [format_html("<table><tbody>{}</tbody></table>", lines)]


@register.simple_tag
def draft_sheets(draft: Draft) -> SafeString:
    """A draft as sheets of paper: the document, then each annex."""
    sheet = get_template("pages/components/document_sheet.html")
    label = gettext("Bản xem trước văn bản")
    shown = [(sheet_parts(draft), False), *annex_parts(draft)]
    return SafeString(
        "".join(sheet.render({"content": part, "landscape": wide, "label": label}) for part, wide in shown)
    )
