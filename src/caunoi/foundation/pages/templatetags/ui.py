"""The component set. ``{% load ui %}``; README.md of this module shows a call of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from django import template
from django.core.paginator import Page
from django.db.models import Model
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import Context
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from caunoi.foundation.pages.queries import actor_of
from caunoi.foundation.pages.rules.due import Bound, Nearness, nearness
from caunoi.foundation.pages.rules.filters import ChipRow
from caunoi.foundation.pages.rules.formats import day as printed_day
from caunoi.foundation.pages.rules.formats import share
from caunoi.foundation.pages.rules.navigation import Words
from caunoi.foundation.pages.rules.panels import PANELS
from caunoi.foundation.pages.rules.shown import Crumb, FileRow, HistoryEntry, Tab
from caunoi.foundation.pages.rules.states import ICONS, State, Tone
from caunoi.foundation.pages.rules.tables import Column, Sort, with_labels

register = template.Library()
SPRITE = "vendor/tabler-icons/icons.svg"
ICON_NAMES = Path(__file__).resolve().parents[1] / "static/vendor/tabler-icons/icons.txt"
BUTTON_KINDS = {
    "primary": "btn-primary",
    "secondary": "btn-outline-secondary",
    "quiet": "btn-ghost",
    "danger": "btn-outline-danger",
}


def _component(template_name: str, /, **facts: object) -> SafeString:
    return SafeString(get_template(f"pages/components/{template_name}.html").render(facts).strip())


@lru_cache(maxsize=1)
def icon_names() -> frozenset[str]:
    """Return the names of the icons that are vendored (add one to icons.txt and run ``make vendor``)."""
    return frozenset(ICON_NAMES.read_text(encoding="ascii").split())


@register.simple_tag
def icon(name: str, label: Words = "", size: int = 20) -> SafeString:
    """Draw an icon; with a label it is read out, without it is decoration. Raises ValueError for one not vendored."""
    if name not in icon_names():
        raise ValueError(f"icon {name!r} is not vendored")
    spoken = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon" width="{}" height="{}" {}><use href="{}#{}"></use></svg>',
        size, size, spoken, static(SPRITE), name,
    )  # fmt: skip


# Page furniture ----------------------------------------------------------------------------------------------------


@register.simple_block_tag
def page_header(
    content: SafeString, title: Words, *, state: State | None = None, subtitle: Words = "", kicker: Words = ""
) -> SafeString:
    """Title line of a page with its state; the block holds the actions, the main one last."""
    return _component(
        "page_header", title=title, state=state, subtitle=subtitle, kicker=kicker, actions=SafeString(content.strip())
    )


@register.simple_tag
def breadcrumbs(crumbs: Iterable[Crumb]) -> SafeString:
    """The way to this page; the last crumb, without address, is the page."""
    return _component("breadcrumbs", crumbs=list(crumbs))


@register.simple_block_tag
def card(
    content: SafeString, title: Words = "", *, icon: str = "", count: int | None = None, url: str = "",
    url_label: Words = "", flush: bool = False, level: int = 2, anchor: str = "",
) -> SafeString:  # fmt: skip
    """A framed part of a page. ``flush`` lets tables and lists reach the frame; ``url`` is the link in its head."""
    return _component(
        "card", content=content, title=title, icon=icon, count=count, url=url, url_label=url_label, flush=flush,
        level=level, anchor=anchor,
    )  # fmt: skip


@register.simple_block_tag
def empty_state(content: SafeString, title: Words, text: Words = "", *, icon: str = "inbox") -> SafeString:
    """Says what a list is for and how to begin; the block holds the action."""
    return _component("empty_state", title=title, text=text, icon=icon, action=SafeString(content.strip()))


@register.simple_block_tag
def alert(content: SafeString, tone: Tone | str = Tone.INFO, title: Words = "") -> SafeString:
    """A notice that belongs to the page; tones as for states."""
    known = Tone(tone)
    return _component("alert", content=content, tone=known, title=title, icon=_ALERT_ICONS[known])


_ALERT_ICONS = {**ICONS, Tone.NEUTRAL: "info-circle", Tone.INFO: "info-circle", Tone.SOON: "alert-triangle"}


@register.simple_block_tag
def dialog(content: SafeString, anchor: str, title: Words) -> SafeString:
    """A dialog, opened by an element with ``data-opens="id"``; the block holds its text and its form with buttons."""
    return _component("dialog", content=content, anchor=anchor, title=title)


@register.simple_tag
def link_tabs(tabs: Iterable[Tab], label: Words = "") -> SafeString:
    """Parts of a record page, each with its own address."""
    return _component("link_tabs", tabs=list(tabs), label=label or gettext("Các phần của trang"))


@register.simple_tag(takes_context=True)
def record_panels(context: Context, kind: str, record: object) -> SafeString:
    """The panels that other modules add to this record page."""
    request: HttpRequest = context["request"]
    actor = actor_of(request)
    shown: list[SafeString] = []
    for panel in PANELS.open_to(kind, actor):
        facts = panel.context(record, actor)
        if facts is not None:
            body = get_template(panel.template).render({**facts, "panel": panel}, request)
            shown.append(
                _component("card", content=body, title=panel.title, level=2, flush=False, anchor=f"panel-{panel.key}")
            )
    return SafeString("".join(shown))


# Buttons -----------------------------------------------------------------------------------------------------------


@register.simple_tag
def link_button(url: str, label: Words, *, kind: str = "secondary", icon: str = "", small: bool = False) -> SafeString:
    """A link that looks like a button. Kinds: primary (one a page), secondary, quiet, danger."""
    return _component("link_button", url=url, label=label, look=BUTTON_KINDS[kind], icon=icon, small=small)


@register.simple_tag
def submit_button(
    label: Words, *, kind: str = "primary", icon: str = "", name: str = "", value: str = "", form: str = "",
    small: bool = False, confirm: Words = "", confirm_title: Words = "", shortcut: str = "",
) -> SafeString:  # fmt: skip
    """The button that sends the form it stands in (or the form with id ``form``). With ``confirm`` it asks first."""
    return _component(
        "submit_button", label=label, look=BUTTON_KINDS[kind], icon=icon, name=name, value=value, form=form,
        small=small, confirm=confirm, confirm_title=confirm_title, danger=kind == "danger", shortcut=shortcut,
    )  # fmt: skip


@register.simple_tag
def open_button(
    dialog: str, label: Words, *, kind: str = "secondary", icon: str = "", small: bool = False
) -> SafeString:
    """The button that opens the dialog with this id."""
    return _component("open_button", dialog=dialog, label=label, look=BUTTON_KINDS[kind], icon=icon, small=small)


@register.simple_tag(takes_context=True)
def post_button(
    context: Context, url: str, label: Words, *, kind: str = "secondary", icon: str = "", small: bool = False,
    confirm: Words = "", confirm_title: Words = "", shortcut: str = "", **fields: object,
) -> SafeString:  # fmt: skip
    """A button that does one thing: a form of its own with the token and the given hidden fields.

    ``confirm`` states the consequence and ``confirm_title`` names the object; both are asked before sending.
    """
    return _component(
        "post_button", url=url, label=label, look=BUTTON_KINDS[kind], icon=icon, small=small, confirm=confirm,
        confirm_title=confirm_title, danger=kind == "danger", shortcut=shortcut, fields=fields,
        token=get_token(context["request"]),
    )  # fmt: skip


# States, figures, facts --------------------------------------------------------------------------------------------


@register.simple_tag
def state_badge(state: State | Words, tone: Tone | str = Tone.NEUTRAL, icon: str = "") -> SafeString:
    """A state by word, icon and colour: ``{% state_badge state %}`` or ``{% state_badge "Đã gửi" "info" %}``."""
    shown = state if isinstance(state, State) else State(state, Tone(tone), icon)
    return _component("state_badge", state=shown)


@register.simple_tag
def due_badge(day: date | None, bound: Bound | str, today: date, done_on: date | None = None) -> SafeString:
    """How near a due day is, relative and absolute together: "còn 5 ngày (trước 10/12/2026)"."""
    if day is None:
        return state_badge(gettext("Chưa xác định ngày"), Tone.NEUTRAL, "calendar-question")
    near = nearness(day, bound, today, done_on)
    printed = printed_day(day)
    if Bound(bound) is Bound.STRICTLY_BEFORE:
        absolute = gettext("trước %(day)s") % {"day": printed}
    else:
        absolute = gettext("chậm nhất %(day)s") % {"day": printed}
    icon = "calendar" if near.tone is Tone.NEUTRAL else ICONS[near.tone]
    return _component("due_badge", near=near, relative=_relative(near), absolute=absolute, icon=icon)


def _relative(near: Nearness) -> str:
    days = abs(near.days_left)
    if near.done and near.days_left < 0:
        return ngettext("muộn %(days)s ngày", "muộn %(days)s ngày", days) % {"days": days}
    if near.done:
        return gettext("đúng hạn")
    if near.days_left < 0:
        return ngettext("quá hạn %(days)s ngày", "quá hạn %(days)s ngày", days) % {"days": days}
    if near.days_left == 0:
        return gettext("hôm nay là ngày cuối")
    return ngettext("còn %(days)s ngày", "còn %(days)s ngày", days) % {"days": days}


@register.simple_tag
def figure(
    value: str | int, label: Words, *, url: str = "", tone: Tone | str = "", note: Words = "", icon: str = ""
) -> SafeString:
    """One big number with its label; with an address it opens. ``note`` is a small line (coverage, comparison)."""
    return _component("figure", value=value, label=label, url=url, tone=tone, note=note, icon=icon)


@register.simple_tag
def progress(done: int, total: int, label: Words = "", *, tone: Tone | str = Tone.INFO) -> SafeString:
    """A bar with its numbers, "42/60"; nothing to do counts as finished."""
    percent = share(done, total)
    return _component("progress", done=done, total=total, percent=percent, label=label, tone=Tone(tone))


@register.simple_block_tag
def facts(content: SafeString, *, columns: int = 1) -> SafeString:
    """A list of facts; the block holds ``{% fact %}`` lines."""
    return format_html('<dl class="facts facts-{}">{}</dl>', columns, content)


@register.simple_tag
def fact(label: Words, value: object, *, url: str = "", note: Words = "") -> SafeString:
    """One fact; an empty value is shown as a dash."""
    return _component("fact", label=label, value=value, url=url, note=note)


@register.simple_block_tag
def fact_block(content: SafeString, label: Words) -> SafeString:
    """One fact whose value is markup of its own."""
    return _component("fact", label=label, value=content, url="", note="")


@register.simple_tag
def history(entries: Iterable[HistoryEntry], empty: Words = "") -> SafeString:
    """What happened, newest first as given: who, what, when, with notes."""
    shown = [(entry, entry.icon or ICONS[entry.tone]) for entry in entries]
    return _component("history", entries=shown, empty=empty or gettext("Chưa có hoạt động nào."))


@register.simple_tag
def file_list(files: Iterable[FileRow]) -> SafeString:
    """Files to open, with their sizes."""
    return _component("file_list", files=list(files))


# Lists -------------------------------------------------------------------------------------------------------------


@register.simple_block_tag(takes_context=True)
def data_table(
    context: Context, content: SafeString, columns: Sequence[Column], *, sort: Sort | None = None, caption: Words = "",
    anchor: str = "", keys: bool = True,
) -> SafeString:  # fmt: skip
    """A table: heads from ``columns`` (sortable through the address), rows (``<tr><td>…``) from the block.

    Each row's main link carries ``data-row-link`` (j/k move, Enter opens). On a phone rows become cards.
    """
    query = context["request"].GET if "request" in context else {}
    heads = [(column, *_head(column, sort, query)) for column in columns]
    labels = ["" if column.hidden_label else str(column.label) for column in columns]
    rows = SafeString(with_labels(content, labels))
    return _component("data_table", rows=rows, heads=heads, caption=caption, anchor=anchor, keys=keys)


def _head(column: Column, sort: Sort | None, query: object) -> tuple[str, str]:
    """Return the address that sorts by a column, and its present direction for ``aria-sort``."""
    if sort is None or not column.order_by:
        return "", ""
    current = sort.key == column.key
    descending = not sort.descending if current else column.descending_first
    value = f"-{column.key}" if descending else column.key
    copy = query.copy() if hasattr(query, "copy") else {}
    copy["sort"] = value
    copy.pop("page", None)
    address = "?" + (copy.urlencode() if hasattr(copy, "urlencode") else f"sort={value}")
    return address, ("descending" if sort.descending else "ascending") if current else "none"


@register.simple_tag
def filter_chips(row: ChipRow) -> SafeString:
    """One filter as chips that live in the address."""
    return _component("filter_chips", row=row)


@register.simple_tag(takes_context=True)
def search_box(context: Context, placeholder: Words = "", name: str = "q") -> SafeString:
    """The search field of a list; it keeps the filters of the address and goes back to the first page."""
    query = context["request"].GET
    kept = [(key, value) for key, value in query.items() if key not in (name, "page")]
    words = placeholder or gettext("Tìm trong danh sách")
    return _component("search_box", value=query.get(name, ""), kept=kept, placeholder=words, name=name)


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Model]) -> SafeString:
    """Which rows of how many, with the pages around this one; nothing where there are no rows."""
    if not page.paginator.count:
        return SafeString("")
    query = context["request"].GET.copy()
    links: list[tuple[str, str, bool]] = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        query["page"] = str(number)
        links.append((str(number), f"?{query.urlencode()}" if isinstance(number, int) else "", number == page.number))
    around = {}
    if page.has_previous():
        query["page"] = str(page.previous_page_number())
        around["before"] = f"?{query.urlencode()}"
    if page.has_next():
        query["page"] = str(page.next_page_number())
        around["after"] = f"?{query.urlencode()}"
    return _component("pagination", page=page, links=links, **around)


@register.simple_block_tag(takes_context=True)
def bulk_bar(context: Context, content: SafeString, anchor: str, *, url: str = "") -> SafeString:
    """The bar that appears when rows are ticked; the block holds its buttons, each with a name and a value."""
    return _component("bulk_bar", content=content, anchor=anchor, url=url, token=get_token(context["request"]))


@register.simple_tag
def row_tick(form: str, value: object, label: Words, *, name: str = "chosen") -> SafeString:
    """The box that ticks a row for the bulk bar with id ``form``; ``label`` names the row."""
    return _component("row_tick", form=form, value=value, label=label, name=name)


# Forms -------------------------------------------------------------------------------------------------------------


@register.simple_tag
def field(bound: BoundField, *, width: str = "", hint: Words = "") -> SafeString:
    """A form field with label, help and error. ``width``: "short" (a day, a number), "half", or all of the line."""
    facts = {"field": bound, "width": width, "hint": hint}
    return SafeString(bound.form.renderer.render("pages/forms/field.html", facts))


@register.simple_tag
def form_errors(form: BaseForm) -> SafeString:
    """The errors of a form in a list that jumps to the fields; nothing when there are none."""
    if not form.errors:
        return SafeString("")
    lines = [(form[name], error) for name, errors in form.errors.items() if name != "__all__" for error in errors]
    return _component("form_errors", lines=lines, general=form.non_field_errors())


@register.simple_block_tag
def form_actions(content: SafeString, *, sticky: bool = False) -> SafeString:
    """The buttons at the end of a form, the main one first; ``sticky`` keeps them in sight on a long form."""
    return format_html('<div class="form-actions{}">{}</div>', " form-actions-sticky" if sticky else "", content)


@register.simple_tag
def file_field(name: str, label: Words, *, accept: str = "") -> SafeString:
    """A labelled field for one file that is needed, in the words of the page and not of the browser."""
    return _component("file_field", name=name, label=label, accept=accept, required=True, id=name)


@register.simple_tag
def dropzone(
    name: str, label: Words, *, accept: str = "", multiple: bool = True, hint: Words = "", limit: int = 0
) -> SafeString:
    """Place to drop or choose files; stands inside a multipart form. ``limit`` in bytes of one file, 0 for none."""
    return _component(
        "dropzone", name=name, label=label, accept=accept, multiple=multiple, hint=hint, limit=limit, id=f"files-{name}"
    )


# Documents ---------------------------------------------------------------------------------------------------------


@register.simple_block_tag
def document_sheet(content: SafeString, *, landscape: bool = False, label: Words = "") -> SafeString:
    """A sheet of paper in the metrics of official documents; the classes of its parts are in README.md."""
    shown = label or gettext("Bản xem trước văn bản")
    return _component("document_sheet", content=content, landscape=landscape, label=shown)
