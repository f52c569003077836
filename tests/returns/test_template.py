"""The return that officers fill in, and the plan workbook that the manager fills in."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from officers import seen, table, table_cells
from plans import AREA, FIRST_ROW, HEADING_ROW, OTHER_AREA, heading_of, plan_of
from ragtool import columns as c
from ragtool.history.earlier import Earlier
from ragtool.history.reported import Reported
from ragtool.model import DataStatus, Kind, MilestoneStatus, NoneDue, Rating, Settings, item_id
from ragtool.plan.column_notes import COLUMNS, SETTINGS
from ragtool.plan.due_milestones import DueMilestone
from ragtool.plan.plan import Measure
from ragtool.plan.plan_reading import read_plan
from ragtool.plan.plan_workbook import blank_settings, write_plan
from ragtool.plan.settings import SETTING_NAMES
from ragtool.quarter.carrying import plan_milestones
from ragtool.quarters import Quarter
from ragtool.returns.note_openings import NOTES_BEGIN
from ragtool.returns.one_return import read_return
from ragtool.returns.template import guidance_texts
from ragtool.returns.template.area_items import items_by_area
from ragtool.returns.template.gaps import gaps_in
from ragtool.returns.template.return_cells import last_reported
from ragtool.returns.template.template import write_return
from ragtool.returns.whose_return import Owner
from ragtool.sheets.typed_rows import values_of

R, S = c.ReturnSheets, c.PlanSheets
Q2 = Quarter(2013, 2)
SAMPLE = Path(__file__).parents[2] / "samples" / "data" / "2013-14 Q2"

KEY_ACTIONS = (
    {c.KEY: "K1", c.KEY_ACTION: "Fix potholes", c.ACTION_PLAN: "Yes", c.CONTRIBUTING: OTHER_AREA},
    {c.KEY: "K2", c.KEY_ACTION: "Pay for potholes", c.SERVICE_AREA: OTHER_AREA},
    {c.KEY: "K3", c.STATUS: "Closed"},
    {c.KEY: "K4", c.ENDS: "2013/14 Q1"},
    {c.KEY: "K5"},
)
MILESTONES = (
    {c.KEY: "K2", c.NO: "1", c.SERVICE_AREA: AREA, c.DUE: "2013/14 Q2"},
    {c.KEY: "K2", c.NO: "2", c.DUE: "2013/14 Q2"},
    {c.KEY: "K1", c.NO: "1", c.DUE: "2013/14 Q1"},
    {c.KEY: "K1", c.NO: "1", c.DUE: "2013-09-14"},
    {c.KEY: "K1", c.NO: "2", c.DUE: "2013/14 Q2", c.SERVICE_AREA: OTHER_AREA},
    {c.KEY: "K1", c.NO: "1", c.DUE: "2013/14 Q3"},
    {c.KEY: "K3", c.NO: "1", c.DUE: "2013/14 Q2"},
)
MEASURES = (
    {c.KEY: "P1", c.UNIT: "%", c.DECIMALS: 1, c.BETTER_WHEN: "Higher", "Target Q2": "74.25%", c.DATA_SOURCE: "Survey"},
    {c.KEY: "P2", c.BETTER_WHEN: "Higher", c.BASIS: "Year to date"},
    {c.KEY: "P2", c.PART: "1", c.PART_DESCRIPTION: "Roads", c.ANNUAL_TARGET: 31, c.PROFILE: "Straight line"},
    {c.KEY: "P2", c.PART: "2", c.PART_DESCRIPTION: "Bills", c.ANNUAL_TARGET: 4, c.SERVICE_AREA: OTHER_AREA},
    {c.KEY: "P3", c.BETTER_WHEN: "In range", c.RANGE_LOW: 10, c.RANGE_HIGH: 20, c.BASIS: "Latest available"},
    {c.KEY: "P4", c.BETTER_WHEN: "Lower", "Target Q2": 36.6, c.TARGET_PERIOD: "2011/12", c.BASIS: "Latest available"},
    {c.KEY: "P5", c.BETTER_WHEN: "In range", c.RANGE_HIGH: "80%", c.UNIT: "%"},
    {c.KEY: "P6", c.BETTER_WHEN: "Higher"},
    {c.KEY: "P7", c.BETTER_WHEN: "Higher", c.BASIS: "Year to date", c.ANNUAL_TARGET: 9},
    {c.KEY: "P8", c.STATUS: "Closed", c.BETTER_WHEN: "Higher"},
    {c.KEY: "P9", c.STATUS: "Data only"},
)
SETTINGS_GIVEN = {
    "Contact": "performance@anytown.example",
    "Return deadline": "2013-10-18",
    "Intervention level": "5 %",
}


@pytest.fixture
def plan(tmp_path):
    return plan_of(tmp_path, SETTINGS_GIVEN, KEY_ACTIONS, MILESTONES, MEASURES)


def asked(plan, area=AREA):
    """What an area's return asks for."""
    return items_by_area(plan, Q2, [step for step in plan_milestones(plan, Q2).shown if step.counts])[area]


def returned(plan, area=AREA, entries=None):
    """A return as openpyxl opens it, only to be looked at."""
    target = BytesIO()
    write_return(target, plan, Q2, asked(plan, area), entries)
    return seen(target.getvalue())


def rows(sheet):
    """A sheet's rows as dictionaries by heading, blank cells left out."""
    headings, *body = ([cell.value for cell in row] for row in table_cells(sheet))
    return [{h: v for h, v in zip(headings, row, strict=False) if v is not None} for row in body]


def column(sheet, heading):
    """The cells under a heading."""
    headings, *body = table_cells(sheet)
    place = [cell.value for cell in headings].index(heading)
    return [row[place] for row in body]


def test_every_sheet_has_its_headings_and_only_identification_is_hidden(plan):
    book = returned(plan)
    assert book.sheetnames == [R.GUIDANCE, *(sheet.name for sheet in R.TABLES), R.ABOUT.name]
    for sheet in R.TABLES:
        assert tuple(cell.value for cell in table_cells(book[sheet.name])[0]) == sheet.headings
        assert book[sheet.name]["A1"].value == f"{sheet.name}: {AREA}, 2013/14 Q2"
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == [R.ABOUT.name]
    about = {row[c.FIELD]: row[c.VALUE] for row in rows(book[R.ABOUT.name]) if c.FIELD in row}
    assert tuple(about) == c.About.ALL
    assert about[c.About.SERVICE_AREA] == AREA
    assert about[c.About.QUARTER] == "2013/14 Q2"
    assert about[c.About.PLAN_FINGERPRINT] == plan.fingerprint


def test_a_return_holds_what_its_own_service_area_answers_for(plan):
    book, other = returned(plan), returned(plan, OTHER_AREA)
    assert [row[c.KEY] for row in rows(book["Key actions"])] == ["K1", "K5"]
    assert [row[c.KEY] for row in rows(other["Key actions"])] == ["K2"]
    steps = [(row[c.KEY], row[c.NO], row.get(c.CARRIED_FROM)) for row in rows(book["Milestones"])]
    assert steps == [("K1", "1", "2013/14 Q1"), ("K1", "1", None), ("K2", "1", None)]
    assert [(row[c.KEY], row[c.NO]) for row in rows(other["Milestones"])] == [("K1", "2"), ("K2", "2")]
    measures = [(row[c.KEY], row.get(c.PART)) for row in rows(book["Measures"])]
    assert measures == [("P1", None), ("P2", None), ("P2", "1"), *((f"P{n}", None) for n in (3, 4, 5, 6, 7, 9))]
    assert [row[c.MEASURE] for row in rows(other["Measures"])] == ["Measure P2: Bills"]


def test_only_entry_cells_are_open(plan):
    book = returned(plan)
    for sheet in R.TABLES:
        page = book[sheet.name]
        assert page.protection.sheet
        assert not page.protection.password
        for heading in sheet.headings:
            for row, cell in zip(rows(page), column(page, heading), strict=False):
                by_parts = row.get(c.TARGET) == "Rated on its parts"
                figures = (c.PERFORMANCE, c.PERIOD, c.DATA_AS_AT, c.DATA_STATUS, c.DATA_SOURCE)
                entry = heading in c.ENTRY_HEADINGS[sheet.name] and not (by_parts and heading in figures)
                assert cell.protection.locked is not entry, (sheet.name, cell.coordinate)
                fill = cell.fill.fgColor.rgb[2:] if cell.fill.fill_type else "none"
                assert fill in (("FFF8DC",) if entry else ("F2F2F2", "none"))


def test_the_target_is_what_the_rule_holds_the_figure_against(plan):
    shown = {(row[c.KEY], row.get(c.PART)): row for row in rows(returned(plan)["Measures"])}
    targets = {key: row[c.TARGET] for key, row in shown.items()}
    assert targets == {
        ("P1", None): 0.7425,
        ("P2", None): "Rated on its parts",
        ("P2", "1"): 15.5,
        ("P3", None): "10 to 20",
        ("P4", None): 36.6,
        ("P5", None): "80 % or less",
        ("P6", None): "Not set yet",
        ("P7", None): "Not due this quarter",
        ("P9", None): "Data only",
    }


def test_what_the_plan_knows_is_filled_in(plan):
    book = returned(plan)
    measures = {(row[c.KEY], row.get(c.PART)): row for row in rows(book["Measures"])}
    assert measures[("P1", None)][c.PERIOD] == "2013/14 Q2"
    assert measures[("P1", None)][c.DATA_SOURCE] == "Survey"
    assert measures[("P4", None)][c.PERIOD] == measures[("P4", None)][c.TARGET_PERIOD] == "2011/12"
    assert c.PERIOD not in measures[("P3", None)]
    assert c.PERIOD not in measures[("P2", None)]
    assert rows(book["Key actions"])[0][c.ACTION_PLAN] == "Yes"


def test_figures_are_shown_in_their_unit(plan):
    page = returned(plan)["Measures"]
    formats = [cell.number_format for cell in column(page, c.PERFORMANCE)]
    assert formats[0] == "0.0%"
    assert formats[2] == "General"
    assert [cell.number_format for cell in column(page, c.TARGET)][:3] == ["0.00%", "General", "#,##0.0"]
    assert {cell.number_format for cell in column(page, c.PERIOD)[2:]} == {"@"}


def test_a_shortfall_of_ninety_times_the_target_still_fits_its_column(plan):
    page = returned(plan)["Measures"]
    letter = column(page, c.SHORTFALL)[0].column_letter
    assert page.column_dimensions[letter].width >= len("9200.0% better")


ENTRIES: dict[str, list[dict[str, object]]] = {
    R.KEY_ACTIONS.name: [{c.KEY: "K1", c.OWN_RATING: Rating.RED, c.REASON_OWN: "- a risk", c.ACTION_PLAN: "No"}],
    R.MILESTONES.name: [
        {c.KEY: "K1", c.NO: "1", c.CARRIED_FROM: Quarter(2013, 1), c.STATUS: MilestoneStatus.OVERDUE}
        | {c.RESOLUTION: "=1+1", c.REVISED_DATE: date(2014, 1, 31)},
        {c.KEY: "K1", c.NO: "1", c.STATUS: MilestoneStatus.COMPLETE, c.COMPLETED_ON: date(2013, 9, 1)}
        | {c.QUALITY_CONCERN: True},
        {c.KEY: "K1", c.NO: "2", c.STATUS: MilestoneStatus.OVERDUE},
    ],
    R.MEASURES.name: [
        {c.KEY: "P1", c.PERFORMANCE: Decimal("0.744"), c.DATA_STATUS: DataStatus.PROVISIONAL, c.PERIOD: "2012/13"},
        {c.KEY: "P2", c.PART: "1", c.PERFORMANCE: Decimal(14), c.BY_WHEN: date(2014, 3, 31), c.HIGHLIGHT: "@home"},
        {c.KEY: "P6", c.DATA_STATUS: DataStatus.NOT_AVAILABLE, c.DATA_AS_AT: date(2013, 9, 30)},
    ],
    R.NEXT.name: [{c.KEY: "K1", c.MILESTONE: "+1 team", c.DUE: Quarter(2013, 3)}],
    R.REVISIONS.name: [
        {c.KEY: "P1", c.QUARTER: Quarter(2013, 1), c.REVISED_PERFORMANCE: Decimal("0.7"), c.REASON: "Recount"}
    ],
    R.SIGN_OFF.name: [
        {c.FIELD: c.SignOff.SIGNED_OFF_BY, c.ENTRY: "Head of Highways"},
        {c.FIELD: c.SignOff.DATE, c.ENTRY: date(2013, 10, 14)},
    ],
}


def entered():
    """Entries as `write_return` takes them, what is blank as None."""
    return {sheet.name: [dict.fromkeys(sheet.headings) | row for row in ENTRIES[sheet.name]] for sheet in R.TABLES}


def test_what_is_entered_is_read_back(plan, tmp_path):
    path = tmp_path / "2013-14 Q2 Highways.xlsx"
    write_return(path, plan, Q2, asked(plan), entered())
    back = read_return(path, Owner.of(plan))
    assert back.queries == ()
    assert (back.area, back.quarter) == (AREA, Q2)
    action = back.key_actions[0]
    assert (action.own_rating, action.own_reason, action.action_plan) == (Rating.RED, "- a risk", "No")
    carried, due, other = back.milestones
    assert (carried.status, carried.resolution) == (MilestoneStatus.OVERDUE, "=1+1")
    assert (carried.carried_from, carried.revised_date) == (Quarter(2013, 1), date(2014, 1, 31))
    assert (due.status, due.completed_on, due.quality_concern) == ("Complete", date(2013, 9, 1), True)
    assert other.status is None
    assert rows(openpyxl.load_workbook(path)["Key actions"])[0][c.OWN_RATING] == "Red"
    measures = {(row.key, row.part): row for row in back.measures}
    figure = measures[("P1", None)].performance
    assert figure is not None
    assert figure.value == 0.744
    assert measures[("P1", None)].period == "2012/13"
    assert measures[("P2", "1")].by_when == date(2014, 3, 31)
    assert measures[("P2", "1")].highlight == "@home"
    assert measures[("P6", None)].data_status is DataStatus.NOT_AVAILABLE
    assert [row.title for row in back.proposals] == ["+1 team"]
    assert [row.quarter for row in back.corrections] == [Quarter(2013, 1)]
    assert back.sign_off.on == date(2013, 10, 14)


def test_text_stays_text(plan):
    book = returned(plan, entries=entered())
    formulas = [cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    headings = {cell.column_letter for cell in book["Milestones"][2] if cell.value == c.RESOLUTION}
    assert headings
    assert not any(cell.startswith(tuple(headings)) for cell in formulas if cell.endswith("3"))
    assert rows(book["Milestones"])[0][c.RESOLUTION] == "=1+1"
    assert all(cell.data_type != "f" for row in book["Milestones"].iter_rows() for cell in row)


def test_every_entry_cell_has_a_message_and_closed_choices_have_a_list(plan):
    book = returned(plan)
    for sheet in R.TABLES[:-1]:
        page = book[sheet.name]
        rules = [rule for rule in page.data_validations.dataValidation if rule.showInputMessage]
        for heading in c.ENTRY_HEADINGS[sheet.name]:
            if heading == c.FORECAST:  # in the returns of plans that ask for one
                continue
            cells = [cell for cell in column(page, heading) if not cell.protection.locked]
            assert cells
            assert all(any(cell.coordinate in rule.sqref for rule in rules) for cell in cells), heading
    lists = {
        (sheet.title, rule.promptTitle): rule.formula1
        for sheet in book
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert lists[("Milestones", c.STATUS)] == '"Complete,Overdue"'
    assert lists[("Measures", c.OWN_RATING)] == lists[("Key actions", c.OWN_RATING)] == '"Green,Amber,Red"'
    assert lists[("Measures", c.DATA_STATUS)] == '"Final,Provisional,No newer data,Not available"'
    assert lists[("Revisions", c.QUARTER)].startswith('"2013/14 Q1,2012/13 Q4')
    assert lists[("Next milestones", c.KEY)] == "'About this return'!$D$2:$D$4"
    assert [cell.value for cell in book[R.ABOUT.name]["D"][1:4]] == ["K1", "K5", "K2"]


def test_sheets_keep_their_keys_in_view_and_print_on_a4(plan):
    book = returned(plan)
    frozen = {"Key actions": "C3", "Milestones": "E3", "Measures": "D3"}
    for sheet in R.TABLES:
        page = book[sheet.name]
        assert page.freeze_panes == frozen.get(sheet.name, "B3")
        assert page.print_title_rows == "$2:$2"
        assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
        assert "Anytown Council" in page.oddHeader.left.text
        assert page.oddHeader.center.text.strip() == AREA
        assert "2013/14 Q2" in page.oddHeader.right.text
        assert "2013/14 Q2" in page.oddFooter.center.text


def test_the_same_inputs_give_the_same_bytes(plan):
    one, other = BytesIO(), BytesIO()
    write_return(one, plan, Q2, asked(plan), entered())
    write_return(other, plan, Q2, asked(plan), entered())
    assert one.getvalue() == other.getvalue()


def cached(plan, entries):
    """What the Guidance sheet counts as missing, by what it says of it, before Excel calculates."""
    target = BytesIO()
    write_return(target, plan, Q2, asked(plan), entries)
    page = openpyxl.load_workbook(target, data_only=True)[R.GUIDANCE]
    said = {gap.what for gap in gaps_in(date(2013, 9, 30))}
    return {row[1]: row[0] for row in page.iter_rows(values_only=True) if row[1] in said}


def test_missing_entries_are_counted(plan):
    blank = {what: count for what, count in cached(plan, None).items() if count}
    assert blank == {
        "Milestones without a status": 3,
        "Measures without a figure, or with words in place of one": 5,
        "Nobody has signed it off": 1,
    }
    some = {what: count for what, count in cached(plan, entered()).items() if count}
    assert some == {
        "Milestones without a status": 1,
        "Quality concerns without a proposed resolution": 1,
        "Measures without a figure, or with words in place of one": 3,
        "Figures without their period or data status": 1,
        "Amber or Red measures and Red parts without a proposed resolution": 1,
    }


def guidance(plan):
    page = returned(plan)[R.GUIDANCE]
    return "\n".join(str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None)


def test_the_guidance_says_by_when_to_whom_and_by_which_levels(plan):
    said = guidance(plan)
    for text in ("18 October 2013", "performance@anytown.example", "Head of Highways", "up to 5 % of it"):
        assert text in said
    assert "only the report can rate it" in said, "P2 has a part in another return"
    assert "Blue" not in said


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (Settings(blue_beyond=Decimal("0.1")), "Better than target by more than 10 % of it."),
        (Settings(at_the_intervention_level=Rating.RED), "Target missed by 15 % or more of it."),
        (Settings(green_within=Decimal("0.05")), "or missed by no more than 5 % of it."),
        (Settings(amber_needs_improvement=True), "better than in the same quarter of last year"),
        (Settings(no_milestones_due=NoneDue.GREEN), "Also where none is due."),
        (Settings(no_milestones_due=NoneDue.NOT_DUE), "or no milestone is due"),
    ],
)
def test_the_meanings_follow_the_settings(settings, said):
    assert said in "\n".join(" ".join(row) for row in guidance_texts.meanings(settings, []))


def test_a_return_with_a_stretch_target_says_what_blue_is_and_each_level_of_a_measures_own(tmp_path):
    measures: list[dict[str, object]] = [
        {c.KEY: "P1", c.BETTER_WHEN: "Higher", "Target Q2": 60, c.STRETCH_TARGET: 70},
        {
            c.KEY: "P2",
            c.BETTER_WHEN: "Higher",
            "Target Q2": 60,
            c.INTERVENTION_LEVEL: "5 points",
            c.GREEN_WITHIN: "2 %",
        },
        {c.KEY: "P3", c.BETTER_WHEN: "In range", c.RANGE_LOW: 5, c.RANGE_HIGH: 9, c.RED_BELOW: 2, c.RED_ABOVE: 12},
        {c.KEY: "P4", c.BETTER_WHEN: "Lower", "Target Q2": 5, c.RED_BEYOND: 9},
        {c.KEY: "P5", c.BETTER_WHEN: "Lower", "Target Q2": 5},
    ]
    said = guidance(plan_of(tmp_path, measures=measures))
    assert "Stretch target met." in said
    assert (
        "Measures with limits of their own: P2 5 points, Green within 2 %; P3 Red below 2 and above 12; P4 Red past 9."
    ) in said


# The plan workbook


def sample_rows():
    """The sample plan's CSV files by sheet."""
    sheets = {}
    for sheet in S.ALL:
        with (SAMPLE / f"plan_{sheet.name.casefold().replace(' ', '_')}.csv").open(
            encoding="utf-8", newline=""
        ) as file:
            sheets[sheet.name] = list(csv.DictReader(file))
    return sheets


def test_a_blank_plan_has_every_setting_and_nothing_that_is_read_as_data(tmp_path):
    path = tmp_path / "corporate_plan.xlsx"
    write_plan(path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [S.README, S.EXAMPLES, *(sheet.name for sheet in S.ALL), S.LISTS]
    for sheet in S.ALL:
        assert tuple(cell.value for cell in book[sheet.name][HEADING_ROW]) == sheet.headings
    assert all(table(path, sheet.name) == [] for sheet in S.ALL[1:])
    settings = [row[c.SETTING] for row in table(path, S.SETTINGS.name)]
    assert list(SETTINGS) == list(SETTING_NAMES.values()) == settings


def test_a_blank_plans_settings_are_the_usual_ones(tmp_path):
    plan = plan_of(tmp_path, {str(row[c.SETTING]): row[c.VALUE] for row in blank_settings()})
    assert plan.settings == Settings()


def test_every_column_of_the_plan_has_its_note():
    assert {name: tuple(notes) for name, notes in COLUMNS.items()} == {sheet.name: sheet.headings for sheet in S.ALL}
    assert max(len(note.text) for notes in COLUMNS.values() for note in notes.values()) <= 255


def test_the_sample_plan_is_written_as_its_manager_means_it(tmp_path):
    path = tmp_path / "corporate_plan.xlsx"
    write_plan(path, sample_rows())
    plan, queries = read_plan(path)
    assert queries == []
    assert (len(plan.key_actions), len(plan.milestones), len(plan.measures)) == (42, 164, 41)
    assert plan.settings.meeting_date == date(2013, 11, 12)
    assert plan.settings.intervention_level == Decimal("0.15")
    measures = {(measure.key, measure.part): measure for measure in plan.measures}
    assert measures[("P6", "1")].targets[1] == Decimal("0.4825")
    assert measures[("P11", None)].three_year_target == "Top quartile"
    page = openpyxl.load_workbook(path)["Measures"]
    cells = [row[heading_of(page, "Target Q2").column - 1] for row in page.iter_rows(min_row=FIRST_ROW)]
    shown = {cell.number_format for cell in cells if cell.value is not None}
    assert shown == {"0%", "0.00%", "#,##0", "#,##0.0"}


def measure_row(measure: Measure) -> dict[str, object]:
    """What a measure or part of the plan holds, by heading."""
    return {
        c.KEY: measure.key,
        c.PART: measure.part,
        c.MEASURE: measure.title,
        c.PART_DESCRIPTION: measure.part_description,
        c.THEME: measure.theme,
        c.OUTCOME_NO: measure.outcome_no,
        c.PORTFOLIO_LEAD: measure.portfolio_leads,
        c.OFFICER_LEAD: measure.officer_leads,
        c.SERVICE_AREA: measure.area,
        c.PANEL: measure.panels,
        c.UNIT: measure.unit,
        c.DECIMALS: measure.decimals,
        c.BETTER_WHEN: measure.better_when,
        c.BASIS: measure.basis,
        c.PROFILE: measure.straight_line,
        **dict(zip(c.TARGET_QUARTERS, measure.targets, strict=True)),
        c.ANNUAL_TARGET: measure.annual,
        c.RANGE_LOW: measure.low,
        c.RANGE_HIGH: measure.high,
        c.TARGET_PERIOD: measure.target_period,
        c.THREE_YEAR_TARGET: measure.three_year_target,
        c.INTERVENTION_LEVEL: measure.level,
        c.STRETCH_TARGET: measure.stretch,
        c.GREEN_WITHIN: measure.green_within,
        c.RED_BEYOND: measure.red_beyond,
        c.RED_BELOW: measure.red_below,
        c.RED_ABOVE: measure.red_above,
        c.BENCHMARK: measure.benchmark,
        c.BENCHMARK_IS: measure.benchmark_is,
        c.INDEX_METHOD: measure.method,
        c.WEIGHT: measure.weight,
        c.REPORTED_IN: measure.reported_in,
        c.DATA_SOURCE: measure.data_source,
        c.STATUS: measure.status,
        c.STARTS: measure.starts,
        c.ENDS: measure.ends,
        c.FORMERLY: measure.formerly,
    }


def test_a_plan_takes_what_its_rows_hold(tmp_path):
    """The plan written again from its own typed values is the same plan."""
    path, again = tmp_path / "corporate_plan.xlsx", tmp_path / "again.xlsx"
    write_plan(path, sample_rows())
    plan, _ = read_plan(path)
    sheets: dict[str, Sequence[Mapping[str, object]]] = {
        S.OUTCOMES.name: [values_of(row) for row in plan.outcomes],
        S.SERVICE_AREAS.name: [values_of(row) for row in plan.service_areas],
        S.KEY_ACTIONS.name: [values_of(row) for row in plan.key_actions],
        S.MILESTONES.name: [values_of(row) for row in plan.milestones],
        S.MEASURES.name: [measure_row(row) for row in plan.measures],
    }
    for sheet in S.ALL[1:6]:
        assert all(set(row) == set(sheet.headings) for row in sheets[sheet.name])
    write_plan(again, {S.SETTINGS.name: sample_rows()[S.SETTINGS.name]} | sheets)
    same, queries = read_plan(again)
    assert queries == []
    assert same.fingerprint == plan.fingerprint


def test_the_plans_closed_choices_have_lists(tmp_path):
    write_plan(tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    lists = {
        (sheet.title, rule.promptTitle): rule.formula1
        for sheet in book
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert lists[("Measures", c.BETTER_WHEN)] == '"Higher,Lower,More than,Less than,In range"'
    assert lists[("Measures", c.BASIS)] == '"Quarter,Year to date,Year-to-date rate,Latest available"'
    assert lists[("Milestones", c.STATUS)] == '"Active,Proposed,Withdrawn"'
    assert lists[("Key actions", c.STATUS)] == '"Active,Under development,Complete,On hold,Closed"'
    assert lists[("Key actions", c.RATED_BY)] == '"Milestones,Officer"'
    assert lists[("Settings", "No milestones due")] == '"Not due,Green,Previous rating"'
    assert lists[("Settings", "At the intervention level")] == '"Amber,Red"'
    assert lists[("Settings", "Complete shows as")] == '"Green,Blue"'
    assert lists[("Settings", "Ask for a forecast")] == '"Yes,No"'


def test_the_same_plan_gives_the_same_bytes():
    one, other = BytesIO(), BytesIO()
    write_plan(one, sample_rows())
    write_plan(other, sample_rows())
    assert one.getvalue() == other.getvalue()


def reported(key: str, figure: str, unit: str = "", period: str | None = None) -> Reported:
    """What was reported of a measure in the first quarter."""
    quarter = Quarter(2013, 1)
    return Reported(quarter=quarter, kind=Kind.MEASURE, key=key, performance=Decimal(figure), unit=unit, period=period)


def test_a_return_says_what_figure_is_wanted_and_what_the_last_one_was(tmp_path):
    measures: list[dict[str, object]] = [
        {c.KEY: "P1", c.BETTER_WHEN: "Higher", c.UNIT: "%", c.BASIS: "Year to date", "Target Q2": "50%"},
        {c.KEY: "P2", c.BETTER_WHEN: "Higher", c.INTERVENTION_LEVEL: "7.5 %", "Target Q2": 60},
        {c.KEY: "P3", c.BETTER_WHEN: "Lower", c.RED_BEYOND: 9, "Target Q2": 5},
        {c.KEY: "P4", c.STATUS: "Under development"},
    ]
    plan = plan_of(tmp_path, measures=measures)
    earlier = Earlier(
        {
            item_id("P1"): [reported("P1", "0.415", "%", "Apr-Jun 2013")],
            item_id("P2"): [reported("P2", "55.5")],
            item_id("P3"): [reported("P3", "4", "days")],  # in another unit than now
        }
    )
    items = items_by_area(plan, Quarter(2013, 2), [])[AREA]
    write_return(tmp_path / "return.xlsx", plan, Quarter(2013, 2), items, None, earlier)
    sheet = openpyxl.load_workbook(tmp_path / "return.xlsx")[R.MEASURES.name]
    columns = {cell.value: number for number, cell in enumerate(sheet[2], 1)}
    wanted = (c.BASIS, c.INTERVENTION_LEVEL, c.LAST_FIGURE, c.LAST_PERIOD)
    shown = [tuple(sheet.cell(row, columns[heading]).value for heading in wanted) for row in range(3, 7)]
    assert shown == [
        ("Year to date", 0.15, 0.415, "Apr-Jun 2013"),
        ("Quarter", 0.075, 55.5, "2013/14 Q1"),
        ("Quarter", "Red past 9", None, None),
        ("Quarter", None, None, None),
    ]
    assert all(sheet.cell(3, columns[heading]).protection.locked for heading in wanted)
    assert sheet.cell(3, columns[c.LAST_FIGURE]).number_format == "0.0%"


def test_a_carried_milestone_says_what_was_last_reported():
    step = DueMilestone(
        key="K1",
        no="2",
        text="Opened",
        area=AREA,
        due=Quarter(2013, 1),
        first_due=Quarter(2013, 1),
        carried_from=Quarter(2013, 1),
        last_resolution="Tendered again.",
        last_revised_date=date(2013, 11, 4),
    )
    assert last_reported(step) == "Tendered again.\nRevised date: 4 November 2013."
    assert last_reported(replace(step, carried_from=None)) == ""


def test_a_forecast_is_asked_for_only_where_the_plan_wants_one(tmp_path):
    asking = plan_of(tmp_path, {**SETTINGS_GIVEN, "Ask for a forecast": "Yes"}, KEY_ACTIONS, MILESTONES, MEASURES)
    book = returned(asking)
    for sheet in (R.KEY_ACTIONS, R.MEASURES):
        headings = [cell.value for cell in book[sheet.name][2]]
        assert tuple(headings) == c.with_asked_columns(sheet, {c.FORECAST}).headings
        assert headings[headings.index(c.FORECAST) - 1] == c.REASON_OWN
        assert all(not cell.protection.locked for cell in column(book[sheet.name], c.FORECAST))
    lists = {
        (sheet.title, rule.promptTitle): rule.formula1
        for sheet in book
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert lists[("Measures", c.FORECAST)] == lists[("Key actions", c.FORECAST)] == '"Blue,Green,Amber,Red"'
    assert "Forecast: choose the colour" in guidance(asking)
    assert "Key actions and measures without a forecast" in guidance(asking)


def test_without_that_a_return_has_no_such_column(plan):
    book = returned(plan)
    for sheet in (R.KEY_ACTIONS, R.MEASURES):
        assert tuple(cell.value for cell in book[sheet.name][2]) == sheet.headings
        assert c.FORECAST not in sheet.headings
    assert c.FORECAST.lower() not in guidance(plan).lower()


def test_what_rates_key_actions_is_said_in_the_guidance(tmp_path):
    settings = {**SETTINGS_GIVEN, "Milestones for Green": "90 %", "Milestones for Amber": "70 %"}
    actions = [{c.KEY: "K1", c.RATED_BY: "Officer"}, {c.KEY: "K9", c.STATUS: "On hold"}]
    plan = plan_of(tmp_path, {**settings, "Complete shows as": "Blue"}, actions, (), MEASURES)
    text = guidance(plan)
    for said in (
        "At least 90 % of the milestones complete.",
        "At least 90 % complete, at least one with a quality concern. Also where at least 70 % are complete.",
        "One overdue, and less than 70 % complete.",
        "Delivered in an earlier quarter.",
        "Rated by you, with your own rating: K1. Without one they are Not returned.",
        "On hold, so not rated; nothing is asked of its milestones.",
        "K1 is a key action that you rate yourself, whatever the milestones say",
        "Starts later, or no milestone is due of one that you don't rate.",
        "Key actions that you rate yourself, without an own rating",
        "Own ratings of Amber or Red without a reason, for key actions that you rate yourself",
    ):
        assert said in text, said


def test_what_guidance_says_at_its_end_is_known_as_the_templates_own(tmp_path):
    settings = {**SETTINGS_GIVEN, "Amber needs improvement": "Yes", "No milestones due": "Previous rating"}
    actions = [{c.KEY: "K1", c.RATED_BY: "Officer"}, {c.KEY: "K2", c.CONTRIBUTING: OTHER_AREA}]
    steps: list[dict[str, object]] = [
        {c.KEY: "K2", c.NO: 1, c.DUE: "2013/14 Q2"},
        {c.KEY: "K2", c.NO: 2, c.DUE: "2013/14 Q2", c.SERVICE_AREA: OTHER_AREA},
    ]
    measures: list[dict[str, object]] = [
        {c.KEY: "M1", c.UNIT: "homes", c.BETTER_WHEN: "Higher", "Target Q2": 80, c.RED_BEYOND: 60},
        {c.KEY: "M2", c.UNIT: "homes", c.BETTER_WHEN: "Higher"},
        {c.KEY: "M2", c.PART: 1, "Target Q2": 80},
        {c.KEY: "M2", c.PART: 2, "Target Q2": 80, c.SERVICE_AREA: OTHER_AREA},
    ]
    text = guidance(plan_of(tmp_path, settings, actions, steps, measures))
    notes = text[text.index(NOTES_BEGIN[0]) :].splitlines()
    assert [line for line in notes if not line.startswith(NOTES_BEGIN)] == []
    assert [begins for begins in NOTES_BEGIN if not any(line.startswith(begins) for line in notes)] == []
