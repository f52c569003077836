"""One JSON object for programs, whatever comes of a command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ragtool.cli import run
from runs import Ran
from small_quarter import CHILDREN, GREEN, Quarter, report_of, type_in

PAGE = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
LETTERS = ("R", "A", "G", "B", "TBC", "NR", "NA", "ND", "DO", "OH")


def object_of(done: Ran) -> dict[str, Any]:
    """The one object on stdout, whose status is that of the command."""
    content: dict[str, Any] = json.loads(done.out)
    assert done.out.isascii()
    assert content["status"] == done.status
    return content


def counts(**letters: int) -> dict[str, int]:
    return dict.fromkeys(LETTERS, 0) | letters


def test_a_clean_quarter(quarter: Quarter) -> None:
    done = quarter.run("consolidate", quarter.folder, "--json", "--no-panels")
    content = object_of(done)
    assert (content["command"], content["status"], content["error"]) == ("consolidate", 0, None)
    assert content["quarters"] == ["2013/14 Q2"]
    assert content["returns"] == {"expected": 3, "received": 3, "missing": []}
    assert content["counts"]["key_actions"] == {"published": counts(G=4), "rule": counts(G=4)}
    assert content["counts"]["measures"] == {"published": counts(G=5), "rule": counts(G=5)}
    assert content["files"][0] == {"kind": "report", "path": str(report_of(quarter.folder))}
    assert content["queries"] == []
    ratings = {f"{each['key']} {each['part'] or ''}".strip(): each["rating"] for each in content["ratings"]}
    assert ratings == GREEN
    assert "Of the 4 key actions, 4 are Green." in done.err


def test_figures_are_exact_texts(quarter: Quarter) -> None:
    content = object_of(quarter.run("check", quarter.folder, "--json"))
    (visits,) = [each for each in content["ratings"] if each["key"] == "M2"]
    assert visits == {
        "quarter": "2013/14 Q2",
        "kind": "Measure",
        "key": "M2",
        "part": None,
        "service_area": "Highways",
        "rating": "G",
        "rule_rating": "G",
        "mark": None,
        "performance": "0.75",
        "target": "0.7",
        "unit": "%",
        "why": visits["why"],
    }
    assert visits["why"].startswith("75 % against a target of 70 %")


@pytest.mark.parametrize("command", ["check", "consolidate"])
def test_a_query_says_where_it_stands(quarter: Quarter, command: str) -> None:
    type_in(quarter.highways, "Measures", "K3", "some")
    content = object_of(quarter.run(command, quarter.folder, "--json"))
    (query,) = [each for each in content["queries"] if each["severity"] == "Error"]
    assert query | {"problem": "", "what_to_do": ""} == {
        "file": quarter.highways.name,
        "path": str(quarter.highways),
        "sheet": "Measures",
        "cell": "K3",
        "heading": "Performance",
        "key": "M1",
        "severity": "Error",
        "problem": "",
        "what_to_do": "",
    }
    assert query["problem"]
    assert query["what_to_do"]
    assert content["status"] == 1
    copies = [each["path"] for each in content["files"] if each["kind"] == "copy to correct"]
    assert copies == [str(quarter.folder / "returns" / "queries" / quarter.highways.name)]


def test_a_missing_return_is_named_and_its_items_are_not_returned(quarter: Quarter) -> None:
    quarter.children.unlink()
    content = object_of(quarter.run("consolidate", quarter.folder, "--json"))
    assert content["returns"] == {"expected": 3, "received": 2, "missing": [CHILDREN]}
    assert content["counts"]["key_actions"]["published"] == counts(G=3, NR=1)


def test_what_is_odd_about_the_files_is_a_remark(quarter: Quarter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ragtool.commands.pdfs.find_libreoffice", lambda: None)
    quarter.run("consolidate", quarter.folder)
    quarter.finance.unlink()
    content = object_of(quarter.run("consolidate", quarter.folder, "--pdf", "--json"))
    why, kept = content["remarks"]
    assert why.startswith("No PDF was made: LibreOffice, which prints them, isn't installed.")
    assert kept.startswith("This run lacks returns that the report in place had (Finance), so that is kept: ")
    assert [each["kind"] for each in content["files"]][-1] == "earlier report"


def test_check_rates_only_what_is_in_the_returns_that_are_checked(quarter: Quarter) -> None:
    content = object_of(quarter.run("check", quarter.finance, "--json"))
    assert [(each["key"], each["rating"]) for each in content["ratings"]] == [("K3", "G"), ("M3", "G")]
    assert content["returns"] == {"expected": None, "received": 1, "missing": []}


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("consolidate", "{folder}/none"), "There is no folder {folder}/none. Check the name."),
        (("check", "{folder}/none"), "There is no file or folder {folder}/none. Check the name."),
        (
            ("consolidate",),
            'Nothing was named. Name the quarter folder, such as: ragtool consolidate "2026-27 Q2". '
            "For help: ragtool consolidate --help",
        ),
    ],
)
def test_what_can_not_be_done_is_an_object_of_the_same_keys(
    quarter: Quarter, words: tuple[str, ...], error: str
) -> None:
    clean = object_of(quarter.run("check", quarter.folder, "--json"))
    done = quarter.run(*(word.format(folder=quarter.folder) for word in words), "--json")
    content = object_of(done)
    assert content["error"] == error.format(folder=quarter.folder)
    assert done.err == f"{content['error']}\n"
    assert (content["status"], content["command"]) == (2, words[0])
    assert list(content) == list(clean)
    assert content["counts"]["measures"]["published"] == counts()


def test_the_queries_that_stop_a_run_are_in_its_object(quarter: Quarter) -> None:
    type_in(quarter.highways, "Measures", "K3", "some")
    content = object_of(quarter.run("consolidate", quarter.folder, "--json", "--strict"))
    assert content["error"].startswith("There are queries, and --strict was asked for")
    assert "K3" in [each["cell"] for each in content["queries"]]
    assert content["files"] == []


def test_every_key_is_on_the_page(quarter: Quarter) -> None:
    type_in(quarter.highways, "Measures", "K3", "some")
    content = object_of(quarter.run("consolidate", quarter.folder, "--json"))
    first_column = {
        name for line in PAGE.splitlines() if line.startswith("| `") for name in line.split("|")[1].split(",")
    }
    documented = {name.strip(" `") for name in first_column}
    assert documented == {*content, *content["queries"][0], *content["ratings"][0]}
    assert {each["kind"] for each in content["files"]} <= set(re.findall("`([^`]*)`", PAGE))


def test_a_cp1252_stream_is_no_trouble(quarter: Quarter) -> None:
    """Its own process, since a stream's encoding is set when Python starts."""
    environment = os.environ | {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "ragtool", "check", str(quarter.children), "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout)["ratings"][0]["service_area"] == CHILDREN


def test_quiet_says_nothing_of_a_clean_quarter(quarter: Quarter) -> None:
    for command in ("check", "consolidate"):
        done = quarter.run(command, quarter.folder, "--quiet")
        assert (done.status, done.out, done.err) == (0, "", "")


def test_quiet_says_what_must_be_chased(quarter: Quarter) -> None:
    type_in(quarter.highways, "Measures", "K3", "some")
    quarter.finance.unlink()
    checked = quarter.run("check", quarter.folder, "--quiet")
    first, query, *_ = checked.out.splitlines()
    assert first.startswith(f"{quarter.highways.name}: ")
    assert query.startswith("Error: 2013-14 Q2 Highways.xlsx, Measures, row 3, Performance (cell K3), key M1: ")
    assert "Copy to correct" not in checked.out
    done = quarter.run("consolidate", quarter.folder, "--quiet")
    assert "Not received: Finance." in done.out.splitlines()
    assert f"  {quarter.highways.name}: " in done.out
    assert "Open this workbook" not in done.out


def test_quiet_and_json_leave_stderr_to_what_must_be_chased(quarter: Quarter) -> None:
    done = quarter.run("consolidate", quarter.folder, "--quiet", "--json")
    assert (object_of(done)["status"], done.err) == (0, "")


@pytest.mark.parametrize("command", ["check", "consolidate"])
def test_help_tells_of_both(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert run([command, "--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "--json Say what was found as one JSON object on stdout." in said
    assert "--quiet Say only what must be chased." in said
