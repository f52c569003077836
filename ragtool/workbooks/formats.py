"""What a file is, told by its content: one of the workbook formats, or something else that has a name."""

from __future__ import annotations

import re
from enum import StrEnum

from ragtool.workbooks.book import NotAWorkbook
from ragtool.workbooks.bounds import AGAIN
from ragtool.workbooks.ole2 import SIGNATURE, CompoundFile
from ragtool.workbooks.package import CUT_SHORT, DAMAGED, PROTECTED, Package

ZIP = b"PK\x03\x04"
OLD_BIFF = (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")
"""How an .xls begins that isn't wrapped in OLE2: Excel 4 and older, and some programs' exports."""

MAIN_PARTS = (
    ("sheet.binary", "xlsb"),
    ("sheet.macroenabled", "xlsm"),
    ("template.macroenabled", "xlsm"),
    ("addin.macroenabled", "xlsm"),
    ("spreadsheetml", "xlsx"),
)
"""The formats by what the main part's content type says, in lower case."""

OTHER_PARTS = (
    ("wordprocessingml", "a Word document"),
    ("ms-word", "a Word document"),
    ("presentationml", "a PowerPoint presentation"),
    ("ms-powerpoint", "a PowerPoint presentation"),
    ("visio", "a Visio drawing"),
)

OTHER_DOCUMENTS = (
    ("worddocument", "a Word document"),
    ("powerpoint document", "a PowerPoint presentation"),
    ("visiodocument", "a Visio drawing"),
    ("__properties_version1.0", "an Outlook message"),
)
"""What an OLE2 file is by the streams in it, their names in lower case."""

SIGNATURES = (
    (rb"%PDF", "a PDF document"),
    (rb"\{\\rtf", "a Word document (rich text)"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|....ftyp(heic|heix|mif1)", "a picture"),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b", "an archive"),
    (rb"L\0\0\0\x01\x14\x02\0|\[InternetShortcut\]", "a shortcut"),
    (rb"\s*\{\s*\"(url|doc_id|:)", "a shortcut to a Google Sheet"),
    (rb"MIME-Version:", "a web page in one file (.mht) or a message"),
    (rb"From:|Received:", "a message"),
    (rb"ID;P", "a SYLK file"),
    (rb"TABLE\r?\n0,1", "a DIF file"),
)
"""Other files by how they begin, as patterns; the first that fits counts."""

MARKUP = (
    (rb"urn:schemas-microsoft-com:office:spreadsheet", "an XML Spreadsheet 2003"),
    (rb"urn:oasis:names:tc:opendocument", "a flat OpenDocument file"),
    (rb"<(!doctype\s+html|html|head|body|table|meta)\b", "a web page"),
    (rb"<\?xml", "an XML file"),
)
"""Other files that begin with `<`, by what stands near their beginning."""


ONE_SHEET = "It keeps one sheet alone: open the workbook that it was saved from, save that as .xlsx and send it again."

TO_DO = (
    ("a flat", "Open it in LibreOffice, save it as .xlsx and send that."),
    ("a shortcut to a Google", "Open it in Google Sheets, choose File > Download > Microsoft Excel and send that."),
    ("a shortcut", "Ask for the workbook itself."),
    ("a text file", ONE_SHEET),
    ("a SYLK", ONE_SHEET),
    ("a DIF", ONE_SHEET),
    ("a web page", AGAIN),
    ("an XML", AGAIN),
)
"""What to do with other kinds of save, by how their names begin."""


class Format(StrEnum):
    """The formats that are read."""

    XLSX = "xlsx"
    STRICT = "strict xlsx"
    XLSM = "xlsm"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"

    @property
    def extension(self) -> str:
        """How the name of such a file ends."""
        return ".xlsx" if self is Format.STRICT else f".{self.value}"


EXTENSIONS = tuple(dict.fromkeys(each.extension for each in Format))
"""How the names of workbooks end."""


def is_zip(data: bytes) -> bool:
    """Whether a file begins as a zip does."""
    return data.startswith(ZIP)


def is_ole2(data: bytes) -> bool:
    """Whether a file begins as OLE2 does."""
    return data.startswith(SIGNATURE)


def no_wrapping(data: bytes) -> Format:
    """The format of a file that is neither zip nor OLE2: a bare .xls. Raises NotAWorkbook, saying what else it is."""
    if data.startswith(OLD_BIFF):
        return Format.XLS
    if SIGNATURE.startswith(data) or ZIP.startswith(data):
        raise NotAWorkbook(CUT_SHORT)
    if not data.strip(b"\0"):
        raise NotAWorkbook("The file holds nothing but zeros: it was never copied whole. Ask for it to be sent again.")
    raise another(what_it_is(data))


def another(what: str) -> NotAWorkbook:
    """The refusal of a file that is something else, and how to make a workbook of it."""
    to_do = next((to_do for start, to_do in TO_DO if what.startswith(start)), "Ask for the workbook itself.")
    return NotAWorkbook(f"The file is {what}, not a workbook. {to_do}")


def ole2_format(file: CompoundFile) -> Format:
    """The format of an OLE2 file: .xls. Raises NotAWorkbook, saying what else it is."""
    if "encryptedpackage" in file.top:
        if b"D\0R\0M\0E\0n\0c\0r\0y\0p\0t\0e\0d\0" in file.data:
            raise NotAWorkbook(
                "The file is restricted by a sensitivity label or rights management. Ask for a copy without it "
                "(in Excel: File > Info > Protect Workbook > Restrict Access > Unrestricted Access)."
            )
        raise NotAWorkbook(PROTECTED)
    if "workbook" in file.top or "book" in file.top:
        return Format.XLS
    for stream, what in OTHER_DOCUMENTS:
        if stream in file.top:
            raise another(what)
    raise NotAWorkbook(DAMAGED)


def what_it_is(data: bytes) -> str:
    """The name of a file that is neither zip nor OLE2: a PDF document, a web page, a text file ..."""
    for pattern, what in SIGNATURES:
        if re.match(pattern, data, re.DOTALL):
            return what
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    start = data[:4096].decode(encoding, "replace").strip()
    if start.startswith("<"):
        for pattern, what in MARKUP:
            if re.search(pattern.decode(), start, re.IGNORECASE):
                return what
    if sum(character < " " and character not in "\t\r\n" for character in start) == 0:
        return "a text file (such as CSV)"
    return "of a kind that isn't known"


def zip_format(package: Package, main_type: str, strict: bool) -> Format:
    """The format of a zip, by the content type of its main part ('' where it has none).

    Raises NotAWorkbook, saying what else it is.
    """
    kind = main_type.casefold()
    for mark, format_ in MAIN_PARTS:
        if mark in kind:
            return Format.STRICT if strict and format_ == "xlsx" else Format(format_)
    for mark, what in OTHER_PARTS:
        if mark in kind:
            raise another(what)
    if "content.xml" in package:
        return opendocument_format(package)
    if any(name.endswith(".iwa") or name == "index.zip" for name in package.parts):
        raise NotAWorkbook("The file is made by Apple Numbers. Choose File > Export To > Excel and send that.")
    if any(name.endswith(EXTENSIONS) for name in package.parts):
        raise NotAWorkbook("The file is a zip folder with workbooks in it. Take them out and send each on its own.")
    if "[content_types].xml" in package or "xl/workbook.xml" in package:
        raise NotAWorkbook(DAMAGED)
    raise another("a zip archive")


def opendocument_format(package: Package) -> Format:
    """ODS, or a refusal of another OpenDocument file or of one with a password."""
    if "meta-inf/manifest.xml" in package and b"encryption-data" in package.read("meta-inf/manifest.xml"):
        raise NotAWorkbook(
            "The file is protected by a password. Remove it (in LibreOffice: File > Save As, without "
            "Save with password) and send it again."
        )
    kind = package.read("mimetype")[:200].decode("ascii", "replace") if "mimetype" in package else "spreadsheet"
    if "spreadsheet" in kind:
        return Format.ODS
    for mark, what in (("text", "a text document"), ("presentation", "a presentation"), ("", "a drawing")):
        if mark in kind:
            raise another(f"{what} (OpenDocument)")
    raise NotAWorkbook(DAMAGED)
