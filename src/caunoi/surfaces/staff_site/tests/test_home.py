"""The home page: each block leads to the same things in full; who runs the system sees what waits for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.test import Client
from django.utils.html import escape

from caunoi.business.plans.models import Task
from caunoi.business.plans.tests import scenes as plans
from caunoi.foundation.accounts.models import SignInRule
from caunoi.foundation.notifications.models import Delivery, DeliveryKind
from caunoi.foundation.notifications.operations.letters import want
from caunoi.foundation.notifications.public import DeliveryState
from caunoi.surfaces.demonstration.office import Office

SignIn = Callable[[str], Client]


def page(client: Client, address: str = "/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_late_tasks_of_the_home_page_are_those_of_the_list_that_it_leads_to(
    office: Office, client_of: SignIn, now: dt.datetime
) -> None:
    scene = plans.scene(office)
    task = scene.assign()
    scene.issue()
    last = now.date() - dt.timedelta(days=40)
    Task.objects.filter(pk=task.pk).update(due_on=last, last_day=last)
    client, address = client_of("specialist"), "/ke-hoach/nhiem-vu/?whose=followed&due=late"
    assert escape(address) in page(client)
    assert f"/ke-hoach/nhiem-vu/{task.public_id}/" in page(client, address)
    assert f"/ke-hoach/nhiem-vu/{task.public_id}/" not in page(client, "/ke-hoach/nhiem-vu/")


def test_the_administrator_sees_who_has_no_account_and_which_rules_nobody_has_read(
    office: Office, client_of: SignIn
) -> None:
    count = SignInRule.objects.filter(confidence__in=["K", "U"], until_on__isnull=True).count()
    assert count > 0
    shown = page(client_of("administrator"))
    assert f"{count} giá trị chưa đối chiếu với văn bản gốc" in shown
    assert "Người giữ vị trí chưa có tài khoản" in shown
    assert "chưa đối chiếu với văn bản gốc" not in page(client_of("specialist"))
    assert "Người giữ vị trí chưa có tài khoản" not in page(client_of("specialist"))


def test_a_letter_that_did_not_arrive_waits_on_the_home_page_of_the_administrator(
    office: Office, client_of: SignIn, now: dt.datetime
) -> None:
    account = office.accounts["school_officer"]
    letter = want(key="digest:home", kind=DeliveryKind.DIGEST, account=account, at=now)
    assert letter is not None
    assert "Thư không đến" not in page(client_of("administrator"))
    Delivery.objects.filter(pk=letter.pk).update(
        state=DeliveryState.REFUSED, words="550 không có hộp thư", to=account.email
    )
    shown = page(client_of("administrator"))
    assert "Thư không đến" in shown
    assert "550 không có hộp thư" in shown
    assert account.email not in shown
    assert "550 không có hộp thư" not in page(client_of("specialist"))
