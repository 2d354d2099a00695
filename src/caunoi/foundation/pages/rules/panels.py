"""Panels that higher modules add to the record pages of lower ones, such as "agreements" on the page of a unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from caunoi.foundation.pages.rules.navigation import Words
from caunoi.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: ``context(record, actor)`` gives what ``template`` shows, or None to leave the panel out."""

    key: str
    title: Words
    template: str
    context: Callable[[object, Actor], Mapping[str, object] | None]
    order: int = 50
    permission: str | None = None


@dataclass(slots=True)
class Panels:
    """The panels by the kind of record they stand on."""

    _by_kind: dict[str, dict[str, Panel]] = field(default_factory=lambda: defaultdict(dict))

    def register(self, kind: str, panel: Panel) -> None:
        """Add a panel to records of a kind; the same key replaces."""
        self._by_kind[kind][panel.key] = panel

    def open_to(self, kind: str, actor: Actor) -> list[Panel]:
        """Return the panels of a kind of record that the person may see, in order."""
        panels = self._by_kind.get(kind, {}).values()
        allowed = [panel for panel in panels if panel.permission is None or actor.may(panel.permission)]
        return sorted(allowed, key=lambda panel: (panel.order, panel.key))


PANELS: Final = Panels()


def register_panel(
    kind: str,
    *,
    key: str,
    title: Words,
    template: str,
    context: Callable[[object, Actor], Mapping[str, object] | None],
    order: int = 50,
    permission: str | None = None,
) -> None:
    """Register a panel on the record pages of ``kind`` ("document", "unit" …); called from ``AppConfig.ready``."""
    PANELS.register(kind, Panel(key, title, template, context, order, permission))
