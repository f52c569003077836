"""Faults that ragtool had of its own and that a user could cause, each by name: a sentence takes their place."""

from __future__ import annotations

import errno
import os.path
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import messy
import small_quarter
from ragtool import columns as c
from ragtool.cli import run
from ragtool.commands.plain_errors import system_refusal


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    """A quarter of its own."""
    return small_quarter.copy_of(filled, tmp_path)


def typed_in(sheet: str, heading: str, value: object) -> Callable[[Path], None]:
    """What types a value under a heading, in the sheet's first row that has a key."""

    def change(book: Any) -> None:
        page = book[sheet]
        cells = (cell for row in page.iter_rows(max_row=20) for cell in row)
        at = next(cell for cell in cells if cell.value == heading)
        keys = next(cell for cell in page[at.row] if cell.value == c.KEY)
        row = next(row for row in range(at.row + 1, page.max_row + 1) if page.cell(row, keys.column).value)
        page.cell(row, at.column).value = value

    return lambda plan: small_quarter.edit(plan, change)


IN_THE_PLAN = {
    "decimals": (typed_in("Measures", c.DECIMALS, 1000), "'1000' is more decimals than are shown."),
    "milestone number": (
        typed_in("Milestones", c.NO, "1" * 5000),
        "The cell holds 5,000 characters, too many for a key or number.",
    ),
}


@pytest.mark.parametrize("name", IN_THE_PLAN)
def test_a_number_beyond_bounds_in_the_plan(home: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    change, sentence = IN_THE_PLAN[name]
    change(home / "corporate_plan.xlsx")
    for command in (
        ["templates", str(home), "--quarter", "2013/14 Q3"],
        ["consolidate", str(home)],
        ["next", str(home)],
    ):
        assert run(command) == 2, command
        assert sentence in capsys.readouterr().err, command


@pytest.mark.parametrize("quarter", ["9999/00 Q4", "0000/01 Q1"])
def test_a_quarter_beyond_every_calendar(home: Path, capsys: pytest.CaptureFixture[str], quarter: str) -> None:
    for command in (["templates"], ["consolidate"]):
        assert run([*command, str(home), "--quarter", quarter]) == 2
        assert f"'{quarter}' is not a quarter." in capsys.readouterr().err


LONG = "x" * 5_000


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["consolidate", LONG], "xxx…' is too long for a file or folder."),
        (["new", f"made/{LONG}"], "xxx…' is too long for a file or folder."),
        (["check", LONG], "xxx…' is too long for a file or folder."),
        (["consolidate", ".", "--output", LONG], "xxx…' is too long for a file or folder."),
        (["templates", ".", "--quarter", "9" * 5_000], "999…' is not a quarter."),
        (["check", ""], "The name of the file or folder is empty."),
        (["consolidate", ".", "--output", ""], "The name of the file or folder is empty."),
    ],
)
def test_a_word_that_is_too_long_or_empty(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    looks = {"is_file": os.path.isfile, "is_dir": os.path.isdir, "exists": os.path.exists}
    for name, look in looks.items():  # as Python 3.14 looks: what can't be a name isn't there
        monkeypatch.setattr(Path, name, lambda path, look=look: look(path))
    assert run(command) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert len(said) < 400


def test_a_name_that_the_system_alone_finds_too_long_is_shortened() -> None:
    said = system_refusal(OSError(errno.ENAMETOOLONG, "File name too long", LONG))
    assert "xxx…' is too long for a file or folder." in said
    assert len(said) < 400


def test_a_kind_that_the_previous_report_spells_otherwise(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["consolidate", str(home)])
    report = small_quarter.report_of(home)
    data = messy.unzipped(report.read_bytes())
    old = next(name for name, part in data.items() if b"<t>Measure</t>" in part or b">Measure<" in part)
    report.rename(home / "previous.xlsx")
    (home / "previous.xlsx").write_bytes(
        messy.zipped({**data, old: data[old].replace(b">Measure<", b">Measures (all)<")})
    )
    capsys.readouterr()
    assert run(["templates", str(home), "--quarter", "2013/14 Q3"]) in (0, 1, 2)
    said = capsys.readouterr()
    assert "fault of its own" not in said.err
    assert "Traceback" not in said.err


def test_a_plan_whose_style_indexes_are_damaged(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["consolidate", str(home)])
    plan = home / "corporate_plan.xlsx"
    parts = messy.unzipped(plan.read_bytes())
    sheets = [name for name in parts if name.startswith("xl/worksheets/sheet")]
    damaged = {name: re.sub(rb' s="\d+"', b' s="99999"', parts[name]) for name in sheets}
    plan.write_bytes(messy.zipped(parts | damaged))
    capsys.readouterr()
    assert run(["next", str(home)]) in (0, 1, 2)
    assert "fault of its own" not in capsys.readouterr().err
