"""The sheets that an annotated copy has beyond the officer's own: the list of queries, and what marked cells were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from openpyxl.utils import get_column_letter

from ragtool import columns as c
from ragtool.looks import fitting
from ragtool.model import Query, Severity
from ragtool.returns.found_sheets import MARKS_HEADINGS, TITLE
from ragtool.workbooks.texts import escaped
from ragtool.workbooks.vocabulary import HEAD, MAIN

SENTENCE = (
    "Correct the orange cells in this workbook, save it and send this file back: it is read like any other return. "
    "Click on a blue cell to go there. Error: the value isn't used until it is corrected. Query: it is used as it is."
)
WIDTHS = {c.SHEET: 17, c.CELL: 30, c.KEY: 15, c.SEVERITY: 10, c.PROBLEM: 50, c.WHAT_TO_DO: 48}
MOST_LISTED = 1000
"""Queries beyond these aren't listed: what has more than that to correct has something else wrong with it."""

MARKS = "Marked cells"


@dataclass(frozen=True)
class ListedQuery:
    """A query, the sheet and cell it is about where the workbook has them, and whether a link can lead there."""

    query: Query
    sheet: str = ""
    cell: str = ""
    shown: bool = False


def lines_above(remark: str) -> list[str]:
    """What stands above the list, a line a row, for nothing is merged: what to do, and `remark`, if any."""
    room = sum(fitting.pixels(width) for width in WIDTHS.values())
    return [line for text in (SENTENCE, remark) if text for line in fitting.lines_of(text, room)]


def heading_row(above: Sequence[str]) -> int:
    """The row of the headings, beneath the title and the lines above the list."""
    return len(above) + 2


def queries_sheet(entries: Sequence[ListedQuery], looks: Mapping[str, int], above: Sequence[str]) -> str:
    """The part of the sheet that lists the queries, beneath its title and the lines `above`."""
    wide = {name: fitting.pixels(width) for name, width in WIDTHS.items()}
    top = heading_row(above)
    rows = [list_row(1, [list_cell("A1", TITLE, looks["title"])], 24)]
    for number, line in enumerate(above, 2):
        rows.append(list_row(number, [list_cell(f"A{number}", line, looks["sentence"])], fitting.line_height() + 2))
    rows.append(list_row(top, [list_cell(f"{list_column(h)}{top}", h, looks["heading"]) for h in WIDTHS], 21))
    links = []
    for number, entry in enumerate(entries[:MOST_LISTED], top + 1):
        texts = listed_texts(entry)
        linked = (c.CELL if entry.cell else c.SHEET) if entry.shown else ""
        cells = []
        for heading, text in texts.items():
            look = "link" if heading == linked else "text"
            if heading == c.SEVERITY and entry.query.severity is Severity.ERROR:
                look = "strong"
            cells.append(list_cell(f"{list_column(heading)}{number}", text, looks[look]))
        rows.append(list_row(number, cells, fitting.row_height((texts[h], wide[h]) for h in WIDTHS) + 3))
        if linked:
            links.append(link(f"{list_column(linked)}{number}", entry.sheet, entry.cell or "A1"))
    if len(entries) > MOST_LISTED:
        number = top + 1 + MOST_LISTED
        rows.append(list_row(number, [list_cell(f"A{number}", more(len(entries)), looks["sentence"])], 18))
    return sheet_xml(rows, links, top)


def listed_texts(entry: ListedQuery) -> dict[str, str]:
    """What stands in a query's row."""
    query = entry.query
    return {
        c.SHEET: query.sheet,
        c.CELL: query.where,
        c.KEY: query.key,
        c.SEVERITY: str(query.severity),
        c.PROBLEM: query.problem,
        c.WHAT_TO_DO: query.what_to_do,
    }


def more(count: int) -> str:
    """What is said beneath a list that was cut short."""
    return f"There are {count - MOST_LISTED:,} more. Correct these first, then run ragtool check on this file."


def list_column(heading: str) -> str:
    """The column of a heading."""
    return get_column_letter(list(WIDTHS).index(heading) + 1)


def list_row(number: int, cells: Sequence[str], high: float) -> str:
    """A row of the list, `high` in points."""
    return f'<row r="{number}" ht="{min(high, fitting.TALLEST):.2f}" customHeight="1">{"".join(cells)}</row>'


def list_cell(reference: str, text: str, look: int) -> str:
    """A cell that holds text, whatever it starts with."""
    held = f'<is><t xml:space="preserve">{escaped(text)}</t></is>'
    return f'<c r="{reference}" s="{look}" t="inlineStr">{held}</c>' if text else f'<c r="{reference}" s="{look}"/>'


def link(reference: str, sheet: str, cell: str) -> str:
    """A link from a cell of the list to the cell in question."""
    quoted = "'" + sheet.replace("'", "''") + "'"
    tip = quoteattr(f"Go to {sheet}, {cell}")
    return f"<hyperlink ref={quoteattr(reference)} location={quoteattr(f'{quoted}!{cell}')} tooltip={tip}/>"


def sheet_xml(rows: Sequence[str], links: Sequence[str], top: int) -> str:
    """The whole part: protected, its headings in row `top` in view and on every page, as wide as an A4 page."""
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{width + 0.7109375}" customWidth="1"/>'
        for number, width in enumerate(WIDTHS.values(), 1)
    )
    below = f"A{top + 1}"
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}">'
        '<sheetPr><tabColor rgb="FFC55A11"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{top}" topLeftCell="{below}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="{below}" sqref="{below}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>{"".join(rows)}</sheetData>'
        '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>'
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + '<pageMargins left="0.35" right="0.35" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>'
        "<headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter></worksheet>"
    )


def marks_sheet(styles: Mapping[int, int]) -> str:
    """The hidden sheet that tells, by the looks of its cells, which format each marked one was before."""
    rows = [list_row(1, [list_cell(f"{'AB'[n]}1", MARKS_HEADINGS[n], 0) for n in (0, 1)], 15)]
    for number, (marked, original) in enumerate(sorted(styles.items()), 2):
        cells = [list_cell(f"A{number}", "marked", marked), list_cell(f"B{number}", "as it was", original)]
        rows.append(list_row(number, cells, 15))
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetFormatPr defaultRowHeight="15"/>'
        f'<sheetData>{"".join(rows)}</sheetData><sheetProtection sheet="1" objects="1" scenarios="1"/></worksheet>'
    )
