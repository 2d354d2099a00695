"""Tables that leave the pages as files: xlsx, csv and, where pyarrow is installed, parquet."""

from __future__ import annotations

import datetime as dt
import importlib.util
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from django.http import HttpResponse

from caunoi.business.reporting.access import ReportingNotFound
from caunoi.foundation.spreadsheets.public import CSV, XLSX, ListSheet, write_csv, write_list

PARQUET: Final = "application/vnd.apache.parquet"
Value = str | int | Decimal | dt.date | None


def has_parquet() -> bool:
    """Whether the optional package that writes parquet is installed."""
    return importlib.util.find_spec("pyarrow") is not None


def export(kind: str, name: str, sheet: str, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> HttpResponse:
    """Return a table as a download; an unknown figure is an empty cell, never 0. Raises ReportingNotFound."""
    lines = [tuple(row) for row in rows]
    if kind == "xlsx":
        widths = [44, *(16 for _ in heads[1:])]
        return _download(write_list([ListSheet(sheet, heads, lines, widths)]), XLSX, f"{name}.xlsx")
    if kind == "csv":
        return _download(write_csv(heads, lines), CSV, f"{name}.csv")
    if kind == "parquet" and has_parquet():
        return _download(_parquet(heads, lines), PARQUET, f"{name}.parquet")
    raise ReportingNotFound("reporting.no_such_export")


def _parquet(heads: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    import pyarrow as pa  # type: ignore[import-not-found]  # optional, see docs/adr/dependencies.md
    import pyarrow.parquet as pq  # type: ignore[import-not-found]  # as above

    columns = {head: [row[at] for row in rows] for at, head in enumerate(heads)}
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def _download(content: bytes, media: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
