import datetime as dt
import io
from collections.abc import Mapping

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from caunoi.foundation.organisations.models import Unit, UnitName, UnitPath
from caunoi.foundation.people.public import Role
from caunoi.surfaces.demonstration.office import Office

ANSWERS: Mapping[str, str] = {
    "unit": "Sở Giáo dục và Đào tạo tỉnh Thử",
    "symbol": "SGDĐT",
    "seat": "Thử",
    "name": "Nguyễn Văn Một",
    "email": "mot@so.example",
    "login": "quantri1",
}
PASSWORD = "mot-cau-rat-dai-de-nho"


@pytest.mark.django_db(transaction=True)
def test_a_real_office_begins_with_its_department_and_an_administrator(monkeypatch: pytest.MonkeyPatch) -> None:
    call_command("flush", interactive=False, verbosity=0)
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
    call_command("setup", password_stdin=True, stdout=io.StringIO(), **ANSWERS)
    unit = Unit.objects.get()
    assert (unit.name, unit.established_on) == (ANSWERS["unit"], dt.date(2025, 7, 1))
    assert (UnitName.objects.count(), UnitPath.objects.count()) == (1, 2)
    client = Client()
    client.post("/tai-khoan/dang-nhap/", {"login": "quantri1", "password": PASSWORD})
    assert Role.ADMINISTRATOR in client.get("/tai-khoan/").context["actor"].roles


def test_an_office_is_set_up_only_once(office: Office) -> None:
    before = Unit.objects.count()
    with pytest.raises(CommandError, match="chỉ thiết lập một lần"):
        call_command("setup", password_stdin=True, **ANSWERS)
    assert Unit.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_a_weak_password_saves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    call_command("flush", interactive=False, verbosity=0)
    monkeypatch.setattr("sys.stdin", io.StringIO("ngan\n"))
    with pytest.raises(CommandError):
        call_command("setup", password_stdin=True, stdout=io.StringIO(), **ANSWERS)
    assert not Unit.objects.exists()


def test_demonstration_accounts_cannot_exist_in_production(office: Office, settings: object) -> None:
    settings.DEMONSTRATION = False  # type: ignore[attr-defined]  # pytest-django's settings take any name
    for options in ({}, {"if_empty": True}, {"accounts": True}):
        with pytest.raises(CommandError, match="không được nạp vào hệ thống thật"):
            call_command("demo", **options)


@pytest.mark.django_db(transaction=True)
def test_an_office_is_one_of_the_country_s_departments_where_these_were_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    call_command("flush", interactive=False, verbosity=0)
    call_command("load_country", stdout=io.StringIO())
    before = Unit.objects.count()
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
    with pytest.raises(CommandError, match="chưa có “Sở Giáo dục và Đào tạo tỉnh Thử”"):
        call_command("setup", password_stdin=True, stdout=io.StringIO(), **ANSWERS)
    said = io.StringIO()
    answers = {key: ANSWERS[key] for key in ("name", "email", "login")}
    call_command("setup", password_stdin=True, stdout=said, unit="QG.SGDDT.LAICHAU", **answers)
    assert "Đã thiết lập Sở Giáo dục và Đào tạo tỉnh Lai Châu." in said.getvalue()
    assert Unit.objects.count() == before


@pytest.mark.parametrize("since", ["hôm qua", "31/02/2026", "01/01/2999"])
@pytest.mark.django_db(transaction=True)
def test_the_day_from_which_history_is_kept_is_a_past_day(since: str) -> None:
    call_command("flush", interactive=False, verbosity=0)
    with pytest.raises(CommandError, match=since):
        call_command("setup", password_stdin=True, since=since, **ANSWERS)
    assert not Unit.objects.exists()
