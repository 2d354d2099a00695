"""Everything a unit owns as one workbook: units, people, posts, rights, authority to sign, and what others add.

It holds what the person who asks may see, and no more; a job makes it, and it is thrown away after some days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caunoi.foundation.audit.public import Subject, record, use_case
from caunoi.foundation.files.public import discard, keep
from caunoi.foundation.jobs.public import enqueue
from caunoi.foundation.organisations.public import Unit, ids_within, subtree
from caunoi.foundation.people.access import PeopleForbidden, Permission, may
from caunoi.foundation.people.models import ExportRun, Grant, Holding, SigningAuthority
from caunoi.foundation.people.operations.intake.known import Known, Seat, look_up
from caunoi.foundation.people.rules.exports import registered
from caunoi.foundation.people.rules.roles import Role
from caunoi.foundation.people.rules.words import CAPACITIES, ROLES
from caunoi.foundation.personal_data.public import How, mask
from caunoi.foundation.spreadsheets.public import XLSX, ListSheet, Shown, write_list
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor, Line

MANY = 2000
"""Rows fetched at a time."""
KEPT = dt.timedelta(days=7)
"""How long a made workbook can be fetched; it is a copy of what stands in the system."""
EXPORT_JOB = "people.export"
Progress = Callable[[int, int], None]
Cells = Sequence[str | dt.date | bool | None]


def subject_of(run: ExportRun) -> Subject:
    """Return how the audit names an export."""
    return Subject("export", str(run.public_id), run.unit.name, run.unit_id)


@use_case
def ask_export(*, unit: Unit, by: Actor, at: dt.datetime) -> ExportRun:
    """Have the workbook of a unit and everything below it made: of one's own unit, or of a branch one administers.

    Raises PeopleForbidden for any other unit.
    """
    if unit.pk != by.unit_id and not may(by, Permission.ADMINISTER, unit, on=clock.day_of(at)):
        raise PeopleForbidden("people.not_permitted")
    run = ExportRun.objects.create(
        unit=unit, account_id=by.account_id, person_id=by.person_id, post_id=by.post_id, asked_at=at
    )
    enqueue(EXPORT_JOB, at=at, key=f"export:{run.pk}", run=run.pk)
    record(by=by, at=at, verb="people.ask_export", subject=subject_of(run))
    return run


def make_export(*, run: ExportRun, by: Actor, at: dt.datetime, say: Progress) -> None:
    """Make the workbook with the rights of ``by``; ``say`` hears of each sheet that is done (done, of how many)."""
    content, told = workbook(run.unit, by=by, on=clock.day_of(at), say=say)
    _finish(run=run, content=content, told=told, by=by, at=at)


@use_case
def _finish(*, run: ExportRun, content: bytes, told: list[tuple[str, int]], by: Actor, at: dt.datetime) -> None:
    run.file = keep(content=content, name=f"{run.unit.code or run.unit.pk}-{at:%Y%m%d}.xlsx", media_type=XLSX, at=at)
    run.sheets, run.made_at = [list(pair) for pair in told], at
    run.save(update_fields=["file", "sheets", "made_at"])
    changes = {name: (None, count) for name, count in told}
    record(by=by, at=at, verb="people.export", subject=subject_of(run), changes=changes)


@use_case
def note_fetched(*, run: ExportRun, by: Actor, at: dt.datetime) -> None:
    """Note that a workbook left the system."""
    record(by=by, at=at, verb="people.fetch_export", subject=subject_of(run))


@use_case
def forget_exports(*, by: Actor, at: dt.datetime) -> int:
    """Throw away the workbooks whose time is over; return how many."""
    old = list(ExportRun.objects.filter(made_at__lt=at - KEPT, file__isnull=False).select_related("file", "unit"))
    for run in old:
        stored, run.file = run.file, None
        run.save(update_fields=["file"])
        assert stored is not None  # noqa: S101 - asked for above
        discard(stored=stored)
        record(by=by, at=at, verb="people.forget_export", subject=subject_of(run))
    return len(old)


def workbook(
    unit: Unit, *, by: Actor, on: dt.date, say: Progress = lambda done, total: None
) -> tuple[bytes, list[tuple[str, int]]]:
    """Return an xlsx of what the branch of a unit owns and ``by`` may see, and [(sheet, rows)]; contacts are masked."""
    units = subtree(unit, on=on).order_by()
    seen = units if by.is_system else units.filter(pk__in=ids_within(by.scopes(Permission.READ), on=on))
    known = look_up(unit, codes=(), emails=(), on=on)
    sheets = [_units(known), _people(seen), _grants(seen), _signing(seen)]
    for make in registered():
        made = make(units, by=by, on=on)
        assert isinstance(made, ListSheet)  # noqa: S101 - what register_export asks for
        sheets.append(made)
    told: list[tuple[str, int]] = []
    counted = [_counted(sheet, told, len(sheets), say) for sheet in sheets]
    return write_list([*counted, _contents(told)]), told


def _counted(sheet: ListSheet, told: list[tuple[str, int]], total: int, say: Progress) -> ListSheet:
    def rows() -> Iterator[Sequence[Shown]]:
        count = 0
        for row in sheet.rows:
            count += 1
            yield row
        told.append((sheet.name, count))
        say(len(told), total)

    return replace(sheet, rows=rows())


def _contents(told: list[tuple[str, int]]) -> ListSheet:
    """Say what the workbook holds; written last, when all is counted."""

    def rows() -> Iterator[Cells]:
        for name, count in told:
            yield name, str(count)
        yield gettext("Tệp chỉ gồm những gì vị trí của người xuất được xem; thư điện tử và điện thoại được che."), ""

    return ListSheet(gettext("Trong tệp này"), (_("Trang"), _("Số dòng")), rows(), (80, 12))


def rows_of_branch(known: Known, *, with_root: bool = False) -> list[dict[str, str]]:
    """Return the units of a branch as rows of the sheet that enters them; without e-mail addresses."""
    by_id = {unit.pk: unit for unit in (*known.units.values(), *known.others.values())}
    ordered = sorted(known.units.values(), key=lambda unit: (unit.sort_key, unit.pk))
    return [_row(unit, known, by_id) for unit in ordered if with_root or unit.pk != known.root.pk]


def _row(unit: Unit, known: Known, by_id: Mapping[int, Unit]) -> dict[str, str]:
    parent = by_id.get(known.parents.get((unit.pk, Line.PROFESSIONAL), 0))
    governing = by_id.get(known.parents.get((unit.pk, Line.ADMINISTRATIVE), 0))
    apart = governing is not None and governing != parent
    row = {
        "code": unit.code, "name": unit.name, "kind": unit.kind.name, "symbol": unit.symbol, "seat": unit.seat,
        "parent": parent.code if parent else "", "governed": governing.code if governing and apart else "",
    }  # fmt: skip
    for key, seats in (("head", known.heads), ("clerk", known.clerks)):
        row |= _seat(key, seats.get(unit.pk))
    return row


def _seat(key: str, seat: Seat | None) -> dict[str, str]:
    if seat is None or seat.holder is None:
        return {}
    return {f"{key}_name": seat.holder.name, f"{key}_title": seat.post.title}


def _last(until: dt.date | None) -> dt.date | None:
    return until - dt.timedelta(days=1) if until else None


def _units(known: Known) -> ListSheet:
    keys = ("code", "name", "kind", "parent", "governed", "symbol", "seat", "head_name", "clerk_name")
    heads = (
        _("Mã đơn vị"), _("Tên đơn vị"), _("Loại đơn vị"), _("Mã đơn vị quản lý"), _("Mã cơ quan trực tiếp quản lý"),
        _("Ký hiệu"), _("Địa danh"), _("Người đứng đầu"), _("Văn thư, đầu mối"),
    )  # fmt: skip
    rows = ([row.get(key, "") for key in keys] for row in rows_of_branch(known, with_root=True))
    return ListSheet(gettext("Đơn vị"), heads, rows, (16, 44, 30, 16, 18, 14, 18, 26, 26))


def _people(units: QuerySet[Unit]) -> ListSheet:
    held = Holding.objects.filter(post__unit__in=units).select_related("person", "post__unit")

    def rows() -> Iterator[Cells]:
        for one in held.order_by("post__unit__sort_key", "post__position", "post_id", "from_on").iterator(MANY):
            yield (
                one.person.name, one.post.title, str(CAPACITIES[one.capacity]), one.post.unit.code, one.post.unit.name,
                one.from_on, _last(one.until_on), mask(one.person.email, How.EMAIL), mask(one.person.phone, How.PHONE),
                one.ground,
            )  # fmt: skip

    heads = (
        _("Họ và tên"), _("Vị trí"), _("Giữ vị trí"), _("Mã đơn vị"), _("Đơn vị"), _("Từ ngày"), _("Đến hết ngày"),
        _("Thư điện tử"), _("Điện thoại"), _("Căn cứ"),
    )  # fmt: skip
    return ListSheet(gettext("Người và vị trí"), heads, rows(), (26, 26, 16, 16, 40, 12, 12, 26, 16, 30))


def _grants(units: QuerySet[Unit]) -> ListSheet:
    given = Grant.objects.filter(post__unit__in=units).select_related("post__unit", "unit")

    def rows() -> Iterator[Cells]:
        for one in given.order_by("post__unit__sort_key", "post_id", "from_on", "id").iterator(MANY):
            yield (
                str(ROLES[Role(one.role)].name), one.post.title, one.post.unit.name, one.unit.name, one.subtree,
                one.from_on, _last(one.until_on), one.ground,
            )  # fmt: skip

    heads = (
        _("Vai trò"), _("Vị trí"), _("Đơn vị của vị trí"), _("Tại đơn vị"), _("Cả đơn vị trực thuộc"), _("Từ ngày"),
        _("Đến hết ngày"), _("Căn cứ"),
    )  # fmt: skip
    return ListSheet(gettext("Phân quyền"), heads, rows(), (24, 26, 40, 40, 12, 12, 12, 30))


def _signing(units: QuerySet[Unit]) -> ListSheet:
    given = SigningAuthority.objects.filter(post__unit__in=units).select_related("post__unit", "unit")

    def rows() -> Iterator[Cells]:
        for one in given.order_by("post__unit__sort_key", "post_id", "from_on", "id").iterator(MANY):
            yield (
                one.form, one.head_title, one.title, one.post.title, one.unit.name, one.ground, one.scope, one.from_on,
                _last(one.until_on),
            )  # fmt: skip

    heads = (
        _("Hình thức ký"), _("Ký thay cho"), _("Chức danh ghi khi ký"), _("Vị trí"), _("Tại đơn vị"), _("Căn cứ"),
        _("Nội dung"), _("Từ ngày"), _("Đến hết ngày"),
    )  # fmt: skip
    return ListSheet(gettext("Thẩm quyền ký"), heads, rows(), (12, 20, 26, 26, 40, 30, 30, 12, 12))
