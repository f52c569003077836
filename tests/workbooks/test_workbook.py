"""Workbooks as officers, LibreOffice and others send them: every cell as it was stored, every refusal in a sentence."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import datetime, time
from pathlib import Path
from struct import pack
from typing import Any

import pytest

import messy
from ragtool.errors import RagtoolError
from ragtool.workbooks.book import LEFT_OVER, NOT_THERE_YET, PICTURE
from ragtool.workbooks.edit.marked_cells import Marking
from ragtool.workbooks.opening import Book, Cell, open_book

NEVER = "a formula that was never calculated"
UNREADABLE = "a value that can't be read"
NO_DATE = "a number that is no date, in a cell formatted as one"
PERCENT, DATE, DURATION, LITERAL = 1, 2, 3, 4
STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0.0&quot;%&quot;\\%"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="14"/>'
    '<xf numFmtId="46"/><xf numFmtId="170"/></cellXfs></styleSheet>'
)
STRINGS = (
    "<sst><si><t>one</t></si><si><r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r></si>"
    "<si><t>東京</t><rPh sb='0' eb='2'><t>とうきょう</t></rPh></si><si/></sst>"
)

EVERYTHING = {
    "A1": Cell("text"), "B1": Cell(" padded "), "C1": Cell("£1,000\nline two"), "D1": Cell("=SUM is text"),
    "A2": Cell(42), "B2": Cell(0.744, percent=True), "C2": Cell(datetime(2013, 9, 30)),
    "D2": Cell(datetime(2013, 9, 30, 14, 30)),
    "A3": Cell(True), "B3": Cell("36:00:00"), "C3": Cell(time(12)), "D3": Cell(80, shown="80.0%"),
    "A4": Cell("#DIV/0!", fault="#DIV/0!"), "B4": Cell("#N/A", fault="#N/A"), "C4": Cell("#REF!", fault="#REF!"),
    "D4": Cell(84), "A5": Cell("plain bold end"), "A6": Cell("merged"),
}  # fmt: skip
"""What `messy.everything` holds, in whatever format."""


def cells(book: Book, sheet: str = "Entries") -> dict[str, Cell]:
    """A sheet's cells by their names."""
    return {
        f"{chr(64 + column)}{row}": cell
        for row, found in book.sheets[sheet].rows.items()
        for column, cell in found.items()
    }


def read(folder: Path, data: bytes, name: str = "return.xlsx") -> Book:
    return open_book(messy.write(folder, data, name))


def same(found: dict[str, Cell], expected: dict[str, Cell]) -> None:
    """True and 1 are equal in Python and different to an officer."""
    assert found == expected
    assert {at: type(cell.value) for at, cell in found.items()} == {at: type(c.value) for at, c in expected.items()}


# Formats, each by its content


def variants() -> dict[str, tuple[bytes, str]]:
    whole = messy.everything()
    macros = messy.changed(
        whole, "[Content_Types].xml", messy.SHEET_TYPE.encode(), b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    return {
        "xlsx": (whole, "xlsx"),
        "strict": (messy.strict(whole), "strict xlsx"),
        "macros": (macros, "xlsm"),
        "LibreOffice xls": ((messy.DATA / "libreoffice.xls").read_bytes(), "xls"),
        "prefixed": (messy.prefixed(whole), "xlsx"),
    }


@pytest.mark.parametrize("name", variants())
def test_every_kind_of_cell_in_every_format(tmp_path, name):
    data, found = variants()[name]
    book = read(tmp_path, data, f"return.{found.split()[-1]}")
    same({at: cell for at, cell in cells(book).items() if at != "B5"}, EVERYTHING)
    assert (book.format, book.wrong_extension) == (found, False)
    assert cells(book, "Hidden") == {"A1": Cell("Field")}
    if found != "xls":
        assert book.properties == {"Organisation": "Plymouth & Co"}
        assert list(book.sheets) == ["Entries", "Hidden"]  # a chart sheet has no cells


@pytest.mark.parametrize("extension", ["xlsx", "ods"])
def test_what_libreoffice_makes_of_it(tmp_path, extension):
    """Its .xls stands in tests/data, made in the same way."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed, so it can't save the workbook")
    source = messy.write(tmp_path, messy.everything(), "source.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", extension, "--outdir", tmp_path / "out", source]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    book = open_book(tmp_path / "out" / f"source.{extension}")
    same({at: cell for at, cell in cells(book).items() if at != "B5"}, EVERYTHING)
    assert (book.format, book.wrong_extension) == (extension, False)


def test_an_xlsb_of_another_program():
    book = open_book(messy.DATA / "pyxlsbwriter.xlsb")
    assert cells(book, "Milestones") == {
        "A1": Cell("Key"), "B1": Cell("No"), "C1": Cell("Due"), "D1": Cell("Shown"),
        "A2": Cell("K1"), "B2": Cell(1), "C2": Cell(datetime(2013, 9, 30)), "D2": Cell(True),
        "A3": Cell("K2"), "B3": Cell(-2.5), "C3": Cell(datetime(2013, 9, 30, 14, 30)), "D3": Cell(False),
        "A4": Cell("é £ 日本"), "B4": Cell(10_000_000_000), "D4": Cell(0.744),
    }  # fmt: skip
    assert (book.format, book.wrong_extension) == ("xlsb", False)


@pytest.mark.parametrize(
    ("data", "name", "found", "wrong"),
    [
        (messy.xlsx(""), "a.xlsx", "xlsx", False),
        (messy.xlsx(""), "A.B.XLSX", "xlsx", False),
        (messy.xlsx(""), "a.xls", "xlsx", True),
        (messy.xlsx(""), "a.xlsm", "xlsx", True),
        (messy.xlsx("", content_type="application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "a.xlsx", "xlsm", True),
        (messy.xlsb([]), "a.xlsx", "xlsb", True),
        (messy.ods('<table:table table:name="A"/>'), "a.xlsx", "ods", True),
        ((messy.DATA / "libreoffice.xls").read_bytes(), "a.xlsx", "xls", True),
        (messy.strict(messy.everything()), "a.xlsx", "strict xlsx", False),
    ],
)
def test_content_tells_the_format_and_the_extension_is_compared(tmp_path, data, name, found, wrong):
    book = read(tmp_path, data, name)
    assert (book.name, book.format, book.wrong_extension) == (name, found, wrong)


# Cells as Open XML stores them


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<c><v>12</v></c>", Cell(12)),
        ("<c><v>12.0</v></c>", Cell(12)),
        ("<c><v>-1.5E-3</v></c>", Cell(-0.0015)),
        ("<c><v>0</v></c>", Cell(0)),
        ("<c><v>1E300</v></c>", Cell(1e300)),
        ("<c><v>NaN</v></c>", Cell("nan", fault="#NUM!")),
        ("<c><v>twelve</v></c>", Cell("twelve", fault=UNREADABLE)),
        (f'<c s="{PERCENT}"><v>0.744</v></c>', Cell(0.744, percent=True)),
        (f'<c s="{LITERAL}"><v>74.4</v></c>', Cell(74.4, shown="74.4%%")),
        (f'<c s="{DATE}"><v>41547</v></c>', Cell(datetime(2013, 9, 30))),
        (f'<c s="{DATE}"><v>-5</v></c>', Cell(-5.0, fault=NO_DATE)),
        (f'<c s="{DATE}"><v>4858000</v></c>', Cell(4858000.0, fault=NO_DATE)),
        (f'<c s="{DURATION}"><v>1.5</v></c>', Cell("36:00:00")),
        ('<c s="99"><v>41547</v></c>', Cell(41547)),
        ('<c t="d"><v>2013-09-30T14:30:00Z</v></c>', Cell(datetime(2013, 9, 30, 14, 30))),
        ('<c t="b"><v>1</v></c>', Cell(True)),
        ('<c t="b"><v>0</v></c>', Cell(False)),
        ('<c t="s"><v>1</v></c>', Cell("rich text")),
        ('<c t="s"><v>2</v></c>', Cell("東京")),
        ('<c t="s"><v>3</v></c>', None),
        ('<c t="inlineStr"><is><t xml:space="preserve"> in </t></is></c>', Cell(" in ")),
        ('<c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r><rPh><t>c</t></rPh></is></c>', Cell("ab")),
        ('<c t="inlineStr"><is><t>one_x000D_\ntwo_x000a_3</t></is></c>', Cell("one\ntwo\n3")),
        ('<c t="inlineStr"><is><t>_x005F_x000D_ _xD83D__xDE00_</t></is></c>', Cell("_x000D_ 😀")),
        ('<c t="inlineStr"><is><t>a_x0000__x0007_b_xD83D_</t></is></c>', Cell("ab�")),
        ('<c t="inlineStr"><is><t> \xa0\n</t></is></c>', None),
        ("<c><f>A1+1</f></c>", Cell("=A1+1", fault=NEVER)),
        ("<c><f>A1+1</f><v></v></c>", Cell("=A1+1", fault=NEVER)),
        ('<c><f t="shared" si="0"/><v/></c>', Cell("=", fault=NEVER)),
        ("<c><f>A1+1</f><v>3</v></c>", Cell(3)),
        ('<c t="str"><f>""</f><v></v></c>', None),
        ('<c t="str"><f>A1&amp;"x"</f><v>ax</v></c>', Cell("ax")),
        ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', Cell("#DIV/0!", fault="#DIV/0!")),
        ('<c t="e"><v>#REF!</v></c>', Cell("#REF!", fault="#REF!")),
        ('<c s="1"/>', None),
        ("<c><v>1_000</v></c>", Cell("1_000", fault=UNREADABLE)),
        ('<c t="inlineStr"><is><t>#REF!</t></is></c>', Cell("#REF!", fault="#REF!")),
        ('<c t="str"><f>A1</f><v>#N/A</v></c>', Cell("#N/A", fault="#N/A")),
        ('<c t="inlineStr"><is><t>#1 of 3</t></is></c>', Cell("#1 of 3")),
        ('<c t="str"><f>X()</f><v>#BUSY!</v></c>', Cell("#BUSY!", fault="#BUSY!")),
        ('<c t="str"><f>X()</f><v>Loading...</v></c>', Cell("Loading...", fault=NOT_THERE_YET)),
        ('<c t="str"><v>Loading data…</v></c>', Cell("Loading data…", fault=NOT_THERE_YET)),
        ('<c t="str"><v>[object Object]</v></c>', Cell("[object Object]", fault=LEFT_OVER)),
        *(
            (f'<c t="str"><v>{error}</v></c>', Cell(error, fault=error))
            for error in ("#WERT!", "#RIF!", "#¡VALOR!", "#¿NOMBRE?", "#NUL!", "#ARG!", "#DEEL/0!", "#NV")
        ),
        ('<c t="str"><v>#PLYMOUTH!</v></c>', Cell("#PLYMOUTH!")),
        ('<c t="inlineStr"><is><t>Null </t></is></c>', Cell("Null ", fault=LEFT_OVER)),
        ('<c t="str"><v>Nan</v></c>', Cell("Nan", fault=LEFT_OVER)),
        ('<c t="inlineStr"><is><t>Nat</t></is></c>', Cell("Nat")),
        ('<c t="inlineStr"><is><t>Null and void</t></is></c>', Cell("Null and void")),
        ('<c t="str"><v>#1 in the country!</v></c>', Cell("#1 in the country!")),
        ('<c t="inlineStr"><is><t>Loading</t></is></c>', Cell("Loading")),
        ('<c t="str"><v>=DISPIMG("ID_1",1)</v></c>', Cell('=DISPIMG("ID_1",1)', fault=PICTURE)),
        ('<c t="e" vm="1"><v>#VALUE!</v></c>', Cell("#VALUE!", fault=PICTURE)),
        ('<c t="e"><v>#VALUE!</v></c>', Cell("#VALUE!", fault="#VALUE!")),
        ('<c s=""><v>12</v></c>', Cell(12)),
    ],
)
def test_a_cell_of_open_xml(tmp_path, xml, expected):
    book = read(tmp_path, messy.xlsx(f'<row r="1">{xml}</row>', strings=STRINGS, styles=STYLES))
    same(cells(book), {} if expected is None else {"A1": expected})


@pytest.mark.parametrize(("result", "expected"), [("0", Cell("=40+40", fault=NEVER)), ("80", Cell(80))])
def test_a_formula_s_nought_in_a_workbook_that_waits_to_be_calculated(tmp_path, result, expected):
    """XlsxWriter stores 0 with every formula and asks the next program to calculate."""
    row = f"<row><c><f>40+40</f><v>{result}</v></c></row>"
    waiting = read(tmp_path, messy.xlsx(row, properties='<calcPr fullCalcOnLoad="1"/>'))
    assert cells(waiting)["A1"] == expected
    assert cells(read(tmp_path, messy.xlsx(row)))["A1"] == Cell(int(result))


def test_a_conditional_format_s_number_format_is_no_cell_s(tmp_path):
    own = '<numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs>'
    styles = f'<styleSheet>{own}<dxfs><dxf><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></dxf></dxfs></styleSheet>'
    book = read(tmp_path, messy.xlsx('<row><c s="0"><v>0.744</v></c></row>', styles=styles))
    assert cells(book)["A1"] == Cell(0.744, percent=True)


def test_1904_dates(tmp_path):
    row = f'<row><c s="{DATE}"><v>40085</v></c></row>'
    book = read(tmp_path, messy.xlsx(row, styles=STYLES, properties='<workbookPr date1904="1"/>'))
    assert cells(book)["A1"] == Cell(datetime(2013, 9, 30))
    dated = [(2, pack("<I", 0)), (2, pack("<I", 0)), (2, pack("<I", 40085 << 2 | 2))]
    assert cells(read(tmp_path, messy.xlsb(dated, mac_dates=True), "a.xlsb"))["C7"] == Cell(datetime(2013, 9, 30))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (messy.xlsx("<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c><v>4</v></c></row>"), "A1 C1 A3"),
        (messy.xlsx('<row r="3"><c r="B3"><v>1</v></c></row><row r="2"><c r="C2"><v>1</v></c></row>'), "C2 B3"),
        (messy.xlsx('<!-- <row r="1"></row> --><row r="2"/><row r="3"><c r="A3"><v>1</v></c></row>'), "A3"),
        (messy.xlsx('<row r="5"><c r="B5" s="1"/></row><row r="6"/><row><c><v>1</v></c></row>'), "A7"),
        (
            messy.xlsx(
                "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c><c><v>4</v></c></row>",
                after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>',
            ),
            "A1 B1 B2",
        ),
        (messy.changed(messy.xlsx("<row><c><v>1</v></c></row>"), "xl/worksheets/sheet1.xml", b"<sheetData>",
                       b'<dimension ref="A1:XFD1048576"/><sheetData>'), "A1"),
    ],
)  # fmt: skip
def test_where_cells_stand(tmp_path, data, expected):
    """Numbered or not, out of order, after a comment, beneath merged cells, with a wrong dimension."""
    assert list(cells(read(tmp_path, data))) == expected.split()


def test_a_stray_cell_in_the_last_place_makes_no_grid(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert read(tmp_path, messy.xlsx(rows)).sheets["Entries"].rows == {1: {1: Cell(1)}, 1048576: {16384: Cell(2)}}


def test_a_million_formatted_rows_are_read_past(tmp_path):
    ghosts = (f'<row r="{row}" s="1"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>' for row in range(2, 300_000))
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row>{"".join(ghosts)}<row><c><v>2</v></c></row>'
    assert read(tmp_path, messy.xlsx(rows)).sheets["Entries"].rows == {1: {1: Cell(1)}, 300_000: {1: Cell(2)}}


# Namespaces: an element is known by its namespace and name

EXTENSION = 'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"'
OTHERS = {
    "xl/workbook.xml": ("<sheets>", "</workbook>", '<{0}workbookPr date1904="1"/><{0}calcPr fullCalcOnLoad="1"/>'
        '<{0}sheets><{0}sheet name="Other" r:id="worksheet"/></{0}sheets>'),
    "xl/worksheets/sheet1.xml": ("<sheetData>", "</worksheet>", '<{0}sheetData><{0}row r="1"><{0}c r="A1">'
        '<{0}v>7</{0}v></{0}c></{0}row></{0}sheetData><{0}mergeCells><{0}mergeCell ref="A1:Z9"/></{0}mergeCells>'),
    "xl/styles.xml": ("<numFmts>", "</styleSheet>", '<{0}numFmts><{0}numFmt numFmtId="0" formatCode="0%"/></{0}numFmts>'
        '<{0}cellXfs><{0}xf numFmtId="14"/></{0}cellXfs>'),
    "xl/sharedStrings.xml": ("<si>", "</sst>", "<{0}si><{0}t>other</{0}t></{0}si>"),
}  # fmt: skip
INSIDE = {
    "<v>42</v>": "<v>42</v><x15:v>7</x15:v><x15:f>A1</x15:f><x15:is><t>other</t></x15:is>",
    "<t>one</t>": "<t>one</t><x15:t>other</x15:t><x15:r><t>other</t></x15:r>",
    '<row r="2">': '<row r="2"><x15:c r="C2"><x15:v>7</x15:v></x15:c>',
    '<xf numFmtId="0"/>': '<x15:xf numFmtId="14"/><xf numFmtId="0"><x15:xf numFmtId="14"/></xf>',
    "<numFmt ": '<x15:numFmt numFmtId="0" formatCode="0%"/><numFmt ',
}  # fmt: skip


def extended(data: bytes, where: str) -> bytes:
    """A workbook with other programs' elements of the same names: in front of the own ones, after them or in them."""
    parts = {name: content.decode() for name, content in messy.unzipped(data).items()}
    for name, (front, end, xml) in OTHERS.items():
        other = f"<x15:ext {EXTENSION}>{xml.format('x15:')}</x15:ext>{xml.format('x15:')}"
        if where == "front":
            parts[name] = parts[name].replace(front, f"{other}{front}", 1)
        elif where == "end":
            parts[name] = parts[name].replace(end, f"<extLst><ext>{other}</ext></extLst>{other}{end}")
        else:
            for before, after in INSIDE.items():
                parts[name] = parts[name].replace(before, after)
        root = parts[name].index("<") + 1 + len(parts[name][1:].split(">")[0].split()[0])
        parts[name] = f"{parts[name][:root]} {EXTENSION}{parts[name][root:]}"
    return messy.zipped(parts)


@pytest.mark.parametrize("where", ["front", "end", "inside"])
def test_an_extension_s_elements_are_not_the_sheet_s_own(tmp_path, where):
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" s="0"><v>42</v></c>'
    rows += f'<c r="B2" s="{DATE}"><v>41547</v></c><c r="C2"><f>1-1</f><v>0</v></c></row>'
    plain = messy.xlsx(rows, strings=STRINGS, styles=STYLES)
    changed = extended(plain, where)
    assert changed != plain
    book = read(tmp_path, changed)
    assert list(book.sheets) == ["Entries"]
    same(cells(book), {"A1": Cell("one"), "A2": Cell(42), "B2": Cell(datetime(2013, 9, 30)), "C2": Cell(0)})


@pytest.mark.parametrize(
    ("namespace", "prefix"),
    [(messy.MAIN, ""), (messy.MAIN, "x:"), (messy.STRICT_MAIN, ""), (messy.STRICT_MAIN, "x:"), ("", "")],
)
def test_both_main_namespaces_and_none_are_read(tmp_path, namespace, prefix):
    declared = f' xmlns{":" if prefix else ""}{prefix[:-1]}="{namespace}"' if namespace else ""
    parts = messy.unzipped(messy.xlsx(f'<row><c s="{PERCENT}"><v>0.5</v></c></row>', styles=STYLES))
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        root = parts[name].decode().split(">")[0].split()[0][1:]
        xml = re.sub(r"<(/?)(?=\w)", rf"<\1{prefix}", parts[name].decode())
        parts[name] = xml.replace(f"<{prefix}{root}", f"<{prefix}{root}{declared}", 1).encode()
    same(cells(read(tmp_path, messy.zipped(parts))), {"A1": Cell(0.5, percent=True)})


# Cells as .xlsb and .ods store them


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        (2, pack("<I", 12 << 2 | 2), Cell(12)),
        (2, pack("<i", -1250 << 2 | 3), Cell(-12.5)),
        (2, pack("<I", 0x3FF80000), Cell(1.5)),
        (3, b"\x17", Cell("#REF!", fault="#REF!")),
        (4, b"\x01", Cell(True)),
        (5, pack("<d", 2.5), Cell(2.5)),
        (6, messy.wide("inline"), Cell("inline")),
        (7, pack("<I", 0), Cell("shared £")),
        (8, messy.wide("result") + bytes(6), Cell("result")),
        (8, messy.wide("") + bytes(6), None),
        (9, pack("<d", 3.0) + bytes(6), Cell(3)),
        (10, b"\0" + bytes(6), Cell(False)),
        (11, b"\x07" + bytes(6), Cell("#DIV/0!", fault="#DIV/0!")),
        (62, b"\x01" + messy.wide("rich") + bytes(8), Cell("rich")),
        (1, b"", None),
    ],
)
def test_a_cell_of_an_xlsb(tmp_path, kind, content, expected):
    merged = messy.record(176, pack("<IIII", 6, 7, 3, 4))
    after = [(2, pack("<I", 1 << 2 | 2))] * 2
    book = read(tmp_path, messy.xlsb([(kind, content), (5, pack("<d", 0.744)), *after, *after[:1]], merged), "a.xlsb")
    found = cells(book)
    assert found.pop("B7") == Cell(0.744, percent=True)
    assert set(found) - {"A7"} == {"C7", "D7"}  # E7 lies beneath D7
    same({at: cell for at, cell in found.items() if at == "A7"}, {} if expected is None else {"A7": expected})


@pytest.mark.parametrize(
    ("attributes", "content", "expected"),
    [
        ('office:value-type="float" office:value="12"', "<text:p>12</text:p>", Cell(12)),
        ('office:value-type="percentage" office:value="0.744"', "<text:p>74%</text:p>", Cell(0.744, percent=True)),
        ('office:value-type="currency" office:value="1.5"', "", Cell(1.5)),
        ('office:value-type="date" office:date-value="2013-09-30"', "", Cell(datetime(2013, 9, 30))),
        ('office:value-type="time" office:time-value="PT12H30M00S"', "", Cell(time(12, 30))),
        ('office:value-type="time" office:time-value="PT36H00M00S"', "", Cell("36:00:00")),
        ('office:value-type="boolean" office:boolean-value="true"', "", Cell(True)),
        ('office:value-type="float" office:value="x"', "<text:p>x</text:p>", Cell("x", fault=UNREADABLE)),
        ('office:value-type="string"',
         '<text:p>a<text:s text:c="2"/>b</text:p><text:p><text:span>c</text:span></text:p>', Cell("a  b\nc")),
        ('office:value-type="string"',
         "<office:annotation><text:p>no</text:p></office:annotation><text:p>yes</text:p>"
         "<draw:rect><text:p>no</text:p></draw:rect>", Cell("yes")),
        ('table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"',
         "<text:p>#DIV/0!</text:p>", Cell("#DIV/0!", fault="#DIV/0!")),
        ('table:formula="of:=SQRT(-1)" office:value-type="float" office:value="0"', "<text:p>Err:502</text:p>",
         Cell("Err:502", fault="the error Err:502")),
        ('table:formula="of:=1+1"', "", Cell("of:=1+1", fault=NEVER)),
        ('table:formula="of:=&quot;&quot;"', "<text:p/>", None),
        ('table:formula="of:=1+1" office:value-type="float" office:value="2"', "<text:p>2</text:p>", Cell(2)),
        ('office:value-type="string"', "<text:p>#REF! was here</text:p>", Cell("#REF! was here")),
    ],
)  # fmt: skip
def test_a_cell_of_an_ods(tmp_path, attributes, content, expected):
    same(
        cells(read(tmp_path, messy.ods_cell(attributes, content), "a.ods")),
        {} if expected is None else {"A1": expected},
    )


def test_repeats_of_an_ods_and_what_is_no_sheet_of_it(tmp_path):
    filled = '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="1"/>'
    blank = '<table:table-cell table:number-columns-repeated="16380"/>'
    rows = (
        f'<table:table-row table:number-rows-repeated="2">{blank}<table:covered-table-cell office:value-type="float" '
    )
    rows += f'office:value="9"/>{filled}</table:table-row><table:table-row table:number-rows-repeated="1048572"/>'
    rows += f"<table:table-row>{filled}</table:table-row>"
    deleted = f"<table:tracked-changes><table:table-row>{filled}</table:table-row></table:tracked-changes>"
    linked = (
        f'<table:table table:name="x"><table:table-source/><table:table-row>{filled}</table:table-row></table:table>'
    )
    book = read(tmp_path, messy.ods(f'{deleted}<table:table table:name="A">{rows}</table:table>{linked}'), "a.ods")
    assert list(book.sheets) == ["A"]
    places = [(row, column) for row, found in book.sheets["A"].rows.items() for column in found]
    assert places == [(1, 16382), (1, 16383), (2, 16382), (2, 16383), (1048575, 1), (1048575, 2)]


def test_the_longest_text_that_excel_allows_is_read_whole(tmp_path):
    data = messy.xlsx(f'<row><c t="inlineStr"><is><t>{"_x00e9_" * 32_767}</t></is></c></row>')
    assert cells(read(tmp_path, data)) == {"A1": Cell("é" * 32_767)}


# Files that can't be opened at all


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (FileNotFoundError(2, "gone"), "There is no file"),
        (PermissionError(13, "locked"), "it may be open in another program. Close it"),
        (OSError(59, "An unexpected network error occurred"), "An unexpected network error occurred). Check"),
    ],
)
def test_a_file_that_can_not_be_opened(tmp_path, monkeypatch, problem, sentence):
    def fail(*_: Any) -> None:
        raise problem

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(RagtoolError, match=sentence.replace("(", r"\(").replace(")", r"\)")):
        open_book(tmp_path / "return.xlsx")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(RagtoolError, match="is a folder, not a file"):
        open_book(tmp_path)


def test_a_module_sheet_without_a_part_is_passed_over(tmp_path):
    module = b'<sheets><sheet name="Module1" sheetId="9" r:id=""/>'
    data = messy.changed(messy.xlsx("<row><c><v>1</v></c></row>"), "xl/workbook.xml", b"<sheets>", module)
    assert list(read(tmp_path, data).sheets) == ["Entries"]


def test_an_empty_style_is_none_when_a_cell_is_marked():
    sheet = f'<worksheet xmlns="{messy.MAIN}"><sheetData><row r="1"><c r="A1" s=""/></row></sheetData></worksheet>'
    marking = Marking(sheet.encode(), {(1, 1)}, lambda style, _: style + 7)
    assert b'<c r="A1" s="7"/>' in marking.edits.changed()


def test_namespaces_and_not_prefixes_decide_in_an_ods(tmp_path):
    data = messy.ods_cell('office:value-type="float" office:value="42"', '<t:p xmlns:t="urn:x">other</t:p>')
    parts = messy.unzipped(data)
    other = re.sub(rb"([</ ])table:", rb"\1x:", parts["content.xml"]).replace(b"xmlns:table=", b"xmlns:x=")
    other = other.replace(b"<x:table-cell ", b'<y:table-cell xmlns:y="urn:x"/><x:table-cell ')
    assert cells(read(tmp_path, messy.zipped(parts | {"content.xml": other}))) == {"A1": Cell(42)}


def test_a_property_that_looks_like_an_escape_is_read_as_it_was_written(tmp_path):
    """As an organisation of that name, whose report was another council's; programs write the underscore escaped."""
    data = messy.everything()
    for stored, meant in (("a_x005F_x0007_b", "a_x0007_b"), ("Plymouth_x000D_", "Plymouth\r")):
        renamed = messy.changed(data, "docProps/custom.xml", b"Plymouth &amp; Co", stored.encode())
        assert read(tmp_path, renamed).properties == {"Organisation": meant}
