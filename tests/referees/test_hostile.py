"""A sample of the files that are made to take time or memory, and proof that the referee would notice."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from referees import hostile
from referees.hostile_books import OF_THE_ISSUE, SIBLINGS

pytestmark = pytest.mark.skipif(not hasattr(os, "wait4"), reason="Windows doesn't tell what a process took")
NAME = "shapes of notes that never end"


@pytest.fixture(scope="module")
def places(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> hostile.Places:
    return hostile.Places(tmp_path_factory.mktemp("hostile"), lambda home: shutil.copytree(filled, home))


def test_no_file_takes_more_than_is_promised(places: hostile.Places) -> None:
    _, problems = places.case(NAME, "return", hostile.SIZES[-1])
    assert not problems, f'python tests/referees hostile --only "{NAME}" --role return: {problems}'


def test_a_file_that_takes_more_would_be_noticed(places: hostile.Places, monkeypatch: pytest.MonkeyPatch) -> None:
    places.usual("return")
    monkeypatch.setattr(hostile, "run_measured", lambda *_: hostile.Cost(99, 10**9, 1, "Traceback"))
    _, problems = places.case("an OLE2 chain that bites its tail", "return", 1)
    assert ["more than usual" in problems[0], "it ends with 1: Traceback" in problems[1]] == [True, True]


def test_every_file_has_a_name_of_its_own() -> None:
    assert not OF_THE_ISSUE.keys() & SIBLINGS.keys()
