"""The annotated copies of returns: what they mark, what they keep, and that an officer's work in one is never lost."""

from __future__ import annotations

import errno
import html
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill, Protection

from officers import columns_of, fill, opened
from plans import AREA, plan_of
from ragtool import columns as c
from ragtool.errors import RagtoolError
from ragtool.model import Query, Severity
from ragtool.plan.plan import Plan
from ragtool.quarter.carrying import plan_milestones
from ragtool.quarters import Quarter
from ragtool.returns.marked import Annotated, annotate_returns
from ragtool.returns.marked.copy_digest import digest_of
from ragtool.returns.marked.marked_copy import marked_copy
from ragtool.returns.marked.query_list import MARKS, MOST_LISTED
from ragtool.returns.marked.template_formulas import is_harmless
from ragtool.returns.one_return import Return, read_return
from ragtool.returns.template.area_items import items_by_area
from ragtool.returns.template.return_rows import Entries
from ragtool.returns.template.template import write_return
from ragtool.returns.whose_return import Owner
from ragtool.sheets.typed_rows import values_of
from ragtool.workbooks.book import Book, title
from ragtool.workbooks.custom_properties import custom_properties
from ragtool.workbooks.edit.edits import CannotMark, with_attributes
from ragtool.workbooks.edit.notes import shapes_and_others
from ragtool.workbooks.edit.sheet_list import SHEET_NAMED
from ragtool.workbooks.edit.typed_parts import TypedParts
from ragtool.workbooks.opening import Cell, open_book
from ragtool.workbooks.outputs import Outputs
from ragtool.workbooks.package import Package
from ragtool.workbooks.whole_files import Writer
from small_quarter import resaved

NAME = f"2013-14 Q2 {AREA}.xlsx"
Q2 = Quarter(2013, 2)
TRANSITIONAL, STRICT = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return plan_of(
        tmp_path_factory.mktemp("plan"),
        key_actions=[{c.KEY: "K1"}, {c.KEY: "K2"}],
        milestones=[{c.KEY: key, c.NO: no, c.DUE: "2013/14 Q2"} for key in ("K1", "K2") for no in (1, 2)],
        measures=[{c.KEY: f"P{n}", c.BETTER_WHEN: "Higher", "Target Q2": 10, c.UNIT: "days"} for n in (1, 2)],
    )


def write(path: Path | BinaryIO, plan: Plan, read: Return | None = None) -> None:
    counted = [step for step in plan_milestones(plan, Q2, None).shown if step.counts]
    write_return(path, plan, Q2, items_by_area(plan, Q2, counted)[AREA], entries_of(read) if read else None)


def entries_of(read: Return) -> Entries:
    """What was read of a return, as `write_return` takes it: of a figure's cell, the figure."""
    return {
        name: [
            {heading: value.value if isinstance(value, Cell) else value for heading, value in values_of(row).items()}
            for row in rows
        ]
        for name, rows in read.by_sheet.items()
    }


@pytest.fixture(scope="module")
def messy(tmp_path_factory: pytest.TempPathFactory, plan: Plan) -> bytes:
    """A return with three bad entries, on two sheets, and text that looks like a formula, as openpyxl saves it."""
    path = tmp_path_factory.mktemp("messy") / NAME
    write(path, plan)
    fill(path, "Milestones", {c.COMPLETED_ON: "31/02/2014", c.STATUS: "Complete"}, key="K1", no="2")
    fill(path, "Milestones", {c.STATUS: "nearly", c.RESOLUTION: "- as planned"}, key="K2", no="1")
    fill(path, "Measures", {c.PERFORMANCE: 12}, key="P1")
    fill(path, "Key actions", {c.OWN_RATING: "=Red"}, key="K1")
    resaved(path)
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, messy: bytes) -> Path:
    path = tmp_path / "returns" / NAME
    path.parent.mkdir()
    path.write_bytes(messy)
    return path


def no_refill(file: str) -> Writer | None:
    return None


def annotate(path: Path, queries: list[Query], refill: Callable[[str], Writer | None] = no_refill) -> list[Annotated]:
    return put_copies({path.name: path}, queries, path.parent / "queries", refill)


def put_copies(
    received: dict[str, Path],
    queries: list[Query],
    folder: Path,
    refill: Callable[[str], Writer | None],
    books: Mapping[str, Book] = MappingProxyType({}),
) -> list[Annotated]:
    """Writes the copies and puts them in, as `check` does."""
    with Outputs() as outputs:
        annotated = annotate_returns(received, queries, folder, refill, outputs, books)
        outputs.put_in()
    return annotated


def queries_of(path: Path, plan: Plan) -> list[Query]:
    return list(read_return(path, Owner.of(plan)).queries)


def query(cell: str = "", sheet: str = "Milestones", problem: str = "It is odd.", file: str = NAME) -> Query:
    return Query(file, sheet, cell, "", Severity.QUERY, problem, "Look at it.")


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def change(path: Path, change_part: Callable[[str, bytes], bytes], more: Mapping[str, bytes] | None = None) -> None:
    """Changes the parts of a workbook, and puts more into it, as only other programs do."""
    parts = {name: change_part(name, data) for name, data in parts_of(path.read_bytes()).items()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in {**parts, **(more or {})}.items():
            archive.writestr(name, data)


def notes_in(page: Any) -> dict[str, str]:
    return {cell.coordinate: cell.comment.text for row in page.iter_rows() for cell in row if cell.comment}


def look(cell: Any) -> tuple[object, ...]:
    return cell.fill.fgColor.rgb, cell.border.left.style, cell.border.left.color.rgb, cell.number_format


def test_marks_each_cell_in_question(path: Path, plan: Plan) -> None:
    found = queries_of(path, plan)
    assert [(q.sheet, q.cell) for q in found] == [("Key actions", "G3"), ("Milestones", "I4"), ("Milestones", "H5")]
    done = annotate(path, [*found, query("I4", problem="It is odd, too.")])
    assert done == [Annotated(NAME, path.parent / "queries" / NAME)]
    page = load_workbook(path.parent / "queries" / NAME)["Milestones"]
    notes = notes_in(page)
    assert set(notes) == {"I4", "H5"}
    assert notes["I4"].startswith("ragtool:\nError: '31/02/2014' is not a date.\n")
    assert notes["I4"].endswith("\n\nQuery: It is odd, too.\nLook at it.")
    assert page["I4"].comment.author == "ragtool"
    assert page["I4"].comment.height < 60 * 4  # the box is as large as its text, not as the sheet
    for cell in ("I4", "H5"):
        assert page[cell].fill.fgColor.rgb.startswith("FFFFCF")
        assert page[cell].border.left.style == "medium"
    assert not page["I3"].fill.fgColor.rgb.startswith("FFFFCF")
    assert page["I4"].number_format == page["I3"].number_format  # all else is as it was
    assert page["I4"].protection.locked is False


def test_lists_all_queries_in_front(path: Path, plan: Plan) -> None:
    others = [query(sheet="", problem="=1+1"), query(sheet="Next milestones"), query("B3", c.ReturnSheets.ABOUT.name)]
    annotate(path, [*queries_of(path, plan), *others, query("A2", file="another.xlsx", problem="Not mine.")])
    book = load_workbook(path.parent / "queries" / NAME)
    assert book.sheetnames[0] == "Queries"
    assert book.active is not None
    assert book.active.title == "Queries"
    assert [page.title for page in book if page.sheet_view.tabSelected] == ["Queries"]
    states = {page.title: page.sheet_state for page in book if page.sheet_state != "visible"}
    assert states == {c.ReturnSheets.ABOUT.name: "hidden", MARKS: "veryHidden"}
    page = book["Queries"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]
    assert rows[0] == [c.SHEET, c.CELL, c.KEY, c.SEVERITY, c.PROBLEM, c.WHAT_TO_DO]
    assert rows[2][:5] == [
        "Milestones",
        "row 4, Completed on (cell I4)",
        "K1 no. 2",
        "Error",
        "'31/02/2014' is not a date.",
    ]
    assert [row[4] for row in rows[4:]] == ["=1+1", "It is odd.", "It is odd."]
    assert page["E7"].data_type == "s"
    links = {link.ref: link.location for link in (cell.hyperlink for row in page for cell in row) if link}
    assert links == {
        "B4": "'Key actions'!G3",
        "B5": "'Milestones'!I4",
        "B6": "'Milestones'!H5",
        "A8": "'Next milestones'!A1",
    }
    assert page.protection.sheet
    assert page.print_title_rows == "$1:$3"
    assert page.page_setup.orientation == "landscape"


def test_everything_else_survives_byte_for_byte(path: Path, plan: Plan) -> None:
    """Also what openpyxl drops: drop-downs as Excel stores those that look at other sheets, and formulas' results."""
    extension = (
        b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations/></ext></extLst>'
    )
    write(path, plan)  # as XlsxWriter wrote it, with results
    change(path, lambda name, data: data.replace(b"</worksheet>", extension + b"</worksheet>"))
    annotate(path, [query("H4"), query("C2", "Key actions"), query("Z10", "Measures")])
    before, after = (parts_of(p.read_bytes()) for p in (path, path.parent / "queries" / NAME))
    sheets = [name for name in before if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 8
    for name in sheets:
        left = re.sub(rb'<c r="Z10" s="\d+"/>|<legacyDrawing [^>]*/>', b"", after[name]).replace(
            b'<row r="10"></row>', b""
        )
        tables = re.compile(rb"<tableParts.*</tableParts>")  # the marks' own rows could run into one
        assert plain(left) == plain(tables.sub(b"", before[name])), name
    assert b"legacyDrawing" in after["xl/worksheets/sheet3.xml"]
    assert after["xl/sharedStrings.xml"] == before["xl/sharedStrings.xml"]
    assert b"Z10" in after["xl/worksheets/sheet4.xml"]


def plain(sheet: bytes) -> bytes:
    """A sheet's part without its formats, and what says which sheet is in front."""
    return re.sub(rb' (s|spans)="[\d:]+"| tabSelected="1"', b"", sheet)


def test_the_copy_reads_like_the_return(path: Path, plan: Plan) -> None:
    theirs = read_return(path, Owner.of(plan))
    annotate(path, list(theirs.queries))
    ours = read_return(path.parent / "queries" / NAME, Owner.of(plan))
    assert ours.queries == theirs.queries
    for name, rows in theirs.by_sheet.items():
        assert ours.by_sheet[name] == rows, name
    assert "- as planned" in [row.resolution for row in ours.milestones]


def test_a_corrected_copy_is_annotated_anew(path: Path, plan: Plan) -> None:
    before = look(load_workbook(path)["Milestones"]["I4"])
    annotate(path, queries_of(path, plan))
    path.write_bytes((path.parent / "queries" / NAME).read_bytes())
    fill(path, "Milestones", {c.COMPLETED_ON: None}, key="K1", no="2")
    annotate(path, queries_of(path, plan))
    book = load_workbook(path.parent / "queries" / f"{path.stem}.xlsx")
    assert book.sheetnames.count("Queries") == 1
    assert len([name for name in book.sheetnames if name.startswith((MARKS, "Queries"))]) == 2
    page = book["Milestones"]
    assert set(notes_in(page)) == {"H5"}
    assert page["H5"].fill.fgColor.rgb.startswith("FFFFCF")
    assert look(page["I4"]) == before


def test_rows_sorted_in_a_copy_get_their_own_look_back(path: Path, plan: Plan) -> None:
    annotate(path, queries_of(path, plan))
    copy = path.parent / "queries" / NAME
    book = load_workbook(copy)
    page = book["Milestones"]
    page["I10"]._style = page["I4"]._style  # the marked cell has moved, as when rows are sorted
    book.save(copy)
    page = load_workbook(io.BytesIO(marked_copy(copy.read_bytes(), [], NAME)))["Milestones"]
    assert page["I10"].fill.fgColor.rgb == load_workbook(path)["Milestones"]["J4"].fill.fgColor.rgb


def test_nothing_piles_up(path: Path, plan: Plan) -> None:
    found = queries_of(path, plan)
    once = marked_copy(path.read_bytes(), found, NAME)
    assert marked_copy(path.read_bytes(), found, NAME) == once
    assert marked_copy(once, found, NAME) == once


def test_an_officers_own_note_stays(path: Path, plan: Plan) -> None:
    book = load_workbook(path)
    book["Milestones"]["I4"].comment = Comment("Ask Ann.", "Bob")
    book["Milestones"]["A2"].comment = Comment("Mine, too.", "Bob")
    book.save(path)
    data = marked_copy(path.read_bytes(), queries_of(path, plan), NAME)
    notes = notes_in(load_workbook(io.BytesIO(data))["Milestones"])
    assert (notes["I4"], notes["A2"], set(notes)) == ("Ask Ann.", "Mine, too.", {"I4", "A2", "H5"})
    again = load_workbook(io.BytesIO(marked_copy(data, [], NAME)))
    assert set(notes_in(again["Milestones"])) == {"I4", "A2"}


def test_an_edited_copy_is_never_overwritten(path: Path, plan: Plan) -> None:
    found = queries_of(path, plan)
    copy, second = (path.parent / "queries" / name for name in (NAME, f"{path.stem} (2).xlsx"))
    annotate(path, found)
    fill(copy, "Milestones", {c.RESOLUTION: "Corrected here."}, key="K1", no="1")
    edited = copy.read_bytes()
    done = annotate(path, found)
    assert done == [Annotated(NAME, second, f"{NAME} has been edited, so it is kept; the new copy is {second.name}.")]
    assert annotate(path, found) == done  # the second, which nobody edited, is replaced
    assert copy.read_bytes() == edited
    assert len(list(copy.parent.iterdir())) == 2
    done = annotate(path, [])
    assert [(each.copy, "kept" in each.remark) for each in done] == [(None, True)]
    assert list(copy.parent.iterdir()) == [copy]


def test_a_copy_that_is_open_in_excel_stops_nothing(path: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    found = queries_of(path, plan)
    copy, second = (path.parent / "queries" / name for name in (NAME, f"{path.stem} (2).xlsx"))
    annotate(path, found)
    before = copy.read_bytes()
    open_file = Path.open

    def as_excel_has_it(self: Path, mode: str = "r", **options: Any) -> Any:
        if self == copy and mode != "rb":
            raise PermissionError(errno.EACCES, "Permission denied")
        return open_file(self, mode, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", as_excel_has_it)
        assert annotate(path, found) == [Annotated(NAME, copy)]  # which says the same
        why = f"{NAME} is open in another program, or read-only, so it is kept"
        assert annotate(path, found[:1]) == [Annotated(NAME, second, f"{why}; the new copy is {second.name}.")]
        assert annotate(path, []) == [Annotated(NAME, None, f"{why}, although the return has no queries any more.")]
        assert copy.read_bytes() == before
        assert list(copy.parent.iterdir()) == [copy]
    annotate(path, [])
    assert list(copy.parent.iterdir()) == []


def test_a_copy_that_was_only_saved_counts_as_unedited(path: Path, plan: Plan) -> None:
    annotate(path, queries_of(path, plan))
    copy = path.parent / "queries" / NAME
    load_workbook(copy).save(copy)  # as Excel does when asked to save what it recalculated
    annotate(path, queries_of(path, plan))
    assert [each.name for each in copy.parent.iterdir()] == [NAME]


def set_cell(**attributes: object) -> Callable[[Any], None]:
    """What sets a measure's figure's cell so."""

    def set_all(book: Any) -> None:
        page = book["Measures"]
        cell = page.cell(2, columns_of(page)[c.PERFORMANCE])
        for name, value in attributes.items():
            setattr(cell, name, value)

    return set_all


def hide(dimension: Any) -> None:
    dimension.hidden = True


def without_checks(page: Any) -> None:
    page.data_validations.dataValidation.pop()


def retyped_check(page: Any) -> None:
    next(each for each in page.data_validations.dataValidation if each.type == "list").formula1 = '"Green,Red"'


@pytest.fixture(scope="module")
def marked(messy: bytes, plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The marked copy of the messy return; only to be looked at."""
    path = tmp_path_factory.mktemp("marked") / NAME
    path.write_bytes(messy)
    return marked_copy(messy, queries_of(path, plan), NAME)


@pytest.mark.parametrize(
    "change_book",
    [
        set_cell(value=7),
        set_cell(value="12"),
        set_cell(value="=3+4"),
        set_cell(value=None),
        set_cell(number_format="0%"),
        set_cell(font=Font(strike=True)),
        set_cell(font=Font(color="FFFF0000")),
        set_cell(fill=PatternFill("solid", "FFFF0000")),
        set_cell(protection=Protection(locked=False)),
        set_cell(protection=Protection(hidden=True)),
        set_cell(comment=Comment("Is it?", "Ann")),
        lambda book: setattr(book["Milestones"]["I4"].comment, "text", "It is."),
        lambda book: book["Next milestones"].merge_cells("A3:B4"),
        lambda book: setattr(book["Next milestones"]["B10"], "fill", PatternFill("solid", "FFFF0000")),
        lambda book: hide(book["Milestones"].row_dimensions[4]),
        lambda book: hide(book["Milestones"].column_dimensions["B"]),
        lambda book: setattr(book["Milestones"].sheet_format, "zeroHeight", True),
        lambda book: setattr(book["Milestones"], "sheet_state", "hidden"),
        lambda book: setattr(book["Measures"].protection, "sheet", False),
        lambda book: without_checks(book["Measures"]),
        lambda book: retyped_check(book["Key actions"]),
    ],
)
def test_what_counts_as_edited(marked: bytes, change_book: Callable[[Any], None]) -> None:
    book, held = opened(marked), io.BytesIO()
    change_book(book)
    book.save(held)
    assert not digest_of(held.getvalue()).is_of(custom_properties(Package(marked))["ragtool copy as written"])


def with_formula(data: bytes, formula: str, result: str = "<v>12</v>") -> bytes:
    """A sheet whose cell with the figure 12 holds a formula."""
    return re.sub(rb"<v>12</v>", f"<f>{formula}</f>{result}".encode(), data)


@pytest.mark.parametrize(
    ("now", "counts"),
    [
        ("<f>6+6</f><v>12</v>", False),
        ("<f>6+6</f>", False),  # as a program saves it that doesn't calculate
        ("<f>5+7</f><v>12</v>", True),
        ("<f>6+6</f><v>13</v>", True),
        ("<v>12</v>", True),
    ],
)
def test_a_formula_and_its_result_count(path: Path, now: str, counts: bool) -> None:
    change(path, lambda name, data: with_formula(data, "6+6"))
    before = str(digest_of(path.read_bytes()))
    change(path, lambda name, data: data.replace(b"<f>6+6</f><v>12</v>", now.encode()))
    assert digest_of(path.read_bytes()).is_of(before) is not counts


def test_what_a_program_stores_in_another_way_is_no_edit(path: Path) -> None:
    """Formulas stored once for several cells, names without quotes, signs behind a backslash, small numbers in full."""

    def as_written(name: str, data: bytes) -> bytes:
        data = with_formula(data, "IF('Milestones'!A2&lt;1E-13,\"A2\",$B$2+A2+12)")
        return data.replace(b"d mmm yyyy", b"d mmm&quot; &quot;yyyy")

    def as_saved(name: str, data: bytes) -> bytes:
        formula = b"<f>IF('Milestones'!A2&lt;1E-13,\"A2\",$B$2+A2+12)</f>"
        shared = b'<f t="shared" ref="A2:A3" si="0">IF(Milestones!A2&lt;0.0000000000001,"A2",$B$2+A2+12)</f>'
        return data.replace(formula, shared).replace(b"d mmm&quot; &quot;yyyy", b"d\\ mmm\\ yyyy")

    change(path, as_written)
    before = path.read_bytes()
    change(path, as_saved)
    assert parts_of(path.read_bytes()) != parts_of(before)
    assert digest_of(path.read_bytes()).is_of(str(digest_of(before)))


def test_a_check_is_the_same_however_a_program_stores_it() -> None:
    """In an extension, as Excel keeps what names another sheet, or with all that LibreOffice adds."""
    list_of_keys = "'About'!$D$2:$D$4"
    stored = (
        f'<dataValidation type="list" allowBlank="1" sqref="A3:A9 C3"><formula1>{list_of_keys}</formula1>'
        '</dataValidation><dataValidation prompt="Why?" sqref="B3"/>'
        '<dataValidation type="decimal" operator="lessThan" sqref="D3"><formula1>1000</formula1></dataValidation>',
        '<dataValidation type="none" errorStyle="stop" operator="between" prompt="Why?" sqref="B3"><formula1>0'
        "</formula1></dataValidation>"
        f'<dataValidation type="list" allowBlank="true" sqref="C3"><formula1>{list_of_keys}</formula1>'
        '<formula2>0</formula2></dataValidation><dataValidation type="decimal" operator="lessThan" sqref="D3">'
        "<formula1>1000.0</formula1><formula2>0</formula2></dataValidation></dataValidations><extLst><ext><x:one "
        'xmlns:x="urn:x" xmlns:m="urn:m"><x:dataValidation type="list" allowBlank="1"><x:formula1><m:f>'
        f"{list_of_keys}</m:f></x:formula1><m:sqref>A3:A9</m:sqref></x:dataValidation></x:one></ext></extLst>",
    )
    parts = [f'<worksheet xmlns="{MAIN}"><dataValidations>{each}' for each in stored]
    sheets = (f"{parts[0]}</dataValidations></worksheet>", f"{parts[1]}</worksheet>")
    checks = [{check: sorted(areas) for check, areas in TypedParts(x.encode(), []).checks.items()} for x in sheets]
    assert checks[0] == checks[1]
    assert list(map(len, checks[0].values())) == [2, 1, 1]


def test_a_formula_stored_for_many_cells_is_the_same_as_in_each() -> None:
    head, tail = f'<worksheet xmlns="{MAIN}"><sheetData>', "</sheetData></worksheet>"
    each = "".join(f'<row r="{row}"><c r="B{row}"><f>A{row}*$C$1&amp;"A1"</f></c></row>' for row in (1, 2))
    once = (
        '<row r="1"><c r="B1"><f t="shared" si="0" ref="B1:B2">A1*$C$1&amp;"A1"</f></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/></c></row>'
    )
    formulas = [TypedParts(f"{head}{rows}{tail}".encode(), []).formulas for rows in (each, once)]
    assert formulas[0] == formulas[1] == dict.fromkeys([(1, 2), (2, 2)], '=R[0]C[-1]*R1C3&"A1"')


def test_a_copy_with_a_digest_of_an_older_kind_counts_as_edited(path: Path, plan: Plan) -> None:
    annotate(path, queries_of(path, plan))
    copy = path.parent / "queries" / NAME
    now = str(digest_of(copy.read_bytes()))
    change(copy, lambda name, data: data.replace(now.encode(), b"a" * 64))
    annotate(path, queries_of(path, plan))
    assert len(list(copy.parent.iterdir())) == 2


def test_a_return_that_was_read_is_not_read_again(path: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy is the same; a file that has changed since, or an old copy, is read again."""
    found, folder = queries_of(path, plan), path.parent / "queries"
    annotate(path, found)
    expected = (folder / NAME).read_bytes()
    (folder / NAME).unlink()
    book = open_book(path)
    with monkeypatch.context() as patch:
        patch.setattr("ragtool.returns.marked.copies.read_into", None)
        put_copies({NAME: path}, found, folder, no_refill, {NAME: book})
    assert (folder / NAME).read_bytes() == expected
    fill(path, "Measures", {c.PERFORMANCE: 13}, key="P1")
    put_copies({NAME: path}, found, folder, no_refill, {NAME: book})
    first = read_return(folder / NAME, Owner.of(plan)).measures[0].performance
    assert first is not None
    assert first.value == 13


def test_the_digest_of_what_is_known_is_that_of_the_copy_s_bytes(path: Path, plan: Plan) -> None:
    """Whichever sheets were changed, and where a formula gave way to its result."""
    change(path, lambda name, data: data.replace(b"<f>", b"<f>[1]Other!A1+"))
    for data in (path.read_bytes(), marked_copy(path.read_bytes(), queries_of(path, plan), NAME)):
        for queries in ([], [query("I4")], [query("A2", sheet) for sheet in ("Measures", "Key actions")]):
            made = marked_copy(data, queries, NAME)
            written = custom_properties(Package(made))["ragtool copy as written"]
            assert written == str(digest_of(made))


def test_copies_out_of_date_go(path: Path, plan: Plan) -> None:
    copy = path.parent / "queries" / NAME
    annotate(path, queries_of(path, plan))
    assert annotate(path, []) == []
    assert not copy.exists()
    annotate(path, queries_of(path, plan))
    path.unlink()
    put_copies({}, [], copy.parent, no_refill)
    assert not copy.exists()


def test_foreign_files_in_the_folder_stay(path: Path, plan: Plan) -> None:
    mine = path.parent / "queries" / NAME
    mine.parent.mkdir()
    mine.write_bytes(b"my notes")
    done = annotate(path, queries_of(path, plan))
    assert [each.copy for each in done] == [mine.with_name(f"{path.stem} (2).xlsx")]
    assert mine.read_bytes() == b"my notes"


def test_macros_and_links_to_other_files_do_not_come_along(path: Path, plan: Plan) -> None:
    def like_excel(name: str, data: bytes) -> bytes:
        if name == "[Content_Types].xml":
            data = data.replace(b"spreadsheetml.sheet.main+xml", b"x").replace(
                b"application/vnd.openxmlformats-officedocument.x",
                b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            )
            return data.replace(b"<Default ", b'<Default Extension="bin" ContentType="a/b"/><Default ', 1)
        if name == "xl/_rels/workbook.xml.rels":
            office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
            macros = b'<Relationship Id="m1" Type="http://x/vbaProject" Target="vbaProject.bin"/>'
            link = b'<Relationship Id="e1" Type="%s" Target="externalLinks/externalLink1.xml"/>' % office
            return data.replace(b"</Relationships>", macros + link + b"</Relationships>")
        if name == "xl/workbook.xml":
            external = b'<externalReferences><externalReference r:id="e1" xmlns:r="http://schemas.openxmlformats.org/'
            external += b'officeDocument/2006/relationships"/></externalReferences>'
            return re.sub(rb"<definedNames", external + b"<definedNames", data)
        if name == "xl/worksheets/sheet4.xml":
            data = re.sub(rb'(<c r="K3"[^>]*>)<v>', rb"\1<f>[1]Sheet1!$A$1+1</f><v>", data)
            assert b"[1]Sheet1" in data
        return data

    xlsm = path.with_suffix(".xlsm")
    path.rename(xlsm)
    change(xlsm, like_excel, {"xl/vbaProject.bin": b"code", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"})
    found = queries_of(xlsm, plan)
    annotate(xlsm, found)
    copy = xlsm.parent / "queries" / NAME
    parts = parts_of(copy.read_bytes())
    assert not [name for name in parts if "vba" in name or "external" in name]
    assert not [name for name, data in parts.items() if b"[1]" in data or b"externalRef" in data or b"macroEn" in data]
    figure = read_return(copy, Owner.of(plan)).measures[0].performance
    assert figure is not None
    assert figure.value == 12


HOSTILE_SHEET = (
    '<drawing r:id="d1"/><legacyDrawing r:id="v1"/><picture r:id="p1"/>'
    '<tableParts count="1"><tablePart r:id="t1"/></tableParts>'
)
HOSTILE_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="s1" '
    'href="http://evil.example"><x:ClientData ObjectType="Button"><x:FmlaMacro>[0]!go</x:FmlaMacro></x:ClientData>'
    "</v:shape></xml>"
)


def hostile(name: str, data: bytes) -> bytes:
    """A return's part with links, DDE, names that call programs, drawings, buttons and a connection."""
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    if name == "xl/worksheets/sheet4.xml":
        figure = b"<f>cmd|'/C calc'!A0</f><v>12</v>"
        data = re.sub(rb"<v>12</v>", lambda _: figure, data).replace(
            b"<worksheet ", f'<worksheet xmlns:r="{related}" '.encode()
        )
        links = b'<hyperlinks><hyperlink ref="A1" r:id="h1"/><hyperlink ref="A2" location="evil!A1"/></hyperlinks>'
        data = data.replace(b"<pageMargins", links + b"<pageMargins", 1)
        data = data.replace(b"<sheetData>", b'<e:include xmlns:e="urn:evil" href="/x"/><sheetData>')
        return data.replace(b"</worksheet>", HOSTILE_SHEET.encode() + b"</worksheet>")
    if name == "xl/workbook.xml":
        names = b'<definedName name="Auto_Open">EXEC("calc")</definedName><definedName name="_xlnm.Print_Area" '
        names += b'localSheetId="0">cmd|\'/C calc\'!A0</definedName><definedName name="_xlnm.Print_Titles" '
        names += b"localSheetId=\"1\">'evil sheet'!$1:$2</definedName></definedNames>"
        return data.replace(b"</definedNames>", names)
    if name == "xl/_rels/workbook.xml.rels":
        more = f'<Relationship Id="c1" Type="{related}/connections" Target="connections.xml"/>'.encode()
        return data.replace(b"</Relationships>", more + b"</Relationships>")
    return data


def test_what_no_template_has_stays_out_of_the_copy_and_is_said(path: Path, plan: Plan) -> None:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = {"d1": "drawing", "v1": "vmlDrawing", "p1": "image", "t1": "table"}
    targets = {"d1": "evil1.xml", "v1": "evil2.vml", "p1": "evil3.png", "t1": "evil4.xml"}
    related = "".join(f'<Relationship Id="{i}" Type="{base}/{kinds[i]}" Target="../{targets[i]}"/>' for i in kinds)
    related += f'<Relationship Id="h1" Type="{base}/hyperlink" Target="http://evil.example" TargetMode="External"/>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    more = {f"xl/{name}": b"<evil/>" for name in (*targets.values(), "connections.xml")}
    more |= {"xl/evil2.vml": HOSTILE_VML.encode()}
    more["xl/worksheets/_rels/sheet4.xml.rels"] = f'<Relationships xmlns="{package}">{related}</Relationships>'.encode()
    change(path, hostile, more)
    queries = queries_of(path, plan)
    (said_of_it,) = [q for q in queries if q.problem.startswith("It holds")]
    assert said_of_it.problem == (
        "It holds calls of other programs, connections to data, drawings, pictures and charts, links and "
        "names for cells, which aren't read."
    )
    annotate(path, queries)
    copy = path.parent / "queries" / NAME
    parts = {name: data for name, data in parts_of(copy.read_bytes()).items() if name != "xl/worksheets/sheet9.xml"}
    bad = re.compile(rb"evil|calc\b|EXEC|Auto_Open|FmlaMacro|connections|tablePart|<drawing|<picture|cmd[|]")
    assert {name: match[0] for name, data in parts.items() if (match := bad.search(data))} == {}
    assert not [name for name in parts if "evil" in name or "connections" in name]
    figure = read_return(copy, Owner.of(plan)).measures[0].performance
    assert figure is not None
    assert figure.value == 12
    assert not open_book(copy).foreign
    assert load_workbook(copy)["Milestones"]["I4"].comment


def test_a_copy_into_which_somebody_put_a_picture_is_kept(path: Path, plan: Plan) -> None:
    annotate(path, queries_of(path, plan))
    copy = path.parent / "queries" / NAME
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
    drawing = b'<Relationship Id="d1" Type="%s" Target="../drawings/drawing9.xml"/></Relationships>' % kind
    (related,) = [name for name in parts_of(copy.read_bytes()) if name.endswith("worksheets/_rels/sheet3.xml.rels")]
    change(
        copy,
        lambda name, data: data.replace(b"</Relationships>", drawing) if name == related else data,
        {"xl/drawings/drawing9.xml": b"<evidence/>"},
    )
    put_in = copy.read_bytes()
    fill(path, "Milestones", {c.STATUS: "nearly there"}, key="K1", no=1)
    (again,) = annotate(path, queries_of(path, plan))
    assert copy.read_bytes() == put_in
    assert again.copy == copy.with_name(f"{copy.stem} (2).xlsx")


PREVIEW = re.compile(rb'(<c r="L3"[^>]*>)<f>[^<]*</f>')
"""The preview of the first measure, which is locked."""


@pytest.mark.parametrize(
    ("formula", "stays"),
    [
        ("IF('Key actions'!A3=\"x\",#REF!,Measures!K3)", True),
        ("IF(1,evil.xlsx!figure,2)", False),
        ("'http://evil.example/x.xlsx'!figure", False),
        ("SUM('C:\\evil\\x.xlsx'!figure)", False),
        ("Excel.Sheet!'x'", False),
    ],
)
def test_a_formula_stays_in_a_copy_that_names_sheets_of_its_own_alone(
    path: Path, plan: Plan, formula: str, stays: bool
) -> None:
    """Another book may be named by its path alone, without brackets."""
    stored = f"<f>{html.escape(formula, quote=False)}</f>".encode()
    change(path, lambda name, data: PREVIEW.sub(lambda cell: cell[1] + stored, data) if "sheet4" in name else data)
    assert stored in parts_of(path.read_bytes())["xl/worksheets/sheet4.xml"]
    marked = marked_copy(path.read_bytes(), queries_of(path, plan), NAME)
    assert (stored in parts_of(marked)["xl/worksheets/sheet4.xml"]) == stays


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        (rb'(<c r="C3") s="[0-9]+"', rb'\1 s="-5"', rb'<c r="C3" t='),
        (rb'(<c r="C3") s="[0-9]+"', rb'\1 s="999"', rb'<c r="C3" t='),
        (rb'(<c r="C3" s="[0-9]+")', rb'\1 cm="1" vm="2"', rb'<c r="C3" [^>]*s="[0-9]+"[^>]*>'),
        (rb"<col [^>]*>", rb'<col min="1" max="1" style="-1" width="9"/>', rb'<col min="1" max="1" width="9"/>'),
        (rb'(<row r="3")', rb'\1 s="+01"', rb'<row r="3" [^>]*s="1"'),
    ],
)
def test_nothing_in_a_copy_refers_to_what_it_has_not(
    path: Path, plan: Plan, before: bytes, after: bytes, kept: bytes
) -> None:
    """Excel would find the copy damaged."""
    part = "xl/worksheets/sheet4.xml"
    change(path, lambda name, data: re.sub(before, after, data, count=1) if name == part else data)
    data = parts_of(marked_copy(path.read_bytes(), queries_of(path, plan), NAME))[part]
    assert re.search(kept, data)
    assert not re.search(rb'\s(?:s|style)="[^0-9"]|\ss="999"|\s[cv]m="', data)


def test_what_a_file_has_for_links_and_add_ins_stays_out_of_the_copy_and_is_said(path: Path, plan: Plan) -> None:
    def with_add_in(name: str, data: bytes) -> bytes:
        if name == "_rels/.rels":
            kind = b"http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"
            more = b'<Relationship Id="u1" Type="%s" Target="customUI/evil.xml"/></Relationships>' % kind
            return data.replace(b"</Relationships>", more)
        base = b"<HyperlinkBase>http://evil.example</HyperlinkBase></Properties>"
        return data.replace(b"</Properties>", base) if name == "docProps/app.xml" else data

    change(path, with_add_in, {"customUI/evil.xml": b"<evil/>"})
    queries = queries_of(path, plan)
    assert "It holds add-ins, which aren't read." in [query.problem for query in queries]
    parts = parts_of(marked_copy(path.read_bytes(), queries, NAME))
    assert not [name for name, data in parts.items() if "evil" in name or b"evil" in data]


@pytest.mark.parametrize(
    ("piece", "harmless"),
    [
        ("A", True),
        (".", True),
        ("A ", True),
        ('"', True),
        ("A1! ", True),
        ("'", False),
        ("'a'", False),
        ("B1! ", False),
    ],
)
def test_a_formula_of_any_length_is_looked_through_in_no_time(piece: str, harmless: bool) -> None:
    """Once it took the square of its length: hours for a million letters."""
    assert is_harmless(piece * 300_000, (title("A1"),)) is harmless
    SHEET_NAMED.findall(piece * 300_000)


def test_blanks_in_a_tag_cost_no_time() -> None:
    blanks = b" " * 300_000
    assert with_attributes(b"<c" + blanks + b's="1"' + blanks + b"/>", {"s": None}) == b"<c" + blanks + b"/>"


def test_a_drawing_whose_shapes_have_no_end_is_not_marked_in_place() -> None:
    drawn = "<xml><v:shape id='1'>x</v:shape> between <v:shape id='2'/>"
    with pytest.raises(CannotMark, match="the drawing of its notes is damaged"):
        shapes_and_others(drawn * 100_000)
    assert shapes_and_others(f"{drawn}</v:shape>")[1:] == [
        "<v:shape id='1'>x</v:shape>", " between ", "<v:shape id='2'/></v:shape>", ""
    ]  # fmt: skip


def test_a_long_formula_for_many_cells_takes_little_memory() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><f t="shared" si="0"/></c></row>' for n in range(2, 99))
    first = f'<row r="1"><c r="A1"><f t="shared" si="0">{"A1+" * 2_000}1</f></c></row>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{first}{rows}</sheetData></worksheet>'
    assert len("".join(TypedParts(sheet.encode(), []).formulas.values())) < 98 * 1_000


def test_a_template_s_own_formulas_come_along(path: Path, plan: Plan) -> None:
    """Every formula of a template, whatever functions it has, is still there."""

    def formulas(data: bytes) -> set[tuple[str, str, str]]:
        book = load_workbook(io.BytesIO(data))
        cells = (cell for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f")
        return {(cell.parent.title, cell.coordinate, str(cell.value)) for cell in cells}

    before = formulas(path.read_bytes())
    assert len(before) > 10
    assert formulas(marked_copy(path.read_bytes(), queries_of(path, plan), NAME)) == before


@pytest.mark.parametrize(
    "name", ["Measures of the year and of its quarters", "Mea:sures", "Mea&#10;sures", "&apos;Measures"]
)
def test_a_return_with_a_sheet_that_excel_takes_for_none_becomes_a_fresh_template(
    path: Path, plan: Plan, name: str
) -> None:
    change(path, lambda part, data: data.replace(b'name="Measures"', f'name="{name}"'.encode()))
    read = read_return(path, Owner.of(plan))
    assert annotate(path, list(read.queries))[0].copy is None  # nothing writes a fresh template
    annotate(path, list(read.queries), lambda file: lambda target: write(target, plan, read))
    assert "Measures" in load_workbook(path.parent / "queries" / NAME).sheetnames


def test_a_strict_workbook_becomes_a_fresh_template(path: Path, plan: Plan) -> None:
    book = load_workbook(path)
    page = book["Milestones"]
    page.move_range("A3:K6", rows=3)  # rows stand elsewhere than in the template
    book.save(path)
    change(
        path, lambda name, data: re.sub(TRANSITIONAL + rb"(spreadsheetml|officeDocument)/2006", STRICT + rb"\1", data)
    )
    read = read_return(path, Owner.of(plan))
    assert [q.cell for q in read.queries] == ["G3", "I7", "H8"]
    assert annotate(path, list(read.queries))[0].copy is None  # nothing writes a fresh template
    foreign = query("A100", problem="No such row.")
    annotate(path, [*read.queries, foreign], lambda file: lambda target: write(target, plan, read))
    book = load_workbook(path.parent / "queries" / NAME)
    page = book["Queries"]
    assert not page.merged_cells.ranges
    top = next(cell.row for cell in page["A"] if cell.value == c.SHEET)
    assert NAME in " ".join(str(page[f"A{row}"].value) for row in range(3, top))
    assert page.print_title_rows == f"$1:${top}"
    assert [page[f"B{row}"].value for row in range(top + 1, top + 5)] == [
        "row 3, Own rating (cell G3)",
        "row 4, Completed on (cell I4)",
        "row 5, Status (cell H5)",
        None,
    ]
    assert page[f"E{top + 4}"].value == f"No such row. (It was Milestones, cell A100 of {NAME}.)"
    assert set(notes_in(book["Milestones"])) == {"I4", "H5"}
    assert book["Milestones"]["K5"].value == "- as planned"
    assert book["Measures"]["K3"].value == 12


def test_a_file_that_cannot_be_read_has_no_copy(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 and nothing else")
    done = annotate(path, [query(sheet="")])
    assert [(each.copy, NAME in each.remark) for each in done] == [(None, True)]


def test_returns_of_the_same_name_have_their_own_copies(path: Path) -> None:
    other = path.with_suffix(".XLSM")
    other.write_bytes(path.read_bytes())
    received = {other.name: other, path.name: path}
    queries = [query("A3", file=name) for name in received]
    for _ in range(2):
        done = put_copies(received, queries, path.parent / "queries", no_refill)
        assert [each.copy.name for each in done if each.copy] == [f"{path.stem} xlsm.xlsx", NAME]


def test_a_target_that_cannot_be_written_is_said(path: Path) -> None:
    (path.parent / "queries").write_text("a file where the folder should be")
    with pytest.raises(RagtoolError, match="can't be written"):
        annotate(path, [query("A3")])


def test_cells_that_are_not_there_are_added(path: Path) -> None:
    """Beside, between and below the cells that are there, in a sheet without rows, and with the names prefixed."""
    change(
        path,
        lambda name, data: (
            re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", data)
            if name.endswith("sheet5.xml")
            else re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", data).replace(b"xmlns=", b"xmlns:x=")
            if name.endswith("sheet3.xml")
            else data
        ),
    )
    cells = ["A2", "Z3", "B4", "A31", "AB31", "C32"]
    queries = [query(cell, sheet) for cell in cells for sheet in ("Milestones", "Next milestones")]
    book = load_workbook(io.BytesIO(marked_copy(path.read_bytes(), queries, NAME)))
    for sheet in ("Milestones", "Next milestones"):
        assert set(notes_in(book[sheet])) == set(cells)
        assert all(book[sheet][cell].fill.fgColor.rgb.startswith("FFFFCF") for cell in cells)


def test_an_extensions_elements_are_not_taken_for_the_sheets_own(path: Path) -> None:
    """Neither those of the same names in a sheet nor in its formats: a column of a drawing has no width."""
    in_sheet = b'<x:col>1</x:col><x:sheetFormatPr defaultRowHeight="no"/><x:sheetData><x:row r="no"><x:c r="no"/>'
    in_sheet += b"<x:f>1</x:f></x:row></x:sheetData><x:hyperlink/><x:legacyDrawing/>"
    in_book = b'<x:sheets><x:sheet name="No"/></x:sheets><x:definedName/><x:definedNames/>'
    contents = {
        b"worksheet": in_sheet,
        b"workbook": in_book,
        b"styleSheet": b"<x:cellXfs><x:xf/></x:cellXfs><x:fonts/>",
    }
    begins, ends = b'<extLst><ext uri="x" xmlns:x="urn:x">', b"</ext></extLst>"
    extensions = {root: begins + xml + ends for root, xml in contents.items()}

    def extended(name: str, data: bytes) -> bytes:
        return re.sub(b"</(worksheet|workbook|styleSheet)>", lambda end: extensions[end[1]] + end[0], data)

    plain = marked_copy(path.read_bytes(), [query("A31"), query("H4")], NAME)
    change(path, extended)
    marked = marked_copy(path.read_bytes(), [query("A31"), query("H4")], NAME)
    without = {name: data for name, data in parts_of(marked).items() if name != "docProps/custom.xml"}
    for xml in extensions.values():
        assert any(xml in data for data in without.values())
        without = {name: data.replace(xml, b"") for name, data in without.items()}
    assert without == {name: data for name, data in parts_of(plain).items() if name != "docProps/custom.xml"}


def test_hostile_text_stays_text(path: Path) -> None:
    problem = "=cmd|'/C calc'!A0 <b>&amp;</b> _x0041_ \x01 ]]> \"'"
    data = marked_copy(path.read_bytes(), [query("A3", problem=problem)], NAME)
    book = load_workbook(io.BytesIO(data))
    shown = book["Queries"]["E4"]
    assert shown.data_type == "s"
    assert shown.value == problem.replace("\x01", "").replace("_x0041_", "_x005F_x0041_")  # openpyxl leaves it escaped
    assert problem.replace("\x01", "")[:20] in book["Milestones"]["A3"].comment.text


def test_thousands_of_queries_are_cut_short(path: Path) -> None:
    queries = [query(f"A{row}") for row in range(2, MOST_LISTED + 102)]
    book = load_workbook(io.BytesIO(marked_copy(path.read_bytes(), queries, NAME)))
    page = book["Queries"]
    assert page.max_row == 3 + MOST_LISTED + 1
    assert str(page.cell(page.max_row, 1).value).startswith("There are 100 more.")


def test_an_edited_copy_stays_where_its_return_is_gone(path: Path, plan: Plan) -> None:
    copy = path.parent / "queries" / NAME
    annotate(path, queries_of(path, plan))
    fill(copy, "Milestones", {c.RESOLUTION: "Corrected here."}, key="K1", no="1")
    edited = copy.read_bytes()
    path.unlink()
    put_copies({}, [], copy.parent, no_refill)
    assert copy.read_bytes() == edited


def test_cells_that_differ_by_their_fill_alone_get_it_back(path: Path) -> None:
    book = load_workbook(path)
    cells = ("H4", "H6")
    for reference, colour in zip(cells, ("FF00B0F0", "FFFFFF00"), strict=True):
        book["Milestones"][reference].fill = PatternFill("solid", colour)
    book.save(path)
    marked = marked_copy(path.read_bytes(), [query(cell) for cell in cells], NAME)
    found = load_workbook(io.BytesIO(marked_copy(marked, [], NAME)))["Milestones"]
    assert [found[cell].fill.fgColor.rgb for cell in cells] == ["FF00B0F0", "FFFFFF00"]
