"""The report and the panels' reports, as workbooks that other programs and people read."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import column_index_from_string, get_column_letter
from xlsxwriter.utility import quote_sheetname

from officers import table_cells
from ragtool import columns as c
from ragtool.columns import PanelSheets, Property, ReportSheets
from ragtool.errors import RagtoolError
from ragtool.history.previous import read_previous
from ragtool.looks import fitting
from ragtool.looks.printing import (
    A3,
    A4,
    filled_pages,
    page_starts,
    pages_high,
    printed_height,
    printed_width,
    stretched,
)
from ragtool.model import DataStatus, Kind, MilestoneStatus, Rating
from ragtool.quarter.rated import reported
from ragtool.report import write_panel_report, write_report
from ragtool.results.assemble import page_item
from ragtool.results.panels import panel_results
from ragtool.results.results import PageItem, QuarterlyHistory, Results, ReturnStatus
from ragtool.workbooks.opening import open_book
from small_report import (
    PANEL,
    PERIODS,
    Q2,
    exception,
    history_row,
    in_glossary,
    key_action,
    measure,
    milestone,
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
GREY = ("none", "FF595959", "General", "dotted")
LOOKS = {
    "R": ("FFD4351C", "FFFFFFFF", '"■ "@', "thick"),
    "A": ("FFFFAA00", "FF000000", '"▲ "@', "medium"),
    "G": ("FFD8EEE2", "FF0B5D33", "General", "thin"),
    "B": ("FFBFD7F1", "FF003078", "General", "thin"),
    "TBC": GREY,
    "NR": GREY,
}
"""Fill, text, number format and frame of a rating's cell."""


NAMED = {
    "Key actions": "KeyActions",
    "Measures": "Measures",
    "Exceptions": "Exceptions",
    "Next quarter": "NextQuarter",
    "Quarterly history": "QuarterlyHistory",
    "Panels": "Panels",
    "Glossary": "Glossary",
    "Milestones": "Milestones",
    "Returns": "Returns",
    "Queries": "Queries",
    "Revisions": "Revisions",
    "Data": "Data",
    "Milestone register": "MilestoneRegister",
    "Key action summary": "KeyActionSummary",
}
"""The table of each sheet that is one."""


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
    headings, *rows = table_cells(sheet)
    return [row[[cell.value for cell in headings].index(heading)] for row in rows]


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


@pytest.mark.parametrize("name", NAMED)
def test_every_table_is_one_of_excels_own_with_its_title_in_a1(book, panel_book, name):
    for each in (book, panel_book):
        if name not in each.sheetnames:
            continue
        sheet = each[name]
        [table] = sheet.tables.values()
        assert (table.name, table.autoFilter.ref) == (NAMED[name], table.ref)
        headings, *rows = table_cells(sheet)
        top = headings[0].row
        assert len({cell.value.casefold() for cell in headings}) == len(headings)
        assert sheet.print_title_rows == f"${top}:${top}"
        assert rows[-1][0].row == sheet.max_row
        if name == "Data":
            assert top == 1
        else:
            whose = " of Caring" if each is panel_book else ""
            assert sheet["A1"].value == f"{name}{whose}, 2013/14 Q2 (Draft)"
            assert sheet["A2"].value == f"Back to {each.sheetnames[0]}"
            assert sheet["A2"].hyperlink.location == f"'{each.sheetnames[0]}'!A1"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_headings_stand_in_order_and_stay_in_view(book, table):
    sheet = book[table.name]
    headings, *_ = table_cells(sheet)
    assert tuple(cell.value for cell in headings)[: len(table.headings)] == table.headings
    in_view = f"[B-Z]{headings[0].row + 1}"
    assert re.fullmatch("[B-Z]1" if table.name == "Glossary" else in_view, sheet.freeze_panes)


def test_every_sheet_is_locked_but_for_filters_and_widths(book, panel_book):
    for sheet in (*book, *panel_book):
        lock = sheet.protection
        assert lock.sheet
        assert not lock.password
        locked = [lock.autoFilter, lock.formatColumns, lock.formatRows, lock.sort, lock.formatCells]
        assert locked == [False, False, False, True, True]


@pytest.mark.parametrize("name", [*ReportSheets.ORDER])
def test_every_sheet_prints_one_page_wide_and_says_what_it_is(book, name):
    sheet = book[name]
    paper = A3 if name == "Data" else A4  # Data is for programs, and very wide
    assert (sheet.page_setup.paperSize or A4.number) == paper.number
    assert (sheet.page_setup.fitToWidth or 1) == 1
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.orientation == ("portrait" if name == "Glossary" else "landscape")
    assert "A && B Council" in sheet.oddHeader.left.text
    assert "OFFICIAL" in sheet.oddHeader.center.text
    assert "2013/14 Q2" in sheet.oddHeader.right.text
    assert "The Plan" in sheet.oddFooter.left.text
    assert name in sheet.oddFooter.center.text


def test_the_page_is_one_page_and_all_others_as_many_as_they_need(book):
    high = {sheet.title: sheet.page_setup.fitToHeight for sheet in book}
    assert high.pop(ReportSheets.PAGE) in (None, 1)
    assert high.pop(ReportSheets.SUMMARY) in (None, 1)
    assert set(high.values()) == {0}


@pytest.mark.parametrize("sheet", ["Key actions", "Measures", "Exceptions", "Data", "Quarterly history", "Summary"])
def test_rating_cells_hold_the_letters_alone_and_look_as_the_palette_says(book, sheet):
    again = {row[0].row for row in book[sheet] if sheet == "Key actions" and not row[2].hyperlink}
    rated = [cell for row in book[sheet] for cell in row if cell.value in LOOKS and cell.row not in again]
    assert rated
    for cell in rated:
        fill = cell.fill.fgColor.rgb if cell.fill.fill_type else "none"
        assert (fill, cell.font.color.rgb, cell.number_format, cell.border.right.style) == LOOKS[cell.value]


def test_a_row_a_milestone_with_its_key_action_that_is_grey_after_the_first(book):
    sheet = book["Key actions"]
    shown = [
        [cell.value for cell in cells]
        for cells in zip(*(column(sheet, h) for h in (c.KEY, c.RAG, c.MILESTONE_DUE, c.STATUS)), strict=True)
    ]
    assert shown == [
        ["K3", "TBC", None, None],
        ["K1", "R", "1. Plan written", "Complete"],
        ["K1", "R", "3. Plan agreed (carried from 2013/14 Q1)", "Overdue"],
        ["K2", "R", None, None],
    ]
    _, resolution, other, _ = column(sheet, c.RESOLUTION)
    assert (resolution.value, other.value) == ("A new date is set.", "Cabinet in December.")
    assert [cell.value for cell in column(sheet, c.MARK)] == [None, None, None, "Declared"]
    assert column(sheet, c.RULE_RAG)[3].value == "G"
    _, first, later, _ = column(sheet, c.RAG)
    assert (first.fill.fill_type, later.fill.fill_type) == ("solid", None)
    for heading in (c.THEME, c.OUTCOME, c.KEY, c.KEY_ACTION, c.RAG, c.WHY, c.DIRECTION):
        _, first, later, _ = column(sheet, heading)
        assert (later.value, later.font.color.rgb) == (first.value, "FF595959"), heading
    assert other.font.color is None or other.font.color.rgb != "FF595959"


def test_a_milestone_without_a_resolution_shows_its_key_actions():
    steps = [milestone("K1", no, f"Step {no}", MilestoneStatus.OVERDUE) for no in ("1", "2")]
    actions = (key_action("K1", Rating.RED, resolution="A plan is made."),)
    book = opened(written(small_report(key_actions=actions, milestones=tuple(steps))))
    first, later = column(book["Key actions"], c.RESOLUTION)
    assert (first.value, later.value) == ("A plan is made.", "A plan is made.")
    assert later.font.color.rgb == "FF595959"


def test_items_stand_by_theme_and_outcome_as_the_plan_has_them():
    outcomes = [replace(small_report().outcomes[0], theme=theme, number=no) for theme in "BA" for no in ("2", "1")]
    placed = [
        ("M1", "A", "1"),
        ("M2", "B", "1"),
        ("M3", "C", "9"),
        ("M4", "B", "2"),
        ("M5", "A", "2"),
        ("M6", "B", "1"),
    ]
    rated = [measure(key, None, Rating.GREEN, theme=theme, outcome_no=no) for key, theme, no in placed]
    part = measure("M2", "1", Rating.GREEN, theme="A", outcome_no="2")
    results = small_report(outcomes=tuple(outcomes), measures=(*rated[:2], part, *rated[2:]), milestones=())
    sheet = opened(written(results))["Measures"]
    keys = [
        (cell.value, line.border.top.style)
        for cell, line in zip(column(sheet, c.KEY), column(sheet, c.PART), strict=True)
    ]
    assert keys == [
        ("M4", "medium"),
        ("M2", "medium"),
        ("M2", "thin"),
        ("M6", "thin"),
        ("M5", "medium"),
        ("M1", "medium"),
        ("M3", "medium"),
    ]


def test_what_stays_in_view_takes_two_fifths_of_a_laptop_and_why_needs_no_scrolling():
    long = "An outcome, a measure and a key action with names of a length that many councils give them, all of them"
    actions = [key_action(f"K{n}", Rating.RED, why=long * 2) for n in range(9)]
    measures = [measure(f"P{n}", "1", Rating.RED, Decimal(n), unit="tonnes", part_description=long) for n in range(9)]
    outcomes = tuple(replace(each, title=long) for each in small_report().outcomes)
    results = small_report(key_actions=tuple(actions), measures=tuple(measures), outcomes=outcomes)
    book = opened(written(results))
    for name in ("Key actions", "Measures"):
        sheet = book[name]
        frozen = column_index_from_string(sheet.freeze_panes.rstrip("0123456789")) - 1
        assert across(sheet, frozen) <= 1320 * 0.4, name
        assert across(sheet, column(sheet, c.WHY)[0].column) <= 1320 - ROW_NUMBERS, name
        printed = column_index_from_string(sheet.print_area.rsplit("$", 2)[1])
        assert sheet.page_setup.paperSize in (A4.number, None)
        assert printed_width(A4) / across(sheet, printed) * 10 >= 7, name


ROW_NUMBERS = 50
"""Pixels of Excel's own at the left and the right of a sheet."""


def across(sheet, columns):
    """How many pixels the first columns take."""
    widths = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, columns + 1)]
    return sum(fitting.pixels(width) - 5 for width in widths)


def test_figures_are_numbers_shown_in_their_unit(book):
    sheet = book["Measures"]
    performance = [(cell.value, cell.number_format) for cell in column(sheet, c.PERFORMANCE)]
    assert performance[1:] == [
        (0.744, "0.0%"),
        (38000, '#,##0" tonnes"'),
        (4.6, '"£"#,##0.00"m";-"£"#,##0.00"m"'),
    ]
    better = column(sheet, c.SHORTFALL)[1]
    assert better.number_format == '0.0 %" worse";0.0 %" better";"on target"'
    assert column(sheet, c.AGAINST_TARGET)[1].value == " ¦    │█▌"
    assert column(sheet, c.TARGET)[3].value == "3 to 4"
    assert column(sheet, c.SHORTFALL)[1].value == pytest.approx(-44 / 700)
    assert column(sheet, c.INTERVENTION_LEVEL)[1].number_format == "0 %"
    assert [cell.value for cell in column(sheet, c.UNIT)] == [None, "%", "tonnes", "£m"]


@pytest.mark.parametrize("text", ["=1+1", "+44 1752 000000", "@home"])
def test_officers_text_stays_text(book, text):
    assert find(book["Key actions"], text).data_type == "s"


def test_no_formula_of_the_report_is_a_figure():
    content = written(small_report())
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    formulas = [each for sheet in sheets for each in re.findall(rb"<f>(.*?)</f>", re.sub(rb"<extLst>.*", b"", sheet))]
    red = [item for item in small_report().page if item.rating is Rating.RED]
    assert len(formulas) == len(small_report().page) + len(red)
    assert all(each.startswith(b"HYPERLINK(") for each in formulas)


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
    assert {"What is Red", "A new date is set. Cabinet in December.", "=SUM(A1) is text."} <= set(shown)
    assert any("■ K1" in str(text) and text.startswith("=HYPERLINK") for text in shown)
    assert {"1 of 2 returns received.", "Not received: Highways."} <= set(shown)
    total = find(sheet, "Total")
    assert sheet.cell(total.row, 4).value == 3


def test_summary_charts_refer_to_tables_right_of_what_is_printed_and_say_what_they_show():
    with zipfile.ZipFile(io.BytesIO(written(small_report()))) as parts:
        charts = [parts.read(name).decode() for name in sorted(parts.namelist()) if name.startswith("xl/charts/chart")]
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert len(charts) == 2
    assert "Summary!$K$" in charts[0]
    assert 'tickLblSkip val="1"' in charts[0], "no label is left out"
    assert "D4351C" in charts[0]
    assert "Red in 2013/14 Q2" in drawing


def test_the_tables_of_charts_have_room_for_what_heads_their_bars():
    results = small_report()
    first, *others = results.key_actions
    own = replace(first, item=replace(first.item, area="B"))
    sheet = opened(written(replace(results, key_actions=(own, *others))))["Summary"]
    assert "By service area" in texts(sheet)
    assert sheet.column_dimensions["J"].width * 7 > fitting.text_pixels("By service area", bold=True)


def place_of(sheet, key):
    """Where a key stands first on a sheet, as a link names it."""
    return (
        f"{quote_sheetname(sheet.title)}!{next(cell for cell in column(sheet, c.KEY) if cell.value == key).coordinate}"
    )


def test_the_grid_has_a_cell_for_every_item_that_leads_to_its_row_and_back(book):
    sheet = book["Report on a page"]
    link = '=HYPERLINK("#{}","{}")'
    places = {text: place_of(book["Key actions"], text.split()[-2]) for text in ("■ K1 R", "■ K2 R*", "K3 TBC")}
    places |= {text: place_of(book["Measures"], text.split()[0]) for text in ("P1 G", "P2 B")}
    for text, place in places.items():
        cell = find(sheet, link.format(place, text))
        name, _, there = place.rpartition("!")
        back = book[name.strip("'")][there]
        assert back.hyperlink.location == f"'Report on a page'!{cell.coordinate}"
        assert back.hyperlink.tooltip == f"{back.value} on Report on a page"
        assert f"{back.value} " in cell.comment.text
    assert find(sheet, link.format(places["■ K1 R"], "■ K1 R")).fill.fgColor.rgb == "FFD4351C"
    assert {"Growing: Growing it is.", "1 Put prevention first", "Thrive."} <= set(texts(sheet))
    assert any("* declared" in text for text in texts(sheet))


@pytest.mark.filterwarnings("ignore:Sparkline")
def test_other_programs_read_what_a_link_shows():
    book = openpyxl.load_workbook(io.BytesIO(written(small_report())), data_only=True)
    assert {"■ K1 R", "■ K2 R*", "K3 TBC", "P1 G", "P2 B"} <= set(texts(book["Report on a page"]))


def test_the_page_says_the_same_as_a_list_beneath_that_is_not_printed(book):
    sheet = book["Report on a page"]
    (table,) = sheet.tables.values()
    assert table.name == "ReportOnAPage"
    headings, *rows = [[cell.value for cell in cells] for cells in sheet[table.ref]]
    assert headings == ["Key", "Name", "Rating", "Direction", "Why"]
    assert [row[0] for row in rows] == ["K3", "K1", "K2", "P1", "P2"]
    assert rows[1] == ["K1", "Do K1", "Red", "New", "Why K1."]
    last_printed = int(sheet.print_area.rpartition("$")[2])
    assert last_printed < int(table.ref.partition(":")[0][1:])


def test_no_cell_of_the_page_is_merged(book):
    assert not book["Report on a page"].merged_cells.ranges


def test_a_panels_page_leads_to_the_glossary_for_what_is_not_its_own():
    others = small_report(panel=PANEL, measures=(), page=tuple(item.named_only for item in small_report().page))
    sheet = opened(written(others))["Report on a page"]
    place = place_of(opened(written(others))["Glossary"], "P1")
    assert find(sheet, f'=HYPERLINK("#{place}","P1")').comment.text.endswith("Measure P1")


def test_excel_finds_no_fault_in_keys_that_are_numbers():
    results = small_report()
    for data in (written(results), written(replace(results, panel=PANEL))):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
            assert all(b'numberStoredAsText="1"' in parts.read(name) for name in sheets)


def test_the_legend_counts_and_tells_the_letters_that_are_there(book):
    shown = texts(book["Report on a page"])
    assert {"■ 2 Red", "▲ 0 Amber", "1 Green", "1 Blue", "1 not rated"} <= set(shown)
    assert any(text.startswith("TBC to be confirmed.") for text in shown)


def test_history_has_years_letters_and_trends(book):
    sheet = book["Quarterly history"]
    headings, first, *_ = table_cells(sheet)
    quarters = [f"2013/14 {name}" for name in ("Q1", "Q2", "Q3", "Q4", "Review")]
    assert [cell.value for cell in headings] == ["Key", "Description", *quarters, "Direction", "Trend"]
    assert (first[2].value, first[2].fill.fgColor.rgb) == ("G*", "FFD8EEE2")
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
    ("name", "rule"),
    [
        ("Data", "LEN(TRIM(A2))=0"),
        ("Milestones", "LEN(TRIM(A4))=0"),
    ],
)
def test_empty_cells_have_the_lines_of_their_table_though_none_is_written(book, name, rule):
    sheet = book[name]
    ((where, (drawn,)),) = [(str(ruled.sqref), ruled.rules) for ruled in sheet.conditional_formatting]
    assert where == beneath_headings(sheet)
    assert drawn.formula == [rule]
    assert {getattr(drawn.dxf.border, side).style for side in ("left", "right", "top", "bottom")} == {"thin"}
    assert {cell.border.left.style for cell in beneath(sheet)} == {None}


def beneath(sheet):
    """The empty cells beneath a table's headings."""
    return [cell for row in sheet[beneath_headings(sheet)] for cell in row if cell.value is None]


def beneath_headings(sheet):
    """The cells of a sheet's table but for its headings, as an area."""
    [table] = sheet.tables.values()
    first, last = table.ref.split(":")
    return f"A{int(first.strip('A')) + 1}:{last}"


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
    assert "This plan names no panels." in texts(empty["Panels"])
    assert [sheet.title for sheet in empty if sheet.sheet_state == "hidden"] == ["Panels"]
    assert not empty["Panels"].print_area, "LibreOffice prints it where it is set"
    for name in NAMED:
        if name in empty.sheetnames:
            headings, *rows = table_cells(empty[name])
            assert [[cell.value for cell in row] for row in rows] == [[None] * len(headings)]


def test_rows_are_high_enough_for_their_text():
    long = " ".join(["The programme has slipped for the reasons given."] * 12)
    key_actions = (key_action("K1", Rating.RED), key_action("K2", Rating.RED, why=long))
    sheet = opened(written(small_report(key_actions=key_actions, milestones=())))["Key actions"]
    _, short, tall = (row[0].row for row in table_cells(sheet))
    assert sheet.row_dimensions[tall].height > 6 * sheet.row_dimensions[short].height


def test_a_panels_share_says_nothing_of_other_items():
    usual, other = small_report(), measure("P9", None, Rating.RED, panels=("Growing",))
    row = history_row("P9", "Measure P9", Kind.MEASURE, cells={"2013/14 Q2": "R"})
    whole = small_report(
        measures=(*usual.measures, other),
        page=(*usual.page, replace(page_item(other), marked=True)),
        data=(*usual.data, reported(other, Q2)),
        history=QuarterlyHistory(PERIODS, (*usual.history.rows, row)),
        exceptions=(exception("P9", Rating.RED, "Why P9."),),
        glossary=(in_glossary(other),),
    )
    (share,) = panel_results(whole, [PANEL])
    everywhere = {"measures", "page", "data", "history", "exceptions", "glossary"}
    assert telling_of("P9", whole) == everywhere
    assert telling_of("P9", share) == {"page", "glossary"}
    assert [item for item in share.page if item.key == "P9"] == [page_item(other).named_only]
    assert share.counts == {}
    assert (share.overview, share.direction_counts, share.reconciliation) == ((), (), ())


def telling_of(key: str, results: Results) -> set[str]:
    """The parts of a report in which a key stands, in whatever words."""
    return {field.name for field in fields(results) if key in repr(getattr(results, field.name))}


def test_a_panels_report_shows_only_its_items(panel_book):
    named_only = PageItem("Caring", "1", Kind.KEY_ACTION, "K9", None, False)
    page = (page_item(key_action("K1", Rating.RED)), named_only)
    sheet = opened(written(small_report(page=page, panel=PANEL)))["Report on a page"]
    key = find(sheet, "K9")
    assert (key.fill.fill_type, key.font.color.rgb) == (None, "FF595959")
    assert any("Keys without letters are not allocated to this panel." in text for text in texts(sheet))


@pytest.mark.parametrize(
    ("unit", "period", "status", "shown"),
    [
        ("replies", "2013/14 Q2", DataStatus.FINAL, "7 replies\n2013/14 Q2"),
        ("days", "April to August", DataStatus.PROVISIONAL, "7 days\nApril to August, provisional"),
        ("£m", "2012/13", DataStatus.NO_NEWER, "£7m\n2012/13, no newer data"),
        ("", None, DataStatus.PROVISIONAL, "7\nprovisional"),
        ("", None, None, "7"),
    ],
)
def test_a_panels_print_has_every_figure_though_it_isnt_rated(unit, period, status, shown):
    new = measure("P1", None, Rating.TBC, Decimal(7), unit=unit)
    new = replace(new, period=period, entry=replace(new.entry, data_status=status))
    sheet = opened(written(small_report(measures=(new,), panel=PANEL)))["Measures"]
    [figure] = column(sheet, c.FIGURE)
    assert figure.value == shown
    assert figure.column <= column_index_from_string(str(sheet.print_area).rpartition("$")[0].rpartition("$")[2])


def test_a_figure_is_not_rounded_to_the_target_that_it_misses():
    missed = measure("P1", None, Rating.AMBER, Decimal("0.8996"), unit="%")
    missed = replace(missed, target=Decimal("0.9"), item=replace(missed.item, decimals=1))
    assert missed.figure_in_words[0] == "89.96 %"


def test_a_panels_summary_has_two_quarters_side_by_side(panel_book):
    sheet = panel_book["Key action summary"]
    headings, *rows = table_cells(sheet)
    names = tuple(cell.value for cell in headings)
    assert names[:14] == PanelSheets.KEY_ACTIONS.headings
    keys = [row[names.index(c.KEY)].value for row in rows]
    assert keys == ["K3", "K1", "K2"]  # the plan's first outcome is K3's
    row = rows[1]
    first = {heading.value: cell.value for heading, cell in zip(headings, row, strict=True)}
    assert first[c.PANEL] == "Caring"
    assert first["Milestones last quarter"] == "9. Begun: Complete"
    assert first["Milestones this quarter"] == (
        "1. Plan written: Complete\n3. Plan agreed (carried from 2013/14 Q1): Overdue"
    )
    assert first[c.RESOLUTION] == "A new date is set.\nCabinet in December."


def test_a_cover_names_the_panel_and_the_whole_allocation(panel_book):
    shown = texts(panel_book["Cover"])
    only = "3 key actions and 2 measures: only these are rated here."
    assert {"Caring", "Remit: Health", "K1, K2", only} <= set(shown)
    assert any("Committee: Caring" in text.split(". ") for text in shown)


def test_glossary_has_the_rules_above_the_keys(book):
    sheet = book["Glossary"]
    assert find(sheet, "Red: overdue.").row < find(sheet, "Description").row
    assert [cell.value for cell in column(sheet, c.KEY)] == ["K1", "K2", "K3", "P1"]


def test_long_titles_fit_excels_header():
    settings = replace(
        small_report().settings, organisation="A & B " * 40, plan_title="P & Q " * 40, handling_marking="M & N " * 20
    )
    sheet = opened(written(small_report(settings=settings)))["Data"]
    assert sheet.oddHeader.left.text.endswith("…")


@pytest.mark.parametrize(("rows", "pages"), [(10, 0), (24, 0), (26, 1), (29, 1), (32, 0), (54, 2)])
def test_a_last_page_that_would_hold_little_is_saved(rows, pages):
    """A page has room for 25 rows of 20 points beneath the headings."""
    heading = printed_height(A4) - 25 * 20
    assert pages_high([heading, *[20.0] * rows], 500, 0) == pages


def test_a_nearly_empty_last_page_gets_rows_that_are_a_little_higher():
    heading = printed_height(A4) - 25 * 18
    heights = [heading, *[18.0] * 51]
    made = stretched(heights, 500, 0)
    assert made[0] == pytest.approx(heading, abs=0.4)  # as whole pixels
    assert filled_pages(1, heights, 0)[-1] < 0.2 <= filled_pages(1, made, 0)[-1]
    assert sum(made) <= sum(heights) + 100
    assert stretched(heights[:50], 500, 0) == heights[:50]


def test_a_last_page_holds_more_where_pages_end_before_high_rows():
    heights = [15.0, *[60.0] * 25]
    assert filled_pages(1, heights, 0)[-1] < 0.2 <= filled_pages(1, stretched(heights, 500, 0), 0)[-1]


def test_pages_begin_where_one_is_full_and_before_the_row_that_is_to_begin_one():
    full = page_starts([100.0] * 10)
    assert full
    assert page_starts([100.0] * 10, {full[0] - 1})[0] == full[0] - 1
    assert page_starts([100.0] * 3, {2}) == []


def test_a_row_that_is_bound_begins_no_page():
    first, second = page_starts([100.0] * 20)[:2]
    assert page_starts([100.0] * 20, (), {first, first - 1})[:2] == [first - 2, second - 2]
    assert page_starts([100.0] * 20, (), set(range(20)))[:2] == [first, second]  # what is longer than a page is parted


@pytest.mark.parametrize(("red", "begin_a_page"), [(28, True), (40, False)])
def test_the_numbers_begin_a_page_only_where_one_would_part_them(red, begin_a_page):
    results = small_report()
    first = results.key_actions[0]
    many = tuple(replace(first, item=replace(first.item, key=f"K{number}")) for number in range(red))
    sheet = opened(written(replace(results, key_actions=many)))["Summary"]
    breaks = [each.id + 1 for each in sheet.row_breaks.brk]
    top = next(cell.row for cell in sheet["A"] if cell.value == c.RAG)
    assert len(breaks) == 1
    assert (top == breaks[0] + 1) == begin_a_page, "a gap, then the headings"


def test_quarters_that_are_still_to_come_take_no_room_in_the_history(book):
    sheet = book["Quarterly history"]
    hidden = {cell.value for cell in table_cells(sheet)[0] if sheet.column_dimensions[cell.column_letter].hidden}
    assert {"2013/14 Q3", "2013/14 Review"} <= hidden  # openpyxl knows Q4, which is as wide, by Q3
    assert not any(str(name).endswith("Q2") for name in hidden)


def test_a_report_is_its_organisations_own_however_long_that_name_is(tmp_path):
    name = "Anytown and Wört " * 100
    path = tmp_path / "report.xlsx"
    results = small_report()
    write_report(replace(results, settings=replace(results.settings, organisation=name)), path)
    assert len(open_book(path).properties[Property.ORGANISATION]) == 255
    assert read_previous(path, name).quarter == results.quarter
    with pytest.raises(RagtoolError, match="is a report of Anytown and Wört"):
        read_previous(path, "Otherton")
