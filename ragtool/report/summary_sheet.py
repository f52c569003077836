"""The Summary sheet: the quarter on a page or two, read from the top."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from ragtool import columns as c
from ragtool.figures import how_many, show_day
from ragtool.looks import fitting
from ragtool.looks.palette import Properties
from ragtool.looks.style import INK, STRONG_LINE, Style
from ragtool.model import Kind, Rating
from ragtool.quarter.items import ReturnedMilestone
from ragtool.report import page_setup
from ragtool.report.charts import insert_count_chart
from ragtool.report.key_action_sheet import resolutions
from ragtool.results.results import QUARTERS, RATING, STATE, Results, ReturnStatus

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
    for kind in Kind:
        chart_row, counts = row, results.counts[kind, c.RAG]
        row = write_counts(sheet, style, row, f"{kind}s", counts)
        title = f"{kind}s by rating, quarter by quarter"
        insert_count_chart(sheet, style.workbook, counts, (chart_row, LAST), fitting.pixels(WIDTHS[LAST]), title)
    row = write_rule_counts(sheet, style, results, row)
    row = write_section(sheet, style, row, "Direction of travel", results.direction_counts)
    row = write_red(sheet, style, results, row)
    row = write_section(sheet, style, row, c.ReportSheets.RETURNS.name, returns_lines(results.returns))
    row = write_section(sheet, style, row, "Reconciliation", results.reconciliation)
    page_setup.set_up(sheet, results)
    sheet.set_portrait()
    sheet.print_area(0, 0, row - 1, LAST)


def write_titles(sheet: Worksheet, style: Style, results: Results) -> int:
    """The title block; returns the row that follows it, as all these functions do."""
    settings = results.settings
    title = f"Performance report, {results.quarter} ({results.standing})"
    titles = ((settings.organisation, 18), (settings.plan_title, 14), (title, 14))
    row = 0
    for text, points in titles:
        if text:
            row = write_line(sheet, style, row, text, points=points, bold=True, font_color=INK)
    meeting = settings.meeting_date if isinstance(settings.meeting_date, str) else show_day(settings.meeting_date)
    facts = {
        "Committee": settings.committee,
        c.MEETING_DATE: meeting,
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
    for rating, state, *by_quarter in counts[[RATING, STATE, *QUARTERS]].itertuples(index=False):
        row += 1
        total = rating is None
        look: Properties = {"valign": "vcenter"}
        look |= {"bold": True, "top": 2, "top_color": STRONG_LINE} if total else {}
        sheet.set_row(row, fitting.row_height([(state, fitting.pixels(WIDTHS[1]))]))
        if rating:
            sheet.write_string(row, 0, rating, style.rating(Rating(rating), **look))
        else:
            sheet.write_blank(row, 0, None, style.boxed(**look))
        sheet.write_string(row, 1, state, style.boxed(**look))
        for column, count in enumerate(by_quarter, start=2):
            made = style.boxed(align="center", **look)
            if pd.isna(count):
                sheet.write_blank(row, column, None, made)
            else:
                sheet.write_number(row, column, int(count), made)
    return row + 1


def write_rule_counts(sheet: Worksheet, style: Style, results: Results, row: int) -> int:
    """The rule's own counts, where declared or overridden ratings make the published ones differ."""
    for kind in Kind:
        published, rule = results.counts[kind, c.RAG], results.counts[kind, c.RULE_RAG]
        if tallies(published) != tallies(rule):
            row = write_counts(sheet, style, row, f"{kind}s: by the rule alone", rule)
    return row


def tallies(counts: pd.DataFrame) -> dict[tuple[object, int], int]:
    """The counts that aren't zero, by rating and quarter."""
    return {
        (rating, number): int(count)
        for rating, *by_quarter in counts[[RATING, *QUARTERS]].itertuples(index=False)
        for number, count in enumerate(by_quarter, 1)
        if not pd.isna(count) and count
    }


def write_red(sheet: Worksheet, style: Style, results: Results, row: int) -> int:
    """Everything published Red: why, and what will be done about it."""
    red = [item for item in results.items if item.rating is Rating.RED and not item.part]
    milestones: dict[str, list[ReturnedMilestone]] = {}
    for step in results.milestones:
        milestones.setdefault(step.milestone.key, []).append(step)
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
        key, description, why = item.item.key, item.item.description, item.published.why
        resolution = resolutions(item, milestones.get(key, ())) or ""
        texts = [(key, fitting.pixels(WIDTHS[0])), (description, fitting.pixels(WIDTHS[1]))]
        texts += [(why, why_width), (resolution, fitting.pixels(WIDTHS[LAST]))]
        sheet.set_row(row, fitting.row_height(texts))
        sheet.write_string(row, 0, key, style.rating(Rating.RED, align="left", text_wrap=True))
        sheet.write_string(row, 1, description, style.boxed())
        sheet.merge_range(row, 2, row, GAP, why, style.boxed())
        sheet.write_string(row, LAST, resolution, style.boxed())
    return row + 1


def returns_lines(returns: Iterable[ReturnStatus]) -> list[str]:
    """How many returns came, and whose did not. A row without a service area is a file that isn't used."""
    expected = [each for each in returns if each.area]
    missing = [each.area or "" for each in expected if not each.received]
    lines = [f"{len(expected) - len(missing)} of {how_many(len(expected), 'return')} received."]
    return [*lines, f"Not received: {'; '.join(missing)}."] if missing else lines
