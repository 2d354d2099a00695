"""Words and shapes for the pages of units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caunoi.foundation.organisations.models import Succession, Unit, UnitEvent, UnitKind
from caunoi.foundation.organisations.operations.plan import Plan
from caunoi.foundation.organisations.rules.kinds import EventKind, Level
from caunoi.foundation.pages.public import State, Tone
from caunoi.kernel.actor import Line

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LINES: Final = {Line.PROFESSIONAL: _("Quản lý chuyên môn"), Line.ADMINISTRATIVE: _("Trực thuộc (hành chính)")}
LEVELS: Final = {
    Level.CENTRAL.value: _("Trung ương"),
    Level.PROVINCE.value: _("Tỉnh"),
    Level.DISTRICT.value: _("Huyện (đến 30/6/2025)"),
    Level.COMMUNE.value: _("Xã"),
    Level.INSTITUTION.value: _("Cơ sở, tổ chức"),
}


@dataclass(frozen=True, slots=True)
class ShownKind:
    """How a kind of event is named on a button and in the history, with its icon and what it is for."""

    action: StrOrPromise
    done: StrOrPromise
    icon: str
    about: StrOrPromise


KINDS: Final[Mapping[str, ShownKind]] = {
    EventKind.RENAME.value: ShownKind(
        _("Đổi tên"), _("Đổi tên"), "pencil", _("Tên, ký hiệu, địa danh hoặc mã khác kể từ ngày có hiệu lực.")
    ),
    EventKind.MOVE.value: ShownKind(
        _("Chuyển đơn vị quản lý"), _("Chuyển đơn vị quản lý"), "transfer",
        _("Đơn vị, cùng mọi đơn vị bên dưới, chuyển sang nơi quản lý khác theo một tuyến."),
    ),
    EventKind.MERGE.value: ShownKind(
        _("Sáp nhập, hợp nhất"), _("Sáp nhập, hợp nhất"), "arrow-merge",
        _("Một hay nhiều đơn vị kết thúc; đơn vị bên dưới chuyển sang đơn vị kế thừa."),
    ),
    EventKind.SPLIT.value: ShownKind(
        _("Chia, tách"), _("Chia, tách"), "git-merge",
        _("Đơn vị kết thúc và chia thành nhiều đơn vị, hoặc tách một phần thành đơn vị mới."),
    ),
    EventKind.CHANGE_KIND.value: ShownKind(
        _("Đổi loại hình, cấp quản lý"), _("Đổi loại hình, cấp quản lý"), "switch-horizontal",
        _("Đơn vị giữ nguyên mã và lịch sử nhưng thuộc loại hình khác."),
    ),
    EventKind.TRANSFER.value: ShownKind(
        _("Chuyển giao nhiệm vụ"), _("Chuyển giao nhiệm vụ"), "share",
        _("Một phần chức năng, nhiệm vụ chuyển sang đơn vị khác; không đơn vị nào kết thúc."),
    ),
    EventKind.DISSOLVE.value: ShownKind(
        _("Giải thể"), _("Giải thể"), "circle-x", _("Đơn vị kết thúc; số liệu và việc còn lại về đơn vị kế thừa.")
    ),
}  # fmt: skip
ESTABLISH: Final = ShownKind(
    _("Thành lập đơn vị"), _("Thành lập"), "plus", _("Đơn vị mới, đặt đúng chỗ trong hai tuyến quản lý.")
)


def kind_shown(kind: str) -> ShownKind:
    """Return how a kind of event is shown."""
    return KINDS.get(kind, ESTABLISH)


def kind_note(kind: UnitKind) -> str:
    """Return by which law there is such a kind of body, and whether that is to be verified."""
    if kind.mark in ("K", "U"):
        return gettext("%(source)s (cần kiểm tra lại)") % {"source": kind.source}
    return kind.source


def unit_state(unit: Unit, on: dt.date) -> State:
    """Return whether a unit exists on a day."""
    if unit.established_on > on:
        return State(gettext("Chưa hoạt động"), Tone.INFO)
    if unit.dissolved_on is not None and unit.dissolved_on <= on:
        return State(gettext("Đã kết thúc"), Tone.NEUTRAL)
    return State(gettext("Đang hoạt động"), Tone.DONE)


_NAMED = 100


@dataclass(frozen=True, slots=True)
class MovedTogether:
    """Units that an event puts under one other; ``more`` are not named, ``lines`` says in which line they move."""

    to: str
    """Empty: at the top of the tree."""
    lines: str
    names: tuple[str, ...]
    count: int

    @property
    def more(self) -> int:
        """How many there are besides those named."""
        return self.count - len(self.names)


def moved_together(plan: Plan) -> list[MovedTogether]:
    """Return the movements of a plan by where they lead: a division of 300 units is a few lines."""
    lines: dict[tuple[int, int], list[Line]] = {}
    units = {movement.unit.pk: movement.unit.name for movement in plan.movements}
    places = {id(movement.parent): movement.parent for movement in plan.movements}
    for movement in plan.movements:
        lines.setdefault((id(movement.parent), movement.unit.pk), []).append(movement.line)
    held: dict[tuple[int, tuple[Line, ...]], list[int]] = {}
    for (place, unit), which in lines.items():
        held.setdefault((place, tuple(sorted(which, reverse=True))), []).append(unit)
    return [
        MovedTogether(
            parent.name if (parent := places[place]) is not None else "",
            ", ".join(str(LINES[line]) for line in which),
            tuple(units[pk] for pk in pks[:_NAMED]),
            len(pks),
        )
        for (place, which), pks in held.items()
    ]


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in the history of a unit."""

    event: UnitEvent
    what: StrOrPromise
    icon: str
    decision: str
    undo_url: str


def event_lines(events: Sequence[UnitEvent], *, may_undo: bool) -> list[EventLine]:
    """Return the events of a unit as lines; those that may be taken back carry the address for it."""
    return [
        EventLine(
            event,
            kind_shown(event.kind).done,
            kind_shown(event.kind).icon,
            decision_words(event),
            reverse("organisations:event_undo", args=[event.public_id]) if may_undo and not event.undone_at else "",
        )
        for event in events
    ]


def decision_words(event: UnitEvent) -> str:
    """Return the deciding document in one line, or nothing."""
    day = f"{event.decision_on:%d/%m/%Y}" if event.decision_on else ""
    return ", ".join(part for part in (event.decision_code, day, event.decision_organ) if part)


@dataclass(frozen=True, slots=True)
class Kin:
    """A unit before or after in the lineage, with the event that links it."""

    unit: Unit
    what: StrOrPromise
    on: dt.date
    is_principal: bool
    duties: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """Predecessors → the unit → successors."""

    unit: Unit
    before: tuple[Kin, ...]
    after: tuple[Kin, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing came before and nothing after."""
        return not self.before and not self.after


def lineage_of(unit: Unit, led_here: Iterable[Succession], leads_on: Iterable[Succession]) -> Lineage:
    """Return the lineage of a unit from its successions."""
    before = tuple(_kin(one, one.predecessor) for one in led_here)
    return Lineage(unit, before, tuple(_kin(one, one.successor) for one in leads_on))


def _kin(one: Succession, unit: Unit) -> Kin:
    return Kin(unit, kind_shown(one.event.kind).done, one.from_on, one.is_principal, one.duties)
