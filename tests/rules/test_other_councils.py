"""The table that ends docs/rules.md: each body's plan is built from what the table says to type, and rates as it says.

A row is a line of the table alone: what it says to type goes under the heading or setting of that name, and each of its
examples is an entry of an officer, with what was reported before in brackets, and the rating.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from plans import AREA, plan_of
from ragtool import columns as c
from ragtool.model import DataStatus, MilestoneStatus, Place, Rating
from ragtool.plan.plan import Plan
from ragtool.quarter.rated import rate_quarter
from ragtool.quarters import Quarter
from ragtool.returns.entries import KeyActionEntry, MeasureEntry, MilestoneEntry
from ragtool.returns.one_return import Return
from ragtool.returns.received import Received
from ragtool.workbooks.opening import Cell

PAGE = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (?P<who>[^|]+) \| [^|]+ \| (?P<typed>[^|]+) \| (?P<examples>[^|]+ is [^|]+) \|$", re.MULTILINE)
TYPED = re.compile(r"(?P<setting>Setting )?`(?P<name>[^`]+)` (?P<value>.+)")
EXAMPLE = re.compile(r"(?P<entry>[^()]+?)(?: \((?P<before>[^()]+)\))? is (?P<rating>[^,]+)(?P<escalated>, escalated)?")
PLACE = Place("return.xlsx", "", 2)
BEFORE = re.compile(r"(?P<said>.+) (?P<when>last quarter|a year ago)|for (?P<period>.+)")
WHEN = {"last quarter": "2013/14 Q1", "a year ago": "2012/13 Q2"}
Q2 = Quarter(2013, 2)
RATED = "rated "
KEY_ACTION_WORDS = (*MilestoneStatus, "no milestone", RATED)
"""What an entry of a key action begins with; every other is a measure's."""


@dataclass(frozen=True)
class Example:
    """What an officer enters, what was reported before, and the rating."""

    key: str
    entry: str
    before: str
    rating: Rating
    escalated: bool

    @property
    def is_key_action(self) -> bool:
        return self.entry.startswith(KEY_ACTION_WORDS)

    @property
    def statuses(self) -> list[MilestoneStatus]:
        """`Complete, Complete, Overdue` as the milestones of a key action."""
        named = self.entry.startswith(tuple(MilestoneStatus))
        return [MilestoneStatus(word) for word in self.entry.split(", ")] if named else []

    @property
    def own(self) -> Rating | None:
        """`rated Amber` as its officer's rating."""
        return Rating.parse(self.entry.removeprefix(RATED)) if self.entry.startswith(RATED) else None


@dataclass(frozen=True)
class Body:
    """A row of the table: what the plan says on its Settings sheet and of its items, and the examples."""

    settings: dict[str, object]
    columns: dict[str, object]
    examples: list[Example]


def bodies() -> Iterator[tuple[str, Body]]:
    """The rows of the table."""
    for row in ROW.finditer(PAGE):
        typed = [TYPED.fullmatch(each) for each in row["typed"].split("; ")]
        assert all(typed) or row["typed"].startswith("nothing"), row["typed"]
        said = [each for each in typed if each]
        examples = [example_of(f"P{no}", text) for no, text in enumerate(row["examples"].split("; "), 1)]
        settings, columns = (
            {each["name"]: each["value"] for each in said if bool(each["setting"]) is wanted}
            for wanted in (True, False)
        )
        yield row["who"], Body(dict(settings), dict(columns), examples)


def example_of(key: str, text: str) -> Example:
    match = EXAMPLE.fullmatch(text)
    assert match, text
    before = match["before"] or ""
    assert not before or BEFORE.fullmatch(before), before
    return Example(key, match["entry"], before, Rating.parse(match["rating"]), bool(match["escalated"]))


BODIES = dict(bodies())


def plan_for(body: Body, folder: Path) -> Plan:
    """The body's plan, with an item for each example and what was reported of it before."""
    history, actions, steps, measures = [], [], [], []
    aims = {} if body.columns.get(c.BETTER_WHEN) == "In range" else {"Target Q2": 80}
    for each in body.examples:
        if (before := BEFORE.fullmatch(each.before)) and before["said"]:
            heading = c.RAG if before["said"][0].isalpha() else c.PERFORMANCE
            target = {} if heading == c.RAG else {c.TARGET: body.columns.get("Target Q2", 80)}
            history.append({c.QUARTER: WHEN[before["when"]], c.KEY: each.key, heading: before["said"], **target})
        if each.is_key_action:
            actions.append({c.KEY: each.key, **body.columns})
            steps += [{c.KEY: each.key, c.NO: str(no), c.DUE: str(Q2)} for no, _ in enumerate(each.statuses, 1)]
        else:
            measures.append({c.KEY: each.key, c.BETTER_WHEN: "Higher", **aims, **body.columns})
    return plan_of(folder, body.settings, actions, steps, measures, history)


def returned(body: Body) -> Received:
    """A return with what an officer entered for each example."""
    given = Return("return.xlsx", "", "", (AREA,), Q2, "", "")
    for each in body.examples:
        if each.is_key_action:
            numbered = enumerate(each.statuses, 1)
            steps = (MilestoneEntry(at=PLACE, key=each.key, no=str(no), status=status) for no, status in numbered)
            actions = (*given.key_actions, KeyActionEntry(at=PLACE, key=each.key, own_rating=each.own))
            given = replace(given, key_actions=actions, milestones=(*given.milestones, *steps))
        else:
            given = replace(given, measures=(*given.measures, measure_entry(each)))
    return Received(used=(given,))


def measure_entry(each: Example) -> MeasureEntry:
    before = BEFORE.fullmatch(each.before)
    status = DataStatus.NO_NEWER if each.entry == DataStatus.NO_NEWER else None
    figure = None if status or each.entry == "nothing returned" else Cell(each.entry)
    period = before["period"] if before else None
    return MeasureEntry(at=PLACE, key=each.key, performance=figure, data_status=status, period=period)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_is_rated_as_the_table_says(tmp_path: Path, body: Body) -> None:
    rated = rate_quarter(plan_for(body, tmp_path), returned(body), None, Q2)
    found = {item.item.key: (item.rating, item.escalated, item.published.why) for item in rated.items}
    wanted = {each.key: (each.rating, each.escalated, found[each.key][2]) for each in body.examples}
    assert found == wanted


def test_every_line_of_the_table_is_read() -> None:
    table = PAGE[PAGE.index("| who |") :].strip().split("\n")
    assert len(table) - 2 == len(BODIES) > 20
