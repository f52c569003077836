"""The least that any program must do: python floor.py SIZES OUT RETURNS

Reads the return RETURNS, or all in that folder, with python-calamine and writes into the folder OUT as many cells as
SIZES says with XlsxWriter: what was read, over and over. SIZES is JSON: of each workbook, of each sheet, its cells and
its rows.
"""

import json
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet


def read(path: Path) -> Iterator[str | float]:
    """The texts and numbers of a return."""
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).to_python():
            yield from (value for value in row if isinstance(value, str | float) and value != "")


def write(page: Worksheet, cells: int, rows: int, values: Iterator[str | float]) -> None:
    """Writes so many cells, spread over so many rows."""
    width = -(-cells // max(rows, 1))
    for number in range(cells):
        row, column = divmod(number, width)
        value = next(values)
        if isinstance(value, str):
            page.write_string(row, column, value)
        else:
            page.write_number(row, column, value)


def main(sizes: Path, out: Path, returns: Path) -> None:
    """Reads the returns, then writes the workbooks."""
    paths = sorted(returns.glob("*.xlsx")) if returns.is_dir() else [returns]
    values = cycle([value for path in paths for value in read(path)])
    out.mkdir()
    for number, sheets in enumerate(json.loads(sizes.read_text(encoding="utf-8"))):
        with Workbook(out / f"{number}.xlsx", {"in_memory": True}) as book:
            for cells, rows in sheets:
                write(book.add_worksheet(), cells, rows, values)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
