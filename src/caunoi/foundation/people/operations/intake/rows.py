"""One row of the sheet and what entering it would do."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.spreadsheets.public import Row


class Step(StrEnum):
    """One thing that entering a row would do."""

    ESTABLISH = "establish"
    RENAME = "rename"
    MOVE = "move"
    GOVERN = "govern"
    HEAD = "head"
    HEAD_EMAIL = "head_email"
    CLERK = "clerk"
    CLERK_EMAIL = "clerk_email"


@dataclass(slots=True)
class RowPlan:
    """One row and what it would do; ``unit`` is empty for a new one."""

    row: Row
    unit: Unit | None
    steps: list[Step] = field(default_factory=list)

    @property
    def code(self) -> str:
        """Code of the unit, as written."""
        return self.row.text("code")

    @property
    def outcome(self) -> str:
        """``new``, ``changed`` or ``unchanged``."""
        return "new" if Step.ESTABLISH in self.steps else "changed" if self.steps else "unchanged"
