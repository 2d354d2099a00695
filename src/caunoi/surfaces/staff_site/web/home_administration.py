"""What waits for who runs the system: people without an account, letters that did not arrive, rules nobody has read."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caunoi.foundation.accounts.public import Permission as AccountsPermission
from caunoi.foundation.accounts.public import people_without_account, rules_on
from caunoi.foundation.notifications.public import Delivery, DeliveryState, letters_within
from caunoi.foundation.notifications.public import Permission as LettersPermission
from caunoi.foundation.people.public import ImportRun, ImportState, import_roots, imports_within, may_for_all
from caunoi.foundation.personal_data.public import How, mask
from caunoi.kernel.actor import Actor
from caunoi.surfaces.staff_site.web.home import Block, Line, block_of

KEPT_IN_VIEW = dt.timedelta(days=30)
"""How long a letter that did not arrive stays on the home page."""


def administration(by: Actor, *, on: dt.date) -> list[Block]:
    """Return the blocks in which something waits for who runs the system, the most pressing first."""
    made = (_letters(by, on), _imports(by, on), _rules(by, on), _uninvited(by, on))
    return [block for block in made if block is not None]


def _letters(by: Actor, on: dt.date) -> Block | None:
    if not by.may(LettersPermission.OVERSEE):
        return None

    def line(row: Delivery) -> Line:
        address = reverse("notifications:deliveries")
        return Line(f"{address}?state={row.state}", row.account.person.name, mask(row.to, How.EMAIL), reason=row.words)

    recent = on - KEPT_IN_VIEW
    rows = letters_within(by, on=on).filter(state=DeliveryState.REFUSED, queued_at__date__gte=recent)
    return block_of(_("Thư không đến"), "mail", rows, line, reverse("notifications:deliveries"))


def _imports(by: Actor, on: dt.date) -> Block | None:
    if not import_roots(by, on=on):
        return None

    def line(row: ImportRun) -> Line:
        return Line(reverse("staff_site:import_run", args=[row.public_id]), row.file.name, row.unit.name)

    rows = imports_within(by, on=on).filter(state=ImportState.READY)
    return block_of(_("Tệp đã kiểm tra, chờ nhập"), "file-upload", rows, line, reverse("staff_site:import"))


def _rules(by: Actor, on: dt.date) -> Block | None:
    if not may_for_all(by, AccountsPermission.RULES, on=on):
        return None

    count = sum(rule.needs_verifying for rule in rules_on(on))
    if not count:
        return None
    note = ngettext(
        "%(n)s giá trị chưa đối chiếu với văn bản gốc", "%(n)s giá trị chưa đối chiếu với văn bản gốc", count
    ) % {"n": count}
    line = Line(reverse("account_rules"), _("Quy tắc đăng nhập"), note)
    return Block(_("Quy tắc cần đối chiếu"), "scale", [line], count)


def _uninvited(by: Actor, on: dt.date) -> Block | None:
    if not by.may(AccountsPermission.MANAGE):
        return None

    count = people_without_account(by, on=on).count()
    if not count:
        return None
    note = _("Chọn người, gửi liên kết để tự đặt mật khẩu")
    line = Line(reverse("account_invite"), _("Mời người dùng"), note)
    return Block(_("Người giữ vị trí chưa có tài khoản"), "user-plus", [line], count)
