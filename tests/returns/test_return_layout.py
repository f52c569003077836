"""What an officer meets in a return: its order, its notes, and what the plan says of each item."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from officers import columns_of, fill, heading_row, seen, sign, table
from plans import AREA, OTHER_AREA, plan_of
from ragtool import columns as c
from ragtool.cli import run
from ragtool.looks import fitting, printing
from ragtool.looks.data_validation import LONGEST_MESSAGE
from ragtool.quarters import Quarter
from ragtool.returns.template.area_items import items_by_area
from ragtool.returns.template.return_sheet import (
    SHEET_TITLE_POINTS,
    Look,
    ReturnCell,
    Running,
    column_pixels,
    return_content,
    title_within,
)
from ragtool.returns.template.template import LAYOUTS, R, write_return
from ragtool.workbooks.edit.held_formulas import HeldFormulas
from small_quarter import copy_of, edit, return_of

Q2 = Quarter(2013, 2)
HIGHER: dict[str, object] = {
    c.UNIT: "%",
    c.BETTER_WHEN: "Higher",
    "Target Q1": "80 %",
    "Target Q2": "80 %",
    c.INTERVENTION_LEVEL: "10 %",
}
ACTIONS = [
    {c.KEY: "K1"},
    {c.KEY: "K2", c.RATED_BY: "Officer"},
    {c.KEY: "K3", c.RATED_BY: "Officer", c.STARTS: "2013/14 Q4"},
]
MEASURES: list[dict[str, object]] = [
    {c.KEY: "M1", **HIGHER, c.BENCHMARK: "76.3 %", c.BENCHMARK_IS: "England average", c.DATA_SOURCE: "Survey"},
    {c.KEY: "M2", **HIGHER, c.BASIS: "Year to date"},
    {c.KEY: "M3", **HIGHER, c.BASIS: "Latest available", c.UNIT: "homes", "Target Q1": 80, "Target Q2": 80},
    {c.KEY: "M4", **HIGHER, c.SERVICE_AREA: OTHER_AREA},
]
STEPS = [{c.KEY: "K1", c.NO: 1, c.DUE: "2013/14 Q2"}, {c.KEY: "K2", c.NO: 1, c.DUE: "2013/14 Q2"}]
HISTORY = [{"Quarter": "2013/14 Q1", c.KEY: "M1", c.RAG: "G", c.PERFORMANCE: 0.82}]


@pytest.fixture(scope="module")
def made_quarter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A quarter whose returns are made; only to be copied."""
    folder = tmp_path_factory.mktemp("made") / "2013-14 Q2"
    folder.mkdir()
    plan_of(folder, key_actions=ACTIONS, milestones=STEPS, measures=MEASURES, history=HISTORY)
    run(["templates", str(folder), "--quarter", "2013/14 Q2"])
    return folder


@pytest.fixture
def quarter(made_quarter: Path, tmp_path: Path) -> Path:
    """A quarter whose returns are made."""
    return copy_of(made_quarter, tmp_path)


def notes_of(page: Any, heading: str) -> dict[str, str]:
    """The notes of the cells under a heading, by their rows' keys."""
    column, notes = columns_of(page)[heading], {}
    for row in range(heading_row(page) + 1, page.max_row + 1):
        cell = page.cell(row, column)
        rules = [rule for rule in page.data_validations.dataValidation if cell.coordinate in rule.sqref]
        assert len(rules) <= 1, "Excel takes one rule a cell"
        notes[str(page.cell(row, 1).value)] = rules[0].prompt if rules else ""
    return notes


def test_the_figure_its_target_and_its_colour_stand_on_a_laptops_first_screen(quarter: Path) -> None:
    page = seen(return_of(quarter).read_bytes())["Measures"]
    columns, wide = columns_of(page), 0.0
    last = max(columns[heading] for heading in (c.TARGET, c.PERFORMANCE, c.RAG_PREVIEW))
    for column in range(1, last + 1):
        wide += page.column_dimensions[get_column_letter(column)].width * 7 + 5
    assert wide < 1_250  # of 1,320 pixels, some are the program's own
    assert columns[c.PERFORMANCE] - columns[c.TARGET] == columns[c.RAG_PREVIEW] - columns[c.PERFORMANCE] == 1


def test_rows_grow_with_what_is_typed_and_are_real_tables(quarter: Path) -> None:
    with zipfile.ZipFile(return_of(quarter)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    rows = [row for sheet in sheets for row in re.findall(rb"<row [^>]*>", sheet)]
    assert any(b" ht=" in row for row in rows)
    assert not any(b"customHeight" in row for row in rows)
    book = seen(return_of(quarter).read_bytes())
    named = [name for sheet in book for name in sheet.tables]
    assert named == ["KeyActions", "Milestones", "Measures", "NextMilestones", "Revisions", "SignOff"]
    assert not any(sheet.merged_cells.ranges for sheet in book)


def test_a_long_title_makes_the_first_row_of_its_key_action_high_and_no_other(tmp_path: Path) -> None:
    title = "Deliver the transformation of temporary accommodation so that fewer families live in bed and breakfast"
    numbered = (("K1", 1), ("K1", 2), ("K1", 3), ("K2", 1), ("K2", 2))
    steps: list[dict[str, object]] = [{c.KEY: key, c.NO: no, c.DUE: "2013/14 Q2"} for key, no in numbered]
    steps[-1][c.MILESTONE] = f"{title}; {title}; {title}"
    plan_of(tmp_path, key_actions=[{c.KEY: key, c.KEY_ACTION: title} for key in ("K1", "K2")], milestones=steps)
    run(["templates", str(tmp_path), "--quarter", "2013/14 Q2"])
    page = load_workbook(return_of(tmp_path))["Milestones"]
    cells = [page.cell(row, columns_of(page)[c.KEY_ACTION]) for row in range(3, 8)]
    assert [cell.value for cell in cells] == [title] * 5
    assert [bool(cell.alignment.wrap_text) for cell in cells] == [True, False, False, True, True]
    assert all(cell.protection.locked for cell in cells)
    first, second, third, other, high = (page.row_dimensions[row].height for row in range(3, 8))
    assert second == third == pytest.approx(fitting.row_height([("Step 2", 100)]), abs=0.3)
    assert second * 3 < first == other <= high, "what is repeated stands whole where there is room"


def test_the_columns_that_stay_in_view_leave_most_of_a_laptops_screen(tmp_path: Path) -> None:
    """Though long words have made them wider."""
    key, title = "HOUSING-07.11", "Deliver thoroughly-preventative commissioning of accommodation"
    steps = [{c.KEY: key, c.NO: "Interim-1", c.MILESTONE: f"See {'x' * 60}.pdf", c.DUE: "2013/14 Q2"}]
    measures = [HIGHER | {c.KEY: f"{key}-M", c.MEASURE: title}]
    plan_of(tmp_path, key_actions=[{c.KEY: key, c.KEY_ACTION: title}], milestones=steps, measures=measures)
    run(["templates", str(tmp_path), "--quarter", "2013/14 Q2"])
    book = load_workbook(return_of(tmp_path))
    for name, kept in (("Key actions", "C3"), ("Milestones", "E3"), ("Measures", "D3")):
        page: Any = book[name]
        assert page.freeze_panes == kept
        letters = [get_column_letter(column) for column in range(1, page[kept].column)]
        assert sum(int(page.column_dimensions[letter].width * 7) for letter in letters) <= 1_320 * 0.4, name
    letter = get_column_letter(columns_of(book["Milestones"])[c.KEY_ACTION])
    assert book["Milestones"].column_dimensions[letter].width * 7 > fitting.word_pixels(title), "no word is broken"


def test_a_benchmark_stands_beside_the_figure_where_a_return_has_one(quarter: Path) -> None:
    page = seen(return_of(quarter).read_bytes())["Measures"]
    columns = columns_of(page)
    assert columns[c.BENCHMARK] == columns[c.SHORTFALL] + 1
    assert page.cell(3, columns[c.BENCHMARK]).value == "76.3 % (England average)"
    assert page.cell(3, columns[c.BENCHMARK]).protection.locked
    assert c.BENCHMARK not in columns_of(load_workbook(return_of(quarter, OTHER_AREA))["Measures"])


@pytest.mark.parametrize(
    ("area", "title"),
    [
        ("Roads", "Measures: Roads, 2013/14 Q2"),
        ("Homes and Communities", "Measures: Homes and Communities, 2013/14 Q2"),
        ("Education, Learning and Families of all ages", "Measures, 2013/14 Q2"),
    ],
)
def test_the_title_is_cut_on_no_page_that_repeats_only_the_first_columns(area: str, title: str) -> None:
    room = sum(fitting.pixels(LAYOUTS[R.MEASURES].widths[heading]) for heading in (c.KEY, c.PART, c.MEASURE))
    text, points = title_within("Measures", Running("A council", area, "2013/14 Q2"), room)
    assert text == title
    assert fitting.text_pixels(text, points, bold=True) < room
    whole, largest = title_within("Key actions", Running("A council", area, "2013/14 Q2"), None)
    assert (whole, largest) == (f"Key actions: {area}, 2013/14 Q2", SHEET_TITLE_POINTS)


def test_in_a_return_a_long_areas_measures_have_a_title_that_its_columns_hold(tmp_path: Path) -> None:
    area = "Education, Learning and Families of all ages"
    plan_of(tmp_path, measures=[HIGHER | {c.KEY: "M1", c.SERVICE_AREA: area}], areas=[{c.SERVICE_AREA: area}])
    run(["templates", str(tmp_path), "--quarter", "2013/14 Q2"])
    assert load_workbook(return_of(tmp_path, area))["Measures"]["A1"].value == "Measures, 2013/14 Q2"


@pytest.mark.parametrize(
    ("area", "title", "points"),
    [
        ("Roads", "Performance return: Roads, 2013/14 Q2", 16),
        (f"{'Regeneration, ' * 4}Roads", f"Performance return: {'Regeneration, ' * 4}Roads, 2013/14 Q2", 13),
        (f"{'Regeneration, ' * 5}Roads", f"{'Regeneration, ' * 5}Roads, 2013/14 Q2", 14),
    ],
)
def test_the_guidances_title_takes_no_page_beside_its_columns(
    tmp_path: Path, area: str, title: str, points: int
) -> None:
    plan_of(tmp_path, measures=[HIGHER | {c.KEY: "M1", c.SERVICE_AREA: area}], areas=[{c.SERVICE_AREA: area}])
    run(["templates", str(tmp_path), "--quarter", "2013/14 Q2"])
    page: Any = load_workbook(return_of(tmp_path, area))["Guidance"]
    wide = sum(int(page.column_dimensions[letter].width * 7) for letter in "AB")
    assert fitting.text_pixels(title, page["A1"].font.size, bold=True) <= wide
    assert (page["A1"].value, page["A1"].font.size) == (title, points)


def test_a_note_says_which_figure_is_wanted_by_this_quarters_own_examples(quarter: Path) -> None:
    book = seen(return_of(quarter).read_bytes())
    notes = notes_of(book["Measures"], c.PERFORMANCE)
    assert notes["M1"] == "The figure for 2013/14 Q2. Type 74.4% for 74.4 per cent."
    assert notes["M2"].startswith("The total of the year so far, 1 April 2013 to 30 September 2013.")
    assert (
        notes["M3"]
        == "The latest figure that there is, in homes. A number without words. Say under Period which it is for."
    )
    assert "such as 30/09/2013" in notes_of(book["Milestones"], c.COMPLETED_ON)["K1"]
    assert "such as 31/12/2013" in notes_of(book["Milestones"], c.REVISED_DATE)["K1"]
    assert "such as 2013/14 Q2, 2012/13 or September 2013" in notes_of(book["Measures"], c.PERIOD)["M1"]


def test_every_cell_that_is_yours_to_fill_in_has_a_note(quarter: Path) -> None:
    """As the first step of the Guidance says."""
    book = seen(return_of(quarter).read_bytes())
    for page in book:
        if page.sheet_state == "visible":
            ranges = [rule.sqref for rule in page.data_validations.dataValidation if rule.prompt]
            without = [
                cell.coordinate
                for row in page
                for cell in row
                if not cell.protection.locked and not any(cell.coordinate in each for each in ranges)
            ]
            assert without == [], page.title
    rules = {str(rule.sqref): rule.prompt for rule in book["Sign-off"].data_validations.dataValidation}
    assert rules["B5"].endswith("While nobody is named here, the figures are published as provisional.")


def test_the_note_of_a_measure_that_is_not_due_says_why(tmp_path: Path) -> None:
    plan_of(tmp_path, measures=[HIGHER | {c.KEY: "M1", c.REPORTED_IN: "Q4"}, HIGHER | {c.KEY: "M2"}])
    run(["templates", str(tmp_path), "--quarter", "2013/14 Q2"])
    notes = notes_of(load_workbook(return_of(tmp_path))["Measures"], c.PERFORMANCE)
    assert notes["M1"] == "Not due this quarter: it is reported in Q4 only. You may leave it empty."
    assert notes["M2"].startswith("The figure for 2013/14 Q2.")


def test_a_note_that_is_too_long_for_excel_is_cut_and_stays(tmp_path: Path) -> None:
    long = {c.TARGET_PERIOD: "The academic year and what follows it, " * 7}
    homes = {c.UNIT: "homes", "Target Q1": 80, "Target Q2": 80}
    rows = [HIGHER | {c.KEY: "M1"} | long, HIGHER | homes | {c.KEY: "M2"} | long]
    plan_of(tmp_path, key_actions=ACTIONS, milestones=STEPS, measures=rows)
    run(["templates", str(tmp_path), "--quarter", "2013/14 Q2"])
    notes = notes_of(load_workbook(return_of(tmp_path))["Measures"], c.PERFORMANCE)
    assert all(note.startswith("The figure for The academic year") for note in notes.values())
    assert [len(note) for note in notes.values()] == [LONGEST_MESSAGE] * 2


def test_an_officer_who_rates_a_key_action_is_told_so(quarter: Path) -> None:
    book = seen(return_of(quarter).read_bytes())
    notes = notes_of(book["Key actions"], c.OWN_RATING)
    assert notes["K1"].startswith("Leave empty to accept the rating.")
    assert notes["K2"].startswith("You rate this key action: its milestones don't. Choose Green, Amber or Red")
    assert notes["K3"] == notes["K1"]  # it starts later
    assert notes_of(book["Key actions"], c.REASON_OWN)["K2"].startswith("Why you rate it so.")
    said = [str(cell.value) for row in book["Guidance"] for cell in row if cell.value is not None]
    assert "Rated by you, with your own rating: K2. Without one they are Not returned." in said


def filled(quarter: Path, **of_actions: object) -> Path:
    """The return, filled and signed, with these own ratings."""
    path = return_of(quarter)
    for key in ("K1", "K2"):
        fill(path, "Milestones", {c.STATUS: "Complete"}, key=key)
    for key, figure in (("M1", 0.85), ("M2", 0.85), ("M3", 90)):
        fill(path, "Measures", {c.PERFORMANCE: figure, c.DATA_STATUS: "Final", c.PERIOD: "2013/14 Q2"}, key=key)
    for key, own in {"K2": "Green", **of_actions}.items():
        fill(path, "Key actions", {c.OWN_RATING: own}, key=key)
    sign(path)
    return path


def test_blue_is_no_own_rating_and_the_letters_that_are_stand_in_the_sentence(quarter: Path, capsys: Any) -> None:
    path = filled(quarter, K2="Blue")
    assert run(["check", str(path)]) == 1
    said = capsys.readouterr().out
    assert "'Blue' is no rating of an officer's own. Choose Green, Amber or Red (G, A or R)" in said
    fill(path, "Key actions", {c.OWN_RATING: "G"}, key="K2")
    assert run(["check", str(path)]) == 0


def test_a_last_figure_that_was_changed_is_a_query(quarter: Path, capsys: Any) -> None:
    path = filled(quarter)
    assert run(["check", str(path)]) == 0
    capsys.readouterr()
    fill(path, "Measures", {c.LAST_FIGURE: 0.5, c.LAST_PERIOD: "2012/13"}, key="M1")
    assert run(["check", str(path)]) == 1
    said = capsys.readouterr().out
    assert "Last figure is '50 %' here and '82 %' in the last report, which counts." in said
    assert "Last period is '2012/13' here and '2013/14 Q1' in the last report, which counts." in said


def test_a_last_figure_that_is_a_tick_or_a_day_is_told_as_any_other(quarter: Path, capsys: Any) -> None:
    path = filled(quarter)
    fill(path, "Measures", {c.LAST_FIGURE: True, c.LAST_PERIOD: datetime(2013, 6, 30)}, key="M1")
    assert run(["check", str(path)]) == 1
    said = capsys.readouterr().out
    assert "Last figure is 'True' here and '82 %' in the last report, which counts." in said
    assert "Last period is " in said


def test_what_was_reported_since_changes_no_last_figure(quarter: Path) -> None:
    path = filled(quarter)
    history = [HISTORY[0] | {c.PERFORMANCE: 0.79}]
    plan_of(quarter, key_actions=ACTIONS, milestones=STEPS, measures=MEASURES, history=history)
    assert run(["check", str(path)]) == 0


def test_a_changed_last_figure_makes_no_change_of_what_was_reported_since_beside_it(quarter: Path, capsys: Any) -> None:
    path = filled(quarter)
    history = [HISTORY[0], HISTORY[0] | {c.KEY: "M2", c.PERFORMANCE: 0.79}]
    plan_of(quarter, key_actions=ACTIONS, milestones=STEPS, measures=MEASURES, history=history)
    fill(path, "Measures", {c.LAST_FIGURE: None}, key="M1")
    capsys.readouterr()
    assert run(["check", str(path)]) == 1
    said = capsys.readouterr().out
    assert "Last figure is blank here and '82 %' in the last report, which counts." in said
    assert "'79 %'" not in said


def test_a_benchmark_that_was_changed_is_a_query(quarter: Path, capsys: Any) -> None:
    path = filled(quarter)
    fill(path, "Measures", {c.BENCHMARK: "90 %"}, key="M1")
    assert run(["check", str(path)]) == 1
    assert "Benchmark is '90 %' here and '76.3 % (England average)' in the plan" in capsys.readouterr().out


@pytest.mark.parametrize("entry", [{c.DATA_SOURCE: "Another survey"}, {c.PERIOD: "2012/13"}, {c.DATA_SOURCE: None}])
def test_a_return_in_which_only_what_was_filled_in_is_changed_is_used(
    quarter: Path, capsys: Any, entry: dict[str, object]
) -> None:
    path = return_of(quarter)
    run(["check", str(path)])
    assert "It was never filled in." in capsys.readouterr().out
    fill(path, "Measures", entry, key="M1")
    run(["check", str(path)])
    said = capsys.readouterr().out
    assert "It was never filled in." not in said
    assert "key M1: There is no figure, so the measure is Not returned." in said


def test_a_return_of_the_layout_before_is_read_as_ever(quarter: Path) -> None:
    """Its headings stood in the first row, Performance after the last figure, and rows were as high as they were."""

    def as_before(book: Any) -> None:
        for name in ("Key actions", "Milestones", "Measures", "Next milestones", "Revisions", "Sign-off"):
            page = book[name]
            page.tables.clear()
            page.delete_rows(1)
        page = book["Measures"]
        columns = columns_of(page)
        page.delete_cols(columns[c.BENCHMARK])
        page.move_range(f"G1:H{page.max_row}", cols=20)
        about = book["About this return"]
        for row in about.iter_rows(min_row=2, max_col=2):
            if row[0].value == c.About.LAST_FIGURES:
                row[0].value = row[1].value = None

    path = filled(quarter)
    fill(path, "Milestones", {c.COMPLETED_ON: date(2013, 9, 1)}, key="K1")
    edit(path, as_before)
    assert run(["check", str(path)]) == 0
    assert table(path, "Measures")[0][c.PERFORMANCE] == 0.85


def test_a_column_breaks_no_word_that_a_little_more_width_holds() -> None:
    usual = fitting.pixels(10)
    assert column_pixels(10, [ReturnCell("%")]) == usual
    wider = column_pixels(10, [ReturnCell("households in temporary accommodation")])
    assert usual < wider <= usual * fitting.FOR_A_WORD
    assert fitting.word_pixels("accommodation") + fitting.PADDING <= wider
    assert column_pixels(10, [ReturnCell("accommodation", Look.ENTRY)]) == usual, "what is typed widens nothing"


def test_a_column_has_room_for_its_numbers_and_each_takes_one_line() -> None:
    large = ReturnCell(Decimal(4_611_448), number_format="#,##0")
    usual = fitting.pixels(7)
    assert column_pixels(7, [large, ReturnCell(80)]) >= fitting.text_pixels("4,611,448") + fitting.PADDING > usual
    short = ReturnCell(Decimal(1) / 3, number_format='0.0%" worse"', formula="=1/3")
    assert return_content(short, HeldFormulas()).text == "33.3% worse"


def test_the_first_screen_says_how_much_is_still_missing(quarter: Path) -> None:
    said = table_of_guidance(return_of(quarter))
    assert said["Still missing"] == "7 to fill in or to put right, outlined in red"
    assert next(name for name, text in said.items() if text.startswith("Fill in what is outlined")) == "7"


@pytest.mark.parametrize(
    ("name", "said"), [(None, "Only the sign-off."), ("Head of Highways", "Nothing: send it back.")]
)
def test_when_all_is_filled_in_the_sign_off_is_what_is_missing(tmp_path: Path, name: str | None, said: str) -> None:
    plan = plan_of(tmp_path, measures=[HIGHER | {c.KEY: "M1"}])
    items = items_by_area(plan, Q2, ())[AREA]
    entries: dict[str, list[dict[str, object]]] = {
        "Measures": [{c.KEY: "M1", c.PART: None, c.PERFORMANCE: Decimal("0.9"), c.DATA_STATUS: "Final"}],
        "Sign-off": [{c.FIELD: c.SignOff.SIGNED_OFF_BY, c.ENTRY: name}],
    }
    write_return(tmp_path / "return.xlsx", plan, Q2, items, entries)
    assert table_of_guidance(tmp_path / "return.xlsx")["Still missing"] == said
    page = load_workbook(tmp_path / "return.xlsx")["Guidance"]
    total, signed, *_ = re.findall(r"=?A(\d+)", str(page["B6"].value))[1:]
    assert page[f"B{signed}"].value == "Nobody has signed it off"
    assert page[f"A{total}"].value.startswith("=SUM(")


@pytest.mark.parametrize("forecast", ["Yes", "No"])
def test_what_to_do_and_what_is_missing_print_on_one_page(tmp_path: Path, forecast: str) -> None:
    settings = {"Ask for a forecast": forecast, "Contact": "performance@anytown.example"}
    plan_of(tmp_path, settings, key_actions=ACTIONS, milestones=STEPS, measures=MEASURES)
    run(["templates", str(tmp_path), "--quarter", "2013/14 Q2"])
    page: Any = load_workbook(return_of(tmp_path))["Guidance"]
    (ends,) = (each.id for each in page.row_breaks.brk)
    high = sum(page.row_dimensions[row].height for row in range(1, ends + 1))
    assert high * page.page_setup.scale / 100 < printing.printed_height(printing.UPRIGHT_A4)
    assert 80 < page.page_setup.scale <= 86, "its columns fill the page, and it can be read"


def test_limits_of_a_measures_own_stand_where_its_level_would(tmp_path: Path, capsys: Any) -> None:
    money = {c.UNIT: "£m", c.BETTER_WHEN: "Lower", "Target Q2": 6, c.RED_BEYOND: 7}
    days = {c.UNIT: "days", c.BETTER_WHEN: "In range", c.RANGE_LOW: 18, c.RANGE_HIGH: 24}
    both = {c.RED_BELOW: 14, c.RED_ABOVE: 30}
    plan_of(tmp_path, measures=[{c.KEY: "M1"} | money, {c.KEY: "M2"} | days | both, {c.KEY: "M3"} | days])
    run(["templates", str(tmp_path), "--quarter", "2013/14 Q2"])
    path = return_of(tmp_path)
    levels = [row[c.INTERVENTION_LEVEL] for row in table(path, "Measures")]
    assert levels == ["Red past £7m", "Red below 14 days and above 30 days", pytest.approx(0.15)]
    fill(path, "Measures", {c.PERFORMANCE: 5, c.DATA_STATUS: "Final"}, key="M1")
    capsys.readouterr()
    run(["check", str(path)])
    assert c.INTERVENTION_LEVEL not in capsys.readouterr().out, "read back as it was written"


def table_of_guidance(path: Path) -> dict[str, str]:
    """The lines of the Guidance sheet, by what stands before each, as they are before Excel calculates."""
    page = load_workbook(path, data_only=True)["Guidance"]
    return {str(row[0].value): str(row[1].value) for row in page.iter_rows(max_col=2) if row[1].value is not None}
