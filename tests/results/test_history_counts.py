"""How the items stood in each quarter, counted in the history and said in a line."""

from __future__ import annotations

import pytest

from ragtool import columns as c
from ragtool.model import Kind
from ragtool.results.history_counts import quarters_in_words
from ragtool.results.results import QUARTERS, QuarterlyHistory
from small_report import PERIODS, history_row, small_report

Q1, Q2 = PERIODS[:2]


def lines(*rows):
    return list(quarters_in_words(QuarterlyHistory(PERIODS, rows)))


def test_a_line_a_quarter_that_has_a_report_the_worst_first():
    assert list(quarters_in_words(small_report().history)) == [
        "2013/14 Q1: key actions 1 Green.",
        "2013/14 Q2: key actions 1 Red; measures 1 Green.",
    ]


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        (("R*", "A", "G", "B"), "1 Red, 1 Amber, 1 Green, 1 Blue"),
        (("NR", "TBC", "G", "–"), "1 Green, 2 other"),
        (("OK", "ND"), "1 other"),
    ],
)
def test_what_is_no_colour_is_other_and_what_is_no_rating_isnt_counted(letters, said):
    rows = (history_row(f"P{n}", None, Kind.MEASURE, cells={Q2: text}) for n, text in enumerate(letters))
    assert lines(*rows) == [f"{Q2}: measures {said}."]


def test_what_stands_in_two_rows_since_an_item_was_split_counts_once():
    one = history_row("K1a", None, Kind.KEY_ACTION, cells={Q1: "R", Q2: "G"})
    other = history_row("K1b", None, Kind.KEY_ACTION, cells={Q1: "R", Q2: "G"}, shared=frozenset({Q1}))
    assert lines(one, other) == [f"{Q1}: key actions 1 Red.", f"{Q2}: key actions 2 Green."]


def test_a_review_is_no_quarter():
    review = next(period for period in PERIODS if period.endswith(c.REVIEW))
    assert lines(history_row("K1", None, Kind.KEY_ACTION, cells={review: "R"})) == []
    assert len(PERIODS) == len(QUARTERS) + 1
