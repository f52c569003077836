"""The illustrative sample of 2015/16 runs end to end, and keeps what the published report still tells."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from messy import unzipped
from officers import seen, table
from ragtool import columns as c

pytestmark = pytest.mark.filterwarnings("ignore:Sparkline")
NAME = "2015-16 Q2"
CARING = [f"K{number}" for number in (21, 23, 31, 46, 47, 48, 49, 50, 51)]
CARING += [f"P{number}" for number in (14, 15, 16, 20, 21, 22, 28, 29, 30)]
"""The panel's items, in the order of the published allocation and of the plan."""
NEW = {"2013/14": {"K46", "K47", "K48", "K49", "K50", "K51"}, "2014/15": {"P28", "P29", "P30"}}
"""What the published history shows as New in a year's review; all that was reported in the year is OK."""
KEY_ACTIONS = {
    "Co-operative Board": "K6, K7, K39, K40, K41",
    "Your Plymouth": "K1, K2, K22, K24, K25, K26, K29, K30, K43, K52",
    "Working Plymouth": "K3, K4, K5, K12, K13, K16, K18, K32, K36, K37, K44",
    "Caring Plymouth": "K21, K23, K31, K46, K47, K48, K49, K50, K51",
    "Ambitious Plymouth": "K14, K15, K19, K27a, K27b, K45",
}
"""The published allocation."""


@pytest.fixture(scope="module")
def folder(sample_2015: Path) -> Path:
    """The sample, consolidated."""
    return sample_2015


@pytest.fixture(scope="module")
def report(folder: Path) -> Path:
    return folder / f"{NAME} performance report.xlsx"


@pytest.fixture(scope="module")
def panel(folder: Path) -> Path:
    return folder / "panels" / f"{NAME} Caring Plymouth.xlsx"


def test_it_has_every_item_of_the_published_report(report):
    rows = [row for row in table(report, "Data") if row[c.QUARTER] == "2015/16 Q2" and not row[c.PART]]
    assert sum(row[c.KIND] == "Key action" for row in rows) == 41
    assert sum(row[c.KIND] == "Measure" for row in rows) == 33


def test_panels_says_which_of_each_panels_items_are_red_and_amber(report):
    shares = {row[c.PANEL]: row for row in table(report, "Panels")}
    mine = shares["Ambitious Plymouth"]
    assert mine[c.RED_ITEMS].startswith("K15 City skills plan to match growth agenda; P11 Schools")
    assert mine[c.RED] == 2
    assert [each.split()[0] for each in mine[c.AMBER_ITEMS].split("; ")] == ["K19", "K27b"]


def test_every_panels_cover_has_the_published_allocation(folder):
    for name in KEY_ACTIONS:
        cover = seen((folder / "panels" / f"{NAME} {name}.xlsx").read_bytes())["Cover"]
        texts = [tuple(cell.value for cell in row) for row in cover.iter_rows()]
        assert {row[0]: row[1] for row in texts if row[0] in KEY_ACTIONS} == KEY_ACTIONS
        assert any(str(row[0]).startswith("Remit: ") for row in texts)


def test_the_panels_history_has_three_years_and_the_published_reviews(panel):
    rows = {row[c.KEY]: row for row in table(panel, "Quarterly history")}
    years = [heading.removesuffix(" Review") for heading in rows[CARING[0]] if heading.endswith(" Review")]
    assert years == ["2013/14", "2014/15", "2015/16"]
    assert list(rows) == CARING
    for year, new in NEW.items():
        for key, row in rows.items():
            quarters = [row[f"{year} Q{number}"] for number in range(1, 5)]
            came_later = key in new or not any(value not in (None, "–") for value in quarters)
            expected = "New" if key in new else None if came_later else "OK"
            assert row[f"{year} Review"] == expected, (key, year)


def test_every_page_says_that_it_is_illustrative(report, panel):
    for path in (report, panel):
        for sheet in seen(path.read_bytes()):
            head = sheet.oddHeader
            assert head is not None
            assert "Illustrative" in str(head.center.text), sheet.title


def test_nothing_of_another_panels_items_is_in_the_panels_file(report, panel):
    others = set()
    for sheet, headings in (
        ("Milestones", (c.MILESTONE,)),
        ("Exceptions", (c.DETAIL,)),
        ("Measures", (c.WHY, c.HIGHLIGHT)),
        ("Next quarter", (c.MILESTONE,)),
    ):
        rows = table(report, sheet)
        mine = {row[heading] for row in rows if row[c.KEY] in CARING for heading in headings}
        others |= {row[heading] for row in rows for heading in headings if row[heading]} - mine
    assert len(others) > 100
    parts = unzipped(panel.read_bytes()).values()
    held = "\n".join(html.unescape(part.decode("utf-8", "replace")) for part in parts)
    assert [text for text in others if len(str(text)) > 20 and str(text) in held] == []


def test_the_summary_counts_every_item_by_both_directions(report):
    shown = " ".join(str(row[0].value) for row in seen(report.read_bytes())["Summary"].iter_rows() if row[0].value)
    counts = re.findall(r"(Key actions|Performance measures), against [a-z ]+: (\d+ better[^.]*)\.", shown)
    assert [name for name, _ in counts] == ["Key actions"] * 2 + ["Performance measures"] * 2
    totals = [sum(int(word) for word in text.replace(";", " ").split() if word.isdigit()) for _, text in counts]
    assert totals == [41, 41, 33, 33]


def test_columns_of_data_that_only_the_next_run_reads_are_not_printed(report):
    sheet = seen(report.read_bytes())["Data"]
    headings = [cell.value for cell in sheet[1]]
    only_read = c.ReportSheets.DATA_FOR_THE_NEXT_RUN
    assert tuple(headings[-len(only_read) :]) == only_read
    last = str(sheet.print_area).rsplit("$", 2)[1]
    printed = headings[: headings.index(sheet[f"{last}1"].value) + 1]
    assert {c.KEY, c.DESCRIPTION, c.RAG, c.PERFORMANCE, c.TARGET} < set(printed)
    assert not set(only_read) & set(printed)
