"""What stands in the left navigation: sections in the office's order, each with the entries a person may use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from caunoi.kernel.actor import Actor

Words = object
"""Text for people: a string, or a lazy translation of one (anything whose ``str()`` is the text)."""


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry. ``permission`` None: everyone signed in; ``badge`` answers how many things wait (0 shows nothing)."""

    label: Words
    url_name: str
    permission: str | None = None
    badge: Callable[[Actor], int] | None = None
    icon: str = ""
    order: int = 50
    """Place among the entries of its section; those of one place stand as they were registered."""

    def open_to(self, actor: Actor) -> bool:
        """Whether the person may use this entry."""
        return self.permission is None or actor.may(self.permission)


@dataclass(frozen=True, slots=True)
class Section:
    """A named group of entries. A section with one entry is shown as that entry alone."""

    key: str
    label: Words
    icon: str
    order: int
    items: tuple[NavigationItem, ...]

    def open_to(self, actor: Actor) -> Section | None:
        """Return the section with only what the person may use, or None when nothing is left."""
        items = tuple(item for item in sorted(self.items, key=lambda item: item.order) if item.open_to(actor))
        return Section(self.key, self.label, self.icon, self.order, items) if items else None


@dataclass(slots=True)
class Navigation:
    """The sections that the modules have registered."""

    _sections: dict[str, Section] = field(default_factory=dict)

    def register(self, section: Section) -> None:
        """Add a section; one with the same key gets the new entries behind those it has (no address twice)."""
        held = self._sections.get(section.key)
        if held is not None:
            known = {item.url_name for item in held.items}
            new = tuple(item for item in section.items if item.url_name not in known)
            section = Section(held.key, held.label, held.icon, held.order, held.items + new)
        self._sections[section.key] = section

    def open_to(self, actor: Actor) -> list[Section]:
        """Return what the person may use, in order."""
        ordered = sorted(self._sections.values(), key=lambda section: (section.order, section.key))
        return [shown for section in ordered if (shown := section.open_to(actor)) is not None]


NAVIGATION: Final = Navigation()


def register_section(key: str, *, label: Words, icon: str, order: int, items: Iterable[NavigationItem]) -> None:
    """Register a section of the left navigation, or add entries to one; called from ``AppConfig.ready``.

    ``order``: 10 Việc của tôi, 20 Văn bản, 30 Kế hoạch, 40 Báo cáo, 50 Đoàn ra, đoàn vào, 60 Hợp tác, 70 Tập huấn,
    80 Thông tin đối ngoại, 90 Kiểm tra, vướng mắc, 100 Tổng quan, 110 Quản trị.
    """
    NAVIGATION.register(Section(key, label, icon, order, tuple(items)))
