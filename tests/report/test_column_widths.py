"""Columns fill the width that they print on: narrower as far as words allow, wider as far as texts need."""

from __future__ import annotations

from ragtool import columns as c
from ragtool.looks.table import Content
from ragtool.report.column_widths import fitted_widths, least_width

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
