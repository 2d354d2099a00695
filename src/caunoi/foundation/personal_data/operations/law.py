"""Entering the dated rows of law."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from caunoi.foundation.personal_data.models import Ground, Limit, Retention

LAW = Path(__file__).resolve().parents[1] / "data" / "law.toml"


def load_law(ground: type[Ground] = Ground, retention: type[Retention] = Retention, limit: type[Limit] = Limit) -> None:
    """Enter or renew the rows of ``data/law.toml``; the office's own rows (other codes or dates) stay."""
    law = tomllib.loads(LAW.read_text(encoding="utf-8"))
    for model, rows in ((ground, law["ground"]), (retention, law["retention"]), (limit, law["limit"])):
        _enter(model, rows)


def _enter(model: type[Ground] | type[Retention] | type[Limit], rows: Iterable[Mapping[str, object]]) -> None:
    for row in rows:
        rest = {name: value for name, value in row.items() if name not in ("code", "from_on")}
        day = dt.date.fromisoformat(str(row["from_on"]))
        model._default_manager.update_or_create(code=str(row["code"]), from_on=day, defaults=rest)


def breach_tasks() -> list[str]:
    """Return what is to be done about a breach, in the order in which a new one lists it."""
    return [str(row["text"]) for row in tomllib.loads(LAW.read_text(encoding="utf-8"))["breach_task"]]
