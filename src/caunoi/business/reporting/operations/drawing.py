"""Charts as pictures for official papers: black on white, told apart by hatching, legible in grey print."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from caunoi.business.reporting.rules.charts import Bars
from caunoi.foundation.pages.public import cell_text
from caunoi.kernel.measure import Measure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

FONTS: Final = ["Liberation Serif", "DejaVu Serif"]
"""The typeface of official papers (NĐ 30/2020/NĐ-CP, Phụ lục I) and what stands in for it."""
WIDTH_INCHES: Final = 6.3
DARK, LIGHT, EDGE = "#404040", "#ffffff", "#202020"
LONGEST_LABEL: Final = 34
Style = Literal["normal", "italic"]


def draw_bars(bars: Bars, *, now: str, then: str) -> bytes:
    """Return a PNG of lying bars, one for each row, with their figures; ``now`` and ``then`` name the two periods.

    Rows that nobody answered have no bar but the words that say so. Takes about half a second: call it from a job.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    both = bool(bars.earlier)
    height = 0.7 + len(bars.labels) * (0.46 if both else 0.32) + (0.3 if both else 0)
    figure = Figure(figsize=(WIDTH_INCHES, height), dpi=200)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    places = list(range(len(bars.labels)))
    thick = 0.38 if both else 0.62
    top = max((value for value in (*bars.values, *bars.earlier) if value is not None), default=Decimal(1)) or Decimal(1)
    _row(axes, [at - thick / 2 * both for at in places], bars.values, thick, DARK, "", now, top)
    if both:
        _row(axes, [at + thick / 2 for at in places], bars.earlier, thick, LIGHT, "////", then, top)
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.02), ncols=2, frameon=False, prop=_font(9))
    axes.set_yticks(places, [_short(label) for label in bars.labels], fontproperties=_font(10))
    axes.invert_yaxis()
    axes.set_xlim(0, float(top) * 1.16)
    axes.set_xticks([])
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    figure.tight_layout()
    out = io.BytesIO()
    canvas.print_png(out, metadata={"Software": None})  # type: ignore[no-untyped-call]  # not typed there
    return out.getvalue()


def _row(
    axes: Axes, places: Sequence[float], values: Sequence[Decimal | None], thick: float, fill: str, hatch: str,
    label: str, top: Decimal,
) -> None:  # fmt: skip
    lengths = [float(value or 0) for value in values]
    axes.barh(places, lengths, height=thick, color=fill, edgecolor=EDGE, linewidth=0.7, hatch=hatch, label=label)
    for place, value in zip(places, values, strict=True):
        text = "chưa có số liệu" if value is None else cell_text(Measure.of(value), language="vi")
        style: Style = "italic" if value is None else "normal"
        axes.text(float(value or 0) + float(top) * 0.012, place, text, va="center", fontproperties=_font(9, style))


def _font(size: int, style: Style = "normal") -> FontProperties:
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=FONTS, size=size, style=style)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"
