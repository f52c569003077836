"""A quarter reported again, after another, or beside a report in place: nothing that was published is lost."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from officers import at_work, fill, headings_of, sign, table
from plans import AREA, OTHER_AREA, plan_of
from ragtool import columns as c
from ragtool.cli import run
from runs import book_of_report
from small_quarter import type_in
from typed_cells import typed_into

pytestmark = pytest.mark.filterwarnings("ignore:Sparkline")
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
ACTIONS = [{c.KEY: "K1"}, {c.KEY: "K2", c.SERVICE_AREA: OTHER_AREA}]
STEPS = [{c.KEY: key, c.NO: 1, c.DUE: f"2013/14 Q{n}"} for key in ("K1", "K2") for n in (1, 2, 3)]
TARGETS = {f"Target Q{n}": 100 for n in range(1, 5)}
MEASURES: list[dict[str, object]] = [
    {c.KEY: "P1", c.BETTER_WHEN: "Higher", **TARGETS},
    {c.KEY: "P2", c.BETTER_WHEN: "Lower", c.UNIT: "%"},
]
FIRST, SECOND, THIRD = "2013-14 Q1", "2013-14 Q2", "2013-14 Q3"
Quarter = Callable[..., Path]


@pytest.fixture(scope="session")
def made_before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The quarters' folders that were made, by all that they were made of; only to be copied."""
    return {"": tmp_path_factory.mktemp("quarters")}


@pytest.fixture
def quarter(tmp_path: Path, made_before: dict[str, Path]) -> Quarter:
    """Makes a quarter's folder with its returns, filled: K1's milestone as told, K2's complete, P1 as told. With
    `final` it has its report too, a draft or a final one.
    """

    def make(
        name: str,
        previous: Path | None = None,
        status: str = "Complete",
        figure: float = 90,
        final: bool | None = None,
        **plan: Any,
    ) -> Path:
        digest = hashlib.sha256(previous.read_bytes()).hexdigest() if previous else ""
        made_of = repr((name, digest, status, figure, plan))
        if made_of not in made_before:
            folder = made_before[made_of] = made_before[""] / str(len(made_before)) / name
            folder.mkdir(parents=True)
            plan_of(folder, **{"key_actions": ACTIONS, "milestones": STEPS, "measures": MEASURES, **plan})
            if previous:
                shutil.copy(previous, folder / "previous.xlsx")
            run(["templates", str(folder), "--quarter", name.replace("-", "/")])
            for area in (AREA, OTHER_AREA):
                fill_return(return_of(folder, area), status, figure)
        if final is not None and (reported := f"{made_of} {final}") not in made_before:
            folder = shutil.copytree(made_before[made_of], made_before[""] / str(len(made_before)) / name)
            made_before[reported] = folder
            assert run(["consolidate", str(folder), "--no-pack", *(["--final"] if final else [])]) in (0, 1)
        return Path(shutil.copytree(made_before[made_of if final is None else reported], tmp_path / name))

    return make


def fill_return(path: Path, status: str, figure: float) -> None:
    """An officer's entries, typed in one go."""
    with typed_into(path) as book:
        measures = {c.DATA_STATUS: "Final", c.RESOLUTION: "More staff"}
        for sheet, entries in (("Milestones", {c.QUALITY_CONCERN: "No"}), ("Measures", measures)):
            page = book[sheet]
            headings = headings_of(page)
            for row in range(3, page.last + 1):
                key = page.value(row, 1)
                own = (
                    {c.STATUS: status if key == "K1" else "Complete"}
                    if sheet == "Milestones"
                    else {c.PERFORMANCE: figure}
                )
                for heading, value in (entries | own).items() if key in ("K1", "K2", "P1") else ():
                    page.type_in(row, headings[heading], value)
    sign(path)


def return_of(folder: Path, area: str = AREA) -> Path:
    return folder / "returns" / f"{folder.name} {area}.xlsx"


def report_of(folder: Path, version: str = "") -> Path:
    return folder / f"{folder.name} performance report{version}.xlsx"


def consolidate(folder: Path, *options: str) -> Path:
    assert run(["consolidate", str(folder), "--no-panels", "--no-pack", *options]) in (0, 1)
    return report_of(folder)


def problems(report: Path) -> list[str]:
    return [row[c.PROBLEM] for row in table(report, "Queries")]


def ratings(report: Path) -> list[tuple[str, str, str]]:
    return [(row[c.QUARTER], row[c.KEY], row[c.RAG]) for row in table(report, "Data")]


def contents(report: Path) -> dict[str, Any]:
    sheets = book_of_report(report, report.read_bytes()).sheets
    return {
        name: {row: {column: cell.value for column, cell in cells.items()} for row, cells in sheet.rows.items()}
        for name, sheet in sheets.items()
    }


def test_a_late_return_gives_the_report_that_it_would_have_given_in_time(quarter):
    folder = quarter(SECOND, report_of(quarter(FIRST, status="Overdue", final=False)))
    in_time = contents(consolidate(folder))
    report_of(folder).unlink()
    return_of(folder).rename(folder / "late.xlsx")
    consolidate(folder)
    (folder / "late.xlsx").rename(return_of(folder))
    late = contents(consolidate(folder))
    assert {name for name in in_time if in_time[name] != late[name]} == set()
    again = report_of(folder).read_bytes()
    assert consolidate(folder).read_bytes() == again


def test_a_second_run_with_an_earlier_report_gives_the_same_bytes(quarter):
    folder = quarter(SECOND, report_of(quarter(FIRST, status="Overdue", final=False)))
    fill(
        return_of(folder),
        "Revisions",
        {c.KEY: "P1", c.QUARTER: "2013/14 Q1", c.REVISED_PERFORMANCE: 50, c.REASON: "Audit"},
    )
    before = consolidate(folder).read_bytes()
    assert consolidate(folder).read_bytes() == before
    assert consolidate(folder, "--previous", str(folder / "previous.xlsx")).read_bytes() == before
    corrected = [row for row in table(report_of(folder), "Revisions") if row[c.REASON] == "Audit"]
    assert [row[c.FIELD] for row in corrected] == ["Performance", "RAG", "Escalated"]


def test_a_report_of_the_same_quarter_is_replaced_and_not_doubled(quarter):
    folder = quarter(SECOND, report_of(quarter(FIRST, status="Overdue", final=False)), status="Overdue")
    before = contents(consolidate(folder))
    same_quarter = shutil.copy(report_of(folder), folder / "last.xlsx")
    after = contents(consolidate(folder, "--previous", str(same_quarter)))
    assert [name for name in before if before[name] != after[name]] == []
    [carried] = [row for row in table(report_of(folder), "Milestones") if row[c.CARRIED_FROM]]
    assert (carried[c.KEY], carried[c.STATUS], carried[c.TIMES_CARRIED]) == ("K1", "Overdue", 1)


def test_a_changed_figure_is_listed_too_where_the_same_quarters_report_is_named_and_none_is_in_place(quarter):
    folder = quarter(FIRST, final=True)
    shutil.move(report_of(folder), folder / "last.xlsx")
    fill(return_of(folder), "Measures", {c.PERFORMANCE: 95}, key="P1")
    report = consolidate(folder, "--previous", str(folder / "last.xlsx"))
    assert len(table(report, "Data")) == len(table(folder / "last.xlsx", "Data"))
    [changed] = [row for row in table(report, "Revisions") if row[c.FIELD] == c.PERFORMANCE]
    assert (changed[c.WAS], changed[c.NOW], changed[c.SOURCE]) == ("90", "95", "run again after last.xlsx")


def test_a_target_on_the_history_sheet_alone_is_no_change_of_the_plan(quarter):
    history = [{c.QUARTER: "2013/14 Q1", c.KEY: "P1", c.RAG: "A", c.PERFORMANCE: 75, c.TARGET: 80}]
    measures = [{c.KEY: "P1", c.BETTER_WHEN: "Higher", "Target Q2": 100}]
    folder = quarter(SECOND, measures=measures, history=history)
    assert table(consolidate(folder), "Revisions") == []
    other = quarter("2013-14 Q3", measures=[{**measures[0], "Target Q1": 85, "Target Q3": 100}], history=history)
    targets = [row for row in table(consolidate(other), "Revisions") if row[c.FIELD] == c.TARGET]
    assert [(row[c.QUARTER], row[c.WAS], row[c.NOW]) for row in targets] == [("2013/14 Q1", "80", "85")]


def test_an_earlier_report_that_is_forgotten_on_a_second_run_takes_nothing_away(quarter):
    folder = quarter(SECOND, report_of(quarter(FIRST, status="Overdue", final=False)))
    before = ratings(consolidate(folder))
    (folder / "previous.xlsx").unlink()
    assert ratings(consolidate(folder)) == before
    assert problems(report_of(folder))[0].startswith(
        "The report in place goes back to 2013/14 Q1, and no earlier report"
    )


def test_a_gap_of_quarters_is_a_query_and_its_milestones_count(quarter):
    first = report_of(quarter(FIRST, status="Overdue", final=False))
    report = consolidate(quarter(THIRD, first))
    assert "It is the report of 2013/14 Q1, so 2013/14 Q2 is missing from the history." in problems(report)
    carried = [(row[c.KEY], row[c.CARRIED_FROM], row[c.TIMES_CARRIED]) for row in table(report, "Milestones")]
    assert carried == [
        ("K1", "2013/14 Q1", 2),
        ("K1", "2013/14 Q2", 1),
        ("K1", None, 0),
        ("K2", "2013/14 Q2", 1),
        ("K2", None, 0),
    ]
    history = table(report, "Quarterly history")
    assert [row["2013/14 Q2"] for row in history if row[c.KEY] in ("K1", "K2", "P1")] == ["–", "–", "–"]


def edit(report: Path, value: Any, cell: str = "J2") -> None:
    with at_work(report) as book:
        book["Data"][cell] = value


def test_an_edited_data_sheet_is_a_query_and_one_that_was_only_saved_is_not(quarter):
    first = report_of(quarter(FIRST, final=False))
    edit(first, load_workbook(first)["Data"]["J2"].value)
    folder = quarter(SECOND, first)
    assert not any("edited" in problem for problem in problems(consolidate(folder)))
    type_in(folder / "previous.xlsx", "Data", "J4", 12)
    assert "The sheet Data was edited since ragtool wrote it; it is used as it stands." in problems(consolidate(folder))


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice isn't installed, and it is what saves the report here")
def test_a_report_saved_by_libreoffice_was_not_edited(quarter, tmp_path):
    first = report_of(quarter(FIRST, figure=71.3, final=False))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        str(SOFFICE),
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(tmp_path / "saved"),
        str(first),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    report = consolidate(quarter(SECOND, tmp_path / "saved" / first.name))
    assert not any("edited" in problem for problem in problems(report))
    assert ratings(report)[:4] == ratings(first)


def test_columns_that_this_version_does_not_know_are_kept(quarter):
    first = report_of(quarter(FIRST, final=False))
    book = load_workbook(first)
    width = book["Data"].max_column + 1
    for row, value in enumerate(("Ward", "North", None, 2.5), 1):
        book["Data"].cell(row, width).value = value
    book["Data"].cell(1, width + 1).value = "WARD"  # for Excel the same: a table that has both is repaired
    book.save(first)
    second = consolidate(quarter(SECOND, first))
    third = consolidate(quarter(THIRD, second))
    for report in (second, third):
        rows = table(report, "Data")
        assert [row["Ward"] for row in rows][:4] == ["North", None, 2.5, None]
        assert "WARD" not in rows[0]


def test_a_later_report_or_another_councils_stops_the_run(quarter, capsys):
    second = report_of(quarter(SECOND, final=False))
    folder = quarter(FIRST)
    assert run(["consolidate", str(folder), "--previous", str(second)]) == 2
    assert "is the report of 2013/14 Q2, later than 2013/14 Q1. Name an earlier report." in capsys.readouterr().err
    plan_of(folder, {"Organisation": "Otherton"}, key_actions=ACTIONS, milestones=STEPS, measures=MEASURES)
    assert run(["templates", str(folder), "--quarter", "2013/14 Q3", "--previous", str(second)]) == 2
    assert "is a report of Anytown Council, not Otherton. Name another file." in capsys.readouterr().err


def test_versions_after_a_final_report_tell_what_changed_since_the_last_that_was_final(quarter):
    folder = quarter(FIRST, final=True)
    final = report_of(folder).read_bytes()
    fill(return_of(folder), "Measures", {c.PERFORMANCE: 50}, key="P1")
    consolidate(folder)
    fill(return_of(folder), "Measures", {c.PERFORMANCE: 60}, key="P1")
    consolidate(folder, "--final")
    fill(return_of(folder), "Measures", {c.PERFORMANCE: 70}, key="P1")
    consolidate(folder)
    assert report_of(folder).read_bytes() == final
    changes = [
        (row[c.WAS], row[c.NOW])
        for row in table(report_of(folder, " v3"), "Revisions")
        if row[c.FIELD] == c.PERFORMANCE
    ]
    assert changes == [("90", "60"), ("60", "70")]  # 50 was in a draft alone
    assert not report_of(folder, " v4").exists()


def starred(report: Path, heading: str = "2013/14 Q1") -> dict[str, str]:
    return {row[c.KEY]: row[heading] for row in table(report, "Quarterly history") if row[c.KEY] in ("P1", "K1")}


def test_what_differs_from_a_draft_is_no_revision(quarter):
    folder = quarter(FIRST)
    return_of(folder).rename(folder / "late.xlsx")
    consolidate(folder)
    (folder / "late.xlsx").rename(return_of(folder))
    consolidate(folder)
    fill(return_of(folder), "Measures", {c.PERFORMANCE: 50}, key="P1")
    report = consolidate(folder, "--final")
    assert table(report, "Revisions") == []
    assert starred(report) == {"K1": "G", "P1": "R"}
    draft = consolidate(quarter(SECOND, report))
    assert table(draft, "Revisions") == []
    named = consolidate(quarter(THIRD), "--previous", str(draft))
    assert table(named, "Revisions") == []


def test_a_draft_that_is_named_as_the_earlier_report_of_its_own_quarter_was_not_published(quarter):
    folder = quarter(FIRST, final=False)
    shutil.move(report_of(folder), folder / "last.xlsx")
    fill(return_of(folder), "Measures", {c.PERFORMANCE: 95}, key="P1")
    assert table(consolidate(folder, "--previous", str(folder / "last.xlsx")), "Revisions") == []


def test_what_was_published_and_then_changed_is_listed_and_has_its_star_from_then_on(quarter):
    folder = quarter(FIRST, final=True)
    fill(return_of(folder), "Measures", {c.PERFORMANCE: 50}, key="P1")
    fill(return_of(folder), "Milestones", {c.STATUS: "Overdue"}, key="K1")
    consolidate(folder, "--final")
    report = report_of(folder, " v2")
    changes = {(row[c.KEY], row[c.FIELD], row[c.WAS], row[c.NOW]) for row in table(report, "Revisions")}
    assert changes >= {
        ("P1", "Performance", "90", "50"),
        ("P1", "RAG", "Amber", "Red"),
        ("K1", "RAG", "Green", "Red"),
        ("K1", "Milestone 1: Status", "Complete", "Overdue"),
    }
    assert {row[c.ORIGIN] for row in table(report, "Revisions")} == {"Reissued"}
    summary = load_workbook(report).worksheets[0]
    assert [summary.cell(row, 1).value for row in (1, 3)] == [
        "Performance report, 2013/14 Q1 (Final, version 2)",
        "This is version 2; the final report of this quarter was published before it. "
        "What differs from that: K1 and P1.",
    ]
    assert starred(report) == {"K1": "R*", "P1": "R*"}
    assert starred(consolidate(quarter(SECOND, report))) == {"K1": "R*", "P1": "R*"}


def test_an_earlier_quarter_that_changed_since_the_report_was_final_is_listed_and_has_its_star(quarter):
    first = quarter(FIRST, final=False)
    folder = quarter(SECOND, report_of(first), final=True)
    fill(return_of(first), "Measures", {c.PERFORMANCE: 50}, key="P1")
    shutil.copy(consolidate(first), folder / "previous.xlsx")
    correction = {c.KEY: "P1", c.QUARTER: "2013/14 Q1", c.REVISED_PERFORMANCE: 60, c.REASON: "Audit"}
    consolidate(folder)
    changes = [
        (row[c.QUARTER], row[c.FIELD], row[c.WAS], row[c.NOW])
        for row in table(report_of(folder, " v2"), "Revisions")
        if row[c.KEY] == "P1" and row[c.FIELD] in (c.PERFORMANCE, c.RAG)
    ]
    assert changes == [
        ("2013/14 Q1", "Performance", "90", "50"),
        ("2013/14 Q1", "RAG", "Amber", "Red"),
    ]
    assert starred(report_of(folder, " v2"))["P1"] == "R*"
    fill(return_of(folder), "Revisions", correction)
    consolidate(folder)
    corrected = [row for row in table(report_of(folder, " v2"), "Revisions") if row[c.FIELD] == c.PERFORMANCE]
    assert [(row[c.WAS], row[c.NOW], row[c.REASON]) for row in corrected] == [("50", "60", "Audit")]


def test_a_report_says_draft_in_its_heading_and_in_every_footer_until_it_is_final(quarter):
    folder = quarter(FIRST, key_actions=[row | {c.PANEL: "Safer"} for row in ACTIONS], final=False)
    panel = folder / "panels" / "2013-14 Q1 Safer.xlsx"
    assert {stands(path) for path in (report_of(folder), panel)} == {("Draft",)}
    run(["consolidate", str(folder), "--final"])
    assert {stands(path) for path in (report_of(folder), panel)} == {("Final",)}
    run(["consolidate", str(folder)])
    versions = (report_of(folder, " v2"), panel.with_stem(f"{panel.stem} v2"))
    assert {stands(path) for path in versions} == {("Draft, version 2",)}
    assert stands(panel) == ("Final",)


def stands(report: Path) -> tuple[str, ...]:
    """What the first sheet's headings and all sheets' footers say, each word once."""
    book = load_workbook(report)
    sheets: list[Any] = book.worksheets
    heading = next(
        str(row[0].value) for row in sheets[0] if "erformance " in str(row[0].value) and "2013" in str(row[0].value)
    )
    texts = [heading, *(str(sheet.oddFooter.center.text) for sheet in sheets)]
    return tuple(
        sorted({word for text in texts for word in re.findall(r"\(((?:Draft|Final)[^)]*)\)", text)} or {"nothing"})
    )


def test_an_unsigned_returns_figures_are_provisional_wherever_they_stand(quarter, capsys):
    parts = [{c.KEY: "P3", c.PART: part, "Target Q1": 50} for part in ("a", "b")]
    whole: dict[str, object] = {c.KEY: "P3", c.BETTER_WHEN: "Higher"}
    measures = [row | {c.PANEL: "Safer"} for row in (*MEASURES, whole)]
    actions = [row | {c.PANEL: "Safer"} for row in ACTIONS]
    folder = quarter(FIRST, key_actions=actions, measures=[*measures, *parts])
    for part in ("a", "b"):
        fill(return_of(folder), "Measures", {c.PERFORMANCE: 60, c.DATA_STATUS: "Final"}, key="P3", part=part)
    fill(return_of(folder), "Sign-off", {c.ENTRY: None}, field=c.SignOff.SIGNED_OFF_BY)
    capsys.readouterr()
    run(["consolidate", str(folder)])
    unsigned = f"Not signed off, so provisional: the figures of {AREA}."
    assert unsigned in capsys.readouterr().out
    panel = folder / "panels" / "2013-14 Q1 Safer.xlsx"
    for path, first in ((report_of(folder), "Summary"), (panel, "Cover")):
        status = {(row[c.KEY], str(row[c.PART] or "")): row[c.DATA_STATUS] for row in table(path, "Measures")}
        assert status == {
            ("P1", ""): "Provisional",
            ("P2", ""): None,
            ("P3", ""): "Provisional",
            ("P3", "a"): "Provisional",
            ("P3", "b"): "Provisional",
        }
        assert unsigned in [cell.value for row in load_workbook(path)[first] for cell in row]
    data = {row[c.KEY]: (row[c.DATA_STATUS], row[c.WHY]) for row in table(report_of(folder), "Data") if not row[c.PART]}
    end = "Provisional: its return isn't signed off."
    assert {key: why.endswith(end) for key, (_, why) in data.items()} == {
        "K1": True, "K2": False, "P1": True, "P2": False, "P3": True,
    }  # fmt: skip
    assert (data["P1"][0], data["P2"][0]) == ("Provisional", None)
    fill(return_of(folder), "Sign-off", {c.ENTRY: "Head"}, field=c.SignOff.SIGNED_OFF_BY)
    run(["consolidate", str(folder)])
    assert {row[c.DATA_STATUS] for row in table(panel, "Measures")} == {"Final", None}


def test_a_silent_change_of_a_title_a_target_or_a_unit_is_listed(quarter):
    first = report_of(quarter(FIRST, final=False))
    changed: dict[str, object] = {c.KEY: "P1", c.MEASURE: "Homes", c.BETTER_WHEN: "Lower", **TARGETS, "Target Q1": 80}
    report = consolidate(quarter(SECOND, first, measures=[changed, MEASURES[1]]))
    listed = [(row[c.QUARTER], row[c.FIELD], row[c.WAS], row[c.NOW]) for row in table(report, "Revisions")]
    assert listed == [
        ("2013/14 Q1", "Title", "Measure P1", "Homes"),
        ("2013/14 Q1", "Better when", "Higher", "Lower"),
        ("2013/14 Q1", "Target", "100", "80"),
    ]
    third = consolidate(quarter(THIRD, report, measures=[changed, MEASURES[1]]))
    assert [(row[c.QUARTER], row[c.FIELD], row[c.WAS], row[c.NOW]) for row in table(third, "Revisions")] == listed


def test_a_silent_change_of_a_target_still_ahead_or_of_a_limit_is_listed(quarter):
    ahead = {c.KEY: "P1", c.BETTER_WHEN: "Higher", **TARGETS, c.ANNUAL_TARGET: 400}
    first = report_of(
        quarter(FIRST, measures=[ahead, {c.KEY: "P2", c.BETTER_WHEN: "Lower", c.RED_BEYOND: 5}], final=False)
    )
    changed: list[dict[str, object]] = [
        {**ahead, "Target Q2": 90, c.ANNUAL_TARGET: 380, c.INTERVENTION_LEVEL: "5 %"},
        {c.KEY: "P2", c.BETTER_WHEN: "Lower", c.RED_BEYOND: 6},
    ]
    report = consolidate(quarter(SECOND, first, measures=changed))
    listed = [(row[c.QUARTER], row[c.KEY], row[c.FIELD], row[c.WAS], row[c.NOW]) for row in table(report, "Revisions")]
    assert listed == [
        ("2013/14 Q2", "P1", "Target", "100", "90"),
        ("2013/14 Q1", "P1", "Annual target", "400", "380"),
        ("2013/14 Q1", "P1", "Intervention level", "15 %", "5 %"),
        ("2013/14 Q1", "P2", "Red beyond", "5", "6"),
    ]
    third = consolidate(quarter(THIRD, report, measures=changed))
    assert [tuple(row[h] for h in (c.QUARTER, c.KEY, c.FIELD, c.WAS, c.NOW)) for row in table(third, "Revisions")] == (
        listed
    )


def test_a_measure_under_development_had_no_target_to_change(quarter):
    first = report_of(quarter(FIRST, measures=[MEASURES[0] | {c.STATUS: "Under development"}], final=False))
    report = consolidate(quarter(SECOND, first, measures=[MEASURES[0]]))
    assert table(report, "Revisions") == []


def test_reports_that_lack_a_return_leave_every_earlier_one_under_a_name_of_its_own(quarter):
    folder = quarter(FIRST, final=False)
    whole = report_of(folder).read_bytes()
    return_of(folder).rename(folder / "late.xlsx")
    consolidate(folder)
    (folder / "late.xlsx").rename(return_of(folder))
    consolidate(folder)
    return_of(folder, OTHER_AREA).rename(folder / "other.xlsx")
    consolidate(folder)
    assert report_of(folder, " (earlier)").read_bytes() == whole
    assert report_of(folder, " (earlier 2)").exists()


def test_something_else_where_the_report_is_to_go_is_left_alone(quarter, capsys):
    folder = quarter(FIRST)
    report_of(folder).write_text("minutes of a meeting")
    assert run(["consolidate", str(folder)]) == 2
    assert "It stands where the report is to go: move it away, or use --output." in capsys.readouterr().err
    assert report_of(folder).read_text() == "minutes of a meeting"
    report_of(folder).unlink()
    report_of(folder).mkdir()
    assert run(["consolidate", str(folder)]) == 2
    assert "is a folder, and the report is to go there. Move it away, or use --output." in capsys.readouterr().err


def test_a_milestone_that_a_return_leaves_out_is_a_query_and_carried(quarter):
    folder = quarter(FIRST)
    book = load_workbook(return_of(folder))
    book["Milestones"].delete_rows(3)
    book.save(return_of(folder))
    first = consolidate(folder)
    assert any("K1" in str(row[c.KEY]) and "missing" in row[c.PROBLEM] for row in table(first, "Queries"))
    carried = [row for row in table(consolidate(quarter(SECOND, first)), "Milestones") if row[c.CARRIED_FROM]]
    assert [(row[c.KEY], row[c.TIMES_CARRIED], row[c.STATUS]) for row in carried] == [("K1", 1, "Complete")]


def test_an_override_that_comes_after_its_quarters_report_is_a_query(quarter):
    first = report_of(quarter(FIRST, final=False))
    folder = quarter(SECOND, first)
    entry = {
        c.QUARTER: "2013/14 Q1",
        c.KEY: "K1",
        c.RAG: "Red",
        c.REASON: "Risk",
        c.APPROVED_BY: "Cabinet",
        c.DATE: "1/10/2013",
    }
    fill(folder / "corporate_plan.xlsx", "Overrides", entry)
    report = consolidate(folder)
    assert "K1 was published as Green in 2013/14 Q1, before this override." in problems(report)
    assert ("2013/14 Q1", "K1", "G") in ratings(report)


def test_the_plans_history_and_the_earlier_report_must_agree(quarter):
    first = report_of(quarter(FIRST, final=False))
    folder = quarter(SECOND, first)
    plan = folder / "corporate_plan.xlsx"
    fill(
        plan, "Earlier quarters", {c.QUARTER: "2012/13 Q4", c.KEY: "P1", c.RAG: "Red", c.PERFORMANCE: 40, c.TARGET: 80}
    )
    fill(plan, "Earlier quarters", {c.QUARTER: "2013/14 Q1", c.KEY: "P1", c.RAG: "Green"})
    fill(plan, "Earlier quarters", {c.QUARTER: "2013/14 Q2", c.KEY: "P1", c.RAG: "Green"})
    report = consolidate(folder)
    found = problems(report)
    assert "RAG of 2013/14 Q1 is Green here but Amber in the earlier report, which counts." in found
    assert any(problem.startswith("2013/14 Q2 isn't before 2013/14 Q2") for problem in found)
    rows = [row for row in table(report, "Data") if row[c.KEY] == "P1"]
    assert [(row[c.QUARTER], row[c.RAG]) for row in rows] == [
        ("2012/13 Q4", "R"),
        ("2013/14 Q1", "A"),
        ("2013/14 Q2", "A"),
    ]
    assert rows[0][c.SHORTFALL] == 0.5


def test_a_row_of_the_data_sheet_that_can_not_be_read_is_said(quarter):
    first = report_of(quarter(FIRST, final=False))
    edit(first, "some time", "A2")
    found = problems(consolidate(quarter(SECOND, first)))
    assert "'some time' is not a quarter." in found
    assert "The row has no quarter that can be read, so it isn't kept." in found


SHARED_OUT = [row | {c.PANEL: panel} for row, panel in zip(ACTIONS, ("Safer", "Caring"), strict=True)]


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.xlsx")}


@pytest.mark.parametrize(
    "later",
    [
        ([],),
        (["--output", "other.xlsx"],),
        (["--output", "other.xlsx", "--final"], ["--output", "another.xlsx"]),
        (["--output", "2013-14 Q1 performance report v2.xlsx"], ["--output", "other.xlsx", "--final"], []),
        (["--final"], ["--output", "2013-14 Q1 performance report v2.xlsx", "--final"], ["--final"], []),
    ],
)
def test_what_belongs_to_a_final_report_is_never_replaced(quarter, later):
    """Whatever the next report is called, and however it is marked."""
    folder = quarter(FIRST, key_actions=SHARED_OUT, final=True)
    finals = files_in(folder)
    assert len([name for name in finals if name.startswith("panels")]) == 2
    for number, options in enumerate(later):
        fill(return_of(folder), "Measures", {c.PERFORMANCE: 90 - number}, key="P1")
        inputs = {name for name in finals if name.startswith("returns")}
        named = [str(folder / option) if option.endswith(".xlsx") else option for option in options]
        before = files_in(folder)
        assert run(["consolidate", str(folder), *named]) in (0, 1)
        after = files_in(folder)
        assert {name: after[name] for name in finals if name not in inputs} == {
            name: finals[name] for name in finals if name not in inputs
        }
        if "--final" in options:
            finals |= {name: data for name, data in after.items() if before.get(name) != data}


def test_a_draft_beside_a_final_report_keeps_its_own_names(quarter):
    folder = quarter(FIRST, key_actions=SHARED_OUT, final=True)
    for _ in range(2):
        run(["consolidate", str(folder), "--output", str(folder / "other.xlsx")])
    names = sorted(path.name for path in (folder / "panels").iterdir())
    assert names == ["2013-14 Q1 Caring v2.xlsx", "2013-14 Q1 Caring.xlsx"] + [
        "2013-14 Q1 Safer v2.xlsx", "2013-14 Q1 Safer.xlsx"
    ]  # fmt: skip


def test_a_folder_where_a_panels_report_goes_leaves_all_as_it_was(quarter, capsys):
    folder = quarter(FIRST, key_actions=SHARED_OUT)
    (folder / "panels" / "2013-14 Q1 Safer.xlsx").mkdir(parents=True)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    capsys.readouterr()
    assert run(["consolidate", str(folder)]) == 2
    assert "Safer.xlsx can't be written: a folder of that name stands there. Move that folder away." in (
        capsys.readouterr().err
    )
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
