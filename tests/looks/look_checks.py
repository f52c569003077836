"""What must hold of every workbook written: each check takes one and gives its faults, by sheet and as sentences.

Each is a function from a `WrittenBook` to (sheet, sentence) pairs. `CHECKS` lists them all.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cached_property
from itertools import accumulate, combinations, product
from pathlib import Path
from typing import Any

from on_paper import OnPaper, shown_widths, widths_of
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from ragtool import columns as c
from ragtool.columns import ReportSheets
from ragtool.history.direction import Direction
from ragtool.looks import fitting
from ragtool.looks.colours import READABLE, TOLD_APART, Sight, as_seen_with, contrast, in_grey, unlikeness
from ragtool.looks.palette import BLACK, QUIET
from ragtool.looks.printing import LEAST_POINTS, SMALLEST_POINTS
from ragtool.model import DataStatus
from ragtool.report.red_table import RED_TABLE
from ragtool.workbooks.shown_numbers import shown_by

Fault = tuple[str, str]
Check = Callable[["WrittenBook"], Iterable[Fault]]

TRENDS = re.compile(r'<x14:sparklineGroup [^>]*manualMax="([^"]+)".*?<x14:sparklines>(.*?)</x14:sparklines>', re.DOTALL)
TREND_VALUES = re.compile(r"<xm:f>.*?!([^<]+)</xm:f>")
FULL_HEIGHT = 0.95
"""The share of its cell that the highest column of a trend may take."""
SCREEN_WIDE, SCREEN_HIGH, FIRST_FEW = 1320 - 30, 560 * 0.75, 6
"""What a laptop shows of a sheet: pixels without the row numbers, points, and the rows that it shows at the least."""
WHO_MOVED = {str(Direction.WORSE), str(Direction.BETTER)}
EASILY_TOLD = 20
ROUNDED_POINTS = 0.05
"""What letters lose where a scale is rounded."""
LINK = re.compile(r'^=HYPERLINK\("#(.+?)","(.+)"\)$')
UNNAMED = re.compile(r"Table\d*$")
NUMBER = re.compile(r"\d[\d.,]*")
SAYS_NOTHING = {"here", "click here", "link", "more"}
LITTLE = 0.1
"""A share of a page: what is left over for a page must be more."""
SURE = 7 / 7.44
"""The share of a page's width that columns may take: a character of theirs is 7 pixels wide in Excel, and 7.44 in
LibreOffice.
"""
MOST_LINES = 2
"""Lines of a table's headings, a filter's button included."""
LINE_SPACING, TOO_HIGH, ROOM, HEADING_ROOM = 1.22, 1.25, 7, 16
"""The height of a line in heights of its letters (Calibri's own), how much higher than that rows may be, and the points
of room that each and the headings may have besides.
"""


class WrittenBook:
    """A workbook as openpyxl reads it, and its parts."""

    def __init__(self, path: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl would lose sparklines on saving
            self.book = load_workbook(path)
        self.path = path

    @cached_property
    def drawings(self) -> dict[str, str]:
        """The drawings, as text."""
        return self.parts("xl/drawings/drawing")

    @cached_property
    def charts(self) -> dict[str, str]:
        """The charts, as text."""
        return self.parts("xl/charts/chart")

    @cached_property
    def sheet_parts(self) -> list[str]:
        """The sheets, as text, in their order."""
        parts = self.parts("xl/worksheets/sheet")
        return [parts[name] for name in sorted(parts, key=lambda name: int(re.findall(r"\d+", name)[0]))]

    def parts(self, beginning: str) -> dict[str, str]:
        """The parts whose names begin so, as text."""
        with zipfile.ZipFile(self.path) as parts:
            return {name: parts.read(name).decode() for name in parts.namelist() if name.startswith(beginning)}

    @property
    def sheets(self) -> list[Any]:
        """The sheets that a person sees."""
        return [sheet for sheet in self.book if sheet.sheet_state == "visible"]

    @cached_property
    def filled(self) -> list[tuple[Any, Any]]:
        """Each sheet that a person sees, with each of its cells that hold something."""
        rows = ((sheet, row) for sheet in self.sheets for row in sheet.iter_rows())
        return [(sheet, cell) for sheet, row in rows for cell in row if cell.value is not None]

    @cached_property
    def filled_rows(self) -> set[tuple[str, int]]:
        """The rows that hold something, those of hidden sheets too."""
        rows = ((sheet.title, row) for sheet in self.book for row in sheet.iter_rows())
        return {(title, int(row[0].row or 0)) for title, row in rows if any(cell.value is not None for cell in row)}

    @cached_property
    def printed(self) -> dict[str, OnPaper]:
        """The sheets as they are printed, by their names."""
        return {sheet.title: OnPaper(sheet) for sheet in self.sheets}


def shown_in(cell: Any) -> str:
    """What a reader sees in a cell that holds a text or a link."""
    match = LINK.match(str(cell.value))
    return match.group(2).replace('""', '"') if match else str(cell.value)


def colour_of(colour: Any, usual: str) -> str:
    """A colour of a style; the usual one where it is the program's own."""
    if colour is None or colour.type != "rgb":
        return usual
    return f"#{str(colour.rgb)[-6:]}"


def ground_of(cell: Any) -> str:
    """The colour beneath a cell's text."""
    return colour_of(cell.fill.fgColor, "#FFFFFF") if cell.fill.fill_type == "solid" else "#FFFFFF"


def texts_can_be_read(written: WrittenBook) -> Iterator[Fault]:
    """Every text has a contrast of 4.5 with its ground, in conditional formats too."""
    worst: dict[tuple[str, str, str], str] = {}
    for sheet, cell in written.filled:
        worst.setdefault((sheet.title, colour_of(cell.font.color, "#000000"), ground_of(cell)), cell.coordinate)
    for sheet in written.sheets:
        for area in sheet.conditional_formatting:
            for rule in area.rules:
                look = rule.dxf
                if look and look.font and look.font.color and look.fill:
                    ground = colour_of(look.fill.bgColor, "#FFFFFF")
                    worst.setdefault((sheet.title, colour_of(look.font.color, "#000000"), ground), str(area.sqref))
    for (sheet, ink, ground), where in worst.items():
        if contrast(ink, ground) < READABLE:
            yield sheet, f"{where}: the contrast of {ink} on {ground} is {contrast(ink, ground):.1f}."


def ratings_are_told_apart(written: WrittenBook) -> Iterator[Fault]:
    """The fills of Red, Amber and Green, in grey and for who is colour-blind."""
    fills: dict[str, set[str]] = defaultdict(set)
    for _, cell in written.filled:
        if cell.value in ("R", "A", "G") and not says_again(cell) and not is_coloured_by_rules(cell):
            fills[cell.value].add(ground_of(cell))
    for sheet in written.sheets:
        for area in sheet.conditional_formatting:
            for rule in area.rules:
                letter = str(rule.formula[0]).strip('"') if rule.formula else ""
                if letter in ("R", "A", "G") and rule.dxf and rule.dxf.fill:
                    fills[letter].add(colour_of(rule.dxf.fill.bgColor, "#FFFFFF"))
    for one, other in combinations(sorted(fills), 2):
        for pair in product(fills[one], fills[other]):
            if contrast(*map(in_grey, pair)) < TOLD_APART:
                yield "", f"{one} and {other} are alike in grey: {pair}."
            for sight in Sight:
                if unlikeness(*(as_seen_with(sight, fill) for fill in pair)) < EASILY_TOLD:
                    yield "", f"{one} and {other} are alike with {sight}: {pair}."


def is_coloured_by_rules(cell: Any) -> bool:
    """Whether conditional formats give a cell its look."""
    return any(cell.coordinate in area.sqref for area in cell.parent.conditional_formatting)


def says_again(cell: Any) -> bool:
    """Whether a cell repeats the one above it, in quiet letters: what stands on each row of an item, for filters."""
    above = cell.parent.cell(cell.row - 1, cell.column).value if cell.row > 1 else None
    return above == cell.value and colour_of(cell.font.color, BLACK) == QUIET


def titles_stand_first(written: WrittenBook) -> Iterator[Fault]:
    """A1 holds the sheet's title, but for Data, which begins with its headings."""
    for sheet in written.sheets:
        if sheet["A1"].value is None:
            yield sheet.title, "A1 is empty."
        elif sheet.title != "Data" and (sheet.auto_filter.ref or "").startswith("A1:"):
            yield sheet.title, f"A1 holds a heading ({sheet['A1'].value}) and no title."


def tables_are_real(written: WrittenBook) -> Iterator[Fault]:
    """What is filtered is an Excel table, its headings differ, and nothing stands beneath what is filtered."""
    for sheet in written.sheets:
        if sheet.auto_filter.ref and not sheet.tables:
            yield sheet.title, "The rows are filtered and no table."
        for table in sheet.tables.values():
            left, top, right, bottom = (int(bound or 1) for bound in range_boundaries(table.ref))
            headings = Counter(str(cell.value) for cell in sheet[top][left - 1 : right])
            yield from ((sheet.title, f"The heading {name} stands twice.") for name, n in headings.items() if n > 1)
            if not table.autoFilter:
                continue
            below = sheet.iter_rows(min_row=bottom + 1, min_col=left, max_col=right)
            beneath = next((cell for row in below for cell in row if cell.value is not None), None)
            if beneath:
                yield sheet.title, f"{beneath.coordinate} stands beneath the table {table.name}."


def tables_say_what_they_are(written: WrittenBook) -> Iterator[Fault]:
    """Every table has a name that says what it holds, and a heading over each column."""
    for sheet in written.sheets:
        for table in sheet.tables.values():
            if UNNAMED.match(table.displayName):
                yield sheet.title, f"The table {table.ref} has no name of its own."
            if not all(cell.value for cell in sheet[table.ref][0]):
                yield sheet.title, f"A column of the table {table.displayName} has no heading."


def tables_have_no_gaps(written: WrittenBook) -> Iterator[Fault]:
    """No row within a table is blank, but for the one that an empty table has."""
    for sheet in written.sheets:
        for table in sheet.tables.values():
            _, top, _, bottom = (int(bound or 1) for bound in range_boundaries(table.ref))
            gaps = [row for row in range(top + 1, bottom + 1) if (sheet.title, row) not in written.filled_rows]
            if gaps and bottom > top + 1:
                yield sheet.title, f"Rows of the table {table.displayName} are blank: {gaps[:9]}."


def nothing_is_merged(written: WrittenBook) -> Iterator[Fault]:
    """No cell is merged."""
    for sheet in written.sheets:
        if sheet.merged_cells.ranges:
            yield sheet.title, f"{len(sheet.merged_cells.ranges)} merged cells."


def the_document_has_a_title(written: WrittenBook) -> Iterator[Fault]:
    """The document's title is set."""
    if not written.book.properties.title:
        yield "", "The document has no title."


def charts_are_described(written: WrittenBook) -> Iterator[Fault]:
    """Every chart has a text in its place."""
    for name, drawing in written.drawings.items():
        frames = re.findall(r"<xdr:cNvPr [^>]*>", drawing)
        bare = [each for each in frames if not re.search(r'descr="[^"]+"', each)]
        yield from (("", f"{name}: a drawing without a description.") for _ in bare)


def links_lead_somewhere(written: WrittenBook) -> Iterator[Fault]:
    """Every link has a text that says where it goes, and leads to a row that holds something."""
    for sheet, cell in written.filled:
        match = LINK.match(str(cell.value))
        if match:
            place, text = match.group(1), match.group(2)
        elif cell.hyperlink:
            place, text = cell.hyperlink.location or "", str(cell.value)
        else:
            continue
        if text.strip().casefold() in {"", *SAYS_NOTHING}:
            yield sheet.title, f"{cell.coordinate}: the link says nothing."
        if not place and cell.hyperlink and (cell.hyperlink.target or "").startswith(("mailto:", "https://")):
            continue
        name, _, there = place.rpartition("!")
        name = name.strip("'").replace("''", "'")
        if not stands_in(written, name, there):
            yield sheet.title, f"{cell.coordinate}: the link to {place} leads to nothing."


def links_land_on_what_they_name(written: WrittenBook) -> Iterator[Fault]:
    """A link leads to a cell that holds the key which it names, to one that it names, or to the top of such a sheet."""
    for sheet, cell in written.filled:
        match = LINK.match(str(cell.value))
        place = match.group(1) if match else cell.hyperlink.location if cell.hyperlink else None
        if not place:
            continue
        name, _, there = place.rpartition("!")
        name, shown = name.strip("'").replace("''", "'"), shown_in(cell)
        right = f"(cell {there})" in shown
        if there == "A1":
            right = name in shown
        elif name in written.book.sheetnames:
            right |= shown.lstrip("■▲ ").split(" ")[0] in shown_in(written.book[name][there]).split(" ")
        if not right:
            yield sheet.title, f"{cell.coordinate} says {shown} and leads to {place}."


def stands_in(written: WrittenBook, sheet: str, place: str) -> bool:
    """Whether a cell's row holds anything: a link may lead to an entry that is still empty."""
    row = re.sub(r"[A-Z$]", "", place)
    return row.isdigit() and (sheet, int(row)) in written.filled_rows


def rows_fit_their_texts(written: WrittenBook) -> Iterator[Fault]:
    """No row is lower than its texts need, and together they aren't much higher."""
    for sheet in written.sheets:
        wide, cut, stored, needed = widths_of(sheet), [], 0.0, 0.0
        merged = {cell for area in sheet.merged_cells.ranges for row in area.rows for cell in row}
        for number, row in enumerate(sheet.iter_rows(), 1):
            high = sheet.row_dimensions[number].height
            wrapped = [cell for cell in row if is_text(cell) and cell.alignment.wrap_text]
            if high is None or not wrapped or any((number, cell.column) in merged for cell in wrapped):
                continue
            least = min(fitting.TALLEST, max(needed_by(cell, wide[cell.column]) for cell in wrapped))
            if high < least - 3:
                cut.append(number)
            stored, needed = stored + high, needed + least
        if cut:
            yield sheet.title, f"Texts are cut in the rows {cut[:9]}."
        if stored > TOO_HIGH * needed + ROOM * sheet.max_row + HEADING_ROOM:
            yield sheet.title, f"The rows are {stored:.0f} points high where their texts need {needed:.0f}."


def needed_by(cell: Any, wide: float) -> float:
    """The points that a wrapped text needs at the least: its letters' own widths, without room to spare."""
    size, bold = float(cell.font.sz), bool(cell.font.b)
    spare = fitting.MARGIN * (fitting.BOLD if bold else 1)
    return fitting.line_count(shown_in(cell), wide * spare, size, bold) * size * LINE_SPACING


def is_text(cell: Any) -> bool:
    """Whether a cell holds a text or a link, and no other formula."""
    return isinstance(cell.value, str) and (cell.data_type != "f" or bool(LINK.match(cell.value)))


def texts_end_before_the_next(written: WrittenBook) -> Iterator[Fault]:
    """A text that neither wraps nor has room in its cell runs on over empty cells alone."""
    for sheet in written.sheets:
        wide, cut = widths_of(sheet), []
        for row in sheet.iter_rows():
            for at, cell in enumerate(row):
                if not is_text(cell) or cell.alignment.wrap_text or says_again(cell):
                    continue
                room, after = wide[cell.column], at + 1
                while after < len(row) and row[after].value is None:
                    room, after = room + wide[row[after].column], after + 1
                needed = fitting.text_pixels(shown_in(cell), float(cell.font.sz), bool(cell.font.b)) / fitting.MARGIN
                if needed > room and after < len(row):
                    cut.append(cell.coordinate)
        if cut:
            yield sheet.title, f"Texts are cut by their neighbours: {', '.join(cut[:9])}."


def repeated_texts_are_whole_where_they_can(written: WrittenBook) -> Iterator[Fault]:
    """What a row repeats isn't cut where its row has room for it, and a letter that it repeats stands in the middle."""
    for sheet in written.sheets:
        wide = widths_of(sheet)
        again = [
            cell for on, cell in written.filled if on is sheet and isinstance(cell.value, str) and says_again(cell)
        ]
        cut = [cell.coordinate for cell in again if not cell.alignment.wrap_text and has_room(cell, wide[cell.column])]
        if cut:
            yield sheet.title, f"What these cells repeat is cut: {', '.join(cut[:9])}."
        aside = [
            cell.coordinate for cell in again if cell.value in ("R", "A", "G") and cell.alignment.horizontal != "center"
        ]
        if aside:
            yield sheet.title, f"These letters stand at their neighbours' texts: {', '.join(aside[:9])}."


def has_room(cell: Any, wide: float) -> bool:
    """Whether a text that takes several lines would stand whole in its row, as it is reckoned where it is written."""
    high = float(cell.parent.row_dimensions[cell.row].height or fitting.USUAL_HEIGHT)
    lines = fitting.line_count(str(cell.value), wide, float(cell.font.sz))
    return lines > 1 and fitting.height(str(cell.value), wide, float(cell.font.sz)) <= high - 1


def the_first_screen_shows_what_is_red(written: WrittenBook) -> Iterator[Fault]:
    """A laptop's first screen shows all that is Red on the Summary, or the first few, and who got worse or better."""
    for sheet in written.sheets:
        table = sheet.tables.get(RED_TABLE)
        if sheet.title != ReportSheets.SUMMARY or table is None:
            continue
        _, top, right, bottom = (int(bound or 1) for bound in range_boundaries(table.ref))
        ends = list(accumulate(written.printed[sheet.title].height(row) for row in range(1, bottom + 1)))[top:]
        seen = sum(end <= SCREEN_HIGH for end in ends)
        if seen < min(len(ends), FIRST_FEW):
            yield sheet.title, f"The first screen shows {seen} of what is Red, of {len(ends)} and more."
        moved = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value in WHO_MOVED]
        if moved and sum(map(written.printed[sheet.title].height, range(1, moved[-1] + 1))) > SCREEN_HIGH:
            yield sheet.title, "Who got worse or better stands beneath the first screen."
        across = sum(shown_widths(sheet)[column] for column in range(1, right + 1))
        if across > SCREEN_WIDE:
            yield sheet.title, f"What is Red is {across:.0f} pixels wide, which a laptop doesn't show."


def trends_stand_apart(written: WrittenBook) -> Iterator[Fault]:
    """No column of a trend is as high as its cell, where it would stand at the trend of the row beneath."""
    for sheet, xml in zip(written.book.worksheets, written.sheet_parts, strict=True):
        for highest, places in TRENDS.findall(xml):
            for place in TREND_VALUES.findall(places):
                levels = [abs(cell.value) for row in sheet[place.replace("$", "")] for cell in row if cell.value]
                if max(levels, default=0) >= float(highest) * FULL_HEIGHT:
                    yield sheet.title, f"The trend of {place} has no room above its highest column."


def headings_are_low(written: WrittenBook) -> Iterator[Fault]:
    """A table's headings, which many pages repeat, have two lines, with room for the filters' buttons."""
    for sheet in written.sheets:
        for table in sheet.tables.values():
            top = int(range_boundaries(table.ref)[1] or 1)
            high = float(sheet.row_dimensions[top].height or fitting.USUAL_HEIGHT)
            if high > MOST_LINES * fitting.line_height() + ROOM + 1:
                yield sheet.title, f"The headings of {table.name} are {high:.0f} points high."


def figures_have_room(written: WrittenBook) -> Iterator[Fault]:
    """No number is wider than its column, where spreadsheet programs show `###`."""
    for sheet in written.sheets:
        wide = shown_widths(sheet)
        numbers = (cell for on, cell in written.filled if on is sheet and is_number(cell) and wide[cell.column])
        hidden = [cell.coordinate for cell in numbers if fits_not(cell, wide[cell.column])]
        if hidden:
            yield sheet.title, f"Numbers are shown as ###: {', '.join(hidden[:9])}."


def is_number(cell: Any) -> bool:
    """Whether a cell holds a number or a date."""
    return isinstance(cell.value, int | float | datetime)


def fits_not(cell: Any, wide: float) -> bool:
    """Whether a number, as its format shows it, has no room in its column."""
    room = wide - fitting.PADDING - fitting.INDENT * int(cell.alignment.indent)
    size, bold = float(cell.font.sz), bool(cell.font.b)
    return fitting.text_pixels(shown_number(cell), size, bold) / fitting.MARGIN > room


def shown_number(cell: Any) -> str:
    """What a reader sees of a number or date."""
    if isinstance(cell.value, datetime):
        return f"{cell.value.day} {cell.value:%b %Y}"
    return shown_by(cell.value, cell.number_format) or f"{cell.value:g}"


def it_opens_at_the_top(written: WrittenBook) -> Iterator[Fault]:
    """The first sheet is open, and on every sheet the cursor stands at A1 and the top is in view."""
    opened: Any = written.book.active
    if opened is not written.sheets[0]:
        yield "", f"The sheet {opened.title} is open and not the first."
    for sheet in written.sheets:
        view = sheet.sheet_view
        cursors = {selection.activeCell for selection in view.selection if selection.pane is None}
        if not cursors <= {"A1", None} or view.topLeftCell not in (None, "A1"):
            yield sheet.title, f"The cursor stands at {cursors}, the top at {view.topLeftCell}."


def it_prints_as_one_document(written: WrittenBook) -> Iterator[Fault]:
    """Every sheet has its orientation and margins, and its footer says which page of how many."""
    for sheet in written.sheets:
        if sheet.page_setup.orientation not in ("portrait", "landscape") or not sheet.page_setup.paperSize:
            yield sheet.title, "Orientation or paper isn't set."
        if not 0.2 <= sheet.page_margins.left <= 1:
            yield sheet.title, f"The left margin is {sheet.page_margins.left}."
        foot = " ".join(
            str(part.text) for part in (sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right)
        )
        if "&P" not in foot or "&N" not in foot:
            yield sheet.title, "The footer doesn't say which page of how many."
        if sheet.auto_filter.ref and last_printed(sheet) > 60 and not sheet.print_title_rows:
            yield sheet.title, "A long table doesn't repeat its headings."


def last_printed(sheet: Any) -> int:
    """The last row that is printed."""
    return int(re.findall(r"\d+", str(sheet.print_area))[-1]) if sheet.print_area else int(sheet.max_row)


def footers_of_reports_say_quarter_and_standing(written: WrittenBook) -> Iterator[Fault]:
    """The footers of a report say its quarter and Draft or Final, and each page bears the same handling marking."""
    markings = {str(sheet.oddHeader.center.text) for sheet in written.sheets}
    if len(markings) > 1:
        yield "", f"The pages bear different markings: {sorted(markings)}."
    for sheet in written.sheets:
        foot = str(sheet.oddFooter.center.text)
        if not re.search(r"\d{4}(/\d\d)? Q[1-4] \((Draft|Final)(, version \d+)?\)$", foot):
            yield sheet.title, f"The footer doesn't say quarter and Draft or Final: {foot}"


def no_page_is_nearly_empty(written: WrittenBook) -> Iterator[Fault]:
    """No page of a sheet that has several holds a few lines alone, the last one least of all."""
    for sheet in written.sheets:
        pages = written.printed[sheet.title].pages
        for number, filled in enumerate(pages, 1):
            if len(pages) > 1 and filled < LITTLE:
                yield sheet.title, f"Page {number} of {len(pages)} is nearly empty ({filled:.2f})."


def tables_say_their_headings_on_every_page(written: WrittenBook) -> Iterator[Fault]:
    """No page begins within a table whose headings it doesn't repeat, nor with the row beneath its headings."""
    for sheet in written.sheets:
        starts = written.printed[sheet.title].starts
        repeated = re.findall(r"\d+", str(sheet.print_title_rows or ""))
        for table in sheet.tables.values():
            left, top, _, bottom = (int(bound or 1) for bound in range_boundaries(table.ref))
            parted = [row for row in starts if top < row <= bottom]
            if left <= written.printed[sheet.title].area[2] and parted and str(top) not in repeated:
                yield sheet.title, f"Page {starts.index(parted[0]) + 2} begins within {table.name} without headings."


def no_column_falls_on_a_page_of_its_own(written: WrittenBook) -> Iterator[Fault]:
    """What is printed at a scale of its own fits the page's width, unless it is parted on purpose."""
    for sheet in written.sheets:
        printed = written.printed[sheet.title]
        if not printed.fitted and not sheet.col_breaks.brk and printed.wide * printed.scale > SURE * printed.room[0]:
            yield sheet.title, f"At {printed.scale:.0%} its columns take {printed.wide * printed.scale:.0f} pixels."


def what_goes_to_committees_can_be_read_on_a4(written: WrittenBook) -> Iterator[Fault]:
    """All pages of the pack and of the panels' reports are A4, and no letter on them is smaller than 8 points."""
    for sheet in written.sheets:
        if not written.printed[sheet.title].is_a4:
            yield sheet.title, "It isn't printed on A4."
    yield from letters_smaller_than(LEAST_POINTS, written)


def every_figure_is_printed(written: WrittenBook) -> Iterator[Fault]:
    """What was returned stands on paper: each figure, and in its row its period and that it isn't final."""
    for sheet in written.sheets:
        left, _, right, _ = written.printed[sheet.title].area
        for table in sheet.tables.values():
            headings, *rows = sheet[table.ref]
            cells = {str(cell.value): number for number, cell in enumerate(headings)}
            for row in rows if c.PERFORMANCE in cells else ():
                printed = "\n".join(str(cell.value) for cell in row[left - 1 : right] if not is_number(cell))
                figure, *remarks = (row[cells[each]] for each in (c.PERFORMANCE, c.PERIOD, c.DATA_STATUS))
                unsaid = [each for each in remarks if each.value != DataStatus.FINAL and not says(printed, each)]
                if figure.value is not None and (unsaid or not says(printed, figure)):
                    yield sheet.title, f"What is returned in {figure.coordinate} isn't printed, or not all of it."


def says(text: str, cell: Any) -> bool:
    """Whether a text has what a cell shows: its number without its unit, or all of its words."""
    if cell.value is None:
        return True
    shown = NUMBER.findall(shown_number(cell))[0] if is_number(cell) else str(cell.value)
    return re.search(rf"(?<![\d.,]){re.escape(shown)}(?!\d)", text, re.IGNORECASE) is not None


def no_letter_is_too_small(written: WrittenBook) -> Iterator[Fault]:
    """No letter on a page is smaller than 7 points."""
    yield from letters_smaller_than(SMALLEST_POINTS - ROUNDED_POINTS, written)


def letters_smaller_than(least: float, written: WrittenBook) -> Iterator[Fault]:
    """Letters that are printed smaller, those of charts, headers and footers included. LibreOffice prints headers as
    much smaller as the sheet.
    """
    for sheet in written.sheets:
        printed = written.printed[sheet.title]
        points, where = printed.smallest
        if points < least:
            yield sheet.title, f"{where} is printed in {points:.2f} points."
        parts = [part for edge in (sheet.oddHeader, sheet.oddFooter) for part in (edge.left, edge.center, edge.right)]
        sizes = [part.size * printed.scale for part in parts if part.text and part.size]
        if min(sizes, default=least) < least:
            yield sheet.title, f"Its header or footer is printed in {min(sizes):.2f} points."
    scale = min(written.printed[sheet.title].scale for sheet in written.sheets)
    for name, chart in written.charts.items():
        sizes = [int(size) / 100 * scale for size in re.findall(r'sz="(\d+)"', chart)]
        if min(sizes, default=least) < least:
            yield "", f"{name} is printed in {min(sizes):.2f} points."


CHECKS: tuple[Check, ...] = (
    texts_can_be_read,
    ratings_are_told_apart,
    titles_stand_first,
    tables_are_real,
    tables_say_what_they_are,
    nothing_is_merged,
    the_document_has_a_title,
    charts_are_described,
    links_lead_somewhere,
    links_land_on_what_they_name,
    rows_fit_their_texts,
    texts_end_before_the_next,
    figures_have_room,
    repeated_texts_are_whole_where_they_can,
    it_opens_at_the_top,
    it_prints_as_one_document,
    no_page_is_nearly_empty,
    tables_say_their_headings_on_every_page,
    no_column_falls_on_a_page_of_its_own,
    no_letter_is_too_small,
)
"""What holds of reports, panels' reports, returns and plans."""

CHECKS_OF_REPORTS: tuple[Check, ...] = (
    footers_of_reports_say_quarter_and_standing,
    tables_have_no_gaps,
    headings_are_low,
    trends_stand_apart,
    the_first_screen_shows_what_is_red,
)
CHECKS_OF_PRINT: tuple[Check, ...] = (what_goes_to_committees_can_be_read_on_a4, every_figure_is_printed)
"""What holds of the committee pack and the panels' reports besides."""
