"""Charts, Word and pdf of a consolidated report, made outside the request and kept."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils.text import slugify

from caunoi.business.documents.public import render, render_pdf
from caunoi.business.reporting.models import Campaign, ConsolidatedChart, ConsolidatedPaper, Consolidation
from caunoi.business.reporting.operations.drafting import chart_sentence, charts_of, draft_for, title_of
from caunoi.business.reporting.operations.drawing import draw_bars
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.queries.comparison import Earlier, earlier_pair
from caunoi.business.reporting.rules.charts import Bars, bars_of
from caunoi.business.reporting.rules.spans import Span
from caunoi.business.reporting.rules.turns import period_name
from caunoi.foundation.files.public import StoredFile, keep
from caunoi.foundation.jobs.public import Job, JobState, enqueue
from caunoi.kernel.text import fold

WRITE: Final = "reporting.write_paper"
MEDIA: Final = {
    ConsolidatedPaper.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ConsolidatedPaper.PDF: "application/pdf",
}


def draw_charts(made: Consolidation, *, at: dt.datetime) -> int:
    """Draw the charts of a consolidated report that are not drawn yet; return how many it has."""
    bars, then = _bars(made)
    left = _undrawn(made, bars)
    now = _period(made.campaign)
    earlier = _period(then.campaign) if then is not None else ""
    for each in left:
        _keep_chart(made, each, draw_bars(each, now=now, then=earlier), at)
    return len(bars)


def charts_to_draw(made: Consolidation) -> int:
    """Return how many charts of a consolidated report are not drawn yet."""
    return len(_undrawn(made, _bars(made)[0]))


def _bars(made: Consolidation) -> tuple[list[Bars], Earlier | None]:
    before, year = earlier_pair(made.campaign)
    then, form = year or before, form_of(made.campaign.regime)
    if then is None:
        return bars_of(form, made.cells, made.expected, None, 0), None
    return bars_of(form, made.cells, made.expected, then.cells, then.expected), then


def _undrawn(made: Consolidation, bars: list[Bars]) -> list[Bars]:
    drawn = set(charts_of(made).values_list("table_code", "column_code"))
    return [each for each in bars if (each.table.code, each.column.code) not in drawn]


def _period(campaign: Campaign) -> str:
    name = period_name(Span(campaign.span), campaign.span_year, campaign.span_month)
    return name[:1].upper() + name[1:]


def _keep_chart(made: Consolidation, bars: Bars, picture: bytes, at: dt.datetime) -> None:
    """Keep a picture, unless a job that ran beside this one has kept it already."""
    with transaction.atomic():
        held = Consolidation.objects.select_for_update().get(pk=made.pk)
        if _undrawn(held, [bars]):
            stored = keep(content=picture, name=f"bieu-do-{bars.table.code}.png", media_type="image/png", at=at)
            ConsolidatedChart.objects.create(
                consolidation=held, table_code=bars.table.code, column_code=bars.column.code, picture=stored,
                sentence=chart_sentence(bars),
            )  # fmt: skip
            held.revision += 1
            held.save(update_fields=["revision"])
        made.revision = held.revision


def paper_of(made: Consolidation, kind: str) -> StoredFile | None:
    """Return the Word or pdf of the present revision, ``None`` when it is not made yet."""
    rows = ConsolidatedPaper.objects.filter(consolidation=made, kind=kind, revision=made.revision)
    found = rows.select_related("file").first()
    return None if found is None else found.file


def request_paper(made: Consolidation, kind: str, *, at: dt.datetime) -> Job:
    """Have the Word or pdf of the present revision made; asked twice, it is made once."""
    return enqueue(WRITE, at=at, key=paper_key(made, kind), consolidation=str(made.public_id), kind=kind)


def paper_key(made: Consolidation, kind: str) -> str:
    """Return the key of the job that makes a paper."""
    return f"{WRITE}:{made.public_id}:{kind}:{made.revision}"


def paper_failed(made: Consolidation, kind: str) -> bool:
    """Whether the making of a paper was given up."""
    job = Job.objects.filter(key=paper_key(made, kind)).order_by("-id").first()
    return job is not None and job.state == JobState.FAILED


def write_paper(made: Consolidation, kind: str, *, at: dt.datetime) -> StoredFile:
    """Write the Word or pdf of the present revision and keep it; made already, it is returned.

    Charts that are not drawn yet are drawn first, so that none is missing without a word.
    """
    draw_charts(made, at=at)
    found = paper_of(made, kind)
    if found is not None:
        return found
    draft = draft_for(made, at=at)
    content = render_pdf(draft) if kind == ConsolidatedPaper.PDF else render(draft)
    with transaction.atomic():
        stored = keep(content=content, name=paper_name(made, kind), media_type=MEDIA[kind], at=at)
        ConsolidatedPaper.objects.create(consolidation=made, kind=kind, revision=made.revision, file=stored)
    return stored


def paper_name(made: Consolidation, kind: str) -> str:
    """Return the name under which a paper is downloaded."""
    return f"{slugify(fold(title_of(made.campaign)))[:120]}.{kind}"
