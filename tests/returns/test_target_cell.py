"""The Target cell of a return: what is written there is read back the same."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragtool.model import Better, ItemStatus, Place
from ragtool.plan.plan import BY_PARTS, Measure
from ragtool.quarters import Quarter
from ragtool.returns.target_cell import NOT_DUE, NOT_SET, Aim, aim_of, target_shown

Q2 = Quarter(2013, 2)
FIGURES = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, places=4)
ENDS = FIGURES | st.none()
UNITS = st.sampled_from(["%", "visitors", "£m", "£", ""])


def measure(**fields: object) -> Measure:
    """A measure of a plan."""
    return Measure(**{"at": Place("plan.xlsx", "Measures", 2), "key": "P1", "theme": "A", "outcome_no": "1"} | fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("of", "due", "shown", "aim"),
    [
        ({"has_parts": True}, True, BY_PARTS, Aim(has_parts=True)),
        ({}, True, NOT_SET, Aim()),
        ({}, False, NOT_DUE, Aim(due=False)),
        ({"status": ItemStatus.UNDER_DEVELOPMENT}, True, "Under development", Aim(status=ItemStatus.UNDER_DEVELOPMENT)),
        ({"status": ItemStatus.DATA_ONLY}, True, "Data only", Aim(status=ItemStatus.DATA_ONLY)),
        (
            {"better": Better.IN_RANGE, "low": Decimal("0.8"), "high": Decimal("0.855"), "unit": "%"},
            True,
            "80 % to 85.5 %",
            Aim(low=Decimal("0.8"), high=Decimal("0.855")),
        ),
        ({"better": Better.IN_RANGE, "low": Decimal(1200)}, True, "1,200 or more", Aim(low=Decimal(1200))),
        ({"better": Better.IN_RANGE, "high": Decimal("-2.5")}, True, "-2.5 or less", Aim(high=Decimal("-2.5"))),
        ({"better": Better.IN_RANGE}, True, NOT_SET, Aim()),
        (
            {"better": Better.MORE_THAN, "targets": (None, Decimal("0.8"), None, None), "unit": "%"},
            True,
            "more than 80 %",
        )
        + (Aim(target=Decimal("0.8")),),
        ({"better": Better.LESS_THAN, "targets": (None, Decimal(1200), None, None)}, True, "less than 1,200")
        + (Aim(target=Decimal(1200)),),
        ({"stretch": Decimal("0.95"), "targets": (None, Decimal("0.8"), None, None), "unit": "%"}, True)
        + ("80 % (stretch 95 %)", Aim(target=Decimal("0.8"), stretch=Decimal("0.95"))),
        ({"better": Better.LESS_THAN, "stretch": Decimal("-2.5"), "targets": (None, Decimal(4), None, None)}, True)
        + ("less than 4 (stretch -2.5)", Aim(target=Decimal(4), stretch=Decimal("-2.5"))),
    ],
)
def test_each_way_to_say_a_target(of: dict[str, object], due: bool, shown: str, aim: Aim) -> None:
    assert target_shown(measure(**of), Q2, due) == shown
    assert aim_of(shown, str(of.get("unit", ""))) == aim


@given(target=FIGURES, unit=UNITS)
def test_a_target_is_read_as_it_was_written(target: Decimal, unit: str) -> None:
    shown = target_shown(measure(targets=(None, target, None, None), unit=unit), Q2, due=True)
    assert shown == target
    assert aim_of(str(shown), unit) == Aim(target=target)


@given(target=FIGURES, stretch=ENDS, better=st.sampled_from([Better.MORE_THAN, Better.LESS_THAN]), unit=UNITS)
def test_a_target_in_words_is_read_as_it_was_written(
    target: Decimal, stretch: Decimal | None, better: Better, unit: str
) -> None:
    given_so = measure(targets=(None, target, None, None), stretch=stretch, better=better, unit=unit)
    assert aim_of(str(target_shown(given_so, Q2, due=True)), unit) == Aim(target=target, stretch=stretch)


@given(low=ENDS, high=ENDS, unit=UNITS)
def test_a_range_is_read_as_it_was_written(low: Decimal | None, high: Decimal | None, unit: str) -> None:
    shown = target_shown(measure(better=Better.IN_RANGE, low=low, high=high, unit=unit), Q2, due=True)
    assert aim_of(str(shown), unit) == Aim(low=low, high=high)


def test_a_target_that_was_typed_over_sets_none() -> None:
    assert aim_of("see the plan", "%") == Aim()
    assert aim_of("some to many", "%") == Aim()
