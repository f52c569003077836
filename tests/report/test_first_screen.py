"""The Summary's first screen: what is too long for its few lines is cut there, quickly and only where it must be."""

from __future__ import annotations

import pytest

from ragtool.looks import fitting
from ragtool.report.first_screen import CUT, MOST_LINES, in_few_lines

WIDE = 200


@pytest.mark.parametrize("count", [3, 20, 21, 22, 23, 500])
def test_as_many_words_stand_there_as_its_lines_hold(count: int) -> None:
    words = [f"word{number}" for number in range(count)]
    text = in_few_lines(" ".join(words), WIDE)
    if text != " ".join(words):
        kept = text.removesuffix(CUT).split()
        assert kept == words[: len(kept)]
        assert fitting.line_count(text, WIDE) == MOST_LINES
        longer = " ".join(words[: len(kept) + 1]) + CUT
        assert fitting.line_count(longer, WIDE) > MOST_LINES or len(kept) + 1 == count
    assert text.endswith(CUT) == (count > 10)


def test_a_long_text_is_measured_a_few_times_only(monkeypatch: pytest.MonkeyPatch) -> None:
    measured, line_count = [], fitting.line_count
    monkeypatch.setattr(fitting, "line_count", lambda *text: measured.append(text) or line_count(*text))
    in_few_lines("word " * 5000, WIDE)
    assert len(measured) < 20


def test_a_word_that_is_too_long_is_no_cut_text() -> None:
    word = "A" * 400
    assert in_few_lines(word, WIDE) == word
