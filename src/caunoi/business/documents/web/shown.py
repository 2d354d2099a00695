"""Citations, duties and drafts in the shape that templates print."""

from __future__ import annotations

from dataclasses import dataclass

from caunoi.business.documents.models import DocumentCitation, Obligation
from caunoi.business.documents.models.citation import CitationState
from caunoi.business.documents.models.obligation import ObligationState
from caunoi.business.documents.web.doubts import citation_doubts, is_plain, obligation_doubts
from caunoi.business.documents.web.states import CITATION_STATES, OBLIGATION_STATES
from caunoi.foundation.calendar.public import DueRule, due_words
from caunoi.foundation.pages.public import State


@dataclass(frozen=True, slots=True)
class ShownCitation:
    """A cited document with its state and doubts."""

    row: DocumentCitation
    state: State
    doubts: list[str]


@dataclass(frozen=True, slots=True)
class ShownObligation:
    """A duty with its deadline in words, its state and doubts."""

    row: Obligation
    state: State
    doubts: list[str]
    due: str
    printed: str
    who: str
    to_whom: str
    readings: list[str]
    """Other honest readings of the deadline, in words."""
    plain: bool
    """A task of the outline without a time and without anybody named."""

    @property
    def dialog_id(self) -> str:
        """The id of the dialog that sets this duty aside."""
        return f"dismiss-{self.row.pk}"


def shown_citation(one: DocumentCitation) -> ShownCitation:
    """Return a citation ready to be printed."""
    return ShownCitation(one, CITATION_STATES[CitationState(one.state)], citation_doubts(one))


def shown_obligation(one: Obligation) -> ShownObligation:
    """Return a duty ready to be printed."""
    due = one.due
    return ShownObligation(
        row=one,
        state=OBLIGATION_STATES[ObligationState(one.state)],
        doubts=obligation_doubts(one),
        due=due_words(due),
        printed=due.printed if due is not None else "",
        who="; ".join(one.who),
        to_whom="; ".join(one.to_whom),
        readings=[due_words(DueRule.from_data(data)) for data in one.alternatives],
        plain=is_plain(one),
    )
