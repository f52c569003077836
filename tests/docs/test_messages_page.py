"""docs/messages.md has no message that the program doesn't say. That it has all, conftest.py holds in every test."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
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


def told_by_the_program() -> Iterator[str]:
    """What the code gives to what stops a run or refuses a cell, and the problems that it tells with what to do, as far
    as they are written out in one place: with x for what is filled in, and where that may be nothing, without it.
    """
    for path in Path(ragtool.__file__).parent.rglob("*.py"):
        for call in (
            node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
        ):
            if isinstance(call.func, ast.Name) and call.func.id in ("RagtoolError", "Unreadable") and call.args:
                yield written_out(call.args[0])
            sentences = [arg.value if isinstance(arg, ast.Constant) else None for arg in call.args]
            for problem, what in pairwise(sentences):
                if all(isinstance(each, str) and each.endswith(".") and " " in each for each in (problem, what)):
                    yield str(problem)


def written_out(node: ast.expr) -> str:
    """A text of the code with x for what is filled in; empty where it isn't written there."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in parts)


PUT_TOGETHER = re.compile(r"x [A-Z].*|.*\. ?x|(?:\w+ ){,3}x?\.?")
"""What another sentence goes before or after, or that is nearly all filled in."""


def test_every_message_that_is_written_out_in_the_code_has_its_row() -> None:
    """Also one that no test provokes."""
    told = {each for each in told_by_the_program() if not PUT_TOGETHER.fullmatch(each)}
    assert len(told) > 90
    assert sorted(each for each in told if not has_row(each) and not has_row(each.replace(".x ", ". "))) == []


def test_no_row_stands_twice() -> None:
    assert len(ROWS) == len(set(ROWS))


@pytest.mark.parametrize("message", ["", "The moon is full.", "There is no cheese."])
def test_what_the_page_does_not_have_is_told(message: str) -> None:
    assert not has_row(message)
