"""What stands beside cells: comments, text boxes, fills in the colours of ratings, merged cells.

`beside.xls` and `beside.ods` are what LibreOffice made of `beside()`.
"""

from __future__ import annotations

import io
from pathlib import Path
from struct import pack

import pytest
import xlsxwriter

import messy
from messy import biff
from ragtool.workbooks.book import Beside, SheetCells
from ragtool.workbooks.fills import rating_of_fill
from ragtool.workbooks.opening import open_book
from ragtool.workbooks.xls_text_boxes import text_boxes_of_xls

NOTE, BOX = Beside("comment", "A1", "see the audit"), Beside("text box", "C3", "use 44.1 instead")
FILLS = {(2, 1): "Red", (2, 2): "Amber", (2, 3): "Green", (2, 6): "Green"}


def beside() -> bytes:
    """An .xlsx with a comment, a text box, filled cells and merged ones."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet = book.add_worksheet("Entries")
    sheet.write("A1", "text")
    sheet.write_comment("A1", "see the audit", {"author": "Officer"})
    sheet.insert_textbox("C3", "use 44.1 instead")
    for column, colour in enumerate(("#FF0000", "#FFC000", "#00B050", "#FFFF00", "#FFF8DC", "#C6EFCE")):
        sheet.write_blank(1, column, None, book.add_format({"bg_color": colour}))
    sheet.merge_range("A4:A6", "Complete")
    book.close()
    return held.getvalue()


def entries(folder: Path, data: bytes) -> SheetCells:
    return open_book(messy.write(folder, data, "return.xlsx")).sheets["Entries"]


@pytest.mark.parametrize("form", ["xlsx", "strict", "xls", "ods"])
def test_what_stands_beside_cells_in_every_format(tmp_path: Path, form: str) -> None:
    data = {"xlsx": beside, "strict": lambda: messy.strict(beside())}
    sheet = entries(tmp_path, data[form]() if form in data else (messy.DATA / f"beside.{form}").read_bytes())
    assert sheet.beside == (NOTE, BOX)
    assert (sheet.fills, sheet.merged) == (FILLS, ((4, 6, 1, 1),))


def test_a_thread_is_told_once_and_ragtool_s_own_notes_never(tmp_path: Path) -> None:
    parts = messy.unzipped(beside())
    rels = parts["xl/worksheets/_rels/sheet1.xml.rels"].decode()
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    thread = f'<Relationship Id="t" Type="{kind}" Target="/xl/threads.xml"/>'
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    texts = [f'<threadedComment ref="A1"><text>{text}</text></threadedComment>' for text in ("Wrong?", "Yes: 329.")]
    notes = [("A1", "[Threaded comment] Your version"), ("B1", "ragtool:\nQuery: no status"), ("C1", "my own")]
    listed = "".join(f'<comment ref="{ref}"><text><t>{text}</t></text></comment>' for ref, text in notes)
    sheet = entries(
        tmp_path,
        messy.zipped(
            parts
            | {
                "xl/worksheets/_rels/sheet1.xml.rels": rels.replace("</Rel", f"{thread}</Rel"),
                "xl/threads.xml": f'<ThreadedComments xmlns="{space}">{"".join(texts)}</ThreadedComments>',
                "xl/comments1.xml": f'<comments xmlns="{messy.MAIN}"><commentList>{listed}</commentList></comments>',
            }
        ),
    )
    assert [(each.cell, each.text) for each in sheet.beside] == [
        ("A1", "Wrong?"), ("A1", "Yes: 329."), ("C1", "my own"), ("C3", "use 44.1 instead"),
    ]  # fmt: skip


def test_comments_and_fills_of_an_xlsb(tmp_path: Path) -> None:
    parts = messy.unzipped(messy.xlsb([(5, pack("<d", 1.5))]))
    fill = messy.record(45, pack("<I", 1) + b"\5\0\0\0\xff\0\0\xff" + bytes(56))
    parts["xl/styles.bin"] = (
        messy.record(45, bytes(68)) + fill + messy.record(617)
        + messy.record(47, pack("<HHHH", 0, 0, 0, 1) + bytes(8)) + messy.record(618)
    )  # fmt: skip
    parts["xl/comments.bin"] = messy.record(635, pack("<IIIII", 0, 6, 6, 0, 0) + bytes(16)) + messy.record(
        637, b"\0" + messy.wide("see the audit")
    )
    parts["xl/worksheets/_rels/sheet1.bin.rels"] = messy.relations({"comments": "../comments.bin"}).encode()
    sheet = entries(tmp_path, messy.zipped(parts))
    assert (sheet.beside, sheet.fills) == ((Beside("comment", "A7", "see the audit"),), {(7, 1): "Red"})


@pytest.mark.parametrize(
    ("colour", "rating"),
    [
        ("FFFF0000", "Red"), ("FFC7CE", "Red"), ("D4351C", "Red"), ("FFBF00", "Amber"), ("FFEB9C", "Amber"),
        ("ED7D31", "Amber"), ("00703C", "Green"), ("92D050", "Green"), ("FFFF00", ""), ("FFF8DC", ""), ("FFCF99", ""),
        ("1F3864", ""), ("F2F2F2", ""), ("000000", ""), ("", ""), ("none", ""),
    ],
)  # fmt: skip
def test_a_fill_may_stand_for_a_rating(colour: str, rating: str) -> None:
    assert rating_of_fill(colour) == rating


def test_a_text_box_of_an_xls_may_be_long_and_its_records_cut_short() -> None:
    """A text of two records, the second of wide letters; what comes after it is broken."""
    anchor = pack("<HHI", 0, 0xF010, 18) + pack("<HHHHH", 0, 2, 0, 6, 0) + bytes(8)
    shape = biff(0xEC, pack("<HHI", 0xF, 0xF004, 26) + anchor) + biff(0x5D, pack("<HHHH", 0x15, 18, 6, 1) + bytes(14))
    text = biff(0x01B6, bytes(10) + pack("<HH", 8, 16) + bytes(4))
    text += biff(0x3C, b"\0see ") + biff(0x3C, b"\1" + "P9 –".encode("utf-16-le"))
    name = b"Entries"
    place = 4 + 8 + len(name)
    stream = biff(0x85, pack("<IHBB", place, 0, len(name), 0) + name) + biff(0x0809, bytes(16)) + shape + text
    assert text_boxes_of_xls(stream + shape + biff(0x01B6, b"")) == {"Entries": [Beside("text box", "C7", "see P9 –")]}
