"""Dated data of the library: document types, names of bodies, surnames, the JSON Schema.

A caller may replace any file by passing another folder to ``load``.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import cast

Json = dict[str, object]


@cache
def load(name: str, folder: Path | None = None) -> Json:
    """The JSON object stored as ``name`` in ``folder`` (default: the library's own data)."""
    text = (folder / name).read_text("utf-8") if folder else resources.files(__name__).joinpath(name).read_text("utf-8")
    return cast(Json, json.loads(text))


def words(name: str, field: str) -> tuple[str, ...]:
    """The list of words stored under ``field`` in the data file ``name``."""
    return tuple(cast(list[str], load(name)[field]))
