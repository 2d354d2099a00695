"""States as the pages show them: always a word and an icon, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from caunoi.foundation.pages.rules.navigation import Words


class Tone(StrEnum):
    """What a state means for the reader. Red is only for what is late or wrong."""

    NEUTRAL = "neutral"
    """Nothing to do: draft, closed, archived."""
    INFO = "info"
    """Under way."""
    DONE = "done"
    """Finished, accepted, in force."""
    SOON = "soon"
    """Due soon, doubtful, to be explained, returned."""
    LATE = "late"
    """Overdue, wrong, refused."""


ICONS: dict[Tone, str] = {
    Tone.NEUTRAL: "circle-dashed",
    Tone.INFO: "progress",
    Tone.DONE: "circle-check",
    Tone.SOON: "clock-exclamation",
    Tone.LATE: "alert-circle",
}


@dataclass(frozen=True, slots=True)
class State:
    """A state ready to be shown by ``{% state_badge state %}``."""

    word: Words
    tone: Tone = Tone.NEUTRAL
    icon: str = ""

    @property
    def shown_icon(self) -> str:
        """The icon of the state, or that of its tone."""
        return self.icon or ICONS[self.tone]
