"""How posts stand to each other in the demonstration: who reports to whom, who stands in, who signs by authority."""

from __future__ import annotations

import datetime as dt

from caunoi.foundation.audit.public import use_case
from caunoi.foundation.people.public import (
    Capacity,
    Handover,
    Post,
    Role,
    SigningForm,
    authorise_signing,
    change_post,
    grant_role,
    hand_over,
    register_person,
    take_up,
)
from caunoi.kernel import clock
from caunoi.surfaces.demonstration.office import BY, Office

_ABOVE = {
    "deputy_director": "director", "head_of_office": "director", "specialist": "head_of_office",
    "clerk": "head_of_office", "administrator": "head_of_office", "thpt_1.principal": "director",
    "thpt_1.officer": "thpt_1.principal", "thpt_2.officer": "thpt_2.principal",
}  # fmt: skip
DAY = dt.timedelta(days=1)


@use_case
def tell_people(office: Office, *, at: dt.datetime) -> None:
    """Tell of a handover last month, an absence this week, an authorisation and a role that end soon."""
    today = clock.day_of(at)
    for key, above in _ABOVE.items():
        post = _post(office, key)
        change_post(
            post=post, title=post.title, reports_to=office.posts[above], is_head=post.is_head, by=BY, at=at
        )  # fmt: skip
    newcomer = register_person(name="Trịnh Thị Khánh Vân", email="khanh.van@thanhgiang.example", by=BY, at=at)
    ground = "Quyết định điều động, bổ nhiệm của Giám đốc Sở"
    changed = Handover(
        _post(office, "thpt_2.principal"), office.people["thpt_2.principal"], newcomer, today - 30 * DAY,
        Capacity.IN_CHARGE, ground,
    )  # fmt: skip
    hand_over(handover=changed, by=BY, at=at)
    take_up(
        person=office.people["thpt_1.officer"], post=_post(office, "thpt_1.principal"), on=today - 2 * DAY,
        until=today + 4 * DAY, capacity=Capacity.SUBSTITUTE, ground="Hiệu trưởng đi tập huấn", by=BY, at=at,
    )  # fmt: skip
    authorise_signing(
        post=_post(office, "thpt_1.officer"), unit=office.unit("thpt_1"), form=SigningForm.TUQ,
        head_title="HIỆU TRƯỞNG", title="PHÓ HIỆU TRƯỞNG", scope="Giấy mời, giấy giới thiệu",
        ground="Giấy ủy quyền của Hiệu trưởng", given_by=_post(office, "thpt_1.principal"), on=today - 2 * DAY,
        until=today + 21 * DAY, by=BY, at=at,
    )  # fmt: skip
    grant_role(
        post=_post(office, "specialist"), role=Role.BRANCH_OFFICER, unit=office.unit("xa_1"), subtree=True,
        on=today - 60 * DAY, until=today + 12 * DAY, ground="Phân công theo dõi địa bàn", by=BY, at=at,
    )  # fmt: skip


def _post(office: Office, key: str) -> Post:
    return Post.objects.select_related("unit").get(pk=office.posts[key].pk)
