"""The plain tables of the report: each is a part of the results, written as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import unquote

from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.columns import ReportSheets, Sheet
from ragtool.looks import printing
from ragtool.looks.style import LINK, Style
from ragtool.looks.table import Content
from ragtool.report.report_table import columns_of_contents, write_columns, write_report_table
from ragtool.report.sheet_rows import (
    data_row,
    milestone_row,
    next_row,
    panel_row,
    query_row,
    register_row,
    return_row,
)
from ragtool.report.table_layout import Layout
from ragtool.results.results import Results
from ragtool.sheets.typed_rows import values_of

LONGEST_LINK = 2079
"""Excel's longest link address."""
KEY_WIDTH = 10.0
AREA_WIDTH = 18.0
TEXT_WIDTH = 34.0
USUAL_WIDTH = 12.0
IF_ANY = (c.OF_THESE_COMPLETE, c.OF_THESE_ON_HOLD, c.MEETING_DATE)
"""Columns that are hidden where they hold nothing."""


RowsOf = Callable[[Results], list[dict[str, Any]]]


class PlainTable(NamedTuple):
    """A sheet, its rows, the widest its columns may be where not `USUAL_WIDTH`, the columns in view, what is said above
    the table, headings besides the sheet's own, and `Layout.least_points`. Nothing stands above Data, so that any
    program reads it.
    """

    sheet: Sheet
    rows: RowsOf
    widths: Mapping[str, float]
    frozen: int
    about: str
    besides: tuple[str, ...] = ()
    least_points: int = 0


PLAIN_TABLES = (
    PlainTable(
        ReportSheets.MILESTONES,
        lambda results: [milestone_row(step) for step in results.milestones],
        {c.NO: 6, c.MILESTONE: 44, c.RESOLUTION: TEXT_WIDTH, c.SOURCE: 60},
        2,
        "Every milestone of the quarter, and those carried forward to it.",
    ),
    PlainTable(
        ReportSheets.NEXT_QUARTER,
        lambda results: [next_row(row) for row in results.next_quarter],
        {c.MILESTONE: 70, c.SERVICE_AREA: 30, c.FROM: 18},
        1,
        "Milestones of the coming quarter, those carried forward, and what service areas propose for it and later.",
    ),
    PlainTable(
        ReportSheets.PANELS,
        lambda results: [panel_row(share) for share in results.panels],
        {c.PANEL: 30, c.RED_ITEMS: 60, c.AMBER_ITEMS: 60, c.REMIT: 50},
        1,
        "How many of each scrutiny panel's key actions and measures are Red, Amber, Green or none of these, and which.",
        (c.OF_THESE_COMPLETE, c.OF_THESE_ON_HOLD, c.RED_ITEMS, c.AMBER_ITEMS, c.MEETING_DATE, c.REMIT),
        printing.LEAST_POINTS,
    ),
    PlainTable(
        ReportSheets.RETURNS,
        lambda results: [return_row(row) for row in results.returns],
        {c.FILE: 34, c.SIGNED_OFF_BY: 24, c.CHASE: 40, c.SHA256: 24},
        1,
        "The return of each service area, and files that aren't used.",
        (c.ROWS_FOUND, c.ROWS_USED, c.ROWS_REFUSED, c.ROWS_PASSED_OVER),
    ),
    PlainTable(
        ReportSheets.QUERIES,
        lambda results: [query_row(query) for query in results.queries],
        {c.FILE: 30, c.SHEET: 14, c.CELL: 22, c.PROBLEM: 50, c.WHAT_TO_DO: 50},
        1,
        "What is in doubt in the plan and the returns, cell by cell. The value of an Error isn't used.",
    ),
    PlainTable(
        ReportSheets.REVISIONS,
        lambda results: [dict(values_of(row)) for row in results.revisions],
        {c.FIELD: 16, c.WAS: 22, c.NOW: 22, c.REASON: 44, c.SOURCE: 34},
        3,
        "What has changed of what was planned or published, and why.",
    ),
    PlainTable(
        ReportSheets.DATA,
        lambda results: [data_row(row) for row in results.data],
        {c.PART: 6, c.DESCRIPTION: 30, c.PANEL: 14, c.RAG: 6, c.RULE_RAG: 6, c.UNIT: 10, c.BASIS: 10}
        | {c.WHY: 44, c.SOURCE: 32},
        4,
        "",
        ReportSheets.DATA_FOR_THE_NEXT_RUN,
    ),
    PlainTable(
        ReportSheets.REGISTER,
        lambda results: [register_row(row) for row in results.register],
        {c.NO: 6, c.MILESTONE: 44, c.DECISION: TEXT_WIDTH},
        2,
        "The last word on every milestone so far, which the next quarter's run needs.",
    ),
)


def write_plain_tables(
    sheets: Mapping[str, Worksheet],
    style: Style,
    results: Results,
    held: Mapping[Sheet, Sequence[Sequence[Content]]] = MappingProxyType({}),
) -> None:
    """Writes each of `PLAIN_TABLES` that has a sheet; `held` is what some of them hold, by column."""
    for plain in PLAIN_TABLES:
        if plain.sheet.name not in sheets:
            continue
        rows = plain.rows(results)
        names = [*plain.sheet.headings, *plain.besides]
        if plain.sheet is ReportSheets.DATA:
            names = data_headings(results)
        for_machines = len(names) - len(plain.sheet.headings) if plain.sheet is ReportSheets.DATA else 0
        about, shown = plain.about, True
        if plain.sheet is ReportSheets.PANELS and not rows:
            about, shown = "This plan names no panels.", False
        hidden = [name for name in names if name in IF_ANY and not any(row[name] for row in rows)]
        wide = widths(names, plain.widths)
        layout = Layout(
            *(wide, plain.frozen, for_machines),
            about=about,
            hidden=hidden,
            shown=shown,
            least_points=plain.least_points,
        )
        sheet = sheets[plain.sheet.name]
        if plain.sheet is ReportSheets.RETURNS:
            write_returns(sheet, style, results, rows, layout)
        elif plain.sheet in held:
            write_columns(sheet, style, results, rows, held[plain.sheet], layout)
        else:
            write_report_table(sheet, style, results, rows, layout)


def data_headings(results: Results) -> list[str]:
    """The headings of Data: the sheet's own, those that the next run needs, and those of later versions' reports."""
    others = dict.fromkeys(heading for row in results.data for heading in row.others)
    return [*ReportSheets.DATA.headings, *ReportSheets.DATA_FOR_THE_NEXT_RUN, *others]


def columns_for_the_next_run(results: Results) -> dict[Sheet, list[list[Content]]]:
    """What the sheets hold that the next run reads, Data the first of them, column by column."""
    others = {
        plain.sheet: columns_of_contents(plain.rows(results), [*plain.sheet.headings, *plain.besides])
        for plain in PLAIN_TABLES
        if plain.sheet in ReportSheets.FOR_THE_NEXT_RUN and plain.sheet is not ReportSheets.DATA
    }
    data = columns_of_contents([data_row(row) for row in results.data], data_headings(results))
    return {ReportSheets.DATA: data, **others}


def widths(names: Sequence[str], special: Mapping[str, float]) -> dict[str, float]:
    """The widest that each column may be, in characters."""
    usual = {c.KEY: KEY_WIDTH, c.SERVICE_AREA: AREA_WIDTH}
    return {name: special.get(name, usual.get(name, USUAL_WIDTH)) for name in names}


def write_returns(
    sheet: Worksheet, style: Style, results: Results, rows: Sequence[dict[str, Any]], layout: Layout
) -> None:
    """The Returns sheet: what is sent to a service area that must be chased opens as an e-mail."""
    shown = [row | {c.CHASE: chase_text(row[c.CHASE])} for row in rows]
    top = write_report_table(sheet, style, results, shown, layout)
    column = layout.headings.index(c.CHASE)
    link = style.boxed(font_color=LINK, underline=1)
    for number, row in enumerate(rows, start=top + 1):
        if is_mail(row[c.CHASE]):
            sheet.write_url(number, column, fitting_address(row[c.CHASE]), link, chase_text(row[c.CHASE]))


def is_mail(text: object) -> bool:
    """Whether a Chase entry is an e-mail to open."""
    return isinstance(text, str) and text.startswith("mailto:")


def chase_text(text: Any) -> Any:
    """What a reader sees of a Chase entry: `Email head.finance@plymouth.example`."""
    return f"Email {unquote(recipient(text))}" if is_mail(text) else text


def recipient(address: str) -> str:
    """Whom a `mailto:` address writes to."""
    return address.removeprefix("mailto:").partition("?")[0]


def fitting_address(address: str) -> str:
    """The address without its text where that is longer than Excel takes."""
    return address if len(address) <= LONGEST_LINK else f"mailto:{recipient(address)}"
