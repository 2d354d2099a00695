"""A document of a unit's register: incoming, or outgoing from the first draft to its issue."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from caunoi.kernel.fields import ByteOrderedField
from caunoi.kernel.ids import uuid7


class Direction(models.TextChoices):
    """Which register a document belongs to."""

    INCOMING = "incoming", "Văn bản đến"
    OUTGOING = "outgoing", "Văn bản đi"


class DocumentState(models.TextChoices):
    """Where a document stands."""

    BEING_READ = "being_read", _("Đang đọc")
    REFUSED = "refused", _("Không tiếp nhận")
    TO_REVIEW = "to_review", _("Chờ rà soát")
    TO_REGISTER = "to_register", _("Chờ vào sổ")
    REGISTERED = "registered", _("Đã vào sổ")
    DISTRIBUTED = "distributed", _("Đã chuyển xử lý")
    SETTLED = "settled", _("Đã giải quyết")
    DRAFT = "draft", _("Dự thảo")
    PRESENTED = "presented", _("Trình ký")
    SIGNED = "signed", _("Đã ký, chờ phát hành")
    ISSUED = "issued", _("Đã phát hành")
    WITHDRAWN = "withdrawn", _("Đã hủy")


INCOMING_STATES = [
    "being_read",
    "refused",
    "to_review",
    "to_register",
    "registered",
    "distributed",
    "settled",
    "withdrawn",
]
OUTGOING_STATES = ["draft", "presented", "signed", "issued", "withdrawn"]
IN_BOOK = ["registered", "distributed", "settled"]
"""States of an incoming document that has its arrival number."""


class Document(models.Model):
    """One document as one unit holds it. Fields carry the names of NĐ 30/2020/NĐ-CP, Phụ lục VI where it has them."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    """The unit in whose register it stands."""
    direction = models.CharField(max_length=8, choices=Direction)
    state = models.CharField(max_length=12, choices=DocumentState)
    document_type = models.ForeignKey("documents.DocumentType", on_delete=models.PROTECT, related_name="+", null=True)
    type_name = models.CharField(max_length=100, blank=True)
    code_number = models.CharField(max_length=11, blank=True)
    """Digits as printed, leading zero kept."""
    code_notation = models.CharField(max_length=60, blank=True)
    code_key = models.CharField(max_length=100, blank=True)
    """One spelling for all variants of number and notation (``rules.codes.key``)."""
    issued_on = models.DateField(null=True)
    organ_name = models.CharField(max_length=200, blank=True)
    organ_folded = models.CharField(max_length=200, blank=True)
    superior_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=1000, blank=True)
    place = models.CharField(max_length=120, blank=True)
    urgency = models.CharField(max_length=20, blank=True)
    """As printed: HỎA TỐC, THƯỢNG KHẨN, KHẨN."""
    signer_name = models.CharField(max_length=120, blank=True)
    signer_position = models.CharField(max_length=200, blank=True)
    signing_form = models.CharField(max_length=20, blank=True)
    page_count = models.PositiveIntegerField(null=True)
    language = models.CharField(max_length=30, default="vi")

    series = models.ForeignKey("documents.NumberSeries", on_delete=models.PROTECT, related_name="+", null=True)
    arrival_number = models.PositiveIntegerField(null=True)
    arrival_on = models.DateField(null=True)
    serial_number = models.PositiveIntegerField(null=True)
    """Outgoing: the number taken from the unit's series."""
    due_on = models.DateField(null=True)
    """Hạn giải quyết."""
    settled_on = models.DateField(null=True)
    settled_note = models.CharField(max_length=1000, blank=True)

    is_open_to_unit = models.BooleanField(default=False)
    """Whether everyone who works in the unit may read it."""
    issued_from = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+", null=True)
    """Incoming: the issued document of the unit that sent it through this system."""
    replies_to = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+", null=True)
    origin_kind = models.CharField(max_length=40, blank=True)
    """Outgoing: what it was made from ("plan", "campaign"); the module of that kind knows it by ``origin_id``."""
    origin_id = models.UUIDField(null=True)
    draft = models.JSONField(null=True)
    """Outgoing: the present draft (``vanban`` Draft as data)."""
    draft_version = models.PositiveSmallIntegerField(default=0)
    signed_by_post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+", null=True)
    refusal = models.JSONField(default=dict)
    """``REFUSED``: code and facts of the reason; nothing else of the file is kept."""

    entered_by_post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="+", null=True)
    """The post that dropped the file or made the draft."""
    entered_by_name = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    body_text = models.TextField(blank=True)
    """Text of every file, for search."""
    folded = models.TextField(blank=True)
    """Head fields without accents, for the search box of the lists."""
    sort_key = ByteOrderedField(max_length=500, blank=True)
    organ_sort_key = ByteOrderedField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction="incoming", state__in=INCOMING_STATES)
                | Q(direction="outgoing", state__in=OUTGOING_STATES),
                name="documents_document_state_fits",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=IN_BOOK)
                | Q(arrival_number__isnull=False, arrival_on__isnull=False, series__isnull=False),
                name="documents_document_in_book_is_numbered",
            ),
            models.CheckConstraint(
                condition=~Q(state="issued")
                | Q(serial_number__isnull=False, issued_on__isnull=False, series__isnull=False),
                name="documents_document_issued_is_numbered",
            ),
            models.UniqueConstraint(
                fields=["series", "arrival_number"],
                condition=Q(arrival_number__isnull=False),
                name="documents_document_arrival_once",
            ),
            models.UniqueConstraint(
                fields=["series", "serial_number"],
                condition=Q(serial_number__isnull=False),
                name="documents_document_serial_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "issued_from"],
                condition=Q(issued_from__isnull=False),
                name="documents_document_received_once",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "direction", "state", "-id"], name="documents_list"),
            models.Index(fields=["unit", "code_key"], name="documents_code"),
            models.Index(fields=["unit", "direction", "-issued_on", "-id"], name="documents_by_day"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def code(self) -> str:
        """Number and notation as printed, or nothing."""
        if not self.code_notation:
            return self.code_number
        return f"{self.code_number}/{self.code_notation}" if self.code_number else self.code_notation

    @property
    def label(self) -> str:
        """How the document is named in one line: type, code, subject."""
        head = " ".join(part for part in (self.type_name, self.code) if part)
        return f"{head}: {self.subject}" if head and self.subject else head or self.subject

    @property
    def is_in_book(self) -> bool:
        """Whether it stands in a register with its number."""
        return self.state in IN_BOOK or self.state == DocumentState.ISSUED


class DraftVersion(models.Model):
    """Every version of a draft is kept while the work lives (NĐ 30/2020/NĐ-CP, Phụ lục VI)."""

    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="+")
    version = models.PositiveSmallIntegerField()
    draft = models.JSONField()
    person_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["document_id", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["document", "version"], name="documents_draft_version_once"),
        ]
