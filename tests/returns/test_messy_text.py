"""Text that begins like a formula, and names that look like links, stay text wherever they come out."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import pytest

from messy import unzipped
from officers import columns_of
from ragtool import columns as c
from ragtool.returns.one_return import read_return
from small_quarter import Quarter, edit, report_of, type_in

TOKEN = "HYPERLINKEVIL"
STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r\n=",
    " =",
    "\u200b=",
    "=HYPERLINK(",
    "http://",
    "mailto:",
    "internal:",
    "external:",
)


def hostile(start: str) -> str:
    return f"{start}cmd|'/C calc'!{TOKEN}"


def typed_everywhere(book: Any) -> None:
    """Types a hostile text into every entry that takes text, a foreign row's key, a note and a heading."""
    texts = map(hostile, itertools.cycle(STARTS))
    free = {c.REASON_OWN, c.RESOLUTION, c.HIGHLIGHT, c.PERIOD, c.DATA_SOURCE, c.BY_WHEN, c.ACTION_PLAN, c.BUSINESS_PLAN}
    for sheet in ("Key actions", "Milestones", "Measures"):
        page = book[sheet]
        last = max(row for row in range(3, page.max_row + 1) if page.cell(row, 1).value)
        for heading, column in columns_of(page).items():
            if heading in free:
                for row in range(3, last + 1):
                    as_text(page.cell(row, column), next(texts))
        as_text(page.cell(last + 2, 1), next(texts))
        as_text(page.cell(last + 2, 3), next(texts))
        as_text(page.cell(2, page.max_column + 2), next(texts))
        as_text(page.cell(3, page.max_column), next(texts))
    for column, value in enumerate(("K1", next(texts), "2013/14 Q3"), 1):
        as_text(book["Next milestones"].cell(3, column), value)
    for column, value in ((1, "M1"), (3, "2013/14 Q1"), (4, next(texts)), (5, next(texts))):
        as_text(book["Revisions"].cell(3, column), value)
    for row in range(3, 8):
        as_text(book["Sign-off"].cell(row, 2), next(texts))
    as_text(book["Measures"]["K3"], next(texts))
    as_text(book["Measures"]["C4"], next(texts))
    as_text(book["Milestones"]["H3"], next(texts))


def as_text(cell: Any, value: str) -> None:
    cell.value = value
    cell.data_type = "s"


def test_hostile_text_stays_text_in_every_output(quarter: Quarter) -> None:
    edit(quarter.highways, typed_everywhere)
    quarter.highways.rename(quarter.highways.with_name(f"=cmd {TOKEN}.xlsx"))
    done = quarter.run("consolidate", quarter.folder)
    assert done.status == 1
    said = [row[c.HIGHLIGHT] for row in done.table("Measures") if str(row[c.HIGHLIGHT]).endswith(TOKEN)]
    assert len(said) == 5  # M1, M2, P1 and its parts
    assert quarter.run("next", quarter.folder).status in (0, 1)
    made = [*quarter.folder.rglob("*.xlsx"), *(quarter.folder.parent / "2013-14 Q3").rglob("*.xlsx")]
    assert report_of(quarter.folder) in made
    for path in set(made) - set((quarter.folder / "returns").glob("*.xlsx")):
        assert_only_text(path)


@pytest.mark.parametrize("start", STARTS)
def test_hostile_text_comes_through_as_it_was_typed(quarter: Quarter, start: str) -> None:
    type_in(quarter.finance, "Measures", "W3", hostile(start))
    read = read_return(quarter.finance, None).measures[0].highlight
    assert read == hostile(start).strip().lstrip("\u200b")


def assert_only_text(path: Path) -> None:
    """The hostile text stands in no formula, link, name or validation of a workbook."""
    for name, part in unzipped(path.read_bytes()).items():
        xml = part.decode("utf-8", "replace")
        pieces = re.findall(
            r"<(?:\w+:)?f\b[^>]*>.*?</(?:\w+:)?f>|<definedName.*?</definedName>|<hyperlink [^>]*>", xml, re.DOTALL
        )
        pieces += re.findall(r'Target="[^"]*"', xml) if name.endswith(".rels") else []
        pieces += re.findall(r"<formula\d?>.*?</formula\d?>", xml, re.DOTALL)
        assert not [piece for piece in pieces if TOKEN in piece], (path.name, name)
