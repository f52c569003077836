"""The first sheet of a return: what to do, by when, whom to ask, what the colours mean and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.figures import show_day
from ragtool.looks import fitting
from ragtool.looks.forms import CREAM, LOCKED, MISSING, set_form_page
from ragtool.looks.palette import WHITE
from ragtool.looks.style import INK, Style, rating_of
from ragtool.plan.plan import Plan
from ragtool.returns.template.gaps import Gap, texts_of
from ragtool.returns.template.guidance_texts import entry_steps, meanings, preview_notes
from ragtool.returns.template.return_rows import KeyActionRow, MeasureRow
from ragtool.returns.template.return_sheet import ReturnCell, Running

R = c.ReturnSheets
WIDTHS = (8.0, 18.0, 40.0, 40.0)
"""Columns in characters: a number or letters, a word, and two of text."""
LAST = len(WIDTHS) - 1
SCALE = 90
"""Per cent, at which these columns fill the width of the page."""


class Page:
    """The sheet and the row that is written next."""

    def __init__(self, sheet: Worksheet, style: Style) -> None:
        self.sheet = sheet
        self.style = style
        self.row = 0
        self.wide = [fitting.pixels(width) for width in WIDTHS]

    def title(self, text: str, points: int = 13) -> None:
        """A heading across the page."""
        self.sheet.write_string(self.row, 0, text, self.style.title(points))
        self.sheet.set_row(self.row, points * 1.6 + 4)
        self.row += 1

    def line(self, first: str, text: str, first_format: Format | None = None) -> None:
        """A label, and a text across the rest of the page."""
        self.sheet.write_string(self.row, 0, first, first_format or self.style.plain(bold=True, align="center"))
        self.across(1, text, self.style.plain(align="left", indent=1))

    def across(self, first: int, text: str, look: Format) -> None:
        """A text from one column to the page's edge, as high as it needs."""
        self.sheet.merge_range(self.row, first, self.row, LAST, text, look)
        self.sheet.set_row(self.row, fitting.row_height([(text, sum(self.wide[first:]))]) + 1)
        self.row += 1

    def cells(self, texts: Sequence[str], looks: Sequence[Format]) -> None:
        """A row of a small table."""
        for column, (text, look) in enumerate(zip(texts, looks, strict=True)):
            self.sheet.write_string(self.row, column, text, look)
        self.sheet.set_row(self.row, fitting.row_height(zip(texts, self.wide, strict=True)))
        self.row += 1

    def skip(self) -> None:
        """A narrow gap between two sections."""
        self.sheet.set_row(self.row, 6)
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
) -> None:
    """Writes the Guidance sheet; `rows` are the cells of the sheets that follow, by their names, for the count of what
    is missing.
    """
    sheet = book.add_worksheet(R.GUIDANCE)
    page = Page(sheet, style)
    for column, wide in enumerate(page.wide):
        sheet.set_column_pixels(column, column, wide)
    settings = plan.settings
    page.title(f"Performance return: {running.area}, {running.quarter}", 16)
    page.across(0, " – ".join(text for text in (settings.organisation, settings.plan_title) if text), style.plain())
    label = style.boxed(bold=True, bg_color=LOCKED)
    for name, text in headlines(plan, running.area):
        sheet.merge_range(page.row, 0, page.row, 1, name, label)
        page.across(2, text, style.boxed(bold=True))
    page.skip()

    page.title(c.WHAT_TO_DO)
    for number, step in enumerate(entry_steps(settings, len(rows[R.MILESTONES.name]), len(rows[R.MEASURES.name])), 1):
        page.line(str(number), step)
    page.skip()

    page.title("What is still missing")
    write_gaps(page, rows, gaps)
    page.skip()

    page.title("What the cells look like")
    page.line("", "Yours to fill in.", style.boxed(bg_color=CREAM))
    page.line("", "Still missing: fill it in. The outline goes when you do.", style.boxed(**MISSING))
    page.line(
        "",
        "Locked. It comes from the corporate plan or is worked out for you. If it is wrong, tell the address above.",
        style.boxed(bg_color=LOCKED),
    )
    sheet.set_h_pagebreaks([page.row])

    page.title("What the ratings mean in this plan")
    heading = style.heading()
    page.cells(("Letters", c.RATING, c.KEY_ACTION, c.MEASURE), [heading] * 4)
    stretched = any(row.item.stretch is not None for row in measures)
    for letters, word, key_action, measure in meanings(settings, actions, stretched):
        page.cells((letters, word, key_action, measure), [letters_format(style, letters), *[style.boxed()] * 3])
    for note in preview_notes(settings, actions, measures):
        page.across(0, note, style.plain())

    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    set_form_page(sheet, running.organisation, running.area, running.quarter, landscape=False)
    # Excel leaves out page breaks on a sheet that is fitted to the page.
    sheet.set_print_scale(SCALE)


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


def write_gaps(page: Page, rows: Mapping[str, Sequence[Mapping[str, ReturnCell]]], gaps: Sequence[Gap]) -> None:
    """A live count of each kind of missing entry, and of all together."""
    style, sheet = page.style, page.sheet
    texts = {name: texts_of(cells) for name, cells in rows.items()}
    first, missing = page.row + 1, 0
    for what in dict.fromkeys(gap.what for gap in gaps):
        of_kind = [gap for gap in gaps if gap.what == what]
        formula = "=" + "+".join(gap.count(len(rows[gap.sheet.name])) for gap in of_kind)
        now = sum(gap.cached(texts[gap.sheet.name]) for gap in of_kind)
        missing += now
        sheet.write_formula(page.row, 0, formula, style.boxed(align="center", num_format='0;-0;"–"'), now)
        page.across(1, what, style.plain(align="left", indent=1))
    counts = f"A{first}:A{page.row}"
    many = style.bare(bg_color=MISSING["bg_color"], bold=True)
    sheet.conditional_format(counts, {"type": "cell", "criteria": ">", "value": 0, "format": many})
    complete, not_done = "Nothing is missing: send it back.", "Fill in what is outlined in red before you send it back."
    total = style.boxed(bold=True, align="center", bg_color=INK, font_color=WHITE)
    sheet.write_formula(page.row, 0, f"=SUM({counts})", total, missing)
    page.across(1, "", style.plain(bold=True, align="left", indent=1))
    sheet.write_formula(
        page.row - 1,
        1,
        f'=IF(A{page.row}=0,"{complete}","{not_done}")',
        style.plain(bold=True, align="left", indent=1),
        not_done if missing else complete,
    )
