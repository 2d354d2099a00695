"""The pages: what they show, what they keep when refused, and how many queries they cost."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from http import HTTPStatus

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from caunoi.business.plans.models import Plan, PlanItem, Task, TaskUpdate
from caunoi.business.plans.public import TaskDraft, adapt_item, create_plan, create_task, create_tasks, report_done
from caunoi.business.plans.tests.scenes import AT, SOON, Scene, document_above, duty_of
from caunoi.foundation.calendar.public import Bound, DueRule, Rhythm
from caunoi.surfaces.demonstration.office import Office

SignIn = Callable[[str], Client]


def _page(client: Client, name: str, *args: object, query: str = "") -> str:
    response = client.get(reverse(f"plans:{name}", args=args) + query)
    assert response.status_code == HTTPStatus.OK
    return str(response.content.decode())


def _pages(place: Scene, task: Task) -> list[str]:
    plan, item = place.plan.public_id, place.item("Mở chuyên mục").public_id
    of_plan = ["plan", "plan_tasks", "plan_coverage", "plan_print", "plan_docx", "plan_edit", "plan_task_new"]
    return [
        *(
            reverse(f"plans:{name}")
            for name in ("plans", "new", "tasks", "board", "calendar", "task_new", "tasks_export")
        ),
        *(reverse(f"plans:{name}", args=[plan]) for name in of_plan),
        reverse("plans:item", args=[item]),
        reverse("plans:task", args=[task.public_id]),
        reverse("plans:task_edit", args=[task.public_id]),
    ]


def test_every_page_opens_for_those_who_plan(place: Scene, client_of: SignIn) -> None:
    client, task = client_of("specialist"), place.assign()
    for page in _pages(place, task):
        assert (page, client.get(page).status_code) == (page, 200)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("thpt_2", {403, 404, 200}),
        ("reporter", {403}),
        ("receiver", {403}),
        ("administrator", {403}),
    ],
)
def test_no_page_opens_for_others(place: Scene, client_of: SignIn, kind: str, expected: set[int]) -> None:
    task = place.assign()
    client = client_of(kind) if kind != "thpt_2" else client_of("school_officer")
    answers = {page: client.get(page).status_code for page in _pages(place, task)}
    assert set(answers.values()) <= expected
    own = [page for page in answers if str(place.plan.public_id) in page or str(task.public_id) in page]
    assert all(answers[page] in (403, 404) for page in own)


def test_nobody_is_asked_to_sign_in_first(place: Scene, client: Client) -> None:
    for page in _pages(place, place.assign()):
        response = client.get(page)
        assert response.status_code == HTTPStatus.FOUND
        assert response.headers["Location"].startswith(reverse("account_login"))


def test_a_plan_is_made_from_the_document_chosen(office: Office, client_of: SignIn) -> None:
    above = document_above(office.unit("so"))
    client = client_of("specialist")
    page = _page(client, "new", query=f"?source={above.public_id}")
    assert 'value="Công tác đối ngoại năm 2026"' in page
    assert "Không theo văn bản nào" in page
    data = {"title": "Kế hoạch của Sở", "year": 2026, "unit": office.unit("so").public_id, "source": above.public_id}
    response = client.post(reverse("plans:new"), data)
    plan = Plan.objects.get()
    assert response.headers["Location"] == reverse("plans:plan", args=[plan.public_id])
    assert (plan.title, plan.source) == ("Kế hoạch của Sở", above)
    assert "MỤC ĐÍCH, YÊU CẦU" in _page(client, "plan", plan.public_id)


def test_a_new_plan_without_a_title_comes_back_with_what_was_typed(office: Office, client_of: SignIn) -> None:
    response = client_of("specialist").post(reverse("plans:new"), {"title": "", "year": 2031, "unit": ""})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'value="2031"' in response.content.decode()
    assert not Plan.objects.exists()


def test_an_item_is_written_in_place_and_alone(place: Scene, client_of: SignIn) -> None:
    client, item = client_of("specialist"), place.item("Mở chuyên mục")
    url = reverse("plans:item", args=[item.public_id])
    inside = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in inside
    assert "Văn bản cấp trên" in inside
    response = client.post(url, {"text": "Lời của Sở.", "version": 1, "area": ""})
    assert response.headers["Location"] == f"{reverse('plans:plan', args=[place.plan.public_id])}#i-{item.public_id}"
    item.refresh_from_db()
    assert (item.text, item.cascade) == ("Lời của Sở.", "adapt")
    client.post(url, {"text": "gì cũng được", "version": 2, "as-above": "1"})
    item.refresh_from_db()
    assert (item.text, item.cascade) == (item.source_text, "inherit")


def test_the_slower_editor_sees_both_versions(place: Scene, client_of: SignIn) -> None:
    client, item = client_of("specialist"), place.item("Mở chuyên mục")
    adapt_item(item=item, text="Bản của người nhanh.", area=None, version=1, by=place.who("head_of_office"), at=AT)
    response = client.post(reverse("plans:item", args=[item.public_id]), {"text": "Bản của người chậm.", "version": 1})
    page = response.content.decode()
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Bản của người nhanh." in page
    assert "Bản của người chậm." in page
    assert 'name="version" value="2"' in page
    assert PlanItem.objects.get(pk=item.pk).text == "Bản của người nhanh."


def test_items_are_dropped_restored_added_moved_removed(place: Scene, client_of: SignIn) -> None:
    client, item = client_of("specialist"), place.item("Mở chuyên mục")
    empty = client.post(reverse("plans:item_drop", args=[item.public_id]), {"reason": "", "version": 1})
    assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    client.post(reverse("plans:item_drop", args=[item.public_id]), {"reason": "Không có trang tin.", "version": 1})
    assert "Lý do: Không có trang tin." in _page(client, "plan", place.plan.public_id)
    client.post(reverse("plans:item_restore", args=[item.public_id]), {"version": 2})
    client.post(reverse("plans:item_move", args=[item.public_id]), {"way": "down"})
    client.post(reverse("plans:item_add", args=[item.parent.public_id]), {"text": "Làm bản tin."})  # type: ignore[union-attr]  # it has one
    made = PlanItem.objects.get(text="Làm bản tin.")
    order = list(PlanItem.objects.filter(parent=item.parent).order_by("position").values_list("text", flat=True))
    assert [text[:8] for text in order] == ["Cung cấp", "Mở chuyê", "Làm bản "]
    client.post(reverse("plans:item_remove", args=[made.public_id]), {"version": 1})
    assert not PlanItem.objects.filter(pk=made.pk).exists()


def test_a_task_is_assigned_to_several_at_once(place: Scene, client_of: SignIn) -> None:
    client, item = client_of("specialist"), place.item("Mở chuyên mục")
    url = reverse("plans:plan_task_new", args=[place.plan.public_id])
    assert "Mở chuyên mục song ngữ" in client.get(f"{url}?item={item.public_id}").content.decode()
    leads = [f"unit:{place.office.unit(key).public_id}" for key in ("thpt_1", "thpt_2")]
    post = place.office.posts["deputy_director"]
    data = {
        "item": item.pk, "title": "Mở chuyên mục", "leads": [*leads, f"post:{post.public_id}"],
        "bound": "strictly_before",
        "due_on": "10/12/2026", "supporting": [str(place.office.unit("van_phong").public_id)],
    }  # fmt: skip
    response = client.post(url, data)
    assert response.headers["Location"] == reverse("plans:plan_tasks", args=[place.plan.public_id])
    tasks = list(Task.objects.order_by("pk"))
    assert [(task.lead_unit, task.lead_post, task.last_day) for task in tasks] == [
        (place.office.unit("thpt_1"), None, dt.date(2026, 12, 9)),
        (place.office.unit("thpt_2"), None, dt.date(2026, 12, 9)),
        (place.office.unit("so"), post, dt.date(2026, 12, 9)),
    ]
    past = client.post(url, {**data, "due_on": "01/10/2026"})
    assert past.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "đã qua" in past.content.decode()
    assert Task.objects.count() == 3


def test_a_task_is_changed_and_taken_out_before_the_plan_is_issued(place: Scene, client_of: SignIn) -> None:
    client, task = client_of("specialist"), place.assign()
    lead = f"unit:{place.office.unit('thpt_3').public_id}"
    data = {"title": "Tên mới", "leads": [lead], "bound": "no_later_than", "due_on": "", "product": "Bài viết"}
    client.post(reverse("plans:task_edit", args=[task.public_id]), data)
    task.refresh_from_db()
    assert (task.title, task.lead_unit, task.due_on) == ("Tên mới", place.office.unit("thpt_3"), None)
    client.post(reverse("plans:task_remove", args=[task.public_id]))
    assert not Task.objects.exists()


def test_a_school_takes_a_task_on_and_reports_with_evidence(place: Scene, client_of: SignIn) -> None:
    task = place.assign()
    place.issue()
    school, url = client_of("school_officer"), reverse("plans:task", args=[task.public_id])
    assert "Duy trì chuyên mục song ngữ" in _page(school, "tasks")
    assert "Nhận việc" in school.get(url).content.decode()
    school.post(reverse("plans:task_step", args=[task.public_id, "accept"]))
    done = reverse("plans:task_step", args=[task.public_id, "report_done"])
    empty = school.post(done, {"report_done-text": ""})
    assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    file = SimpleUploadedFile("kết quả.html", b"<script>alert(1)</script>", "text/html")
    school.post(done, {"report_done-text": "Đã xong.", "report_done-evidence": file})
    task.refresh_from_db()
    assert task.state == "reported_done"
    update = TaskUpdate.objects.get(evidence__isnull=False)
    answer = school.get(reverse("plans:evidence", args=[update.public_id]))
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    above = client_of("specialist")
    reason = above.post(reverse("plans:task_step", args=[task.public_id, "return"]), {"return-reason": "Thiếu ảnh."})
    assert reason.status_code == HTTPStatus.FOUND
    assert "Thiếu ảnh." in school.get(url).content.decode()


def test_a_refused_step_keeps_what_was_typed(place: Scene, client_of: SignIn) -> None:
    task = place.assign()
    place.issue()
    url = reverse("plans:task_step", args=[task.public_id, "extend"])
    data = {"extend-reason": "Chờ hướng dẫn của Bộ.", "extend-due_on": "01/11/2026", "extend-bound": "no_later_than"}
    response = client_of("specialist").post(url, data)
    page = response.content.decode()
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Chờ hướng dẫn của Bộ." in page
    assert "Thời hạn mới phải muộn hơn thời hạn hiện nay" in page
    assert client_of("specialist").post(url.replace("extend", "khac")).status_code == HTTPStatus.NOT_FOUND


def test_a_step_of_the_other_side_is_forbidden(place: Scene, client_of: SignIn) -> None:
    task = place.assign()
    place.issue()
    response = client_of("school_officer").post(
        reverse("plans:task_step", args=[task.public_id, "cancel"]), {"cancel-reason": "Thôi"}
    )
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert Task.objects.get(pk=task.pk).state == "assigned"


def test_a_plan_is_presented_and_printed(place: Scene, client_of: SignIn) -> None:
    place.assign()
    client, plan = client_of("specialist"), place.plan.public_id
    assert "……/KH-SGDĐT" in _page(client, "plan_print", plan)
    client.post(reverse("plans:plan_present", args=[plan]), {"note": "Kính trình."})
    page = _page(client, "plan", plan)
    assert "Trình ký" in page
    assert reverse("plans:plan_present", args=[plan]) not in page
    again = client.post(reverse("plans:plan_present", args=[plan]), follow=True)
    assert "không sửa được" in again.content.decode()
    word = client.get(reverse("plans:plan_docx", args=[plan]))
    assert word.content[:2] == b"PK"
    assert word.headers["Content-Disposition"].startswith('attachment; filename="ke-hoach-2026-')


def test_title_is_changed_and_a_plan_thrown_away(place: Scene, client_of: SignIn) -> None:
    client, plan = client_of("specialist"), place.plan.public_id
    url = reverse("plans:plan_edit", args=[plan])
    slow = client.post(url, {"title": "Tên khác", "year": 2026, "version": 99})
    assert slow.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Tên khác" in slow.content.decode()
    client.post(url, {"title": "Tên khác", "year": 2027, "version": 1})
    assert Plan.objects.get().title == "Tên khác"
    client.post(reverse("plans:plan_discard", args=[plan]))
    assert not Plan.objects.exists()


def test_filters_live_in_the_address(place: Scene, client_of: SignIn) -> None:
    place.assign("thpt_1")
    place.assign("van_phong", "Cung cấp số liệu")
    place.issue()
    client = client_of("specialist")
    name = place.office.unit("thpt_1").name
    for query, found in (
        ("?whose=assigned", True), ("?whose=mine", False), ("?whose=assigned&q=chuyen+muc", True),
        ("?whose=below", False),
        ("?whose=assigned&q=khong", False), ("?whose=assigned&state=confirmed", False),
        ("?whose=assigned&due=late", False),
        ("?whose=assigned&area=external_information", True), ("?whose=assigned&area=delegations", False),
    ):  # fmt: skip
        assert (query, name in _page(client, "tasks", query=query)) == (query, found)
    assert "Duy trì chuyên mục" in _page(client, "calendar", query="?whose=assigned&month=2026-11")
    assert "Duy trì chuyên mục" not in _page(client, "calendar", query="?whose=assigned&month=2026-10")
    assert "Duy trì chuyên mục" not in _page(client, "calendar", query="?whose=assigned&month=x")
    assert place.plan.title in _page(client, "plans", query="?q=cong+tac")
    assert place.plan.title not in _page(client, "plans", query="?state=writing")


def test_the_page_of_a_document_shows_what_rests_on_it(place: Scene, client_of: SignIn) -> None:
    page = client_of("specialist").get(reverse("documents:record", args=[place.above.public_id])).content.decode()
    assert reverse("plans:plan", args=[place.plan.public_id]) in page
    assert f"{reverse('plans:new')}?source={place.above.public_id}" in page


def _many(place: Scene, count: int) -> None:
    leads = [place.office.unit(f"thpt_{number % 14 + 1}") for number in range(count)]
    drafts = [
        TaskDraft(title="Việc chung", lead_unit=lead, supporting_units=[place.office.unit("van_phong")], due=SOON)
        for lead in leads
    ]
    create_tasks(drafts=drafts, item=place.item("Mở chuyên mục"), by=place.who("specialist"), at=AT)
    create_tasks(drafts=drafts, unit=place.office.unit("so"), by=place.who("specialist"), at=AT)
    for number in range(count):
        unit, by = place.office.unit("so"), place.who("specialist")
        create_plan(unit=unit, year=2026, title=f"Kế hoạch {number}", source=place.above, by=by, at=AT)


def test_pages_cost_the_same_for_few_rows_and_for_many(
    place: Scene, client_of: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    task = create_task(
        draft=TaskDraft(title="Một việc", lead_unit=place.office.unit("thpt_1"), due=SOON),
        unit=place.office.unit("so"), by=place.who("specialist"), at=AT,
    )  # fmt: skip
    client = client_of("specialist")
    queries = {reverse("plans:tasks"): "?whose=assigned", reverse("plans:board"): "?whose=assigned"}
    queries[reverse("plans:calendar")] = "?whose=assigned&month=2026-11"
    pages = [page + queries.get(page, "") for page in _pages(place, task) if not page.endswith("/sua/")]
    _many(place, 2)
    few = {page: _count(client, page, django_assert_max_num_queries) for page in pages}
    _many(place, 9)
    many = {page: _count(client, page, django_assert_max_num_queries) for page in pages}
    assert many == few


def _count(client: Client, page: str, counted: DjangoAssertNumQueries) -> int:
    with counted(60) as captured:
        assert client.get(page).status_code == HTTPStatus.OK
    return len(captured)


def test_a_task_opens_with_its_plan_for_those_above_only(place: Scene, client_of: SignIn) -> None:
    task = place.assign()
    place.issue()
    link = reverse("plans:plan", args=[place.plan.public_id])
    url = reverse("plans:task", args=[task.public_id])
    assert link in client_of("specialist").get(url).content.decode()
    page = client_of("school_officer").get(url).content.decode()
    assert link not in page
    assert place.plan.title in page


def test_reported_tasks_are_confirmed_together_or_not_at_all(place: Scene, client_of: SignIn) -> None:
    tasks = [place.assign(key) for key in ("thpt_1", "thpt_2", "thpt_3")]
    place.issue()
    for key, task in zip(("thpt_1", "thpt_2"), tasks, strict=False):
        report_done(task=task, text="Xong.", by=place.who(f"{key}.officer"), at=AT)
    client, url = client_of("specialist"), reverse("plans:tasks_confirm")
    page = _page(client, "tasks", query="?whose=assigned")
    assert [f'value="{task.public_id}"' in page for task in tasks] == [True, True, False]
    assert client_of("school_officer").post(url, {"chosen": [tasks[0].public_id]}).status_code == HTTPStatus.FORBIDDEN
    nothing = client_of("school_officer").post(url, {"chosen": [tasks[1].public_id]}, follow=True)
    assert "Chưa chọn nhiệm vụ nào" in nothing.content.decode()
    refused = client.post(url, {"chosen": [task.public_id for task in tasks]}, follow=True)
    assert "nên không làm được việc này" in refused.content.decode()
    assert not Task.objects.filter(state="confirmed").exists()
    done = client.post(url, {"chosen": [tasks[0].public_id, tasks[1].public_id, "x"]}, follow=True)
    assert "Đã xác nhận 2 nhiệm vụ." in done.content.decode()
    assert Task.objects.filter(state="confirmed").count() == 2


def test_the_list_is_exported_as_filtered_and_nothing_in_it_is_a_formula(place: Scene, client_of: SignIn) -> None:
    for title, lead in (("=1+1", "thpt_1"), ("Việc khác", "thpt_2")):
        draft = TaskDraft(title=title, lead_unit=place.office.unit(lead), due=SOON, bound=Bound.STRICTLY_BEFORE)
        create_task(draft=draft, unit=place.office.unit("so"), by=place.who("specialist"), at=AT)
    answer = client_of("specialist").get(reverse("plans:tasks_export") + "?whose=assigned&q=1%2B1")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    head, *rows = book.get_sheet_by_index(0).to_python()
    assert head[:2] == ["Nhiệm vụ", "Kế hoạch"]
    so, school = place.office.unit("so").name, place.office.unit("thpt_1").name
    last = dt.date(2026, 11, 19)
    assert rows == [
        ["=1+1", "", so, school, "", "", "", "trước ngày 20/11/2026", last, 0.0, "Đã giao"],
    ]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="nhiem-vu-2026-10-05.xlsx"'


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        (DueRule(Rhythm.YEARLY, ((12, 5),), bound=Bound.STRICTLY_BEFORE, printed="trước 05/12 hằng năm"), "05/12/2026"),
        (DueRule(Rhythm.ONCE, ((5, 20),), year=2023, printed="20/5/2023"), ""),
        (DueRule(Rhythm.QUARTERLY, printed="hằng quý"), ""),
    ],
)
def test_the_deadline_of_the_clause_above_is_offered(
    place: Scene, client_of: SignIn, rule: DueRule, shown: str
) -> None:
    item = place.item("Lập chương trình")
    duty = duty_of(place.above)
    duty.clause, duty.due_rule = item.source_clause, rule.to_data()
    duty.save()
    url = f"{reverse('plans:plan_task_new', args=[place.plan.public_id])}?item={item.public_id}"
    page = client_of("specialist").get(url).content.decode()
    assert (f'value="{shown}"' in page) if shown else ('name="due_on" value' not in page)


def test_where_the_units_below_are_too_many_for_a_list_they_are_looked_for_by_name(
    place: Scene, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caunoi.business.plans.web.forms.MANY", 3)
    client, url = client_of("specialist"), reverse("plans:plan_task_new", args=[place.plan.public_id])
    school, item = place.office.unit("thcs_1"), place.item("Mở chuyên mục")
    data = {"item": item.pk, "title": "Mở chuyên mục", "bound": "no_later_than", "due_on": "10/12/2026"}
    assert "Chọn nơi chủ trì" in client.post(url, data).content.decode()
    assert client.post(url, {**data, "leads_below": [str(place.office.unit("ubnd").public_id)]}).status_code == 422
    client.post(url, {**data, "leads_below": [str(school.public_id)]})
    task = Task.objects.get()
    assert (task.lead_unit, task.lead_post) == (school, None)
    page = client.get(reverse("plans:task_edit", args=[task.public_id])).content.decode()
    assert f'name="leads_below" value="{school.public_id}"' in page
