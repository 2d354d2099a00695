from decimal import Decimal

import pytest

from caunoi.kernel.measure import Measure, MeasureState, Total, add_up


def test_total_carries_its_coverage() -> None:
    assert add_up([Measure.of(3), Measure.zero(), Measure.missing()]) == Total(Decimal(3), 2, 3)


def test_units_to_which_it_does_not_apply_are_not_expected() -> None:
    assert add_up([Measure.of(3), Measure.not_applicable()]) == Total(Decimal(3), 1, 1)


def test_silence_is_not_zero() -> None:
    assert add_up([Measure.missing(), Measure.missing()]) == Total(None, 0, 2)
    assert add_up([Measure.zero()]) == Total(Decimal(0), 1, 1)


def test_a_state_and_an_amount_that_disagree_are_refused() -> None:
    with pytest.raises(ValueError, match="zero with amount 1"):
        Measure(MeasureState.ZERO, Decimal(1))
