"""What documents put into the system: permissions of roles, navigation, words of the audit, search."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from caunoi.business.documents.access import (
    Permission,
    documents_to_read,
    drafts_waiting,
    to_register,
    to_review,
    visible,
)
from caunoi.business.documents.models import Document
from caunoi.business.documents.models.document import IN_BOOK, Direction, DocumentState
from caunoi.business.documents.operations.exporting import documents_of, files_of, obligations_of_units
from caunoi.business.documents.queries import ISSUED, issued_rows, issued_sums
from caunoi.business.indicators.public import Source, register_source
from caunoi.foundation.audit.public import describe_verbs
from caunoi.foundation.notifications.public import register_urgent
from caunoi.foundation.organisations.public import Footprint, Resting, resting_on_event, rests_on_units
from caunoi.foundation.pages.public import NavigationItem, register_section
from caunoi.foundation.people.public import Role, allow, register_export
from caunoi.foundation.personal_data.public import DataField, DataKind, register_kind
from caunoi.foundation.search.public import register
from caunoi.kernel.actor import Actor

_EVERYONE = [role for role in Role if role is not Role.ADMINISTRATOR]
_KEEPERS = [Role.CLERK, Role.SPECIALIST, Role.SCHOOL_OFFICER]
_WORKERS = [Role.SPECIALIST, Role.SCHOOL_OFFICER, Role.BRANCH_OFFICER]

VERBS = {
    "documents.receive": _("Nhận tệp văn bản"),
    "documents.read": _("Đọc xong văn bản"),
    "documents.refuse_file": _("Không tiếp nhận tệp"),
    "documents.reject": _("Loại bỏ khi rà soát"),
    "documents.correct": _("Sửa nội dung đã đọc"),
    "documents.accept": _("Vào sổ văn bản đến"),
    "documents.distribute": _("Phân phối văn bản"),
    "documents.settle": _("Giải quyết xong"),
    "documents.open": _("Mở xem lần đầu"),
    "documents.open_to_unit": _("Mở cho cả đơn vị xem"),
    "documents.hand_on": _("Giao nhiệm vụ theo văn bản"),
    "documents.dismiss": _("Xác định nhiệm vụ không áp dụng"),
    "documents.reopen_obligation": _("Mở lại nhiệm vụ"),
    "documents.draft": _("Lập dự thảo"),
    "documents.redraft": _("Sửa dự thảo"),
    "documents.presented": _("Trình ký"),
    "documents.signed": _("Ký văn bản"),
    "documents.returned": _("Trả lại dự thảo"),
    "documents.withdraw": _("Hủy dự thảo"),
    "documents.issue": _("Cấp số và phát hành"),
    "documents.annul_number": _("Hủy số"),
}


SIGNERS = DataKind(
    key="document-signers",
    label=_("Người ký văn bản"),
    purpose=_("Thể thức văn bản hành chính (Nghị định 30/2020/NĐ-CP)"),
    fields=(DataField("name", _("Họ tên")), DataField("title", _("Chức vụ"))),
    ground="public_duty",
    retention="archives",
    is_public_office=True,
    count=lambda: Document.objects.exclude(signer_name="").count(),
)


def _issued_since(footprint: Footprint) -> Iterable[Resting]:
    """Yield the units that have issued documents under the name or symbol which the event gave them."""
    issued = Document.objects.filter(
        unit_id__in=footprint.renamed, direction=Direction.OUTGOING, state=DocumentState.ISSUED,
        issued_on__gte=footprint.effective_on, changed_at__gte=footprint.recorded_at,
    )  # fmt: skip
    for unit, count in issued.values_list("unit__name").annotate(n=Count("pk")).order_by("unit__sort_key"):
        words = ngettext("%(n)d văn bản phát hành theo tên mới", "%(n)d văn bản phát hành theo tên mới", count)
        yield Resting(f"{unit}: {words % {'n': count}}", reverse("documents:outgoing"), permission=Permission.READ)


def _keep_units() -> None:
    """Say what of documents keeps an event of units from being taken back."""
    resting_on_event(_issued_since)
    rests_on_units(
        "documents.Document",
        words=lambda n: ngettext("%(n)d văn bản", "%(n)d văn bản", n) % {"n": n},
        address=lambda _unit, row: reverse("documents:record", args=[Document.objects.get(pk=row).public_id]),
        permission=Permission.READ,
    )
    rests_on_units(
        "documents.Recipient",
        words=lambda n: ngettext("là nơi nhận của %(n)d văn bản", "là nơi nhận của %(n)d văn bản", n) % {"n": n},
    )
    rests_on_units(
        "documents.Distribution",
        words=lambda n: ngettext("được chuyển %(n)d văn bản", "được chuyển %(n)d văn bản", n) % {"n": n},
    )
    rests_on_units(
        "documents.NumberSeries",
        words=lambda n: ngettext("%(n)d sổ văn bản", "%(n)d sổ văn bản", n) % {"n": n},
    )


def plug_in() -> None:
    """Register everything; called once at the start of the program."""
    _keep_units()
    register_export("documents.1", documents_of)
    register_export("documents.2", files_of)
    register_export("documents.3", obligations_of_units)
    register_urgent(["documents.presented", "documents.returned"])
    _allow()
    _navigate()
    describe_verbs(VERBS)
    register_kind(SIGNERS)
    register("document", _("Văn bản"), visible=_found_by, address=_address)
    register_source(Source(frozenset({ISSUED}), "document", sums=issued_sums, rows=issued_rows, address=_address))


def _allow() -> None:
    allow(Permission.READ, _EVERYONE)
    allow(Permission.READ_UNIT, [*_KEEPERS, Role.LEADER, Role.BRANCH_OFFICER])
    allow(Permission.REGISTER, _KEEPERS)
    allow(Permission.DISTRIBUTE, [Role.LEADER])
    allow(Permission.HAND_ON, [*_WORKERS, Role.LEADER])
    allow(Permission.DRAFT, _WORKERS)
    allow(Permission.SIGN, [Role.LEADER, Role.BRANCH_OFFICER])
    allow(Permission.ISSUE, [Role.CLERK])


def _navigate() -> None:
    def waiting(by: Actor) -> int:
        return to_review(by).count() + to_register(by).count()

    items = [
        NavigationItem(_("Tiếp nhận văn bản"), "documents:intake", Permission.REGISTER, icon="file-upload"),
        NavigationItem(_("Chờ rà soát, vào sổ"), "documents:waiting", Permission.REGISTER, waiting, "inbox"),
        NavigationItem(
            _("Cần đọc"), "documents:to_read", Permission.READ, lambda by: documents_to_read(by).count(), "eye"
        ),
        NavigationItem(_("Văn bản đến"), "documents:incoming", Permission.READ, icon="mail"),
        NavigationItem(_("Văn bản đi"), "documents:outgoing", Permission.READ, icon="send"),
        NavigationItem(
            pgettext_lazy("nhiều", "Dự thảo"),
            "documents:drafts",
            Permission.READ_UNIT,
            lambda by: drafts_waiting(by).count(),
            "pencil",
        ),
    ]
    register_section("documents", label=_("Văn bản"), icon="files", order=20, items=items)


def _found_by(by: Actor) -> Iterable[UUID]:
    found = visible(by).filter(state__in=[*IN_BOOK, "issued", "to_register"])
    return found.order_by().values_list("public_id", flat=True)


def _address(public_id: UUID) -> str:
    return reverse("documents:record", args=[public_id])
