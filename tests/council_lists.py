"""Lists as councils keep them, each in its own way: invented, as workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font


def rows_from(page: Any, first: int, rows: Iterable[Iterable[object]]) -> None:
    for row, values in enumerate(rows, first):
        for column, value in enumerate(values, 1):
            page.cell(row, column).value = value


def percentages(page: Any, cells: str) -> None:
    for row in page[cells]:
        for cell in row:
            if isinstance(cell.value, float) and cell.value <= 1:
                cell.number_format = "0.0%"


def flat_indicators() -> Workbook:
    """One list of indicators with a title above, targets a quarter and for the year, all in columns of its own."""
    book = Workbook()
    page = book.active
    assert page
    page.title = "KPIs 2013-14"
    page["A1"] = "Westermere District Council"
    page["A2"] = "Corporate performance indicators 2013/14"
    headings: tuple[str, ...] = (
        "KPI Ref",
        "Performance Indicator",
        "Service",
        "Lead Officer",
        "Corporate Priority",
        "Aim to",
    )
    headings += ("Unit of measure", "Reporting frequency", "Outturn 2012/13", "Q1 Target", "Q2 Target", "Q3 Target")
    headings += ("Q4 Target", "Target 2013/14", "Scrutiny Committee")
    rows_from(
        page,
        4,
        [
            headings,
            ("ENV1", "Household waste recycled or composted", "Environment", "Waste Manager", "Cleaner and greener")
            + ("Maximise", "%", "Quarterly", 0.455, 0.46, 0.465, 0.47, 0.475, 0.475, "Community"),
            ("ENV2", "Missed collections per 100,000", "Environment", "Waste Manager", "Cleaner and greener")
            + ("Minimise", "Number", "Quarterly", 52, 50, 50, 48, 48, 48, "Community"),
            ("HOU1", "Average time to re-let a home", "Housing", "Housing Manager", "Homes for all")
            + ("Minimise", "Days", "Quarterly", 27.4, 26, 26, 25.5, 25, 25, "Community"),
            ("FIN1", "Council tax collected", "Finance", "Revenues Manager", "A well run council")
            + ("Maximise", "Percentage", "Quarterly", 0.982, 0.295, 0.57, 0.84, 0.983, 0.983, "Resources"),
        ],
    )
    percentages(page, "I5:N8")
    return book


def under_directorates() -> Workbook:
    """Indicators under rows that name their directorate, with footnotes, a total and repeated headings."""
    book = Workbook()
    page = book.active
    assert page
    page.title = "Indicators"
    headings = ("Ref", "Indicator", "Good is", "Target", "Responsible officer", "Corporate aim")
    rows_from(
        page,
        1,
        [
            headings,
            ("People Directorate",),
            ("P01", "Children in care with a permanent placement", "High", "90%", "Head of Care", "Safe"),
            ("P02", "Waiting time for an assessment", "Low", "28 days", "Head of Care", "Safe"),
            ("Place Directorate",),
            headings,
            ("PL1", "Potholes mended in five days", "High", ">=95%", "Highways Manager", "Connected"),
            ("PL2", "Street lights out", "Low", "<2%", "Highways Manager", "Connected"),
            ("Note: targets were agreed by Cabinet in March.",),
        ],
    )
    return book


def two_line_headings() -> Workbook:
    """Groups of headings over two lines, targets beside what was achieved, with ratings and comments."""
    book = Workbook()
    page = book.active
    assert page
    page.title = "Scorecard"
    top: tuple[str | None, ...] = (
        "No.",
        "Measure",
        "Department",
        "Polarity",
        "2013/14 Target",
        None,
        None,
        None,
        "2013/14 Actual",
        None,
    )
    top += (None, None, "RAG", "Direction of travel", "Comments")
    low = (None, None, None, None, "Q1", "Q2", "Q3", "Q4", "Q1", "Q2", "Q3", "Q4", None, None, None)
    rows_from(
        page,
        3,
        [
            top,
            low,
            (1, "Calls answered in 20 seconds (%)", "Customer Services", "Higher is better", 0.8, 0.8, 0.82, 0.85)
            + (0.79, 0.83, None, None, "A", "\u2191", "New system in May"),
            (2, "Complaints upheld", "Customer Services", "Lower is better", 12, 12, 10, 10, 9, 14, None, None, "R")
            + ("\u2193", None),
            (3, "Sickness days a member of staff", "Human Resources", "Lower is better", 2, 4, 6, 8, 1.9, 3.8, None)
            + (None, "G", "\u2192", None),
        ],
    )
    for cells in ("E3:H3", "I3:L3"):
        page.merge_cells(cells)
    percentages(page, "E5:L5")
    page["A1"] = "Performance scorecard"
    return book


def several_sheets() -> Workbook:
    """Measures and actions on sheets of their own, both counted from 1, with an old list on a hidden sheet."""
    book = Workbook()
    page = book.active
    assert page
    page.title = "Corporate measures"
    rows_from(
        page,
        1,
        [
            ("ID", "Measure name", "Theme", "Outcome", "Service area", "Owner", "Better is", "Format", "Annual target"),
            (1, "Number of visits to museums", "Thriving", "2. People enjoy culture", "Culture", "Museums Manager")
            + ("High", "Number", 120000),
            (2, "Business rates collected", "Thriving", "1. Business grows", "Finance", "Revenues Manager", "High", "%")
            + (98.5,),
            (3, "Rough sleepers", "Caring", "1. Nobody sleeps rough", "Housing", "Housing Manager", "Low", "Number", 4),
        ],
    )
    actions = book.create_sheet("Council plan actions")
    rows_from(
        actions,
        1,
        [
            ("ID", "Action", "Theme", "Outcome", "Service area", "Lead officer", "Portfolio holder", "Due date"),
            (1, "Open the new museum", "Thriving", "2. People enjoy culture", "Culture", "Museums Manager", "Culture")
            + (date(2014, 3, 31),),
            (2, "Write a housing strategy", "Caring", "1. Nobody sleeps rough", "Housing", "Housing Manager")
            + ("Housing", "Q3 2013/14"),
        ],
    )
    old = book.create_sheet("2012-13")
    rows_from(old, 1, [("ID", "Measure", "Target"), (1, "An old measure", 5)])
    old.sheet_state = "hidden"
    return book


def tracker() -> Workbook:
    """Actions with their milestones, a row each, beneath merged cells; states, and dates of every kind."""
    book = Workbook()
    page = book.active
    assert page
    page.title = "Delivery plan"
    rows_from(
        page,
        2,
        [
            ("Priority", "Action ref", "Key action", "Service", "Milestone", "Deadline", "Lead", "Status", "Update"),
            ("Growing", "G1", "Build 100 homes", "Housing", "Buy the land", date(2013, 9, 30), "Head of Housing")
            + ("Complete", "Bought in July"),
            (None, None, None, None, "Start on site", "Dec 2013", "Head of Housing", "On track", None),
            (None, None, None, None, "First homes let", "31/03/2014", "Lettings Manager", "Not started", None),
            (None, "G2", "Renew the market", "Economy", "Choose an architect", "Q3 13/14", "Head of Economy")
            + ("In progress", None),
            ("Caring", "C1", "Open a respite centre", "Social care", "Consult families", "Ongoing", "Head of Care")
            + ("On track", None),
        ],
    )
    for cells in ("A3:A6", "B3:B5", "C3:C5", "D3:D5"):
        page.merge_cells(cells)
    return book


def numbered_keys() -> Workbook:
    """Keys that are numbers, themes beneath merged cells, targets in words and of several units."""
    book = Workbook()
    page = book.active
    assert page
    page.title = "Measures"
    rows_from(
        page,
        1,
        [
            (
                "Objective",
                "PI No",
                "Description",
                "Directorate",
                "Higher or lower is better?",
                "Target 13/14",
                "Tolerance",
            ),
            ("Stronger communities", 1.1, "% of residents who feel safe", "Communities", "Higher", 85, "5%"),
            (None, 1.2, "Time to answer a call", "Customers", "Lower", "<= 5 minutes", "\u00b110%"),
            (None, 1.3, "Room temperature in libraries", "Culture", "Range", "18-21", None),
            ("A sound council", 2.1, "Savings made", "Finance", "Higher", "\u00a31.2m", None),
            (None, 2.2, "Quality of data", "Finance", "Plan is best", "Top quartile", None),
            (None, 2.2, "Invoices paid in 30 days", "finance", "Higher", 0.97, None),
            (None, 2.3, "Population", "Finance", "n/a", "TBC", None),
        ],
    )
    page.merge_cells("A2:A4")
    page.merge_cells("A5:A8")
    percentages(page, "F7:F7")
    page["C8"].font = Font(strike=False)
    return book


def actions_alone() -> Workbook:
    """Actions with a date and no milestones, without keys."""
    book = Workbook()
    page = book.active
    assert page
    page.title = "Action plan"
    rows_from(
        page,
        1,
        [
            ("Council priority", "What we will do", "Department", "Responsible", "By when", "Status"),
            ("Green", "Plant 1,000 trees", "Parks", "Parks Manager", date(2013, 11, 30), "On track"),
            ("Green", "Install solar panels", "Estates", "Estates Manager", date(2014, 2, 28), "On hold"),
            ("Open", "Publish all contracts", "Legal", "Solicitor", date(2013, 12, 31), "Completed"),
        ],
    )
    return book


def with_parts() -> Workbook:
    """Measures with parts, as the names of columns in a database have them, beside a list of outcomes."""
    book = Workbook()
    page = book.active
    assert page
    page.title = "measures"
    rows_from(
        page,
        1,
        [
            (
                "key",
                "sub_no",
                "theme",
                "outcome_no",
                "service_area",
                "title",
                "sub_title",
                "unit",
                "target",
                "polarity",
            ),
            ("P1", None, "Pioneering", 1, "Customers", "Enquiries", None, None, None, "higher"),
            ("P1", 1, "Pioneering", 1, "Customers", "Enquiries", "Settled at once", "%", 80, "higher"),
            ("P1", 2, "Pioneering", 1, "Customers", "Enquiries", "By telephone", "count", 5000, "higher"),
            ("P2", 1, "Caring", 1, "Care", "Help at home", "Aids fitted", "count", 120, "higher"),
        ],
    )
    outcomes = book.create_sheet("outcomes")
    rows_from(
        outcomes,
        1,
        [
            ("Theme", "Outcome no", "Outcome", "Outcome leads"),
            ("Pioneering", 1, "Customers come first", "Director of Resources"),
            ("Caring", 1, "People live at home", None),
        ],
    )
    return book


def mixed() -> Workbook:
    """Measures and actions in one list, which a column tells apart."""
    book = Workbook()
    page = book.active
    assert page
    page.title = "Service plan"
    rows_from(
        page,
        1,
        [
            ("Type", "Reference", "Description", "Priority", "Service area", "Target", "Polarity", "Deadline"),
            ("KPI", "S1", "Parking fines paid", "Streets", "Parking", 0.75, "High", None),
            ("Action", "S2", "Repaint the car parks", "Streets", "Parking", None, None, date(2014, 1, 31)),
        ],
    )
    percentages(page, "F2:F3")
    return book


LISTS: dict[str, Callable[[], Workbook]] = {
    "flat": flat_indicators,
    "directorates": under_directorates,
    "two lines": two_line_headings,
    "several sheets": several_sheets,
    "tracker": tracker,
    "numbers": numbered_keys,
    "actions": actions_alone,
    "parts": with_parts,
    "mixed": mixed,
}


def save_list(name: str, folder: Path) -> Path:
    """Saves a list by its name, and gives its file."""
    path = folder / f"{name}.xlsx"
    LISTS[name]().save(path)
    return path
