"""The door of spreadsheets."""

from caunoi.foundation.spreadsheets.operations.annotating import annotate
from caunoi.foundation.spreadsheets.operations.reading import read
from caunoi.foundation.spreadsheets.operations.words import REFUSALS, place_of, sentence_of
from caunoi.foundation.spreadsheets.operations.writing import (
    CSV,
    XLSX,
    ListSheet,
    Shown,
    TemplateSheet,
    write_csv,
    write_list,
    write_template,
)
from caunoi.foundation.spreadsheets.rules.cells import Cell, CellKind, Sheet, Workbook, letters_of
from caunoi.foundation.spreadsheets.rules.checking import Checked, Row, check
from caunoi.foundation.spreadsheets.rules.columns import Column, ValueKind
from caunoi.foundation.spreadsheets.rules.findings import Finding, mend, register_findings, what
from caunoi.foundation.spreadsheets.rules.safety import Limits, SpreadsheetRefused

__all__ = [
    "CSV",
    "REFUSALS",
    "XLSX",
    "Cell",
    "CellKind",
    "Checked",
    "Column",
    "Finding",
    "Limits",
    "ListSheet",
    "Row",
    "Sheet",
    "Shown",
    "SpreadsheetRefused",
    "TemplateSheet",
    "ValueKind",
    "Workbook",
    "annotate",
    "check",
    "letters_of",
    "mend",
    "place_of",
    "read",
    "register_findings",
    "sentence_of",
    "what",
    "write_csv",
    "write_list",
    "write_template",
]
