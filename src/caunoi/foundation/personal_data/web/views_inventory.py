"""The inventory of personal data and the list of reveals."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from caunoi.foundation.pages.public import Column, Option, chips, paginate
from caunoi.foundation.personal_data.access import Permission, grounds, retentions, visible_reveals
from caunoi.foundation.personal_data.models import Limit, Reveal
from caunoi.foundation.personal_data.rules.kinds import kind_of, kinds
from caunoi.foundation.personal_data.web.asking import permitted, tabs
from caunoi.foundation.personal_data.web.words import unusual_words
from caunoi.kernel import clock
from caunoi.kernel.text import fold

KIND_COLUMNS = [
    Column("kind", _("Loại dữ liệu")),
    Column("fields", _("Mục dữ liệu")),
    Column("purpose", _("Mục đích")),
    Column("ground", _("Căn cứ")),
    Column("retention", _("Thời hạn lưu")),
    Column("count", _("Đang giữ"), numeric=True),
]
LIMIT_COLUMNS = [
    Column("name", _("Việc")),
    Column("amount", _("Thời hạn")),
    Column("source", _("Nguồn")),
    Column("from", _("Áp dụng từ")),
]
REVEAL_COLUMNS = [
    Column("at", _("Thời điểm")),
    Column("by", _("Người xem")),
    Column("about", _("Dữ liệu của")),
    Column("field", _("Mục")),
    Column("reason", _("Lý do")),
]


@login_required
@require_GET
def inventory(request: HttpRequest) -> HttpResponse:
    """Show every kind of personal data that the modules hold, with ground, retention and number."""
    permitted(request, Permission.READ)
    today = clock.today()
    known_grounds, known_retentions = grounds(on=today), retentions(on=today)
    rows = [
        {
            "kind": kind,
            "ground": known_grounds.get(kind.ground),
            "retention": known_retentions.get(kind.retention),
            "count": kind.count() if kind.count else None,
        }
        for kind in kinds()
    ]
    context = {
        "rows": rows,
        "columns": KIND_COLUMNS,
        "limits": Limit.objects.filter(from_on__lte=today).order_by("code", "from_on"),
        "limit_columns": LIMIT_COLUMNS,
        "tabs": tabs(request, "inventory"),
    }
    return render(request, "personal_data/inventory.html", context)


@login_required
@require_GET
def reveals(request: HttpRequest) -> HttpResponse:
    """List who had which masked data shown, within one's part of the tree."""
    by = permitted(request, Permission.READ)
    row = chips(request.GET, "which", _("Hiện"), [Option("unusual", _("Bất thường"))])
    found = visible_reveals(by, on=clock.today())
    if row.value == "unusual":
        found = found.filter(is_unusual=True)
    if words := fold(request.GET.get("q", "")):
        found = found.filter(by_person_id__in=_people_named(words))
    page = paginate(found.order_by("-at", "-id"), request)
    context = {
        "page": page,
        "rows": [(one, kind_of(one.kind), _field(one.kind, one.field), unusual_words(one)) for one in page.object_list],
        "row": row,
        "columns": REVEAL_COLUMNS,
        "tabs": tabs(request, "reveals"),
    }
    return render(request, "personal_data/reveals.html", context)


def _people_named(words: str) -> list[int]:
    """Return the people who looked, by their printed name; few ever do."""
    looked = Reveal.objects.order_by().values_list("by_person_id", "by_name").distinct()
    return [pk for pk, name in looked if pk is not None and words in fold(name)]


def _field(kind: str, field: str) -> object:
    known = kind_of(kind)
    shown = known.field_of(field) if known else None
    return shown.label if shown else field
