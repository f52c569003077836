"""What is asked where no command is typed, as on a double click or where a folder is dropped on ragtool."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from ragtool.cli import run
from ragtool.cli.typed_paths import path_typed
from ragtool.commands.what_to_do import what_suits
from small_quarter import Quarter, report_of, return_of

Asked = Callable[..., tuple[int, str]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asked:
    """Runs ragtool at a terminal where somebody types these answers; gives the status and what was said."""

    def answer(*answers: str, arguments: tuple[str, ...] = (), opened: list[str] | None = None) -> tuple[int, str]:
        monkeypatch.setattr("ragtool.cli.command_line.can_ask", lambda: True)
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{each}\n" for each in answers)))
        monkeypatch.setattr(click, "launch", lambda path: 1 if opened is None else opened.append(path))
        capsys.readouterr()
        status = run(list(arguments))
        said = capsys.readouterr()
        return status, said.out + said.err

    return answer


def test_a_double_click_offers_the_quarter_folders_nearby_and_ends_as_the_command_did(
    quarter: Quarter, monkeypatch: pytest.MonkeyPatch, asked: Asked
) -> None:
    monkeypatch.chdir(quarter.folder.parent)
    opened: list[str] = []
    status, said = asked("1", "consolidate", "", "", opened=opened)
    assert status == 0
    assert "  1  2013-14 Q2\nWhich folder? Drag it into this window" in said
    assert f'> ragtool consolidate "{quarter.folder}"' in said
    assert said.index("Open this workbook") < said.rindex("What is to be done with")
    assert opened == [str(report_of(quarter.folder))]


def test_a_dropped_folder_asks_only_what_to_do(quarter: Quarter, asked: Asked) -> None:
    status, said = asked("", "", arguments=(str(quarter.folder),))
    assert status == 0
    assert "Which folder" not in said
    assert "Nothing to correct in 3 returns for 2013/14 Q2." in said


def test_a_path_that_came_in_several_words_is_one_folder(
    quarter: Quarter, monkeypatch: pytest.MonkeyPatch, asked: Asked
) -> None:
    monkeypatch.chdir(quarter.folder.parent)
    assert f"What is to be done with {quarter.folder}?" in asked("q", arguments=("2013-14", "Q2"))[1]


def test_several_dropped_files_are_checked(quarter: Quarter, asked: Asked) -> None:
    files = (str(quarter.highways), str(quarter.finance))
    status, said = asked("", "", arguments=files)
    assert (status, "Nothing to correct in 2 returns" in said) == (0, True)


def test_a_dropped_return_is_checked_alone_or_its_quarter_is_done(quarter: Quarter, asked: Asked) -> None:
    _, said = asked("q", arguments=(str(quarter.highways),))
    assert "  1  check        list what is doubtful in 2013-14 Q2 Highways.xlsx\n" in said
    assert "consolidate  rate everything and write the report" in said


def test_a_quarter_is_made_from_nothing_and_a_slip_is_asked_again(tmp_path: Path, asked: Asked) -> None:
    answers = (f' "{tmp_path}"  ', "9", "new", "2014/15 Q9", "2014/15 Q1", "n", "", "")
    status, said = asked(*answers)
    assert (tmp_path / "2014-15 Q1" / "corporate_plan.xlsx").exists()
    assert "'9' is none of the numbers from 1 to 3." in said
    assert "'2014/15 Q9' is not a quarter. Write it as 2013/14 Q2" in said
    assert (status, f"What is to be done with {tmp_path / '2014-15 Q1'}?" in said) == (0, True)


def test_where_a_quarter_is_asked_for_q_ends(tmp_path: Path, asked: Asked) -> None:
    status, said = asked("new", "q", arguments=(str(tmp_path),))
    assert (status, list(tmp_path.iterdir())) == (0, [])
    assert said.endswith("Which quarter (such as 2013/14 Q2, q to end): ")


def test_templates_take_the_quarter_that_the_folder_is_named_after(quarter: Quarter, asked: Asked) -> None:
    shutil.rmtree(quarter.folder / "returns")
    status, said = asked("", "", "n", "", arguments=(str(quarter.folder),))
    assert (status, return_of(quarter.folder).exists()) == (0, True)
    assert f'> ragtool templates "{quarter.folder}" --quarter "2013/14 Q2"' in said


def test_a_command_that_failed_is_said_and_the_questions_go_on(quarter: Quarter, asked: Asked) -> None:
    (quarter.folder / "corporate_plan.xlsx").write_bytes(b"no workbook")
    status, said = asked("consolidate", "", arguments=(str(quarter.folder),))
    assert status == 2
    assert said.count("What is to be done with") == 2
    assert "Open" not in said


def test_a_report_that_nothing_can_open_is_named(quarter: Quarter, asked: Asked) -> None:
    _, said = asked("consolidate", "", "", arguments=(str(quarter.folder),))
    assert f"It can't be opened from here. Open it yourself: {report_of(quarter.folder)}" in said


def test_another_folder_can_be_dropped_at_any_question(quarter: Quarter, tmp_path: Path, asked: Asked) -> None:
    other = tmp_path / "other"
    other.mkdir()
    _, said = asked(f"'{other}'", "folder", str(quarter.folder), "q", arguments=(str(quarter.folder),))
    assert re.findall(r"to be done with (.*)\?", said) == list(map(str, (quarter.folder, other, quarter.folder)))


@pytest.mark.parametrize("arguments", [[], ["{folder}"]])
def test_nobody_is_asked_where_stdin_is_no_terminal(
    quarter: Quarter, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert run([argument.format(folder=quarter.folder) for argument in arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    expected = f'Say so, for instance: ragtool check "{quarter.folder}".' if arguments else "Usage: ragtool [OPTIONS]"
    assert expected in said.err


@pytest.mark.parametrize(
    "typed", ["{path}", '"{path}"', "  '{path}'  ", "& '{path}'", "{path} ", "file://{url}", "{escaped}", "“{path}”"]
)
def test_a_path_is_read_as_terminals_write_it(tmp_path: Path, typed: str) -> None:
    folder = tmp_path / "My folder" / "2013-14 Q2"
    folder.mkdir(parents=True)
    forms = {"path": folder, "url": str(folder).replace(" ", "%20"), "escaped": str(folder).replace(" ", "\\ ")}
    assert path_typed(typed.format(**forms)) == folder


def test_a_path_where_nothing_stands_yet_keeps_its_blanks() -> None:
    assert path_typed(' "C:\\My folder\\2014-15 Q1" ').name.endswith("2014-15 Q1")
    assert path_typed("Children's 2014-15 Q1 ") == Path("Children's 2014-15 Q1")


def test_what_is_proposed_first_follows_from_what_is_there(quarter: Quarter) -> None:
    def commands(path: Path) -> list[str]:
        return [each.name for each in what_suits([path])]

    folder = quarter.folder
    assert commands(folder) == ["check", "consolidate", "templates"]
    assert commands(folder / "returns") == commands(folder / "corporate_plan.xlsx") == commands(folder)
    quarter.run("consolidate", folder)
    assert commands(folder) == ["consolidate", "check", "consolidate --final", "next", "templates"]
    quarter.run("consolidate", folder, "--final")
    assert commands(folder)[0] == "next"
    assert commands(folder.parent / "nothing here") == ["new", "demo"]
    (folder / "corporate_plan.xlsx").unlink()
    assert commands(folder / "returns")[0] == "check"


def test_a_list_that_is_dropped_makes_a_plan(tmp_path: Path, asked: Asked) -> None:
    own = tmp_path / "our measures.csv"
    own.write_text("Ref,Theme,Measure,Target\nM1,Caring,Homes built,80\n", encoding="utf-8")
    _, said = asked("2", "2014/15 Q1", "n", "", arguments=(str(own),))
    assert "  2  new --from  make a quarter's folder with a plan of this list\n" in said
    assert f'> ragtool new "{tmp_path / "2014-15 Q1"}" --from "{own}"' in said
    assert (tmp_path / "2014-15 Q1" / "corporate_plan.xlsx").exists()


def test_where_no_quarter_is_near_enter_begins_one_or_shows_the_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: Asked
) -> None:
    monkeypatch.chdir(tmp_path)
    status, said = asked("", "q")
    assert f"There is no quarter's folder in {tmp_path}.\n" in said
    assert "or press Enter to begin a quarter or see a sample in this one (q to end)." in said
    assert f"What is to be done with {tmp_path}?\n  1  new " in said
    assert (status, said.count("Folder: ")) == (0, 1)


@pytest.mark.parametrize("near", [True, False])
def test_q_ends_where_a_folder_is_asked_for(
    near: bool, quarter: Quarter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: Asked
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(quarter.folder.parent if near else empty)
    status, said = asked("Q")
    assert (status, "What is to be done" in said, "There is no" in said) == (0, False, not near)
