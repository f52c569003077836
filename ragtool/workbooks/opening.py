"""A workbook's cells as they were stored: values, errors and formulas without a result, never a guess.

Each format has a module that reads it (xlsx, xlsb, xls, ods); formats tells them apart by content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path

from ragtool.errors import RagtoolError
from ragtool.workbooks import formats, ods, xlsb, xlsx
from ragtool.workbooks.book import Book, Cell, NotAWorkbook, SheetCells, Value
from ragtool.workbooks.bounds import RETURN, BoundsOf, return_bounds
from ragtool.workbooks.custom_properties import custom_properties
from ragtool.workbooks.foreign import foreign_parts
from ragtool.workbooks.formats import Format
from ragtool.workbooks.main_part import main_part
from ragtool.workbooks.ole2 import CompoundFile
from ragtool.workbooks.package import DAMAGED, Package
from ragtool.workbooks.stored import Filling

__all__ = ["Book", "Cell", "NotAWorkbook", "SheetCells", "Value", "open_book", "read_bytes", "read_into"]


def read_bytes(path: Path, largest: int = RETURN.file) -> bytes:
    """A file's bytes. Raises RagtoolError where it can't be opened, such as when another program locks it, and
    NotAWorkbook where they are more than `largest`.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe, from which nothing may ever come
        raise RagtoolError(f"{path} is no file but a connection between programs. Name the workbook itself.")
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except FileNotFoundError:
        raise RagtoolError(f"There is no file {path}. Check the name and the folder.") from None
    except (IsADirectoryError, PermissionError):  # Windows knows only the second
        if path.is_dir():
            raise RagtoolError(f"{path} is a folder, not a file. Name the workbook in it.") from None
        raise RagtoolError(
            f"{path} can't be opened: it may be open in another program. Close it and run again."
        ) from None
    except OSError as problem:
        why = problem.strerror or problem
        raise RagtoolError(f"{path} can't be read ({why}). Check the disk or network drive, and run again.") from None
    if len(data) > largest:
        raise NotAWorkbook(
            f"The file is larger than {largest // 1_000_000} MB, far more than a return or a plan. "
            "Delete what doesn't belong to it, pictures above all, and send it again."
        )
    return data


def open_book(path: Path, bounds_of: BoundsOf = return_bounds, only: Collection[str] = ()) -> Book:
    """Reads the workbook at `path`, whatever its extension; with `only`, the sheets that have one of these names.

    Raises NotAWorkbook where its bytes are none that can be read, RagtoolError where it won't open.
    """
    data = read_bytes(path, bounds_of(0).file)
    if not data:
        raise NotAWorkbook("The file is empty. Ask for it to be saved and sent again.")
    filling = Filling(bounds_of(len(data)), only)
    try:
        form, properties = read_into(filling, data)
    except NotAWorkbook:
        raise
    except Exception as problem:  # a broken file breaks its reader in ways that can't be listed
        raise NotAWorkbook(DAMAGED) from problem
    if not (filling.sheets or filling.left_out):
        raise NotAWorkbook("The file has no sheet with cells. Ask for the workbook itself.")
    wrong = path.suffix.casefold() != form.extension
    return Book(
        path.name,
        hashlib.sha256(data).hexdigest(),
        filling.sheets,
        properties,
        form.value,
        wrong,
        tuple(sorted(filling.foreign)),
    )


def read_into(filling: Filling, data: bytes) -> tuple[Format, dict[str, str]]:
    """Reads every sheet into `filling`; gives the format and the custom properties, which an .xls keeps elsewhere."""
    if not formats.is_zip(data):
        if formats.is_ole2(data):
            file = CompoundFile(data)
            form = formats.ole2_format(file)
            data = file.stream("Workbook" if "workbook" in file.top else "Book")
        else:
            form = formats.no_wrapping(data)
        from ragtool.workbooks import xls  # xlrd is large and .xls is rare: it is loaded when one comes

        xls.read_xls(data, filling)
        return form, {}
    package = Package(data, filling.bounds, filling.work)
    main = main_part(package)
    form = formats.zip_format(package, main.content_type, main.strict)
    if form is Format.ODS:
        ods.read_ods(package, filling)
        return form, ods.user_properties(package)
    if form is Format.XLSB:
        xlsb.read_xlsb(package, main.name, filling)
    else:
        xlsx.read_xlsx(package, main.name, filling)
    filling.foreign.update(foreign_parts(package, main.name))
    return form, custom_properties(package)


def cells_of(data: bytes) -> Mapping[str, SheetCells]:
    """The sheets of a workbook by name, from its bytes."""
    filling = Filling()
    read_into(filling, data)
    return filling.sheets
