"""How commands look on a terminal, and what they leave out where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ragtool.cli import Progress, run
from small_quarter import FINANCE, Quarter, report_of, type_in

ESCAPE = "\x1b"


def set_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal as most are, whatever whoever runs the tests has set."""
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def table_of(out: str) -> list[list[str]]:
    """The summary's lines from its headings on, in words."""
    lines = out.splitlines()
    first = next(number for number, line in enumerate(lines) if line.split()[:1] == ["Red"])
    return [line.split() for line in lines[first:]]


def test_a_report_ends_with_what_it_comes_to(quarter: Quarter) -> None:
    type_in(quarter.highways, "Measures", "K3", 70)
    type_in(quarter.highways, "Measures", "K4", "some")
    quarter.finance.unlink()
    done = quarter.run("consolidate", quarter.folder)
    assert table_of(done.out)[:5] == [
        ["Red", "Amber", "Green", "Not", "rated", "Total"],
        ["Key", "actions", "0", "0", "3", "1", "4"],
        ["Measures", "0", "1", "2", "2", "5"],
        ["Returns", "2", "of", "3", "received"],
        ["Queries", "1", "Error,", "1", "Query"],
    ]
    assert f"  {quarter.highways.name}: 2 queries" in done.out.splitlines()
    assert done.out.splitlines()[-2:] == [
        "Next: chase 1 missing return and send the marked return back to be corrected, then run it again.",
        f"Open this workbook: {report_of(quarter.folder)}",
    ]


def test_the_next_step_follows_from_how_it_stands(quarter: Quarter) -> None:
    def step(*words: object) -> str:
        alone = ("--no-panels", "--no-pack") if words[0] == "consolidate" else ()
        return next(line for line in quarter.run(*words, *alone).out.splitlines() if line.startswith("Next: "))

    assert step("consolidate", quarter.folder) == "Next: when it is agreed, run it again with --final."
    following = f'Next: make the folder of the quarter that follows with: ragtool next "{quarter.folder}"'
    assert step("consolidate", quarter.folder, "--final") == following
    type_in(quarter.highways, "Measures", "K3", "some")
    correct = "Next: send the marked return back to be corrected, then"
    assert step("check", quarter.folder) == f"{correct} check again."
    assert step("consolidate", quarter.folder) == f"{correct} run it again."
    assert step("consolidate", quarter.folder, "--final") == following  # not every query need be answered
    elsewhere = quarter.folder.parent / "final.xlsx"
    beside = (
        "Next: put it beside corporate_plan.xlsx under its usual name, then run ragtool next with the folder of both."
    )
    assert step("consolidate", quarter.folder, "--final", "--output", elsewhere) == beside


def test_where_returns_are_still_to_be_made_it_says_how(quarter: Quarter) -> None:
    quarter.finance.unlink()
    made = quarter.run("templates", quarter.folder).out.splitlines()
    home = quarter.folder / "returns"
    assert made[-1] == (
        f'Next: send each to its officer, put what comes back into {home}, then run: ragtool check "{quarter.folder}"'
    )
    shutil.rmtree(home)
    none = f"There are no returns in {quarter.folder} yet. Put them into its folder returns, or make them with:"
    assert quarter.run("check", quarter.folder).err == f'{none} ragtool templates "{quarter.folder}"\n'


@pytest.mark.parametrize(
    ("settings", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_a_pipe_is_plain_unless_colours_are_asked_for(
    quarter: Quarter, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], coloured: bool
) -> None:
    set_terminal(monkeypatch)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    type_in(quarter.highways, "Measures", "K3", "some")
    done = quarter.run("check", quarter.folder)
    assert (ESCAPE in done.out) is coloured
    assert f"{ESCAPE}[31m{ESCAPE}[1mError{ESCAPE}[0m: " in done.out or not coloured
    assert ESCAPE not in done.err


@pytest.mark.parametrize(
    ("settings", "coloured", "bar"),
    [({}, True, True), ({"NO_COLOR": "1"}, False, True), ({"TERM": "dumb"}, False, False)],
)
def test_a_terminal_has_colours_and_a_bar(
    quarter: Quarter,
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, str],
    coloured: bool,
    bar: bool,
) -> None:
    set_terminal(monkeypatch)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    done = quarter.run("consolidate", quarter.folder, "--no-panels", "--no-pack")
    assert (f"{ESCAPE}[32mGreen{ESCAPE}[0m" in done.out) is coloured
    assert (ESCAPE in done.out) is coloured
    assert ("Reading returns" in done.err and "3/3" in done.err) is bar


def test_quiet_shows_no_bar(quarter: Quarter, monkeypatch: pytest.MonkeyPatch) -> None:
    set_terminal(monkeypatch)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert quarter.run("consolidate", quarter.folder, "--quiet").err == ""


def test_a_bar_that_is_left_half_way_gives_the_cursor_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_terminal(monkeypatch)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with Progress() as progress:
        progress("Reading returns", 1, 3)
    shown = capsys.readouterr().err
    assert f"{ESCAPE}[?25l" in shown
    assert shown.endswith(f"{ESCAPE}[?25h\n")


def test_what_is_said_fits_a_cp1252_stream(quarter: Quarter) -> None:
    """Its letters as that has them, `’` among them, and a question mark for what it hasn't."""
    renamed = quarter.finance.rename(quarter.finance.with_name("2013-14 Q2 Finance ’≥.xlsx"))
    type_in(renamed, "Measures", "K3", "some")
    environment = os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "ragtool", "check", str(renamed)]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode("cp1252").startswith(f"2013-14 Q2 {FINANCE} ’?.xlsx: ")


def test_the_list_of_commands_tells_each_in_a_whole_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "..." not in said.replace("[ARGS]...", "")
    assert "check Check returns, or folders of them, and report every query. consolidate " in said


def test_a_word_that_is_not_understood_points_to_the_help_of_its_command(capsys: pytest.CaptureFixture[str]) -> None:
    for words, command in ((["templates", ".", "--new"], "ragtool templates"), (["--new"], "ragtool")):
        assert run(words) == 2
        assert capsys.readouterr().err.endswith(f" For help: {command} --help\n")


def test_ragtool_alone_says_why_it_ends_where_nobody_can_be_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ragtool.cli.command_line.can_ask", lambda: False)
    assert run([]) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith("No command was named, and nobody can be asked here. ")
    cwd = str(tmp_path)
    assert run([cwd]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"What is to be done with {cwd}? Say so, for instance: ragtool check ")
    assert said.endswith("For help: ragtool --help\n"), "the command that asks has no name that could be typed"


def test_a_return_that_nobody_filled_is_chased_and_not_sent_back(quarter: Quarter) -> None:
    quarter.highways.unlink()
    quarter.run("templates", quarter.folder)
    done = quarter.run("consolidate", quarter.folder, "--no-panels", "--no-pack")
    assert "Next: chase 1 missing return, then run it again." in done.out.splitlines()
    checked = quarter.check()
    assert "It was never filled in. Fill it in and send it again." in checked.out
    assert "Copy to correct" not in checked.out
    assert not (quarter.folder / "returns" / "queries").exists()
