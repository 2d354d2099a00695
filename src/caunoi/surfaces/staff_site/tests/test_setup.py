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
    assert Unit.objects.get().name == ANSWERS["unit"]
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
