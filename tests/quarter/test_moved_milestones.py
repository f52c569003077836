"""A milestone that the plan moved to another quarter, by a decision: it wasn't carried forward, and nothing says so."""

from __future__ import annotations

import pytest

from officers import fill, sign, table
from plans import AREA, plan_of
from ragtool import columns as c
from ragtool.cli import run

AREAS = ({c.SERVICE_AREA: AREA},)
MOVE = {c.REVISED_DUE: "2013/14 Q3", c.DECISION: "Cabinet, minute 12"}


def plan_in(folder, **moved: object) -> None:
    """A plan whose K1 has a no. 1 in the first and in the third quarter, the first as it was `moved`."""
    folder.mkdir(exist_ok=True)
    plan_of(
        folder,
        key_actions=[{c.KEY: "K1"}],
        milestones=[
            {c.KEY: "K1", c.NO: 1, c.DUE: "2013/14 Q1", c.MILESTONE: "Consult", **moved},
            {c.KEY: "K1", c.NO: 2, c.DUE: "2013/14 Q1", c.MILESTONE: "Report"},
            {c.KEY: "K1", c.NO: 1, c.DUE: "2013/14 Q3", c.MILESTONE: "Review"},
        ],
        areas=AREAS,
    )


def returned(folder, **statuses: str) -> None:
    """The quarter's return, with each milestone's status, and its report."""
    run(["templates", str(folder)])
    path = folder / "returns" / f"{folder.name} {AREA}.xlsx"
    for text, status in statuses.items():
        entries = {c.STATUS: status}
        if status == "Overdue":
            entries |= {c.RESOLUTION: "More staff", c.REVISED_DATE: "30/06/2014"}
        fill(path, "Milestones", entries, milestone=text)
    sign(path)
    run(["consolidate", str(folder), "--no-panels", "--no-pack"])


def milestones(path) -> dict[str, tuple[object, ...]]:
    return {
        row[c.MILESTONE]: (row[c.CARRIED_FROM], row.get(c.TIMES_CARRIED), row[c.STATUS])
        for row in table(path, "Milestones")
        if row[c.KEY]
    }


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """Three quarters of a year: a milestone overdue in the first is moved to the third by the second's plan."""
    folder = tmp_path_factory.mktemp("year")
    plan_in(folder / "2013-14 Q1")
    returned(folder / "2013-14 Q1", Consult="Overdue", Report="Overdue")
    for before, now in (("2013-14 Q1", "2013-14 Q2"), ("2013-14 Q2", "2013-14 Q3")):
        run(["next", str(folder / before)])
        plan_in(folder / now, **MOVE)
        due_now = {"Consult": "Overdue", "Review": "Complete"} if now.endswith("Q3") else {}
        returned(folder / now, Report="Overdue", **due_now)
    return folder


def report_in(folder):
    return folder / f"{folder.name} performance report.xlsx"


def test_what_was_moved_is_told_from_what_was_carried(year):
    third = year / "2013-14 Q3"
    assert milestones(report_in(third)) == {
        "Consult": ("moved from 2013/14 Q1", 0, "Overdue"),
        "Report": ("2013/14 Q1", 2, "Overdue"),
        "Review": (None, 0, "Complete"),
    }
    there = milestones(third / "returns" / f"{third.name} {AREA}.xlsx")
    assert {text: came for text, (came, *_) in there.items()} == {
        "Consult": "moved from 2013/14 Q1",
        "Report": "2013/14 Q1",
        "Review": None,
    }
    assert not any(row[c.FILE] for row in table(report_in(third), "Queries"))
    why = {row[c.KEY]: row[c.WHY] for row in table(report_in(third), "Data") if row[c.QUARTER] == "2013/14 Q3"}
    assert why == {
        "K1": "2 of 3 milestones overdue: no. 1 (moved from 2013/14 Q1) and no. 2 (carried from 2013/14 Q1)."
    }


def test_it_goes_on_as_one_in_the_quarter_after(year):
    run(["next", str(year / "2013-14 Q3")])
    fourth = year / "2013-14 Q4"
    run(["templates", str(fourth)])
    there = milestones(fourth / "returns" / f"{fourth.name} {AREA}.xlsx")
    assert {text: came for text, (came, *_) in there.items()} == {"Consult": "2013/14 Q1", "Report": "2013/14 Q1"}
