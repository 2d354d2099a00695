"""The form of one table: its title, and rows and columns as lines that are added, moved and removed on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caunoi.business.reporting.models import FormColumn, SharedList
from caunoi.business.reporting.operations.forms import LineSpec, TableSpec
from caunoi.business.reporting.operations.shipped import members_as_lines
from caunoi.business.reporting.rules.form import Form, Line, Table
from caunoi.business.reporting.web.shown import BASES, NATURES

EMPTY_LINES = 3
"""Lines offered empty at the end, so that the page can be used without scripts."""
MOST_LINES = 400
PAIR, NEXT = "=", ";"


class TableForm(forms.Form):
    """What a table says besides its rows and columns."""

    title = forms.CharField(label=_("Tên biểu"), max_length=300)
    unit = forms.CharField(label=_("Đơn vị tính chung"), max_length=60, required=False)
    nature = forms.ChoiceField(label=_("Loại số liệu"), choices=list(NATURES.items()))
    total_row = forms.BooleanField(label=_("Thêm dòng tổng cộng"), required=False)
    total_column = forms.BooleanField(label=_("Thêm cột tổng cộng"), required=False)

    @staticmethod
    def initial_of(table: Table) -> dict[str, object]:
        """Return what the form shows of a table."""
        return {
            "title": table.title,
            "unit": table.unit,
            "nature": table.nature,
            "total_row": any(row.is_total for row in table.rows),
            "total_column": any(column.is_total for column in table.columns),
        }


@dataclass
class Lines:
    """Rows and columns as they stand on the page; ``errors`` say what has to be mended."""

    rows: list[LineSpec] = field(default_factory=list)
    columns: list[LineSpec] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, table: Table | None) -> Lines:
        """Return the lines of a table, without those that are worked out."""
        if table is None:
            return cls()
        return cls([_spec(row) for row in table.rows if not row.is_total],
                   [_spec(column) for column in table.columns if not column.is_total])  # fmt: skip

    @classmethod
    def read(cls, posted: QueryDict) -> Lines:
        """Return the lines that were sent, in the order of the page; empty ones are left out."""
        return cls(_read(posted, "row"), _read(posted, "column"))

    def add_members(self, posted: QueryDict) -> None:
        """Add the members of the shared lists that were chosen, behind the rows or the columns."""
        lists = [code for code in (posted.get("list"), posted.get("list_2")) if code]
        first = posted.get("first", "")
        count = int(first) if first.isascii() and first.isdigit() and int(first) > 0 else MOST_LINES
        lines = members_as_lines(lists, first=count)
        (self.columns if posted.get("into") == "columns" else self.rows).extend(lines)

    def check(self) -> bool:
        """Whether the lines make a table; otherwise ``errors`` say why not."""
        if not self.rows:
            self.errors.append(gettext("Biểu cần ít nhất một dòng."))
        if not self.columns:
            self.errors.append(gettext("Biểu cần ít nhất một cột."))
        for words, lines in ((gettext("dòng"), self.rows), (gettext("cột"), self.columns)):
            names = [line.label for line in lines]
            for name in sorted({name for name in names if names.count(name) > 1}):
                said = gettext("Có hai %(what)s cùng tên “%(name)s”. Hãy đặt tên khác nhau.")
                self.errors.append(said % {"what": words, "name": name})
            if len(lines) > MOST_LINES:
                self.errors.append(gettext("Biểu không quá %(count)s dòng, cột.") % {"count": MOST_LINES})
        return not self.errors

    def spec(self, form: TableForm) -> TableSpec:
        """Return the table as the operation takes it."""
        data = form.cleaned_data
        return TableSpec(
            data["title"], self.rows, self.columns, data["unit"], data["nature"], data["total_row"],
            data["total_column"],
        )  # fmt: skip

    def shown_rows(self) -> list[LineSpec]:
        """Return the rows with some empty lines behind them."""
        return [*self.rows, *[LineSpec("")] * EMPTY_LINES]

    def shown_columns(self) -> list[LineSpec]:
        """Return the columns with some empty lines behind them."""
        return [*self.columns, *[LineSpec("")] * EMPTY_LINES]


def preview_of(form: TableForm, lines: Lines) -> Form:
    """Return the table as it stands on the page as a form of its own, for showing."""
    form.is_valid()
    data = form.cleaned_data
    rows = [Line(f"r{n}", line.label) for n, line in enumerate(lines.rows, start=1)]
    columns = [
        Line(f"c{n}", line.label, unit=line.unit, whole=line.whole) for n, line in enumerate(lines.columns, start=1)
    ]
    if data.get("total_row") and rows:
        rows.append(Line("rt", gettext("Tổng cộng"), is_total=True))
    if data.get("total_column") and columns:
        columns.append(Line("ct", gettext("Tổng cộng"), is_total=True))
    title = data.get("title") or gettext("Biểu chưa có tên")
    nature = data.get("nature") or "flow"
    return Form((), (Table("b0", title, tuple(rows), tuple(columns), data.get("unit", ""), nature),))


def lists_offered() -> Sequence[SharedList]:
    """Return the shared lists, in their order."""
    return list(SharedList.objects.order_by("position", "code"))


def _spec(line: Line) -> LineSpec:
    return LineSpec(line.label, line.unit, line.whole, line.code, line.basis, line.indicator, line.dimensions)


def _read(posted: QueryDict, kind: str) -> list[LineSpec]:
    labels = posted.getlist(f"{kind}_label")

    def part(name: str, place: int) -> str:
        values = posted.getlist(f"{kind}_{name}")
        return values[place].strip() if place < len(values) else ""

    made = []
    for place, label in enumerate(labels[: MOST_LINES * 2]):
        if not label.strip():
            continue
        basis = part("basis", place)
        made.append(
            LineSpec(
                label.strip()[:300],
                part("unit", place)[:60],
                whole=part("number", place) != FormColumn.DECIMAL,
                code=part("code", place)[:20],
                basis=basis if basis in BASES else FormColumn.PERIOD,
                indicator=part("indicator", place)[:20],
                dimensions=_dimensions(part("dimensions", place)),
            )
        )
    return made


def _dimensions(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (part.partition(PAIR) for part in text.split(NEXT) if PAIR in part)
    return tuple((name[:40], member[:20]) for name, _, member in pairs)


def written(dimensions: Sequence[tuple[str, str]]) -> str:
    """Return members of shared lists as one text for a hidden field."""
    return NEXT.join(f"{name}{PAIR}{member}" for name, member in dimensions)
