"""docs/messages.md has no message that the program doesn't say. That it has all, conftest.py holds in every test."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import ragtool
from docs.documented import ROWS, has_row


def texts_of_the_program() -> str:
    """Every text in the code, with … for what is filled in."""
    texts = []
    for path in Path(ragtool.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                texts.append(
                    "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
                )
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.append(node.value)
    return "\n".join(texts)


def test_every_row_is_a_message_of_the_program() -> None:
    said = texts_of_the_program()
    unknown = [row for row in ROWS if any(part.strip(" .") not in said for part in row.split("…"))]
    assert unknown == []


def test_no_row_stands_twice() -> None:
    assert len(ROWS) == len(set(ROWS))


@pytest.mark.parametrize("message", ["", "The moon is full.", "There is no cheese."])
def test_what_the_page_does_not_have_is_told(message: str) -> None:
    assert not has_row(message)
