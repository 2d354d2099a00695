"""What people say of themselves to the modules below."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from caunoi.foundation.audit.public import describe_verbs
from caunoi.foundation.organisations.public import Permission as UnitPermission
from caunoi.foundation.people.access import Permission, holdings_of
from caunoi.foundation.people.models import Person
from caunoi.foundation.people.rules.roles import Role, allow
from caunoi.foundation.personal_data.public import DataField, DataKind, Held, How, register_kind
from caunoi.kernel import clock


def _held(person: Person | None) -> Held | None:
    if person is None:
        return None
    first = holdings_of(person, on=clock.today()).first()
    values = {"email": person.email, "phone": person.phone}
    return Held(person.public_id, person.name, values, person.pk, first.post.unit_id if first else None)


def _of_record(record: UUID) -> Held | None:
    return _held(Person.objects.filter(public_id=record).first())


def _of_person(person_id: int) -> Iterable[Held]:
    held = _held(Person.objects.filter(pk=person_id).first())
    return [held] if held else []


CONTACT = DataKind(
    key="person-contact",
    label=_("Họ tên và thông tin liên hệ của cán bộ"),
    purpose=_("Liên hệ công vụ, đăng nhập, nhận thông báo"),
    fields=(
        DataField("email", _("Thư điện tử"), How.EMAIL),
        DataField("phone", _("Điện thoại"), How.PHONE),
    ),
    ground="employment",
    retention="while_in_post",
    of_record=_of_record,
    of_person=_of_person,
    count=Person.objects.count,
)


def plug_in() -> None:
    """Describe the verbs that the audit shows and the personal data that people hold."""
    allow(Permission.READ, [Role.ADMINISTRATOR, Role.LEADER, Role.SPECIALIST, Role.BRANCH_OFFICER, Role.CLERK])
    allow(Permission.ADMINISTER, [Role.ADMINISTRATOR])
    allow(UnitPermission.READ, list(Role))
    allow(UnitPermission.MANAGE, [Role.ADMINISTRATOR])
    register_kind(CONTACT)
    describe_verbs(
        {
            "people.register": _("Thêm người"),
            "people.create_post": _("Lập vị trí"),
            "people.take_up": _("Giữ vị trí"),
            "people.leave": _("Thôi giữ vị trí"),
            "people.grant": _("Giao quyền"),
            "people.authorise_signing": _("Giao thẩm quyền ký"),
            "people.end_signing": _("Kết thúc thẩm quyền ký"),
            "people.end_grant": _("Thu hồi quyền"),
            "people.correct": _("Sửa thông tin người"),
            "people.change_post": _("Sửa vị trí"),
            "people.close_post": _("Kết thúc vị trí"),
            "people.import": _("Nhập đơn vị và người"),
            "people.export": _("Xuất danh sách đơn vị và người"),
        }
    )
