"""Builders of the workbooks that people and programs really send, part by part where no library writes them so."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from struct import pack

import xlsxwriter

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
TYPES = "application/vnd.openxmlformats-officedocument"
SHEET_TYPE = f"{TYPES}.spreadsheetml.sheet.main+xml"

DATA = Path(__file__).parent / "data"
"""Workbooks that other programs wrote."""

Parts = Mapping[str, str | bytes]


def everything() -> bytes:
    """An .xlsx with a cell of every kind on its sheet Entries, a hidden sheet, a chart sheet and a custom property."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet = book.add_worksheet("Entries")
    shape = {
        name: book.add_format({"num_format": name}) for name in ("0.0%", "dd/mm/yyyy", "[h]:mm", "hh:mm", '0.0"%"')
    }
    stamp = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    sheet.write_row("A1", ["text", " padded ", "£1,000\nline two"])
    sheet.write_string("D1", "=SUM is text")
    sheet.write("A2", 42)
    sheet.write("B2", 0.744, shape["0.0%"])
    sheet.write("C2", datetime(2013, 9, 30), shape["dd/mm/yyyy"])
    sheet.write("D2", datetime(2013, 9, 30, 14, 30), stamp)
    sheet.write("A3", True)
    sheet.write("B3", 1.5, shape["[h]:mm"])
    sheet.write("C3", 0.5, shape["hh:mm"])
    sheet.write("D3", 80, shape['0.0"%"'])
    for column, (formula, result) in enumerate(
        [("=1/0", "#DIV/0!"), ("=NA()", "#N/A"), ("=#REF!", "#REF!"), ("=A2*2", 84)]
    ):
        sheet.write_formula(3, column, formula, None, result)
    sheet.write_rich_string("A5", "plain ", book.add_format({"bold": True}), "bold", " end")
    sheet.write_comment("B5", "a comment")
    sheet.merge_range("A6:B7", "merged")
    book.add_worksheet("Hidden").hide()
    book.get_worksheet_by_name("Hidden").write("A1", "Field")
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=Entries!$A$2:$A$3"})
    book.add_chartsheet("Chart").set_chart(chart)
    book.set_custom_property("Organisation", "Plymouth & Co")
    book.close()
    return held.getvalue()


def zipped(parts: Parts, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of those parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of a zip, to be changed and zipped again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def relations(targets: Mapping[str, str]) -> str:
    """A relations part, from kinds to targets; the id of each is its kind."""
    rows = (f'<Relationship Id="{k}" Type="{RELATIONS}/{k}" Target="{t}"/>' for k, t in targets.items())
    return f"<Relationships>{''.join(rows)}</Relationships>"


def package(main: str, content_type: str, others: Parts) -> dict[str, str | bytes]:
    """The parts that lead to the main part of an Open XML package."""
    override = f'<Override PartName="/{main}" ContentType="{content_type}"/>'
    start: dict[str, str | bytes] = {
        "[Content_Types].xml": f"<Types>{override}</Types>",
        "_rels/.rels": relations({"officeDocument": main}),
    }
    return start | dict(others)


def xlsx(
    rows: str,
    *,
    strings: str = "",
    styles: str = "",
    properties: str = "",
    after: str = "",
    content_type: str = SHEET_TYPE,
) -> bytes:
    """An .xlsx of the sheet Entries, from the XML of its rows, of what stands `after` them, and of the other parts."""
    targets = {"worksheet": "worksheets/sheet1.xml"}
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook xmlns:r="{RELATIONS}">{properties}'
        '<sheets><sheet name="Entries" r:id="worksheet"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData>{after}</worksheet>",
    }
    for kind, content in (("sharedStrings", strings), ("styles", styles)):
        if content:
            targets[kind] = f"/xl/{kind}.xml"
            parts[f"xl/{kind}.xml"] = content
    parts["xl/_rels/workbook.xml.rels"] = relations(targets)
    return zipped(package("xl/workbook.xml", content_type, parts))


def changed(data: bytes, name: str, before: bytes, after: bytes) -> bytes:
    """A zip with one part's content changed; the part must hold what is to go."""
    parts = unzipped(data)
    assert before in parts[name]
    return zipped({**parts, name: parts[name].replace(before, after)})


def strict(data: bytes) -> bytes:
    """An .xlsx as Excel saves it as Strict Open XML Spreadsheet, as far as names of namespaces go."""
    names = {MAIN: STRICT_MAIN, RELATIONS: STRICT_RELATIONS}
    parts = unzipped(data)
    for before, after in names.items():
        parts = {name: content.replace(before.encode(), after.encode()) for name, content in parts.items()}
    return zipped(parts)


def prefixed(data: bytes) -> bytes:
    """An .xlsx whose elements carry a namespace prefix, as some libraries write them."""
    parts = unzipped(data)
    named = [name for name in parts if name.startswith("xl/") and name.endswith(".xml")]
    tags = {name: re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", parts[name]) for name in named}
    return zipped(parts | {name: tag.replace(b"xmlns=", b"xmlns:x=") for name, tag in tags.items()})


CALCEXT = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"


def ods(table: str, mimetype: str = "application/vnd.oasis.opendocument.spreadsheet", manifest: str = "") -> bytes:
    """An .ods from the XML of its tables."""
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    spaces += ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    content = f'<office:document-content{spaces} xmlns:calcext="{CALCEXT}">{body}</office:document-content>'
    return zipped({"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": manifest})


def ods_cell(attributes: str, content: str = "") -> bytes:
    """An .ods of the sheet Entries with one cell, from its attributes and what stands in it."""
    row = f"<table:table-row><table:table-cell {attributes}>{content}</table:table-cell></table:table-row>"
    return ods(f'<table:table table:name="Entries">{row}</table:table>')


def record(number: int, content: bytes = b"") -> bytes:
    """One record of an .xlsb: its number and its length in seven bits a byte."""
    start = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    size = len(content)
    return start + (bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])) + content


def wide(text: str) -> bytes:
    """A text of an .xlsb."""
    return pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(cells: Iterable[tuple[int, bytes]], after: bytes = b"", mac_dates: bool = False) -> bytes:
    """An .xlsb of the sheet Entries with one row: each cell's record and its content after column and style.

    The cell in column n has style n % 3: General, a percentage, a date.
    """
    row = b"".join(record(kind, pack("<II", at, at % 3) + content) for at, (kind, content) in enumerate(cells))
    styles = record(44, pack("<H", 164) + wide("0.0%")) + record(617, pack("<I", 3))
    styles += b"".join(record(47, pack("<HH", 0, number) + bytes(12)) for number in (0, 164, 14)) + record(618)
    parts: dict[str, str | bytes] = {
        "xl/workbook.bin": record(153, pack("<III", int(mac_dates), 0, 0))
        + record(156, pack("<II", 0, 1) + wide("worksheet") + wide("Entries")),
        "xl/_rels/workbook.bin.rels": relations(
            {"worksheet": "worksheets/sheet1.bin", "styles": "styles.bin", "sharedStrings": "sharedStrings.bin"}
        ),
        "xl/worksheets/sheet1.bin": record(145) + record(0, pack("<I", 6) + bytes(21)) + row + record(146) + after,
        "xl/styles.bin": styles,
        "xl/sharedStrings.bin": record(159, pack("<II", 1, 1)) + record(19, b"\0" + wide("shared £")) + record(160),
    }
    return zipped(package("xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroEnabled.main", parts))


def ole2(*names: str, tail: bytes = b"") -> bytes:
    """An OLE2 file whose directory lists streams of those names, all of them empty."""
    entries = [("Root Entry", 5, 1, 0xFFFFFFFF)]
    entries += [(name, 2, 0xFFFFFFFF, at + 2 if at + 1 < len(names) else 0xFFFFFFFF) for at, name in enumerate(names)]
    directory = b""
    for name, kind, child, right in entries:
        stored = (name + "\0").encode("utf-16-le")
        directory += stored.ljust(64, b"\0") + pack("<HBB", len(stored), kind, 1)
        directory += pack("<III", 0xFFFFFFFF, right, child) + bytes(36) + pack("<III", 0xFFFFFFFE, 0, 0)
    sectors = -(-len(directory) // 512)
    table = [0xFFFFFFFD] + [at + 2 for at in range(sectors - 1)] + [0xFFFFFFFE]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(10)
    header += pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += pack("<I", 0) + b"\xff" * (108 * 4)
    return (
        header
        + pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
        + directory.ljust(sectors * 512, b"\0")
        + tail
    )


def write(folder: Path, data: bytes, name: str = "return.xlsx") -> Path:
    """The bytes as a file of that name."""
    path = folder / name
    path.write_bytes(data)
    return path


def biff(kind: int, content: bytes = b"") -> bytes:
    """One record of an .xls."""
    return pack("<HH", kind, len(content)) + content


def xls(*sheets: bytes, before: bytes = b"", all_at: int = 0) -> bytes:
    """The stream of an .xls with those sheets, from their records; `before` them stand records for all of them. With
    `all_at`, each is said to begin there, so many bytes behind the first.
    """
    begins = biff(0x0809, pack("<HHHHII", 0x600, 5, 0, 0x07CC, 0, 6))
    styles = biff(0x31, pack("<HHHHHBBBB", 200, 0, 8, 400, 0, 0, 0, 0, 0) + b"\x05\0Arial") * 5
    styles += biff(0xE0, pack("<HHHBBBBIIH", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
    bodies = [biff(0x0809, pack("<HHHHII", 0x600, 0x10, 0, 0x07CC, 0, 6)) + each + biff(0x0A) for each in sheets]
    names = [f"S{number}" for number in range(len(sheets))]
    size = len(begins + styles + before) + sum(4 + 8 + len(name) for name in names) + 4
    listed = b""
    for number, name in enumerate(names):
        at = size + (all_at or sum(map(len, bodies[:number])))
        listed += biff(0x85, pack("<IBBBB", at, 0, 0, len(name), 0) + name.encode())
    return begins + styles + before + listed + biff(0x0A) + b"".join(bodies)
