"""A note that shows when the pointer rests on its cell."""

from __future__ import annotations

from typing import Any

from ragtool.looks import fitting

NOTE_WIDTH, NOTE_POINTS = 320, 9


def note_look(note: str) -> dict[str, Any]:
    """How a note looks, as XlsxWriter asks for it: as large as its text."""
    lines = fitting.line_count(note, NOTE_WIDTH, NOTE_POINTS + 1)
    high = int((lines + 1) * fitting.line_height(NOTE_POINTS + 1) * 96 / 72)
    return {"author": "ragtool", "font_size": NOTE_POINTS, "width": NOTE_WIDTH, "height": high}
