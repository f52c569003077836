"""ragtool.figures: figures as the decimals that were typed, and as people write them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ragtool.figures import exact, leads, round_half_up, share, show, show_apart, show_day, show_number


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        (0.765, "0.765"),
        (0.1 + 0.2, "0.3"),
        (102.85, "102.85"),
        (1e-7, "1E-7"),
        (123456789012345.0, "123456789012345"),
        (0.744 * 100, "74.4"),
        (-25.5, "-25.5"),
        (3, "3"),
        (Decimal("1.10"), "1.10"),
    ],
)
def test_a_stored_figure_is_the_decimal_that_was_typed(stored: float | Decimal, typed: str) -> None:
    assert exact(stored) == Decimal(typed)


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(-20, 5))
def test_every_figure_of_15_digits_comes_back(digits: int, exponent: int) -> None:
    typed = Decimal(digits).scaleb(exponent)
    assert exact(float(typed)) == typed


@pytest.mark.parametrize(
    ("figure", "unit", "decimals", "shown"),
    [
        ("39.5", "", None, "39.5"),
        ("39.50", "", None, "39.5"),
        ("4858000", "visitors", None, "4,858,000 visitors"),
        ("1234.5", "days", 2, "1,234.50 days"),
        ("0.744", "%", None, "74.4 %"),
        ("0.74444", "%", 1, "74.4 %"),
        ("-0.0004", "%", 0, "0 %"),
        ("12.5", "%", None, "1,250 %"),
        ("4858000", "£", None, "£4,858,000"),
        ("-4858000", "£", None, "-£4,858,000"),
        ("4.6", "£m", 2, "£4.60m"),
        ("46.2", "£ per head", None, "£46.2 per head"),
        ("46.2", "£/household", None, "£46.2/household"),
        ("46", "£000s", None, "46 £000s"),
        ("46", "£ 000s", None, "46 £ 000s"),
        ("46", "£'000", None, "46 £'000"),
        ("-0.4", "days", 0, "0 days"),
        ("-0.4", "", 0, "0"),
        ("0.5", "", 0, "1"),
        ("-0.5", "", 0, "-1"),
        ("1E+3", "", None, "1,000"),
        ("0", "%", None, "0 %"),
        ("1E-7", "", None, "0.0000001"),
        ("1", "working days per case", None, "1 working day per case"),
        ("-1", "people", None, "-1 person"),
        ("1", "enquiries", 0, "1 enquiry"),
        ("1", "cost of calls", None, "1 cost of calls"),
        *(("1", unit, None, f"1 {unit}") for unit in ("Gbps", "ms", "lbs", "bps", "news", "status", "MS", "£000s")),
    ],
)
def test_a_figure_as_an_officer_writes_it(figure: str, unit: str, decimals: int | None, shown: str) -> None:
    assert show(Decimal(figure), unit, decimals) == shown


@pytest.mark.parametrize("decimals", [None, 0, 2])
def test_the_largest_figure_of_excel_is_shown(decimals: int | None) -> None:
    assert show(exact(1e307), "£", decimals).startswith("£10,000,")
    assert share(Fraction(10**307, 3)).endswith(".3 %")


@pytest.mark.parametrize(
    ("unit", "first"),
    [("£", True), ("€m", True), ("%", False), ("", False), ("days", False), ("£000s", False), ("£1m", False)],
)
def test_a_currency_stands_before_its_figure(unit: str, first: bool) -> None:
    assert leads(unit) is first


@pytest.mark.parametrize(
    ("figures", "unit", "decimals", "shown"),
    [
        (("20.4", "20"), "days", 0, ["20.4 days", "20"]),
        (("21.4", "20"), "days", 0, ["21 days", "20"]),
        (("20", "20.0"), "days", 1, ["20.0 days", "20.0"]),
        (("0.7444", "0.7441"), "%", 1, ["74.44 %", "74.41 %"]),
        (("59.6", "80", "60"), "", 0, ["59.6", "80", "60"]),
        (("5.29", "4.6"), "£m", 2, ["£5.29m", "£4.60m"]),
        (("-0.4", "0.4"), "", 0, ["-0.4", "0.4"]),
    ],
)
def test_different_figures_never_look_equal(
    figures: tuple[str, ...], unit: str, decimals: int | None, shown: list[str]
) -> None:
    assert show_apart([Decimal(figure) for figure in figures], unit, decimals) == shown


@given(st.lists(st.decimals(-1000, 1000, places=4), min_size=2, max_size=4), st.none() | st.integers(0, 3))
def test_figures_look_alike_only_where_they_are_equal(figures: list[Decimal], decimals: int | None) -> None:
    assert len(set(show_apart(figures, "", decimals))) == len(set(figures))


@pytest.mark.parametrize(
    ("fraction", "apart_from", "shown"),
    [
        (Fraction(29, 366), (), "7.9 %"),
        (Fraction(15, 100), ("0.15",), "15 %"),
        (Fraction(15001, 100000), ("0.15",), "15.001 %"),
        (Fraction(14999, 100000), ("0.15",), "14.999 %"),
        (Fraction(15049, 100000), (), "15 %"),
        (Fraction(1, 3), ("0.333333333333333",), "33.33333333333333 %"),
        (Fraction("0.333333333333333"), ("0.333333333333333",), "33.3333333333333 %"),
        (Fraction(10049, 100000), ("0.15", "0.1"), "10.05 %"),
        (Fraction(0), (), "0 %"),
        (Fraction(1, 10**9), (), "0.0000001 %"),
        (Fraction(1, 10**30), (), "less than 0.000000000000000001 %"),
        (Fraction(15, 100) + Fraction(1, 10**30), ("0.15",), "a hair over 15 %"),
        (Fraction(15, 100) - Fraction(1, 10**30), ("0.15",), "a hair under 15 %"),
        (Fraction(15, 100) + Fraction(1, 10**30), ("0.1", "0.15", "0.9"), "a hair over 15 %"),
        (Fraction(149), (), "14,900 %"),
        (Fraction(-1, 8), (), "-12.5 %"),
    ],
)
def test_a_share_never_looks_equal_to_or_past_a_level(
    fraction: Fraction, apart_from: tuple[str, ...], shown: str
) -> None:
    assert share(fraction, *map(Decimal, apart_from)) == shown


@given(st.fractions(0, 2, max_denominator=10**6), st.decimals(0, 1, places=4))
def test_a_shown_share_stands_on_its_own_side_of_the_level(fraction: Fraction, level: Decimal) -> None:
    shown = Fraction(share(fraction, level).removesuffix(" %").replace(",", "")) / 100
    assert (shown < level, shown == level) == (fraction < level, fraction == level)


@pytest.mark.parametrize(
    ("fraction", "decimals", "rounded"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(1, 3), 0, "0"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(2), 1, "2.0"),
    ],
)
def test_halves_are_rounded_away_from_zero(fraction: Fraction, decimals: int, rounded: str) -> None:
    assert str(round_half_up(fraction, decimals)) == rounded


def test_a_bare_number() -> None:
    assert (show_number(Decimal("1234.50")), show_number(Decimal("1234.5"), 2), show_number(Decimal("-0"))) == (
        "1,234.5",
        "1,234.50",
        "0",
    )


def test_a_day() -> None:
    assert (show_day(date(2013, 10, 4)), show_day(None)) == ("4 October 2013", "")
