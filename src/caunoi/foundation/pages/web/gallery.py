"""The developers' gallery: every component with invented content, the pages that the tests of this module look at."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from caunoi.foundation.pages.public import Option, Tone, chips, parse_sort
from caunoi.foundation.pages.web import gallery_content as content
from caunoi.foundation.pages.web.failures import failure_page, server_error
from caunoi.foundation.pages.web.gallery_content import UNITS


class TaskForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Tên nhiệm vụ", max_length=200)
    due_on = forms.DateField(label="Thời hạn", help_text="Ngày/tháng/năm, ví dụ 10/12/2026.")
    members = forms.IntegerField(label="Số người tham gia", required=False, min_value=0)
    area = forms.ChoiceField(
        label="Lĩnh vực công tác",
        choices=[("1", "Thông tin đối ngoại"), ("2", "Quản lý đoàn ra, đoàn vào"), ("3", "Đối ngoại nhân dân")],
    )
    content = forms.CharField(label="Nội dung", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    partners = forms.MultipleChoiceField(
        label="Đơn vị phối hợp",
        choices=[(str(at), name) for at, name in enumerate(UNITS)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    kind = forms.ChoiceField(
        label="Hình thức", choices=[("once", "Một lần"), ("year", "Hằng năm")], widget=forms.RadioSelect
    )
    remind = forms.BooleanField(label="Nhắc đơn vị chủ trì trước hạn 7 ngày", required=False)


def components(request: HttpRequest) -> HttpResponse:
    """Show the small components; files sent are counted and thrown away."""
    if request.FILES:
        messages.success(request, f"Đã nhận {len(request.FILES.getlist('files'))} tệp.")
        return redirect("gallery:list")
    facts = {
        "today": content.TODAY,
        "days": [date(2026, 12, 2), date(2026, 12, 5), date(2026, 12, 10), date(2027, 5, 20)],
        "states": [content.RECEIVED, content.SENT, content.RETURNED, content.LATE, content.DRAFT],
        "history": content.HISTORY,
        "files": content.FILES,
        "tones": list(Tone),
        "charts": [content.BY_MONTH, content.BY_UNIT, content.BY_YEAR, content.BY_COUNTRY],
    }
    return render(request, "pages/gallery/components.html", facts)


def home(request: HttpRequest) -> HttpResponse:
    """Show lines of work as on a home page."""
    facts = {"today": content.TODAY, "due": date(2026, 12, 10), "returned": content.RETURNED}
    return render(request, "pages/gallery/home.html", facts)


def rows(request: HttpRequest) -> HttpResponse:
    """Show a list, or with ``?state=none`` its empty state."""
    states = [Option("new", "Chưa xử lý", 3), Option("due", "Sắp đến hạn", 2), Option("none", "Đã chuyển lưu", 0)]
    row = chips(request.GET, "state", "Trạng thái", states)
    listed = [] if row.value == "none" else [each for _ in range(30) for each in content.ROWS]
    areas = chips(request.GET, "area", "Lĩnh vực", [Option(str(at), name) for at, name in enumerate(content.AREAS)])
    facts = {
        "areas": areas,
        "page": Paginator(listed, 10).get_page(request.GET.get("page")),
        "columns": content.COLUMNS,
        "sort": parse_sort(request.GET, content.COLUMNS, "-arrival"),
        "states": row,
        "today": content.TODAY,
    }
    return render(request, "pages/gallery/list.html", facts)


def record(request: HttpRequest) -> HttpResponse:
    """Show a record page with its messages."""
    messages.success(request, "Đã tiếp nhận báo cáo của Trường THPT Sông Lam.")
    facts = {
        "crumbs": content.CRUMBS,
        "state": content.SENT,
        "tabs": content.TABS,
        "history": content.HISTORY,
        "files": content.FILES,
        "today": content.TODAY,
        "due": content.ROWS[0],
        "chart": content.BY_MONTH,
    }
    return render(request, "pages/gallery/record.html", facts)


def form(request: HttpRequest) -> HttpResponse:
    """Show a form; sent empty it shows its errors."""
    shown = TaskForm(request.POST if request.method == "POST" else None)
    return render(request, "pages/gallery/form.html", {"form": shown})


def grid(request: HttpRequest) -> HttpResponse:
    """Show an entry grid with cells in every state."""
    facts = {"columns": content.GRID_COLUMNS, "rows": content.GRID_ROWS}
    return render(request, "pages/gallery/grid.html", facts)


def review(request: HttpRequest) -> HttpResponse:
    """Show the two-pane review."""
    return render(request, "pages/gallery/review.html")


def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the plain frame."""
    return render(request, "pages/gallery/sign_in.html", {"form": TaskForm()})


def failure(request: HttpRequest, status: int) -> HttpResponse:
    """Show the page of a failure."""
    return server_error(request) if status == 500 else failure_page(request, status)
