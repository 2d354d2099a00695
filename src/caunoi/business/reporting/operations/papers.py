"""Charts, Word and pdf of a consolidated report, made outside the request and kept."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils.text import slugify

from caunoi.business.documents.public import render, render_pdf
from caunoi.business.reporting.models import ConsolidatedChart, ConsolidatedPaper, Consolidation
from caunoi.business.reporting.operations.drafting import chart_sentence, charts_of, draft_for, title_of
from caunoi.business.reporting.operations.drawing import draw_bars
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.queries.comparison import earlier_pair
from caunoi.business.reporting.rules.charts import Bars, bars_of
from caunoi.business.reporting.rules.comparison import PeriodKey
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
    campaign = made.campaign
    before, year = earlier_pair(campaign)
    then = year or before
    bars = bars_of(
        form_of(campaign.regime), made.cells, made.expected, then.cells if then else None, then.expected if then else 0
    )
    drawn = set(charts_of(made).values_list("table_code", "column_code"))
    key = PeriodKey(Span(campaign.span), campaign.span_year, campaign.span_month)
    now = period_name(key.span, key.year, key.month)
    earlier = ""
    if then is not None:
        other = then.campaign
        earlier = period_name(Span(other.span), other.span_year, other.span_month)
    for each in bars:
        if (each.table.code, each.column.code) not in drawn:
            picture = draw_bars(each, now=now[:1].upper() + now[1:], then=earlier[:1].upper() + earlier[1:])
            _keep_chart(made, each, picture, at)
    return len(bars)


def _keep_chart(made: Consolidation, bars: Bars, picture: bytes, at: dt.datetime) -> None:
    with transaction.atomic():
        stored = keep(content=picture, name=f"bieu-do-{bars.table.code}.png", media_type="image/png", at=at)
        ConsolidatedChart.objects.create(
            consolidation=made, table_code=bars.table.code, column_code=bars.column.code, picture=stored,
            sentence=chart_sentence(bars),
        )  # fmt: skip
        Consolidation.objects.filter(pk=made.pk).update(revision=made.revision + 1)
        made.revision += 1


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
    """Write the Word or pdf of the present revision and keep it; made already, it is returned."""
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
