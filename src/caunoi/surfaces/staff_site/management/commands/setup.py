"""``caunoi setup``: begins a real office with its own unit and first administrator."""

from __future__ import annotations

import datetime as dt
import getpass
from argparse import ArgumentParser

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from caunoi.foundation.accounts.public import Account, open_account
from caunoi.foundation.audit.public import use_case
from caunoi.foundation.organisations.public import Naming, Unit, establish_unit, load_kinds
from caunoi.foundation.people.public import Role, create_post, grant_role, register_person, take_up
from caunoi.kernel import clock
from caunoi.kernel.actor import Line, system
from caunoi.kernel.text import squeeze

SINCE = "01/07/2025"
"""Where nothing else is said: the day from which local government has two levels (Luật 72/2025/QH15)."""
QUESTIONS = (
    ("symbol", "Chữ viết tắt trong ký hiệu văn bản"),
    ("seat", "Địa danh ghi trước ngày tháng"),
    ("name", "Họ và tên người quản trị đầu tiên"),
    ("email", "Thư điện tử của người quản trị"),
    ("login", "Tên đăng nhập"),
)


class Command(BaseCommand):
    """Ask for what is not given on the command line, then save everything in one transaction."""

    help = "Establishes the first unit and the first administrator of a real office."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add one option for each question; the password is always asked for, or read from standard input."""
        parser.add_argument("--unit", help="full name of the department, or its code where load_country brought it in")
        parser.add_argument("--since", help="dd/mm/yyyy from which the history of units is kept")
        parser.add_argument("--symbol", help="abbreviation in document codes (SGDĐT)")
        parser.add_argument("--seat", help="place printed before the date")
        parser.add_argument("--name", help="full name of the first administrator")
        parser.add_argument("--email", help="e-mail address of the first administrator")
        parser.add_argument("--login", help="sign-in name of the first administrator")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
        parser.add_argument("--test-mail", action="store_true", help="send a test message to the administrator")

    def handle(self, *args: object, **options: object) -> None:
        """Establish the office. Refused when there is one already; nothing is saved until all is right."""
        if Account.objects.exists():
            raise CommandError("Hệ thống đã có tài khoản: chỉ thiết lập một lần.")
        since = _day(str(options.get("since") or "") or SINCE)
        answers = {"unit": self._ask(options, "unit", "Tên đầy đủ của Sở (hoặc mã, nếu đã nạp danh mục cả nước)")}
        held = _found(answers["unit"])
        asked = QUESTIONS if held is None else QUESTIONS[2:]
        answers |= {key: self._ask(options, key, question) for key, question in asked}
        password = self._password(from_stdin=bool(options["password_stdin"]))
        department = _establish(answers, password, held, since)
        self.stdout.write(f"Đã thiết lập {department.name}. Người quản trị đăng nhập bằng tên {answers['login']}.")
        if options["test_mail"]:
            self._test_mail(answers["email"])

    def _ask(self, options: dict[str, object], key: str, question: str) -> str:
        given = options.get(key) or input(f"{question}: ")
        answer = str(given).strip()
        if not answer:
            raise CommandError(f"{question}: không được để trống.")
        return answer

    def _password(self, *, from_stdin: bool) -> str:
        password = input() if from_stdin else getpass.getpass("Mật khẩu (ít nhất 12 ký tự): ")
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        return password

    def _test_mail(self, address: str) -> None:
        try:
            send_mail("Cầu Nối: thư thử", "Máy chủ thư đã sẵn sàng.", settings.DEFAULT_FROM_EMAIL, [address])
        except OSError as error:
            raise CommandError(
                f"Đã thiết lập, nhưng chưa gửi được thư: {error}. Hãy kiểm tra biến CAUNOI_MAIL rồi thử lại."
            ) from None
        self.stdout.write(f"Đã gửi thư thử tới {address}.")


def _day(text: str) -> dt.date:
    try:
        day = dt.datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=clock.VIETNAM).date()
    except ValueError:
        raise CommandError(f"“{text}” không phải là ngày; hãy ghi ngày/tháng/năm, ví dụ {SINCE}.") from None
    if day > clock.today():
        raise CommandError(f"Ngày {text} chưa đến; hãy ghi một ngày đã qua.")
    return day


def _found(words: str) -> Unit | None:
    """Return the department of that name or code which is there already; None when it is to be established."""
    departments = Unit.objects.filter(kind__code="department", dissolved_on__isnull=True)
    found = departments.filter(Q(code=words.strip()) | Q(name=squeeze(words))).first()
    if found is None and Unit.objects.exists():
        raise CommandError(
            f"Danh mục đơn vị đã nạp chưa có “{words}”. Hãy ghi đúng tên hoặc mã của Sở trong danh mục, "
            "ví dụ QG.SGDDT.HANOI."
        )
    return found


@use_case
def _establish(answers: dict[str, str], password: str, held: Unit | None, since: dt.date) -> Unit:
    by, at, today = system("Thiết lập ban đầu"), clock.now(), clock.today()
    department = held or establish_unit(
        kind=load_kinds()["department"],
        code=answers["symbol"],
        naming=Naming(answers["unit"], symbol=answers["symbol"], seat=answers["seat"]),
        parents={Line.PROFESSIONAL: None, Line.ADMINISTRATIVE: None},
        on=since,
        by=by,
        at=at,
    )
    post = create_post(unit=department, title="Quản trị hệ thống", by=by, at=at)
    person = register_person(name=answers["name"], email=answers["email"], by=by, at=at)
    take_up(person=person, post=post, on=today, by=by, at=at)
    grant_role(post=post, role=Role.ADMINISTRATOR, unit=department, subtree=True, on=today, by=by, at=at)
    open_account(person=person, username=answers["login"], password=password, by=by, at=at)
    return department
