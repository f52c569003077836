"""The plan as a manager gets it: examples that are never read, drop-downs that grow, a note on every column."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from officers import seen
from plans import FIRST_ROW, HEADING_ROW, heading_of, plain_plan, plan_of
from ragtool import columns as c
from ragtool.looks import fitting
from ragtool.looks.palette import RATING_LOOKS
from ragtool.model import Query, Rating, Severity
from ragtool.plan.example_rows import KEY_ACTIONS, MEASURES, MILESTONES
from ragtool.plan.growing_lists import ROOM, SPARE
from ragtool.plan.plan_reading import read_plan
from ragtool.plan.plan_workbook import write_plan
from ragtool.quarters import Quarter
from ragtool.rules import Figure, rate_measure

S = c.PlanSheets
Q2 = Quarter(2013, 2)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blank plan, as `new` writes it."""
    path = tmp_path_factory.mktemp("blank") / "corporate_plan.xlsx"
    write_plan(path)
    return path


def with_examples(folder: Path, cell: str, value: object, title: str | None = None) -> list[Query]:
    """What is said of a plan with the sheet of examples, on which a cell was typed over."""
    plan_of(folder)
    path = folder / "corporate_plan.xlsx"
    blank = folder / "blank.xlsx"
    write_plan(blank)
    book, examples = openpyxl.load_workbook(path), seen(blank.read_bytes())[S.EXAMPLES]
    page = book.create_sheet(S.EXAMPLES)
    for row in examples.iter_rows():
        for each in row:
            page[each.coordinate] = each.value
    page[cell] = value
    if title:
        page["A1"] = title
    book.save(path)
    return read_plan(path)[1]


def example_rows() -> dict[str, list[dict[str, object]]]:
    """The examples as rows of a plan."""
    return {
        S.SETTINGS.name: [{c.SETTING: "Organisation", c.VALUE: "Anytown"}],
        S.OUTCOMES.name: [{c.THEME: "Example theme", c.OUTCOME_NO: "1", c.OUTCOME: "Good"}],
        S.SERVICE_AREAS.name: [{c.SERVICE_AREA: name} for name in ("Example area", "Another area")],
        S.PANELS.name: [{c.PANEL: name} for name in ("Example panel", "Another panel")],
        S.KEY_ACTIONS.name: [dict(each.row) for each in KEY_ACTIONS],
        S.MILESTONES.name: [dict(each.row) for each in MILESTONES],
        S.MEASURES.name: [dict(each.row) for each in MEASURES],
    }


def test_the_examples_are_read_as_a_manager_would_type_them_and_come_to_what_they_say(tmp_path):
    """As rows of a plan: nothing in them is queried, and each measure is rated as its example tells."""
    sheets = example_rows()
    write_plan(tmp_path / "plan.xlsx", sheets)
    plan, queries = read_plan(tmp_path / "plan.xlsx")
    assert queries == []
    returned = {"EX-1": "0.78", "EX-3": "190000", "EX-4": "32", "EX-5": "0.034"}
    rated = {
        each.key: rate_measure(each, Figure(Decimal(returned[each.key])), Q2, plan.settings)
        for each in plan.measures
        if each.key in returned
    }
    ratings = {key: each.rating for key, each in rated.items()}
    assert ratings == {"EX-1": Rating.AMBER, "EX-3": Rating.AMBER, "EX-4": Rating.AMBER, "EX-5": Rating.GREEN}
    assert "2.5 % worse, within the 15 % intervention level" in rated["EX-1"].why
    assert "5 % worse" in rated["EX-3"].why
    red = {"EX-4": "12", "EX-5": "0.051"}
    for each in plan.measures:
        if each.key in red:
            again = rate_measure(each, Figure(Decimal(red[each.key])), Q2, plan.settings)
            assert again.rating is Rating.RED


def test_a_blank_plan_has_examples_that_are_locked_and_a_filled_one_has_none(blank, tmp_path):
    page = seen(blank.read_bytes())[S.EXAMPLES]
    assert page.protection.sheet
    assert page["A1"].value == "Examples: nothing on this sheet is read"
    plan_of(tmp_path)
    assert S.EXAMPLES not in openpyxl.load_workbook(tmp_path / "corporate_plan.xlsx").sheetnames


@pytest.mark.parametrize(
    ("cell", "value", "problem"),
    [
        ("A4", None, None),
        ("B7", "K1", "'K1' was typed here, on a sheet of examples: nothing on it is read."),
        ("J50", 80, "'80' was typed here, on a sheet of examples: nothing on it is read."),
    ],
)
def test_what_is_typed_among_the_examples_is_told(tmp_path, cell, value, problem):
    queries = with_examples(tmp_path, cell, value)
    said = [(query.sheet, query.cell, query.severity, query.problem, query.what_to_do) for query in queries]
    what = "Type it on the sheet that it belongs to, and delete this one."
    assert said == ([(S.EXAMPLES, cell, Severity.QUERY, problem, what)] if problem else [])


def test_a_sheet_of_the_managers_own_may_be_called_examples(tmp_path):
    assert with_examples(tmp_path, "B7", "K1", "Examples of good practice") == []


def rules_of(page: Any) -> dict[str, Any]:
    """The checks of a sheet's columns by heading."""
    rules = {str(rule.sqref).partition(":")[0]: rule for rule in page.data_validations.dataValidation}
    return {
        str(cell.value): rules[f"{cell.column_letter}{FIRST_ROW}"]
        for cell in page[HEADING_ROW]
        if f"{cell.column_letter}{FIRST_ROW}" in rules
    }


def test_names_that_stand_on_another_sheet_are_drop_downs(blank):
    book = seen(blank.read_bytes())
    for sheet in (S.KEY_ACTIONS, S.MEASURES):
        rules = rules_of(book[sheet.name])
        taken = {heading: rules[heading] for heading in (c.THEME, c.OUTCOME_NO, c.SERVICE_AREA, c.PANEL)}
        assert {rule.type for rule in taken.values()} == {"list"}
        assert taken[c.THEME].formula1 == "KnownThemes"
        assert taken[c.SERVICE_AREA].formula1 == "KnownServiceAreas"
        assert taken[c.PANEL].formula1 == "KnownPanels"
        theme = heading_of(book[sheet.name], c.THEME).column_letter
        assert f"MATCH(${theme}{FIRST_ROW},OutcomeThemes,0)" in taken[c.OUTCOME_NO].formula1
        assert [taken[heading].errorStyle for heading in taken] == ["warning", "warning", "warning", "information"]
    assert rules_of(book[S.MILESTONES.name])[c.KEY].formula1 == "KnownKeyActions"
    named = {name: each.attr_text for name, each in book.defined_names.items()}
    cells = f"'Service areas'!$A${FIRST_ROW}:$A${HEADING_ROW + ROOM}"
    assert named["KnownServiceAreas"].startswith(f"'Service areas'!$A${FIRST_ROW}:INDEX({cells},MAX(1,")
    assert not [text for text in named.values() if "OFFSET" in text or "INDIRECT" in text]


def test_the_tests_plans_are_read_as_those_that_the_writer_makes(tmp_path):
    """What other tests begin with, `plain_plan`, drifts from no shipped plan."""
    sheets = example_rows()
    sheets[S.SETTINGS.name] += [
        {c.SETTING: "Intervention level", c.VALUE: "12.5 %"},
        {c.SETTING: "Return deadline", c.VALUE: "11 October 2013"},
    ]
    sheets[S.EARLIER.name] = [{c.QUARTER: "2012/13 Q4", c.KEY: "EX-1", c.RAG: "G", c.PERFORMANCE: "74.4%"}]
    sheets[S.MEASURES.name][0]["Note: of our own"] = "=1/0"
    path = tmp_path / "corporate_plan.xlsx"
    write_plan(path, sheets)
    shipped = read_plan(path)
    assert shipped[0].measures
    path.write_bytes(plain_plan(sheets))
    assert read_plan(path) == shipped


def test_a_long_plan_is_checked_down_to_its_last_row_and_beyond(tmp_path):
    many = [{c.KEY: f"K{number}"} for number in range(ROOM + 100)]
    write_plan(tmp_path / "plan.xlsx", {S.KEY_ACTIONS.name: many})
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    last = HEADING_ROW + ROOM + 100 + SPARE
    (rule,) = [
        rule for rule in book[S.KEY_ACTIONS.name].data_validations.dataValidation if f"A{FIRST_ROW}" in rule.sqref
    ]
    assert str(rule.sqref) == f"A{FIRST_ROW}:A{last}"
    assert f"'Key actions'!$A${FIRST_ROW}:$A${last}" in book.defined_names["KnownKeyActions"].attr_text


def test_a_theme_of_several_outcomes_is_offered_once(tmp_path):
    outcomes = [{c.THEME: theme, c.OUTCOME_NO: no} for theme in ("Caring", "Growing") for no in "12"]
    write_plan(tmp_path / "plan.xlsx", {S.OUTCOMES.name: outcomes})
    page = openpyxl.load_workbook(tmp_path / "plan.xlsx", data_only=True)[S.LISTS]
    assert page.sheet_state == "hidden"
    assert [page.cell(row, 1).value or "" for row in range(1, 5)] == ["Theme", "Caring", "Growing", ""]


def test_every_column_says_on_hover_what_it_takes(blank):
    book = seen(blank.read_bytes())
    for sheet in S.ALL:
        for heading in sheet.headings:
            comment = heading_of(book[sheet.name], heading).comment
            assert comment.text.startswith(f"{heading}: ")
            assert len(comment.text) > len(heading) + 10


def test_the_rows_of_a_filled_plan_grow_with_what_is_typed(tmp_path):
    plan_of(tmp_path, key_actions=[{c.KEY: "K1", c.KEY_ACTION: "Mend the roads of the borough " * 9}], shipped=True)
    with ZipFile(tmp_path / "corporate_plan.xlsx") as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    rows = [row for sheet in sheets for row in re.findall(r"<row [^>]*>", sheet)]
    assert any(" ht=" in row for row in rows)
    assert not any("customHeight" in row for row in rows)


@pytest.mark.parametrize("sheet", [S.EARLIER, S.OVERRIDES])
def test_a_published_rating_is_coloured_where_it_is_typed_as_letter_or_word(blank: Path, sheet: c.Sheet) -> None:
    page: Any = seen(blank.read_bytes())[sheet.name]
    column = heading_of(page, c.RAG).column_letter
    rules = {
        rule.formula[0]: rule.dxf.fill.bgColor.rgb
        for cells in page.conditional_formatting
        if f"{column}{FIRST_ROW}" in cells.sqref
        for rule in cells.rules
    }
    assert rules == {
        f'"{text}"': f"FF{look.fill[1:]}" for rating, look in RATING_LOOKS.items() for text in (rating, rating.word)
    }


def test_what_stands_above_the_headings_is_cut_on_no_page(blank: Path) -> None:
    """On a sheet that prints several pages wide, each page but the first has room for the repeated columns alone."""
    for page in seen(blank.read_bytes()):
        if page.print_title_cols and page.page_setup.fitToWidth != 1:
            last = page[f"{page.print_title_cols.split(':')[1].strip('$')}1"].column
            wide = sum(fitting.pixels(page.column_dimensions[get_column_letter(at)].width) for at in range(1, last + 1))
            for row in range(1, HEADING_ROW):
                assert fitting.text_pixels(str(page.cell(row, 1).value), bold=row == 1) < wide, page.cell(row, 1).value
