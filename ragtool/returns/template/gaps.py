"""Entries that are still missing from a return: coloured in the sheets, counted on the Guidance sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ragtool import columns as c
from ragtool.model import OWN_COLOURS, YES, DataStatus, MilestoneStatus, Rating
from ragtool.plan.plan import BY_PARTS
from ragtool.returns.template.gap_formulas import (
    BETTER_THAN,
    chose,
    declared,
    differs,
    empty,
    formula_in_row,
    formula_of_column,
    given,
    says,
    standing,
)
from ragtool.returns.template.preview import NOT_A_FIGURE
from ragtool.returns.template.return_sheet import ReturnCell, cell_text
from ragtool.sheets.cells import is_spelled
from ragtool.sheets.typed_figures import NO_FIGURE, NOT_SET_YET, is_no_answer

R = c.ReturnSheets

FIRST_DAY_OF_EXCEL = date(1899, 12, 30)
"""The day from which Excel counts."""

LAST_DAY = 2_958_465
"""The last day that Excel has, as it counts them: 31 December 9999."""

NO_ANSWERS = tuple(sorted({*NO_FIGURE, *NOT_SET_YET}))
"""Texts that sign nothing off."""

Texts = Mapping[str, str]
"""A row's cells as text, by heading."""


@dataclass(frozen=True)
class Gap:
    """An entry that is missing from a row, and what is said of it.

    `formula` is true of a row where the entry under `heading` is missing; cells are named by their headings in square
    brackets. It multiplies its conditions, so that Excel can work it out for one row or count it down a whole column;
    no function is applied to a column's cells, which not every program would take one by one. `missing` says the same
    of a row's texts, for the count that stands until Excel calculates. `stored`: the cells count as they are stored,
    where they are days or no blanks may stand around a word.
    """

    what: str
    sheet: c.Sheet
    heading: str
    formula: str
    missing: Callable[[Texts], bool]
    stored: bool = False

    def in_row(self, row: int) -> str:
        """The formula for one row, counted from 1."""
        return formula_in_row(self.formula, self.sheet, "{}" if self.stored else "TRIM({})", row)

    def count(self, rows: int) -> str:
        """How often the entry is missing in so many rows, as part of a formula."""
        return f"SUMPRODUCT({formula_of_column(self.formula, self.sheet, rows)})"

    def cached(self, rows: Sequence[Texts]) -> int:
        """How often the entry is missing from rows as they are written."""
        return sum(map(self.missing, rows))


def texts_of(rows: Sequence[Mapping[str, ReturnCell]]) -> list[Texts]:
    """What the cells of rows say."""
    return [{name: "" if cell.value is None else cell_text(cell.value) for name, cell in row.items()} for row in rows]


def is_declared(row: Texts, *worse: Rating) -> bool:
    """Whether the own rating is one of these, and worse than the preview's."""
    return any(
        row[c.OWN_RATING] in (rating.word, rating) and row[c.RAG_PREVIEW] in BETTER_THAN[rating] for rating in worse
    )


def own_differs(row: Texts) -> bool:
    """Whether the own rating isn't the preview's."""
    own = next((each for each in OWN_COLOURS if row[c.OWN_RATING] in (each.word, each)), None)
    return own is not None and row[c.RAG_PREVIEW] not in standing(own)


NO_STATUS = "Milestones without a status"
OVERDUE = "Overdue milestones without a proposed resolution or a revised date"
QUALITY = "Quality concerns without a proposed resolution"
NO_FIGURE_GIVEN = "Measures without a figure, or with words in place of one"
NO_PERIOD = "Figures without their period or data status"
NO_REASON_NA = "Figures not available without a reason"
NO_RESOLUTION = "Amber or Red measures and Red parts without a proposed resolution"
DECLARED = "Own ratings without a reason"
DECLARED_RESOLUTION = "Key actions declared Amber or Red without a proposed resolution"
NOT_USED = "Figures beside Not available, which aren't used"
LATE = "Milestones that are Complete on a day after the quarter's end"
QUALITY_OVERDUE = "Quality concerns about milestones that are Overdue"
NOT_SIGNED = "Nobody has signed it off"

GAPS = (
    Gap(NO_STATUS, R.MILESTONES, c.STATUS, f"{given(c.KEY)}*{empty(c.STATUS)}", lambda row: not row[c.STATUS]),
    Gap(
        OVERDUE,
        R.MILESTONES,
        c.RESOLUTION,
        f"{chose(c.STATUS, MilestoneStatus.OVERDUE)}*{empty(c.RESOLUTION)}",
        lambda row: is_spelled(row[c.STATUS], MilestoneStatus.OVERDUE) and not row[c.RESOLUTION],
    ),
    Gap(
        OVERDUE,
        R.MILESTONES,
        c.REVISED_DATE,
        f"{chose(c.STATUS, MilestoneStatus.OVERDUE)}*{empty(c.REVISED_DATE)}",
        lambda row: is_spelled(row[c.STATUS], MilestoneStatus.OVERDUE) and not row[c.REVISED_DATE],
    ),
    Gap(
        QUALITY,
        R.MILESTONES,
        c.RESOLUTION,
        f"{chose(c.STATUS, MilestoneStatus.COMPLETE)}*{chose(c.QUALITY_CONCERN, YES)}*{empty(c.RESOLUTION)}",
        lambda row: (
            is_spelled(row[c.STATUS], MilestoneStatus.COMPLETE)
            and is_spelled(row[c.QUALITY_CONCERN], YES)
            and not row[c.RESOLUTION]
        ),
    ),
    Gap(
        QUALITY_OVERDUE,
        R.MILESTONES,
        c.QUALITY_CONCERN,
        f"{chose(c.STATUS, MilestoneStatus.OVERDUE)}*{chose(c.QUALITY_CONCERN, YES)}",
        lambda row: is_spelled(row[c.STATUS], MilestoneStatus.OVERDUE) and is_spelled(row[c.QUALITY_CONCERN], YES),
    ),
    Gap(
        NO_FIGURE_GIVEN,
        R.MEASURES,
        c.PERFORMANCE,
        f'{says(c.RAG_PREVIEW, Rating.NOT_RETURNED, NOT_A_FIGURE)}*([{c.TARGET}]<>"{BY_PARTS}")',
        lambda row: row[c.RAG_PREVIEW] in (Rating.NOT_RETURNED, NOT_A_FIGURE) and row[c.TARGET] != BY_PARTS,
    ),
    Gap(
        NO_PERIOD,
        R.MEASURES,
        c.PERIOD,
        f"{given(c.PERFORMANCE)}*{empty(c.PERIOD)}",
        lambda row: bool(row[c.PERFORMANCE]) and not row[c.PERIOD],
    ),
    Gap(
        NO_PERIOD,
        R.MEASURES,
        c.DATA_STATUS,
        f"{given(c.PERFORMANCE)}*{empty(c.DATA_STATUS)}",
        lambda row: bool(row[c.PERFORMANCE]) and not row[c.DATA_STATUS],
    ),
    Gap(
        NO_REASON_NA,
        R.MEASURES,
        c.HIGHLIGHT,
        f'{says(c.RAG_PREVIEW, Rating.NOT_AVAILABLE)}*([{c.TARGET}]<>"{BY_PARTS}")'
        f"*{empty(c.REASON_OWN)}*{empty(c.RESOLUTION)}*{empty(c.HIGHLIGHT)}",
        lambda row: (
            row[c.RAG_PREVIEW] == Rating.NOT_AVAILABLE
            and row[c.TARGET] != BY_PARTS
            and not (row[c.REASON_OWN] or row[c.RESOLUTION] or row[c.HIGHLIGHT])
        ),
    ),
    Gap(
        NOT_USED,
        R.MEASURES,
        c.DATA_STATUS,
        f"{chose(c.DATA_STATUS, DataStatus.NOT_AVAILABLE)}*{given(c.PERFORMANCE)}",
        lambda row: is_spelled(row[c.DATA_STATUS], DataStatus.NOT_AVAILABLE) and bool(row[c.PERFORMANCE]),
    ),
    Gap(
        NO_RESOLUTION,
        R.MEASURES,
        c.RESOLUTION,
        f"(({says(c.RAG_PREVIEW, Rating.RED)}+{declared(Rating.RED)}"
        f"+({says(c.RAG_PREVIEW, Rating.AMBER)}+{declared(Rating.AMBER)})*{empty(c.PART)})>0)"
        f"*{empty(c.RESOLUTION)}",
        lambda row: (
            (
                row[c.RAG_PREVIEW] == Rating.RED
                or is_declared(row, Rating.RED)
                or ((row[c.RAG_PREVIEW] == Rating.AMBER or is_declared(row, Rating.AMBER)) and not row[c.PART])
            )
            and not row[c.RESOLUTION]
        ),
    ),
    *(
        Gap(
            DECLARED,
            sheet,
            c.REASON_OWN,
            f"{differs()}*{empty(c.REASON_OWN)}",
            lambda row: own_differs(row) and not row[c.REASON_OWN],
        )
        for sheet in (R.KEY_ACTIONS, R.MEASURES)
    ),
    # A milestone's resolution stands in its own row; only what no milestone shows needs one here.
    Gap(
        DECLARED_RESOLUTION,
        R.KEY_ACTIONS,
        c.RESOLUTION,
        f"(1-{says(c.RAG_PREVIEW, Rating.AMBER, Rating.RED)})"
        f"*{declared(Rating.RED, Rating.AMBER)}*{empty(c.RESOLUTION)}",
        lambda row: (
            row[c.RAG_PREVIEW] not in (Rating.AMBER, Rating.RED)
            and is_declared(row, Rating.RED, Rating.AMBER)
            and not row[c.RESOLUTION]
        ),
    ),
    Gap(
        NOT_SIGNED,
        R.SIGN_OFF,
        c.ENTRY,
        f"{says(c.FIELD, c.SignOff.SIGNED_OFF_BY)}*{says(c.ENTRY, '', *NO_ANSWERS)}",
        lambda row: row[c.FIELD] == c.SignOff.SIGNED_OFF_BY and (not row[c.ENTRY] or is_no_answer(row[c.ENTRY])),
    ),
)


def gaps_in(end: date) -> tuple[Gap, ...]:
    """What may be missing from a return for the quarter that ends on this day, or be wrong in it for certain."""
    serial = (end - FIRST_DAY_OF_EXCEL).days
    late = Gap(
        LATE,
        R.MILESTONES,
        c.COMPLETED_ON,
        # To Excel any text is more than a number, so the last day that it knows keeps texts out.
        f"{chose(c.STATUS, MilestoneStatus.COMPLETE)}*([{c.COMPLETED_ON}]>{serial})*([{c.COMPLETED_ON}]<={LAST_DAY})",
        lambda row: is_spelled(row[c.STATUS], MilestoneStatus.COMPLETE) and is_after(row[c.COMPLETED_ON], end),
        stored=True,
    )
    return (*GAPS, late)


def is_after(shown: str, end: date) -> bool:
    """Whether a cell's text is a day after this one, as `short_day` writes it."""
    try:
        return datetime.strptime(shown, "%d %b %Y").date() > end
    except ValueError:
        return False
