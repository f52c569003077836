"""The first sheet of a return: what to do, by when, whom to ask, what the colours mean and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.figures import show_day
from ragtool.looks import fitting
from ragtool.looks.forms import CREAM, LOCKED, MISSING
from ragtool.looks.palette import WHITE
from ragtool.looks.printing import UNSURE, UPRIGHT_A4, printed_height
from ragtool.looks.style import INK, POINTS, Style, rating_of
from ragtool.plan.plan import Plan
from ragtool.returns.template.gaps import NOT_SIGNED, Gap, texts_of
from ragtool.returns.template.guidance_texts import NO_MEANING, entry_steps, meanings, preview_notes
from ragtool.returns.template.return_rows import KeyActionRow, MeasureRow
from ragtool.returns.template.return_sheet import ReturnCell, Running
from ragtool.workbooks.edit.held_formulas import HeldFormulas

R = c.ReturnSheets
WIDTHS = (17.0, 95.0)
"""Columns in characters: what a line is about, and its text."""
SCALE = 86
"""Per cent, at which these columns fill the width of the page; less where what is to do would not stand on one page."""
DOCUMENT_TITLE, SECTION = 16, 13
"""Points of the sheet's title and of the headings beneath."""
INDENT = 9
"""Pixels."""
STILL_MISSING = "Still missing"
ROOM_BESIDE = 8
"""Points above a heading, in place of a blank row."""


class Count(NamedTuple):
    """How much of something is missing: the cell that counts it, and how much until Excel calculates."""

    place: str
    now: int


class Page:
    """The sheet and the row that is written next."""

    def __init__(self, sheet: Worksheet, style: Style) -> None:
        self.sheet = sheet
        self.style = style
        self.row = 0
        self.high = 0.0
        self.wide = [fitting.pixels(width) for width in WIDTHS]

    def title(self, text: str, points: int = SECTION, shorter: str = "") -> None:
        """A heading, which runs on over the cells beside it: no larger than a section's where it is long, and in other,
        `shorter` words where it would still run out of the columns.
        """
        sizes = [(each, size) for each in (text, shorter) for size in range(points, SECTION - 1, -1)]
        room = sum(self.wide)
        fits = (each for each in sizes if fitting.text_pixels(*each, bold=True) <= room)
        text, points = next(fits, (shorter or text, POINTS))
        self.sheet.write_string(self.row, 0, text, self.style.title(points, valign="bottom"))
        self.end_row(points * 1.6 + ROOM_BESIDE)

    def line(self, first: str, text: str, first_format: Format | None = None, bold: bool = False) -> None:
        """A label, and its text."""
        self.sheet.write_string(self.row, 0, first, first_format or self.style.plain(bold=True, align="center"))
        self.text(text, bold)

    def text(self, text: str, bold: bool = False) -> None:
        """A text in the second column, as high as it needs, and the next row."""
        self.sheet.write_string(self.row, 1, text, self.style.plain(align="left", indent=1, bold=bold))
        # An indent takes some of the width.
        self.end_row(fitting.row_height([(text, self.wide[1] - INDENT)], bold=bold) + 1)

    def end_row(self, points: float) -> None:
        """Makes the row so high, and goes on in the next; `high` is how high all are so far."""
        self.sheet.set_row(self.row, points)
        self.high += points
        self.row += 1


def write_guidance(
    book: Workbook,
    style: Style,
    plan: Plan,
    running: Running,
    actions: Sequence[KeyActionRow],
    measures: Sequence[MeasureRow],
    rows: Mapping[str, Sequence[Mapping[str, ReturnCell]]],
    gaps: Sequence[Gap],
    formulas: HeldFormulas,
    rated_by_you: Sequence[str] = (),
) -> None:
    """Writes the Guidance sheet; `rows` are the cells of the sheets that follow, by their names, for the count of what
    is missing, `rated_by_you` the keys of the key actions that the officer rates.
    """
    sheet = book.add_worksheet(R.GUIDANCE)
    page = Page(sheet, style)
    for column, wide in enumerate(page.wide):
        sheet.set_column_pixels(column, column, wide)
    settings = plan.settings
    whose = f"{running.area}, {running.quarter}"
    page.title(f"Performance return: {whose}", DOCUMENT_TITLE, whose)
    label = style.plain(bold=True)
    of_whom = (settings.organisation, settings.plan_title)
    page.line("For", ", ".join(text for text in of_whom if text), label)
    for name, text in headlines(plan, running.area):
        page.line(name, text, label, bold=True)
    first_look = page.row
    page.line(STILL_MISSING, "", label, bold=True)

    page.title(c.WHAT_TO_DO)
    steps = entry_steps(settings, len(rows[R.MILESTONES.name]), len(rows[R.MEASURES.name]), rated_by_you)
    for number, step in enumerate(steps, 1):
        page.line(str(number), step)

    page.title("What is still missing")
    write_total(page, first_look, *write_gaps(page, rows, gaps, formulas), formulas)

    page.title("What the cells look like")
    page.line("", "Yours to fill in.", style.boxed(bg_color=CREAM))
    page.line("", "Still missing: fill it in. The outline goes when you do.", style.boxed(**MISSING))
    page.line(
        "",
        "Locked. It comes from the corporate plan or is worked out for you. If it is wrong, tell the address above.",
        style.boxed(bg_color=LOCKED),
    )
    sheet.set_h_pagebreaks([page.row])
    scale = min(SCALE, int(100 * (printed_height(UPRIGHT_A4) - UNSURE) / page.high))

    page.title("What the ratings mean in this plan")
    stretched = any(row.item.stretch is not None for row in measures)
    for letters, word, key_action, measure in meanings(settings, actions, stretched, rated_by_you):
        of_each = ((c.KEY_ACTION, key_action, actions), (c.MEASURE, measure, measures))
        said = [f"{name}: {text}" for name, text, asked in of_each if asked and text != NO_MEANING]
        page.line(letters, " ".join((f"{word}.", *said)), letters_format(style, letters))
    for note in preview_notes(settings, actions, measures, rated_by_you):
        page.text(note)

    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    running.set_page(sheet, landscape=False)
    # Excel leaves out page breaks on a sheet that is fitted to the page.
    sheet.set_print_scale(scale)


def letters_format(style: Style, letters: str) -> Format:
    """The look of a rating's letters, and of others that a preview may show."""
    return style.rating(rating_of(letters), valign="vcenter")


def headlines(plan: Plan, area: str) -> list[tuple[str, str]]:
    """By when, to whom, and who signs."""
    settings = plan.settings
    deadline = settings.return_deadline
    by = show_day(deadline) if isinstance(deadline, date) else deadline
    who = plan.service_area[area].head if area in plan.service_area else None
    contact = settings.contact or "the corporate performance team"
    return [
        ("Send it back by", by or "the day that the corporate performance team tells you"),
        ("Send it to, and ask", contact),
        *([(c.SignOff.SIGNED_OFF_BY, who)] if who else []),
    ]


def write_total(page: Page, row: int, total: Count, unsigned: Count, formulas: HeldFormulas) -> None:
    """What the first screen says, in its `row`, of all that is missing; the sign-off comes last."""
    none, sign_off, some = "Nothing: send it back.", "Only the sign-off.", "to fill in or to put right, outlined in red"
    some_left = f'IF({total.place}={unsigned.place},"{sign_off}",{total.place}&" {some}")'
    formula = formulas.hold(f'IF({total.place}=0,"{none}",{some_left})')
    now = none if not total.now else sign_off if total.now == unsigned.now else f"{total.now} {some}"
    page.sheet.write_formula(row, 1, formula, page.style.plain(bold=True, align="left", indent=1), now)


def write_gaps(
    page: Page, rows: Mapping[str, Sequence[Mapping[str, ReturnCell]]], gaps: Sequence[Gap], formulas: HeldFormulas
) -> tuple[Count, Count]:
    """A live count of each kind of missing entry, and of all together; gives the latter, and that of the sign-off."""
    style, sheet = page.style, page.sheet
    texts = {name: texts_of(cells) for name, cells in rows.items()}
    first, counts = page.row + 1, dict[str, Count]()
    for what in dict.fromkeys(gap.what for gap in gaps):
        of_kind = [gap for gap in gaps if gap.what == what]
        formula = formulas.hold("+".join(gap.count(len(rows[gap.sheet.name])) for gap in of_kind))
        now = sum(gap.cached(texts[gap.sheet.name]) for gap in of_kind)
        counts[what] = Count(f"A{page.row + 1}", now)
        sheet.write_formula(page.row, 0, formula, style.boxed(align="center", num_format='0;-0;"–"'), now)
        page.text(what)
    counted, missing = f"A{first}:A{page.row}", sum(each.now for each in counts.values())
    many = style.bare(bg_color=MISSING["bg_color"], bold=True)
    sheet.conditional_format(counted, {"type": "cell", "criteria": ">", "value": 0, "format": many})
    complete, not_done = "Nothing is missing: send it back.", "Fill in what is outlined in red before you send it back."
    total = style.boxed(bold=True, align="center", bg_color=INK, font_color=WHITE)
    sheet.write_formula(page.row, 0, formulas.hold(f"SUM({counted})"), total, missing)
    page.text("", bold=True)
    sheet.write_formula(
        page.row - 1,
        1,
        formulas.hold(f'IF(A{page.row}=0,"{complete}","{not_done}")'),
        style.plain(bold=True, align="left", indent=1),
        not_done if missing else complete,
    )
    return Count(f"A{page.row}", missing), counts[NOT_SIGNED]
