"""The states of regimes, campaigns, expected reporters and submissions, and which step leads where."""

from __future__ import annotations

from enum import StrEnum


class RegimeState(StrEnum):
    """Life of a report regime."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    ENDED = "ended"


class RegimeKind(StrEnum):
    """Kinds of reports (NĐ 09/2019/NĐ-CP)."""

    PERIODIC = "periodic"
    """Định kỳ."""
    THEMATIC = "thematic"
    """Chuyên đề."""
    AD_HOC = "ad_hoc"
    """Đột xuất."""


class CampaignState(StrEnum):
    """Life of a campaign."""

    PREPARING = "preparing"
    """The list of expected reporters is being frozen by a job."""
    OPEN = "open"
    CLOSED = "closed"
    """Locked: nothing is sent any more unless one unit is reopened."""


class ReporterState(StrEnum):
    """Where one unit stands in one campaign."""

    NOT_STARTED = "not_started"
    DRAFT = "draft"
    IN_APPROVAL = "in_approval"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    EXEMPT = "exempt"


class SubmissionState(StrEnum):
    """Life of one version of a unit's report."""

    DRAFT = "draft"
    IN_APPROVAL = "in_approval"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"
    """Accepted once, replaced by a later accepted version."""


class ChangeState(StrEnum):
    """What became of one unit of a campaign whose tree changed after the list was frozen."""

    WAITING = "waiting"
    """The list is still being made: decided by rule when it is frozen."""
    KEPT = "kept"
    """It had reported already, or only moved: its place stands as frozen."""
    RELEASED = "released"
    """It is gone and owes nothing any more."""
    HEIR_BOTH = "heir_both"
    """Its heir gives its report beside its own."""
    HEIR_ONE = "heir_one"
    """Its heir gives one report that covers it."""
    OFFERED = "offered"
    """It is new and may be asked."""
    ADDED = "added"
    DECLINED = "declined"
    UNDONE = "undone"
    """The event was a mistake; what it did here was taken back."""


UNSENT = frozenset({ReporterState.NOT_STARTED, ReporterState.DRAFT, ReporterState.IN_APPROVAL, ReporterState.RETURNED})
"""The unit still owes its report."""
SENT = frozenset({ReporterState.SUBMITTED, ReporterState.ACCEPTED})
"""The report counts in the totals."""
OPEN_VERSIONS = frozenset({SubmissionState.DRAFT, SubmissionState.IN_APPROVAL})
"""Versions that have not left the unit."""


class Step(StrEnum):
    """What can be done with a version of a report."""

    EDIT = "edit"
    PRESENT = "present"
    """An officer hands it to the head of the unit (trình duyệt)."""
    TAKE_BACK = "take_back"
    """It goes back from the head to the officer."""
    SUBMIT = "submit"
    RETURN = "return"
    ACCEPT = "accept"
    REOPEN = "reopen"


_STEPS: dict[tuple[SubmissionState, Step], SubmissionState] = {
    (SubmissionState.DRAFT, Step.EDIT): SubmissionState.DRAFT,
    (SubmissionState.DRAFT, Step.PRESENT): SubmissionState.IN_APPROVAL,
    (SubmissionState.IN_APPROVAL, Step.TAKE_BACK): SubmissionState.DRAFT,
    (SubmissionState.DRAFT, Step.SUBMIT): SubmissionState.SUBMITTED,
    (SubmissionState.IN_APPROVAL, Step.SUBMIT): SubmissionState.SUBMITTED,
    (SubmissionState.SUBMITTED, Step.RETURN): SubmissionState.RETURNED,
    (SubmissionState.SUBMITTED, Step.ACCEPT): SubmissionState.ACCEPTED,
    (SubmissionState.ACCEPTED, Step.REOPEN): SubmissionState.SUPERSEDED,
}


def after(state: SubmissionState, step: Step) -> SubmissionState | None:
    """Return the state that ``step`` leads to, or ``None`` when the state does not allow it."""
    return _STEPS.get((state, step))


def steps_from(state: SubmissionState) -> frozenset[Step]:
    """Return every step that a state allows."""
    return frozenset(step for (from_state, step) in _STEPS if from_state is state)
