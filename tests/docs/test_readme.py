"""README.md: its commands, run one after the other as a newcomer would, say what stands there."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from docs.pages import CHECKOUT
from docs.test_plan_page import columns_told
from officers import complete_all, fill, sign
from ragtool import columns as c
from ragtool.cli import run
from ragtool.plan.plan_workbook import write_plan

README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
BLOCKS = [block.partition("\n") for block in re.findall(r"```console\n\$ (.*?)```", README, re.DOTALL)]
S = c.PlanSheets
DEMO = "python scripts/demo.py"


def words_of(command: str) -> list[str]:
    """What a command of the README passes to ragtool; demo.py runs `ragtool demo` in an environment of its own."""
    if command == DEMO:
        return ["demo", "demo"]
    assert command.startswith("ragtool ")
    return [quoted or bare for quoted, bare in re.findall(r'"(.+?)"|(\S+)', command.removeprefix("ragtool "))]


def says(command: str, output: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Runs a command; what it prints must be what the README shows, where ... stands for anything."""
    assert run(words_of(command)) == 0
    printed = capsys.readouterr().out
    assert doctest.OutputChecker().check_output(
        output, f"\n{printed}" if output.startswith("...") else printed, doctest.ELLIPSIS
    ), printed


def fill_plan(path: Path) -> None:
    """Fills a plan with the examples of docs/plan.md: a key action with a milestone, and a measure."""
    needed = {
        S.OUTCOMES: S.OUTCOMES.headings,
        S.SERVICE_AREAS: (c.SERVICE_AREA,),
        S.KEY_ACTIONS: (c.KEY, c.KEY_ACTION, c.THEME, c.OUTCOME_NO, c.SERVICE_AREA),
        S.MILESTONES: (c.KEY, c.NO, c.MILESTONE, c.DUE),
        S.MEASURES: (c.KEY, c.MEASURE, c.THEME, c.OUTCOME_NO, c.SERVICE_AREA, c.UNIT, c.BETTER_WHEN, "Target Q2"),
    }
    rows = {
        sheet.name: [{row["column"]: row["example"] for row in columns_told(sheet) if row["column"] in headings}]
        for sheet, headings in needed.items()
    }
    settings = {"Organisation": "Anytown Council", "Return deadline": "16 October 2026"}
    write_plan(path, rows | {S.SETTINGS.name: [{c.SETTING: name, c.VALUE: value} for name, value in settings.items()]})


def fill_return(path: Path) -> None:
    """What an officer enters where all is well."""
    complete_all(path)
    fill(path, "Measures", {c.PERFORMANCE: 0.53, c.PERIOD: "2026/27 Q2", c.DATA_STATUS: "Final"}, key="M1")
    sign(path)


def test_every_command_says_what_the_readme_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    quarter = tmp_path / "2026-27 Q2"
    before = {"templates": lambda: fill_plan(quarter / "corporate_plan.xlsx")}
    before["check"] = lambda: fill_return(quarter / "returns" / "2026-27 Q2 Waste.xlsx")
    assert [words_of(command)[0] for command, _, _ in BLOCKS] == [
        "demo",
        "new",
        "templates",
        "check",
        "consolidate",
        "next",
    ]
    for command, _, output in BLOCKS:
        before.get(words_of(command)[0], lambda: None)()
        says(command, output, capsys)


def test_every_script_that_the_readme_names_is_there() -> None:
    for script in re.findall(r"python (scripts/\w+\.py)", README):
        assert (CHECKOUT / script).is_file()


@pytest.mark.parametrize("launcher", ["ragtool.cmd", "ragtool.command", "ragtool.sh"])
def test_every_launcher_that_the_readme_names_is_there(launcher: str) -> None:
    assert f"`{launcher}`" in README
    assert (CHECKOUT / "launchers" / launcher).is_file()
