"""What one may ask the audit: person, post, unit, kind of thing, verb, days, words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from caunoi.foundation.audit.public import Entry, described_verbs
from caunoi.foundation.organisations.public import Unit
from caunoi.foundation.people.public import Person
from caunoi.kernel import clock
from caunoi.kernel.text import fold
from caunoi.surfaces.staff_site.web.audit_words import SUBJECTS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ANY = ("", _("Tất cả"))
FIRST, LAST = dt.date(1900, 1, 1), dt.date(9000, 1, 1)
"""Days beyond these are asked as these: a moment of theirs may not exist in another time zone."""


def _verbs() -> list[tuple[str, StrOrPromise]]:
    return [ANY, *sorted(described_verbs().items(), key=lambda pair: fold(str(pair[1])))]


def _subjects() -> list[tuple[str, StrOrPromise]]:
    return [ANY, *SUBJECTS.items()]


class AuditFilter(forms.Form):
    """The filter of the audit; every field may be left open."""

    q = forms.CharField(label=_("Có từ"), required=False, max_length=100)
    person = forms.CharField(label=_("Người làm"), required=False, max_length=100)
    post = forms.CharField(label=_("Vị trí"), required=False, max_length=100)
    unit = forms.CharField(label=_("Đơn vị"), required=False, max_length=100)
    subject = forms.ChoiceField(label=_("Loại đối tượng"), required=False, choices=_subjects)
    verb = forms.ChoiceField(label=_("Việc"), required=False, choices=_verbs)
    first = forms.DateField(label=_("Từ ngày"), required=False)
    last = forms.DateField(label=_("Đến ngày"), required=False)

    def apply(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        """Return the entries that answer; a field that cannot be read filters nothing and shows its error."""
        self.is_valid()
        given = self.cleaned_data
        return entries.filter(_words(given), _who(given), _what(given))

    def told(self) -> dict[str, str]:
        """Return what is asked, for the audit of an export."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


def _words(given: Mapping[str, str]) -> Q:
    condition = Q()
    for word in fold(given.get("q") or "").split():
        condition &= Q(folded__contains=word)
    return condition


def _who(given: Mapping[str, str]) -> Q:
    condition = Q()
    if person := fold(given.get("person") or ""):
        condition &= Q(person_id__in=Person.objects.filter(folded__contains=person).values("pk"))
    if post := (given.get("post") or "").strip():
        condition &= Q(post_title__icontains=post) | Q(folded__contains=fold(post), post_title__gt="")
    if unit := fold(given.get("unit") or ""):
        condition &= Q(unit_id__in=Unit.objects.filter(folded__contains=unit).values("pk"))
    return condition


def _what(given: Mapping[str, object]) -> Q:
    condition = Q()
    if subject := given.get("subject"):
        condition &= Q(subject_kind=subject)
    if verb := given.get("verb"):
        condition &= Q(verb=verb)
    first, last = given.get("first"), given.get("last")
    if isinstance(first, dt.date):
        condition &= Q(at__gte=_midnight(first))
    if isinstance(last, dt.date):
        condition &= Q(at__lt=_midnight(min(last, LAST) + dt.timedelta(days=1)))
    return condition


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(min(max(day, FIRST), LAST), dt.time(), tzinfo=clock.VIETNAM)
