"""The committed workbooks are what their script writes, and the sample quarter comes to what was published."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import make_samples
from messy import unzipped
from officers import table
from ragtool import columns as c
from ragtool.cli import run
from small_quarter import report_of

CHECKOUT = make_samples.CHECKOUT


def parts(path: Path) -> dict[str, bytes]:
    """A workbook's parts; the zip around them differs between versions of Python."""
    return unzipped(path.read_bytes())


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All committed workbooks, written afresh."""
    folder = tmp_path_factory.mktemp("checkout")
    make_samples.write_all(folder)
    return folder


@pytest.fixture
def report(sample_2013: Path) -> Path:
    """The report of the sample quarter."""
    return report_of(sample_2013)


def test_the_committed_workbooks_are_what_the_script_writes(written):
    names = {str(path.relative_to(written)) for path in written.rglob("*.xlsx")}
    committed = {
        str(path.relative_to(CHECKOUT))
        for folder in ("samples", "workbook_templates")
        for path in (CHECKOUT / folder).rglob("*.xlsx")
    }
    assert names == committed
    for name in sorted(names):
        assert parts(written / name) == parts(CHECKOUT / name), name


def test_new_writes_the_committed_blank_plan(tmp_path):
    run(["new", str(tmp_path / "quarter")])
    assert parts(tmp_path / "quarter" / "corporate_plan.xlsx") == parts(
        CHECKOUT / "workbook_templates" / "corporate_plan.xlsx"
    )


def items(report: Path, kind: str) -> list[dict[str, object]]:
    return [row for row in table(report, "Data") if row[c.KIND] == kind and row[c.PART] is None]


def test_the_sample_comes_to_the_published_figures(report):
    actions, measures = items(report, "Key action"), items(report, "Measure")
    assert Counter(row[c.RAG] for row in actions) == {"G": 36, "R": 5, "TBC": 1}
    assert Counter(row[c.RULE_RAG] for row in actions) == {"G": 37, "R": 4, "TBC": 1}
    assert Counter(row[c.RAG] for row in measures) == {"G": 14, "A": 5, "R": 3, "TBC": 3}


def test_the_sample_has_every_item_of_the_published_report(report):
    rows = table(report, "Data")
    assert (len(items(report, "Key action")), len(items(report, "Measure"))) == (42, 25)
    assert sum(row[c.PART] is not None for row in rows) == 16
    assert len(table(report, "Milestones")) == 164


def test_the_own_ratings_that_differ_are_k41_and_p8(report):
    contradictions = [row for row in table(report, "Exceptions") if row[c.REASON] == "Contradiction"]
    own = [row for row in contradictions if str(row[c.DETAIL]).startswith("Own rating")]
    assert [(row[c.KEY], str(row[c.DETAIL]).partition(":")[0]) for row in own] == [
        ("K41", "Own rating Red, rule Green"),
        ("P8", "Own rating Green, rule Amber"),
    ]


def test_what_the_published_report_contradicts_is_listed_with_its_evidence(report):
    details = {(row[c.KEY], str(row[c.DETAIL]).partition(":")[0]) for row in table(report, "Exceptions")}
    assert {key for key, kind in details if kind == "Periods differ"} == {"P8", "P11"}
    assert {key for key, kind in details if kind == "Percentage stated"} == {"P7", "P9"}


def test_the_sample_escalates_what_was_published_as_red(report):
    reasons = {(row[c.REASON], row[c.KEY]) for row in table(report, "Exceptions")}
    assert {key for reason, key in reasons if reason == "Escalated"} == {"P5", "P17", "P19"}
    assert {key for reason, key in reasons if reason == "Red part"} == {"P14"}
    assert {key for reason, key in reasons if reason == "Overdue milestone"} == {"K24", "K26", "K28", "K29"}


def test_parts_of_other_areas_come_from_those_areas_returns(report):
    rows = {(row[c.KEY], str(row[c.PART])): row for row in table(report, "Data")}
    assert "Children's Social Care" in rows["P14", "4"][c.SOURCE]
    assert "Homes and Communities" in rows["P15", "2"][c.SOURCE]


def test_a_key_action_without_a_milestone_shows_only_what_the_plan_says_of_it(report):
    actions = {row[c.KEY]: row for row in table(report, "Key actions") if row[c.KEY]}
    assert (actions["K30"][c.STATUS], actions["K41"][c.STATUS]) == ("Under development", None)
