"""Files made to take time or memory, by name: made from the parts of a real workbook, or of another format."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Mapping
from struct import pack, pack_into, unpack_from

from messy import DATA, MAIN, RELATIONS, biff, ods, record, unzipped, wide, xls, xlsb, zipped
from typed_cells import TypedBook

Parts = dict[str, bytes]
SHEET, STYLES, STRINGS, BOOK = "xl/worksheets/sheet4.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
LINKS = "xl/_rels/workbook.xml.rels"
RELATIONSHIPS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
)


def put_before(parts: Parts, name: str, mark: bytes, text: bytes) -> bytes:
    """Text put into a part, before its last `mark`."""
    part = parts[name]
    at = part.rindex(mark)
    return zipped(parts | {name: part[:at] + text + part[at:]})


def after_cells(parts: Parts, text: bytes) -> bytes:
    """Text put behind the cells of a sheet."""
    return put_before(parts, SHEET, b"</worksheet>", text)


def among_rows(parts: Parts, text: bytes) -> bytes:
    """Rows put below those of a sheet."""
    return put_before(parts, SHEET, b"</sheetData>", text)


def rows_alike(cell: bytes, many: int) -> bytes:
    """So many rows, further down than any that a return has, each with the same in its first cell: what stands from its
    place on.
    """
    return b"".join(b'<row r="%d"><c r="A%d"%s</c></row>' % (n, n, cell) for n in range(901, 901 + many))


def in_styles(parts: Parts, mark: bytes, text: bytes) -> bytes:
    """Text put into the styles."""
    return put_before(parts, STYLES, mark, text)


def strewn(size: int, begins: bytes, ends: bytes) -> bytes:
    """A long comment or the like with the beginnings of tags in it, which doesn't pack well enough for a bomb."""
    dice = random.Random(1)
    some = b"".join(b"<" + bytes(dice.choices(b"abcdefgh ", k=dice.randrange(3, 9))) for _ in range(20_000))
    return begins + some * (size // len(some)) + ends


def with_part(parts: Parts, name: str, kind: str, content: bytes, of: str = LINKS) -> bytes:
    """A workbook, or a sheet of it, with another part."""
    link = f'<Relationship Id="hostile" Type="{RELATIONS}/{kind}" Target="/{name}"/></Relationships>'.encode()
    before = parts.get(of) or f"{RELATIONSHIPS}</Relationships>".encode()
    return zipped(parts | {name: content, of: before.replace(b"</Relationships>", link)})


def typed_everywhere(parts: Parts, text: str) -> bytes:
    """A text typed into every cell of every sheet below its headings, but for keys; each cell's is another."""
    book = TypedBook(zipped(parts))
    for name in book.named:
        page = book[name]
        for row, column in [(below, at) for below, cells in page.cells.items() if below > 2 for at in cells if at > 1]:
            page.type_in(row, column, f"{text}{row}{column}")
    return book.saved()


def many_sheets(count: int, parts: Parts) -> bytes:
    """Sheets that share one part."""
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n + 99}" r:id="h{n}"/>' for n in range(count))
    links = "".join(f'<Relationship Id="h{n}" Type="{RELATIONS}/worksheet" Target="/{SHEET}"/>' for n in range(count))
    return zipped(
        parts
        | {
            BOOK: parts[BOOK].replace(b"</sheets>", f"{sheets}</sheets>".encode()),
            LINKS: parts[LINKS].replace(b"</Relationships>", f"{links}</Relationships>".encode()),
        }
    )


def members_twice(parts: Parts) -> bytes:
    """A zip whose every member is listed a hundred times."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.filelist *= 100
    return held.getvalue()


def overlapping(parts: Parts) -> bytes:
    """A zip whose members all lie at the same place."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.writestr("big.xml", b"<a>" + b"x" * 40_000_000 + b"</a>")
        big = archive.filelist[-1]
        for number in range(200):
            other = zipfile.ZipInfo(f"xl/worksheets/sheet{number + 500}.xml")
            for each in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(other, each, getattr(big, each))
            archive.filelist.append(other)
    return held.getvalue()


def number_cell(row: int, column: int = 0) -> bytes:
    """A cell of an .xls."""
    return biff(0x0203, pack("<HHHd", row, column, 0, 5.0))


def name_that_doubles(number: int) -> bytes:
    """A name of an .xls that is the text of the one before, twice."""
    formula = (b"\x23" + pack("<HH", number, 0)) * 2 + b"\x08" if number else b"\x17\x20\0" + b"x" * 32
    return biff(0x18, pack("<HBBHHHBBBB", 0, 0, 1, len(formula), 0, 0, 0, 0, 0, 0) + b"\0n" + formula)


def chain_that_bites(_: Parts) -> bytes:
    """An OLE2 file whose table of sectors is listed again and again, and leads back to where it began."""
    data = bytearray(DATA.joinpath("beside.xls").read_bytes())
    table, first = unpack_from("<I", data, 76)[0], unpack_from("<I", data, 48)[0]
    data[76 : 76 + 4 * 109] = pack("<109I", *[table] * 109)
    pack_into("<I", data, 512 * (table + 1) + 4 * first, first)
    return bytes(data)


def xlsb_with(part: str, more: bytes) -> bytes:
    """An .xlsb with more records in one of its parts."""
    parts = unzipped(xlsb([]))
    return zipped(parts | {part: parts[part] + more})


def ods_of(rows: str) -> bytes:
    """An .ods of those rows."""
    return ods(f'<table:table table:name="Measures">{rows}</table:table>')


def ods_cell(attributes: str, text: str = "") -> str:
    """A cell of an .ods."""
    return f"<table:table-cell {attributes}>{text}</table:table-cell>"


TEXT_CELL = 'office:value-type="string"'
M = 1_000_000

OF_THE_ISSUE: Mapping[str, Callable[[Parts], bytes]] = {
    "a comment with tags strewn in it": lambda p: after_cells(p, strewn(40 * M, b"<!--", b"-->")),
    "an instruction with tags strewn in it": lambda p: after_cells(p, strewn(40 * M, b"<?x ", b"?>")),
    "empty elements in an extension": lambda p: after_cells(
        p, b"<extLst><ext>" + b"<x/>" * (M * 8 // 5) + b"</ext></extLst>"
    ),
    "styles broken off again and again": lambda p: with_part(p, "xl/more.xml", "styles", b"<!--" * 5 * M),
    "a part that many sheets share": lambda parts: many_sheets(15_000, parts),
    "many relationships": lambda p: put_before(
        p,
        LINKS,
        b"</Relationships>",
        f'<Relationship Id="h" Type="{RELATIONS}/theme" Target="t.xml"/>'.encode() * 100_000,
    ),
    "texts of marks heaped on a letter": lambda p: typed_everywhere(p, "e" + "\u0301" * 32_000),
    "periods without end": lambda p: typed_everywhere(p, "jantojan" * 4_000),
    "empty records of an .xlsb": lambda _: xlsb_with("xl/worksheets/sheet1.bin", record(1) * (20 * M)),
    "shared strings of an .xlsb": lambda _: xlsb_with("xl/sharedStrings.bin", record(19, b"\0" + wide("x")) * (3 * M)),
    "far rows of an .xls": lambda _: xls(*[number_cell(65_535)] * 200),
    "names of an .xls that double": lambda _: xls(number_cell(4), before=b"".join(map(name_that_doubles, range(28)))),
    "an OLE2 chain that bites its tail": chain_that_bites,
    "empty cells of an .ods": lambda _: ods_of(
        f"<table:table-row>{'<table:table-cell/>' * (M * 8 // 5)}</table:table-row>"
    ),
}
"""What issue 11 found, as far as it is a file of its own."""

SIBLINGS: Mapping[str, Callable[[Parts], bytes]] = {
    "texts of accents to be composed": lambda p: typed_everywhere(p, "\u0344\u0390" * 16_000),
    "texts of ligatures": lambda p: typed_everywhere(p, "\ufb03" * 32_000),
    "targets that stretch": lambda p: typed_everywhere(p, "1 (stretch " * 2_900),
    "elements deep in one another": lambda p: after_cells(p, b"<x>" * 200_000 + b"</x>" * 200_000),
    "validations by the million": lambda p: after_cells(
        p, b"<dataValidations>" + b'<dataValidation sqref="A1"/>' * M + b"</dataValidations>"
    ),
    "validations as many as are marked": lambda p: after_cells(
        p,
        b"<dataValidations>"
        + b'<dataValidation type="list" sqref="A1"><formula1>"A,B"</formula1></dataValidation>' * 30_000
        + b"</dataValidations>",
    ),
    "a validation of many areas": lambda p: after_cells(
        p, b'<dataValidations><dataValidation sqref="' + b"A1 B2 " * 2 * M + b'"/></dataValidations>'
    ),
    "conditional formats by the million": lambda p: after_cells(
        p,
        b'<conditionalFormatting sqref="A1"><cfRule type="expression"><formula>1</formula></cfRule>'
        b"</conditionalFormatting>" * (M * 3 // 5),
    ),
    "defined names": lambda p: put_before(
        p,
        BOOK,
        b"</sheets>",
        b"</sheets><definedNames>"
        + b'<definedName name="n">Measures!A1</definedName>' * (M * 9 // 10)
        + b"</definedNames><sheets>",
    ),
    "shared formulas": lambda p: among_rows(
        p,
        b'<row r="900"><c r="A900"><f t="shared" si="0" ref="A900:A999999">'
        + b"A1+" * 2_700
        + b"1</f></c></row>"
        + rows_alike(b'><f t="shared" si="0"/>', 14_099),
    ),
    "long formulas": lambda p: among_rows(
        p,
        rows_alike(b"><f>" + b"$A$1+B2*'x'!C3," * 500 + b"1</f><v>1</v>", 999),
    ),
    "quotes in formulas that never end": lambda p: among_rows(
        p,
        rows_alike(b"><f>" + b"&quot;" * 8_001 + b"'" * 8_001 + b"</f><v>1</v>", 199),
    ),
    "a formula of a million letters": lambda p: among_rows(
        p,
        b'<row r="900"><c r="A900"><f>'
        + b"A" * (M - 99)
        + b'</f></c><c r="B900"><f>'
        + b"." * (M - 99)
        + b"</f></c></row>",
    ),
    "a print area of a million letters": lambda p: put_before(
        p,
        BOOK,
        b"</definedNames>",
        b'<definedName name="_xlnm.Print_Area" localSheetId="3">' + b"A" * (M - 99) + b"</definedName>",
    ),
    "a million blanks in a tag": lambda p: among_rows(
        p, b'<row r="900"><c' + b" " * (M - 99) + b' r="A900" s="999999" cm="1"/></row>'
    ),
    "merged areas": lambda p: after_cells(
        p, b"<mergeCells>" + b'<mergeCell ref="A1:B2"/>' * (M * 3 // 2) + b"</mergeCells>"
    ),
    "links": lambda p: after_cells(
        p, b"<hyperlinks>" + b'<hyperlink ref="A1" location="A1"/>' * (M * 3 // 2) + b"</hyperlinks>"
    ),
    "comments by the million": lambda p: with_part(
        p,
        "xl/comments99.xml",
        "comments",
        f'<comments xmlns="{MAIN}"><authors/><commentList>'.encode()
        + b'<comment ref="A1" authorId="0"><text><t>x</t></text></comment>' * (M * 3 // 5)
        + b"</commentList></comments>",
        of="xl/worksheets/_rels/sheet4.xml.rels",
    ),
    "shapes of notes that never end": lambda parts: notes_drawn(parts, b"<v:shape " * 140_000 + b"</xml>"),
    "wide columns": lambda p: put_before(
        p,
        SHEET,
        b"<sheetData",
        b"<cols>" + b'<col min="1" max="16384" width="1e308" style="1"/>' * (M * 9 // 10) + b"</cols>",
    ),
    "formats by the million": lambda p: in_styles(p, b"</cellXfs>", b'<xf numFmtId="1"/>' * (M * 8 // 5)),
    "differential formats": lambda p: in_styles(p, b"</styleSheet>", b"<dxfs>" + b"<dxf/>" * (M * 8 // 5) + b"</dxfs>"),
    "fonts with many colours": lambda p: in_styles(
        p, b"</fonts>", b"<font>" + b'<color rgb="FF00FF00"/>' * M + b"</font>"
    ),
    "a theme of many colours": lambda p: with_part(
        p, "xl/theme/theme9.xml", "theme", b"<a><b>" + b'<c><srgbClr val="FFFFFF"/></c>' * M + b"</b></a>"
    ),
    "a format with ten thousand brackets": lambda p: in_styles(
        p, b"</numFmts>", b'<numFmt numFmtId="999" formatCode="' + b"[" * 200_000 + b"&quot;" * 100_001 + b'"/>'
    ),
    "members listed again and again": members_twice,
    "members that lie over one another": overlapping,
    "references to characters": lambda p: among_rows(
        p,
        rows_alike(b' t="inlineStr"><is><t>' + b"&#65;" * 200_000 + b"</t></is>", 79),
    ),
    "pieces of character data": lambda p: among_rows(
        p,
        rows_alike(b' t="inlineStr"><is><t>' + b"<![CDATA[x]]>" * 30_000 + b"</t></is>", 79),
    ),
    "texts of a million runs": lambda p: put_before(
        p, STRINGS, b"</sst>", b"<si>" + b"<r><t>x</t></r>" * (M * 4 // 5) + b"</si>"
    ),
    "namespaces by the thousand": lambda parts: zipped(
        parts | {SHEET: parts[SHEET].replace(b"<worksheet ", b"<worksheet " + many_namespaces(200_000) + b" ", 1)}
    ),
    "rows without end": lambda p: among_rows(p, b'<row r="900"/>' * (M * 8 // 5)),
    "content types": lambda p: put_before(
        p, "[Content_Types].xml", b"</Types>", b'<Override PartName="/x" ContentType="y"/>' * (M * 3 // 2)
    ),
    "custom properties": lambda p: with_part(
        p,
        "docProps/custom.xml",
        "custom-properties",
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties">'
        + b'<property name="x"><lpwstr>y</lpwstr></property>' * (M * 3 // 5)
        + b"</Properties>",
        of="_rels/.rels",
    ),
    "a sheet's name of a million signs": lambda parts: zipped(
        parts | {BOOK: parts[BOOK].replace(b'name="Measures"', b'name="' + b"M" * M + b'"')}
    ),
    "repeated rows and columns of an .ods": lambda _: ods_of(
        '<table:table-row table:number-rows-repeated="1048576">'
        + ods_cell('table:number-columns-repeated="16384" office:value-type="float" office:value="1"')
        + "</table:table-row>"
    ),
    "repeated rows of an .ods, many times": lambda _: ods_of(
        (
            '<table:table-row table:number-rows-repeated="1000">'
            + ods_cell('office:value-type="float" office:value="1"')
            + "</table:table-row>"
        )
        * 5_000
    ),
    "spans of an .ods": lambda _: ods_of(
        "<table:table-row>"
        + ods_cell(TEXT_CELL, "<text:p>" + "<text:span>x</text:span>" * (M * 7 // 10) + "</text:p>")
        + "</table:table-row>"
    ),
    "notes of an .ods": lambda _: ods_of(
        "<table:table-row>"
        + ods_cell(TEXT_CELL, "<office:annotation><text:p>x</text:p></office:annotation>" * (M // 2))
        + "</table:table-row>"
    ),
    "chains of continued records of an .xls": lambda _: xls(
        before=biff(0xFC, pack("<II", 4_000_000, 4_000_000)) + biff(0x3C, b"\1\0\0x" * 2_000) * 4_000
    ),
    "texts of an .xls that continue": lambda _: xls(
        number_cell(4), before=biff(0xFC, pack("<II", 1, 1) + pack("<HB", 65_535, 0)) + biff(0x3C, b"\0x") * 4 * M
    ),
    "formulas of an .xls": lambda _: xls(
        b"".join(biff(6, pack("<HHHdHIH", row, 0, 0, 1.0, 0, 0, 2_000) + b"\x15" * 2_000) for row in range(20_000))
    ),
    "formats of an .xls": lambda _: xls(
        number_cell(4), before=biff(0x041E, pack("<HHB", 200, 8_000, 0) + b"[" * 8_000) * 6_000
    ),
    "a huge unknown record of an .xlsb": lambda _: xlsb_with(
        "xl/worksheets/sheet1.bin", b"\xff\x3f\xff\xff\xff\x7f" + bytes(30 * M)
    ),
    "unknown records of an .xlsb": lambda _: xlsb_with("xl/worksheets/sheet1.bin", record(5_000, bytes(20)) * 4 * M),
    "merged areas of an .xlsb": lambda _: xlsb_with(
        "xl/worksheets/sheet1.bin", record(177, pack("<I", M)) + record(176, bytes(16)) * 3 * M
    ),
}
"""What nobody had tried when they were written."""

BOOKS = {**OF_THE_ISSUE, **SIBLINGS}
"""Every file by name."""


def notes_drawn(parts: Parts, drawn: bytes) -> bytes:
    """A sheet with a note of ragtool's own, and what draws it."""
    rels = "xl/worksheets/_rels/sheet4.xml.rels"
    links = (
        f'<Relationship Id="c" Type="{RELATIONS}/comments" Target="/xl/comments99.xml"/>'
        f'<Relationship Id="d" Type="{RELATIONS}/vmlDrawing" Target="/xl/drawing99.vml"/></Relationships>'
    )
    before = parts.get(rels) or f"{RELATIONSHIPS}</Relationships>".encode()
    comment = '<comment ref="A1" authorId="0"><text><t>ragtool: x</t></text></comment>'
    comments = f'<comments xmlns="{MAIN}"><authors><author>ragtool</author></authors><commentList>{comment}'
    legacy = f'<legacyDrawing xmlns:r="{RELATIONS}" r:id="d"/></worksheet>'.encode()
    return zipped(
        parts
        | {
            SHEET: parts[SHEET].replace(b"</worksheet>", legacy),
            rels: before.replace(b"</Relationships>", links.encode()),
            "xl/comments99.xml": f"{comments}</commentList></comments>".encode(),
            "xl/drawing99.vml": drawn,
        }
    )


def many_namespaces(count: int) -> bytes:
    """Namespaces of their own names."""
    return b" ".join(b'xmlns:n%d="urn:n%d"' % (number, number) for number in range(count))
