"""Kinds of units that the house ships."""

from __future__ import annotations

import tomllib
from pathlib import Path

from caunoi.foundation.organisations.models import UnitKind

_KINDS = Path(__file__).parents[1] / "data" / "unit_kinds.toml"


def load_kinds() -> dict[str, UnitKind]:
    """Bring the shipped kinds of units into the table, leaving those an office has added; return all by code."""
    rows = tomllib.loads(_KINDS.read_text(encoding="utf-8"))["kind"]
    for position, row in enumerate(rows):
        defaults = {"is_outside": False, "until_on": None, "source": "", "mark": "", **row, "position": position}
        UnitKind.objects.update_or_create(code=row["code"], defaults=defaults)
    return {kind.code: kind for kind in UnitKind.objects.all()}
