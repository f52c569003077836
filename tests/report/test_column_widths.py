"""Columns fill the width that they print on: narrower as far as words allow, wider as far as texts need."""

from __future__ import annotations

import pytest

from ragtool import columns as c
from ragtool.looks import fitting
from ragtool.looks.printing import A3, widest_on
from ragtool.looks.table import Content, heading_lines
from ragtool.report.column_widths import GOES_ON, column_width, cut_short, fitted_widths, least_width
from ragtool.report.report_table import as_many_as_fit

SENTENCE = "A text of several words that could well stand in one line"
HEADINGS = (c.WHY, c.TARGET, c.RESOLUTION)
TEXTS = [[Content(SENTENCE, SENTENCE)], [Content(0.5, "50 %", "0 %")], [Content(SENTENCE[:20], SENTENCE[:20])]]


def fitted(widths, room, printed=(0, 1, 2)):
    return fitted_widths(widths, TEXTS, HEADINGS, printed, room)


def test_columns_of_texts_get_narrower_together_and_numbers_do_not():
    wide = fitted([200, 80, 120], 340)
    assert sum(wide) <= 340
    assert wide[1] == 80
    assert all(each >= least_width(text, name) for each, text, name in zip(wide, TEXTS, HEADINGS, strict=True))


def test_no_column_gets_narrower_than_its_longest_word():
    least = [least_width(text, name) for text, name in zip(TEXTS, HEADINGS, strict=True)]
    assert fitted([200, 80, 120], 10) == [least[0], 80, least[2]]


def test_columns_get_wider_only_as_far_as_their_texts_lack():
    wide = fitted([200, 80, 120], 2000)
    assert wide[0] > 200
    assert wide[1] == 80
    assert sum(wide) < 2000


def test_what_is_not_printed_keeps_its_width():
    assert fitted([200, 80, 120], 240, printed=(0, 1))[2] == 120


LONG = " ".join([SENTENCE] * 50)


def test_a_text_that_would_be_too_tall_gives_way_last():
    columns = [[Content(text, text)] for text in (LONG, " ".join([SENTENCE] * 5))]
    wide = fitted_widths([700, 700], columns, (c.RESOLUTION, c.WHY), (0, 1), 800)
    assert sum(wide) <= 800
    assert fitting.height(LONG, wide[0]) <= fitting.TALLEST
    assert cut_short(columns[0], wide[0]) == columns[0]


def test_a_long_text_does_not_take_the_room_of_what_a_page_must_hold():
    columns = [[Content(text, text)] for text in (LONG, SENTENCE)]
    wide = fitted_widths([700, 200], columns, (c.RESOLUTION, c.WHY), (0, 1), 300)
    assert sum(wide) <= 300
    assert cut_short(columns[0], wide[0])[0].text.endswith(GOES_ON)


def test_a_column_of_many_short_lines_gets_no_wider():
    lines = "\n".join(["Built."] * 60)
    assert column_width([Content(lines, lines)], c.HIGHLIGHT, 16) == column_width([Content("Built.")], c.HIGHLIGHT, 16)


def test_what_is_too_long_for_any_row_is_cut_and_says_so():
    longest = " ".join([SENTENCE] * 300)
    column = [Content(longest, longest), Content(SENTENCE, SENTENCE)]
    wide = fitted_widths([300], [column], (c.RESOLUTION,), (0,), 300)[0]
    cut, whole = cut_short(column, wide)
    assert whole.text == SENTENCE
    assert cut.text == cut.value
    assert cut.text.endswith(GOES_ON)
    assert longest.startswith(cut.text.removesuffix(GOES_ON))
    assert fitting.height(cut.text, wide) <= fitting.TALLEST


@pytest.mark.parametrize("heading", ["Linked to business plan", "Action plan in place", "Proposed resolution", "RAG"])
def test_a_heading_and_its_filter_button_take_two_lines(heading):
    assert heading_lines(heading, column_width([Content("Yes", "Yes")], heading, 7)) <= 2


def test_a_filter_button_takes_a_line_only_where_it_would_cover_the_heading():
    assert heading_lines("Key action", 160) == 1
    assert heading_lines("Key action", 75) == 2
    assert heading_lines("Key action", 75, button=False) == 1


def test_a_direction_keeps_its_width_where_other_columns_get_narrower():
    columns = [[Content(text, text)] for text in ("↓ Worse than 2015/16 Q1", "many words that can wrap somewhere")]
    direction, words = fitted_widths([100, 200], columns, ["Direction", "Why"], (0, 1), 200)
    assert (direction, words) == (100, 100)


def test_what_the_largest_paper_has_no_room_for_is_not_printed():
    room = widest_on(A3, 7)
    assert as_many_as_fit([0, 1, 2], [room - 100, 100, 1], 7) == [0, 1]
    assert as_many_as_fit([0, 2], [room - 100, 100, 1], 7) == [0, 2], "what is hidden takes no room"
    assert as_many_as_fit([0, 1], [room + 1, 5], 7) == [0]
