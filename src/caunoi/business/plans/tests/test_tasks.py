"""Assigning tasks and taking their steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from caunoi.business.documents.public import ObligationRefused, ObligationState
from caunoi.business.plans.models import Task, TaskUpdate
from caunoi.business.plans.public import (
    Evidence,
    PlansForbidden,
    PlansNotFound,
    StepRefused,
    TaskDraft,
    TaskRefused,
    accept_task,
    cancel_task,
    change_task,
    confirm_task,
    create_task,
    create_tasks,
    drop_item,
    extend_task,
    late_beneath,
    remind_of_tasks,
    remove_task,
    report_done,
    report_progress,
    resting_on,
    return_task,
    tasks_due,
    tasks_returned,
    tasks_to_confirm,
    visible_tasks,
)
from caunoi.business.plans.tests.scenes import AT, SOON, TODAY, Scene, duty_of, told, traces
from caunoi.foundation.calendar.public import Bound, DueRule, Rhythm
from caunoi.foundation.files.public import content_of
from caunoi.foundation.search.public import find
from caunoi.kernel.actor import Actor, system
from caunoi.surfaces.demonstration.office import Office

DAY = dt.timedelta(days=1)


def _free(office: Office, **changes: object) -> Task:
    """Assign a task of the Sở to a school without a plan; it is active at once."""
    values: dict[str, object] = {"title": "Gửi danh sách", "lead_unit": office.unit("thpt_1"), "due": SOON, **changes}
    draft = TaskDraft(**values)  # type: ignore[arg-type]  # the words of the test
    return create_task(draft=draft, unit=office.unit("so"), by=office.actor("specialist", on=TODAY), at=AT)


@pytest.mark.parametrize(
    ("due", "bound", "day", "last", "kept"),
    [
        (dt.date(2026, 12, 10), Bound.STRICTLY_BEFORE, dt.date(2026, 12, 10), dt.date(2026, 12, 9), "strictly_before"),
        (dt.date(2026, 12, 10), Bound.NO_LATER_THAN, dt.date(2026, 12, 10), dt.date(2026, 12, 10), "no_later_than"),
        (None, Bound.NO_LATER_THAN, None, None, "no_later_than"),
        (
            DueRule(Rhythm.YEARLY, ((6, 15), (12, 10)), bound=Bound.STRICTLY_BEFORE, printed="trước 15/6 và 10/12"),
            Bound.NO_LATER_THAN, dt.date(2026, 12, 10), dt.date(2026, 12, 9), "strictly_before",
        ),
        (DueRule(Rhythm.QUARTERLY, printed="hằng quý"), Bound.NO_LATER_THAN, None, None, "no_later_than"),
    ],
)  # fmt: skip
def test_the_due_day_is_kept_as_printed_with_the_last_day_in_time(
    office: Office, due: dt.date | DueRule | None, bound: Bound, day: dt.date | None, last: dt.date | None, kept: str
) -> None:
    task = _free(office, due=due, bound=bound)
    assert (task.due_on, task.last_day, task.bound) == (day, last, kept)
    assert task.due_printed == (due.printed if isinstance(due, DueRule) else "")


def test_a_task_is_refused_with_nothing_done(office: Office) -> None:
    before = traces()
    past = DueRule(Rhythm.ONCE, ((5, 20),), year=2023, bound=Bound.STRICTLY_BEFORE, printed="trước 20/5/2023")
    refused: list[tuple[dict[str, object], str]] = [
        ({"title": "  "}, "plans.task_title"),
        ({"due": TODAY - DAY}, "plans.due_past"),
        ({"due": TODAY, "bound": Bound.STRICTLY_BEFORE}, "plans.due_past"),
        ({"due": past}, "plans.due_past"),
        ({"lead_unit": office.unit("ubnd")}, "plans.lead_not_below"),
        ({"lead_post": office.posts["clerk"]}, "plans.post_not_of_unit"),
    ]
    for changes, code in refused:
        with pytest.raises(TaskRefused) as error:
            _free(office, **changes)
        assert error.value.code == code
    assert (Task.objects.count(), traces()) == (0, before)


def test_a_task_without_a_plan_is_known_at_once(office: Office) -> None:
    task = _free(office, supporting_units=[office.unit("van_phong"), office.unit("thpt_1")])
    assert told(office, "school_officer") == ["plans.assigned"]
    assert told(office, "principal") == ["plans.assigned"]
    assert told(office, "thpt_2.officer") == []
    assert [unit.pk for unit in task.supporting_units.all()] == [office.unit("van_phong").pk]
    assert list(tasks_due(office.actor("school_officer", on=TODAY), TODAY)) == [task]
    (group,) = find("gui danh sach", by=office.actor("school_officer", on=TODAY), only="task")
    assert [hit.title for hit in group.hits] == [f"Gửi danh sách – {task.lead_unit.name}"]


def test_a_task_of_a_plan_waits_for_the_plan(place: Scene) -> None:
    task = place.assign(supporting=("trung_hoc",))
    officer = place.who("school_officer")
    assert told(place.office, "school_officer") == []
    assert not visible_tasks(officer, on=TODAY).exists()
    with pytest.raises(PlansNotFound):
        accept_task(task=task, by=officer, at=AT)
    with pytest.raises(TaskRefused) as refused:
        extend_task(
            task=task, due_on=SOON + DAY, bound=Bound.NO_LATER_THAN, reason="Chờ", by=place.who("specialist"), at=AT
        )
    assert refused.value.code == "plans.task_not_active"
    place.issue()
    assert told(place.office, "school_officer") == ["plans.assigned"]
    assert list(visible_tasks(officer, on=TODAY)) == [task]
    accept_task(task=task, by=officer, at=AT)


def test_an_area_may_be_several_and_is_that_of_the_item_by_default(place: Scene) -> None:
    assert [area.code for area in place.assign().areas.all()] == ["external_information"]


def test_many_leads_get_a_task_each_or_none(place: Scene) -> None:
    drafts = [TaskDraft(title="Mở câu lạc bộ", lead_unit=place.office.unit(f"thpt_{n}")) for n in (1, 2, 3)]
    made = create_tasks(drafts=drafts, item=place.item("Mở chuyên mục"), by=place.who("specialist"), at=AT)
    assert [task.lead_unit for task in made] == [draft.lead_unit for draft in drafts]
    wrong = [drafts[0], TaskDraft(title="X", lead_unit=place.office.unit("ubnd"))]
    before = traces()
    with pytest.raises(TaskRefused):
        create_tasks(drafts=wrong, item=place.item("Mở chuyên mục"), by=place.who("specialist"), at=AT)
    assert (Task.objects.count(), traces()) == (3, before)


def test_a_duty_becomes_a_task_once(place: Scene) -> None:
    duty = duty_of(place.above)
    draft = TaskDraft(title="Lập danh sách đầu mối", lead_unit=place.office.unit("van_phong"), due=SOON)
    task = create_task(draft=draft, obligation=duty, by=place.who("specialist"), at=AT)
    duty.refresh_from_db()
    assert (duty.state, duty.handed_on_kind, duty.handed_on_id) == (ObligationState.HANDED_ON, "task", task.public_id)
    assert (task.assigning_unit, task.obligation) == (place.office.unit("so"), duty)
    before = traces()
    with pytest.raises(ObligationRefused):
        create_task(draft=draft, obligation=duty, by=place.who("specialist"), at=AT)
    assert (Task.objects.count(), traces()) == (1, before)
    cancel_task(task=task, reason="Giao nơi khác.", by=place.who("specialist"), at=AT)
    duty.refresh_from_db()
    assert (duty.state, duty.handed_on_id) == (ObligationState.OPEN, None)
    task = create_task(draft=draft, obligation=duty, by=place.who("specialist"), at=AT)
    resting = resting_on([place.above], by=place.who("specialist"), on=TODAY)
    assert (list(resting.plans), list(resting.tasks)) == ([place.plan], [task])


def test_a_task_of_a_plan_in_work_is_changed_or_taken_out(place: Scene) -> None:
    by, task = place.who("specialist"), place.assign()
    draft = TaskDraft(title="Khác", lead_unit=place.office.unit("thpt_2"), due=SOON + DAY)
    changed = change_task(task=task, draft=draft, by=by, at=AT)
    assert (changed.title, changed.lead_unit, changed.last_day) == ("Khác", place.office.unit("thpt_2"), SOON + DAY)
    remove_task(task=changed, by=by, at=AT)
    assert not Task.objects.exists()
    active = _free(place.office)
    for step in (
        lambda: change_task(task=active, draft=draft, by=by, at=AT),
        lambda: remove_task(task=active, by=by, at=AT),
    ):
        with pytest.raises(TaskRefused) as refused:
            step()
        assert refused.value.code == "plans.task_active"


def test_nothing_is_assigned_of_a_dropped_clause(place: Scene) -> None:
    drop_item(item=place.item("Mở chuyên mục"), reason="Thôi", version=1, by=place.who("specialist"), at=AT)
    with pytest.raises(TaskRefused) as refused:
        place.assign()
    assert refused.value.code == "plans.item_dropped"


def test_a_task_goes_from_hand_to_hand_until_it_is_confirmed(office: Office) -> None:
    officer, specialist = office.actor("school_officer", on=TODAY), office.actor("specialist", on=TODAY)
    task = _free(office)
    accept_task(task=task, by=officer, at=AT)
    report_progress(task=task, progress=50, text="Đã gửi phiếu.", by=officer, at=AT + DAY)
    file = Evidence(b"a,b", "danh-sach.csv", "text/csv")
    done = report_done(task=task, text="Đã xong.", evidence=file, by=officer, at=AT + 2 * DAY)
    assert (done.state, done.progress, done.done_on) == ("reported_done", 100, TODAY + 2 * DAY)
    assert list(tasks_to_confirm(specialist)) == [task]
    back = return_task(task=task, reason="Thiếu hai lớp.", by=specialist, at=AT + 3 * DAY)
    assert (back.state, back.return_reason, back.done_on) == ("accepted", "Thiếu hai lớp.", None)
    assert list(tasks_returned(officer)) == [task]
    report_done(task=task, text="Đã bổ sung.", by=officer, at=AT + 4 * DAY)
    final = confirm_task(task=task, text="Tốt.", by=specialist, at=AT + 5 * DAY)
    assert (final.state, final.return_reason) == ("confirmed", "")
    steps = list(TaskUpdate.objects.filter(task=task).order_by("pk").values_list("kind", "text", "progress"))
    assert steps == [
        ("accepted", "", 0),
        ("progress", "Đã gửi phiếu.", 50),
        ("reported_done", "Đã xong.", 100),
        ("returned", "Thiếu hai lớp.", 100),
        ("reported_done", "Đã bổ sung.", 100),
        ("confirmed", "Tốt.", 100),
    ]
    kept = TaskUpdate.objects.select_related("evidence").get(task=task, evidence__isnull=False)
    assert kept.evidence is not None
    assert content_of(kept.evidence) == b"a,b"
    assert told(office, "school_officer") == ["plans.assigned", "plans.returned", "plans.confirmed"]
    assert told(office, "specialist") == ["plans.accepted", "plans.reported_done", "plans.reported_done"]


def test_a_task_is_extended_or_called_off_with_a_reason(office: Office) -> None:
    by, task = office.actor("specialist", on=TODAY), _free(office)
    for day in (SOON, SOON - DAY):
        with pytest.raises(StepRefused) as refused:
            extend_task(task=task, due_on=day, bound=Bound.NO_LATER_THAN, reason="Chờ", by=by, at=AT)
        assert refused.value.code == "plans.not_earlier"
    longer = extend_task(task=task, due_on=SOON + DAY, bound=Bound.NO_LATER_THAN, reason="Chờ hướng dẫn.", by=by, at=AT)
    assert longer.last_day == SOON + DAY
    off = cancel_task(task=task, reason="Đã có việc thay.", by=by, at=AT)
    assert off.state == "cancelled"
    assert told(office, "school_officer") == ["plans.assigned", "plans.extended", "plans.cancelled"]
    with pytest.raises(StepRefused) as closed:
        accept_task(task=task, by=office.actor("school_officer", on=TODAY), at=AT)
    assert (closed.value.code, closed.value.facts) == ("plans.step_state", {"state": "Đã hủy"})


Change = Callable[[Task, Actor], object]
PERFORMING: dict[str, Change] = {
    "accept": lambda task, by: accept_task(task=task, by=by, at=AT),
    "progress": lambda task, by: report_progress(task=task, progress=10, text="", by=by, at=AT),
    "done": lambda task, by: report_done(task=task, text="Xong", by=by, at=AT),
}
ASSIGNING: dict[str, Change] = {
    "confirm": lambda task, by: confirm_task(task=task, by=by, at=AT),
    "return": lambda task, by: return_task(task=task, reason="Thiếu", by=by, at=AT),
    "extend": lambda task, by: extend_task(
        task=task, due_on=SOON + DAY, bound=Bound.NO_LATER_THAN, reason="Chờ", by=by, at=AT
    ),
    "cancel": lambda task, by: cancel_task(task=task, reason="Thôi", by=by, at=AT),
}


@pytest.mark.parametrize(
    ("kind", "steps", "error"),
    [
        ("specialist", PERFORMING, PlansForbidden),
        ("director", PERFORMING, PlansForbidden),
        ("school_officer", ASSIGNING, PlansForbidden),
        ("principal", ASSIGNING, PlansForbidden),
        ("thpt_2.officer", PERFORMING | ASSIGNING, PlansNotFound),
        ("commune_officer", PERFORMING | ASSIGNING, PlansNotFound),
        ("reporter", PERFORMING | ASSIGNING, PlansNotFound),
        ("receiver", PERFORMING | ASSIGNING, PlansNotFound),
        ("administrator", PERFORMING | ASSIGNING, PlansNotFound),
    ],
)
def test_each_step_belongs_to_its_side(
    office: Office, kind: str, steps: dict[str, Change], error: type[Exception]
) -> None:
    task, by = _free(office), office.actor(kind, on=TODAY)
    before, updates = traces(), TaskUpdate.objects.count()
    for step in steps.values():
        with pytest.raises(error):
            step(task, by)
    assert (traces(), TaskUpdate.objects.count()) == (before, updates)
    assert Task.objects.get(pk=task.pk).state == "assigned"


def test_the_head_of_a_unit_may_do_what_its_officer_may(office: Office) -> None:
    task = _free(office)
    accept_task(task=task, by=office.actor("principal", on=TODAY), at=AT)
    report_done(task=task, text="Xong", by=office.actor("school_officer", on=TODAY), at=AT)
    confirm_task(task=task, by=office.actor("director", on=TODAY), at=AT)
    assert Task.objects.get(pk=task.pk).state == "confirmed"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda task, by: report_progress(task=task, progress=100, text="", by=by, at=AT), "plans.progress"),
        (lambda task, by: report_progress(task=task, progress=-1, text="", by=by, at=AT), "plans.progress"),
        (lambda task, by: report_done(task=task, text=" ", by=by, at=AT), "plans.reason_missing"),
        (
            lambda task, by: report_done(
                task=task, text="Xong", evidence=Evidence(b"", "a.txt", "text/plain"), by=by, at=AT
            ),
            "plans.evidence_empty",
        ),
        (
            lambda task, by: report_done(
                task=task, text="Xong", evidence=Evidence(b"x" * (25 * 2**20 + 1), "a.txt", "text/plain"), by=by, at=AT
            ),
            "plans.evidence_too_large",
        ),
    ],
)
def test_a_report_that_says_nothing_is_refused(office: Office, change: Change, code: str) -> None:
    task = _free(office)
    with pytest.raises(StepRefused) as refused:
        change(task, office.actor("school_officer", on=TODAY))
    assert refused.value.code == code
    assert Task.objects.get(pk=task.pk).state == "assigned"


def test_who_sees_which_tasks(office: Office) -> None:
    led = _free(office, supporting_units=[office.unit("thpt_2")])
    below = _free(office, lead_unit=office.unit("thcs_1"))
    own = create_task(
        draft=TaskDraft(title="Việc của trường", lead_unit=office.unit("thpt_1"), lead_post=office.posts["principal"]),
        unit=office.unit("thpt_1"), by=office.actor("school_officer", on=TODAY), at=AT,
    )  # fmt: skip
    seen = {
        kind: set(visible_tasks(office.actor(kind, on=TODAY), on=TODAY))
        for kind in ("specialist", "director", "school_officer", "thpt_2.officer", "thpt_3.officer", "commune_officer",
                     "thcs_1.officer", "reporter", "receiver", "administrator")
    }  # fmt: skip
    assert seen == {
        "specialist": {led, below, own},
        "director": {led, below, own},
        "school_officer": {led, own},
        "thpt_2.officer": {led},
        "thpt_3.officer": set(),
        "commune_officer": {below},
        "thcs_1.officer": {below},
        "reporter": set(),
        "receiver": set(),
        "administrator": set(),
    }


def test_the_late_list_of_those_above(office: Office) -> None:
    late, far = _free(office, due=TODAY), _free(office, due=SOON)
    day = TODAY + DAY
    assert list(late_beneath(office.actor("director", on=day), day)) == [late]
    assert list(late_beneath(office.actor("specialist", on=TODAY), TODAY)) == []
    assert list(late_beneath(office.actor("thpt_2.officer", on=day), day)) == []
    assert list(tasks_due(office.actor("school_officer", on=day), day)) == [late, far]


def test_each_reminder_comes_once_and_an_extension_begins_anew(office: Office) -> None:
    due = TODAY + 10 * DAY
    task = _free(office, due=due)
    by = system()
    kinds = [remind_of_tasks(by=by, at=AT + days * DAY) for days in (0, 3, 4, 8, 10, 11, 11, 12, 17, 18)]
    assert kinds == [0, 1, 0, 1, 0, 1, 0, 0, 1, 0]
    reminders = ["plans.soon", "plans.last_days", "plans.late", "plans.long_late"]
    assert told(office, "school_officer") == ["plans.assigned", *reminders]
    assert told(office, "specialist") == ["plans.late", "plans.long_late"]
    later = AT + 18 * DAY
    extend_task(
        task=task, due_on=later.date() + 2 * DAY, bound=Bound.NO_LATER_THAN, reason="Chờ",
        by=office.actor("specialist", on=TODAY), at=later,
    )  # fmt: skip
    assert remind_of_tasks(by=by, at=later) == 1
    report_done(task=task, text="Xong", by=office.actor("school_officer", on=TODAY), at=later)
    assert remind_of_tasks(by=by, at=later + 9 * DAY) == 0
