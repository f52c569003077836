"""The lists that the plan's drop-downs offer: they grow with what is typed on the sheets, and nothing is volatile.

Each is a defined name whose range ends at the last cell that is filled. A theme stands once for each of its outcomes on
the sheet Outcomes, so a hidden sheet lists each theme once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xlsxwriter import Workbook
from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from ragtool import columns as c
from ragtool.plan.plan_values import as_typed

S = c.PlanSheets

ABOVE = 2
"""Rows above the headings of every sheet of the plan: its title, and what it is for."""
ROOM, SPARE = 1000, 200
"""Rows that are formatted and checked beneath the headings: beyond most plans' length, and beyond what is there."""
MOST_THEMES = 60
"""Themes that the drop-downs offer."""

KNOWN_THEMES, KNOWN_OUTCOMES, KNOWN_AREAS = "KnownThemes", "KnownOutcomes", "KnownServiceAreas"
KNOWN_PANELS, KNOWN_KEYS = "KnownPanels", "KnownKeyActions"
OUTCOME_THEMES, OUTCOME_NUMBERS = "OutcomeThemes", "OutcomeNumbers"
"""Names of the workbook. The last two are the columns of the sheet Outcomes, as far down as there is room."""

NAMES_LISTED = (
    (KNOWN_AREAS, S.SERVICE_AREAS, c.SERVICE_AREA),
    (KNOWN_PANELS, S.PANELS, c.PANEL),
    (KNOWN_KEYS, S.KEY_ACTIONS, c.KEY),
)
"""The lists that are a column of a sheet each."""

Rows = Sequence[Mapping[str, object]]


def room_for(rows: Rows) -> int:
    """Rows beneath the headings of a sheet that are formatted and checked: those that it has, and room for more."""
    return max(ROOM, len(rows) + SPARE)


def column_letter(sheet: c.Sheet, heading: str) -> str:
    """The column that a heading stands in: `H`."""
    return str(xl_col_to_name(sheet.headings.index(heading)))


def column_cells(sheet: c.Sheet, heading: str, rows: Rows) -> str:
    """The cells under a heading of a sheet with these rows, as a formula names them: `'Key actions'!$A$4:$A$1003`."""
    letter, first = column_letter(sheet, heading), ABOVE + 2
    return f"{quote_sheetname(sheet.name)}!${letter}${first}:${letter}${first + room_for(rows) - 1}"


def as_far_as_filled(cells: str) -> str:
    """A range as far as its last cell that holds anything, and its first cell where none does."""
    first = cells.partition(":")[0]
    last = f'SUMPRODUCT(MAX(({cells}<>"")*(ROW({cells})-ROW({first})+1)))'
    return f"{first}:INDEX({cells},MAX(1,{last}))"


def define_lists(book: Workbook, given: Mapping[str, Rows]) -> None:
    """Gives the workbook its lists, and the hidden sheet of themes; `given` are the rows of its sheets, by name."""
    outcomes = given.get(S.OUTCOMES.name, ())
    numbers = column_cells(S.OUTCOMES, c.OUTCOME_NO, outcomes)
    names = {
        KNOWN_THEMES: as_far_as_filled(list_themes(book, outcomes)),
        **{
            name: as_far_as_filled(column_cells(sheet, heading, given.get(sheet.name, ())))
            for name, sheet, heading in NAMES_LISTED
        },
        KNOWN_OUTCOMES: as_far_as_filled(numbers),
        OUTCOME_THEMES: column_cells(S.OUTCOMES, c.THEME, outcomes),
        OUTCOME_NUMBERS: numbers,
    }
    for name, formula in names.items():
        book.define_name(name, f"={formula}")


def list_themes(book: Workbook, outcomes: Rows) -> str:
    """Writes the hidden sheet, on which each theme stands once; gives its cells as a formula names them."""
    page = book.add_worksheet(c.PlanSheets.LISTS)
    page.hide()
    page.write_string(0, 0, c.THEME)
    cells = column_cells(S.OUTCOMES, c.THEME, outcomes)
    known = distinct(as_typed(row.get(c.THEME)) for row in outcomes)
    for row in range(1, MOST_THEMES + 1):
        above = f"A$1:A{row}"
        formula = f'IFERROR(INDEX({cells},MATCH(0,COUNTIF({above},{cells})+({cells}=""),0)),"")'
        theme = known[row - 1] if row <= len(known) else ""
        page.write_array_formula(row, 0, row, 0, f"{{={formula}}}", None, theme)
    return f"{quote_sheetname(c.PlanSheets.LISTS)}!$A$2:$A${MOST_THEMES + 1}"


def distinct(names: Iterable[str]) -> list[str]:
    """Each name once, whatever its case, in their order."""
    known: dict[str, str] = {}
    for name in filter(None, names):
        known.setdefault(name.casefold(), name)
    return list(known.values())


def outcomes_of(theme: str) -> str:
    """The numbers of the outcomes of the theme in a cell, such as `$C4`, whose rows stand together; all of them where
    the cell holds no theme.
    """
    first = f"MATCH({theme},{OUTCOME_THEMES},0)"
    start = f"INDEX({OUTCOME_NUMBERS},{first})"
    end = f"INDEX({OUTCOME_NUMBERS},{first}+COUNTIF({OUTCOME_THEMES},{theme})-1)"
    return f'=IF(OR({theme}="",ISNA({first})),{KNOWN_OUTCOMES},{start}:{end})'
