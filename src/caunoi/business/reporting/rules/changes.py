"""What becomes of a unit's report when the unit ends, and what may be decided about it."""

from __future__ import annotations

from caunoi.business.reporting.rules.states import UNSENT, ChangeState, ReporterState

DISSOLVED = "dissolve"
RELEASING = (ChangeState.RELEASED, ChangeState.HEIR_ONE)
"""Lines by which a unit owes nothing any more; what an officer exempted stays exempt whatever becomes of an event."""


def after_end(state: str, *, kind: str, has_heir: bool, ends_before_due: bool) -> ChangeState:
    """Return what happens to the report of a unit that ends.

    What was sent, or what is due before the unit ends, stays. A dissolved unit owes nothing any more, its heir is only
    named; after a merger or split the heir is asked for the report of the unit that is gone.
    """
    if ReporterState(state) not in UNSENT or not ends_before_due:
        return ChangeState.KEPT
    return ChangeState.HEIR_BOTH if has_heir and kind != DISSOLVED else ChangeState.RELEASED


_DECISIONS: dict[str, tuple[ChangeState, frozenset[ChangeState]]] = {
    "both": (
        ChangeState.HEIR_BOTH, frozenset({ChangeState.HEIR_ONE, ChangeState.RELEASED}),
    ),
    "one": (ChangeState.HEIR_ONE, frozenset({ChangeState.HEIR_BOTH, ChangeState.RELEASED})),
    "release": (ChangeState.RELEASED, frozenset({ChangeState.HEIR_BOTH, ChangeState.HEIR_ONE})),
    "add": (ChangeState.ADDED, frozenset({ChangeState.OFFERED, ChangeState.DECLINED})),
    "decline": (ChangeState.DECLINED, frozenset({ChangeState.OFFERED, ChangeState.ADDED})),
}  # fmt: skip


def decided(state: ChangeState, act: str, *, has_heir: bool, is_sent: bool = False) -> ChangeState | None:
    """Return the state that a decision leads to; ``None`` when the line does not allow it.

    A unit whose report stands in the totals (``is_sent``) is not freed of it.
    """
    if act not in _DECISIONS:
        return None
    after, allowed = _DECISIONS[act]
    if is_sent and after in RELEASING:
        return None
    if state not in allowed or (act in ("both", "one") and not has_heir):
        return None
    return after


def options(state: ChangeState, *, has_heir: bool, is_sent: bool = False) -> list[str]:
    """Return what may be decided about a line."""
    return [act for act in _DECISIONS if decided(state, act, has_heir=has_heir, is_sent=is_sent) is not None]


def role_in(*, began: bool, ended: bool) -> str:
    """Return what an event did to a unit: ``ended``, ``begun`` or ``moved``; who both begins and ends is gone."""
    if ended:
        return "ended"
    return "begun" if began else "moved"
