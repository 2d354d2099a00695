"""What every view asks for: who acts, one page of a long list, the sentence of a refusal."""

from __future__ import annotations

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext

from caunoi.foundation.pages.rules.refusals import sentence
from caunoi.kernel.actor import ANONYMOUS, Actor
from caunoi.kernel.errors import NotAllowed, NotFound, Refused

Row = TypeVar("Row", bound=Model)

PER_PAGE = 50


DEEP = 1_000
"""Rows before a page from which on it may be read from the end of the list."""


class FromNearerEnd(Paginator):  # type: ignore[type-arg]  # generic for the type checker alone
    """Pages of an ordered list; those beyond its middle are read from its end, so the last costs as the first."""

    def page(self, number: int | str) -> Page[Model]:
        """Return one page. Raises what ``Paginator.page`` raises."""
        at = self.validate_number(number)
        start = (at - 1) * self.per_page
        if start < max(DEEP, self.count // 2) or not isinstance(self.object_list, QuerySet):
            return super().page(at)
        after = max(0, self.count - at * self.per_page)
        rows = list(self.object_list.reverse()[after : self.count - start])
        return Page(rows[::-1], at, self)


def paginate(
    rows: QuerySet[Row], request: HttpRequest, *, per_page: int = PER_PAGE, count: int | None = None
) -> Page[Row]:
    """Return the page that ``?page=`` asks for; beyond the end, the last one. The rows must be explicitly ordered.

    Costs two queries, the count and the rows of the page; one where ``count`` is known. Raises ValueError for unordered
    rows.
    """
    if not rows.ordered:
        raise ValueError("a list that is shown in pages must be explicitly ordered")
    pages = FromNearerEnd(rows, per_page)
    if count is not None:
        pages.count = count
    return pages.get_page(request.GET.get("page"))


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in this request; nobody before the sign-in was looked at (error pages)."""
    actor = getattr(request, "actor", ANONYMOUS)
    return actor if isinstance(actor, Actor) else ANONYMOUS


def words_of(refused: Refused) -> str:
    """Return the sentence of a refusal; what is about existence and permission becomes a page instead."""
    if isinstance(refused, NotAllowed | NotFound):
        raise refused
    return sentence(refused) or gettext("Không thực hiện được việc này.")
