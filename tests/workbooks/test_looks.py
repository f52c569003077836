"""Cells that don't say what their characters say: raised, struck out and hidden parts, and number formats of their own.

`looks.xls` and `looks.ods` are what LibreOffice made of `looks()`.
"""

from __future__ import annotations

import io
from pathlib import Path
from struct import pack
from xml.etree.ElementTree import Element

import pytest
import xlsxwriter

import messy
from ragtool.workbooks.book import PartLook
from ragtool.workbooks.inks import ink_on
from ragtool.workbooks.opening import Cell, open_book
from ragtool.workbooks.shown_numbers import as_shown_by
from ragtool.workbooks.stored_colours import Colours, stored_colour

EXPECTED = {
    (1, 1): Cell("56⁴", looks=(PartLook("raised", "4"),)),
    (1, 2): Cell(" 56", looks=(PartLook("struck out", "48"),)),
    (1, 3): Cell("CO₂ saved", looks=(PartLook("lowered", "2"),)),
    (1, 4): Cell("Late  but safe", looks=(PartLook("hidden", "not for print"),)),
    (1, 5): Cell("up 25% again"),
    (1, 6): Cell("the 30th of June"),
    (2, 1): Cell(56, looks=(PartLook("struck out", "56"),)),
    (2, 2): Cell("", looks=(PartLook("struck out", "Complete"),)),
    (2, 3): Cell(36.5),
    (3, 1): Cell(4.858, shown="4.858m"),
    (3, 2): Cell(4858000, shown="4.9m"),
    (3, 3): Cell(0.9, shown="0.9%"),
    (3, 4): Cell(-5, shown="5"),
    (3, 5): Cell(1250, shown="£1,250"),
    (3, 6): Cell(0.744, percent=True),
    (4, 1): Cell(0),
    (4, 2): Cell(5.55e-17),
    (4, 3): Cell(1215),
}


def looks() -> bytes:
    """An .xlsx with parts of texts, fonts and number formats that change what a cell says, and some that don't."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet, plain = book.add_worksheet("Entries"), book.add_format({})
    raised, lowered = book.add_format({"font_script": 1}), book.add_format({"font_script": 2})
    struck, white = book.add_format({"font_strikeout": 1}), book.add_format({"font_color": "#FFFFFF"})
    sheet.write_rich_string("A1", "56", raised, "4")
    sheet.write_rich_string("B1", struck, "48", plain, " 56")
    sheet.write_rich_string("C1", "CO", lowered, "2", " saved")
    sheet.write_rich_string("D1", "Late ", white, "not for print", " but safe")
    sheet.write_rich_string("E1", "up ", book.add_format({"bold": True}), "25%", " again")
    sheet.write_rich_string("F1", "the 30", raised, "th", " of June")
    sheet.write("A2", 56, struck)
    sheet.write("B2", "Complete", struck)
    sheet.write("C2", 36.5, raised)
    codes = {'0.000"m"': 4.858, '0.0,,"m"': 4858000, '0.0"%"': 0.9, "0;0": -5, "£#,##0": 1250, "0.0%": 0.744}
    for column, (code, number) in enumerate(codes.items()):
        sheet.write(2, column, number, book.add_format({"num_format": code}))
    fixed = book.add_format({"num_format": "#,##0"})
    sheet.write_formula("A4", "=0.1+0.2-0.3", fixed, 5.55e-17)
    sheet.write_formula("B4", "=0.1+0.2-0.3", None, 5.55e-17)
    sheet.write("C4", 1215, fixed)
    book.close()
    return held.getvalue()


def entries(path: Path) -> dict[tuple[int, int], Cell]:
    rows = open_book(path).sheets["Entries"].rows
    return {(row, column): cell for row, cells in rows.items() for column, cell in cells.items()}


@pytest.mark.parametrize("form", ["xlsx", "strict", "xls", "ods"])
def test_what_a_cell_shows_in_every_format(tmp_path: Path, form: str) -> None:
    data = {"xlsx": looks, "strict": lambda: messy.strict(looks())}
    stored = data[form]() if form in data else (messy.DATA / f"looks.{form}").read_bytes()
    assert entries(messy.write(tmp_path, stored, "return.xlsx")) == EXPECTED


def font(marks: int = 0, script: int = 0, colour: bytes = bytes(8)) -> bytes:
    return messy.record(43, pack("<HHHHBBBB", 200, marks, 400, script, 0, 2, 0, 0) + colour + b"\2" + messy.wide("A"))


def runs(text: str, *starts: tuple[int, int]) -> bytes:
    marks = b"".join(pack("<HH", *start) for start in starts)
    return b"\1" + messy.wide(text) + pack("<I", len(starts)) + marks


def binary(cells: bytes) -> bytes:
    """An .xlsb whose fonts are plain, struck out, raised and white, and its styles plain, struck out, `0.0,"k"`."""
    parts = messy.unzipped(messy.xlsb([]))
    fonts = font() + font(marks=8) + font(script=1) + font(colour=b"\5\0\0\0\xff\xff\xff\xff")
    styles = messy.record(44, pack("<H", 164) + messy.wide('0.0,"k"')) + messy.record(611) + fonts + messy.record(612)
    styles += messy.record(617)
    for number, of_font in ((0, 0), (0, 1), (164, 0)):
        styles += messy.record(47, pack("<HHH", 0, number, of_font) + bytes(10))
    parts["xl/styles.bin"] = styles + messy.record(618)
    parts["xl/sharedStrings.bin"] = messy.record(19, runs("564", (0, 0), (2, 2)))
    start = messy.record(145) + messy.record(0, pack("<I", 0) + bytes(21))
    parts["xl/worksheets/sheet1.bin"] = start + cells + messy.record(146)
    return messy.zipped(parts)


def test_what_a_cell_shows_in_an_xlsb(tmp_path: Path) -> None:
    cells = messy.record(7, pack("<III", 0, 0, 0))
    cells += messy.record(62, pack("<II", 1, 0) + runs("48 56", (0, 1), (2, 0)))
    cells += messy.record(62, pack("<II", 2, 0) + runs("seen unseen", (4, 3)))
    cells += messy.record(5, pack("<IId", 3, 1, 56.0))
    cells += messy.record(5, pack("<IId", 4, 2, 102600.0))
    cells += messy.record(6, pack("<II", 5, 1) + messy.wide("Complete"))
    assert entries(messy.write(tmp_path, binary(cells), "return.xlsb")) == {
        (1, 1): Cell("56⁴", looks=(PartLook("raised", "4"),)),
        (1, 2): Cell(" 56", looks=(PartLook("struck out", "48"),)),
        (1, 3): Cell("seen", looks=(PartLook("hidden", "unseen"),)),
        (1, 4): Cell(56, looks=(PartLook("struck out", "56"),)),
        (1, 5): Cell(102600, shown="102.6k"),
        (1, 6): Cell("", looks=(PartLook("struck out", "Complete"),)),
    }


def test_short_cells_of_an_xlsb_stand_beside_the_one_before(tmp_path: Path) -> None:
    cells = messy.record(13, pack("<II", 0, 42 << 2 | 2))
    cells += messy.record(12, pack("<I", 0))
    cells += messy.record(17, pack("<I", 0) + messy.wide("text"))
    cells += messy.record(5, pack("<IId", 5, 0, 1.5))
    cells += messy.record(16, pack("<Id", 0, 2.5)) + messy.record(15, pack("<IB", 0, 1))
    cells += messy.record(14, pack("<IB", 0, 0x17)) + messy.record(18, pack("<II", 0, 0))
    assert entries(messy.write(tmp_path, binary(cells), "return.xlsb")) == {
        (1, 1): Cell(42),
        (1, 3): Cell("text"),
        (1, 6): Cell(1.5),
        (1, 7): Cell(2.5),
        (1, 8): Cell(True),
        (1, 9): Cell("#REF!", fault="#REF!"),
        (1, 10): Cell("56⁴", looks=(PartLook("raised", "4"),)),
    }


WHITE_RUN = '<r><rPr><color rgb="FFFFFFFF"/></rPr><t>white</t></r>'
RAISED_RUN = '<r><rPr><vertAlign val="superscript"/></rPr><t>{}</t></r>'


@pytest.mark.parametrize(
    ("style", "text", "expected"),
    [
        (0, "<r><t>56</t></r>" + RAISED_RUN.format(4), Cell("56⁴", looks=(PartLook("raised", "4"),))),
        (0, RAISED_RUN.format(56), Cell("56")),
        (0, "<r><t>25%</t></r>" + RAISED_RUN.format("a"), Cell("25%(a)", looks=(PartLook("raised", "a"),))),
        (0, "<r><t>2</t></r>" + RAISED_RUN.format("nd"), Cell("2nd")),
        (0, "<r><t>seen</t></r>" + WHITE_RUN, Cell("seen", looks=(PartLook("hidden", "white"),))),
        (0, '<r><t>39</t></r><r><rPr><sz val="1"/></rPr><t>5</t></r>', Cell("39", looks=(PartLook("hidden", "5"),))),
        (0, '<r><t>39</t></r><r><rPr><sz val="6"/></rPr><t>5</t></r>', Cell("395")),
        (1, "<r><t>as white as its </t></r>" + WHITE_RUN, Cell("as white as its white")),
        (2, "<r><t>4</t></r><r><rPr/><t>56</t></r>", Cell("⁴56", looks=(PartLook("raised", "4"),))),
        (3, "<r><t>48</t></r><r><rPr/><t>56</t></r>", Cell("56", looks=(PartLook("struck out", "48"),))),
        (0, '<r><rPr><strike val="0"/></rPr><t>56</t></r>', Cell("56")),
        (0, "<r><rPr><strike/></rPr><t>old</t></r>", Cell("", looks=(PartLook("struck out", "old"),))),
    ],
)
def test_runs_and_the_font_of_their_cell(tmp_path: Path, style: int, text: str, expected: Cell) -> None:
    fonts = '<font/><font><color rgb="FFFFFFFF"/></font><font><vertAlign val="superscript"/></font>'
    formats = "".join(f'<xf numFmtId="0" fontId="{number}"/>' for number in range(4))
    styles = f"<styleSheet><fonts>{fonts}<font><strike/></font></fonts><cellXfs>{formats}</cellXfs></styleSheet>"
    row = f'<row r="1"><c r="A1" s="{style}" t="inlineStr"><is>{text}</is></c></row>'
    data = messy.xlsx(row, styles=styles)
    assert entries(messy.write(tmp_path, data, "return.xlsx")) == {(1, 1): expected}


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        (4858000, '0.0,,"m"', "4.9m"),
        (4858000, "#,##0,", "4,858"),
        (1500, '[>=1000000]0.0,,"m";[>=1000]0.0,"k";0', "1.5k"),
        (15, '[>=1000000]0.0,,"m";[>=1000]0.0,"k";0', ""),
        (0.9, '0.0"%"', "0.9%"),
        (0.9, r"0.0\%", "0.9%"),
        (0.5, "0%;-0%", "50%"),
        (5, '"-"0', "-5"),
        (-5, "0;0", "5"),
        (-5, "#,##0_);(#,##0)", "(5)"),
        (5, "#,##0_);(#,##0)", ""),
        (-3, "#,##0;[Red]-#,##0", ""),
        (1234.5, "[$£-809]#,##0.00", "£1,234.50"),
        (0, '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "-"),
        (1215, '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', ""),
        (7, "000", "007"),
        (2013, '00"/"00', "20/13"),
        (45, '0"."0', "4.5"),
        (5, '0"000"', "5000"),
        (12.5, ".0", ""),
        (5, ";;;", "nothing"),
        (0, "0;-0;;@", "nothing"),
        (5, 'General"m"', "5m"),
        (4.2, "+0.0;-0.0;0.0", "+4.2"),
        (5, '0.##" homes"', "5 homes"),
        (5.25, "# ?/?", ""),
        (1e12, "0.00E+00", ""),
        (0.04, "0.0;-0.0", ""),
    ],
)
def test_what_a_number_format_shows(number: float, code: str, shown: str) -> None:
    assert as_shown_by(number, code) == shown


SPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
FO = ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'


def style(name: str, parent: str = "", family: str = "table-cell", text: str = "", cell: str = "") -> str:
    properties = f"<style:text-properties {text}/>" if text else ""
    properties += f"<style:table-cell-properties {cell}/>" if cell else ""
    inherits = f' style:parent-style-name="{parent}"' if parent else ""
    return f'<style:style style:name="{name}" style:family="{family}"{inherits}>{properties}</style:style>'


def styled(styles: str, own: str, table: str) -> bytes:
    """An .ods with styles for the whole workbook, styles of its content, and a table."""
    parts = messy.unzipped(messy.ods(f'<table:table table:name="Entries">{table}</table:table>'))
    content = parts["content.xml"].decode()
    content = content.replace("<office:body>", f"<office:automatic-styles>{own}</office:automatic-styles><office:body>")
    space = ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    content = content.replace("<office:document-content", f"<office:document-content{space}{FO}", 1)
    whole = f"<office:document-styles{SPACES}{FO}><office:styles>{styles}</office:styles></office:document-styles>"
    return messy.zipped({**parts, "content.xml": content, "styles.xml": whole})


def figure(name: str = "") -> str:
    said = f' table:style-name="{name}"' if name else ""
    return f'<table:table-cell office:value-type="float" office:value="56"{said}><text:p>56</text:p></table:table-cell>'


def test_styles_of_an_ods_inherit_from_their_parents_rows_and_columns(tmp_path: Path) -> None:
    line = 'style:text-line-through-style="solid"'
    styles = "<style:default-style style:family='table-cell'>"
    styles += "<style:text-properties fo:color='#000000'/></style:default-style>"
    styles += style("Struck", text=line) + style("Bad", cell='fo:background-color="#ff0000"') + style("Plain")
    styles += style("Raised", family="text", text='style:text-position="super 58%"')
    own = style("ce1", "Struck", text='fo:font-weight="bold"') + style(
        "ce2", "ce1", text='style:text-position="0% 100%"'
    )
    own += style("ce3", "Struck", text='style:text-line-through-style="none"') + style("ce4", "Bad")
    own += style("ce5", "ce6") + style("ce6", "ce5") + style("T1", "Raised", "text", text='fo:font-size="8pt"')
    own += "<number:number-style xmlns:number='urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0'>"
    own += f"<style:text-properties {line}/></number:number-style>"
    footnote = '<table:table-cell office:value-type="string"><text:p>56<text:span text:style-name="T1">4</text:span>'
    table = '<table:table-column table:number-columns-repeated="2"/>'
    table += '<table:table-column table:default-cell-style-name="ce1"/><table:table-column/>'
    table += f"<table:table-row>{figure()}{figure('ce2')}{figure()}{figure('ce3')}</table:table-row>"
    table += f"<table:table-row>{footnote}</text:p></table:table-cell>{figure('ce4')}{figure('ce3')}{figure('ce5')}"
    table += f'</table:table-row><table:table-row table:default-cell-style-name="ce1">{figure()}{figure("Plain")}'
    path = messy.write(tmp_path, styled(styles, own, f"{table}</table:table-row>"), "return.ods")
    struck = Cell(56, looks=(PartLook("struck out", "56"),))
    plain = Cell(56)
    assert entries(path) == {
        (1, 1): plain,
        (1, 2): struck,
        (1, 3): struck,
        (1, 4): plain,
        (2, 1): Cell("56⁴", looks=(PartLook("raised", "4"),)),
        (2, 2): plain,
        (2, 3): plain,
        (2, 4): plain,
        (3, 1): struck,
        (3, 2): plain,
    }
    assert open_book(path).sheets["Entries"].fills == {(2, 2): "Red"}


ODF = "urn:oasis:names:tc:opendocument:xmlns:"
WHITE_FONT, CREAM_FONT = '<font><color rgb="FFFFFFFF"/></font>', '<font><color rgb="FFFFF8DC"/></font>'
GROUNDS = {
    "none": '<fill><patternFill patternType="none"/></fill>',
    "cream": '<fill><patternFill patternType="solid"><fgColor rgb="FFFFF8DC"/></patternFill></fill>',
    "dark": '<fill><patternFill patternType="solid"><fgColor rgb="FF1F3864"/></patternFill></fill>',
    "of the theme": '<fill><patternFill patternType="solid"><fgColor theme="4"/></patternFill></fill>',
    "black": '<fill><patternFill patternType="solid"><fgColor theme="1"/></patternFill></fill>',
}


@pytest.mark.parametrize(
    ("font", "ground", "hidden"),
    [
        (WHITE_FONT, "none", True),
        (WHITE_FONT, "cream", True),
        (CREAM_FONT, "cream", True),
        ('<font><color theme="0"/></font>', "none", True),
        ('<font><color theme="1"/></font>', "black", True),
        (WHITE_FONT, "dark", False),
        (WHITE_FONT, "of the theme", False),
        ('<font><color indexed="9"/></font>', "none", True),
        ('<font><color theme="0" tint="-0.5"/></font>', "none", False),
        ('<font><color rgb="FF808080"/></font>', "none", False),
        ("<font/>", "black", False),
        ("<font/>", "none", False),
    ],
)
def test_what_nobody_can_see_is_hidden_as_a_whole(tmp_path: Path, font: str, ground: str, hidden: bool) -> None:
    xf = '<xf numFmtId="0" fontId="0" fillId="0"/>'
    styles = f"<styleSheet><fonts>{font}</fonts><fills>{GROUNDS[ground]}</fills><cellXfs>{xf}</cellXfs></styleSheet>"
    row = '<row r="1"><c r="A1" s="0"><v>56</v></c><c r="B1" s="0" t="inlineStr"><is><t>Red</t></is></c></row>'
    seen = entries(messy.write(tmp_path, messy.xlsx(row, styles=styles), "return.xlsx"))
    looks = [(PartLook("hidden", part),) if hidden else () for part in ("56", "Red")]
    assert seen == {(1, 1): Cell(56, looks=looks[0]), (1, 2): Cell("" if hidden else "Red", looks=looks[1])}


def test_a_white_part_that_stands_alone_is_hidden_on_a_white_ground_only(tmp_path: Path) -> None:
    for ground, hidden in (("none", True), ("dark", False)):
        looks = f"<fonts><font/></fonts><fills>{GROUNDS[ground]}</fills>"
        styles = f'<styleSheet>{looks}<cellXfs><xf numFmtId="0" fontId="0" fillId="0"/></cellXfs></styleSheet>'
        row = f'<row r="1"><c r="A1" s="0" t="inlineStr"><is>{WHITE_RUN}</is></c></row>'
        expected = Cell("", looks=(PartLook("hidden", "white"),)) if hidden else Cell("white")
        assert entries(messy.write(tmp_path, messy.xlsx(row, styles=styles), f"{ground}.xlsx")) == {(1, 1): expected}


@pytest.mark.parametrize(
    ("code", "hidden"),
    [(";;;", True), ("0;-0;0;", True), ("0;0;0;&quot;@&quot;", True), ("0;-0;;@", False), (";;", False)],
)
def test_a_format_that_shows_no_text_hides_it(tmp_path: Path, code: str, hidden: bool) -> None:
    formats = f'<numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts>'
    styles = f'<styleSheet>{formats}<cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>'
    row = '<row r="1"><c r="A1" s="0" t="inlineStr"><is><t>Red</t></is></c></row>'
    expected = Cell("", looks=(PartLook("hidden", "Red"),)) if hidden else Cell("Red")
    assert entries(messy.write(tmp_path, messy.xlsx(row, styles=styles), "return.xlsx")) == {(1, 1): expected}


def test_a_white_font_on_an_unfilled_cell_of_an_xlsb_is_hidden(tmp_path: Path) -> None:
    parts = messy.unzipped(messy.xlsb([]))
    styles = messy.record(611) + font(colour=b"\5\0\0\0\xff\xff\xff\xff") + messy.record(612)
    styles += messy.record(45, pack("<IB", 0, 0) + bytes(60)) + messy.record(617)
    parts["xl/styles.bin"] = styles + messy.record(47, pack("<HHHH", 0, 0, 0, 0) + bytes(8)) + messy.record(618)
    start = messy.record(145) + messy.record(0, pack("<I", 0) + bytes(21))
    parts["xl/worksheets/sheet1.bin"] = start + messy.record(5, pack("<IId", 0, 0, 56.0)) + messy.record(146)
    held = entries(messy.write(tmp_path, messy.zipped(parts), "return.xlsb"))
    assert held == {(1, 1): Cell(56, looks=(PartLook("hidden", "56"),))}


def test_a_white_font_and_a_format_that_shows_nothing_are_hidden_in_an_ods(tmp_path: Path) -> None:
    spaces = f'xmlns:office="{ODF}office:1.0" xmlns:style="{ODF}style:1.0" xmlns:fo="{ODF}xsl-fo-compatible:1.0"'
    styles = (
        f'<office:document-styles {spaces}><style:style style:name="w" style:family="table-cell">'
        '<style:text-properties fo:color="#ffffff"/></style:style>'
        '<style:style style:name="d" style:family="table-cell" style:parent-style-name="w">'
        '<style:table-cell-properties fo:background-color="#1f3864"/></style:style></office:document-styles>'
    )
    cells = "".join(
        f'<table:table-cell table:style-name="{style}" office:value-type="float" office:value="56">'
        f"<text:p>{text}</text:p></table:table-cell>"
        for style, text in (("w", "56"), ("d", "56"), ("", ""))
    )
    cells += "".join(
        f'<table:table-cell office:value-type="string" office:string-value="Red">{text}</table:table-cell>'
        for text in ("<text:p/>", "<text:p>Green</text:p>", "<text:p> Red </text:p>", "")
    )
    table = f'<table:table table:name="Entries"><table:table-row>{cells}</table:table-row></table:table>'
    data = messy.zipped({**messy.unzipped(messy.ods(table)), "styles.xml": styles})
    held = entries(messy.write(tmp_path, data, "return.ods"))
    assert held == {
        (1, 1): Cell(56, looks=(PartLook("hidden", "56"),)),
        (1, 2): Cell(56),
        (1, 3): Cell(56, shown="nothing"),
        (1, 4): Cell("", looks=(PartLook("hidden", "Red"),)),
        (1, 5): Cell("", looks=(PartLook("hidden", "Red"),)),
        (1, 6): Cell("Red"),
        (1, 7): Cell("Red"),
    }


INDEXED_RUN = '<r><rPr><color indexed="{}"/></rPr><t>{}</t></r>'


def test_a_palette_of_the_workbooks_own_says_what_its_colours_are(tmp_path: Path) -> None:
    """Its first colours alone are its own here: of 8 (black once) to 10 (red once) the tenth is green."""
    own = "".join(f'<rgbColor rgb="FF{colour}"/>' for colour in ("000000",) * 8 + ("FFFFFF", "1F3864", "00B050"))
    fills = "".join(
        f'<fill><patternFill patternType="solid"><fgColor indexed="{number}"/></patternFill></fill>'
        for number in (8, 10, 10, 11)
    )
    fonts = '<font/><font><color indexed="8"/></font><font><color indexed="65"/></font>'
    looks = "".join(f'<xf fontId="{font}" fillId="{fill}"/>' for font, fill in ((0, 1), (0, 2), (1, 0), (2, 0), (0, 3)))
    tables = f"<fonts>{fonts}</fonts><fills>{fills}</fills><cellXfs>{looks}</cellXfs>"
    colours = f"<colors><indexedColors>{own}</indexedColors><mruColors/></colors>"
    runs = INDEXED_RUN.format(9, "seen ") + INDEXED_RUN.format(8, "hidden")
    cells = "".join(f'<c s="{style}"><v>5</v></c>' for style in range(5)) + f'<c t="inlineStr"><is>{runs}</is></c>'
    data = messy.xlsx(f"<row>{cells}</row>", styles=f"<styleSheet>{tables}{colours}</styleSheet>")
    path = messy.write(tmp_path, data, "return.xlsx")
    assert open_book(path).sheets["Entries"].fills == {(1, 1): "Green", (1, 2): "Green", (1, 5): "Green"}
    assert [cell.looks for cell in entries(path).values()] == [
        (), (), (PartLook("hidden", "5"),), (PartLook("hidden", "5"),), (), (PartLook("hidden", "hidden"),)
    ]  # fmt: skip


def test_a_palette_of_an_xlsbs_own_says_what_its_colours_are(tmp_path: Path) -> None:
    parts = messy.unzipped(messy.xlsb([]))
    styles = messy.record(611) + font(colour=b"\3\x09" + bytes(6)) + messy.record(612)
    styles += messy.record(45, pack("<I", 1) + b"\3\x0a" + bytes(66)) + messy.record(617)
    styles += messy.record(47, pack("<HHHH", 0, 0, 0, 0) + bytes(8)) + messy.record(618)
    own = bytes(40) + b"\x00\xb0\x50\xff"
    palette = b"".join(messy.record(475, own[at : at + 4]) for at in range(0, len(own), 4))
    parts["xl/styles.bin"] = styles + messy.record(473) + messy.record(565) + palette + messy.record(566)
    start = messy.record(145) + messy.record(0, pack("<I", 0) + bytes(21))
    parts["xl/worksheets/sheet1.bin"] = start + messy.record(5, pack("<IId", 0, 0, 56.0)) + messy.record(146)
    path = messy.write(tmp_path, messy.zipped(parts), "return.xlsb")
    assert open_book(path).sheets["Entries"].fills == {(1, 1): "Green"}
    assert entries(path) == {(1, 1): Cell(56)}


def test_a_pale_grey_is_seen_on_white_and_white_on_cream_is_not():
    assert not ink_on("D9D9D9", "FFFFFF").unseen
    assert ink_on("FFFFFF", "FFF8DC").unseen


def test_a_tint_that_is_no_number_leaves_the_colour_unknown():
    assert stored_colour(Element("color", theme="0", tint="x"), Colours(("FFFFFF",))) == ""
