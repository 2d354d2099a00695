"""The administrator's pages of accounts: who has one, who is invited, who is locked out; and the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caunoi.foundation.accounts.access import (
    Permission,
    account_by_public_id,
    accounts_within,
    invitation_by_public_id,
    invitations_within,
    people_without_account,
    require,
    require_for_all,
    rules_on,
    sign_ins_of,
)
from caunoi.foundation.accounts.models import Account, Invitation, InvitationBatch, MailState, Tally
from caunoi.foundation.accounts.operations.accounts import close_account, reopen_account, unlock_account
from caunoi.foundation.accounts.operations.invitations import invite, invite_many, withdraw_invitation
from caunoi.foundation.accounts.operations.rules import change_rule
from caunoi.foundation.accounts.operations.sessions import revoke_other_sessions
from caunoi.foundation.accounts.rules.policy import RuleCode
from caunoi.foundation.accounts.web.forms import RuleForm
from caunoi.foundation.accounts.web.shown import RULE_WORDS, account_state, invitation_state, mail_state
from caunoi.foundation.audit.public import Entry, history, verb_label
from caunoi.foundation.pages.public import Column, HistoryEntry, Option, actor_of, chips, paginate, sentence
from caunoi.foundation.people.public import Person, holdings_of, may_for_all
from caunoi.foundation.personal_data.public import How, mask
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor
from caunoi.kernel.errors import Refused
from caunoi.kernel.text import fold

ACCOUNT_COLUMNS = [
    Column("name", _("Người")),
    Column("login", _("Tên đăng nhập")),
    Column("state", _("Trạng thái")),
    Column("last", _("Đăng nhập gần nhất")),
]
INVITATION_COLUMNS = [
    Column("name", _("Người được mời")),
    Column("email", _("Gửi tới")),
    Column("state", _("Lời mời")),
    Column("mail", _("Thư")),
    Column("by", _("Người mời")),
    Column("act", _("Việc"), hidden_label=True),
]
PEOPLE_COLUMNS = [
    Column("tick", _("Chọn"), hidden_label=True),
    Column("name", _("Người")),
    Column("post", _("Vị trí")),
    Column("email", _("Thư điện tử")),
]
RULE_COLUMNS = [
    Column("rule", _("Quy tắc")),
    Column("value", _("Giá trị"), numeric=True),
    Column("source", _("Căn cứ")),
    Column("from", _("Từ ngày")),
]
MOST_AT_ONCE: Final = 2000


def _manager(request: HttpRequest) -> Actor:
    by = actor_of(request)
    require(by, Permission.MANAGE)
    return by


@login_required
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts of one's part of the tree."""
    by = _manager(request)
    locked = Tally.objects.filter(until__gt=clock.now(), account__isnull=False).values_list("account_id", flat=True)
    found = accounts_within(by, on=clock.today())
    for word in fold(request.GET.get("q", "")).split():
        found = found.filter(Q(person__folded__contains=word) | Q(username__contains=word))
    row = chips(
        request.GET,
        "state",
        _("Trạng thái"),
        [Option("locked", _("Đang khóa")), Option("waiting", _("Chưa vào lần nào")), Option("closed", _("Đã đóng"))],
    )
    page = paginate(_in_state(found, row.value, locked), request)
    closed = set(locked.filter(account__in=[account.pk for account in page.object_list]))
    rows = [(account, account_state(account, is_locked=account.pk in closed)) for account in page.object_list]
    context = {"page": page, "rows": rows, "row": row, "columns": ACCOUNT_COLUMNS}
    return render(request, "accounts/manage.html", context)


def _in_state(found: QuerySet[Account], state: str, locked: QuerySet[Tally, int | None]) -> QuerySet[Account]:
    if state == "locked":
        return found.filter(pk__in=locked)
    if state == "waiting":
        return found.filter(is_active=True, last_login__isnull=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return found.filter(is_active=False) if state == "closed" else found


@login_required
@require_GET
def account(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one account with what was done to it."""
    by, today = _manager(request), clock.today()
    shown = account_by_public_id(public_id, by=by, on=today)
    locked = Tally.objects.filter(account=shown, until__gt=clock.now()).first()
    entries = history(kind="account", public_id=str(shown.public_id))
    context = {
        "account": shown,
        "state": account_state(shown, is_locked=locked is not None),
        "locked": locked,
        "holdings": holdings_of(shown.person, on=today),
        "sessions": sign_ins_of(shown).count(),
        "invitations": [
            (one, invitation_state(one, clock.now()), mail_state(one))
            for one in invitations_within(by, on=today).filter(account=shown)[:10]
        ],
        "entries": [_told(entry) for entry in entries.order_by("-at", "-id")[:20]],
    }
    return render(request, "accounts/account.html", context)


def _told(entry: Entry) -> HistoryEntry:
    return HistoryEntry(entry.at, entry.person_name or gettext("Người chưa đăng nhập"), str(verb_label(entry.verb)))


def _end_all(*, account: Account, by: Actor, at: dt.datetime) -> None:
    revoke_other_sessions(account=account, but=None, by=by, at=at)


ACTS: Final[dict[str, tuple[Callable[..., object], object]]] = {
    "dong": (close_account, _("Đã đóng tài khoản %(name)s; mọi phiên đăng nhập và khóa truy cập đã kết thúc.")),
    "mo-lai": (reopen_account, _("Đã mở lại tài khoản %(name)s.")),
    "mo-khoa": (unlock_account, _("Đã mở khóa tài khoản %(name)s.")),
    "ket-thuc-phien": (_end_all, _("Đã kết thúc mọi phiên đăng nhập của %(name)s.")),
}


@login_required
@require_POST
def act(request: HttpRequest, public_id: UUID, step: str) -> HttpResponse:
    """Close, open again, unlock an account, or end its sessions."""
    by = _manager(request)
    shown = account_by_public_id(public_id, by=by, on=clock.today())
    if step not in ACTS:
        raise Http404
    operation, words = ACTS[step]
    operation(account=shown, by=by, at=clock.now())
    messages.success(request, str(words) % {"name": shown.person.name})
    return redirect("account_manage_one", shown.public_id)


@login_required
@require_http_methods(["GET", "POST"])
def invite_people(request: HttpRequest) -> HttpResponse:
    """Choose among the people without an account, and invite them in a job."""
    by, today = _manager(request), clock.today()
    people = people_without_account(by, on=today)
    if request.method == "POST":
        return _invite(request, people, by)
    for word in fold(request.GET.get("q", "")).split():
        people = people.filter(folded__contains=word)
    page = paginate(people.order_by("sort_key", "id"), request)
    rows = [(person, list(holdings_of(person, on=today)[:2])) for person in page.object_list]
    context = {"page": page, "rows": rows, "columns": PEOPLE_COLUMNS, "without": people.filter(email="").count()}
    return render(request, "accounts/invite.html", context)


def _invite(request: HttpRequest, people: QuerySet[Person], by: Actor) -> HttpResponse:
    if request.POST.get("act") == "all":
        chosen = people.exclude(email="")
    else:
        chosen = people.filter(public_id__in=_uuids(request.POST.getlist("chosen")))
    entries = [(person, person.email) for person in chosen.order_by("sort_key", "id")[:MOST_AT_ONCE]]
    if not entries:
        messages.warning(request, gettext("Chưa chọn ai để mời."))
        return redirect("account_invite")
    batch = invite_many(people=entries, by=by, at=clock.now())
    return redirect("account_invite_batch", batch.public_id)


def _uuids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts]
    except ValueError:
        raise Http404 from None


@login_required
@require_GET
def batch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show how far one's batch of invitations is and whom it could not invite."""
    by = _manager(request)
    shown = get_object_or_404(InvitationBatch, public_id=public_id, account_id=by.account_id)
    people = Person.objects.in_bulk([person_id for person_id, _code, _facts in shown.refused])
    refused = [(people.get(person_id), sentence(Refused(code, **facts))) for person_id, code, facts in shown.refused]
    made = shown.done - len(refused)
    summary = ngettext("Đã mời %(count)s người.", "Đã mời %(count)s người.", made) % {"count": made}
    context = {"batch": shown, "refused": refused, "summary": summary}
    part = request.headers.get("HX-Request") == "true"
    return render(request, "accounts/batch_progress.html" if part else "accounts/batch.html", context)


@login_required
@require_GET
def invitations(request: HttpRequest) -> HttpResponse:
    """List the invitations with how far their letters are."""
    by, now = _manager(request), clock.now()
    found = invitations_within(by, on=clock.today())
    open_ones = Q(accepted_at__isnull=True, withdrawn_at__isnull=True)
    conditions = {
        "open": open_ones & Q(expires_at__gt=now),
        "late": open_ones & Q(expires_at__lte=now),
        "refused": open_ones & Q(mail_state__in=[MailState.REFUSED, MailState.UNCERTAIN]),
        "accepted": Q(accepted_at__isnull=False),
    }
    row = chips(
        request.GET,
        "state",
        _("Trạng thái"),
        [
            Option("open", _("Đang chờ")),
            Option("late", _("Quá hạn")),
            Option("refused", _("Thư không đến")),
            Option("accepted", _("Đã nhận")),
        ],
    )
    page = paginate(found.filter(conditions.get(row.value, Q())), request)
    rows = [(one, invitation_state(one, now), mail_state(one)) for one in page.object_list]
    context = {"page": page, "rows": rows, "row": row, "columns": INVITATION_COLUMNS}
    return render(request, "accounts/invitations.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Stop a link."""
    by = _manager(request)
    one = invitation_by_public_id(public_id, by=by, on=clock.today())
    withdraw_invitation(invitation=one, by=by, at=clock.now())
    messages.success(request, gettext("Đã thu hồi lời mời gửi %(name)s.") % {"name": one.account.person.name})
    return redirect("account_invitations")


@login_required
@require_POST
def invite_again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send a new link; the one before it stops."""
    by = _manager(request)
    one: Invitation = invitation_by_public_id(public_id, by=by, on=clock.today())
    invite(person=one.account.person, email=one.email, by=by, at=clock.now())
    messages.success(request, gettext("Đã gửi lại lời mời tới %(email)s.") % {"email": mask(one.email, How.EMAIL)})
    return redirect("account_invitations")


@login_required
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rules of signing in that hold today, with their source; what is not verified says so."""
    by = actor_of(request)
    require(by, Permission.RULES)
    rows = [(rule, RULE_WORDS[RuleCode(rule.code)]) for rule in rules_on(clock.today())]
    rows.sort(key=lambda pair: list(RuleCode).index(RuleCode(pair[0].code)))
    context = {"rows": rows, "columns": RULE_COLUMNS, "to_verify": sum(rule.needs_verifying for rule, _words in rows)}
    context["may_change"] = may_for_all(by, Permission.RULES, on=clock.today())
    return render(request, "accounts/rules.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """Change one rule from today on."""
    by = actor_of(request)
    require_for_all(by, Permission.RULES, on=clock.today())
    if code not in list(RuleCode):
        raise Http404
    named = RuleCode(code)
    present = rules_on(clock.today()).filter(code=named).first()
    form = RuleForm(request.POST or None, present=present)
    if request.method == "POST" and form.is_valid():
        try:
            change_rule(code=named, **form.cleaned_data, by=by, at=clock.now())
            messages.success(request, gettext("Đã đổi quy tắc, có hiệu lực từ hôm nay."))
            return redirect("account_rules")
        except Refused as refused:
            form.add_error("value", sentence(refused) or "")
    context = {"form": form, "words": RULE_WORDS[named], "rule": present}
    return render(request, "accounts/rule.html", context, status=422 if form.errors else 200)
