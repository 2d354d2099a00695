"""What each role may do, told to somebody who comes for the first time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.organisations.public import on_day
from caunoi.foundation.people.public import Grant, Person, Post, Role, holdings_of
from caunoi.kernel import clock

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

DUTIES: Final[Mapping[Role, StrOrPromise]] = {
    Role.SPECIALIST: _(
        "Đọc văn bản đến, giao việc, lập kế hoạch, mở đợt báo cáo, xem xét báo cáo và tổng hợp cho toàn ngành."
    ),
    Role.SCHOOL_OFFICER: _("Nhận văn bản và việc được giao cho đơn vị, làm báo cáo định kỳ và gửi lên cấp trên."),
    Role.LEADER: _("Cho ý kiến, duyệt và ký văn bản, kế hoạch, báo cáo; theo dõi việc của đơn vị."),
    Role.CLERK: _("Vào sổ văn bản đến, cấp số và phát hành văn bản đi."),
    Role.BRANCH_OFFICER: _("Theo dõi và đôn đốc các đơn vị trong phạm vi phụ trách."),
    Role.REPORTER: _("Làm và gửi báo cáo của đơn vị mình."),
    Role.RECEIVER: _("Đọc văn bản, báo cáo được gửi đến cơ quan mình."),
    Role.ADMINISTRATOR: _("Quản lý đơn vị, người dùng, quyền và các quy tắc của hệ thống."),
}


@dataclass(frozen=True, slots=True)
class PostDuties:
    """One post with what its holder may do."""

    post: Post
    duties: tuple[StrOrPromise, ...]


def duties_of(person: Person) -> Iterator[PostDuties]:
    """Yield the posts that a person holds today, each with what it may do."""
    today = clock.today()
    posts = [holding.post for holding in holdings_of(person, on=today)]
    grants = Grant.objects.filter(on_day(today), post__in=posts).order_by("id")
    roles: dict[int, list[Role]] = {}
    for grant in grants:
        roles.setdefault(grant.post_id, []).append(Role(grant.role))
    for post in posts:
        yield PostDuties(post, tuple(DUTIES[role] for role in dict.fromkeys(roles.get(post.pk, []))))


def is_administrator(person: Person) -> bool:
    """Whether a person holds a post with the role of an administrator today."""
    today = clock.today()
    posts = [holding.post_id for holding in holdings_of(person, on=today)]
    return Grant.objects.filter(on_day(today), post_id__in=posts, role=Role.ADMINISTRATOR).exists()
