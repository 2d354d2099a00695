"""Setting the rules between the figures of a form that is still a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from caunoi.business.reporting.models import FormCheck, ReportRegime
from caunoi.business.reporting.operations.forms import designable, end_of, next_code, regime_subject
from caunoi.business.reporting.operations.refused import RegimeRefused
from caunoi.business.reporting.queries import form_of
from caunoi.business.reporting.rules.relations import Check, Relation, faults_of
from caunoi.foundation.audit.public import record, use_case
from caunoi.kernel.actor import Actor
from caunoi.kernel.text import squeeze


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """A rule: the figures of ``left``, added up, against those of ``right`` (places: rules/relations.py)."""

    left: Sequence[str]
    relation: Relation
    right: Sequence[str]
    is_error: bool = True
    note: str = ""


@use_case
def add_check(*, regime: ReportRegime, spec: CheckSpec, by: Actor, at: dt.datetime) -> FormCheck:
    """Add a rule at the end. Raises RegimeRefused ``check_places`` for places that the form does not have."""
    locked = designable(regime, by, at)
    tables = {table.code: table for table in form_of(locked).tables}
    faults = faults_of(Check("", tuple(spec.left), spec.relation, tuple(spec.right)), tables)
    if faults or not (spec.left and spec.right):
        raise RegimeRefused("reporting.check_places", places=", ".join(faults) or "…")
    held = FormCheck.objects.filter(regime=locked)
    made = FormCheck.objects.create(
        regime=locked,
        code=next_code("kt", held),
        left=list(spec.left),
        relation=spec.relation,
        right=list(spec.right),
        severity=FormCheck.ERROR if spec.is_error else FormCheck.QUERY,
        note=squeeze(spec.note)[:300],
        position=end_of(held),
    )
    record(by=by, at=at, verb="reporting.add_check", subject=regime_subject(locked),
           changes={"check": (None, f"{' + '.join(made.left)} {made.relation} {' + '.join(made.right)}")})  # fmt: skip
    return made


@use_case
def remove_check(*, regime: ReportRegime, code: str, by: Actor, at: dt.datetime) -> None:
    """Take a rule out; one that is gone already is no fault. Raises RegimeRefused, ReportingForbidden."""
    locked = designable(regime, by, at)
    gone, _counts = FormCheck.objects.filter(regime=locked, code=code).delete()
    if gone:
        record(by=by, at=at, verb="reporting.remove_check", subject=regime_subject(locked),
               changes={"check": (code, None)})  # fmt: skip
