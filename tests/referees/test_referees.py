"""How a referee is called by name. What each finds is the subject of a test module of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from referees.__main__ import REFEREES, main

FOLDER = Path(__file__).parent


def test_without_a_name_each_is_listed_with_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:-1]] == list(REFEREES)
    assert all(line.endswith(what) for line, what in zip(lines[1:-1], REFEREES.values(), strict=True))


def test_a_wrong_name_is_said_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fuss", "--cases", "1"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("There is no referee fuss.\n")
    assert all(name in said.err for name in REFEREES)


@pytest.mark.parametrize("name", REFEREES)
def test_each_is_called_with_its_options(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([name, "--help"])
    assert stop.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: python tests/referees {name} ")


def test_the_folder_itself_runs_from_anywhere(tmp_path: Path) -> None:
    command = [sys.executable, str(FOLDER), "compare_rules", "--cases", "1"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.rstrip().endswith("s: 0 differences.")
