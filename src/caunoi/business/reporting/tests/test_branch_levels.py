"""Three levels that report in one campaign, each from those below: nothing twice, nothing lost, in whatever order."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

import pytest

from caunoi.business.reporting.models import Campaign, ExpectedReporter, Submission, TotalsNode
from caunoi.business.reporting.operations.branch import take_from_below
from caunoi.business.reporting.public import (
    contributors,
    put_in_force,
    return_submission,
    save_draft,
    set_reporters,
    submit,
    whole,
)
from caunoi.business.reporting.queries.branch import gathered, sources_for
from caunoi.business.reporting.rules.branch import How
from caunoi.business.reporting.rules.totals import total_of
from caunoi.business.reporting.tests.scenes import OPENED, Scene, draft_regime, figures
from caunoi.foundation.organisations.public import UnitKind, move_unit
from caunoi.foundation.people.public import Role, grant_role
from caunoi.kernel.actor import Line, system
from caunoi.surfaces.demonstration.office import Office

KEYS = [f"b1.r{row}.c{column}" for row in (1, 2, 3) for column in (1, 2)]
BELOW = {"xa_1": ["thcs_1", "thcs_2"], "thcs_1": ["thcs_2"], "thcs_2": []}
"""A commune, a group of schools under it, a school under the group; all of them report to the Sở."""
WORDS = {"s1": "Đã làm.", "s2": "Tiếp tục."}


@pytest.fixture
def here(office: Office) -> Scene:
    """The school stands below the group, whose officer oversees it; all three kinds of units report."""
    day = OPENED - dt.timedelta(days=60)
    group, school = office.unit("thcs_1"), office.unit("thcs_2")
    move_unit(unit=school, line=Line.PROFESSIONAL, parent=group, on=day.date(), by=system(), at=day)
    grant_role(
        post=office.posts["thcs_1.officer"], role=Role.BRANCH_OFFICER, unit=group, subtree=True, on=day.date(),
        by=system(), at=day,
    )  # fmt: skip
    regime, by = draft_regime(office), office.actor("specialist", on=OPENED.date())
    kinds = list(UnitKind.objects.filter(code__in=["lower_secondary", "commune_division"]))
    set_reporters(regime=regime, kinds=kinds, root=office.unit("so"), by=by, at=OPENED)
    return Scene(office, put_in_force(regime=regime, on=OPENED.date(), by=by, at=OPENED))


def sends(here: Scene, campaign: Campaign, unit: str, own: list[int], turn: int) -> Submission:
    """Let a unit enter what it has of its own, add what those below have sent, and send the sum."""
    reporter, by = here.reporter(campaign, unit), here.by(f"{unit}.officer")
    save_draft(reporter=reporter, cells=figures(*own), narrative=WORDS, by=by, at=OPENED)
    for source in sources_for(reporter, by):
        have = gathered(reporter, source)
        chosen = dict.fromkeys([key for key in KEYS if have.figures[key].answered], How.ADD)
        if chosen:
            take_from_below(
                reporter=reporter, source=campaign, cells=chosen, sections={}, seen=have.seen, by=by, at=OPENED
            )
    reporter.refresh_from_db()
    return submit(reporter=reporter, key=f"{unit}-{turn}", by=by, at=OPENED)


def checked(here: Scene, campaign: Campaign, own: dict[str, list[int]]) -> None:
    """Compare the totals of every level with what each unit that has sent has of its own."""
    rows = [here.reporter(campaign, unit) for unit in BELOW]
    for at, key in enumerate(KEYS):
        node = whole(campaign)
        total = total_of(node.cells, key, node.expected).amount or Decimal(0)
        assert total == sum(figure[at] for figure in own.values()), key
        assert total == sum(each.measure.number or 0 for each in contributors(rows, key))
    for unit, units in BELOW.items():
        path = ExpectedReporter.objects.get(campaign=campaign, unit=here.office.unit(unit)).path
        node = TotalsNode.objects.filter(campaign=campaign, axis=TotalsNode.LINE, path=path).first() or TotalsNode()
        expected = [sum(own[each][at] for each in units if each in own) for at in range(len(KEYS))]
        assert [total_of(node.cells, key, 3).amount or 0 for key in KEYS] == expected, unit


def sends_again(here: Scene, campaign: Campaign, returned: Submission, more: list[int], turn: int) -> Submission:
    """Let a unit whose report came back have more of its own; what it took from below stands as before."""
    reporter, unit = returned.reporter, next(u for u in BELOW if here.office.unit(u).pk == returned.reporter.unit_id)
    by, old = here.by(f"{unit}.officer"), [int(returned.cells.get(key, "0")) for key in KEYS]
    reporter.refresh_from_db()
    save_draft(reporter=reporter, cells=figures(*map(sum, zip(old, more, strict=True))), by=by, at=OPENED)
    return submit(reporter=reporter, key=f"{unit}-{turn}", by=by, at=OPENED)


@pytest.mark.parametrize("seed", range(4))
def test_three_levels_are_counted_once_in_any_order(here: Scene, seed: int) -> None:
    chance, campaign = random.Random(seed), here.open()
    own: dict[str, list[int]] = {}
    sent: dict[str, Submission] = {}
    order = chance.sample([*BELOW], k=3)
    for turn, unit in enumerate([*order, *chance.choices(order, k=3)]):
        drawn, before = [chance.randrange(1, 9) for _ in KEYS], own.pop(unit, [0] * len(KEYS))
        if unit in sent:
            return_submission(submission=sent[unit], reason="Sửa số.", by=here.by("specialist"), at=OPENED)
            checked(here, campaign, own)
            sent[unit] = sends_again(here, campaign, sent[unit], drawn, turn)
        else:
            sent[unit] = sends(here, campaign, unit, drawn, turn)
        own[unit] = [a + b for a, b in zip(before, drawn, strict=True)]
        checked(here, campaign, own)
