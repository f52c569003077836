"""The commands as they are typed: what they write, what they say, how they end."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from officers import complete_all, fill, sign, table
from plans import AREA, OTHER_AREA, plan_of
from ragtool import columns as c
from ragtool.cli import run
from ragtool.plan.plan_workbook import write_plan
from ragtool.workbooks.opening import open_book
from small_quarter import copy_of, report_of, return_of

ALONE = ("--no-panels", "--no-pack")
"""Options for the report alone, where no other file is looked at."""

KEY_ACTIONS = [{c.KEY: "A1.1"}, {c.KEY: "HS-07", c.SERVICE_AREA: OTHER_AREA}]
MILESTONES = [
    {c.KEY: "A1.1", c.NO: 1, c.DUE: "2013/14 Q2"},
    {c.KEY: "A1.1", c.NO: 2, c.DUE: "2013/14 Q2"},
    {c.KEY: "HS-07", c.NO: 1, c.DUE: "2013/14 Q2"},
]
MEASURES = [{c.KEY: "M1", c.UNIT: "homes", c.BETTER_WHEN: "Higher", "Target Q2": 80, c.DECIMALS: 0}]


@pytest.fixture(scope="module")
def made_quarter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A quarter folder with its returns, not yet filled; only to be copied."""
    folder = tmp_path_factory.mktemp("made") / "2013-14 Q2"
    folder.mkdir()
    plan_of(folder, key_actions=KEY_ACTIONS, milestones=MILESTONES, measures=MEASURES)
    assert run(["templates", str(folder), "--quarter", "2013/14 Q2"]) == 0
    return folder


@pytest.fixture
def quarter(made_quarter: Path, tmp_path: Path) -> Path:
    """A quarter folder with its returns, not yet filled."""
    return copy_of(made_quarter, tmp_path)


def fill_all(folder: Path) -> None:
    for area in (AREA, OTHER_AREA):
        complete_all(return_of(folder, area))
        sign(return_of(folder, area))
    fill(return_of(folder), "Measures", {c.PERFORMANCE: 80, c.DATA_STATUS: "Final"}, key="M1")


def test_a_clean_quarter_ends_with_status_0_and_names_the_report_last(quarter, capsys):
    fill_all(quarter)
    assert run(["consolidate", str(quarter)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == f"Open this workbook: {report_of(quarter)}"
    assert {"Of the 2 key actions, 2 are Green.", "The one performance measure is Green."} <= set(said)
    ratings = {row[c.KEY]: row[c.RAG] for row in table(report_of(quarter), "Data")}
    assert ratings == {"A1.1": "G", "HS-07": "G", "M1": "G"}


def test_a_return_that_is_missing_is_chased_and_its_items_are_not_returned(quarter, capsys):
    fill_all(quarter)
    return_of(quarter, OTHER_AREA).unlink()
    assert run(["consolidate", str(quarter), *ALONE]) == 1
    assert f"1 of 2 returns received; not received: {OTHER_AREA}." in capsys.readouterr().out
    returns = {row[c.SERVICE_AREA]: row[c.RECEIVED] for row in table(report_of(quarter), "Returns")}
    assert returns == {AREA: "Yes", OTHER_AREA: "No"}
    assert {row[c.KEY]: row[c.RAG] for row in table(report_of(quarter), "Data")}["HS-07"] == "NR"


def test_every_figure_names_the_cell_it_was_typed_in(quarter):
    fill_all(quarter)
    run(["consolidate", str(quarter), *ALONE])
    row = next(row for row in table(report_of(quarter), "Data") if row[c.KEY] == "M1")
    assert row[c.SOURCE] == f"{return_of(quarter).name}, Measures!K3"
    assert row[c.WHY].startswith("80 homes against a target of 80")


def test_running_twice_gives_the_same_bytes(quarter):
    fill_all(quarter)
    run(["consolidate", str(quarter)])
    before = report_of(quarter).read_bytes()
    run(["consolidate", str(quarter)])
    assert report_of(quarter).read_bytes() == before


def test_templates_never_overwrite_a_return(quarter, capsys):
    fill_all(quarter)
    before = return_of(quarter).read_bytes()
    assert run(["templates", str(quarter), "--quarter", "2013/14 Q2"]) == 0
    assert f"Kept as it is: {return_of(quarter)}" in capsys.readouterr().out
    assert return_of(quarter).read_bytes() == before


def test_only_the_published_count_of_red_speaks_of_declared_ratings(quarter):
    fill_all(quarter)
    declared = {c.OWN_RATING: "Red", c.REASON_OWN: "The contractor has gone.", c.RESOLUTION: "Find another."}
    fill(return_of(quarter), "Key actions", declared, key="A1.1")
    run(["consolidate", str(quarter), *ALONE])
    summary = open_book(report_of(quarter)).sheet("Summary")
    assert summary
    shown = [str(cells[2].value) for cells in summary.rows.values() if 2 in cells]
    red = [text for text in shown if text.startswith("Red: a milestone")]
    assert red == ["Red: a milestone is overdue, or declared", "Red: a milestone is overdue"]


def test_a_red_part_without_a_description_is_told_by_its_name(tmp_path):
    parts = [{c.KEY: "M1", c.PART: part, "Target Q2": 80} for part in ("a", "b")]
    plan_of(tmp_path, measures=[{c.KEY: "M1", c.BETTER_WHEN: "Higher"}, *parts])
    run(["templates", str(tmp_path), "--quarter", "2013/14 Q2"])
    for part, figure in (("a", 200), ("b", 40)):
        entries = {c.PERFORMANCE: figure, c.DATA_STATUS: "Final"}
        fill(return_of(tmp_path), "Measures", entries, key="M1", part=part)
    run(["consolidate", str(tmp_path), *ALONE])
    red = [row[c.DESCRIPTION] for row in table(report_of(tmp_path), "Exceptions") if row[c.REASON] == "Red part"]
    assert red == ["Measure M1: part b"]


def test_one_milestone_that_is_asked_for_again_is_said_in_the_singular(tmp_path, capsys):
    milestones = [{c.KEY: "A1.1", c.NO: 1, c.DUE: "2013/14 Q1"}, {c.KEY: "A1.1", c.NO: 2, c.DUE: "2013/14 Q1"}]
    for count, words in ((1, "1 milestone of an earlier quarter is"), (2, "2 milestones of earlier quarters are")):
        folder = tmp_path / str(count)
        folder.mkdir()
        plan_of(folder, key_actions=KEY_ACTIONS[:1], milestones=milestones[:count])
        assert run(["templates", str(folder), "--quarter", "2013/14 Q2"]) == 1
        assert f"{words} asked for again, back to 2013/14 Q1." in capsys.readouterr().err


def test_strict_writes_no_report_where_there_is_a_query(quarter, capsys):
    assert run(["consolidate", str(quarter), "--strict"]) == 2
    assert "--strict was asked for" in capsys.readouterr().err
    assert not report_of(quarter).exists()


def test_inputs_are_never_written_to(quarter):
    fill_all(quarter)
    inputs = [quarter / "corporate_plan.xlsx", *sorted((quarter / "returns").glob("*.xlsx"))]
    before = [path.read_bytes() for path in inputs]
    run(["consolidate", str(quarter)])
    run(["check", str(quarter)])
    assert [path.read_bytes() for path in inputs] == before


def test_a_final_report_is_never_replaced(quarter):
    fill_all(quarter)
    run(["consolidate", str(quarter), *ALONE, "--final"])
    before = report_of(quarter).read_bytes()
    fill(return_of(quarter), "Measures", {c.PERFORMANCE: 40}, key="M1")
    run(["consolidate", str(quarter), *ALONE])
    second = quarter / "2013-14 Q2 performance report v2.xlsx"
    assert report_of(quarter).read_bytes() == before
    changes = [(row[c.FIELD], row[c.WAS], row[c.NOW]) for row in table(second, "Revisions")]
    assert (c.PERFORMANCE, "80 homes", "40 homes") in changes
    assert (c.RAG, "Green", "Red") in changes


def test_a_report_that_had_a_return_this_run_lacks_is_kept(quarter, capsys):
    fill_all(quarter)
    run(["consolidate", str(quarter), *ALONE])
    before = report_of(quarter).read_bytes()
    return_of(quarter, OTHER_AREA).rename(quarter / "elsewhere.xlsx")
    run(["consolidate", str(quarter), *ALONE])
    kept = quarter / "2013-14 Q2 performance report (earlier).xlsx"
    assert kept.read_bytes() == before
    assert OTHER_AREA in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["consolidate", "{nowhere}"], "There is no folder {nowhere}. Check the name."),
        (
            ["consolidate", "{tmp}"],
            "There is no plan at {plan}. Put corporate_plan.xlsx there; ragtool new makes a blank one.",
        ),
        (["templates", "{tmp}", "--quarter", "2013/14 Q2"], "There is no plan at {plan}."),
        (["templates", "{tmp}", "--quarter", "2013"], "'2013' is not a quarter. Write it as \"2013/14 Q2\"."),
        (["check", "{nowhere}"], "There is no file or folder {nowhere}. Check the name."),
        (["check", "{tmp}"], "There are no returns in {tmp}."),
        (["next", "{tmp}"], "There is no plan at {plan}."),
        (["next", "{quarter}"], 'There is no performance report in {quarter}. Run: ragtool consolidate "{quarter}"'),
        (["consolidate", "{quarter}", "--previous", "{nowhere}"], "There is no earlier report at {nowhere}."),
        (
            ["consolidate", "{quarter}", "--previous", "{quarter}/corporate_plan.xlsx"],
            "{quarter}/corporate_plan.xlsx has no sheet named Data, so it is no report made by ragtool.",
        ),
        (["consolidate", "{file}"], "{file} is a file, not a folder. Name the quarter folder."),
        *(
            (
                [command, f"{{quarter}}/{file}"],
                f"{{quarter}}/{file} is a file, not a folder. Name the quarter folder in its place: {{quarter}}.",
            )
            for command, file in (
                ("consolidate", "returns/2013-14 Q2 Highways.xlsx"),
                ("templates", "returns/2013-14 Q2 Highways.xlsx"),
                ("next", "corporate_plan.xlsx"),
            )
        ),
        (["templates", "{file}", "--quarter", "2013/14 Q2"], "{file} is a file, not a folder."),
        (["next", "{file}"], "{file} is a file, not a folder."),
        (["check"], 'Nothing was named. Name the quarter folder, such as: ragtool check "2026-27 Q2".'),
    ],
)
def test_what_can_not_be_done_is_one_sentence_and_status_2(made_quarter, tmp_path, capsys, arguments, sentence):
    words = {"tmp": tmp_path, "nowhere": tmp_path / "nowhere", "plan": tmp_path / "corporate_plan.xlsx"}
    words["quarter"] = made_quarter
    words["file"] = tmp_path / "elsewhere" / "a.txt"
    words["file"].parent.mkdir()
    words["file"].touch()
    assert run([argument.format(**words) for argument in arguments]) == 2
    said = capsys.readouterr().err
    assert sentence.format(**words) in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("check 2013-14 Q2", "2013-14 Q2"),
        ("check a/b elsewhere/2013-14 Q2", "elsewhere/2013-14 Q2"),
        ("check 2013-14 Q2/returns", "2013-14 Q2/returns"),
        ("consolidate 2013-14 Q2 --no-panels", "2013-14 Q2"),
        ("consolidate --no-panels my quarter", "my quarter"),
        ("next 2013-14 Q2", "2013-14 Q2"),
        ("new 2014-15 Q1", "2014-15 Q1"),
        ("templates my quarter --quarter 2013/14", "my quarter"),
        ("templates my --quarter 2013/14 Q2", "2013/14 Q2"),
    ],
)
def test_a_name_with_blanks_that_has_no_quotes_is_told_to_need_them(tmp_path, monkeypatch, capsys, line, name):
    monkeypatch.chdir(tmp_path)
    for folder in ("2013-14 Q2/returns", "my quarter"):
        (tmp_path / folder).mkdir(parents=True)
    assert run(line.split()) == 2
    assert f'"{name}" has blanks: put quotes round it.' in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["check", "2013-14 Q2"], ["next", "my quarter", "2013-14 Q3"], ["check", "a", "b"]]
)
def test_nothing_is_said_of_quotes_where_they_are(tmp_path, monkeypatch, capsys, arguments):
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    assert "quotes" not in capsys.readouterr().err


@pytest.mark.parametrize("words", ["--help", "--version", "consolidate --help", "consolidate", "check --quarter x"])
def test_help_and_mistyped_words_are_answered_before_a_library_is_loaded(words):
    """In a process of its own, since this one has loaded them all."""
    program = "import sys; from ragtool.cli import run; run(sys.argv[1:]); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program, *words.split()], capture_output=True, text=True, check=True)
    modules = loaded.stdout.splitlines()[-1].split()
    assert "ragtool.cli" in modules
    assert not {"pandas", "numpy", "openpyxl", "xlsxwriter"} & set(modules)


def test_returns_are_written_without_loading_pandas(quarter):
    """Which takes as long to load as a dozen returns to write; some are there, and are held against the plan."""
    return_of(quarter).unlink()
    program = "import sys; from ragtool.cli import run; run(sys.argv[1:]); print(*sys.modules)"
    arguments = ["templates", str(quarter)]
    loaded = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    assert return_of(quarter).is_file()
    assert "pandas" not in loaded.stdout.splitlines()[-1].split()


def test_no_returns_is_a_sentence(quarter, capsys):
    shutil.rmtree(quarter / "returns")
    assert run(["consolidate", str(quarter)]) == 2
    assert f"There is no folder {quarter / 'returns'}." in capsys.readouterr().err
    (quarter / "returns").mkdir()
    assert run(["consolidate", str(quarter)]) == 2
    assert (
        f"There are no returns in {quarter / 'returns'} yet. Put the filled returns there." in capsys.readouterr().err
    )


def test_an_unreadable_return_is_refused_and_the_others_are_used(quarter, capsys):
    fill_all(quarter)
    return_of(quarter, OTHER_AREA).write_bytes(b"not a workbook")
    assert run(["consolidate", str(quarter), *ALONE]) == 1
    assert "Files found 2 = used 1 + refused 1 + passed over 0." in capsys.readouterr().out
    assert {row[c.KEY]: row[c.RAG] for row in table(report_of(quarter), "Data")}["A1.1"] == "G"


def test_an_output_that_can_not_be_written_is_a_sentence(quarter, capsys, tmp_path):
    fill_all(quarter)
    (tmp_path / "file").write_text("a file, not a folder")
    assert run(["consolidate", str(quarter), "--output", str(tmp_path / "file" / "report.xlsx")]) == 2
    assert "can't be" in capsys.readouterr().err


def test_a_folder_where_the_report_is_to_go_is_said_to_be_one(quarter, capsys):
    fill_all(quarter)
    report_of(quarter).mkdir()
    for more in ([], ["--output", str(report_of(quarter))]):
        assert run(["consolidate", str(quarter), *more]) == 2
        said = capsys.readouterr().err
        assert (
            said == f"{report_of(quarter)} is a folder, and the report is to go there. Move it away, or use --output.\n"
        )


def test_a_report_gets_no_name_under_which_excel_will_not_open_it(quarter, capsys):
    fill_all(quarter)
    assert run(["consolidate", str(quarter), "--output", str(quarter / "report.txt")]) == 2
    assert "report.txt must end in .xlsx." in capsys.readouterr().err
    assert not (quarter / "report.txt").exists()
    assert run(["consolidate", str(quarter), "--output", str(quarter / "Report.XLSX")]) == 0


def test_returns_of_two_quarters_are_named_unless_one_is_asked_for(quarter, capsys):
    fill_all(quarter)
    run(["templates", str(quarter), "--quarter", "2013/14 Q3"])
    assert run(["consolidate", str(quarter)]) == 2
    said = capsys.readouterr().err
    assert "2013/14 Q2" in said
    assert "2013/14 Q3" in said
    assert run(["consolidate", str(quarter), "--quarter", "2013/14 Q2"]) == 0
    assert "It is a return for 2013/14 Q3, not 2013/14 Q2." in capsys.readouterr().out


def test_new_makes_a_plan_and_never_overwrites_one(tmp_path, capsys):
    assert run(["new", str(tmp_path / "quarter")]) == 0
    assert (tmp_path / "quarter" / "returns").is_dir()
    before = (tmp_path / "quarter" / "corporate_plan.xlsx").read_bytes()
    assert run(["new", str(tmp_path / "quarter")]) == 2
    assert "isn't overwritten" in capsys.readouterr().err
    assert (tmp_path / "quarter" / "corporate_plan.xlsx").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("2026-27 Q1", 'run: ragtool templates "{}" --quarter "2026/27 Q1"\n'),
        ("Q2", 'run ragtool templates "{}" with --quarter and the quarter to report, written as "2026/27 Q2" is.\n'),
    ],
)
def test_new_says_which_command_comes_next_and_names_no_quarter_that_nobody_meant(tmp_path, capsys, name, after):
    run(["new", str(tmp_path / name)])
    assert after.format(tmp_path / name) in capsys.readouterr().out


def test_a_plan_that_can_not_be_used_has_all_its_faults_named_at_once(tmp_path, capsys):
    write_plan(
        tmp_path / "corporate_plan.xlsx",
        {
            "Settings": [
                {c.SETTING: "Organisation", c.VALUE: "Anytown"},
                {c.SETTING: "Intervention level", c.VALUE: 15},
            ],
            "Outcomes": [{c.THEME: "Caring", c.OUTCOME_NO: 1, c.OUTCOME: "Safe"}],
            "Service areas": [{c.SERVICE_AREA: "Highways"}],
            "Key actions": [
                {c.KEY: "K1", c.KEY_ACTION: "One", c.THEME: "Caring", c.OUTCOME_NO: 1, c.SERVICE_AREA: "Highways"},
                {c.KEY: "k 1", c.KEY_ACTION: "Two", c.THEME: "Caring", c.OUTCOME_NO: 7, c.SERVICE_AREA: "Roads"},
            ],
            "Milestones": [{c.KEY: "K1", c.NO: 1, c.MILESTONE: "Step", c.DUE: "31/02/2014"}],
        },
    )
    assert run(["templates", str(tmp_path), "--quarter", "2013/14 Q2"]) == 2
    said = capsys.readouterr().err
    for expected in (
        "Settings, row 5, Value (cell B5): Intervention level: '15' may mean 15 % or a share.",
        "Key actions, row 5, Key (cell A5), key K1: K1 stands in Key actions, row 4, Key (cell A4) already.",
        "Key actions, row 5, Outcome no (cell D5), key K1: There is no outcome 7 under the theme Caring.",
        "Key actions, row 5, Service area (cell G5), key K1: There is no service area Roads on the sheet",
        "Milestones, row 4, Due (cell E4), key K1 no. 1: '31/02/2014' is neither a quarter nor a date.",
    ):
        assert expected in said


def test_next_proposes_milestones_and_templates_ask_for_those_set_active(quarter, capsys):
    complete_all(return_of(quarter), **{"A1.1_2": "Overdue"})
    complete_all(return_of(quarter, OTHER_AREA))
    entry = {c.KEY: "a1.1", c.MILESTONE: "=Open the road", c.DUE: "2013/14 Q3"}
    fill(return_of(quarter), "Next milestones", entry)
    run(["consolidate", str(quarter), *ALONE])
    comes = [(row[c.KEY], row[c.MILESTONE], row[c.FROM]) for row in table(report_of(quarter), "Next quarter")]
    assert comes == [("A1.1", "Step 2", "carried forward"), ("A1.1", "=Open the road", "proposed")]
    assert run(["next", str(quarter)]) == 0
    following = quarter.parent / "2013-14 Q3"
    proposed = table(following / "corporate_plan.xlsx", "Milestones")[-1]
    assert (proposed[c.MILESTONE], proposed[c.STATUS], proposed[c.NO]) == ("=Open the road", "Proposed", 1)
    fill(following / "corporate_plan.xlsx", "Milestones", {c.STATUS: "Active"}, milestone="=Open the road")
    assert run(["templates", str(following), "--quarter", "2013/14 Q3"]) == 0
    asked = table(following / "returns" / f"2013-14 Q3 {AREA}.xlsx", "Milestones")
    assert [(row[c.MILESTONE], row[c.CARRIED_FROM]) for row in asked] == [
        ("Step 2", "2013/14 Q2"),
        ("=Open the road", None),
    ]


def test_returns_of_two_quarters_in_a_folder_are_checked_each_with_their_own(tmp_path, capsys):
    plan_of(tmp_path, measures=[{c.KEY: "P1", c.BETTER_WHEN: "Higher", "Target Q1": 5, "Target Q2": 6}])
    for quarter in ("2013/14 Q1", "2013/14 Q2"):
        run(["templates", str(tmp_path), "--quarter", quarter])
        path = tmp_path / "returns" / f"{quarter.replace('/', '-')} {AREA}.xlsx"
        fill(path, "Measures", {c.PERFORMANCE: "five"}, key="P1")
    capsys.readouterr()
    assert run(["check", str(tmp_path)]) == 1
    said = capsys.readouterr()
    for name in ("2013-14 Q1", "2013-14 Q2"):
        assert f"{name} {AREA}.xlsx, Measures, row 3, Performance (cell K3), key P1: " in said.out
