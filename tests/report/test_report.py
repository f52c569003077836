"""The report and the panels' reports, as workbooks that other programs and people read."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pandas as pd
import pytest

from ragtool import columns as c
from ragtool.columns import PanelSheets, ReportSheets
from ragtool.frames import records
from ragtool.looks import fitting
from ragtool.looks.printing import A3, A4, pages_high, printed_height, printed_width
from ragtool.model import Rating, Settings
from ragtool.quarters import Quarter
from ragtool.report import write_panel_report, write_report
from ragtool.results.panels import for_panel
from ragtool.results.results import EXTRA, MEASURE_EXTRA, RATING, STATE, Results

Q1, Q2 = Quarter(2013, 1), Quarter(2013, 2)
ACTION_COLUMNS = [h for h in ReportSheets.KEY_ACTIONS.headings if h != c.MILESTONE_DUE] + list(EXTRA)
MEASURE_COLUMNS = list(dict.fromkeys((*ReportSheets.MEASURES.headings, *EXTRA, *MEASURE_EXTRA)))
TABLES = (ReportSheets.KEY_ACTIONS, ReportSheets.MEASURES, ReportSheets.EXCEPTIONS, ReportSheets.MILESTONES) + (
    ReportSheets.NEXT_QUARTER,
    ReportSheets.PANELS,
    ReportSheets.GLOSSARY,
    ReportSheets.RETURNS,
    ReportSheets.QUERIES,
    ReportSheets.REVISIONS,
    ReportSheets.DATA,
)
FILLS = {"R": "D4351C", "A": "FFBF00", "G": "00703C", "B": "1D70B8", "TBC": "D9D9D9", "NR": "D9D9D9"}


def frame(rows, columns):
    return pd.DataFrame([[row.get(h) for h in columns] for row in rows], columns=list(columns), dtype=object)


def action(key, rating, theme="Caring", outcome="1", **more):
    said = {c.KEY: key, c.RAG: rating, c.RULE_RAG: rating, c.THEME: theme, c.OUTCOME_NO: outcome, c.MARK: ""}
    about = {c.KEY_ACTION: f"Do {key}", c.DESCRIPTION: f"Do {key}", c.KIND: "Key action", c.WHY: f"Why {key}."}
    return said | about | {c.OUTCOME: "Put prevention first", c.PANEL: "Caring", c.DIRECTION: "New"} | more


def measure(key, part, rating, **more):
    about = {c.PART: part, c.MEASURE: f"Measure {key} {part or ''}".strip(), c.KIND: "Measure"}
    return action(key, rating, **{**about, c.INTERVENTION_LEVEL: Decimal("0.15"), **more})


def counts(columns):
    letters = (Rating.RED, Rating.GREEN, None)
    rows = [
        {RATING: rating, STATE: rating.word if rating else "Total", "Q1": None, "Q2": number, "Q3": None, "Q4": None}
        for rating, number in zip(letters, columns, strict=True)
    ]
    return frame(rows, (RATING, STATE, "Q1", "Q2", "Q3", "Q4"))


def sample(**changes) -> Results:
    """A small report with one of everything."""
    actions = [
        action("K1", Rating.RED, **{c.RESOLUTION: "A new date is set.", c.HIGHLIGHT: "=1+1"}),
        action("K2", Rating.RED, **{c.RULE_RAG: Rating.GREEN, c.MARK: "Declared", c.HIGHLIGHT: "+44 1752 000000"}),
        action("K3", Rating.TBC, theme="Growing", **{c.HIGHLIGHT: "@home"}),
    ]
    measures = [
        measure("P1", None, Rating.GREEN),
        measure("P1", "1", Rating.GREEN, **{c.PERFORMANCE: Decimal("0.744"), c.TARGET: Decimal("0.7"), c.UNIT: "%"})
        | {c.SHORTFALL: Fraction(-44, 700)},
        measure("P1", "2", Rating.AMBER, **{c.PERFORMANCE: Decimal(38000), c.TARGET: Decimal(36740), c.UNIT: "tonnes"}),
        measure(
            "P2", None, Rating.BLUE, **{c.PERFORMANCE: Decimal("4.6"), c.UNIT: "£m", c.DECIMALS: 2, c.TARGET: "3 to 4"}
        ),
    ]
    milestones = [
        {c.KEY: "K1", c.NO: "1", c.MILESTONE: "Plan written", c.STATUS: "Complete", c.DUE: Q2},
        {c.KEY: "K1", c.NO: "3", c.MILESTONE: "Plan agreed", c.STATUS: "Overdue", c.CARRIED_FROM: Q1}
        | {c.DUE: date(2013, 6, 1), c.RESOLUTION: "Cabinet in December."},
        {c.KEY: "K1", c.NO: "4", c.MILESTONE: "Gone", c.STATUS: "Withdrawn"},
        {c.KEY: "K2", c.NO: "1", c.MILESTONE: "Put off", c.STATUS: "Moved"},
    ]
    outcomes = [
        {c.THEME: theme, c.THEME_STATEMENT: f"{theme} it is.", c.OUTCOME_NO: "1", c.OUTCOME: "Put prevention first"}
        for theme in ("Growing", "Caring")
    ]
    history = [
        {c.KEY: "K1", c.DESCRIPTION: "Do K1", c.KIND: "Key action", "2013/14 Q1": "G*", "2013/14 Q2": "R", c.TREND: ()},
        {c.KEY: "P1", c.DESCRIPTION: "Measure P1", c.KIND: "Measure", "2013/14 Q1": "–", "2013/14 Q2": "G"}
        | {c.TREND: (None, 1.0625), c.DIRECTION: "New"},
    ]
    years = [f"2013/14 {name}" for name in ("Q1", "Q2", "Q3", "Q4", c.REVIEW)]
    returns = [
        {
            c.SERVICE_AREA: "Finance",
            c.FILE: "2013-14 Q2 Finance.xlsx",
            c.RECEIVED: "Yes",
            c.SIGNED_OFF_ON: date(2013, 10, 4),
        },
        {c.SERVICE_AREA: "Highways", c.RECEIVED: "No", c.CHASE: "mailto:h@plymouth.example?subject=Your%20return"},
    ]
    data = [row | {c.QUARTER: Q2, c.ESCALATED: False, "Ward": "All"} for row in (*actions, *measures)]
    frames = {
        "outcomes": frame(outcomes, (c.THEME, c.THEME_STATEMENT, c.OUTCOME_NO, c.OUTCOME, c.OUTCOME_LEADS)),
        "panels": frame(
            [{c.PANEL: "Caring", "Key actions": 2, c.REMIT: "Health"}], (*ReportSheets.PANELS.headings, c.REMIT)
        ),
        "key_actions": frame(actions, ACTION_COLUMNS),
        "milestones": frame(milestones, ReportSheets.MILESTONES.headings),
        "measures": frame(measures, MEASURE_COLUMNS),
        "exceptions": frame([{c.KEY: "K1", c.RAG: Rating.RED, c.DETAIL: "-2"}], ReportSheets.EXCEPTIONS.headings),
        "next_quarter": frame([], ReportSheets.NEXT_QUARTER.headings),
        "history": frame(history, (c.KEY, c.DESCRIPTION, c.KIND, *years, c.DIRECTION, c.TREND)),
        "returns": frame(returns, ReportSheets.RETURNS.headings),
        "queries": frame([], ReportSheets.QUERIES.headings),
        "revisions": frame([], ReportSheets.REVISIONS.headings),
        "data": frame(data, (*ReportSheets.DATA.headings, "Ward")),
        "key_action_counts": counts((2, 1, 3)),
        "measure_counts": counts((0, 2, 2)),
        "rule_key_action_counts": counts((1, 2, 3)),
        "rule_measure_counts": counts((0, 2, 2)),
        "page": frame(
            [*actions, *(row for row in measures if not row[c.PART])],
            (c.THEME, c.OUTCOME_NO, c.KIND, c.KEY, c.RAG, c.MARK),
        ),
        "glossary": frame([*actions, measures[0]], (c.KEY, c.DESCRIPTION, c.KIND)),
        "allocation": frame([{c.PANEL: "Caring", "Key actions": "K1, K2"}], (c.PANEL, "Key actions", "Measures")),
        "milestones_last_quarter": frame(
            [{c.KEY: "K1", c.NO: "9", c.MILESTONE: "Begun", c.STATUS: "Complete"}], (c.KEY, c.NO, c.MILESTONE, c.STATUS)
        ),
    }
    settings = Settings(
        organisation="A & B Council", plan_title="The Plan", handling_marking="OFFICIAL", vision="Thrive."
    )
    words = {
        "overview": ("=SUM(A1) is text.",),
        "direction_counts": ("Measures: 1 better.",),
        "reconciliation": ("Files found 1 = used 1.",),
        "rules": ("Red: overdue.",),
    }
    return Results(**{"settings": settings, "quarter": Q2, **words, **frames, **changes})


def written(results, panel=None):
    target = io.BytesIO()
    if panel:
        write_panel_report(results, panel, target)
    else:
        write_report(results, target)
    return target.getvalue()


def opened(content):
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sparkline Group extension")  # openpyxl would lose them on saving
        return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def book():
    return opened(written(sample()))


@pytest.fixture(scope="module")
def panel_book():
    return opened(written(sample(), "Caring"))


def texts(sheet):
    return [str(cell.value) for row in sheet for cell in row if cell.value is not None]


def column(sheet, heading):
    headings = [cell.value for cell in sheet[1]]
    return [row[headings.index(heading)] for row in sheet.iter_rows(min_row=2)]


def find(sheet, text):
    return next(cell for row in sheet for cell in row if cell.value == text)


def test_sheets_stand_in_the_contracts_order(book, panel_book):
    assert tuple(book.sheetnames) == ReportSheets.ORDER
    assert tuple(panel_book.sheetnames) == PanelSheets.ORDER


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_headings_stand_in_row_1_in_order_filtered_frozen_and_repeated(book, table):
    sheet = book[table.name]
    assert tuple(cell.value for cell in sheet[1])[: len(table.headings)] == table.headings
    assert sheet.auto_filter.ref.startswith("A1:")
    assert re.fullmatch(r"[B-Z]2", sheet.freeze_panes)
    assert sheet.print_title_rows == "$1:$1"


AT_A_SCALE = (ReportSheets.HISTORY.name, ReportSheets.GLOSSARY.name)
"""For a page break before what stands beneath their tables: Excel knows none where it fits a sheet to the page."""


def across(sheet):
    """The width of the columns that are seen, in pixels."""
    seen = [each for each in sheet.column_dimensions.values() if not each.hidden]
    return sum((each.max - each.min + 1) * fitting.pixels(each.width) for each in seen)


@pytest.mark.parametrize("name", [*ReportSheets.ORDER])
def test_every_sheet_prints_one_page_wide_and_says_what_it_is(book, name):
    sheet = book[name]
    papers = {"Data": A3, "Key actions": None, "Measures": None}  # the last two are wide only with long comments
    assert papers.get(name, A4) in (sheet.page_setup.paperSize, None)
    if name in AT_A_SCALE:
        assert across(sheet) * (sheet.page_setup.scale or 100) / 100 < printed_width(A4)
    else:
        assert (sheet.page_setup.fitToWidth or 1) == 1
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.orientation == ("portrait" if name == "Summary" else "landscape")
    assert "A && B Council" in sheet.oddHeader.left.text
    assert "OFFICIAL" in sheet.oddHeader.center.text
    assert "2013/14 Q2" in sheet.oddHeader.right.text
    assert "The Plan" in sheet.oddFooter.left.text
    assert name in sheet.oddFooter.center.text


def test_the_page_is_one_page_and_all_others_as_many_as_they_need(book):
    high = {sheet.title: sheet.page_setup.fitToHeight for sheet in book}
    assert high.pop(ReportSheets.PAGE) in (None, 1)
    assert {high.pop(name) for name in AT_A_SCALE} == {None}
    assert set(high.values()) == {0}


@pytest.mark.parametrize("sheet", ["Key actions", "Measures", "Exceptions", "Data", "Quarterly history", "Summary"])
def test_rating_cells_hold_the_letters_alone_on_their_colour(book, sheet):
    rated = [cell for row in book[sheet] for cell in row if cell.value in FILLS]
    assert rated
    for cell in rated:
        assert cell.fill.fgColor.rgb == f"FF{FILLS[cell.value]}"
        assert cell.font.color.rgb == ("FF000000" if cell.value in ("A", "TBC", "NR") else "FFFFFFFF")


def test_a_row_a_milestone_and_the_key_action_on_its_first(book):
    sheet = book["Key actions"]
    shown = [
        [cell.value for cell in cells]
        for cells in zip(*(column(sheet, h) for h in (c.KEY, c.RAG, c.MILESTONE_DUE, c.STATUS)), strict=True)
    ]
    assert shown == [
        ["K1", "R", "1. Plan written", "Complete"],
        [None, None, "3. Plan agreed (carried from 2013/14 Q1)", "Overdue"],
        ["K2", "R", None, None],
        ["K3", "TBC", None, None],
    ]
    assert [cell.value for cell in column(sheet, c.RESOLUTION)][:2] == ["A new date is set.", "Cabinet in December."]
    assert [cell.value for cell in column(sheet, c.MARK)] == [None, None, "Declared", None]
    assert column(sheet, c.RULE_RAG)[2].value == "G"


def test_figures_are_numbers_shown_in_their_unit(book):
    sheet = book["Measures"]
    performance = [(cell.value, cell.number_format) for cell in column(sheet, c.PERFORMANCE)]
    assert performance[1:] == [
        (0.744, "0.0%"),
        (38000, '#,##0" tonnes"'),
        (4.6, '"£"#,##0.00"m";-"£"#,##0.00"m"'),
    ]
    assert column(sheet, c.TARGET)[3].value == "3 to 4"
    assert column(sheet, c.SHORTFALL)[1].value == pytest.approx(-44 / 700)
    assert column(sheet, c.INTERVENTION_LEVEL)[1].number_format == "0%"
    assert [cell.value for cell in column(sheet, c.UNIT)] == [None, "%", "tonnes", "£m"]


@pytest.mark.parametrize("text", ["=1+1", "+44 1752 000000", "@home"])
def test_officers_text_stays_text(book, text):
    assert find(book["Key actions"], text).data_type == "s"


def test_no_cell_of_the_report_is_a_formula():
    content = written(sample())
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in re.sub(rb"<extLst>.*", b"", parts.read(name), flags=re.DOTALL)


def test_the_same_results_give_the_same_bytes():
    assert written(sample()) == written(sample())
    assert written(sample(), "Caring") == written(sample(), "Caring")


def test_a_path_gets_the_same_workbook(tmp_path):
    write_report(sample(), tmp_path / "report.xlsx")
    assert (tmp_path / "report.xlsx").read_bytes() == written(sample())


def test_the_properties_name_the_report(book):
    assert book.properties.title == "The Plan: performance report, 2013/14 Q2"
    assert book.properties.created.date() == date(2013, 9, 30)


def test_summary_has_counts_the_rules_own_what_is_red_and_the_returns(book):
    sheet = book["Summary"]
    shown = texts(sheet)
    assert {"Key actions", "Measures", "Key actions: by the rule alone"} <= set(shown)
    assert "Measures: by the rule alone" not in shown
    assert {"What is red", "K1", "K2", "A new date is set.\nCabinet in December.", "=SUM(A1) is text."} <= set(shown)
    assert {"1 of 2 returns received.", "Not received: Highways."} <= set(shown)
    total = find(sheet, "Total")
    assert sheet.cell(total.row, 4).value == 3


def test_summary_charts_refer_to_the_count_tables():
    with zipfile.ZipFile(io.BytesIO(written(sample()))) as parts:
        charts = [parts.read(name).decode() for name in sorted(parts.namelist()) if name.startswith("xl/charts/chart")]
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert len(charts) == 2
    assert "Summary!$C$" in charts[0]
    assert "D4351C" in charts[0]
    assert "Q2: 2 Red, 1 Green" in drawing


def test_the_grid_has_a_cell_for_every_item(book):
    sheet = book["Report on a page"]
    shown = texts(sheet)
    assert {"K1 R", "K2 R*", "K3 TBC", "P1 G", "P2 B"} <= set(shown)
    assert find(sheet, "K1 R").fill.fgColor.rgb == "FFD4351C"
    assert {"Growing: Growing it is.", "1 Put prevention first", "Thrive.", "R Red", "TBC To be confirmed"} <= set(
        shown
    )
    assert any(text.startswith("* Declared") for text in shown)


def test_excel_finds_no_fault_in_keys_that_are_numbers():
    results = sample()
    for data in (written(results), written(results, "Caring")):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
            assert all(b'numberStoredAsText="1"' in parts.read(name) for name in sheets)


def test_the_legend_tells_the_three_colours_always_and_the_rest_where_it_stands(book):
    shown = texts(book["Report on a page"])
    assert {"R Red", "A Amber", "G Green", "B Blue", "TBC To be confirmed"} <= set(shown)
    assert "DO Data only" not in shown


def test_history_has_years_letters_counts_and_trends(book):
    sheet = book["Quarterly history"]
    assert [cell.value for cell in sheet[2]][:9] == ["Key", "Description", "Q1", "Q2", "Q3", "Q4", "Review"] + [
        "Direction",
        "Trend",
    ]
    assert sheet["C1"].value == "2013/14"
    assert (sheet["C3"].value, sheet["C3"].fill.fgColor.rgb) == ("G*", "FF00703C")
    counted = {sheet.cell(row, 2).value: sheet.cell(row, 4).value for row in range(5, sheet.max_row + 1)}
    assert counted["Key actions: Red"] == 1
    assert counted["Measures: Green"] == 1
    assert sheet["A6"].value is None
    hidden = [letter for letter, dimension in sheet.column_dimensions.items() if dimension.hidden]
    assert hidden
    with zipfile.ZipFile(io.BytesIO(written(sample()))) as parts:
        assert b"sparklineGroup" in parts.read("xl/worksheets/sheet8.xml")


def test_twelve_years_print_three_a_page():
    years = [
        f"{year}/{(year + 1) % 100:02} {name}"
        for year in range(2013, 2025)
        for name in ("Q1", "Q2", "Q3", "Q4", "Review")
    ]
    history = frame([{c.KEY: "K1", c.KIND: "Key action"}], (c.KEY, c.DESCRIPTION, c.KIND, *years, c.DIRECTION, c.TREND))
    sheet = opened(written(sample(history=history)))["Quarterly history"]
    assert [each.id for each in sheet.col_breaks.brk] == [17, 32, 47]
    assert sheet.print_title_cols == "$A:$B"


def test_a_missing_return_is_chased_by_mail(book):
    cell = column(book["Returns"], c.CHASE)[1]
    assert cell.value == "Email h@plymouth.example"
    assert cell.hyperlink.target == "mailto:h@plymouth.example?subject=Your%20return"


def test_a_mail_too_long_for_excel_keeps_its_recipient():
    long = frame(
        [{c.SERVICE_AREA: "Highways", c.CHASE: f"mailto:h@x.example?body={'a' * 3000}"}], ReportSheets.RETURNS.headings
    )
    cell = column(opened(written(sample(returns=long)))["Returns"], c.CHASE)[0]
    assert cell.hyperlink.target == "mailto:h@x.example"


@pytest.mark.parametrize(
    "name", ["Exceptions", "Milestones", "Next quarter", "Returns", "Queries", "Revisions", "Data"]
)
def test_nothing_stands_beneath_a_table(book, name):
    frames = {"Next quarter": "next_quarter"}
    rows = len(getattr(sample(), frames.get(name, name.lower())))
    filled = [cell.row for row in book[name] for cell in row if cell.value is not None]
    assert max(filled) == rows + 1


def test_data_keeps_what_earlier_reports_had_besides(book):
    assert [cell.value for cell in column(book["Data"], "Ward")] == ["All"] * 7


def test_a_report_of_nothing_has_all_its_sheets():
    frames = {
        field.name: getattr(sample(), field.name).iloc[:0] for field in fields(Results) if field.type == "pd.DataFrame"
    }
    empty = opened(written(sample(overview=(), rules=(), **frames)))
    assert tuple(empty.sheetnames) == ReportSheets.ORDER
    assert empty["Panels"]["A2"].value == "This plan names no panels."
    assert empty["Panels"].print_area == "'Panels'!$A$1:$H$2"
    assert empty["Exceptions"]["A2"].value is None


def test_rows_are_high_enough_for_their_text():
    long = " ".join(["The programme has slipped for the reasons given."] * 12)
    short = frame([action("K1", Rating.RED), action("K2", Rating.RED, **{c.WHY: long})], ACTION_COLUMNS)
    sheet = opened(written(sample(key_actions=short, milestones=sample().milestones.iloc[:0])))["Key actions"]
    assert sheet.row_dimensions[3].height > 6 * sheet.row_dimensions[2].height


def test_a_panels_share_says_nothing_of_other_items():
    other = measure("P9", None, Rating.RED, **{c.PANEL: "Growing"})
    whole = sample(
        measures=frame([*records(sample().measures), other], MEASURE_COLUMNS),
        page=frame([*records(sample().page), other], sample().page.columns),
        data=frame([*records(sample().data), other], sample().data.columns),
        history=frame([*records(sample().history), other], sample().history.columns),
        exceptions=frame([other], ReportSheets.EXCEPTIONS.headings),
        glossary=frame([other], sample().glossary.columns),
    )
    share = for_panel(whole, "Caring")
    frames = {name: value for name, value in vars(share).items() if isinstance(value, pd.DataFrame)}
    assert {name for name, rows in frames.items() if c.KEY in rows and "P9" in set(rows[c.KEY])} == {"page", "glossary"}
    assert [row[c.RAG] for row in records(share.page) if row[c.KEY] == "P9"] == [None]
    assert [name for name, rows in frames.items() if name.endswith("_counts") and len(rows)] == []
    assert (share.overview, share.direction_counts, share.reconciliation) == ((), (), ())


def test_a_panels_report_shows_only_its_items(panel_book):
    page = frame(
        [action("K1", Rating.RED), action("K9", None, **{c.MARK: None})],
        (c.THEME, c.OUTCOME_NO, c.KIND, c.KEY, c.RAG, c.MARK),
    )
    sheet = opened(written(sample(page=page), "Caring"))["Report on a page"]
    assert {"K1 R", "K9"} <= set(texts(sheet))
    assert find(sheet, "K9").fill.fill_type is None
    assert "No colour: not allocated to this panel." in texts(sheet)


def test_a_panels_summary_has_two_quarters_side_by_side(panel_book):
    sheet = panel_book["Key action summary"]
    assert tuple(cell.value for cell in sheet[1])[:11] == PanelSheets.KEY_ACTIONS.headings
    first = {heading.value: cell.value for heading, cell in zip(sheet[1], sheet[2], strict=True)}
    assert first[c.PANEL] == "Caring"
    assert first["Milestones last quarter"] == "9. Begun: Complete"
    assert first["Milestones this quarter"] == (
        "1. Plan written: Complete\n3. Plan agreed (carried from 2013/14 Q1): Overdue"
    )
    assert first[c.RESOLUTION] == "A new date is set.\nCabinet in December."


def test_a_cover_names_the_panel_and_the_whole_allocation(panel_book):
    shown = texts(panel_book["Cover"])
    only = "3 key actions and 2 measures: only these are rated here."
    assert {"Caring", "Committee: Caring", "Remit: Health", "K1, K2", only} <= set(shown)


def test_glossary_has_the_rules_beneath_the_keys(book):
    sheet = book["Glossary"]
    rule = find(sheet, "Red: overdue.")
    assert rule.column == 2
    assert sheet.cell(rule.row, 1).value is None
    assert [row[0].value for row in sheet.iter_rows(min_row=2, max_row=5)] == ["K1", "K2", "K3", "P1"]


def test_long_titles_fit_excels_header():
    settings = replace(
        sample().settings, organisation="A & B " * 40, plan_title="P & Q " * 40, handling_marking="M & N " * 20
    )
    sheet = opened(written(sample(settings=settings)))["Data"]
    assert sheet.oddHeader.left.text.endswith("…")


def history_of(count: int) -> pd.DataFrame:
    row = sample().history.iloc[0]
    return pd.DataFrame([row] * count).reset_index(drop=True)


def breaks_of(history: pd.DataFrame) -> tuple[list[int], int]:
    sheet = opened(written(sample(history=history)))["Quarterly history"]
    first = next(cell.row for cell in sheet["B"] if str(cell.value).startswith("Key actions: "))
    return [each.id for each in sheet.row_breaks.brk], first - 1


def test_the_counts_of_the_history_are_not_parted_by_the_end_of_a_page():
    breaks = {count: breaks_of(history_of(count)) for count in range(1, 40)}
    assert breaks[1][0] == []
    begun = [count for count, (found, _) in breaks.items() if found]
    assert begun
    assert all(breaks[count][0] == [breaks[count][1]] for count in begun)


def test_the_rules_in_the_glossary_are_not_parted_from_their_title():
    parted = 0
    for count in range(1, 45):
        keys = pd.DataFrame([sample().glossary.iloc[0]] * count).reset_index(drop=True)
        sheet = opened(written(sample(glossary=keys)))["Glossary"]
        title = find(sheet, "The rules as this plan sets them").row
        breaks = [each.id for each in sheet.row_breaks.brk]
        assert breaks in ([], [title - 1])
        parted += bool(breaks)
    assert 0 < parted < 20


@pytest.mark.parametrize(("rows", "pages"), [(10, 0), (24, 0), (26, 1), (29, 1), (32, 0), (54, 2)])
def test_a_last_page_that_would_hold_little_is_saved(rows, pages):
    """A page has room for 25 rows of 20 points beneath the headings."""
    heading = printed_height(A4) - 25 * 20
    assert pages_high([heading, *[20.0] * rows], 500, 1) == pages


@pytest.mark.parametrize(("letter", "blue"), [("B", True), ("G", False)])
def test_the_history_counts_blue_by_itself_where_there_is_any(letter, blue):
    history = sample().history.copy()
    history.at[1, "2013/14 Q2"] = letter
    sheet = opened(written(sample(history=history)))["Quarterly history"]
    counted = {str(cell.value): sheet.cell(cell.row, 4).value for cell in sheet["B"] if ": " in str(cell.value)}
    assert counted.get("Measures: Blue") == (1 if blue else None)
    assert counted["Measures: Green"] == (0 if blue else 1)
    assert counted["Measures: Other"] == 0
