"""What can be called from Python, as docs/api.md shows it."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import ragtool
from ragtool import columns as c
from small_quarter import Quarter, type_in

PAGE = Path(__file__).parents[2] / "docs" / "api.md"


def test_the_examples_of_the_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    results = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert results.attempted > 10
    assert results.failed == 0
    assert str(ragtool.rate("2013-14 Q2").quarter) == "2013/14 Q2"  # its first example runs again


def dtypes_of_the_page() -> dict[str, dict[str, str]]:
    """The dtype of each column of each frame, as the page's table says it."""
    frames: dict[str, dict[str, str]] = {}
    name = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[0] not in ("frame", "---"):
            name = cells[0].strip("`") or name
            columns = {heading.strip(): cells[3].split(" ")[0] for heading in cells[2].split(",")}
            frames.setdefault(name, {}).update(columns)
    return frames


def dtypes_of(frame: Any) -> dict[str, str]:
    return {str(name): str(dtype) for name, dtype in frame.dtypes.items()}


@pytest.mark.parametrize("messy", [False, True])
def test_the_frames_have_the_columns_and_dtypes_of_the_page(quarter: Quarter, messy: bool) -> None:
    """Whatever is in them: a quarter without a query has empty frames of the same kind."""
    if messy:
        type_in(quarter.highways, "Measures", "K3", "some")
    rated = ragtool.rate(quarter.folder)
    documented = dtypes_of_the_page()
    assert {name: dtypes_of(getattr(rated, name)) for name in documented} == documented
    assert rated.queries.empty is not messy
    assert dtypes_of(ragtool.check(quarter.folder).queries) == documented["queries"]


def test_what_is_rated_is_what_is_written_and_rating_writes_nothing(quarter: Quarter) -> None:
    before = sorted(quarter.folder.rglob("*"))
    rated = ragtool.rate(quarter.folder)
    assert sorted(quarter.folder.rglob("*")) == before
    outcome = ragtool.consolidate(str(quarter.folder), panels=False)
    assert rated.ratings.equals(outcome.ratings)
    assert sorted(set(quarter.folder.rglob("*.xlsx")) - set(before)) == sorted(outcome.files)
    ratings = outcome.ratings.set_index([c.KEY, c.PART])
    assert (ratings.loc[("M1", slice(None)), c.RAG] == "G").all()


def test_counts_leave_parts_out_and_have_every_state(quarter: Quarter) -> None:
    counts = ragtool.rate(quarter.folder).counts
    assert counts.query("Count > 0")[["Kind", "RAG", "Count"]].to_numpy().tolist() == [
        ["Key action", "G", 4],
        ["Measure", "G", 5],
    ]
    assert len(counts) == 20


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda folder: ragtool.rate(folder / "none"), "There is no folder"),
        (lambda folder: ragtool.consolidate(folder, quarter="2013"), "'2013' is not a quarter."),
        (lambda folder: ragtool.check(), "Nothing was named."),
        (lambda folder: ragtool.check(folder / "none"), "There is no file or folder"),
        (lambda folder: ragtool.write_templates(folder, "2013/14 Q9"), "'2013/14 Q9' is not a quarter."),
    ],
)
def test_what_can_not_be_done_is_raised_as_one_kind_of_error(quarter: Quarter, call: Any, sentence: str) -> None:
    with pytest.raises(ragtool.RagtoolError, match=sentence):
        call(quarter.folder)


def test_what_the_system_refuses_is_raised_as_that_kind_too(quarter: Quarter, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "drive")

    monkeypatch.setattr("ragtool.commands.rate.read_plan", full)
    with pytest.raises(ragtool.RagtoolError, match=r"drive can't be used \(No space left on device\)\."):
        ragtool.rate(quarter.folder)


def test_a_command_is_loaded_when_it_is_first_used() -> None:
    program = "import sys, ragtool; before = 'pandas' in sys.modules; ragtool.rate; print(before, dir(ragtool))"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert shown.startswith("False ")
    assert {"check", "consolidate", "rate", "write_templates"} <= set(shown.replace("'", "").strip("]\n").split(", "))
    with pytest.raises(AttributeError):
        ragtool.nothing  # noqa: B018
