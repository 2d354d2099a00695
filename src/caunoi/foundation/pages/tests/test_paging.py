"""Long lists in pages: the last page is read from the end of the list, with the rows that counting up would give."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from caunoi.foundation.pages import queries
from caunoi.foundation.pages.public import paginate


@pytest.mark.django_db
@pytest.mark.parametrize("per_page", [3, 7])
def test_every_page_has_its_rows_from_whichever_end_it_is_read(monkeypatch: pytest.MonkeyPatch, per_page: int) -> None:
    monkeypatch.setattr(queries, "DEEP", 0)
    rows = ContentType.objects.order_by("-model", "id")
    every, pages = list(rows), -(-rows.count() // per_page)
    assert pages > 4
    for number in range(1, pages + 1):
        request = RequestFactory().get("/", {"page": number})
        page = paginate(rows, request, per_page=per_page, count=len(every))
        assert list(page) == every[(number - 1) * per_page : number * per_page]
        assert (page.number, page.paginator.num_pages) == (number, pages)


@pytest.mark.django_db
def test_the_last_page_skips_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "DEEP", 0)
    rows = ContentType.objects.order_by("id")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = paginate(rows, RequestFactory().get("/", {"page": 9999}), per_page=5)
        assert list(page)[-1] == rows.last()
    assert "OFFSET" not in asked.captured_queries[1]["sql"]
