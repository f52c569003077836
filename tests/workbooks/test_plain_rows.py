"""Rows of plain values, read from the bytes: what comes of it is what the XML says, however it is written or cut."""

from datetime import datetime
from io import BytesIO
from xml.etree.ElementTree import Element

import pytest
from xlsxwriter import Workbook

import messy
from ragtool.workbooks import package, plain_rows, xlsx
from ragtool.workbooks.book import Cell, NotAWorkbook
from ragtool.workbooks.bounds import Bounds
from ragtool.workbooks.opening import read_into
from ragtool.workbooks.stored import Filling

STRINGS = f'<sst xmlns="{messy.MAIN}"><si><t>one</t></si><si><t>two &amp; three</t></si></sst>'
STYLES = (
    f'<styleSheet xmlns="{messy.MAIN}"><fills><fill/><fill><patternFill patternType="solid"><fgColor rgb="FFD4351C"/>'
    '</patternFill></fill></fills><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="0" fillId="1"/></cellXfs>'
    "</styleSheet>"
)
PLAIN = '<row r="{0}" ht="15"><c r="A{0}" t="s"><v>0</v></c><c r="B{0}" s="1"><v>0.5</v></c><c r="C{0}" s="2"/></row>'
TABLE = "".join(PLAIN.format(number) for number in range(1, 30))
FORMULA = '<row r="40"><c r="A40" t="str"><f>B1&amp;""</f><v>x</v></c><c r="B40"><v>1</v></c></row>'
LAST = '<row r="41"><c r="A41"><v>7</v></c></row>'

SHEETS = {
    "plain": TABLE,
    "with formulas between": TABLE + FORMULA + LAST,
    "with a row that says no number": f"{TABLE}<row><c><v>1</v></c></row>{LAST}",
    "one after a formula": f"{FORMULA}<row><c><v>1</v></c></row>",
    "all in a comment": f"<!-- {TABLE} -->{LAST}",
    "some in a comment": f"{TABLE}<!--{LAST}-->{FORMULA}",
    "in an instruction": f"<?rows {TABLE}?>{LAST}",
    "in character data": f"{TABLE}<row r='50'><c r='A50' t='str'><v><![CDATA[{LAST}]]></v></c></row>",
    "in another namespace": f'<rows xmlns="urn:other">{TABLE}</rows>{LAST}',
    "of another namespace": TABLE.replace('<row r="9"', '<row xmlns="urn:other" r="9"'),
    "in one another": f'<row r="50"><x>{LAST}</x><c r="B50"><v>1</v></c></row>',
    "in another list": f"</sheetData><other>{LAST}</other><sheetData>",
    "with breaks between": TABLE.replace("</row>", "</row>\n"),
    "out of order": LAST + TABLE + PLAIN.format(35) + PLAIN.format(30),
    "with a cell in another row": TABLE.replace('r="B7"', 'r="B99"'),
    "with a row that stands twice": TABLE + TABLE,
    "with empty rows": f'<row r="1" ht="20"/><row r="2"></row>{LAST}<row r="44" s="2" customFormat="1"/>',
    "with entities": '<row r="1"><c r="A1" t="str"><v>a&lt;b</v></c><c r="B1" t="str"><v>é</v></c></row>',
    "of all types": '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c>'
    '<c r="C1" t="d"><v>2013-09-30</v></c><c r="D1" t="str"><v>text</v></c><c r="E1" t="n"><v> 5 </v></c>'
    '<c r="F1" t="inlineStr"><v>in line</v></c><c r="G1" t="x"><v>1</v></c><c r="XFD1"><v>1_0</v></c></row>',
    "with attributes of an extension": TABLE.replace('ht="15"', 'spans="1:3" r:dyDescent="0.25" ht="15.5"'),
    "beside a value": '<row r="1"><c r="A1"><v>1</v><v>2</v></c><c r="B1"><v/></c><c r="C1"></c></row>',
}
REFUSED = {
    "two values in a cell": '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
    "a row of two values": PLAIN.format(1) + PLAIN.format(1).replace("0.5", "0.6"),
    "a text that isn't there": '<row r="1"><c r="A1" t="s"><v>9</v></c></row>',
    "no row of Excel's": '<row r="2000000"><c r="A2000000"><v>1</v></c></row>',
    "no column of Excel's": '<row r="1"><c r="ZZZ1"><v>1</v></c></row>',
    "cut off": TABLE.removesuffix("</row>"),
    "an attribute that stands twice": TABLE + PLAIN.format(30).replace('ht="15"', 'ht="15" ht="16"'),
    "the number twice": TABLE + PLAIN.format(30).replace('ht="15"', 'ht="15" r="30"'),
    "an attribute without quotes": TABLE + PLAIN.format(30).replace('ht="15"', "ht=15"),
    "a prefix that means nothing": TABLE + PLAIN.format(30).replace('ht="15"', 'x14ac:dyDescent="0.3"'),
    "an end of character data": TABLE + '<row r="30"><c r="A30" t="str"><v>a]]>b</v></c></row>',
}


@pytest.fixture(params=[1 << 16, 700, 411], ids=lambda size: f"in pieces of {size}")
def pieces(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """However a part is cut; the first piece holds the sheet's head."""
    monkeypatch.setattr(package, "CHUNK", request.param)


def filled(rows: str, bounds: Bounds | None = None) -> Filling:
    """What a sheet's rows are read as."""
    filling = Filling(bounds or Bounds())
    data = messy.xlsx(rows, strings=STRINGS, styles=STYLES)
    head = f'<worksheet xmlns="{messy.MAIN}" xmlns:r="urn:r"><sheetViews><sheetView/></sheetViews>'
    parts = messy.unzipped(data)
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = head.encode() + sheet[sheet.index(b"<sheetData>") :]
    read_into(filling, messy.zipped(parts))
    return filling


def as_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    """All rows are read as trees."""
    monkeypatch.setattr(plain_rows, "place_of_rows", lambda xml: -1)


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.usefixtures("pieces")
def test_rows_are_read_as_the_tree_says_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = filled(SHEETS[name])
    as_trees(monkeypatch)
    assert quick.sheets == filled(SHEETS[name]).sheets
    (sheet,) = quick.sheets.values()
    assert list(sheet.rows) == sorted(sheet.rows)


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.usefixtures("pieces")
def test_what_is_refused_of_a_tree_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Exception) as quick:  # noqa: PT011 - whatever it is, the tree's is the same
        filled(REFUSED[name])
    as_trees(monkeypatch)
    with pytest.raises(type(quick.value)) as slow:
        filled(REFUSED[name])
    assert str(quick.value) == str(slow.value)


def test_plain_rows_take_as_many_steps_as_their_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = filled(TABLE + FORMULA + LAST).work.left
    as_trees(monkeypatch)
    assert quick == filled(TABLE + FORMULA + LAST).work.left
    monkeypatch.undo()
    with pytest.raises(NotAWorkbook, match="unpacks to far more"):
        filled(TABLE, Bounds(steps=1_500))


@pytest.fixture
def trees(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The numbers of the rows that are read as trees."""
    numbers: list[str] = []
    read = xlsx.row_in_sheet

    def counted(element: Element, number: str, filling: Filling, shared: xlsx.Shared) -> int:
        numbers.append(number)
        return read(element, number, filling, shared)

    monkeypatch.setattr(xlsx, "row_in_sheet", counted)
    return numbers


def test_no_tree_is_made_of_plain_rows(trees: list[str]) -> None:
    rows = filled(TABLE + FORMULA + LAST).sheets["Entries"].rows
    assert trees == ["40"]
    assert rows[29] == {1: Cell("one"), 2: Cell(0.5, percent=True)}


def test_tables_that_ragtool_writes_are_plain(trees: list[str]) -> None:
    """Its Data and its register have thousands of rows after some years."""
    held = BytesIO()
    with Workbook(held, {"in_memory": True}) as book:
        page = book.add_worksheet("Data")
        page.set_column(0, 3, 20, book.add_format({"bold": True}))
        page.freeze_panes(1, 1)
        dates = book.add_format({"num_format": "d mmm yyyy"})
        for row in range(1_000):
            page.set_row(row, 20)
            page.write_row(row, 0, ["2013/14 Q2", f"K{row} & <more>", row / 7, row % 2 == 0, ""])
            page.write_datetime(row, 5, datetime(2013, 9, 30), dates)
    filling = Filling()
    read_into(filling, held.getvalue())
    assert trees == []
    assert [cell.value for cell in filling.sheets["Data"].rows[8].values()] == [
        *("2013/14 Q2", "K7 & <more>", 1, False),
        datetime(2013, 9, 30),
    ]
