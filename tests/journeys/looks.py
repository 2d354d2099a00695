"""Pictures of pages, wide and narrow, with what is wrong in them: faults of access, anything beyond the screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS: Final = (1440, 360)
TALLEST: Final = 6000
GRAVE: Final = ("serious", "critical")


@dataclass(slots=True)
class Album:
    """Pictures in a folder, and the faults found while they were taken."""

    folder: Path | None
    """Where the pictures are kept; ``None`` examines without keeping any."""
    faults: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def take(self, page: Page, name: str) -> None:
        """Picture and examine the page in both widths, once by name; the window is left as it was."""
        if name in self.taken:
            return
        self.taken.add(name)
        size = page.viewport_size or {"width": 1440, "height": 900}
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            self._examine(page, f"{name} at {width}")
            if self.folder is not None:
                self._picture(page, self.folder / f"{name}-{width}.png", width)
        page.set_viewport_size(size)

    def _picture(self, page: Page, place: Path, width: int) -> None:
        height = int(page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size({"width": width, "height": min(max(height, 900), TALLEST)})
        page.evaluate(_PICTURES_LOADED)
        place.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=place)

    def _examine(self, page: Page, where: str) -> None:
        page.evaluate(_SETTLED)  # halfway from one colour to another nothing can be read, and nobody does
        beyond = int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
        if beyond > 0:
            self.faults.append(f"{where}: {beyond} px beyond the screen")
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in GRAVE:
                places = "; ".join(" ".join(node["target"]) for node in violation["nodes"][:3])
                self.faults.append(f"{where}: {violation['id']} ({violation['impact']}) in {places}")


_SETTLED: Final = """() => Promise.allSettled(document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime < Infinity)
  .map((one) => one.finished)).then(() => null)"""
_PICTURES_LOADED: Final = """() => Promise.all([...document.images].map((one) => {
  if (!one.getClientRects().length) { return null; }
  one.loading = "eager";
  return one.complete ? null : new Promise((done) => { one.onload = one.onerror = done; });
}))"""
