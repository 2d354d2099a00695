"""Writing the catalogue."""

from __future__ import annotations

import tomllib
from pathlib import Path

from caunoi.business.indicators.models import Indicator

_CATALOGUE = Path(__file__).parent / "data" / "indicators.toml"


def load_indicators() -> int:
    """Bring the shipped indicators into the catalogue where they are missing, leaving words that an office changed.

    Returns how many were added.
    """
    catalogue = tomllib.loads(_CATALOGUE.read_text(encoding="utf-8"))
    known = set(Indicator.objects.values_list("code", flat=True))
    rows = [row for row in enumerate(catalogue["indicator"], start=1) if row[1]["code"] not in known]
    Indicator.objects.bulk_create(
        Indicator(
            code=row["code"],
            group=row["group"],
            name=row["name"],
            unit_of_measure=row["unit"],
            nature=row.get("nature", Indicator.FLOW),
            number=row.get("number", Indicator.INTEGER),
            dimensions=row.get("dimensions", []),
            computed=row["computed"],
            source=catalogue["source"][row.get("source", "practice")],
            mark=row.get("mark", "I"),
            position=position,
        )
        for position, row in rows
    )
    return len(rows)
