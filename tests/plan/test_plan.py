"""What is wrong in a plan: every fault is told with its sheet and cell, and only what can't be used stops the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from messy import write
from plain_books import Plain, plain_book
from plans import plan_of
from ragtool import columns as c
from ragtool.errors import RagtoolError
from ragtool.model import Query, Severity
from ragtool.plan.measure_checks import measures_can_be_rated
from ragtool.plan.plan import Measure
from ragtool.plan.plan_reading import read_plan

S = c.PlanSheets
ITEM = {c.THEME: "Caring", c.OUTCOME_NO: 1, c.SERVICE_AREA: "Highways"}
Sheets = dict[str, list[dict[str, Any]]]


def good() -> Sheets:
    """A plan with nothing wrong in it, as its sheets' rows."""
    return {
        S.SETTINGS.name: [{c.SETTING: "Organisation", c.VALUE: "Anytown Council"}],
        S.OUTCOMES.name: [{c.THEME: "Caring", c.OUTCOME_NO: number, c.OUTCOME: f"O{number}"} for number in (1, 2)],
        S.SERVICE_AREAS.name: [{c.SERVICE_AREA: "Highways"}, {c.SERVICE_AREA: "Finance"}],
        S.KEY_ACTIONS.name: [ITEM | {c.KEY: key, c.KEY_ACTION: f"Action {key}"} for key in ("A1.1", "HS-07")],
        S.MILESTONES.name: [
            {c.KEY: "A1.1", c.NO: number, c.MILESTONE: "Step", c.DUE: "2013/14 Q2"} for number in (1, 2)
        ],
        S.MEASURES.name: [
            ITEM | {c.KEY: "P1", c.MEASURE: "Homes", c.BETTER_WHEN: "Higher", c.ANNUAL_TARGET: 10},
            ITEM | {c.KEY: "P2", c.MEASURE: "Days", c.BETTER_WHEN: "Lower"},
            {c.KEY: "P2", c.PART: "a", c.ANNUAL_TARGET: 3},
        ],
        S.PANELS.name: [{c.PANEL: "Safer"}],
        S.EARLIER.name: [{c.QUARTER: "2012/13 Q4", c.KEY: "P2", c.PART: "a", c.RAG: "G"}],
        S.OVERRIDES.name: [],
    }


def written(
    folder: Path,
    sheets: Sheets,
    named: Mapping[str, str] | None = None,
    formats: Mapping[tuple[str, str, int], str] | None = None,
    without: tuple[str, str] | None = None,
) -> Path:
    """The sheets as a manager's own program would write them, with no format of ours.

    `named` otherwise than usual; with number `formats` by sheet, heading and row; `without` a sheet's heading.
    """
    headings = {
        sheet.name: [heading for heading in sheet.headings if (sheet.name, heading) != without]
        for sheet in S.ALL
        if sheet.name in sheets
    }
    rows: dict[str, list[Sequence[Plain]]] = {
        (named or {}).get(name, name): [those, *([row.get(heading) for heading in those] for row in sheets[name])]
        for name, those in headings.items()
    }
    places = {
        (sheet, row, 1 + headings[sheet].index(heading)): code
        for (sheet, heading, row), code in (formats or {}).items()
    }
    return write(folder, plain_book(rows, places), "corporate_plan.xlsx")


def faults(path: Path) -> tuple[bool, list[Query]]:
    """Whether the plan can be used, and its queries."""
    try:
        return True, read_plan(path)[1]
    except RagtoolError as problem:
        return False, list(problem.queries)


@pytest.mark.parametrize(
    "missing", ["Key actions", "Milestones", "Measures", "Panels", "Earlier quarters", "Overrides"]
)
def test_a_sheet_with_nothing_in_it_may_be_missing(tmp_path, missing):
    sheets = good()
    del sheets[missing]
    if missing == S.KEY_ACTIONS.name:
        del sheets[S.MILESTONES.name]
    if missing == S.MEASURES.name:
        del sheets[S.EARLIER.name]
    assert faults(written(tmp_path, sheets)) == (True, [])


def test_sheets_that_every_plan_needs_are_all_named_at_once(tmp_path):
    sheets = {S.KEY_ACTIONS.name: good()[S.KEY_ACTIONS.name]}
    usable, queries = faults(written(tmp_path, sheets))
    assert not usable
    assert [query.sheet for query in queries if "There is no sheet" in query.problem] == [s.name for s in S.REQUIRED]


STOPS, USED = False, True


@pytest.mark.parametrize(
    ("sheet", "number", "entries", "cell", "usable"),
    [
        (S.SETTINGS, 2, {c.SETTING: "Intervention level", c.VALUE: 15}, "B3", STOPS),
        (S.SETTINGS, 2, {c.SETTING: "Financial year starts", c.VALUE: "Smarch"}, "B3", STOPS),
        (S.SETTINGS, 2, {c.SETTING: "organisation", c.VALUE: "Othertown"}, "A3", STOPS),
        (S.SETTINGS, 2, {c.SETTING: "Colour", c.VALUE: "Puce"}, "A3", USED),
        (S.OUTCOMES, 2, {c.OUTCOME_NO: 1}, "C3", STOPS),
        (S.OUTCOMES, 2, {c.OUTCOME: None}, "D3", STOPS),
        (S.SERVICE_AREAS, 2, {c.SERVICE_AREA: "HIGHWAYS"}, "A3", STOPS),
        (S.KEY_ACTIONS, 2, {c.KEY: "a1 .1"}, "A3", STOPS),
        (S.KEY_ACTIONS, 2, {c.KEY: None}, "A3", STOPS),
        (S.KEY_ACTIONS, 2, {c.OUTCOME_NO: 9}, "D3", STOPS),
        (S.KEY_ACTIONS, 2, {c.THEME: "Growing"}, "D3", STOPS),
        (S.KEY_ACTIONS, 2, {c.CONTRIBUTING: "Finance; Parks"}, "H3", STOPS),
        (S.KEY_ACTIONS, 2, {c.PANEL: "Safer; Stronger"}, "I3", STOPS),
        (S.KEY_ACTIONS, 2, {c.STATUS: "Data only"}, "M3", STOPS),
        (S.KEY_ACTIONS, 2, {c.STARTS: "in spring"}, "N3", STOPS),
        (S.KEY_ACTIONS, 2, {c.STARTS: "2014/15 Q1", c.ENDS: "2013/14 Q4"}, "O3", STOPS),
        (S.MILESTONES, 2, {c.KEY: "K99"}, "A3", STOPS),
        (S.MILESTONES, 2, {c.NO: 1}, "B3", STOPS),
        (S.MILESTONES, 2, {c.SERVICE_AREA: "Parks"}, "D3", STOPS),
        (S.MILESTONES, 2, {c.DUE: "31/02/2014"}, "E3", STOPS),
        (S.MILESTONES, 2, {c.DUE: None}, "E3", STOPS),
        (S.MILESTONES, 2, {c.REVISED_DUE: "2013/14 Q3"}, "G3", USED),
        (S.MEASURES, 1, {c.KEY: "hs-07"}, "A2", STOPS),
        (S.MEASURES, 1, {c.BETTER_WHEN: "Up"}, "M2", STOPS),
        (S.MEASURES, 1, {c.BETTER_WHEN: None}, "M2", STOPS),
        (S.MEASURES, 1, {c.ANNUAL_TARGET: "lots"}, "T2", STOPS),
        (S.MEASURES, 1, {c.ANNUAL_TARGET: "#DIV/0!"}, "T2", STOPS),
        (S.MEASURES, 1, {c.RANGE_LOW: 9, c.RANGE_HIGH: 1}, "U2", STOPS),
        (S.MEASURES, 1, {c.INTERVENTION_LEVEL: 5}, "Z2", STOPS),
        (S.MEASURES, 2, {c.ANNUAL_TARGET: 7}, "T3", USED),
        (S.MEASURES, 3, {c.KEY: "P9", c.BETTER_WHEN: "Lower"}, "B4", STOPS),
        (S.EARLIER, 1, {c.QUARTER: None}, "A2", STOPS),
        (S.EARLIER, 1, {c.QUARTER: "last year"}, "A2", STOPS),
        (S.EARLIER, 1, {c.RAG: "Puce"}, "D2", STOPS),
        (S.EARLIER, 1, {c.KEY: "P7", c.PART: None}, "B2", USED),
    ],
)
def test_a_fault_is_told_with_its_sheet_and_cell(tmp_path, sheet, number, entries, cell, usable):
    sheets = good()
    rows = sheets[sheet.name]
    if number > len(rows):
        rows.append({})
    rows[number - 1] |= entries
    found, queries = faults(written(tmp_path, sheets))
    assert (sheet.name, cell) in [(query.sheet, query.cell) for query in queries]
    assert found is usable


def figures_of(measure: Measure) -> dict[str, Decimal | None]:
    """What a measure aims at, by the heading of each figure."""
    given = (*measure.targets, measure.annual, measure.low, measure.high)
    return dict(zip((*c.YEARS_TARGETS, c.RANGE_LOW, c.RANGE_HIGH), given, strict=True))


@pytest.mark.parametrize("typed", ["TBC", " tbc ", "To be  confirmed", "tbc."])
@pytest.mark.parametrize("heading", [*c.TARGET_QUARTERS, c.ANNUAL_TARGET, c.RANGE_LOW, c.RANGE_HIGH])
def test_a_target_to_be_confirmed_is_none_with_a_query(tmp_path, typed, heading):
    sheets = good()
    sheets[S.MEASURES.name][0] |= {c.ANNUAL_TARGET: None} | {heading: typed}
    path = written(tmp_path, sheets)
    plan, (query,) = read_plan(path)
    assert figures_of(plan.measures[0])[heading] is None
    assert (query.sheet, query.cell[-1], query.key, query.severity) == (S.MEASURES.name, "2", "P1", Severity.QUERY)
    assert query.what_to_do == "Leave the cell blank until there is a figure."


def test_a_range_with_one_end_to_be_confirmed_is_no_range(tmp_path):
    sheets = good()
    sheets[S.MEASURES.name][0] |= {
        c.BETTER_WHEN: "In range",
        c.ANNUAL_TARGET: None,
        c.RANGE_LOW: 5,
        c.RANGE_HIGH: "TBC",
    }
    plan, (query,) = read_plan(written(tmp_path, sheets))
    assert (plan.measures[0].low, plan.measures[0].high) == (None, None)
    assert query.problem == "'TBC' is read as no range yet."


def test_a_target_to_be_confirmed_of_an_earlier_quarter_is_none_too(tmp_path):
    sheets = good()
    sheets[S.EARLIER.name][0] |= {c.TARGET: "TBC"}
    assert [str(query.severity) for query in read_plan(written(tmp_path, sheets))[1]] == ["Query"]


@pytest.mark.parametrize(
    ("heading", "typed"),
    [(c.ANNUAL_TARGET, word) for word in ("nil", "n/a", "-", "soon", "TBA")] + [(c.RED_BEYOND, "TBC")],
)
def test_other_words_and_a_limit_to_be_confirmed_stop_the_run(tmp_path, heading, typed):
    sheets = good()
    sheets[S.MEASURES.name][0] |= {heading: typed}
    usable, queries = faults(written(tmp_path, sheets))
    assert not usable
    assert [str(query.severity) for query in queries] == ["Error"]


def test_a_cell_that_parts_take_from_their_measure_is_told_of_once(tmp_path):
    sheets = good()
    sheets[S.MEASURES.name] = [*reversed(sheets[S.MEASURES.name][1:]), {c.KEY: "P2", c.PART: "b"}]
    sheets[S.MEASURES.name][1] |= {c.TARGET_QUARTERS[1]: "TBC"}
    usable, (query,) = faults(written(tmp_path, sheets))
    assert usable
    assert (query.cell[-1], query.key) == ("3", "P2")


@pytest.mark.parametrize(
    ("heading", "entry", "cell", "usable"),
    [
        (c.KEY, "Z9", "B2", STOPS),
        (c.RAG, "Puce", "C2", STOPS),
        (c.REASON, None, "D2", USED),
        (c.APPROVED_BY, None, "E2", USED),
        (c.DATE, "soon", "F2", STOPS),
    ],
)
def test_an_override_without_what_it_needs_is_told(tmp_path, heading, entry, cell, usable):
    whole = {c.KEY: "A1.1", c.RAG: "R", c.REASON: "Risk", c.APPROVED_BY: "Cabinet", c.DATE: date(2013, 10, 1)}
    sheets = good()
    sheets[S.OVERRIDES.name] = [{c.QUARTER: "2013/14 Q2"} | whole | {heading: entry}]
    found, queries = faults(written(tmp_path, sheets))
    assert (found, [(query.sheet, query.cell) for query in queries]) == (usable, [(S.OVERRIDES.name, cell)])


def test_headings_are_found_by_their_text_wherever_they_stand(tmp_path):
    pages: dict[str, list[Sequence[Plain]]] = {}
    for sheet in S.ALL:
        headings = list(reversed(sheet.headings))
        above = ["Notes of our own", *(f" {heading.lower()} " for heading in headings)]
        pages[sheet.name.upper()] = [
            above,
            *(["Ask Ann", *(row.get(heading) for heading in headings)] for row in good()[sheet.name]),
        ]
    path = write(tmp_path, plain_book(pages), "corporate_plan.xlsx")
    plan, queries = read_plan(path)
    assert queries == []
    assert [each.key for each in plan.key_actions] == ["A1.1", "HS-07"]
    assert [each.annual for each in plan.measures] == [10, None, 3]


ONCE = {"Earlier quarters": "History"}
"""What the sheet of earlier quarters was called once."""


def test_a_plan_whose_sheet_is_still_called_history_reads_the_same(tmp_path):
    sheets = good()
    sheets["Earlier quarters"] += [
        {c.QUARTER: "2012/13 Q3", c.KEY: "p2", c.PART: "a", c.RAG: "R", c.PERFORMANCE: 4, c.TARGET: 3},
        {c.QUARTER: "2012/13 Q4", c.KEY: "A1.1", c.RAG: "A", c.REVIEW: "Kept"},
    ]
    (now, none), (once, nor) = (read_plan(written(tmp_path, sheets, named)) for named in (None, ONCE))
    assert (none, nor) == ([], [])
    assert [each.key for each in now.earlier_quarters] == ["P2", "P2", "A1.1"]
    assert [each.at.sheet for each in now.earlier_quarters] == ["Earlier quarters"] * 3
    assert [each.at.sheet for each in once.earlier_quarters] == ["History"] * 3
    there = tuple(replace(each, at=replace(each.at, sheet="Earlier quarters")) for each in once.earlier_quarters)
    assert replace(once, earlier_quarters=there) == now


@pytest.mark.parametrize(
    ("entries", "cell", "usable"),
    [
        ({c.QUARTER: None}, "A2", STOPS),
        ({c.KEY: None}, "B2", STOPS),
        ({c.RAG: "Puce"}, "D2", STOPS),
        ({c.PERFORMANCE: "lots"}, "E2", STOPS),
        ({c.KEY: "P7", c.PART: None}, "B2", USED),
        ({c.TARGET: "TBC"}, "F2", USED),
    ],
)
def test_a_query_names_the_sheet_as_the_file_does(tmp_path, entries, cell, usable):
    sheets = good()
    sheets["Earlier quarters"][0] |= entries
    now, once = (faults(written(tmp_path, sheets, named)) for named in (None, ONCE))
    assert (now[0], [(query.sheet, query.cell) for query in now[1]]) == (usable, [("Earlier quarters", cell)])
    assert once == (usable, [replace(query, sheet="History") for query in now[1]])


def test_what_stands_twice_is_told_of_with_the_sheet_as_the_file_names_it(tmp_path):
    sheets = good()
    sheets["Earlier quarters"] *= 2
    _, (query,) = faults(written(tmp_path, sheets, ONCE))
    assert (query.sheet, query.cell) == ("History", "B3")
    assert query.problem == "P2 part a stands in History, row 2, Key (cell B2) already."
    assert query.what_to_do == "Delete one of the two rows, or correct its Key or Quarter."


@pytest.mark.parametrize(
    ("sheet", "what"),
    [("Earlier quarters", "Key or Quarter"), ("Measures", "Key or Part"), ("Key actions", "Key"), ("Panels", "Panel")],
)
def test_of_two_rows_that_are_the_same_one_is_to_go_or_to_say_what_it_is(tmp_path, sheet, what):
    sheets = good()
    sheets[sheet] = [*sheets[sheet], sheets[sheet][-1]]
    _, queries = faults(written(tmp_path, sheets))
    assert f"Delete one of the two rows, or correct its {what}." in [query.what_to_do for query in queries]


def test_a_history_without_a_needed_column_is_told_of_that_alone(tmp_path):
    usable, queries = faults(written(tmp_path, good(), ONCE, without=(S.EARLIER.name, c.QUARTER)))
    assert not usable
    assert [(query.sheet, query.problem) for query in queries] == [
        ("History", "There is no column headed 'Quarter', so nothing on the sheet is used.")
    ]


@pytest.mark.parametrize(
    ("value", "code", "problem"),
    [
        (0.8, "0%", "The cell shows 80 %, but the unit is blank."),
        (4.858, '0.000"m"', "The cell shows '4.858m' but stores 4.858, so either may be meant."),
    ],
)
def test_a_target_that_is_shown_as_another_figure_stops_the_plan(tmp_path, value, code, problem):
    sheets = good()
    sheets[S.MEASURES.name][0] |= {c.ANNUAL_TARGET: value}
    path = written(tmp_path, sheets, formats={(S.MEASURES.name, c.ANNUAL_TARGET, 2): code})
    with pytest.raises(RagtoolError) as raised:
        read_plan(path)
    assert [(query.cell, query.problem) for query in raised.value.queries] == [("T2", problem)]


def test_what_is_struck_out_in_the_plan_is_said(tmp_path):
    path = written(tmp_path, good())
    book = load_workbook(path)
    page = book[S.SETTINGS.name]
    page["B2"].value = CellRichText(TextBlock(InlineFont(strike=True), "Oldtown "), "Anytown Council")
    book.save(path)
    plan, queries = read_plan(path)
    said = "Part of the cell is struck out ('Oldtown'). It is read as 'Anytown Council'."
    assert (plan.settings.organisation, [query.problem for query in queries]) == ("Anytown Council", [said])


def in_per_cent(sheets: Sheets, **figures: object) -> list[dict[str, Any]]:
    """The first measure of a plan in per cent, with figures by heading, and the rows of its sheet."""
    rows = sheets[S.MEASURES.name]
    rows[0] |= {c.UNIT: "%", c.ANNUAL_TARGET: None} | figures
    return rows


@pytest.mark.parametrize("heading", [*c.YEARS_TARGETS, c.RANGE_LOW, c.RANGE_HIGH, c.RED_BEYOND, c.THREE_YEAR_TARGET])
@pytest.mark.parametrize(("typed", "share", "in_full"), [(0.8, "0.8", "80"), (1, "1", "100"), (-0.05, "-0.05", "-5")])
def test_a_bare_figure_up_to_1_in_per_cent_could_be_either(tmp_path, heading, typed, share, in_full):
    sheets = good()
    in_per_cent(sheets, **{heading: typed})
    usable, (query,) = faults(written(tmp_path, sheets))
    assert (usable, query.cell[-1], query.key) == (STOPS, "2", "P1")
    assert query.problem == (f"'{share}' may mean {share} % or {in_full} %: the cell isn't formatted as a percentage.")
    assert query.what_to_do == f"Type it with its sign: {share}% or {in_full}%, whichever is meant."


@pytest.mark.parametrize(("typed", "figure"), [(0, "0"), (80, "0.8"), (1.5, "0.015"), ("0.8%", "0.008")])
def test_other_figures_in_per_cent_are_so_many_per_cent(tmp_path, typed, figure):
    sheets = good()
    in_per_cent(sheets, **{c.ANNUAL_TARGET: typed, c.THREE_YEAR_TARGET: typed})
    measure = read_plan(written(tmp_path, sheets))[0].measures[0]
    assert (measure.annual, measure.three_year_target) == (Decimal(figure), Decimal(figure))


def test_a_cell_formatted_as_a_percentage_is_that_percentage(tmp_path):
    sheets = good()
    in_per_cent(sheets, **{c.ANNUAL_TARGET: 0.8})
    path = written(tmp_path, sheets, formats={(S.MEASURES.name, c.ANNUAL_TARGET, 2): "0.0%"})
    assert read_plan(path)[0].measures[0].annual == Decimal("0.8")


def test_a_bare_number_typed_as_text_is_no_three_year_target_in_words(tmp_path):
    sheets = good()
    in_per_cent(sheets, **{c.THREE_YEAR_TARGET: "0.8"})
    assert not faults(written(tmp_path, sheets))[0]


def test_a_column_of_bare_fractions_is_one_message(tmp_path):
    sheets = good()
    rows = in_per_cent(sheets, **{c.ANNUAL_TARGET: 0.8})
    rows += [
        ITEM | {c.KEY: f"Q{n}", c.MEASURE: "Rate", c.UNIT: "%", c.BETTER_WHEN: "Higher", c.ANNUAL_TARGET: n / 10}
        for n in range(1, 8)
    ]
    usable, (query,) = faults(written(tmp_path, sheets))
    assert (usable, query.cell, query.key) == (STOPS, "T2", "P1")
    assert query.problem == (
        "'0.8' may mean 0.8 % or 80 %: the cell isn't formatted as a percentage. The same column has such figures for "
        "Q1, Q2, Q3, Q4, Q5 and 2 more too."
    )
    assert "Where 80 % is meant, these cells can be formatted as percentages instead." in query.what_to_do


def test_a_bare_fraction_that_only_a_part_takes_as_per_cent_is_told_where_it_stands(tmp_path):
    sheets = good()
    sheets[S.MEASURES.name][1] |= {c.ANNUAL_TARGET: 0.8}
    sheets[S.MEASURES.name][2] |= {c.ANNUAL_TARGET: None, c.UNIT: "%"}
    usable, queries = faults(written(tmp_path, sheets))
    assert not usable
    assert ("T3", "P2") in [(query.cell, query.key) for query in queries if query.severity is Severity.ERROR]


@pytest.mark.parametrize("key", ["P1", "OLD-1"])
@pytest.mark.parametrize("heading", [c.PERFORMANCE, c.TARGET])
def test_a_bare_fraction_of_an_earlier_quarter_could_be_either_too(tmp_path, heading, key):
    sheets = good()
    in_per_cent(sheets, **{c.FORMERLY: "OLD-1"})
    sheets[S.EARLIER.name][0] |= {c.KEY: key, c.PART: None, heading: 0.8}
    usable, (query,) = faults(written(tmp_path, sheets))
    assert (usable, query.sheet, query.key) == (STOPS, S.EARLIER.name, key)


def test_a_figure_under_a_key_that_a_measure_had_is_in_its_unit(tmp_path):
    sheets = good()
    in_per_cent(sheets, **{c.FORMERLY: "OLD-1"})
    sheets[S.EARLIER.name][0] |= {c.KEY: "OLD-1", c.PART: None, c.PERFORMANCE: 80}
    assert read_plan(written(tmp_path, sheets))[0].earlier_quarters[0].performance == Decimal("0.8")


@pytest.mark.parametrize(
    "unit", ["Percentage", "per cent", "Percent", "PCT", "pct.", "% ", "Per-cent (%)", "%age", "\uff05"]
)
def test_a_unit_in_words_means_per_cent(tmp_path, unit):
    sheets = good()
    in_per_cent(sheets, **{c.UNIT: unit, c.ANNUAL_TARGET: 80})
    measure = read_plan(written(tmp_path, sheets))[0].measures[0]
    assert (measure.unit, measure.annual) == ("%", Decimal("0.8"))


@pytest.mark.parametrize(
    "unit", ["percentage points", "% points", "% of homes", "percentile", "cents", "homes per cent"]
)
def test_other_units_stay_as_they_are(tmp_path, unit):
    sheets = good()
    in_per_cent(sheets, **{c.UNIT: unit, c.ANNUAL_TARGET: 80})
    measure = read_plan(written(tmp_path, sheets))[0].measures[0]
    assert (measure.unit, measure.annual) == (unit, Decimal(80))


@pytest.mark.parametrize("heading", [*c.YEARS_TARGETS, c.RANGE_LOW, c.RANGE_HIGH, c.RED_BEYOND, c.THREE_YEAR_TARGET])
@pytest.mark.parametrize(("unit", "named"), [("homes", "'homes'"), (None, "blank")])
def test_a_percentage_under_another_unit_stops_the_run(tmp_path, heading, unit, named):
    sheets = good()
    in_per_cent(sheets, **{c.UNIT: unit, heading: 0.8})
    usable, (query,) = faults(written(tmp_path, sheets, formats={(S.MEASURES.name, heading, 2): "0%"}))
    assert (usable, query.cell[-1], query.key) == (STOPS, "2", "P1")
    assert query.problem == f"The cell shows 80 %, but the unit is {named}."
    assert query.what_to_do == "Put % under Unit, or format the cell as a number and type the figure again."


def test_a_percentage_of_an_earlier_quarter_under_another_unit_stops_the_run_too(tmp_path):
    sheets = good()
    sheets[S.EARLIER.name][0] |= {c.PERFORMANCE: 0.8}
    usable, (query,) = faults(written(tmp_path, sheets, formats={(S.EARLIER.name, c.PERFORMANCE, 2): "0%"}))
    assert (usable, query.sheet, query.problem) == (
        STOPS,
        S.EARLIER.name,
        "The cell shows 80 %, but the unit is blank.",
    )


def test_a_percentage_of_an_item_that_the_plan_lacks_is_that_percentage(tmp_path):
    sheets = good()
    sheets[S.EARLIER.name][0] |= {c.KEY: "P7", c.PART: None, c.PERFORMANCE: 0.8}
    plan, (query,) = read_plan(written(tmp_path, sheets, formats={(S.EARLIER.name, c.PERFORMANCE, 2): "0%"}))
    assert plan.earlier_quarters[0].performance == Decimal("0.8")
    assert query.problem == "There is no item P7 in the plan, now or formerly."


@pytest.mark.parametrize(
    ("typed", "number_format", "was"),
    [
        (date(2013, 1, 3), "dd-mmm", "the date 3 January 2013"),
        (1.2, "General", "the number 1.2"),
        (0.05, "0%", "5 %"),
        (True, "General", "'Yes'"),
    ],
)
@pytest.mark.parametrize(
    ("sheet", "heading", "row"),
    [
        (S.OUTCOMES, c.OUTCOME_NO, 2),
        (S.KEY_ACTIONS, c.KEY, 2),
        (S.KEY_ACTIONS, c.FORMERLY, 2),
        (S.MILESTONES, c.KEY, 2),
        (S.MILESTONES, c.NO, 2),
        (S.MEASURES, c.KEY, 2),
        (S.MEASURES, c.PART, 4),
        (S.MEASURES, c.FORMERLY, 2),
        (S.EARLIER, c.KEY, 2),
        (S.EARLIER, c.PART, 2),
        (S.OVERRIDES, c.KEY, 2),
    ],
)
def test_a_key_or_number_that_excel_made_of_another_stops_the_run(
    tmp_path, sheet, heading, row, typed, number_format, was
):
    sheets = good()
    sheets[S.OVERRIDES.name] = [{c.QUARTER: "2013/14 Q2"}]
    sheets[sheet.name][row - 2] |= {heading: typed}
    usable, queries = faults(written(tmp_path, sheets, formats={(sheet.name, heading, row): number_format}))
    (query,) = [query for query in queries if "which Excel may have made" in query.problem]
    assert (usable, query.sheet) == (STOPS, sheet.name)
    assert query.problem == f"The cell holds {was}, which Excel may have made of what was typed."
    assert query.what_to_do == "Format the cells of this column as text, and type it again."
    assert "2013-01-03" not in f"{[str(each) for each in queries]}"


def test_keys_and_numbers_may_be_whole_numbers(tmp_path):
    sheets = good()
    sheets[S.KEY_ACTIONS.name][0] |= {c.KEY: 101}
    for step in sheets[S.MILESTONES.name]:
        step[c.KEY] = 101.0
    plan, queries = read_plan(written(tmp_path, sheets))
    assert (plan.key_actions[0].key, plan.milestones[0].key, queries) == ("101", "101", [])


def wrong_in_each_sheet() -> Sheets:
    """A plan with an Error on three of its sheets."""
    sheets = good()
    sheets[S.KEY_ACTIONS.name][0] |= {c.SERVICE_AREA: "Parks"}
    sheets[S.MILESTONES.name][0] |= {c.KEY: "K99"}
    sheets[S.MEASURES.name][0] |= {c.BETTER_WHEN: None}
    return sheets


OPTIONAL_COLUMNS = [
    (sheet, heading)
    for sheet in (S.KEY_ACTIONS, S.MILESTONES, S.MEASURES)
    for heading in (c.OFFICER_LEAD, c.PANEL, c.STATUS, c.STARTS, c.CONTRIBUTING, c.WEIGHT, c.REVISED_DUE)
    if heading in sheet.headings
]


@pytest.mark.parametrize(("sheet", "heading"), OPTIONAL_COLUMNS)
def test_errors_are_all_told_at_once_where_a_column_is_missing(tmp_path, sheet, heading):
    problems = {query.problem for query in faults(written(tmp_path, wrong_in_each_sheet()))[1]}
    assert len(problems) == 3
    queries = faults(written(tmp_path, wrong_in_each_sheet(), without=(sheet.name, heading)))[1]
    assert {query.problem for query in queries} > problems
    assert len(queries) == 4


def test_errors_are_all_told_at_once_with_an_unknown_setting(tmp_path):
    sheets = wrong_in_each_sheet()
    sheets[S.SETTINGS.name] = [{c.SETTING: "Colour", c.VALUE: "Puce"}]
    problems = [query.problem for query in faults(written(tmp_path, sheets))[1]]
    assert len(problems) == 5
    assert "The setting Organisation is blank." in problems


def test_a_measure_in_a_plan_without_units_is_told_of_the_column_alone(tmp_path):
    sheets = good()
    in_per_cent(sheets, **{c.ANNUAL_TARGET: 0.8})
    percent = {(S.MEASURES.name, c.ANNUAL_TARGET, 2): "0%"}
    path = written(tmp_path, sheets, formats=percent, without=(S.MEASURES.name, c.UNIT))
    assert [query.problem for query in faults(path)[1]] == [
        "There is no column headed 'Unit', so nothing on the sheet is used."
    ]


@pytest.mark.parametrize(
    ("sheet", "row", "problem"),
    [
        (S.OUTCOMES, {c.THEME: "Total", c.OUTCOME_NO: 2}, "The row says 'Total', which is no part of the plan."),
        (S.SERVICE_AREAS, {c.SERVICE_AREA: "TOTAL:"}, "The row says 'TOTAL:', which is no part of the plan."),
        (S.KEY_ACTIONS, {c.KEY: "Totals", c.STATUS: 2}, "The row says 'Totals', which is no part of the plan."),
        (S.MILESTONES, {c.MILESTONE: "Total", c.NO: 2}, "The row has no Key, no Due."),
        (
            S.MEASURES,
            {c.MEASURE: "Total", c.ANNUAL_TARGET: "{=SUM(T2:T4)}", c.DECIMALS: 1.5},
            "The row has no Key, no Theme, no Outcome no, no Service area.",
        ),
        (S.EARLIER, {c.QUARTER: "Grand total", c.PERFORMANCE: 9}, "The row has no Quarter, no Key."),
        (S.PANELS, {c.PANEL: "Subtotal"}, "The row says 'Subtotal', which is no part of the plan."),
    ],
)
def test_a_total_row_is_one_message(tmp_path, sheet, row, problem):
    sheets = good()
    sheets[sheet.name].append(row)
    usable, (query,) = faults(written(tmp_path, sheets))
    assert (usable, query.sheet, query.problem) == (STOPS, sheet.name, problem)
    assert query.cell[1:] == str(len(sheets[sheet.name]) + 1)
    assert "elete the row" in query.what_to_do


@pytest.mark.parametrize(
    ("sheet", "status", "choices"),
    [
        (S.KEY_ACTIONS, "Data only", "Active, Under development, Complete, On hold, Closed"),
        (S.MEASURES, "Complete", "Active, Under development, Data only, Closed"),
        (S.MILESTONES, "Closed", "Active, Proposed, Withdrawn"),
    ],
)
def test_a_status_that_an_item_cant_have_is_answered_with_those_that_it_can(tmp_path, sheet, status, choices):
    sheets = good()
    sheets[sheet.name][0] |= {c.STATUS: status}
    usable, (query,) = faults(written(tmp_path, sheets))
    assert (usable, query.what_to_do) == (STOPS, f"Choose one of: {choices}.")


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ({c.REPORTED_IN: "twice a year"}, "'twice a year' does not name quarters."),
        ({c.PROFILE: "S curve"}, "'S curve' is not a profile."),
        (
            {c.BETTER_WHEN: "In range", c.ANNUAL_TARGET: 3},
            "In range needs Range low and Range high; a target isn't used.",
        ),
        ({c.PART: "a", c.WEIGHT: -1}, "A weight can't be negative."),
        ({c.PART: "a", c.WEIGHT: 0}, "All parts have the weight 0, so they make no mean."),
    ],
)
def test_what_no_measure_can_have_is_told(tmp_path, entries, problem):
    sheets = good()
    key = "P2" if c.PART in entries else "P3"
    usual = {} if c.PART in entries else ITEM | {c.MEASURE: "Visits", c.BETTER_WHEN: "Higher"}
    rows = [row for row in sheets[S.MEASURES.name] if c.PART not in entries or c.PART not in row]
    sheets[S.MEASURES.name] = [*rows, usual | {c.KEY: key} | entries]
    _, queries = faults(written(tmp_path, sheets))
    assert [query.problem for query in queries if query.key.startswith(key)] == [problem]


def test_names_are_the_same_whatever_the_shape_of_their_quotes_and_dashes(tmp_path):
    sheets = good()
    straight, curly = "Children's - Care", "children\u2019s \u2010 care"
    sheets[S.SERVICE_AREAS.name].append({c.SERVICE_AREA: straight})
    sheets[S.OUTCOMES.name].append({c.THEME: straight, c.OUTCOME_NO: 1, c.OUTCOME: "O"})
    sheets[S.PANELS.name].append({c.PANEL: straight})
    sheets[S.KEY_ACTIONS.name][0] |= {c.CONTRIBUTING: curly, c.THEME: curly, c.PANEL: curly}
    sheets[S.MILESTONES.name][0] |= {c.SERVICE_AREA: curly}
    sheets[S.MEASURES.name][0] |= {c.SERVICE_AREA: curly, c.KEY: "HS-08"}
    sheets[S.EARLIER.name][0] |= {c.KEY: "hs\u201108", c.PART: None}
    plan, queries = read_plan(written(tmp_path, sheets))
    action = plan.key_actions[0]
    assert queries == []
    assert (action.contributing, action.theme, action.panels) == ((straight,), straight, (straight,))
    assert (plan.milestones[0].area, plan.measures[0].area) == (straight, straight)
    assert plan.earlier_quarters[0].key == "HS-08"


def test_two_service_areas_that_differ_in_a_quote_alone_stand_twice(tmp_path):
    sheets = good()
    sheets[S.SERVICE_AREAS.name] += [{c.SERVICE_AREA: name} for name in ("Children's Care", "Children\u2019s Care")]
    usable, (query,) = faults(written(tmp_path, sheets))
    assert (usable, query.sheet, query.cell) == (STOPS, S.SERVICE_AREAS.name, "A5")


@pytest.mark.parametrize(
    ("green", "amber", "asked"),
    [("90 %", "70 %", 0), ("90 %", "90 %", 0), ("50 %", "100 %", 0), ("100 %", "70 %", 0), ("50 %", "70 %", 1)],
)
def test_the_share_for_amber_lies_under_that_for_green(tmp_path, green, amber, asked):
    plan_of(tmp_path, {"Milestones for Green": green, "Milestones for Amber": amber})
    queries = read_plan(tmp_path / "corporate_plan.xlsx")[1]
    problem = "Milestones for Amber is above Milestones for Green, so no share of milestones makes Amber."
    assert [query.problem for query in queries] == [problem] * asked


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("Milestones for Green", "120 %", "Milestones for Green: 120 % is more than all milestones."),
        ("Milestones for Amber", 70, "Milestones for Amber: '70' may mean 70 % or a share."),
        ("Complete shows as", "Amber", "Complete shows as: 'Amber' is neither Green nor Blue."),
        ("Complete shows as", "Purple", "Complete shows as: 'Purple' is neither Green nor Blue."),
        ("At the intervention level", "Purple", "At the intervention level: 'Purple' is neither Amber nor Red."),
        ("Ask for a forecast", "Sometimes", "Ask for a forecast: 'Sometimes' is neither Yes nor No."),
        ("Financial year starts", "Spring", "Financial year starts: 'Spring' is not a month."),
    ],
)
def test_a_setting_that_cant_be_read_is_an_error(tmp_path, name, value, problem):
    with pytest.raises(RagtoolError, match="put right") as stopped:
        plan_of(tmp_path, {name: value})
    assert [query.problem for query in stopped.value.queries] == [problem]


@pytest.mark.parametrize("heading", [c.INTERVENTION_LEVEL, c.GREEN_WITHIN])
def test_a_level_beside_an_absolute_limit_is_told(tmp_path, heading):
    measure = {c.KEY: "P1", c.BETTER_WHEN: "Higher", "Target Q2": 80, c.RED_BEYOND: 60}
    alone, beside = tmp_path / "alone", tmp_path / "beside"
    alone.mkdir()
    beside.mkdir()
    assert list(measures_can_be_rated(plan_of(alone, measures=[measure]))) == []
    [query] = measures_can_be_rated(plan_of(beside, measures=[measure | {heading: "5 %"}]))
    assert query.problem == f"Red beyond is an absolute limit, beside which {heading} isn't used."


def test_a_level_that_a_part_has_from_its_measure_is_not_told_beside_the_parts_limit(tmp_path):
    whole = {c.KEY: "P1", c.BETTER_WHEN: "Higher", c.INTERVENTION_LEVEL: "5 %"}
    part = {c.KEY: "P1", c.PART: "1", "Target Q2": 80, c.RED_BEYOND: 60}
    assert list(measures_can_be_rated(plan_of(tmp_path, measures=[whole, part]))) == []
