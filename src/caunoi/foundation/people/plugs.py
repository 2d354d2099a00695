"""What people say of themselves to the modules below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from caunoi.foundation.audit.public import describe_verbs
from caunoi.foundation.organisations.public import Permission as UnitPermission
from caunoi.foundation.organisations.public import Unit, on_day, rests_on_units
from caunoi.foundation.pages.public import NavigationItem, register_panel, register_section
from caunoi.foundation.people.access import Permission, may, visible_people
from caunoi.foundation.people.models import Capacity, Holding, Person
from caunoi.foundation.people.operations.people import every_item
from caunoi.foundation.people.operations.personal import contact_of, contacts_left, correct_contact, erase_contact
from caunoi.foundation.people.queries import known_within
from caunoi.foundation.people.rules.roles import Role, allow
from caunoi.foundation.people.rules.words import name_capacities, name_roles
from caunoi.foundation.personal_data.public import DataField, DataKind, Held, How, register_kind, register_people
from caunoi.foundation.search.public import register
from caunoi.kernel import clock
from caunoi.kernel.actor import Actor


def _of_record(record: UUID) -> Held | None:
    return contact_of(Person.objects.filter(public_id=record).first())


def _of_person(person_id: int) -> Iterable[Held]:
    held = contact_of(Person.objects.filter(pk=person_id).first())
    return [held] if held else []


def _seen_by(by: Actor) -> Iterable[UUID]:
    return visible_people(by, on=clock.today()).values_list("public_id", flat=True)


def _address(public_id: UUID) -> str:
    return reverse("people:person", args=[public_id])


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
    correct=correct_contact,
    erase=erase_contact,
    expired=contacts_left,
)


ON_PANEL = 12
ROLES = {
    Role.SPECIALIST: (
        _("Chuyên viên phụ trách"),
        _("Tiếp nhận, xử lý văn bản; lập kế hoạch, giao nhiệm vụ; mở đợt báo cáo, tiếp nhận và tổng hợp báo cáo."),
    ),
    Role.SCHOOL_OFFICER: (
        _("Cán bộ phụ trách ở đơn vị"),
        _("Nhận văn bản, thực hiện nhiệm vụ, lập và gửi báo cáo của đơn vị."),
    ),
    Role.LEADER: (_("Lãnh đạo đơn vị"), _("Duyệt và ký; giao, xác nhận nhiệm vụ; xem việc của các đơn vị trực thuộc.")),
    Role.CLERK: (_("Văn thư"), _("Vào sổ, cấp số, phát hành và chuyển giao văn bản.")),
    Role.BRANCH_OFFICER: (
        _("Phụ trách khối đơn vị"),
        _("Xem, đôn đốc văn bản, nhiệm vụ và báo cáo của các đơn vị trực thuộc."),
    ),
    Role.REPORTER: (_("Người báo cáo"), _("Lập và gửi báo cáo của đơn vị mình, không xem gì khác.")),
    Role.RECEIVER: (_("Nơi nhận"), _("Xem văn bản, báo cáo được gửi đến đơn vị mình.")),
    Role.ADMINISTRATOR: (
        _("Quản trị"),
        _("Lập đơn vị, vị trí; bàn giao, phân quyền, mời người dùng; không xem nội dung văn bản, báo cáo."),
    ),
}
CAPACITIES = {
    Capacity.HOLDER: _("Chính thức"),
    Capacity.ACTING: _("Quyền"),
    Capacity.IN_CHARGE: _("Phụ trách"),
    Capacity.SUBSTITUTE: _("Làm thay khi vắng"),
}


def _of_unit(record: object, by: Actor) -> Mapping[str, object] | None:
    """Return who holds posts in a unit, for its page; nothing for a unit outside one's branch."""
    if not isinstance(record, Unit) or not may(by, Permission.READ, record, on=clock.today()):
        return None
    held = Holding.objects.filter(on_day(record.as_on or clock.today()), post__unit=record).select_related(
        "person", "post"
    )
    return {"unit": record, "holders": list(held.order_by("post__position", "post_id", "id")[:ON_PANEL])}


def _page_of_unit(unit: UUID, _row: int) -> str:
    return reverse("people:unit", args=[unit])


def _keep_units() -> None:
    """Say what of people keeps the founding of a unit from being taken back."""
    rests_on_units(
        "people.Post",
        words=lambda n: ngettext("%(n)d vị trí công tác", "%(n)d vị trí công tác", n) % {"n": n},
        address=_page_of_unit, permission=Permission.READ,
    )  # fmt: skip
    rests_on_units(
        "people.Grant",
        words=lambda n: ngettext("%(n)d quyền được giao", "%(n)d quyền được giao", n) % {"n": n},
        address=lambda _unit, _row: reverse("people:grants"), permission=Permission.READ,
    )  # fmt: skip
    rests_on_units(
        "people.SigningAuthority",
        words=lambda n: ngettext("%(n)d thẩm quyền ký", "%(n)d thẩm quyền ký", n) % {"n": n},
        address=lambda _unit, _row: reverse("people:signing"), permission=Permission.READ,
    )  # fmt: skip
    rests_on_units(
        "people.ImportRun",
        words=lambda n: ngettext("%(n)d lần nhập từ Excel", "%(n)d lần nhập từ Excel", n) % {"n": n},
    )
    rests_on_units(
        "people.ExportRun",
        words=lambda n: ngettext("%(n)d tệp dữ liệu đã xuất", "%(n)d tệp dữ liệu đã xuất", n) % {"n": n},
    )


def plug_in() -> None:
    """Describe the verbs that the audit shows and the personal data that people hold."""
    _keep_units()
    allow(Permission.READ, [Role.ADMINISTRATOR, Role.LEADER, Role.SPECIALIST, Role.BRANCH_OFFICER, Role.CLERK])
    allow(Permission.ADMINISTER, [Role.ADMINISTRATOR])
    allow(UnitPermission.READ, list(Role))
    allow(UnitPermission.MANAGE, [Role.ADMINISTRATOR])
    name_roles(ROLES)
    name_capacities({str(capacity): words for capacity, words in CAPACITIES.items()})
    register_kind(CONTACT)
    register_people(known_within)
    register("person", _("Người"), visible=_seen_by, address=_address, source=every_item)
    register_panel(
        "unit",
        key="posts",
        title=_("Người giữ vị trí"),
        template="people/parts/unit_panel.html",
        context=_of_unit,
        permission=Permission.READ,
    )
    register_section(
        "administration",
        label=_("Quản trị"),
        icon="settings",
        order=110,
        items=[
            NavigationItem(_("Người và vị trí"), "people:people", permission=Permission.READ, order=20),
            NavigationItem(_("Phân quyền"), "people:grants", permission=Permission.READ, order=20),
            NavigationItem(_("Thẩm quyền ký"), "people:signing", permission=Permission.READ, order=20),
        ],
    )
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
            "people.erase_contact": _("Xóa thông tin liên hệ"),
            "people.change_post": _("Sửa vị trí"),
            "people.close_post": _("Kết thúc vị trí"),
            "people.receive_import": _("Tải lên tệp đơn vị và người"),
            "people.import": _("Nhập đơn vị và người"),
            "people.ask_export": _("Yêu cầu xuất dữ liệu đơn vị"),
            "people.export": _("Xuất dữ liệu đơn vị"),
            "people.fetch_export": _("Tải tệp dữ liệu đơn vị"),
            "people.forget_export": _("Xóa tệp dữ liệu đơn vị hết hạn"),
        }
    )
