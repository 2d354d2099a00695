"""A report made from those of the units below: a preview of what they sent, and what a version was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from caunoi.business.reporting.access import (
    OWN_WORK,
    Permission,
    ReportingNotFound,
    is_own,
    report_by_public_id,
    require_writing,
    versions_of,
)
from caunoi.business.reporting.models import BranchTaken, ExpectedReporter, Submission
from caunoi.business.reporting.operations.branch import filled, take_from_below
from caunoi.business.reporting.operations.submissions import open_version
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.queries.answers import made_for
from caunoi.business.reporting.queries.branch import Gathered, gathered, held_elsewhere, sources_for
from caunoi.business.reporting.queries.parts import parts_in
from caunoi.business.reporting.queries.taken import counted_versions, taken_by
from caunoi.business.reporting.rules.branch import How, Summed
from caunoi.business.reporting.rules.cells import pack, unpack
from caunoi.business.reporting.rules.form import Form, Section
from caunoi.business.reporting.web.entry import label_of_field, read_form
from caunoi.business.reporting.web.requests import attempt, permitted
from caunoi.foundation.pages.public import Column, Crumb
from caunoi.kernel import clock
from caunoi.kernel.measure import Measure, MeasureState

OFFERED = [
    Column("place", gettext_lazy("Ô"), width="wide"),
    Column("typed", gettext_lazy("Đang có"), numeric=True),
    Column("taken", gettext_lazy("Đơn vị trực thuộc"), numeric=True),
    Column("how", gettext_lazy("Đưa vào báo cáo")),
]
TAKEN = [
    Column("place", gettext_lazy("Ô"), width="wide"),
    Column("taken", gettext_lazy("Đơn vị trực thuộc"), numeric=True),
    Column("now", gettext_lazy("Trong báo cáo"), numeric=True),
]
BEHIND = [
    Column("unit", gettext_lazy("Đơn vị"), width="wide"),
    Column("amount", gettext_lazy("Số liệu"), numeric=True),
]
CELL, SECTION, PLACE = "how-cell:", "how-section:", "place:"


@dataclass(frozen=True, slots=True)
class OfferedFigure:
    """One cell of the preview: what stands there, what the units below have, what can be done."""

    name: str
    label: str
    typed: Measure
    figure: Summed
    how: How
    added: Measure | None
    """What adding would give; ``None`` where nothing was typed."""


@dataclass(frozen=True, slots=True)
class OfferedWords:
    """One section of the preview."""

    name: str
    heading: str
    typed: str
    text: str
    how: How


@login_required
@require_http_methods(["GET", "POST"])
def branch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show what the units below sent for the form of one's report; POST takes what was chosen."""
    by = permitted(request, *OWN_WORK, Permission.COLLECT)
    reporter = report_by_public_id(public_id, by)
    require_writing(reporter, by, *OWN_WORK)
    sources = sources_for(reporter, by)
    asked = request.GET.get("tu", "")
    source = next((s for s in sources if s.key == asked), sources[0] if sources else None)
    if source is None:
        raise ReportingNotFound("reporting.no_branch_source", unit=reporter.name)
    form = form_of(reporter.campaign.regime)
    if request.method == "POST":
        posted, filled = request.POST.dict(), list[int]()
        placed = {name.removeprefix(PLACE): code for name, code in posted.items() if name.startswith(PLACE) and code}
        step = lambda: filled.append(  # noqa: E731
            take_from_below(
                reporter=reporter, source=source.campaign, made=source.made, placed=placed,
                cells=_chosen(posted, CELL), sections=_with_placed(_chosen(posted, SECTION), placed, reporter),
                seen=posted.get("seen", ""), base=read_form(form, posted).base, by=by, at=clock.now(),
            )
        )  # fmt: skip
        if attempt(request, step):
            words = ngettext("Đã đưa %(count)s chỗ vào bản nháp.", "Đã đưa %(count)s chỗ vào bản nháp.", filled[0])
            attempt(request, lambda: None, words % {"count": filled[0]})
            return redirect("reporting:entry", public_id=public_id)
    have, draft = gathered(reporter, source), open_version(reporter)
    context = {
        "reporter": reporter, "campaign": reporter.campaign, "sources": sources, "source": source, "have": have,
        "figures": _figures(form, have, reporter, draft), "words": _words(form, have, reporter, draft),
        "columns": OFFERED, "homeless": _homeless(have), "homeless_cells": _homeless_cells(have), "form": form,
        "unfilled": _unfilled(form, have), "held": held_elsewhere(reporter, have, by),
        "number": draft.version if draft else reporter.versions + 1, "revision": draft.revision if draft else 0,
        "crumbs": _crumbs(reporter, _("Báo cáo của đơn vị trực thuộc")),
    }  # fmt: skip
    return render(request, "reporting/branch.html", context)


def _crumbs(reporter: ExpectedReporter, last: str) -> list[Crumb]:
    address = reverse("reporting:entry", args=[reporter.public_id])
    return [
        Crumb(_("Báo cáo của đơn vị"), reverse("reporting:mine")), Crumb(reporter.campaign.name, address), Crumb(last),
    ]  # fmt: skip


def _chosen(posted: Mapping[str, str], lead: str) -> dict[str, How]:
    known = {how.value: how for how in How}
    chosen = {name.removeprefix(lead): known.get(text) for name, text in posted.items() if name.startswith(lead)}
    return {place: how for place, how in chosen.items() if how is not None}


def _with_placed(sections: dict[str, How], placed: Mapping[str, str], reporter: ExpectedReporter) -> dict[str, How]:
    """Let the sections be filled that were given words which have no section of their own; what was typed stays."""
    draft = open_version(reporter)
    typed, taken = (draft.narrative, _taken_words(reporter, draft)) if draft is not None else ({}, {})
    for code in placed.values():
        if sections.get(code, How.KEEP) is How.KEEP:
            own = typed.get(code, "")
            sections[code] = How.ADD if own.strip() and own != taken.get(code) else How.REPLACE
    return sections


def _taken_words(reporter: ExpectedReporter, draft: Submission | None) -> dict[str, str]:
    before = taken_by(reporter.pk, draft.version) if draft is not None else None
    return {code: row[1] for code, row in before.sections.items()} if before is not None else {}


def _homeless(have: Gathered) -> list[tuple[Section, str]]:
    """Return the sections of a consolidated report that no heading of the report above answers to, with their words."""
    if have.placing is None:
        return []
    codes = have.placing.homeless_sections
    sections = form_of(have.source.campaign.regime).sections
    return [(each, have.told[each.code]) for each in sections if each.code in codes and have.told.get(each.code)]


def _homeless_cells(have: Gathered) -> list[str]:
    """Return the figures of a consolidated report that the form above does not ask for."""
    if have.placing is None:
        return []
    here = form_of(have.source.campaign.regime)
    return [label_of_field(here, f"cell:{key}") for key in have.placing.homeless_cells]


def _unfilled(form: Form, have: Gathered) -> list[str]:
    """Return the cells of the report above that a consolidated report has nothing for."""
    if have.placing is None:
        return []
    empty = [key for key in form.typed_cells() if have.figures[key].measure.state is MeasureState.MISSING]
    return [label_of_field(form, f"cell:{key}") for key in empty]


def _figures(form: Form, have: Gathered, reporter: ExpectedReporter, draft: Submission | None) -> list[OfferedFigure]:
    """Return the cells for which there is something; what was typed is kept unless the person says otherwise."""
    typed, inside = draft.cells if draft is not None else {}, parts_in(draft)
    before = taken_by(reporter.pk, draft.version) if draft is not None else None
    taken = before.cells if before is not None else {}
    made = []
    for key in form.typed_cells():
        figure, text = have.figures[key], typed.get(key)
        if figure.measure.state is MeasureState.MISSING:
            continue
        is_free = text is None or text == pack(figure.measure) or (key in taken and taken[key][1] == text)
        is_number = unpack(text).number is not None and figure.measure.number is not None
        added = filled(key, text, have, How.ADD, inside) if is_number else None
        how = How.REPLACE if is_free else How.KEEP
        made.append(OfferedFigure(CELL + key, label_of_field(form, f"cell:{key}"), unpack(text), figure, how, added))
    return made


def _words(form: Form, have: Gathered, reporter: ExpectedReporter, draft: Submission | None) -> list[OfferedWords]:
    typed = draft.narrative if draft is not None else {}
    taken = _taken_words(reporter, draft)
    made = []
    for section in form.sections:
        text, own = have.words.get(section.code, ""), typed.get(section.code, "")
        if text:
            how = How.REPLACE if not own.strip() or own in (text, taken.get(section.code)) else How.KEEP
            made.append(OfferedWords(SECTION + section.code, section.heading, own, text, how))
    return made


@dataclass(frozen=True, slots=True)
class TakenFigure:
    """One cell that was filled from below: what it was, what stands in the report, whether it is opened."""

    key: str
    label: str
    taken: Measure
    answered: int
    owed: int
    now: Measure
    is_open: bool


@login_required
@require_GET
def branch_taken(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show what a version (``?v=``) was made from; ``?o=`` opens one figure to the units behind it."""
    by = permitted(request, Permission.READ, *OWN_WORK)
    reporter = report_by_public_id(public_id, by)
    rows = versions_of(reporter)
    if not any(is_own(reporter, by, permission) for permission in OWN_WORK):
        rows = rows.filter(sent_at__isnull=False)
    asked = request.GET.get("v", "")
    version = rows.filter(version=int(asked)).first() if asked.isdecimal() and len(asked) < 5 else rows.first()
    taken = taken_by(reporter.pk, version.version) if version is not None else None
    opened = request.GET.get("o", "")
    form = form_of(reporter.campaign.regime)
    context = {
        "reporter": reporter, "campaign": reporter.campaign, "version": version, "taken": taken, "columns": TAKEN,
        "figures": [] if taken is None or version is None else _taken(form, taken, version, opened),
        "behind": [] if taken is None else _behind(taken, opened), "behind_columns": BEHIND,
        "opened": label_of_field(form, f"cell:{opened}") if opened in form.typed_cells() else "",
        "answer": made_for(reporter, version.version) if version is not None else None,
        "words": [] if taken is None else _said(form, taken), "takes": taken.takes if taken is not None else [],
        "crumbs": [
            Crumb(reporter.campaign.name), Crumb(reporter.name, reverse("reporting:report", args=[public_id])),
            Crumb(_("Lấy từ đơn vị trực thuộc")),
        ],
    }  # fmt: skip
    return render(request, "reporting/branch_taken.html", context)


def _taken(form: Form, taken: BranchTaken, version: Submission, opened: str) -> list[TakenFigure]:
    made = []
    for key in form.typed_cells():
        if key in taken.cells:
            _index, text, answered, owed, _standing = taken.cells[key]
            label, now = label_of_field(form, f"cell:{key}"), unpack(version.cells.get(key))
            made.append(TakenFigure(key, label, unpack(text), answered, owed, now, key == opened))
    return made


def _behind(taken: BranchTaken, key: str) -> list[tuple[str, Measure]]:
    """Return the units behind one figure with what each had sent, and those that had sent nothing."""
    if key not in taken.cells:
        return []
    take = taken.takes[taken.cells[key][0]]
    ids = [UUID(each) for each, _unit in take["sources"]]
    rows = counted_versions(Submission.objects.filter(public_id__in=ids))
    sent = {str(version.public_id): cells for version, cells in rows}
    made = [(unit, unpack(sent.get(each, {}).get(key))) for each, unit in take["sources"]]
    return [*made, *((unit, Measure.missing()) for unit in take["absent"])]


def _said(form: Form, taken: BranchTaken) -> list[tuple[str, list[str]]]:
    return [
        (section.heading, taken.sections[section.code][1].splitlines())
        for section in form.sections
        if section.code in taken.sections
    ]
