"""The door of ``pages``: navigation, shell, panels, refusals, paging, and the records that components show."""

from __future__ import annotations

from caunoi.foundation.pages.queries import PER_PAGE, actor_of, paginate, words_of
from caunoi.foundation.pages.rules.cells import CellUnreadable, cell_text, read_cell
from caunoi.foundation.pages.rules.due import Bound, Nearness, nearness
from caunoi.foundation.pages.rules.filters import Chip, ChipRow, Option, chips
from caunoi.foundation.pages.rules.navigation import NavigationItem, Section, Words, register_section
from caunoi.foundation.pages.rules.panels import Panel, register_panel
from caunoi.foundation.pages.rules.refusals import register_refusals, sentence
from caunoi.foundation.pages.rules.shell import PostChoice, configure_shell
from caunoi.foundation.pages.rules.shown import Chart, ChartKind, Crumb, FileRow, HistoryEntry, Series, Tab
from caunoi.foundation.pages.rules.states import State, Tone
from caunoi.foundation.pages.rules.tables import Column, Sort, parse_sort

__all__ = [
    "PER_PAGE",
    "Bound",
    "CellUnreadable",
    "Chart",
    "ChartKind",
    "Chip",
    "ChipRow",
    "Column",
    "Crumb",
    "FileRow",
    "HistoryEntry",
    "NavigationItem",
    "Nearness",
    "Option",
    "Panel",
    "PostChoice",
    "Section",
    "Series",
    "Sort",
    "State",
    "Tab",
    "Tone",
    "Words",
    "actor_of",
    "cell_text",
    "chips",
    "configure_shell",
    "nearness",
    "paginate",
    "parse_sort",
    "read_cell",
    "register_panel",
    "register_refusals",
    "register_section",
    "sentence",
    "words_of",
]
