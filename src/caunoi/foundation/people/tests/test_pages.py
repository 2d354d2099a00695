from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caunoi.foundation.audit.public import Entry
from caunoi.foundation.people.models import Capacity, Grant, Holding, Person, SigningAuthority, SigningForm
from caunoi.foundation.people.operations.posts import Handover, hand_over, take_up
from caunoi.foundation.people.public import Role, actor_of
from caunoi.foundation.people.tests.scenes import Scene, counted
from caunoi.foundation.spreadsheets.public import read

Clients = Callable[[str], Client]
DAY = dt.timedelta(days=1)


def text_of(client: Client, name: str, *args: object, **query: str) -> str:
    response = client.get(reverse(f"people:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_the_branch_and_finds_without_accents(scene: Scene, client_of: Clients) -> None:
    client, held = client_of("administrator"), scene.person("thpt_1.principal")
    assert "Hiệu trưởng" in text_of(client, "people")
    found = text_of(client, "people", q=held.folded.split()[0])
    assert held.name in found
    assert held.email not in found
    assert "Không có người phù hợp" in text_of(client, "people", q="khongaitennhuvay")
    assert "Hiệu trưởng" not in text_of(client, "people", role="administrator")
    book = read(client.get(reverse("people:people_export"), {"role": "leader"}).content, "a.xlsx")
    assert held.name in {row[0].value for row in book.sheets[0].rows}


def test_a_school_sees_its_own_people_alone(scene: Scene, client_of: Clients) -> None:
    client, other = client_of("principal"), scene.person("thpt_2.principal")
    assert other.name not in text_of(client, "people")
    for name, record in (("person", other), ("unit", scene.unit("thpt_2")), ("post", scene.post("thpt_2.principal"))):
        assert client.get(reverse(f"people:{name}", args=[record.public_id])).status_code == 404
    own = scene.post("thpt_1.officer")
    assert "Giao vai trò" not in text_of(client, "post", own.public_id)


def test_what_a_person_can_do_stands_on_one_page(scene: Scene, client_of: Clients) -> None:
    shown = text_of(client_of("administrator"), "person", scene.person("thpt_1.principal").public_id)
    assert "Lãnh đạo đơn vị" in shown
    assert "Duyệt và ký" in shown
    assert "Ký văn bản" in shown


def test_a_post_is_handed_over_in_three_steps(scene: Scene, client_of: Clients) -> None:
    client, post = client_of("administrator"), scene.post("thpt_1.principal")
    address = reverse("people:handover", args=[post.public_id])
    old = scene.person("thpt_1.principal")
    with counted(Person, Holding, Entry):
        assert "Bước 1/3" in client.get(address).content.decode()
        assert "Bước 1/3" in client.get(address, {"name": "Vũ Thị Nhận", "email": "sai"}).content.decode()
        new = {"name": "Vũ Thị Nhận", "email": "nhan@moi.example"}
        assert "Bước 2/3" in client.get(address, new).content.decode()
        assert "Bước 2/3" in client.get(address, {**new, "on": "31/02/2026"}).content.decode()
        given = {**new, "on": "05/10/2026", "capacity": "acting", "ground": "Quyết định số 12/QĐ-SGDĐT"}
        review = client.get(address, given).content.decode()
        assert "Bước 3/3" in review
        assert old.name in review
        assert "Bước 2/3" in client.post(address, {**given, "back": "1"}).content.decode()
    response = client.post(address, {**given, "confirm": "1"})
    assert response.headers["Location"] == reverse("people:post", args=[post.public_id])
    held = Holding.objects.get(post=post, until_on__isnull=True)
    assert (held.person.name, held.capacity, held.ground) == ("Vũ Thị Nhận", Capacity.ACTING, given["ground"])
    assert actor_of(account_id=1, person=old, on=scene.today).granted == {}
    with counted(Person, Holding, Entry):
        again = client.post(address, {**given, "person": str(held.person.public_id), "confirm": "1"})
    assert again.status_code == 422
    assert "Hãy chọn người nhận khác" in again.content.decode()


def test_rights_are_given_and_taken_on_the_page_of_the_post(scene: Scene, client_of: Clients) -> None:
    client, post = client_of("administrator"), scene.post("thpt_1.principal")
    record, act = (
        reverse("people:post", args=[post.public_id]),
        reverse("people:act", args=[post.public_id, "giao-quyen"]),
    )
    given = {"quyen-role": "clerk", "quyen-unit": str(post.unit.public_id), "quyen-first": "05/10/2026",
             "quyen-last": "31/12/2026", "quyen-ground": "Phân công 3"}  # fmt: skip
    assert client.post(act, given).headers["Location"] == record
    grant = Grant.objects.get(post=post, role=Role.CLERK)
    assert (grant.until_on, grant.ground) == (dt.date(2027, 1, 1), "Phân công 3")
    refused = client.post(act, given)
    assert refused.status_code == 422
    assert "đã có quyền này" in refused.content.decode()
    assert "Phân công 3" in refused.content.decode()
    foreign = client.post(act, {**given, "quyen-unit": str(scene.unit("bo").public_id)})
    assert foreign.status_code == 422
    assert Grant.objects.filter(post=post, role=Role.CLERK).count() == 1
    client.post(reverse("people:end_grant", args=[grant.public_id]))
    assert not Grant.objects.filter(pk=grant.pk).exists()


def test_signing_is_given_with_what_the_law_asks(scene: Scene, client_of: Clients) -> None:
    client, post = client_of("administrator"), scene.post("thpt_1.officer")
    act = reverse("people:act", args=[post.public_id, "ky"])
    given = {"ky-form": "TUQ.", "ky-unit": str(post.unit.public_id), "ky-title": "PHÓ HIỆU TRƯỞNG",
             "ky-head_title": "HIỆU TRƯỞNG", "ky-given_by": str(scene.post("thpt_1.principal").public_id),
             "ky-first": "05/10/2026", "ky-last": "31/10/2026", "ky-ground": "Văn bản số 7"}  # fmt: skip
    refused = client.post(act, given)
    assert "phải nêu nội dung được ký" in refused.content.decode()
    assert client.post(act, {**given, "ky-scope": "Giấy mời"}).status_code == 302
    authority = SigningAuthority.objects.get(post=post)
    assert (authority.form, authority.until_on) == (SigningForm.TUQ, dt.date(2026, 11, 1))
    assert "TUQ. – thừa ủy quyền" in text_of(client, "signing", form="TUQ.")
    third = reverse("people:act", args=[scene.free_post().public_id, "ky"])
    again = client.post(third, {**given, "ky-scope": "Giấy mời", "ky-given_by": str(post.public_id)})
    assert "không được giao lại cho người khác" in again.content.decode()
    assert SigningAuthority.objects.filter(form="TUQ.").count() == 1


def test_the_last_of_all_days_is_no_end(scene: Scene, client_of: Clients) -> None:
    client, post = client_of("administrator"), scene.free_post()
    given = {"quyen-role": "clerk", "quyen-unit": str(post.unit.public_id), "quyen-first": "05/10/2026",
             "quyen-last": "31/12/9999"}  # fmt: skip
    assert client.post(reverse("people:act", args=[post.public_id, "giao-quyen"]), given).status_code == 302
    assert Grant.objects.get(post=post, role=Role.CLERK).until_on is None
    days = {"thay-first": "06/10/2026", "thay-last": "31/12/9999", "thay-ground": "Nghỉ phép"}
    person = {"thay-person": str(scene.person("thpt_1.principal").public_id)}
    assert client.post(reverse("people:act", args=[post.public_id, "lam-thay"]), {**days, **person}).status_code == 422
    assert not Holding.objects.filter(post=post, capacity=Capacity.SUBSTITUTE).exists()


def test_substitutes_leaving_renaming_and_closing(scene: Scene, client_of: Clients) -> None:
    client, post = client_of("administrator"), scene.post("thpt_1.principal")

    def act(key: str, **given: str) -> int:
        return client.post(reverse("people:act", args=[post.public_id, key]), given).status_code

    stand_in = scene.person("thpt_1.officer")
    days = {"thay-first": "06/10/2026", "thay-last": "10/10/2026", "thay-ground": "Nghỉ phép"}
    assert act("lam-thay", **{"thay-person": str(stand_in.public_id)}, **days) == 302
    assert Holding.objects.get(post=post, capacity=Capacity.SUBSTITUTE).until_on == dt.date(2026, 10, 11)
    assert act("sua", **{"sua-title": "Hiệu trưởng nhà trường", "sua-is_head": "on"}) == 302
    assert act("dong", **{"dong-on": "05/10/2026"}) == 422
    assert act("thoi-giu", **{"thoi-on": "05/10/2026"}) == 422
    for person in (scene.person("thpt_1.principal"), stand_in):
        assert act("thoi-giu", **{"thoi-on": "05/10/2026", "thoi-person": str(person.public_id)}) == 302
    assert not Holding.objects.filter(post=post, until_on=None).exists()
    assert not Holding.objects.filter(post=post, capacity=Capacity.SUBSTITUTE).exists()
    assert act("khong-co") == 404
    post.refresh_from_db()
    assert (post.title, post.is_head) == ("Hiệu trưởng nhà trường", True)
    assert "Chưa có người giữ" in text_of(client, "unit", post.unit.public_id)


def test_the_page_of_a_unit_shows_who_holds_its_posts(scene: Scene, client_of: Clients) -> None:
    address = reverse("organisations:unit", args=[scene.unit("thpt_2").public_id])
    holder = scene.person("thpt_2.principal")
    assert holder.name in client_of("administrator").get(address).content.decode()
    assert holder.name not in client_of("principal").get(address).content.decode()


def test_a_new_post_begins_on_the_page_of_the_unit(scene: Scene, client_of: Clients) -> None:
    client, unit = client_of("administrator"), scene.unit("thpt_1")
    address = reverse("people:new_post", args=[unit.public_id])
    assert client.post(address, {"title": " "}).status_code == 422
    made = client.post(address, {"title": "Thư ký hội đồng"})
    assert "Cử người giữ" in client.get(made.headers["Location"]).content.decode()


@pytest.mark.parametrize("page", ["people", "units", "grants", "signing"])
def test_lists_cost_the_same_for_any_number_of_rows(scene: Scene, client_of: Clients, page: str) -> None:
    client = client_of("administrator")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            text_of(client, page)
        return len(queries)

    first = cost()
    for number in range(3):
        person = scene.somebody(f"A A{number}")
        take_up(person=person, post=scene.free_post(), on=scene.today, by=scene.admin, at=scene.now)
    assert cost() <= first


def test_the_page_of_a_unit_names_who_held_its_posts_on_that_day(scene: Scene, client_of: Clients) -> None:
    post, held = scene.post("thpt_1.principal"), scene.person("thpt_1.principal")
    successor = scene.somebody("Phan Thị Kế Nhiệm")
    handover = Handover(post=post, leaving=held, successor=successor, on=scene.today)
    hand_over(handover=handover, by=scene.admin, at=scene.now)
    address = reverse("organisations:unit", args=[scene.unit("thpt_1").public_id])
    now = client_of("administrator").get(address).content.decode()
    before = client_of("administrator").get(address, {"on": f"{scene.today - dt.timedelta(days=1):%d/%m/%Y}"})
    assert (successor.name in now, held.name in now) == (True, False)
    assert (successor.name in before.content.decode(), held.name in before.content.decode()) == (False, True)
