"""States as the pages show them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from caunoi.business.documents.models import CitationState, DocumentState, ObligationState
from caunoi.foundation.pages.public import State, Tone

DOCUMENT_STATES = {
    DocumentState.BEING_READ: State(_("Đang đọc"), Tone.INFO),
    DocumentState.REFUSED: State(_("Không tiếp nhận"), Tone.LATE, "file-x"),
    DocumentState.TO_REVIEW: State(_("Chờ rà soát"), Tone.SOON, "file-search"),
    DocumentState.TO_REGISTER: State(_("Chờ vào sổ"), Tone.SOON, "inbox"),
    DocumentState.REGISTERED: State(_("Đã vào sổ"), Tone.INFO, "book"),
    DocumentState.DISTRIBUTED: State(_("Đang xử lý"), Tone.INFO, "transfer"),
    DocumentState.SETTLED: State(_("Đã giải quyết"), Tone.DONE),
    DocumentState.DRAFT: State(_("Dự thảo"), Tone.NEUTRAL, "pencil"),
    DocumentState.PRESENTED: State(_("Trình ký"), Tone.SOON, "writing-sign"),
    DocumentState.SIGNED: State(_("Đã ký, chờ phát hành"), Tone.SOON, "hash"),
    DocumentState.ISSUED: State(_("Đã phát hành"), Tone.DONE, "send"),
    DocumentState.WITHDRAWN: State(_("Đã hủy"), Tone.NEUTRAL, "ban"),
}
CITATION_STATES = {
    CitationState.HELD: State(_("đang giữ"), Tone.DONE, "link"),
    CitationState.NOT_HELD: State(_("chưa có"), Tone.NEUTRAL, "link-off"),
    CitationState.AMBIGUOUS: State(_("chưa rõ văn bản nào"), Tone.SOON),
    CitationState.CONFLICTING: State(_("lệch ngày với bản đang giữ"), Tone.SOON),
    CitationState.EXPIRED: State(_("hết hiệu lực"), Tone.LATE),
}
OBLIGATION_STATES = {
    ObligationState.OPEN: State(_("Chưa giao"), Tone.SOON),
    ObligationState.HANDED_ON: State(_("Đã giao"), Tone.DONE),
    ObligationState.DISMISSED: State(_("Không áp dụng"), Tone.NEUTRAL, "ban"),
}


def state_of(state: str) -> State:
    """Return how a document's state is shown."""
    return DOCUMENT_STATES[DocumentState(state)]
