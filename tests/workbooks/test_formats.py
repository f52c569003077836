"""Files that are no workbook, or no sane one: each is refused in a sentence that says what it is and what to do."""

from __future__ import annotations

import io
import time
import warnings
import zipfile
from pathlib import Path
from struct import pack

import pytest

import messy
from ragtool.workbooks.bounds import Bounds
from ragtool.workbooks.opening import NotAWorkbook, open_book

WHOLE = messy.everything()
SHEET_BYTES = WHOLE[(START := WHOLE.index(b"xl/worksheets/sheet1.xml")) : START + 60]
PROTECTED_XLS = (messy.DATA / "libreoffice.xls").read_bytes().replace(
    b"\xe1\x00\x02\x00\xb0\x04", b"\x2f\x00\x02\x00\x00\x00", 1
)  # fmt: skip


def refusal(folder: Path, data: bytes, name: str = "return.xlsx") -> str:
    """Why a file can't be read: two sentences at least, what is wrong and what to do."""
    with pytest.raises(NotAWorkbook) as problem:
        open_book(messy.write(folder, data, name))
    message = str(problem.value)
    assert message.startswith(("The file", "Cell"))
    assert ". " in message
    assert message.endswith(".")
    return message


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        (bytes(5000), "nothing but zeros"),
        (WHOLE[:4000], "is cut short"),
        (WHOLE[:3], "is cut short"),
        ((messy.DATA / "libreoffice.xls").read_bytes()[:6000], "is cut short"),
        (WHOLE.replace(SHEET_BYTES, SHEET_BYTES + b"\0" * 9, 1), "is damaged"),
        (messy.changed(WHOLE, "xl/worksheets/sheet1.xml", b"</sheetData>", b""), "is damaged"),
        (messy.changed(WHOLE, "xl/workbook.xml", b'r:id="rId1"', b'r:id="rId99"'), "its sheet Entries is missing"),
        (messy.changed(WHOLE, "xl/workbook.xml", b'"Hidden"', b'"Entries"'), "two sheets named Entries"),
        (messy.ole2("EncryptionInfo", "EncryptedPackage"), "is protected by a password"),
        (messy.ole2("EncryptedPackage", tail="DRMEncryptedTransform".encode("utf-16-le")), "a sensitivity label"),
        (PROTECTED_XLS, "is protected by a password"),
        (messy.ods("", manifest="<manifest:encryption-data/>"), "is protected by a password"),
        (messy.ole2("Workbook").replace(pack("<II", 0xFFFFFFFD, 0xFFFFFFFE), pack("<II", 0xFFFFFFFD, 1)), "is damaged"),
        (messy.ole2("WordDocument"), "is a Word document"),
        (messy.ole2("PowerPoint Document"), "is a PowerPoint presentation"),
        (messy.xlsx("", content_type=f"{messy.TYPES}.wordprocessingml.document.main+xml"), "is a Word document"),
        (messy.xlsx("", content_type=f"{messy.TYPES}.presentationml.presentation.main+xml"), "is a PowerPoint"),
        (messy.ods("", mimetype="application/vnd.oasis.opendocument.text"), "is a text document (OpenDocument)"),
        (messy.zipped({"Index/Document.iwa": b"x"}), "Apple Numbers"),
        (messy.zipped({"a/return.xlsx": WHOLE}), "zip folder with workbooks"),
        (messy.zipped({"readme.txt": b"x"}), "is a zip archive"),
        (b"%PDF-1.7 ...", "is a PDF document"),
        (b"\xef\xbb\xbf  <html><table><tr><td>1</td></tr></table></html>", "is a web page"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "XML Spreadsheet 2003",
        ),
        (b"Key,Performance\r\nK1,12\r\n", "is a text file (such as CSV)"),
        ("Key\tPerformance\r\n".encode("utf-16"), "is a text file (such as CSV)"),
        (b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}', "shortcut to a Google Sheet"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"\x01\x02\x03\x04" * 99, "of a kind that isn't known"),
    ],
)
def test_what_is_no_workbook_is_named(tmp_path, data, sentence):
    assert sentence in refusal(tmp_path, data)


def bomb(size: int) -> bytes:
    """A zip with a part of nothing but blanks, which no reader asks for."""
    return messy.zipped({**messy.unzipped(messy.xlsx("")), "xl/media/image1.png": b" " * size})


def overlapping() -> bytes:
    """A zip whose directory names the same bytes a hundred times."""
    data = messy.zipped({"xl/workbook.xml": bytes(range(256)) * 20}, zipfile.ZIP_STORED)
    directory, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entries = data[directory:end] * 100
    counts = pack("<HHI", 100, 100, len(entries))
    return data[:directory] + entries + data[end : end + 8] + counts + data[end + 16 :]


ENTITIES = b'<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>'


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (lambda: bomb(40_000_000), "unpacks to far more"),
        (messy.xlsx(" " * 3_000_000), "unpacks to far more"),
        (overlapping(), "unpacks to far more"),
        (lambda: messy.zipped({f"xl/{number}": b"" for number in range(20_001)}), "unpacks to far more"),
        (messy.xlsx("<a>" * 300), "unpacks to far more"),
        (messy.xlsx("".join(f"<a{number}/>" for number in range(6_000))), "unpacks to far more"),
        (messy.xlsx(f'<row a="{"0123456789" * 250_000}"/>'), "unpacks to far more"),
        (messy.changed(messy.xlsx(""), "xl/worksheets/sheet1.xml", b"<worksheet>", ENTITIES), "defines entities"),
        (messy.xlsx('<row r="1048577"><c><v>1</v></c></row>'), "row 1048577, column 1 of Entries"),
        (messy.xlsx('<row r="1"><c r="XFE1"><v>1</v></c></row>'), "column 16385 of Entries"),
        (
            messy.xlsx(f'<row><c t="inlineStr"><is><t>{"x" * 32_768}</t></is></c></row>'),
            "Cell A1 of Entries holds a text",
        ),
        (
            messy.xlsx('<row><c t="s"><v>0</v></c></row>', strings=f"<sst><si><t>{'x' * 99_999}</t></si></sst>"),
            "Cell A1",
        ),
        (
            messy.ods_cell('office:value-type="float" office:value="1" table:number-columns-repeated="999999"'),
            "column 16385",
        ),
        (
            messy.ods_cell('office:value-type="string"', f"<text:p>{'x' * 40_000}</text:p>"),
            "Cell A1 of Entries holds a text",
        ),
    ],
    ids=range(14),
)
def test_what_is_built_to_do_harm_is_refused(tmp_path, data, sentence):
    """What takes long to build is built here, and not by every process that collects the tests."""
    assert sentence in refusal(tmp_path, data() if callable(data) else data)


def twice(parts: dict[str, bytes], name: str, *contents: bytes) -> bytes:
    """A zip in which a part stands twice."""
    held = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(held, "w") as archive:
        warnings.simplefilter("ignore", UserWarning)  # zipfile says so
        for each, content in [*parts.items(), *((name, content) for content in contents)]:
            archive.writestr(each, content)
    return held.getvalue()


def test_a_part_or_cell_that_stands_twice_is_used_only_where_both_are_the_same(tmp_path):
    sheet, row = "xl/worksheets/sheet1.xml", '<row><c r="A1"><v>1</v></c><c r="A1"><v>{}</v></c></row>'
    parts = messy.unzipped(messy.xlsx(row.format(1)))
    book = open_book(messy.write(tmp_path, twice(parts, sheet, parts[sheet]), "a.xlsx"))
    assert book.sheets["Entries"].rows[1][1].value == 1
    assert "is damaged" in refusal(tmp_path, twice(parts, sheet, parts[sheet].replace(b"<v>1<", b"<v>2<")))
    assert "is damaged" in refusal(tmp_path, messy.xlsx(row.format(2)))


def test_number_formats_take_no_longer_than_they_are_worth(tmp_path):
    """Unclosed brackets make a pattern's time grow with the square of the format's length."""

    def styled(codes: list[str]) -> bytes:
        formats = "".join(f'<numFmt numFmtId="{n}" formatCode="{code}"/>' for n, code in enumerate(codes, 200))
        cells = "".join(f'<xf numFmtId="{n}"/>' for n in range(200, 200 + len(codes)))
        styles = f"<styleSheet><numFmts>{formats}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>"
        return messy.xlsx("<row><c><v>1</v></c></row>", styles=styles)

    started = time.monotonic()
    book = open_book(messy.write(tmp_path, styled(["[" * 500_000]), "a.xlsx"))
    assert book.sheets["Entries"].rows[1][1].value == 1
    assert time.monotonic() - started < 5
    assert "unpacks to far more" in refusal(tmp_path, styled([f"0.{n}" for n in range(3_000)]))


def test_a_workbook_without_its_content_types_is_damaged(tmp_path):
    parts = {name: content for name, content in messy.unzipped(messy.xlsx("")).items() if "Types" not in name}
    assert "is damaged" in refusal(tmp_path, messy.zipped(parts))


def test_a_cell_that_is_repeated_to_the_last_row_is_refused(tmp_path):
    filled = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" '
    table = f'<table:table table:name="A">{filled} office:value="1"/></table:table-row></table:table>'
    assert "more than 100,000 filled rows" in refusal(tmp_path, messy.ods(table), "a.ods")


def test_merged_cells_upon_merged_cells_are_refused(tmp_path):
    rows = "".join(f'<row r="{row}"><c><v>1</v></c></row>' for row in range(1, 5_000))
    merged = "<mergeCells>" + 1_000 * '<mergeCell ref="A1:XFD1048576"/>' + "</mergeCells>"
    assert "merged cells on Entries overlap" in refusal(tmp_path, messy.xlsx(rows, after=merged))


def test_a_file_that_is_far_too_large(tmp_path):
    small = Bounds(file=5_000)
    with pytest.raises(NotAWorkbook, match="is larger than"):
        open_book(messy.write(tmp_path, WHOLE, "a.xlsx"), lambda size: small)
