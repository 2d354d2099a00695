"""The tree of the system as the tests of its architecture see it; the order of modules is read from the contracts."""

from __future__ import annotations

import ast
import functools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = ROOT / "src" / "caunoi"
LIBRARY: Final = ROOT / "vanban"
TIERS: Final = ("foundation", "business", "surfaces")


@dataclass(frozen=True, slots=True)
class Module:
    """One subject of the system, such as ``foundation.audit``."""

    tier: str
    name: str

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return PACKAGE / self.tier / self.name

    def __str__(self) -> str:
        return f"{self.tier}.{self.name}"


def modules(*tiers: str) -> list[Module]:
    """Return the modules of these tiers (of all when none is named) that exist, in alphabetical order."""
    return [
        Module(tier, folder.name)
        for tier in tiers or TIERS
        for folder in sorted((PACKAGE / tier).iterdir())
        if folder.is_dir() and (folder / "__init__.py").exists()
    ]


def module_of(dotted: str) -> Module | None:
    """Return the module that a dotted name such as ``caunoi.foundation.audit.models.entry`` lies in."""
    parts = dotted.split(".")
    return Module(parts[1], parts[2]) if len(parts) > 2 and parts[0] == "caunoi" and parts[1] in TIERS else None


@functools.cache
def _order() -> dict[str, tuple[int, int]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {one["id"]: one for one in settings["tool"]["importlinter"]["contracts"]}
    return {
        f"{tier}.{name.strip().strip('()')}": (height, level)
        for height, tier in enumerate(TIERS)
        for level, layer in enumerate(reversed(contracts[tier]["layers"]))
        for name in layer.split("|")
    }


def is_below(lower: Module, upper: Module) -> bool:
    """Say whether ``upper`` may use ``lower``: it lies in a lower layer."""
    return _order()[str(lower)] < _order()[str(upper)]


def python_files(*places: Path) -> Iterator[Path]:
    """Yield the Python files written by people below these places: no migrations, nothing generated."""
    for place in places:
        for file in sorted(place.rglob("*.py")):
            if not {"migrations", "__pycache__", "build"}.intersection(file.parts):
                yield file


@functools.cache
def parsed(file: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def place(file: Path, line: int | None = None) -> str:
    """Return how a finding names its place: path from the root, and line."""
    return f"{file.relative_to(ROOT)}:{line}" if line else str(file.relative_to(ROOT))
