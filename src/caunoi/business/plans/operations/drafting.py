"""A plan as an official document: the draft in the layout of NĐ 30/2020/NĐ-CP, Mẫu 1.4, and its presentation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from caunoi.business.documents.public import (
    Align,
    Annex,
    Cell,
    Column,
    Document,
    DocumentState,
    Draft,
    IssueDate,
    Item,
    Level,
    Mark,
    Node,
    Orientation,
    Run,
    Section,
    SentTo,
    TableNode,
    create_draft,
    paragraph,
    present_for_signing,
    symbol,
    update_draft,
)
from caunoi.business.documents.public import Paragraph as DraftParagraph
from caunoi.business.documents.public import draft_of as document_draft
from caunoi.business.plans.access import items_of
from caunoi.business.plans.models import Cascade, Plan, PlanItem, Task, TaskState
from caunoi.business.plans.operations.plans import PlanRefused, for_change, is_editable
from caunoi.business.plans.operations.words import due_words, subject_of_plan
from caunoi.business.plans.queries import tasks_of_plan
from caunoi.business.plans.rules.outline import Entry, outline
from caunoi.business.plans.rules.outline import Node as Place
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.organisations.public import Unit, parent_of
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor, Line
from caunoi.kernel.text import fold, squeeze

DOC_TYPE = "Kế hoạch"
ABBREVIATION = "KH"
"""NĐ 30/2020/NĐ-CP, Phụ lục III."""
_LEVELS = {"roman": Level.ROMAN, "clause": Level.CLAUSE, "subclause": Level.SUBCLAUSE, "point": Level.POINT}


def draft_of(plan: Plan, *, on: dt.date) -> Draft:
    """Return the plan as a document: as presented or issued, else as it stands with blank number and day.

    ``on`` says under which body the unit stands and which month is printed while the day is blank.
    """
    if plan.document is not None and not is_editable(plan):
        return document_draft(plan.document)
    unit = plan.unit
    superior = parent_of(unit, line=Line.ADMINISTRATIVE, on=on)
    items = list(items_of(plan))
    tasks = [task for task in tasks_of_plan(plan) if task.state != TaskState.CANCELLED]
    return Draft(
        issuer=unit.name,
        superior=superior.name if superior else None,
        place=unit.seat,
        symbol=symbol(abbreviation=ABBREVIATION, unit=unit.symbol),
        doc_type=DOC_TYPE,
        title=plan.title,
        issued=IssueDate(year=on.year, month=on.month),
        bases=tuple(_bases(plan)),
        body=tuple(_body(items)),
        recipients=tuple(_recipients(plan, tasks, superior)),
        annexes=(_assignments(tasks),) if tasks else (),
    )


def _bases(plan: Plan) -> Iterable[str]:
    """The higher document is the basis; cited in full at its first mention (NĐ 30/2020/NĐ-CP, Điều 8)."""
    source = plan.source
    if source is None:
        return
    day = source.issued_on
    dated = f"ngày {day.day:02d} tháng {_month(day.month)} năm {day.year}" if day else ""
    about = f"về {source.subject[:1].lower()}{source.subject[1:]}" if source.subject else ""
    code = f"số {source.code}" if source.code else ""
    issuer = f"của {_ordinary(source.organ_name)}" if source.organ_name else ""
    yield " ".join(part for part in ("Căn cứ", source.type_name, code, dated, issuer, about) if part)


def _ordinary(name: str) -> str:
    """Return the name of a body in ordinary letters where the head of its documents has it in capitals."""
    if name != name.upper():
        return name
    known = Unit.objects.filter(folded__contains=fold(name)).order_by("established_on", "pk")
    return next((unit.name for unit in known[:20] if fold(unit.name) == fold(name)), name)


def _month(month: int) -> str:
    return f"{month:02d}" if month <= 2 else str(month)


def entries_of(items: Sequence[PlanItem]) -> list[Entry]:
    """Return items, in reading order, as far as their place in the outline is concerned."""
    return [
        Entry(item.pk, item.parent_id, item.style, item.is_heading, is_printed=item.cascade != Cascade.DROP)
        for item in items
    ]


def _body(items: Sequence[PlanItem]) -> list[Node]:
    texts = {item.pk: item for item in items}
    return [node for place in outline(entries_of(items)) if place.is_printed for node in _nodes(place, texts)]


def _nodes(place: Place, texts: dict[int, PlanItem]) -> list[Node]:
    """Return the nodes of one item: a section with what is under it, or a paragraph followed by it."""
    item = texts[place.id]
    below = [child for child in place.children if child.is_printed]
    level = _LEVELS.get(place.level)
    if level is not None:
        children = [node for child in below for node in _nodes(child, texts)]
        title = item.text if item.is_heading or level is Level.ROMAN else ""
        first = () if title else tuple(_paragraphs(item))
        return [Section(level, title, (*first, *children), place.marker, source=str(item.public_id))]
    if place.level in ("dash", "plus"):
        dashes = tuple(_item(child, texts) for child in below)
        mark = Mark.DASH if place.level == "dash" else Mark.PLUS
        return [Item(DraftParagraph((Run(item.text),), source=str(item.public_id)), mark, dashes)]
    return [*_paragraphs(item), *(node for child in below for node in _nodes(child, texts))]


def _item(place: Place, texts: dict[int, PlanItem]) -> Item:
    item = texts[place.id]
    mark = Mark.PLUS if place.level == "plus" else Mark.DASH
    below = tuple(_item(child, texts) for child in place.children if child.is_printed)
    return Item(DraftParagraph((Run(item.text),), source=str(item.public_id)), mark, below)


def _paragraphs(item: PlanItem) -> list[DraftParagraph]:
    return [paragraph(line, source=str(item.public_id)) for line in item.text.splitlines()]


def _recipients(plan: Plan, tasks: Sequence[Task], superior: Unit | None) -> Iterable[SentTo]:
    """The body above for its information, then everyone who has something to do."""
    if plan.source is not None and plan.source.organ_name:
        yield SentTo(_ordinary(plan.source.organ_name), "để báo cáo")
    elif superior is not None:
        yield SentTo(superior.name, "để báo cáo")
    for unit in units_with_tasks(tasks):
        if unit.pk != plan.unit_id:
            yield SentTo(unit.name, "để thực hiện")


def units_with_tasks(tasks: Sequence[Task]) -> list[Unit]:
    """Return the units that lead or support ``tasks``, each once, in the order in which they first appear."""
    units: dict[int, Unit] = {}
    for task in tasks:
        for unit in (task.lead_unit, *task.supporting_units.all()):
            units.setdefault(unit.pk, unit)
    return list(units.values())


def _assignments(tasks: Sequence[Task]) -> Annex:
    """The annex who does what by when: wider than a page, so it lies on its side."""
    headings = ("STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Sản phẩm", "Thời hạn")
    table = TableNode(
        columns=(
            Column(0.6, Align.CENTRE),
            Column(3.4),
            Column(3.4),
            Column(2.1),
            Column(2.1),
            Column(1.8, Align.CENTRE),
        ),
        header=(tuple(Cell(heading, bold=True) for heading in headings),),
        rows=tuple(_row(number, same) for number, same in enumerate(_alike(tasks), start=1)),
    )
    return Annex("Phân công nhiệm vụ", (table,), Orientation.LANDSCAPE)


def _alike(tasks: Sequence[Task]) -> list[list[Task]]:
    """Put tasks together that differ only in who leads: the paper names them in one row."""
    rows: dict[tuple[object, ...], list[Task]] = {}
    for task in tasks:
        supporting = tuple(unit.pk for unit in task.supporting_units.all())
        rows.setdefault((task.item_id, task.title, task.product, due_words(task), supporting), []).append(task)
    return list(rows.values())


def _row(number: int, same: Sequence[Task]) -> tuple[Cell, ...]:
    task = same[0]
    lead = "; ".join(_lead(one) for one in same)
    supporting = "; ".join(unit.name for unit in task.supporting_units.all())
    texts = (task.title, lead, supporting, task.product, _capital(due_words(task)))
    return (Cell(str(number)), *(Cell(text, source=str(task.public_id)) for text in texts))


def _lead(task: Task) -> str:
    return f"{task.lead_post.title}, {task.lead_unit.name}" if task.lead_post else task.lead_unit.name


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


@use_case
def present_plan(*, plan: Plan, note: str = "", by: Actor, at: dt.datetime) -> Document:
    """Make the plan an outgoing document, or renew the one that was returned, and lay it before those who sign.

    Raises PlanRefused while nothing stands in it or once it is presented, DraftRefused for what documents refuses.
    """
    held = for_change(plan, by, at)
    if not any(not item.is_heading and item.cascade != Cascade.DROP for item in items_of(held)):
        raise PlanRefused("plans.nothing_in_it")
    draft = draft_of(held, on=clock.day_of(at))
    document = held.document
    if document is None or document.state == DocumentState.WITHDRAWN:
        document = create_draft(draft=draft, unit=held.unit, origin_kind="plan", origin_id=held.public_id, by=by, at=at)
        held.document = document
        held.save(update_fields=["document"])
    else:
        document = update_draft(document=document, draft=draft, by=by, at=at)
    presented = present_for_signing(document=document, note=squeeze(note), by=by, at=at)
    changes = {"state": (None, presented.state), "note": (None, squeeze(note) or None)}
    record(by=by, at=at, verb="plans.present", subject=subject_of_plan(held), changes=changes)
    return presented
