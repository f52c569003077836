"""Opens the report's workbook and calls its sheets in order; the same for a panel's report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ragtool.columns import PanelSheets, Property, ReportSheets, Sheet
from ragtool.looks.style import Style
from ragtool.looks.table import Content
from ragtool.model import YES, yes_or_no
from ragtool.report import page_setup
from ragtool.report.cover_sheet import write_cover
from ragtool.report.exception_sheet import write_exceptions
from ragtool.report.glossary_sheet import write_glossary
from ragtool.report.history_sheet import write_history
from ragtool.report.key_action_sheet import write_key_actions
from ragtool.report.measure_sheet import write_measures
from ragtool.report.page_layout import ON_A4, ON_ONE_PAGE
from ragtool.report.page_sheet import PageSheet
from ragtool.report.panel_key_action_sheet import write_panel_key_actions
from ragtool.report.plain_tables import columns_for_the_next_run, write_plain_tables
from ragtool.report.summary_sheet import write_summary
from ragtool.results.results import Results
from ragtool.workbooks.custom_properties import LONGEST_WRITTEN
from ragtool.workbooks.digest import digest

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Text from a return stays text, whatever it begins with."""


FREE = {"autofilter": True, "format_columns": True, "format_rows": True}
"""What a sheet that is locked against slips still allows; there is no password."""


EVERYWHERE = "A1:XFD1048576"
"""Where Excel sets no green corner on a number that is text: a plan's keys may be 1, 2 and 1.10."""


def write_report(results: Results, target: Path | BinaryIO) -> None:
    """Writes the whole report: the sheets of `ReportSheets.ORDER`. The same results give the same bytes."""
    held = columns_for_the_next_run(results)
    with workbook_of(results, "performance report", target, ReportSheets.ORDER, own_marks(results, held)) as (
        sheets,
        style,
    ):
        page = PageSheet(sheets[ReportSheets.PAGE], results, ON_ONE_PAGE)
        places = write_glossary(sheets[ReportSheets.GLOSSARY.name], style, results)
        places |= write_key_actions(sheets[ReportSheets.KEY_ACTIONS.name], style, results, page.places)
        places |= write_measures(sheets[ReportSheets.MEASURES.name], style, results, page.places)
        page.write(style, results, places)
        write_exceptions(sheets[ReportSheets.EXCEPTIONS.name], style, results)
        write_summary(sheets[ReportSheets.SUMMARY], style, results, places)
        write_plain_tables(sheets, style, results, held)
        write_history(sheets[ReportSheets.HISTORY.name], style, results)


def own_marks(results: Results, held: Mapping[Sheet, Sequence[Sequence[Content]]]) -> dict[str, str]:
    """The custom properties by which the next run knows the report, and whether anyone has edited since what its sheets
    held.
    """
    return {
        Property.ORGANISATION: results.settings.organisation[:LONGEST_WRITTEN],
        Property.QUARTER: str(results.quarter),
        Property.FINAL: yes_or_no(results.final),
        **{Property.digest_of(sheet): digest(values_in(columns)) for sheet, columns in held.items()},
    }


def values_in(columns: Iterable[Sequence[Content]]) -> Iterator[object]:
    """What stands in a table of these columns, row by row."""
    return (content.value for row in zip(*columns, strict=True) for content in row if content.value is not None)


def write_panel_report(results: Results, target: Path | BinaryIO) -> None:
    """Writes a panel's report: the sheets of `PanelSheets.ORDER`.

    `results` holds the panel's items alone, but for the page, the glossary and the allocation, which name every key
    of the plan and rate only the panel's. A final report's says so in a property: no later run replaces it.
    """
    marks = {Property.FINAL: YES} if results.final else {}
    with workbook_of(results, results.panel, target, PanelSheets.ORDER, marks) as (sheets, style):
        page = PageSheet(sheets[PanelSheets.PAGE], results, ON_A4)
        places = write_glossary(sheets[PanelSheets.GLOSSARY], style, results)
        places |= write_panel_key_actions(sheets[PanelSheets.KEY_ACTIONS.name], style, results, page.places)
        places |= write_measures(sheets[PanelSheets.MEASURES], style, results, page.places)
        page.write(style, results, places)
        write_history(sheets[PanelSheets.HISTORY], style, results)
        write_cover(sheets[PanelSheets.COVER], style, results, places)


@contextmanager
def workbook_of(
    results: Results, title: str, target: Path | BinaryIO, names: Sequence[str], properties: Mapping[str, str]
) -> Iterator[tuple[dict[str, Worksheet], Style]]:
    """A workbook with these sheets, written to `target` when all of them are."""
    workbook = Workbook(str(target) if isinstance(target, Path) else target, OPTIONS)
    workbook.set_properties(page_setup.document_properties(results, title))
    for name, value in properties.items():
        if value:
            workbook.set_custom_property(name, value, "text")
    sheets = {name: workbook.add_worksheet(name) for name in names}
    for sheet in sheets.values():
        sheet.ignore_errors({"number_stored_as_text": EVERYWHERE})
    yield sheets, Style(workbook)
    for sheet in sheets.values():
        sheet.protect(options=FREE)
    workbook.close()
