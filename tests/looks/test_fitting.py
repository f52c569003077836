"""A text that is too long for its lines is cut between words, quickly and only where it must be."""

from __future__ import annotations

import pytest

from ragtool.looks import fitting
from ragtool.looks.fitting import within_lines

WIDE, MOST, MORE = 200, 2, " …"


@pytest.mark.parametrize("count", [3, 20, 21, 22, 23, 500])
def test_as_many_words_stand_there_as_its_lines_hold(count: int) -> None:
    words = [f"word{number}" for number in range(count)]
    text = within_lines(" ".join(words), WIDE, MOST, MORE)
    if count == 3:
        assert text == " ".join(words)
        return
    kept = text.removesuffix(MORE).split()
    assert text.endswith(MORE)
    assert kept == words[: len(kept)]
    assert fitting.line_count(text, WIDE) == MOST
    assert fitting.line_count(" ".join(words[: len(kept) + 1]) + MORE, WIDE) > MOST


def test_a_long_text_is_measured_a_few_times_only(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[str] = []

    def counted(text: str, wide: float) -> int:
        measured.append(text)
        return line_count(text, wide)

    line_count = fitting.line_count
    monkeypatch.setattr(fitting, "line_count", counted)
    within_lines("word " * 5000, WIDE, MOST, MORE)
    assert len(measured) < 20


def test_a_word_that_is_too_long_is_no_cut_text() -> None:
    assert within_lines("A" * 400, WIDE, MOST, MORE) == "A" * 400
