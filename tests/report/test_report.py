"""The report and the panels' reports, as workbooks that other programs and people read."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import fields, replace
from datetime import date
from typing import Any

import openpyxl
import pytest

from ragtool import columns as c
from ragtool.columns import PanelSheets, ReportSheets
from ragtool.looks import fitting
from ragtool.looks.printing import A3, A4, pages_high, printed_height, printed_width
from ragtool.model import Kind, Rating
from ragtool.quarter.rated import reported
from ragtool.report import write_panel_report, write_report
from ragtool.results.panels import panel_results
from ragtool.results.results import PageItem, QuarterlyHistory, Results, ReturnStatus
from small_report import (
    PANEL,
    PERIODS,
    Q2,
    exception,
    history_row,
    in_glossary,
    key_action,
    measure,
    on_page,
    small_report,
)

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


def written(results):
    target = io.BytesIO()
    if results.panel:
        write_panel_report(results, target)
    else:
        write_report(results, target)
    return target.getvalue()


def opened(content):
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sparkline Group extension")  # openpyxl would lose them on saving
        return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def book():
    return opened(written(small_report()))


@pytest.fixture(scope="module")
def panel_book():
    return opened(written(small_report(panel=PANEL)))


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


READ_FIRST = ["Summary", "Report on a page", "Key actions", "Measures", "Exceptions", "Next quarter"] + [
    "Quarterly history",
    "Panels",
    "Glossary",
]
WORKING_SHEETS = ["Milestones", "Returns", "Queries", "Revisions", "Data", "Milestone register"]
OF_A_PANEL = ["Cover", "Report on a page", "Key action summary", "Measures", "Quarterly history", "Glossary"]


def test_what_is_read_stands_first_and_the_working_sheets_last(book, panel_book):
    assert book.sheetnames == [*READ_FIRST, *WORKING_SHEETS]
    assert panel_book.sheetnames == OF_A_PANEL


def test_no_sheet_has_the_name_that_excel_reserves(book, panel_book):
    names = [name.casefold() for each in (book, panel_book) for name in each.sheetnames]
    assert "history" not in names


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
    content = written(small_report())
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in re.sub(rb"<extLst>.*", b"", parts.read(name), flags=re.DOTALL)


def test_the_same_results_give_the_same_bytes():
    assert written(small_report()) == written(small_report())
    assert written(small_report(panel=PANEL)) == written(small_report(panel=PANEL))


def test_a_path_gets_the_same_workbook(tmp_path):
    write_report(small_report(), tmp_path / "report.xlsx")
    assert (tmp_path / "report.xlsx").read_bytes() == written(small_report())


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
    with zipfile.ZipFile(io.BytesIO(written(small_report()))) as parts:
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
    results = small_report()
    for data in (written(results), written(replace(results, panel=PANEL))):
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
    with zipfile.ZipFile(io.BytesIO(written(small_report()))) as parts:
        number = ReportSheets.ORDER.index(ReportSheets.HISTORY.name) + 1
        assert b"sparklineGroup" in parts.read(f"xl/worksheets/sheet{number}.xml")


def test_twelve_years_print_three_a_page():
    years = [
        f"{year}/{(year + 1) % 100:02} {name}"
        for year in range(2013, 2025)
        for name in ("Q1", "Q2", "Q3", "Q4", "Review")
    ]
    row = history_row("K1", None, Kind.KEY_ACTION, cells=dict.fromkeys(years))
    history = QuarterlyHistory(tuple(years), (row,))
    sheet = opened(written(small_report(history=history)))["Quarterly history"]
    assert [each.id for each in sheet.col_breaks.brk] == [17, 32, 47]
    assert sheet.print_title_cols == "$A:$B"


def test_a_missing_return_is_chased_by_mail(book):
    cell = column(book["Returns"], c.CHASE)[1]
    assert cell.value == "Email h@plymouth.example"
    assert cell.hyperlink.target == "mailto:h@plymouth.example?subject=Your%20return"


def test_a_mail_too_long_for_excel_keeps_its_recipient():
    long = ReturnStatus("Highways", chase=f"mailto:h@x.example?body={'a' * 3000}")
    cell = column(opened(written(small_report(returns=(long,))))["Returns"], c.CHASE)[0]
    assert cell.hyperlink.target == "mailto:h@x.example"


@pytest.mark.parametrize(
    "name", ["Exceptions", "Milestones", "Next quarter", "Returns", "Queries", "Revisions", "Data"]
)
def test_nothing_stands_beneath_a_table(book, name):
    rows = len(getattr(small_report(), name.lower().replace(" ", "_")))
    filled = [cell.row for row in book[name] for cell in row if cell.value is not None]
    assert max(filled) == rows + 1


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("Data", "LEN(TRIM(A2))=0"),
        ("Milestones", "LEN(TRIM(A2))=0"),
        ("Key actions", 'AND(LEN(TRIM(A2))=0,$G2="")'),
    ],
)
def test_empty_cells_have_the_lines_of_their_table_though_none_is_written(book, name, rule):
    sheet = book[name]
    ((where, (drawn,)),) = [(str(ruled.sqref), ruled.rules) for ruled in sheet.conditional_formatting]
    assert where == sheet.dimensions.replace("A1:", "A2:")
    assert drawn.formula == [rule]
    assert {getattr(drawn.dxf.border, side).style for side in ("left", "right", "top", "bottom")} == {"thin"}
    empty = [cell for cell in beneath(sheet) if name != "Key actions" or not sheet[f"G{cell.row}"].value]
    assert {cell.border.left.style for cell in empty} == {None}


def test_empty_cells_of_a_key_actions_first_row_keep_their_strong_line(book):
    sheet = book["Key actions"]
    first = [cell for cell in beneath(sheet) if sheet[f"G{cell.row}"].value]
    assert {cell.border.top.color.rgb for cell in first} == {"FF404040"}


def beneath(sheet):
    """The empty cells beneath a table's headings."""
    return [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is None]


def test_data_keeps_what_earlier_reports_had_besides(book):
    assert [cell.value for cell in column(book["Data"], "Ward")] == ["All"] * 7


def test_a_report_of_nothing_has_all_its_sheets():
    results = small_report()
    said = ("direction_counts", "reconciliation")
    nothing: dict[str, Any] = {
        field.name: ()
        for field in fields(Results)
        if isinstance(getattr(results, field.name), tuple) and field.name not in said
    }
    counts = {name: table.iloc[:0] for name, table in results.counts.items()}
    history = QuarterlyHistory(results.history.periods)
    empty = opened(written(replace(results, **nothing, counts=counts, history=history)))
    assert tuple(empty.sheetnames) == ReportSheets.ORDER
    assert empty["Panels"]["A2"].value == "This plan names no panels."
    assert empty["Panels"].print_area == "'Panels'!$A$1:$H$2"
    assert empty["Exceptions"]["A2"].value is None


def test_rows_are_high_enough_for_their_text():
    long = " ".join(["The programme has slipped for the reasons given."] * 12)
    key_actions = (key_action("K1", Rating.RED), key_action("K2", Rating.RED, why=long))
    sheet = opened(written(small_report(key_actions=key_actions, milestones=())))["Key actions"]
    assert sheet.row_dimensions[3].height > 6 * sheet.row_dimensions[2].height


def test_a_panels_share_says_nothing_of_other_items():
    usual, other = small_report(), measure("P9", None, Rating.RED, panels=("Growing",))
    row = history_row("P9", "Measure P9", Kind.MEASURE, cells={"2013/14 Q2": "R"})
    whole = small_report(
        measures=(*usual.measures, other),
        page=(*usual.page, replace(on_page(other), marked=True)),
        data=(*usual.data, reported(other, Q2)),
        history=QuarterlyHistory(PERIODS, (*usual.history.rows, row)),
        exceptions=(exception("P9", Rating.RED, "Why P9."),),
        glossary=(in_glossary(other),),
    )
    (share,) = panel_results(whole, [PANEL])
    everywhere = {"measures", "page", "data", "history", "exceptions", "glossary"}
    assert telling_of("P9", whole) == everywhere
    assert telling_of("P9", share) == {"page", "glossary"}
    assert [(item.rating, item.marked) for item in share.page if item.key == "P9"] == [(None, False)]
    assert share.counts == {}
    assert (share.overview, share.direction_counts, share.reconciliation) == ((), (), ())


def telling_of(key: str, results: Results) -> set[str]:
    """The parts of a report in which a key stands, in whatever words."""
    return {field.name for field in fields(results) if key in repr(getattr(results, field.name))}


def test_a_panels_report_shows_only_its_items(panel_book):
    named_only = PageItem("Caring", "1", Kind.KEY_ACTION, "K9", None, False)
    page = (on_page(key_action("K1", Rating.RED)), named_only)
    sheet = opened(written(small_report(page=page, panel=PANEL)))["Report on a page"]
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
        small_report().settings, organisation="A & B " * 40, plan_title="P & Q " * 40, handling_marking="M & N " * 20
    )
    sheet = opened(written(small_report(settings=settings)))["Data"]
    assert sheet.oddHeader.left.text.endswith("…")


def history_of(count: int) -> QuarterlyHistory:
    return QuarterlyHistory(PERIODS, small_report().history.rows[:1] * count)


def breaks_of(history: QuarterlyHistory) -> tuple[list[int], int]:
    sheet = opened(written(small_report(history=history)))["Quarterly history"]
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
        keys = small_report().glossary[:1] * count
        sheet = opened(written(small_report(glossary=keys)))["Glossary"]
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
    action, rated = small_report().history.rows
    rated = replace(rated, cells={**rated.cells, "2013/14 Q2": letter})
    sheet = opened(written(small_report(history=QuarterlyHistory(PERIODS, (action, rated)))))["Quarterly history"]
    counted = {str(cell.value): sheet.cell(cell.row, 4).value for cell in sheet["B"] if ": " in str(cell.value)}
    assert counted.get("Measures: Blue") == (1 if blue else None)
    assert counted["Measures: Green"] == (0 if blue else 1)
    assert counted["Measures: Other"] == 0
