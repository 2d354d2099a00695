"""Components as markup: what people typed is escaped, states are said in words, addresses keep their filters."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from caunoi.foundation.pages.public import Chart, ChartKind, Column, Panel, Series, State, Tone, parse_sort
from caunoi.foundation.pages.rules.panels import PANELS
from caunoi.foundation.pages.templatetags.charts import chart_data
from caunoi.foundation.pages.templatetags.ui import icon, icon_names

MODULE = Path(__file__).resolve().parents[1]


def render(source: str, address: str = "/", **facts: object) -> str:
    request = RequestFactory().get(address)
    template = Template("{% load ui vn charts i18n %}" + source)
    return template.render(Context({"request": request, **facts}))


def text_of(markup: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", markup)).strip()


TYPED = '<script>alert("x")</script>'


@pytest.mark.parametrize(
    "source",
    [
        "{% page_header typed subtitle=typed kicker=typed %}{% endpage_header %}",
        "{% card typed %}{{ typed }}{% endcard %}",
        "{% empty_state typed typed %}{% endempty_state %}",
        "{% alert 'info' typed %}{{ typed }}{% endalert %}",
        "{% link_button typed typed %}{% submit_button typed confirm=typed %}{% open_button typed typed %}",
        "{% post_button typed typed field=typed confirm=typed confirm_title=typed %}",
        "{% facts %}{% fact typed typed url=typed note=typed %}{% endfacts %}",
        "{% state_badge typed %}{% figure typed typed note=typed url=typed %}{% progress 1 2 typed %}",
        "{% dialog typed typed %}{{ typed }}{% enddialog %}{% icon 'x' label=typed %}",
        "{% grid_cell typed None label=typed address=typed note=typed %}{% dropzone typed typed hint=typed %}",
        "{% file_field typed typed accept=typed %}",
    ],
)
def test_what_people_typed_is_escaped(source: str) -> None:
    markup = render(source, typed=TYPED)
    assert "<script" not in markup
    assert "&lt;script&gt;" in markup


def test_actions_of_a_title_line_stay_markup() -> None:
    markup = render('{% page_header "Văn bản" state=state %}{% link_button "/n/" "Thêm" %}{% endpage_header %}',
                    state=State("Đã gửi", Tone.INFO))  # fmt: skip
    assert '<a class="btn btn-outline-secondary" href="/n/">Thêm</a>' in markup
    assert text_of(markup) == "Văn bản Đã gửi Thêm"


@pytest.mark.parametrize(
    ("day", "bound", "done", "words"),
    [
        (date(2026, 12, 10), "strictly_before", None, "còn 5 ngày (trước 10/12/2026)"),
        (date(2026, 12, 10), "no_later_than", None, "còn 6 ngày (chậm nhất 10/12/2026)"),
        (date(2026, 12, 5), "strictly_before", None, "hôm nay là ngày cuối (trước 05/12/2026)"),
        (date(2026, 12, 1), "no_later_than", None, "quá hạn 3 ngày (chậm nhất 01/12/2026)"),
        (date(2026, 12, 10), "no_later_than", date(2026, 12, 10), "đúng hạn (chậm nhất 10/12/2026)"),
        (date(2026, 12, 1), "strictly_before", date(2026, 12, 2), "muộn 2 ngày (trước 01/12/2026)"),
        (None, "no_later_than", None, "Chưa xác định ngày"),
    ],
)
def test_a_due_day_is_said_relatively_and_absolutely(
    day: date | None, bound: str, done: date | None, words: str
) -> None:
    markup = render("{% due_badge day bound today done %}", day=day, bound=bound, today=date(2026, 12, 4), done=done)
    assert text_of(markup) == words


def test_a_table_sorts_through_the_address_and_keeps_the_filters() -> None:
    columns = [Column("number", "Số", order_by=("number",), numeric=True), Column("state", "Trạng thái")]
    sort = parse_sort({"sort": "number"}, columns, "number")
    source = "{% data_table columns sort=sort %}<tr><td>7</td><td>Nháp</td></tr>{% enddata_table %}"
    markup = render(source, "/?state=late&page=3&sort=number", columns=columns, sort=sort)
    assert 'href="?state=late&amp;sort=-number"' in markup
    assert 'aria-sort="ascending"' in markup
    assert '<td data-label="Số">7</td><td data-label="Trạng thái">Nháp</td>' in markup


def test_paging_says_where_one_is_and_keeps_the_filters() -> None:
    page = Paginator(range(1234), 50).page(2)
    markup = render("{% pagination page %}", "/?state=late&page=2", page=page)
    assert "51–100 trong 1.234" in text_of(markup)
    assert 'href="?state=late&amp;page=1" rel="prev"' in markup
    assert 'href="?state=late&amp;page=25"' in markup


def test_the_search_of_a_list_keeps_the_filters_and_leaves_the_page() -> None:
    markup = render("{% search_box %}", "/?state=late&page=3&q=a%22b")
    assert '<input type="hidden" name="state" value="late">' in markup
    assert 'value="a&quot;b"' in markup
    assert 'name="page"' not in markup


def test_a_post_button_is_a_form_with_its_token_and_fields() -> None:
    markup = render('{% post_button "/d/" "Tiếp nhận" document=7 confirm="Vào sổ số 12." confirm_title="Văn bản" %}')
    assert '<form class="post-form" method="post" action="/d/">' in markup
    assert re.search(r'name="csrfmiddlewaretoken" value="\w{64}"', markup)
    assert '<input type="hidden" name="document" value="7">' in markup
    assert 'data-confirm="Vào sổ số 12."' in markup


class Person(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Như trong quyết định.")
    note = forms.CharField(label="Ghi chú", required=False)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A")], widget=forms.RadioSelect)


def test_a_form_says_its_errors_once_in_a_list_that_jumps_and_once_at_the_field() -> None:
    markup = str(Person({"note": "x"}))
    assert '<a href="#id_name">Họ và tên</a>' in markup
    assert markup.count('id="id_name_error"') == 1
    assert 'aria-describedby="id_name_helptext id_name_error"' in markup
    assert 'class="form-control "' in markup
    assert "không bắt buộc" in markup.split("Ghi chú")[1]
    assert '<input type="radio" name="kind" value="a" class="form-check-input "' in markup


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_day_is_read_day_first(language: str) -> None:
    with translation.override(language):
        assert forms.DateField().clean("10/12/2026") == date(2026, 12, 10)
        assert forms.DateInput().format_value(date(2026, 12, 10)) == "10/12/2026"


def test_a_chart_has_its_sentence_its_table_and_plain_json() -> None:
    spec = Chart("c", ChartKind.BARS, "Đoàn ra", "Năm 2026 có 5 đoàn.", ["Quý I", "Quý II"],
                 [Series("Đoàn", [5, None])], "đoàn", urls=["/q1/"])  # fmt: skip
    markup = render("{% chart spec %}", spec=spec)
    assert "Năm 2026 có 5 đoàn." in text_of(markup)
    assert '<th scope="row"><a href="/q1/">Quý I</a></th><td class="numeric">5</td>' in markup
    assert '<th scope="row">Quý II</th><td class="numeric">–</td>' in markup
    assert chart_data(spec)["series"] == [{"label": "Đoàn", "values": [5, None], "tone": None}]


def test_a_panel_of_another_module_is_shown_or_left_out() -> None:
    PANELS.register(
        "pages-test", Panel("a", "Đoàn", "pages/components/fact.html", lambda record, actor: {"value": record})
    )
    PANELS.register("pages-test", Panel("b", "Không có", "pages/components/fact.html", lambda record, actor: None))
    assert text_of(render('{% record_panels "pages-test" "Trường A" %}')) == "Đoàn Trường A"


def test_an_icon_that_is_not_vendored_is_refused() -> None:
    with pytest.raises(ValueError, match="not vendored"):
        icon("no-such-icon")


def test_every_icon_named_in_the_templates_is_in_the_sprite() -> None:
    sprite = (MODULE / "static/vendor/tabler-icons/icons.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    named: set[str] = set()
    for template in MODULE.parents[1].rglob("*.html"):
        source = template.read_text(encoding="utf-8")
        named |= set(re.findall(r'\{% icon "([^"]+)"', source)) | set(re.findall(r' icon="([^"]+)"', source))
    assert drawn == icon_names()
    assert named - drawn == set()


def test_no_template_of_the_project_has_what_the_content_policy_refuses() -> None:
    wrong = [
        f"{template.name}: {found.group()}"
        for template in MODULE.parents[1].rglob("*.html")
        if template.parent.name != "mail"  # a letter is no page: mail programs read styles in the line alone
        for found in re.finditer(
            r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*\bsrc=)", template.read_text("utf-8")
        )
    ]
    assert wrong == []


class OneFile(forms.Form):
    evidence = forms.FileField(label="Tệp minh chứng")


def test_a_field_for_a_file_speaks_the_language_of_the_page_in_templates_and_in_forms() -> None:
    by_tag = render('{% file_field "workbook" "Tệp đã điền" accept=".xlsx" %}')
    assert text_of(by_tag) == "Tệp đã điềnChọn tệpChưa chọn tệp"
    assert '<label class="field-label" for="workbook">' in by_tag
    assert 'type="file" name="workbook" id="workbook" accept=".xlsx" required title="Chưa chọn tệp"' in by_tag
    by_form = render("{% field form.evidence %}", form=OneFile())
    assert by_form.count('type="file"') == 1
    assert 'name="evidence"' in by_form
    assert 'id="id_evidence"' in by_form
    assert "Chọn tệp" in by_form


def test_every_lack_of_a_field_has_a_sentence_on_the_page() -> None:
    script = (MODULE / "static/pages/validity.js").read_text()
    wanted = set(re.findall(r'"(need[A-Z][a-z]+)"', script))
    printed = (MODULE / "templates/pages/shell/words.html").read_text()
    given = {
        re.sub(r"-([a-z])", lambda found: found[1].upper(), key) for key in re.findall(r"data-(need-[a-z]+)=", printed)
    }
    assert wanted == given
    assert len(wanted) == 12
