"""The bounds a reader keeps, so that a hostile or broken file costs little and always ends."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from vanban.diagnostics import UnreadableError

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file. Sizes in bytes, times in seconds; a caller may tighten or widen each."""

    file_bytes: int = 50 * _MEGABYTE
    unpacked_bytes: int = 300 * _MEGABYTE
    """All members of a zip container together."""
    members: int = 5_000
    """Members of a zip container."""
    ratio: int = 200
    """How many times larger than stored a member of more than a megabyte may be."""
    pages: int = 1_000
    scanned_pages: int = 200
    """Pages that go through OCR."""
    pixels: int = 100_000_000
    """Of one picture: an A3 sheet at 600 dpi has 70 million."""
    characters: int = 20_000_000
    """Of the text that comes out."""
    cells: int = 500_000
    """Filled cells of a workbook."""
    dpi: int = 300
    """Resolution pages are rendered at for OCR."""
    seconds: float = 1_800
    """For the whole file."""
    page_seconds: float = 90
    """For OCR of one page."""
    office_seconds: float = 120
    """For the conversion of one file by LibreOffice."""
    child_memory: int = 3 * 1024 * _MEGABYTE
    """Address space of a child process."""


@dataclass(slots=True)
class Deadline:
    """The end of the time that one reading may take."""

    seconds: float
    _ends: float = field(init=False)

    def __post_init__(self) -> None:
        self._ends = time.monotonic() + self.seconds

    def check(self) -> None:
        """Raise ``timeout`` when the time is up."""
        if time.monotonic() > self._ends:
            raise UnreadableError("timeout", seconds=int(self.seconds))
