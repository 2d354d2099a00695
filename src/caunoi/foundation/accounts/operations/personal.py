"""Accounts and sessions as the inventory of personal data sees them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.accounts.access import require_over, unit_of
from caunoi.foundation.accounts.models import AccessKey, Account, Invitation, SignIn
from caunoi.foundation.accounts.operations.accounts import subject_of
from caunoi.foundation.accounts.operations.addresses import address_kept, checked_address
from caunoi.foundation.accounts.operations.keys import revoke_key
from caunoi.foundation.audit.public import record, use_case
from caunoi.foundation.personal_data.public import DataField, DataKind, Held, How
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused

OPEN = _("tài khoản đang mở nên cần địa chỉ thư để đăng nhập và nhận thông báo; chỉ xóa được sau khi đóng tài khoản.")
LOG = _("nhật ký đăng nhập phải giữ ít nhất 12 tháng theo quy chuẩn an toàn; hết thời hạn hệ thống tự xóa.")


class AddressNeeded(Refused):
    """The account is open: ``accounts.address_needed``."""


def held_account(account: Account | None) -> Held | None:
    """Return what is held in an account."""
    if account is None:
        return None
    values = {"login": account.username, "email": account.email}
    return Held(account.public_id, account.person.name, values, account.person_id, unit_of(account.person),
                OPEN if account.is_active else "")  # fmt: skip


def held_sign_in(row: SignIn | None) -> Held | None:
    """Return what is held of one session."""
    if row is None:
        return None
    began = f"{row.began_at.astimezone(clock.VIETNAM):%H:%M %d/%m/%Y}"
    values = {"began": began, "address": row.address, "device": row.user_agent}
    person = row.account.person
    return Held(row.public_id, person.name, values, person.pk, unit_of(person), LOG)


@use_case
def correct_address(record_id: UUID, values: Mapping[str, str], by: Actor, at: dt.datetime) -> None:
    """Correct the address to which an account's letters go. Raises AccountsForbidden, InvitationRefused."""
    account = Account.objects.select_for_update(of=("self",)).select_related("person").get(public_id=record_id)
    require_over(account.person, by=by, on=clock.day_of(at))
    account.email = checked_address(values.get("email", account.email), account.person)
    with address_kept(account.email, account.person):
        account.save(update_fields=["email"])
    record(
        by=by, at=at, verb="accounts.correct_address", subject=subject_of(account), changes={"contact": (None, None)}
    )


@use_case
def erase_account(record_id: UUID, by: Actor, at: dt.datetime) -> None:
    """Forget address, keys, invitations and sessions of a closed account; its name stays, the audit rests on it.

    Raises AccountsForbidden, AddressNeeded.
    """
    account = Account.objects.select_for_update(of=("self",)).select_related("person").get(public_id=record_id)
    if not by.is_system:
        require_over(account.person, by=by, on=clock.day_of(at))
    if account.is_active:
        raise AddressNeeded("accounts.address_needed")
    account.email = ""
    account.save(update_fields=["email"])
    Invitation.objects.filter(account=account).update(email="")
    for key in AccessKey.objects.filter(account=account, revoked_at__isnull=True):
        revoke_key(key=key, by=by, at=at)
    SignIn.objects.filter(account=account).delete()
    record(by=by, at=at, verb="accounts.erase", subject=subject_of(account), changes={"contact": (None, None)})


@use_case
def erase_sign_in(record_id: UUID, by: Actor, at: dt.datetime) -> None:
    """Forget where and with what somebody was signed in, after its time."""
    row = SignIn.objects.select_related("account").get(public_id=record_id)
    row.delete()
    record(by=by, at=at, verb="accounts.erase_sign_in", subject=subject_of(row.account))


def _accounts_closed(before: dt.date) -> Iterable[UUID]:
    closed = Account.objects.filter(is_active=False, closed_at__date__lt=before).exclude(email="")
    return closed.order_by("id").values_list("public_id", flat=True)


def _sign_ins_seen(before: dt.date) -> Iterable[UUID]:
    return SignIn.objects.filter(seen_at__date__lt=before).order_by("id").values_list("public_id", flat=True)


def _of_account(record_id: UUID) -> Held | None:
    return held_account(Account.objects.select_related("person").filter(public_id=record_id).first())


def _account_of(person_id: int) -> Iterable[Held]:
    held = held_account(Account.objects.select_related("person").filter(person_id=person_id).first())
    return [held] if held else []


def _of_sign_in(record_id: UUID) -> Held | None:
    return held_sign_in(SignIn.objects.select_related("account__person").filter(public_id=record_id).first())


def _sign_ins_of(person_id: int) -> Iterable[Held]:
    rows = SignIn.objects.select_related("account__person").filter(account__person_id=person_id)
    return [held for row in rows.order_by("-seen_at", "-id") if (held := held_sign_in(row))]


ACCOUNT = DataKind(
    key="account",
    label=_("Tài khoản"),
    purpose=_("Đăng nhập, gửi thư thông báo"),
    fields=(
        DataField("login", _("Tên đăng nhập"), is_sensitive=True),
        DataField("email", _("Thư điện tử nhận thông báo"), How.EMAIL),
    ),
    ground="employment",
    retention="while_in_post",
    of_record=_of_account,
    of_person=_account_of,
    count=Account.objects.count,
    correct=correct_address,
    erase=erase_account,
    expired=_accounts_closed,
)
SIGN_IN = DataKind(
    key="sign-in",
    label=_("Phiên đăng nhập"),
    purpose=_("Bảo đảm an toàn tài khoản: xem và kết thúc phiên lạ"),
    fields=(
        DataField("began", _("Bắt đầu lúc")),
        DataField("address", _("Địa chỉ máy"), is_sensitive=True),
        DataField("device", _("Thiết bị, trình duyệt"), is_sensitive=True),
    ),
    ground="security",
    retention="security_log",
    of_record=_of_sign_in,
    of_person=_sign_ins_of,
    count=SignIn.objects.count,
    erase=erase_sign_in,
    expired=_sign_ins_seen,
)
