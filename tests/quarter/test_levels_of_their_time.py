"""A measure's own levels, limits and stretch target over two quarters: in Data, read back, rated by when corrected."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from officers import fill, sign, table
from plans import AREA, OTHER_AREA, plan_of
from ragtool import columns as c
from ragtool.cli import run

Q1, Q2 = "2013/14 Q1", "2013/14 Q2"
HIGHER = {c.BETTER_WHEN: "Higher", "Target Q1": 100, "Target Q2": 100}
POINTS = {c.KEY: "P1", **HIGHER, c.INTERVENTION_LEVEL: "5 points", c.GREEN_WITHIN: "2 points"}
RANGE = {c.KEY: "P2", c.BETTER_WHEN: "In range", c.RANGE_LOW: 10, c.RANGE_HIGH: 20, c.RED_BELOW: 8, c.RED_ABOVE: 24}
STRICT = {c.KEY: "P3", **HIGHER, c.BETTER_WHEN: "More than", c.UNIT: "%", "Target Q1": "80%", "Target Q2": "80%"}
LINE = {c.KEY: "P4", c.BETTER_WHEN: "Higher", c.BASIS: "Year to date", c.PROFILE: "Straight line", c.ANNUAL_TARGET: 120}
INDEX = [
    {c.KEY: "P5", c.BETTER_WHEN: "Higher", c.INTERVENTION_LEVEL: "3 points"},
    {c.KEY: "P5", c.PART: "1", "Target Q1": 100, "Target Q2": 100},
    {c.KEY: "P5", c.PART: "2", "Target Q1": 0, "Target Q2": 0},
]
RATE = {c.KEY: "P6", c.BETTER_WHEN: "Higher", c.BASIS: "Year-to-date rate", c.ANNUAL_TARGET: 50}
FIRST = [
    {**POINTS, c.BENCHMARK: 97.5, c.BENCHMARK_IS: "CIPFA neighbours 2012/13"},
    RANGE, {**STRICT, c.STRETCH_TARGET: "95%"}, {**LINE, c.STRETCH_TARGET: 140}, *INDEX, RATE,
]  # fmt: skip
SECOND = [
    {**POINTS, c.INTERVENTION_LEVEL: "1 point", c.GREEN_WITHIN: None},
    {**RANGE, c.RED_ABOVE: 30}, STRICT, {**LINE, c.STRETCH_TARGET: 130}, *INDEX, RATE,
]  # fmt: skip


def quarter(folder: Path, when: str, measures: Any, figures: Mapping[str, object], corrections: Any = ()) -> Path:
    """A quarter's report of a plan whose return is filled and signed."""
    folder.mkdir(exist_ok=True)
    plan_of(folder, measures=measures)
    assert run(["templates", str(folder), "--quarter", when]) in (0, 1)
    name = when.replace("/", "-")
    for area in (AREA, OTHER_AREA):
        if (path := folder / "returns" / f"{name} {area}.xlsx").exists():
            sign(path)
    path = folder / "returns" / f"{name} {AREA}.xlsx"
    for item, figure in figures.items():
        key, _, part = item.partition("/")
        fill(path, "Measures", {c.PERFORMANCE: figure, c.DATA_STATUS: "Final"}, key=key, part=part)
    for entry in corrections:
        fill(path, "Revisions", {c.QUARTER: Q1, c.REASON: "Audited", **entry})
    assert run(["consolidate", str(folder), "--no-panels", "--no-pack"]) in (0, 1)
    return folder / f"{name} performance report.xlsx"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The reports of two quarters; in the second, the plan has other levels and the first quarter's figures change."""
    folder = tmp_path_factory.mktemp("levels")
    figures = {"P1": 99, "P2": 24.5, "P3": 0.8, "P4": 36, "P5/1": 96, "P5/2": 0, "P6": 45}
    first = quarter(folder / "2013-14 Q1", Q1, FIRST, figures)
    assert run(["next", str(folder / "2013-14 Q1")]) in (0, 1)
    now = {"P1": 98, "P2": 22, "P3": 0.79, "P4": 65, "P5/1": 98, "P5/2": 1, "P6": 44}
    corrections = [
        {c.KEY: key, c.PART: part, c.REVISED_PERFORMANCE: figure}
        for key, part, figure in (
            ("P1", None, 95), ("P2", None, 24), ("P3", None, "96%"), ("P4", None, 34.9), ("P5", "2", -1)
        )
    ]  # fmt: skip
    second = quarter(folder / "2013-14 Q2", Q2, SECOND, now, corrections)
    return first, second


def rows(path: Path, quarter: str) -> dict[str, dict[str, Any]]:
    """A quarter's rows of Data, by key and part."""
    return {
        f"{row[c.KEY]}/{row[c.PART]}" if row[c.PART] else row[c.KEY]: row
        for row in table(path, "Data")
        if row[c.QUARTER] == quarter
    }


def test_data_has_what_each_was_rated_by(reports):
    data = rows(reports[0], Q1)
    named = (c.RAG, c.INTERVENTION_LEVEL, c.GREEN_WITHIN, c.RED_BELOW, c.RED_ABOVE, c.STRETCH_TARGET, c.BENCHMARK)
    assert {key: tuple(row[heading] for heading in named) for key, row in data.items()} == {
        "P1": ("G", "5 points", "2 points", None, None, None, 97.5),
        "P2": ("R", None, None, 8, 24, None, None),
        "P3": ("A", 0.15, 0, None, None, 0.95, None),
        "P4": ("B", 0.15, 0, None, None, 35, None),
        "P5": ("A", 0.15, 0, None, None, None, None),
        "P5/1": ("R", "3 points", 0, None, None, None, None),
        "P5/2": ("G", "3 points", 0, None, None, None, None),
        "P6": ("A", 0.15, 0, None, None, None, None),
    }


def test_the_measures_sheet_shows_the_benchmark_and_what_must_be_bettered(reports):
    shown = {row[c.KEY]: row for row in table(reports[0], "Measures") if not row[c.PART]}
    assert (shown["P1"][c.BENCHMARK], shown["P1"][c.BENCHMARK_IS]) == (97.5, "CIPFA neighbours 2012/13")
    assert (shown["P1"][c.INTERVENTION_LEVEL], shown["P3"][c.TARGET]) == ("5 points", "more than 80 %")


def test_the_return_says_what_figure_is_wanted(reports):
    page = load_workbook(reports[0].parent / "returns" / f"2013-14 Q1 {AREA}.xlsx")["Measures"]
    headings = [cell.value for cell in page[2]]
    wanted = {row[0]: row for row in page.iter_rows(min_row=3, values_only=True) if not row[1]}
    said = {key: row[headings.index(c.TARGET)] for key, row in wanted.items()}
    assert (said["P3"], said["P4"]) == ("more than 80 % (stretch 95 %)", "30 (stretch 35)")
    assert wanted["P1"][headings.index(c.INTERVENTION_LEVEL)] == "5 points"


def test_a_corrected_quarter_is_rated_by_the_levels_of_its_time(reports):
    data = rows(reports[1], Q1)
    assert {key: data[key][c.RAG] for key in ("P1", "P2", "P3", "P4", "P5", "P5/2")} == {
        "P1": "A",  # 5 points short, which the plan now makes Red
        "P2": "A",  # at the limit of 24
        "P3": "B",  # past the stretch target that the plan has no more
        "P4": "G",  # short of 35, past what the plan now stretches to
        "P5": "R",  # a part missed a target of 0
        "P5/2": "A",  # by less than its 3 points
    }
    kept = (c.INTERVENTION_LEVEL, c.GREEN_WITHIN, c.RED_ABOVE, c.STRETCH_TARGET, c.BENCHMARK)
    before = rows(reports[0], Q1)
    assert all(data[key][heading] == before[key][heading] for key in data for heading in kept)
    assert data["P1"][c.WHY].endswith("5 points worse, exactly at the intervention level of 5 points.")


def test_the_quarter_itself_is_rated_by_the_plan_as_it_is_now(reports):
    assert {key: row[c.RAG] for key, row in rows(reports[1], Q2).items()} == {
        "P1": "R", "P2": "A", "P3": "A", "P4": "B", "P5": "A", "P5/1": "A", "P5/2": "G", "P6": "A",
    }  # fmt: skip


def test_what_the_plan_changed_without_a_word_is_listed(reports):
    changed = {(row[c.KEY], row[c.FIELD], row[c.WAS], row[c.NOW]) for row in table(reports[1], "Revisions")}
    assert changed >= {
        ("P1", c.INTERVENTION_LEVEL, "5 points", "1 point"),
        ("P1", c.GREEN_WITHIN, "2 points", "0 %"),
        ("P2", c.RED_ABOVE, "24", "30"),
        ("P3", c.STRETCH_TARGET, "95 %", "blank"),
        ("P4", c.STRETCH_TARGET, "35", "32.5"),
    }
    assert not any(key == "P5" and field == c.INTERVENTION_LEVEL for key, field, _, _ in changed)


def test_a_rate_of_the_year_so_far_may_fall_and_compares_with_the_last_quarter(reports):
    shown = {row[c.KEY]: row for row in table(reports[1], "Measures") if not row[c.PART]}
    assert shown["P6"][c.DIRECTION] == "↓ Worse than 2013/14 Q1"
    queries = [row[c.PROBLEM] for row in table(reports[1], "Queries") if row[c.KEY] == "P6"]
    assert not any("less than" in problem for problem in queries)
