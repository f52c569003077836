"""How much a workbook may hold: a return little, what ragtool wrote itself as much as it has bytes for."""

import random
from dataclasses import replace
from pathlib import Path
from struct import pack, pack_into, unpack_from

import pytest
from xlsxwriter import Workbook

from messy import DATA, RELATIONS, biff, changed, ods, record, unzipped, wide, xls, xlsb, xlsx, zipped
from ragtool.returns.marked.copy_digest import markable
from ragtool.workbooks.book import NotAWorkbook
from ragtool.workbooks.bounds import RETURN, Bounds, Work, own_bounds, return_bounds
from ragtool.workbooks.edit.edits import CannotMark, prefix_of
from ragtool.workbooks.edit.format_texts import format_texts
from ragtool.workbooks.edit.parts import Parts
from ragtool.workbooks.ole2 import CompoundFile
from ragtool.workbooks.opening import open_book, read_into
from ragtool.workbooks.package import Remarks
from ragtool.workbooks.stored import Filling
from ragtool.workbooks.xls import read_xls
from ragtool.workbooks.xls_records import thinned
from ragtool.workbooks.xlsb import CELLS_BEGIN, MERGED, RICH_TEXT

ROWS, COLUMNS = 2_100, 100

TENTH = replace(RETURN, steps=RETURN.steps // 10, cells=RETURN.cells // 10, characters=RETURN.characters // 10)
"""A tenth of what a return may hold: a file of a tenth is refused for the same reason, in a tenth of the time."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More cells than any return has, which differ as those of a report do."""
    path, dice = tmp_path_factory.mktemp("large") / "report.xlsx", random.Random(1)
    with Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet, other = workbook.add_worksheet("Data"), workbook.add_worksheet("Other")
        for row in range(ROWS):
            for column in range(COLUMNS):
                sheet.write_number(row, column, dice.randrange(1000))
        other.write_string(0, 0, "small")
    return path


def test_a_report_is_read_that_has_more_cells_than_any_return(large):
    rows = open_book(large, own_bounds, ["Data"]).sheets["Data"].rows
    assert sum(len(row) for row in rows.values()) == ROWS * COLUMNS > RETURN.cells


def test_what_holds_more_cells_than_its_bounds_is_refused(large):
    with pytest.raises(NotAWorkbook, match="more than 100,000 filled rows, 1,000 cells"):
        open_book(large, lambda size: Bounds(cells=1_000))


def test_only_the_sheets_that_are_asked_for_are_read(large):
    book = open_book(large, return_bounds, [" other "])
    assert {name: sheet.rows[1][1].value for name, sheet in book.sheets.items()} == {"Other": "small"}
    assert not open_book(large, return_bounds, ["Neither"]).sheets


@pytest.mark.parametrize("bounds", [Bounds(unpacked=10_000), Bounds(steps=1_000)])
def test_what_unpacks_to_more_than_its_bounds_is_refused(large, bounds):
    with pytest.raises(NotAWorkbook, match="unpacks to far more"):
        open_book(large, lambda size: bounds)


def test_small_files_are_bounded_alike():
    """A bomb is a small file, whatever it calls itself."""
    assert own_bounds(20_000) == Bounds(file=own_bounds(0).file)
    assert own_bounds(10**9).cells > 10**8


@pytest.mark.parametrize(("begins", "ends"), [(b"<!--", b"-->"), (b"<?x ", b"?>")])
def test_a_long_remark_is_refused_whatever_stands_in_it(begins: bytes, ends: bytes) -> None:
    """Its tags are none, so the time that the parser takes grows with the square of its length."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    for filler, refused in ((b"<a " * 700_000, True), (b"<a " * 30_000, False)):
        data = changed(xlsx(rows), "xl/worksheets/sheet1.xml", b"<sheetData>", begins + filler + ends + b"<sheetData>")
        filling = Filling()
        if refused:
            with pytest.raises(NotAWorkbook, match="unpacks to far more"):
                read_into(filling, data)
        else:
            read_into(filling, data)
            assert filling.sheets["Entries"].rows


@pytest.mark.parametrize(("longest", "many"), [(70_000, 400), (900_000, 10)])
def test_long_attributes_are_work(longest: int, many: int) -> None:
    """Each piece of one that is parsed is begun anew, so the time that it takes grows with the square of its length."""
    one = f'<numFmt numFmtId="200" formatCode="{"0;" * (longest // 2)}"/>'
    for count, refused in ((1, False), (many, True)):
        data = xlsx('<row r="1"><c r="A1"><v>1</v></c></row>', styles=f"<styleSheet>{one * count}</styleSheet>")
        if refused:
            with pytest.raises(NotAWorkbook, match="unpacks to far more"):
                read_into(Filling(TENTH), data)
        else:
            read_into(Filling(TENTH), data)


def test_each_cell_has_a_short_text_of_its_format() -> None:
    styles = '<styleSheet><numFmts><numFmt numFmtId="200" formatCode="{}"/></numFmts><cellXfs>{}</cellXfs></styleSheet>'
    looks = [format_texts(styles.format("0;" * count, '<xf numFmtId="200"/>' * 9).encode()) for count in (5_000, 5_001)]
    assert all(len(look) < 1_100 for texts in looks for look in texts)
    assert set(looks[0]).isdisjoint(looks[1])


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_remarks_are_counted_however_they_are_cut(size: int, encoding: str) -> None:
    xml = "<a><!-- <b> --><?x <c>?><d/><!--<e>".encode(encoding)
    remarks = Remarks()
    lengths = []
    for at in range(0, len(xml), size):
        remarks.add(xml[at : at + size])
        lengths.append(remarks.length)
    assert remarks.end == b"-->"
    assert lengths[0] == 0
    assert remarks.length >= len("<e>")


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.bin", "xl/sharedStrings.bin"])
def test_the_records_of_an_xlsb_are_bounded_for_the_whole_file(part: str) -> None:
    parts = unzipped(xlsb([]))
    string = record(19, b"\0" + wide("x"))
    parts[part] += string * (TENTH.cells + 1) if part.endswith("Strings.bin") else record(1) * (TENTH.steps // 2 + 1)
    with pytest.raises(NotAWorkbook, match="unpacks to far more"):
        read_into(Filling(TENTH), zipped(parts))


def test_a_sheet_that_is_listed_again_and_again_is_damaged() -> None:
    """It would be read each time."""
    listed = b'<sheet name="Entries" r:id="worksheet"/>'
    data = changed(xlsx(""), "xl/workbook.xml", listed, listed + b'<sheet name="Again" r:id="worksheet"/>')
    with pytest.raises(NotAWorkbook, match="damaged"):
        read_into(Filling(), data)


def test_names_that_a_workbook_defines_are_work() -> None:
    """They stay in the plan of the next quarter, where each takes memory."""
    for count, refused in ((1_000, False), (20_000, True)):
        names = b"<definedNames>" + b'<definedName name="n">Entries!A1</definedName>' * count + b"</definedNames>"
        data = changed(
            xlsx('<row r="1"><c r="A1"><v>1</v></c></row>'), "xl/workbook.xml", b"</sheets>", b"</sheets>" + names
        )
        if refused:
            with pytest.raises(NotAWorkbook, match="unpacks to far more"):
                read_into(Filling(TENTH), data)
        else:
            read_into(Filling(TENTH), data)


@pytest.mark.parametrize(("kind", "target"), [("theme", "theme.xml"), ("comments", "comments.xml")])
def test_relationships_are_work(kind: str, target: str) -> None:
    """However many lead to one part, it is read once."""
    comment = '<comment ref="A1"><text><t>Again</t></text></comment>'
    for count, refused in ((200, False), (9_000, True)):
        parts = unzipped(xlsx('<row r="1"><c r="A1"><v>1</v></c></row>'))
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
            "<Relationships>"
            + "".join(f'<Relationship Id="r{n}" Type="{RELATIONS}/{kind}" Target="{target}"/>' for n in range(count))
            + "</Relationships>"
        ).encode()
        parts["xl/worksheets/comments.xml"] = (
            f"<comments><commentList>{comment * 300}</commentList></comments>".encode()
        )
        filling = Filling(TENTH)
        if refused:
            with pytest.raises(NotAWorkbook, match="unpacks to far more"):
                read_into(filling, zipped(parts))
        else:
            read_into(filling, zipped(parts))
            assert len(filling.sheets["Entries"].beside) == (kind == "comments")


NUMBER, NAME = 0x0203, 0x18
FAR_DOWN = biff(NUMBER, pack("<HHHd", 65535, 0, 0, 5.0))


def xls_name(doubles: int) -> bytes:
    """A name of an .xls that is the text of name number `doubles`, twice."""
    formula = (b"\x23" + pack("<HH", doubles, 0)) * 2 + b"\x08" if doubles else b"\x17\x20\0" + b"x" * 32
    return biff(NAME, pack("<HBBHHHBBBB", 0, 0, 1, len(formula), 0, 0, 0, 0, 0, 0) + b"\0n" + formula)


def test_an_xls_is_read_without_what_has_no_bounds() -> None:
    """Each name doubles the text of the one before."""
    filling = Filling()
    read_xls(xls(biff(NUMBER, pack("<HHHd", 4, 1, 0, 5.0)), before=b"".join(map(xls_name, range(28)))), filling)
    assert filling.sheets["S0"].rows[5][2].value == 5
    assert filling.work.left > RETURN.steps * 0.99


@pytest.mark.parametrize(
    "stream",
    [
        xls(*[FAR_DOWN] * 20),
        xls(*[biff(0xE5, pack("<HHHHH", 1, 0, 65535, 0, 0))] * 20),
        xls(*[b"".join(biff(NUMBER, pack("<HHHd", row, 255, 0, 5.0)) for row in range(1000))] * 15),
        xls(b"".join(biff(0xBE, pack("<HH", row, 0) + bytes(512) + pack("<H", 255)) for row in range(16_000))),
        xls(before=biff(0xE0, bytes(20)) * 30_000),
    ],
    ids=["rows", "merged", "columns", "blanks", "styles"],
)
def test_an_xls_is_refused_from_its_records(stream: bytes) -> None:
    with pytest.raises(NotAWorkbook, match="unpacks to far more"):
        read_xls(stream, Filling())


@pytest.mark.parametrize("all_at", [1, 4])
def test_an_xls_whose_sheets_lie_over_one_another_is_damaged(all_at: int) -> None:
    """Listed a thousand times, one sheet would be read a thousand times; `all_at` 4 lies within a record."""
    with pytest.raises(NotAWorkbook, match="damaged"):
        thinned(xls(*[FAR_DOWN] * 3, all_at=all_at), Work())


def test_a_chart_in_a_sheet_of_an_xls_is_passed_over() -> None:
    chart = biff(0x0809, pack("<HHHHII", 0x600, 0x20, 0, 0x07CC, 0, 6)) + biff(NUMBER, b"short") + biff(0x0A)
    filling = Filling()
    read_xls(xls(chart + biff(NUMBER, pack("<HHHd", 4, 1, 0, 5.0))), filling)
    assert filling.sheets["S0"].rows[5][2].value == 5


def test_a_chain_that_bites_its_tail_is_no_longer_than_its_file() -> None:
    data = bytearray(DATA.joinpath("beside.xls").read_bytes())
    table, first = unpack_from("<I", data, 76)[0], unpack_from("<I", data, 48)[0]
    data[76 : 76 + 4 * 109] = pack("<109I", *[table] * 109)
    assert len(CompoundFile(bytes(data)).table) <= len(data) // 512
    pack_into("<I", data, 512 * (table + 1) + 4 * first, first)
    with pytest.raises(NotAWorkbook, match="damaged"):
        CompoundFile(bytes(data))


@pytest.mark.parametrize("data", [b"<!-- -->" * 40 + b"<:", b"<!--" * 200_000, b"<s " + b"a=b " * 200_000, b"<!-- -->"])
def test_a_part_that_is_broken_off_again_and_again_costs_no_time(data: bytes) -> None:
    with pytest.raises(CannotMark):
        prefix_of(data)


def test_the_prefix_of_a_part_is_that_of_its_root() -> None:
    assert prefix_of(b"<?xml version='1.0'?><!-- <y:a> --><?z <y:a>?> <x:a xmlns:x='x'/>") == "x:"
    assert prefix_of(b"\xef\xbb\xbf<a><x:b/></a>") == ""


def test_of_two_styles_parts_the_same_counts_for_reading_as_for_marking() -> None:
    formats = '<styleSheet><cellXfs><xf numFmtId="{}"/></cellXfs></styleSheet>'
    parts = unzipped(xlsx('<row r="1"><c r="A1"><v>0.5</v></c></row>', styles=formats.format(10)))
    links, second = parts["xl/_rels/workbook.xml.rels"], '<Relationship Id="s" Type="{}/styles" Target="second.xml"/>'
    added = (second.format(RELATIONS) + "</Relationships>").encode()
    parts["xl/_rels/workbook.xml.rels"] = links.replace(b"</Relationships>", added)
    parts["xl/second.xml"] = formats.format(0).encode()
    data = zipped(parts)
    filling = Filling()
    read_into(filling, data)
    assert filling.sheets["Entries"].rows[1][1].percent
    assert Parts(data, 10**6).of_kind("xl/workbook.xml", "styles") == "xl/styles.xml"


def test_one_text_for_many_cells_is_work_for_each_of_them() -> None:
    """What is struck out isn't counted among the characters, for nothing of it is left."""
    strings = f"<sst><si>{'<r><rPr><strike/></rPr><t>x</t></r><r><t> </t></r>' * 2_000}</si></sst>"
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{"0" * n}</v></c></row>' for n in range(1, 40))
    with pytest.raises(NotAWorkbook, match="unpacks to far more"):
        read_into(Filling(TENTH), xlsx(rows, strings=strings))


@pytest.mark.parametrize(
    "row",
    [
        "<table:table-cell/>" * 30_000,
        '<table:table-cell office:value-type="string"><text:p><text:s text:c="32000"/></text:p></table:table-cell>'
        * 1_500,
    ],
)
def test_cells_of_an_ods_that_hold_nothing_are_work(row: str) -> None:
    table = f'<table:table table:name="Entries"><table:table-row>{row}</table:table-row></table:table>'
    with pytest.raises(NotAWorkbook, match="unpacks to far more"):
        read_into(Filling(TENTH), ods(table))


@pytest.mark.parametrize(
    "after",
    [
        record(RICH_TEXT, bytes(8) + b"\1" + wide("x" * 2_000) + pack("<I", 2_000) + bytes(8_000)) * 50,
        record(MERGED, pack("<IIII", 6, 6, 0, 0)) * 60_000,
    ],
)
def test_the_runs_and_merged_cells_of_an_xlsb_are_work(after: bytes) -> None:
    with pytest.raises(NotAWorkbook, match="unpacks to far more"):
        read_into(Filling(TENTH), xlsb([], record(CELLS_BEGIN) + after))


def test_a_return_with_more_attributes_than_any_is_marked_in_a_fresh_one() -> None:
    many = " ".join(f'a{number}=""' for number in range(4_000))
    with pytest.raises(CannotMark, match="more than 500,000 tags or attributes"):
        markable(xlsx(f'<row r="1">{f"<c {many}/>" * 130}</row>'))


def test_what_is_in_memory_as_a_whole_is_no_larger_than_a_part_of_an_xlsb() -> None:
    parts = unzipped(ods("")) | {"META-INF/manifest.xml": b" " * 31_000_000, "pad": random.Random(1).randbytes(400_000)}
    read_into(Filling(), zipped(parts))
    with pytest.raises(NotAWorkbook, match="unpacks to far more"):
        read_into(Filling(), zipped(parts | {"META-INF/manifest.xml": b" " * 65_000_000}))
