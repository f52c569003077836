"""The Summary sheet: the quarter on a page or two, read from the top."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.figures import day, how_many
from ragtool.frames import records
from ragtool.looks import fitting, printing
from ragtool.looks.style import INK, STRONG_LINE, Properties, Style
from ragtool.model import YES, Rating
from ragtool.report.charts import insert_count_chart
from ragtool.results.results import QUARTERS, RATING, STATE, Results

WIDTHS = (8, 36, 7, 7, 7, 7, 2, 42)
"""Letters or key, state or description, four quarters, a gap, and the charts or the proposed resolutions."""
LAST = len(WIDTHS) - 1
GAP = 6


def write_summary(sheet: Worksheet, style: Style, results: Results) -> None:
    """Writes the sheet, portrait."""
    for column, width in enumerate(WIDTHS):
        sheet.set_column_pixels(column, column, fitting.pixels(width))
    row = write_titles(sheet, style, results)
    row = write_section(sheet, style, row, "Overview", results.overview)
    for kind, counts in (("Key actions", results.key_action_counts), ("Measures", results.measure_counts)):
        chart_row = row
        row = write_counts(sheet, style, row, kind, counts)
        title = f"{kind} by rating, quarter by quarter"
        insert_count_chart(sheet, style.workbook, counts, (chart_row, LAST), fitting.pixels(WIDTHS[LAST]), title)
    row = write_rule_counts(sheet, style, results, row)
    row = write_section(sheet, style, row, "Direction of travel", results.direction_counts)
    row = write_red(sheet, style, results, row)
    row = write_section(sheet, style, row, "Returns", returns_lines(results.returns))
    row = write_section(sheet, style, row, "Reconciliation", results.reconciliation)
    printing.set_up(sheet, results)
    sheet.set_portrait()
    sheet.print_area(0, 0, row - 1, LAST)


def write_titles(sheet: Worksheet, style: Style, results: Results) -> int:
    """The title block; returns the row that follows it, as all these functions do."""
    settings = results.settings
    titles = ((settings.organisation, 18), (settings.plan_title, 14), (f"Performance report, {results.quarter}", 14))
    row = 0
    for text, points in titles:
        if text:
            row = write_line(sheet, style, row, text, points=points, bold=True, font_color=INK)
    meeting = settings.meeting_date if isinstance(settings.meeting_date, str) else day(settings.meeting_date)
    facts = {
        "Committee": settings.committee,
        "Meeting date": meeting,
        "Report author": settings.report_author,
        "Report reference": settings.report_reference,
        "Contact": settings.contact,
    }
    for label, text in facts.items():
        if text:
            row = write_line(sheet, style, row, f"{label}: {text}")
    return row


def write_line(sheet: Worksheet, style: Style, row: int, text: str, points: int = 10, **look: object) -> int:
    """One text across the sheet."""
    wide = sum(fitting.pixels(width) for width in WIDTHS)
    sheet.set_row(row, fitting.row_height([(text, wide)], points, bool(look.get("bold"))))
    sheet.merge_range(row, 0, row, LAST, text, style.plain(font_size=points, valign="vcenter", **look))
    return row + 1


def write_heading(sheet: Worksheet, style: Style, row: int, text: str) -> int:
    """The heading of a section, a small gap above it."""
    sheet.set_row(row, 8)
    return write_line(sheet, style, row + 1, text, 12, bold=True, font_color=INK, bottom=2, bottom_color=INK)


def write_section(sheet: Worksheet, style: Style, row: int, heading: str, lines: Iterable[str]) -> int:
    """A heading and its lines; nothing where there are none."""
    for number, line in enumerate(lines):
        if number == 0:
            row = write_heading(sheet, style, row, heading)
        row = write_line(sheet, style, row, line)
    return row


def write_counts(sheet: Worksheet, style: Style, row: int, heading: str, counts: pd.DataFrame) -> int:
    """A count table: a row a state, a column a quarter, the total last."""
    sheet.set_row(row, 8)
    row += 1
    sheet.merge_range(row, 0, row, 1, heading, style.heading())
    for column, quarter in enumerate(QUARTERS, start=2):
        sheet.write_string(row, column, quarter, style.heading(align="center"))
    for state in records(counts):
        row += 1
        rating, total = state[RATING], state[RATING] is None
        look: Properties = {"valign": "vcenter"}
        look |= {"bold": True, "top": 2, "top_color": STRONG_LINE} if total else {}
        sheet.set_row(row, fitting.row_height([(state[STATE], fitting.pixels(WIDTHS[1]))]))
        if rating:
            sheet.write_string(row, 0, rating, style.rating(Rating(rating), **look))
        else:
            sheet.write_blank(row, 0, None, style.boxed(**look))
        sheet.write_string(row, 1, state[STATE], style.boxed(**look))
        for column, quarter in enumerate(QUARTERS, start=2):
            count = state[quarter]
            made = style.boxed(align="center", **look)
            if count is None:
                sheet.write_blank(row, column, None, made)
            else:
                sheet.write_number(row, column, count, made)
    return row + 1


def write_rule_counts(sheet: Worksheet, style: Style, results: Results, row: int) -> int:
    """The rule's own counts, where declared or overridden ratings make the published ones differ."""
    pairs = (
        ("Key actions", results.key_action_counts, results.rule_key_action_counts),
        ("Measures", results.measure_counts, results.rule_measure_counts),
    )
    for kind, published, rule in pairs:
        if tallies(published) != tallies(rule):
            row = write_counts(sheet, style, row, f"{kind}: by the rule alone", rule)
    return row


def tallies(counts: pd.DataFrame) -> dict[tuple[object, str], int]:
    """The counts that aren't zero, by rating and quarter."""
    rows = records(counts)
    return {(row[RATING], quarter): row[quarter] for row in rows for quarter in QUARTERS if row[quarter]}


def write_red(sheet: Worksheet, style: Style, results: Results, row: int) -> int:
    """Everything published Red: why, and what will be done about it."""
    items = [*records(results.key_actions), *records(results.measures)]
    red = [item for item in items if item[c.RAG] == Rating.RED and not item.get(c.PART)]
    if not red:
        return write_section(sheet, style, row, "What is red", ["Nothing is Red."])
    row = write_heading(sheet, style, row, "What is red")
    why_width = sum(fitting.pixels(width) for width in WIDTHS[2 : GAP + 1])
    sheet.write_string(row, 0, c.KEY, style.heading())
    sheet.write_string(row, 1, c.DESCRIPTION, style.heading())
    sheet.merge_range(row, 2, row, GAP, c.WHY, style.heading())
    sheet.write_string(row, LAST, c.RESOLUTION, style.heading())
    for item in red:
        row += 1
        key, description, why = (str(item[heading] or "") for heading in (c.KEY, c.DESCRIPTION, c.WHY))
        resolution = resolution_of(item[c.RESOLUTION], results.milestones, key)
        texts = [(key, fitting.pixels(WIDTHS[0])), (description, fitting.pixels(WIDTHS[1]))]
        texts += [(why, why_width), (resolution, fitting.pixels(WIDTHS[LAST]))]
        sheet.set_row(row, fitting.row_height(texts))
        sheet.write_string(row, 0, key, style.rating(Rating.RED, align="left", text_wrap=True))
        sheet.write_string(row, 1, description, style.boxed())
        sheet.merge_range(row, 2, row, GAP, why, style.boxed())
        sheet.write_string(row, LAST, resolution, style.boxed())
    return row + 1


def resolution_of(own: str | None, milestones: pd.DataFrame, key: str) -> str:
    """What is proposed for an item, and for each of its milestones that has a proposal of its own."""
    mine = milestones[milestones[c.KEY] == key] if len(milestones) else milestones
    proposals = [own, *mine[c.RESOLUTION]]
    return "\n".join(dict.fromkeys(text for text in proposals if text))


def returns_lines(returns: pd.DataFrame) -> list[str]:
    """How many returns came, and whose did not. A row without a service area is a file that isn't used."""
    pairs = zip(returns[c.SERVICE_AREA], returns[c.RECEIVED], strict=True)
    expected = {area: received for area, received in pairs if area}
    missing = [area for area, received in expected.items() if received != YES]
    lines = [f"{len(expected) - len(missing)} of {how_many(len(expected), 'return')} received."]
    return [*lines, f"Not received: {'; '.join(missing)}."] if missing else lines
