"""The committee pack: the report without its working sheets, as members and the public get it.

No query, cell address, return's file name or officer's e-mail address stands anywhere in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from ragtool import columns as c
from ragtool.columns import PackSheets, Property, ReportSheets
from ragtool.model import YES
from ragtool.report.exception_sheet import write_exceptions
from ragtool.report.glossary_sheet import write_glossary
from ragtool.report.history_sheet import write_history
from ragtool.report.page_layout import ON_A4
from ragtool.report.page_sheet import PageSheet
from ragtool.report.plain_tables import write_plain_tables
from ragtool.report.report_workbook import workbook_of
from ragtool.report.summary_sheet import write_summary
from ragtool.report.theme_rows import pack_themes
from ragtool.report.theme_sheet import write_theme
from ragtool.results.results import Results
from ragtool.workbooks.sheet_names import LONGEST_SHEET_NAME, NOT_IN_SHEET_NAMES
from ragtool.workbooks.texts import ESCAPE

RESERVED = "history"


def pack_results(results: Results) -> Results:
    """The report's results without what only its manager works with."""
    return replace(results, settings=replace(results.settings, contact=""), reconciliation=(), returns=(), queries=())


def write_pack(results: Results, target: Path | BinaryIO) -> None:
    """Writes the pack: Summary, Report on a page, a sheet a theme, Exceptions, Quarterly history, Panels, Glossary.

    `results` are those that `pack_results` gives. The same results give the same bytes.
    """
    themes = pack_themes(results)
    names = list(theme_sheet_names(theme.name for theme in themes))
    order = (*PackSheets.BEFORE_THEMES, *names, *PackSheets.AFTER_THEMES)
    marks = {Property.FINAL: YES} if results.final else {}
    with workbook_of(results, "committee pack", target, order, marks) as (sheets, style):
        page = PageSheet(sheets[ReportSheets.PAGE], results, ON_A4)
        places = write_glossary(sheets[ReportSheets.GLOSSARY.name], style, results)
        for number, (name, theme) in enumerate(zip(names, themes, strict=True)):
            places |= write_theme(sheets[name], style, results, theme, number, page.places)
        page.write(style, results, places)
        write_exceptions(sheets[ReportSheets.EXCEPTIONS.name], style, results)
        write_summary(sheets[ReportSheets.SUMMARY], style, results, places)
        write_plain_tables(sheets, style, results)
        write_history(sheets[ReportSheets.HISTORY.name], style, results)


def theme_sheet_names(themes: Iterable[str]) -> Iterator[str]:
    """What the theme's sheets are called: as the themes, as far as Excel takes it and no other sheet has the name.

    What Excel would read as a character, such as `_x0041_`, isn't left so: XlsxWriter writes it as it stands.
    """
    taken = {name.casefold() for name in (*PackSheets.BEFORE_THEMES, *PackSheets.AFTER_THEMES)} | {RESERVED}
    for theme in themes:
        plain = ESCAPE.sub(r"-x\1-", theme)
        wanted = "".join("-" if letter in NOT_IN_SHEET_NAMES else letter for letter in plain).strip(" '") or c.THEME
        number, name = 1, cut_to(wanted, LONGEST_SHEET_NAME)
        while name.casefold() in taken:
            number += 1
            ending = f" ({number})"
            name = cut_to(wanted, LONGEST_SHEET_NAME - len(ending)) + ending
        taken.add(name.casefold())
        yield name


def cut_to(text: str, longest: int) -> str:
    """A text cut to so many UTF-16 units, after a word if it has several, with no blank or quote at its end."""
    short = text
    while len(short.encode("utf-16-le")) > 2 * longest:
        short = short[:-1]
    if text[len(short) :].strip() and " " in short.strip():
        short = f"{short}{text[len(short)]}".rpartition(" ")[0]
    return short.rstrip(" '")
