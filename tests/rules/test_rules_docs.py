"""docs/rules.md: every worked example is rated again, and its sentence compared word for word."""

import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ragtool.figures import Level, Points
from ragtool.history.direction import Outturn, direction_of_measure
from ragtool.history.earlier import Earlier
from ragtool.history.reported import Reported
from ragtool.model import (
    Basis,
    Better,
    IndexMethod,
    ItemStatus,
    Kind,
    NoneDue,
    Place,
    RatedBy,
    Rating,
    Settings,
    item_id,
)
from ragtool.plan.plan import Measure
from ragtool.quarters import Quarter
from ragtool.rules import (
    ApprovedRating,
    Criteria,
    Figure,
    Improvement,
    KeyActionCriteria,
    MilestoneOutturn,
    OwnRating,
    RatedPart,
    RuleRating,
    publish,
    rate_index,
    rate_key_action,
    rate_measure,
)
from ragtool.rules.publish import forecast_worse, is_escalated

PAGE = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```text\n(.*?)\n```$", PAGE, re.DOTALL | re.MULTILINE)
Q2 = Quarter(2013, 2)
Said = dict[str, str]


def given(example: str) -> tuple[Said, str]:
    """What an example gives by its names, and what it must come to."""
    *lines, last = example.split("\n")
    return dict(line.split(": ", 1) for line in lines), last.removeprefix("→ ")


def figure(text: str | None) -> Decimal | None:
    """A figure or a percentage."""
    if text is None:
        return None
    return Decimal(text.removesuffix(" %")) / 100 if text.endswith(" %") else Decimal(text)


def level(text: str | None) -> Level | None:
    """A level of a measure's own."""
    points = text.removesuffix(" points") if text else ""
    return Points(Decimal(points)) if points != (text or "") else figure(text)


def settings(said: Said) -> Settings:
    plain = {name.removeprefix("Setting "): said.pop(name) for name in list(said) if name.startswith("Setting ")}
    read: dict[str, Any] = {
        "No milestones due": NoneDue,
        "At the intervention level": Rating.parse,
        "Escalate after": int,
        "Complete shows as": Rating.parse,
        "Amber needs improvement": lambda text: text == "Yes",
    }
    return Settings(**{name.lower().replace(" ", "_"): read.get(name, figure)(text) for name, text in plain.items()})


def milestone(number: int, text: str) -> MilestoneOutturn:
    status, _, on = text.removesuffix(" with a quality concern").partition(" on ")
    late = datetime.strptime(on, "%d %B %Y").date() if on else None
    complete = {"Complete": True, "Overdue": False, "blank": None}[status]
    return MilestoneOutturn(f"no. {number}", complete, text.endswith("concern"), late)


def key_action(said: Said, plan: Settings, own: OwnRating) -> RuleRating:
    counted = [milestone(no, text) for no, text in enumerate(filter(None, said.pop("Milestones", "").split("; ")), 1)]
    starts = said.pop("Starts", None)
    rated_by = RatedBy(said.pop("Rated by", "Milestones"))
    status = ItemStatus(said.pop("Status", "Active"))
    action = KeyActionCriteria(status, Quarter.parse(starts) if starts else None, rated_by)
    previous = said.pop("Previous rating", None)
    returned = said.pop("Return received", "Yes") == "Yes"
    return rate_key_action(action, counted, returned, Q2, plan, Rating.parse(previous) if previous else None, own)


def measure(said: Said) -> Criteria:
    target, method = figure(said.pop("Target Q2", None)), said.pop("Index method", None)
    return Criteria(
        status=ItemStatus(said.pop("Status", "Active")),
        reported_in=frozenset(int(name[1]) for name in filter(None, said.pop("Reported in", "").split("; "))),
        better=Better(said.pop("Better when", "Higher")),
        basis=Basis(said.pop("Basis", "Quarter")),
        straight_line=said.pop("Profile", "") == "Straight line",
        targets=(None, target, None, None),
        annual=figure(said.pop("Annual target", None)),
        low=figure(said.pop("Range low", None)),
        high=figure(said.pop("Range high", None)),
        level=level(said.pop("Intervention level", None)),
        green_within=level(said.pop("Green within", None)),
        red_beyond=figure(said.pop("Red beyond", None)),
        red_below=figure(said.pop("Red below", None)),
        red_above=figure(said.pop("Red above", None)),
        stretch=figure(said.pop("Stretch target", None)),
        method=IndexMethod(method) if method else None,
        unit=said.pop("Unit", ""),
    )


def returned(said: Said) -> Figure:
    status = said.pop("Data status", "")
    if status == "No newer data":
        return Figure(figure(said.pop("Last figure")), last_period=said.pop("Period of the last figure"))
    return Figure(figure(said.pop("Performance", None)), status == "Not available", said.pop("Highlight", ""))


def part(name: str, text: str, better: Better, plan: Settings) -> RatedPart:
    label, _, weight = name.partition(", weight ")
    actual, _, target = text.partition(" against ")
    facts = Criteria(better=better, targets=(None, figure(target or "1"), None, None))
    entered = Figure(None if actual in ("blank", "Not available") else figure(actual), actual == "Not available")
    return RatedPart(label.lower(), Decimal(weight or 1), rate_measure(facts, entered, Q2, plan))


def rate(said: Said, own: OwnRating) -> RuleRating:
    """The rule's rating of an example; every line of it must be understood."""
    plan = settings(said)
    if {"Milestones", "Return received", "Previous rating", "Starts", "Rated by"} & set(said) or not said:
        return key_action(said, plan, own)
    names = [name for name in said if name.startswith("Part ")]
    parts = {name: said.pop(name) for name in names}
    facts = measure(said)
    if parts:
        return rate_index(facts, [part(name, text, facts.better, plan) for name, text in parts.items()], Q2, plan)
    then = figure(said.pop("Same quarter of last year", None))
    now = returned(said)
    improved = (
        then is not None
        and now.actual is not None
        and (then < now.actual if facts.better.upwards else now.actual < then)
    )
    better = Improvement(improved, str(then)) if then else None
    return rate_measure(facts, now, Q2, plan, better)


def published(said: Said) -> str:
    reds = said.pop("Red in a row before", None)
    after = Settings(escalate_after=int(said.get("Setting Escalate after", 1)))
    own, reason = said.pop("Own rating", None), said.pop("Reason for own rating", "")
    given_by_officer = OwnRating(Rating.parse(own) if own else None, reason)
    entry = said.pop("Override", None)
    override = None
    if entry:
        rating, why, by, on = entry.split("; ")
        override = ApprovedRating(Rating.parse(rating), why, by, datetime.strptime(on, "%d %B %Y").date())
    forecast = said.pop("Forecast", None)
    found = publish(rate(said, given_by_officer), given_by_officer.rating, reason, override)
    escalated = "" if reds is None else ", not yet escalated"
    if reds is not None and is_escalated(found.rating, int(reds), after):
        escalated = ", escalated"
    worse = forecast_worse(found.rating, Rating.parse(forecast)) if forecast else ""
    return f"{found.rating.word}{escalated}: {found.why}{f' Forecast worse: {worse}' if worse else ''}"


def test_every_day_of_the_table_lies_in_its_quarter() -> None:
    rows = re.findall(r"^\| (\w+) \| (\d+ \w+ \d{4}) \| (\d.*?) \|$", PAGE, re.MULTILINE)
    assert len(rows) == 6
    for month, day, quarter in rows:
        starts = datetime.strptime(month, "%B").month
        assert str(Quarter.containing(datetime.strptime(day, "%d %B %Y").date(), starts)) == quarter


def direction(said: Said) -> str:
    plan = settings(said)
    quarters = {name: figure(said.pop(name)) for name in list(said) if re.match(r"\d{4}/", name)}
    actual = figure(said.pop("Performance"))
    facts = measure(said)
    planned = Measure(at=Place("", "", 0), key="P1", better_when=facts.better, **vars(facts))
    rows = [
        Reported(
            quarter=Quarter.parse(name),
            kind=Kind.MEASURE,
            key="P1",
            performance=then,
            better=facts.better,
            basis=facts.basis,
        )
        for name, then in sorted(quarters.items())
    ]
    rated = rate_measure(facts, Figure(actual), Q2, plan)
    outturn = Outturn.of(planned, actual)
    moved = direction_of_measure(outturn, rated.shortfall, Q2, Earlier({item_id("P1"): rows}), plan)
    return moved.words.replace("\n", "; ")  # two lines in a cell, one in an example


def is_direction(said: Said) -> bool:
    return any(re.match(r"\d{4}/", name) for name in said)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.split("→")[-1][:60])
def test_every_worked_example_comes_out_as_it_says(example: str) -> None:
    said, expected = given(example)
    found = direction(said) if is_direction(said) else published(said)
    assert found == expected
    assert not said, "a line of the example that nothing read"


def test_every_rule_has_its_example() -> None:
    results = "\n".join(given(example)[1] for example in EXAMPLES)
    for rating in Rating:
        assert f"{rating.word}: " in results
    given_names = {name for example in EXAMPLES for name in given(example)[0]}
    names = {name for name in re.findall(r"`([A-Z][A-Za-z ]+)`", PAGE) if name in SHOWN}
    assert names == SHOWN
    assert {name if name in given_names else f"Setting {name}" for name in SHOWN} <= given_names


SHOWN = {
    *("No milestones due", "Better when", "Red beyond", "Green within", "At the intervention level", "Blue beyond"),
    *("Amber needs improvement", "Intervention level", "Basis", "Profile", "Reported in", "Index method", "Starts"),
    *("Direction tolerance", "Escalate after", "Milestones for Green", "Milestones for Amber", "Complete shows as"),
    *("Rated by", "Stretch target", "Red below", "Red above"),
}
"""Settings and columns that change a rating: each is named on the page and stands in an example."""
