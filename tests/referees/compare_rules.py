"""Compares ragtool's rating rules with an independent oracle over thousands of generated cases.

    python tests/referees compare_rules [--cases N] [--seed S] [--show N]

A third of the cases are key actions, the rest measures and indexes with their parts; each goes through the same code
as in a real run, from the plan's milestones and the officer's figure to the published rating, whether it is escalated
and its direction. Exit status 1, and the first differences in full, where ragtool and the oracle disagree.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from ragtool import columns as c
from ragtool.figures import Level, Points, exact
from ragtool.history.direction import Direction
from ragtool.history.earlier import Earlier
from ragtool.history.reported import Reported, ReportedMilestone
from ragtool.model import (
    Basis,
    Better,
    DataStatus,
    IndexMethod,
    ItemStatus,
    Kind,
    MilestonePlan,
    MilestoneStatus,
    NoneDue,
    Place,
    RatedBy,
    Rating,
    Settings,
    item_id,
)
from ragtool.plan.plan import KeyAction, Measure, Milestone, Override, Plan, in_force, measures_in_force
from ragtool.quarter.carrying import Before, plan_milestones
from ragtool.quarter.items import RatedItem, RatedMeasure, ReturnedKeyAction, ReturnedMeasure, ReturnedMilestone
from ragtool.quarter.merge import Merged
from ragtool.quarter.rating import Rater
from ragtool.quarters import Quarter
from ragtool.returns.entries import KeyActionEntry, MeasureEntry, MilestoneEntry
from referees import oracle
from referees.oracle import Item

NOW = 2013 * 4 + 1
"""2013/14 Q2 as the oracle counts quarters; a case's quarter is one of the year's four."""

BATCH = 25
"""Cases that share a quarter and the plan's settings."""

WORDS = {rating: rating.word for rating in Rating} | {Rating.TBC: oracle.TBC}
RATINGS = {word: rating for rating, word in WORDS.items()}
COLOURS = (oracle.GREEN, oracle.AMBER, oracle.RED)
HISTORIC = (*COLOURS, oracle.RED, oracle.RED, oracle.BLUE, oracle.NOT_DUE, oracle.NOT_RETURNED, oracle.TBC)
AREA = "Customer Services"
NOWHERE = Place("", "", 0)
"""Generated rows stand in no workbook."""
DIGITS_15 = Context(prec=15, rounding=ROUND_HALF_EVEN)


def main(arguments: Sequence[str]) -> int:
    """Compares the cases asked for; status 1 where ragtool and the oracle differ."""
    parser = argparse.ArgumentParser("python tests/referees compare_rules", description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=10_000, help="how many cases (default: 10000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same cases (default: 1)")
    parser.add_argument("--show", type=int, default=3, help="how many differences to print in full (default: 3)")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    compared, seen, differences = 0, Counter[str](), []
    for case, expected, found in compare(options.cases, options.seed):
        compared += 1
        seen[f"{case['kind']}: {expected['rule']}"] += 1
        if expected != found:
            differences.append((case, expected, found))
    for case, expected, found in differences[: options.show]:
        print(describe(case, expected, found), end="\n\n")
    for kind, number in sorted(seen.items()):
        print(f"{number:7,} {kind}")
    took = time.perf_counter() - began
    print(f"{compared:,} cases with seed {options.seed} in {took:.1f} s: {len(differences):,} differences.")
    return 1 if differences else 0


def compare(cases: int, seed: int) -> Iterator[tuple[Item, Item, Item]]:
    """Each case with what the oracle expects of it and what ragtool makes of it."""
    dice = random.Random(seed)
    for first in range(0, cases, BATCH):
        settings, quarter = a_plan(dice), NOW - 1 + dice.randrange(4)
        size = min(BATCH, cases - first)
        if first // BATCH % 3 == 0:
            batch = [a_key_action(dice, f"K{n}", quarter, settings) for n in range(size)]
            found = rated_key_actions(batch, settings, quarter)
        else:
            batch = [a_measure(dice, f"P{n}", quarter, settings) for n in range(size)]
            found = rated_measures(batch, settings, quarter)
        for case in batch:
            case.update(settings=settings, quarter=quarter)
            yield case, expected_of(case), found[case["key"]]


def describe(case: Item, expected: Item, found: Item) -> str:
    """One difference in full: what differs, and everything that went in."""
    lines = [f"{case['kind']}, {quarter_of(case['quarter'])}"]
    lines += [
        f"  {what}: expected {expected[what]}, ragtool {found[what]}"
        for what in expected
        if expected[what] != found[what]
    ]
    lines += [f"    {name} = {value}" for name, value in case.items() if name != "settings" and value not in (None, [])]
    return "\n".join(lines + [f"    {name} = {value}" for name, value in case["settings"].items()])


# What the oracle expects


def expected_of(case: Item) -> Item:
    settings, quarter = case["settings"], case["quarter"]
    if case["kind"] == "Key action":
        rule = oracle.rate_key_action(case, settings, quarter)
        published = expected_publication(case, rule)
        return published | {
            "direction": None
            if rule is None
            else oracle.direction_of_key_action(published["published"], case["earlier"], quarter)
        }
    rated = expected_rating(case, settings, quarter)
    published = expected_publication(case, rated["rating"])
    parts = [expected_rating(part, settings, quarter) for part in case.get("parts", ())]
    gone = rated["rating"] is None
    return published | {
        "short": rated["short"],
        "escalated": oracle.escalated(published["published"], case["earlier"], quarter, settings["escalate_after"]),
        "direction": None if gone else expected_direction(case, rated, settings, quarter),
        "parts": [(None, None) if gone else (part["rating"], part["short"]) for part in parts],
    }


def expected_rating(case: Item, settings: Item, quarter: int) -> Item:
    rate = oracle.rate_index if case.get("parts") else oracle.rate_figure
    plain = rate(case, settings, quarter)
    now = {**standing(case), "short": plain["short"]}
    better = oracle.improved_on_last_year(case, now, case["earlier"], quarter)
    return rate(case, settings, quarter, improved=better)


def standing(case: Item) -> Item:
    """The figure that is rated, and what it must have in common with an earlier one."""
    last = case["data_status"] == "No newer data"
    actual = case["last_figure"] if last else case["actual"]
    return {"actual": actual, "unit": case["unit"], "better": case["better"], "basis": case["basis"]}


def expected_direction(case: Item, rated: Item, settings: Item, quarter: int) -> Any:
    now = {**standing(case), "short": rated["short"], "period": case["period"]}
    return oracle.direction(case, now, case["earlier"], quarter, settings["tolerance"])


def expected_publication(case: Item, rule: str | None) -> Item:
    if rule is None:
        return {"rule": None, "published": None, "by": None, "contradiction": None}
    published = oracle.publish(rule, case["own"], case["own_reason"], case["override"])
    return {"rule": rule, **{name: published[name] for name in ("published", "by", "contradiction")}}


# The same cases through ragtool


def number(text: str | None) -> Decimal | None:
    """A figure as it comes out of Excel: a binary float, read back as the decimal that was typed."""
    return None if text is None else exact(float(text))


def level_of(text: str | None) -> Level | None:
    """A level of a measure's own: a share, or points of its unit."""
    if text is None or not text.endswith(" points"):
        return number(text)
    return Points(exact(float(text.removesuffix(" points"))))


def quarter_of(ordinal: int) -> Quarter:
    return Quarter(ordinal // 4, ordinal % 4 + 1)


def quarter_or_none(ordinal: int | None) -> Quarter | None:
    return None if ordinal is None else quarter_of(ordinal)


def settings_of(plan: Item) -> Settings:
    level = number(plan["level"])
    assert level is not None
    return Settings(
        first_quarter=quarter_or_none(plan["first_quarter"]),
        intervention_level=level,
        at_the_intervention_level=RATINGS[plan["at_level"]],
        index_method=IndexMethod(plan["index_method"]),
        no_milestones_due=NoneDue(plan["no_milestones_due"]),
        direction_tolerance=number(plan["tolerance"]) or Decimal(0),
        escalate_after=plan["escalate_after"],
        green_within=number(plan["green_within"]) or Decimal(0),
        amber_needs_improvement=plan["amber_needs_improvement"],
        blue_beyond=number(plan["blue_beyond"]),
        milestones_for_green=number(plan["milestones_for_green"]) or Decimal(0),
        milestones_for_amber=number(plan["milestones_for_amber"]) or Decimal(0),
        complete_shows_as=RATINGS[plan["complete_shows_as"]],
    )


def plan_of(
    settings: Item,
    cases: list[Item],
    quarter: int,
    key_actions: Sequence[KeyAction] = (),
    milestones: Sequence[Milestone] = (),
    measures: Sequence[Measure] = (),
) -> Plan:
    """A plan of these items, with the cases' overrides."""
    overrides = [
        Override(
            at=NOWHERE,
            quarter=quarter_of(quarter),
            key=each["key"],
            rating=RATINGS[each["override"]["rating"]],
            reason=each["override"]["reason"],
            approved_by=each["override"]["approved_by"],
            on=each["override"]["date"],
        )
        for each in cases
        if each["override"]
    ]
    return Plan(
        file="",
        settings=settings_of(settings),
        fingerprint="",
        outcomes=(),
        service_areas=(),
        key_actions=tuple(key_actions),
        milestones=tuple(milestones),
        measures=tuple(measures),
        panels=(),
        earlier_quarters=(),
        overrides=tuple(overrides),
    )


def merged_of(
    key_actions: Sequence[ReturnedKeyAction] = (),
    milestones: Sequence[ReturnedMilestone] = (),
    measures: Sequence[ReturnedMeasure] = (),
) -> Merged:
    """The plan's items with what was entered for them."""
    return Merged(tuple(key_actions), tuple(milestones), tuple(measures), queries=(), rows=Counter())


def earlier_of(cases: list[Item]) -> Earlier:
    """The quarters before, as ragtool has them."""
    return Earlier(
        {item_id(case["key"], case.get("part")): [*map(partial(then, case), case["earlier"])] for case in cases}
    )


def then(case: Item, row: Item) -> Reported:
    """A case in an earlier quarter."""
    return Reported(
        quarter=quarter_of(row["quarter"]),
        kind=Kind.KEY_ACTION if "milestones" in case else Kind.MEASURE,
        key=case["key"],
        part=case.get("part"),
        rating=RATINGS[row["rating"]],
        performance=number(row.get("actual")),
        shortfall=row.get("short"),
        period=row.get("period_as_written"),
        unit=row.get("unit"),
        better=Better(row["better"]) if row.get("better") else None,
        basis=Basis(row["basis"]) if row.get("basis") else None,
    )


def rated_measures(batch: list[Item], settings: Item, quarter: int) -> dict[str, Item]:
    """What ragtool makes of measures and indexes, from the plan's rows and the officers' figures."""
    everything = {
        item_id(each["key"], each.get("part")): each for case in batch for each in (case, *case.get("parts", ()))
    }
    plan = plan_of(settings, batch, quarter, measures=[measure_of(each) for each in everything.values()])
    returned = [
        ReturnedMeasure(measure, entry_of(everything[measure.id]), True, number(everything[measure.id]["actual"]))
        for measure in measures_in_force(plan, quarter_of(quarter))
    ]
    rater = Rater(plan, quarter_of(quarter), earlier_of([*everything.values()]))
    rows = {row.id: row for row in rater.rate_measures(merged_of(measures=returned))}
    return {
        case["key"]: {
            **publication(rows.get(item_id(case["key"]))),
            **measure_outcome(rows.get(item_id(case["key"]))),
            "parts": [part_outcome(rows.get(item_id(case["key"], part["part"]))) for part in case.get("parts", ())],
        }
        for case in batch
    }


def measure_of(case: Item) -> Measure:
    """A case as the plan has it."""
    first, second, third, fourth = map(number, case["targets"])
    return Measure(
        at=NOWHERE,
        key=case["key"],
        part=case.get("part"),
        has_parts=bool(case.get("parts")),
        status=ItemStatus(case["status"]),
        starts=quarter_or_none(case["starts"]),
        ends=quarter_or_none(case["ends"]),
        reported_in=frozenset(case["reported_in"]),
        better=Better(case["better"]),
        better_when=Better(case["better"]),
        basis=Basis(case["basis"]),
        straight_line=case["profile"] == "Straight line",
        targets=(first, second, third, fourth),
        annual=number(case["annual"]),
        low=number(case["low"]),
        high=number(case["high"]),
        level=level_of(case["level"]),
        green_within=level_of(case["green_within"]),
        red_beyond=number(case["red_beyond"]),
        red_below=number(case["red_below"]),
        red_above=number(case["red_above"]),
        stretch=number(case["stretch"]),
        method=IndexMethod(case["index_method"]) if case.get("index_method") else None,
        weight=number(case.get("weight") or "1") or Decimal(0),
        unit=case["unit"] or "",
    )


def entry_of(case: Item) -> MeasureEntry:
    """What an officer entered for a measure, but for its figure."""
    return MeasureEntry(
        period=case.get("period_as_written"),
        data_status=DataStatus(case["data_status"]) if case["data_status"] else None,
        own_rating=RATINGS[case["own"]] if case["own"] else None,
        own_reason=case["own_reason"],
    )


def rated_key_actions(batch: list[Item], settings: Item, quarter: int) -> dict[str, Item]:
    """What ragtool makes of key actions, from the plan's milestones, the previous report and the officers' statuses."""
    milestones = [(case["key"], each) for case in batch for each in case["milestones"]]
    plan = plan_of(
        settings,
        batch,
        quarter,
        key_actions=[
            KeyAction(
                at=NOWHERE,
                key=case["key"],
                area=AREA,
                status=ItemStatus(case["status"]),
                rated_by=RatedBy(case["rated_by"]),
                starts=quarter_or_none(case["starts"]),
                ends=quarter_or_none(case["ends"]),
            )
            for case in batch
        ],
        milestones=[milestone_of(key, each) for key, each in milestones],
    )
    before = [row for key, each in milestones for row in milestone_before(key, each, quarter, settings)]
    first = quarter_or_none(settings["first_quarter"])
    previous = Before(tuple(before), quarter_of(quarter - 1), first) if settings["previous_report"] else None
    entered = {(key, each["no"]): each for key, each in milestones}
    status = {"Complete": MilestoneStatus.COMPLETE, "Overdue": MilestoneStatus.OVERDUE, None: None}
    steps = []
    for step in plan_milestones(plan, quarter_of(quarter), previous).shown:
        each = entered[step.key, step.no]
        unread = each["concern"] == "unread"
        entry = MilestoneEntry(
            status=status[each["status"]],
            quality_concern=None if unread else each["concern"],
            unread=frozenset([c.QUALITY_CONCERN] if unread else []),
        )
        steps.append(ReturnedMilestone(step, entry, True))
    by_key = {case["key"]: case for case in batch}
    actions = [
        ReturnedKeyAction(
            action,
            KeyActionEntry(own_rating=case["own"] and RATINGS[case["own"]], own_reason=case["own_reason"]),
            case["returned"],
        )
        for action in in_force(plan.key_actions, quarter_of(quarter))
        if (case := by_key[action.key])
    ]
    rater = Rater(plan, quarter_of(quarter), earlier_of(batch))
    rows = {row.item.key: row for row in rater.rate_key_actions(merged_of(actions, steps))}
    return {key: {**publication(rows.get(key)), "direction": direction_in(rows.get(key))} for key in by_key}


def milestone_of(key: str, each: Item) -> Milestone:
    """A milestone as the plan has it."""
    return Milestone(
        at=None,
        key=key,
        no=each["no"],
        text="Consult members",
        due=due(each["due"], each["day"]),
        revised_due=quarter_or_none(each["revised_due"]),
        decision="Cabinet, 4 October 2013" if each["decision"] else None,
        status=MilestonePlan(each["plan_status"]),
    )


def due(quarter: int, day: int | None) -> Quarter | date:
    """A quarter, or one of its days."""
    whole = quarter_of(quarter)
    return whole if day is None else whole.first_day(4) + timedelta(days=day)


def milestone_before(key: str, each: Item, quarter: int, settings: Item) -> Iterator[ReportedMilestone]:
    """A milestone's last row in an earlier report: what counted in the last, or was Complete in an older one."""
    before = {**each, "complete_in_earlier_report": each["complete_before_last"]}
    if each["complete_before_last"] or oracle.counted(before, quarter - 1, settings["first_quarter"]):
        complete = each["complete_in_earlier_report"]
        planned = milestone_of(key, each)
        yield ReportedMilestone(
            key=key,
            no=planned.no,
            text=planned.text,
            first_due=quarter_of(each["due"]),
            due=planned.due,
            revised_due=planned.revised_due,
            decision=planned.decision,
            status=MilestoneStatus.COMPLETE if complete else MilestoneStatus.OVERDUE,
            reported=quarter_of(quarter - 1),
        )


def publication(row: RatedItem | None) -> Item:
    if row is None:
        return {"rule": None, "published": None, "by": None, "contradiction": None}
    return {
        "rule": WORDS[row.published.rule],
        "published": WORDS[row.rating],
        "by": row.published.mark or "Rule",
        "contradiction": row.published.differs,
    }


def measure_outcome(row: RatedMeasure | None) -> Item:
    if row is None:
        return {"short": None, "escalated": False, "direction": None}
    return {"short": row.shortfall, "escalated": row.escalated, "direction": direction_in(row)}


def part_outcome(row: RatedMeasure | None) -> tuple[str | None, Fraction | None]:
    return (None, None) if row is None else (WORDS[row.published.rule], row.shortfall)


def direction_in(row: RatedItem | None) -> Any:
    """A direction's words as the oracle has them: [(word, quarter), ...] or one word."""
    if row is None:
        return None
    text = str(row.travel.words)
    moved = []
    for line in text.split("\n"):
        for way in (Direction.BETTER, Direction.SAME, Direction.WORSE, Direction.NOT_COMPARABLE):
            if line.startswith(way.value) and line != way.value:
                since = Quarter.parse(line.removeprefix(way.value).split(maxsplit=1)[1])
                moved.append((way.value.lstrip("↑→↓ "), since.ordinal))
    return moved or text


# Generated cases


def chance(dice: random.Random, share: float) -> bool:
    return dice.random() < share


def a_plan(dice: random.Random) -> Item:
    previous = chance(dice, 0.5)
    return {
        "level": dice.choice(["0.15", "0.15", "0.15", "0.1", "0.05", "0", "0.333333333333333", "0.075", "1"]),
        "at_level": dice.choice([oracle.AMBER, oracle.AMBER, oracle.RED]),
        "index_method": dice.choice([method.value for method in IndexMethod]),
        "no_milestones_due": dice.choice([choice.value for choice in NoneDue]),
        "tolerance": dice.choice(["0", "0", "0.01", "0.1"]),
        "escalate_after": dice.choice([1, 1, 2, 3]),
        "green_within": dice.choice(["0", "0", "0", "0.05", "0.1", "0.15"]),
        "amber_needs_improvement": chance(dice, 0.3),
        "blue_beyond": dice.choice([None, None, "0", "0.05", "0.2"]),
        "milestones_for_green": dice.choice(["1", "1", "0.9", "0.85", "0.666666666666667", "0.5", "0"]),
        "milestones_for_amber": dice.choice(["1", "1", "0.7", "0.5", "0.333333333333333", "0.2", "0"]),
        "complete_shows_as": dice.choice([oracle.GREEN, oracle.BLUE]),
        "previous_report": previous,
        "first_quarter": NOW - dice.randrange(2, 9),
    }


def a_figure(dice: random.Random) -> str:
    """A figure of up to 15 significant digits, simple ones and 0 and negative ones among them."""
    if chance(dice, 0.08):
        return "0"
    digits = dice.choice([1, 2, 2, 3, 3, 4, 6, 9, 12, 15])
    whole = dice.randrange(10 ** (digits - 1), 10**digits)
    sign = "-" if chance(dice, 0.12) else ""
    return f"{sign}{whole}e{dice.randrange(-digits - 2, 5)}" if chance(dice, 0.7) else f"{sign}{whole}"


def near(dice: random.Random, boundary: Fraction) -> str:
    """The boundary itself, as far as 15 digits go, or a figure one unit in its last, or 15th, digit to either side."""
    value = DIGITS_15.divide(Decimal(boundary.numerator), Decimal(boundary.denominator)).normalize(DIGITS_15)
    step = dice.choice([-1, 0, 0, 1])
    if not step or not value:
        return str(value)
    last = value.as_tuple().exponent if chance(dice, 0.5) else value.adjusted() - 14
    assert isinstance(last, int)
    return str(DIGITS_15.add(value, Decimal(step).scaleb(last)))


LIMITS = ("red_beyond", "red_below", "red_above")


def boundaries(case: Item, settings: Item, quarter: int) -> Iterator[Fraction]:
    """Figures at which a measure's rating may change."""
    yield from (Fraction(case[name]) for name in LIMITS if case[name] is not None)
    if (stretch := oracle.stretch_now(case, quarter)) is not None:
        yield stretch
    target = oracle.target_now(case, quarter)
    aims = [Fraction(bound) for bound in (case["low"], case["high"]) if bound is not None]
    if case["better"] != "In range":
        aims = [target] if isinstance(target, Fraction) else []
    for aim in aims:
        yield aim
        for name in ("level", "green_within", "blue_beyond"):
            level = case.get(name) if case.get(name) is not None else settings[name]
            if level is not None and oracle.is_points(level):
                gap = Fraction(level.removesuffix(" points")) / (100 if case["unit"] == "%" else 1)
                yield from (aim - gap, aim + gap)
            elif level is not None:
                yield aim * (1 - Fraction(level))
                yield aim * (1 + Fraction(level))


def a_measure(dice: random.Random, key: str, quarter: int, settings: Item) -> Item:
    """A measure, an index with its parts in two cases of five."""
    case = a_row(dice, key, quarter, settings)
    case["kind"] = "Measure"
    if not chance(dice, 0.4):
        return case
    parts = [a_row(dice, key, quarter, settings, part=str(n + 1)) for n in range(dice.choice([1, 2, 2, 3, 4]))]
    for part in parts:
        part["weight"] = dice.choice([None, "1", "2", "0.5", "0", "3.75"])
        part["status"] = dice.choice(["Active"] * 9 + ["Under development", "Data only", "Closed"])
        if part["data_status"] is None and part["actual"] is None and chance(dice, 0.6):
            part["actual"] = a_figure(dice)
    blank = ("annual", "low", "high", "actual", "stretch", *LIMITS)
    none: Item = {"targets": [None] * 4, **dict.fromkeys(blank)}
    plain = {"data_status": None, "last_figure": None, "basis": "Quarter", "profile": None, "better": "Higher"}
    method = dice.choice([None, *(method.value for method in IndexMethod)])
    case.update(none, **plain, parts=parts, kind="Index", index_method=method)
    for row in case["earlier"]:
        row.update(actual=None, basis="Quarter", better="Higher")
    return case


def a_row(dice: random.Random, key: str, quarter: int, settings: Item, part: str | None = None) -> Item:
    """A measure without parts, or a part."""
    better = dice.choice(["Higher", "Higher", "Lower", "Lower", "In range", "In range", "More than", "Less than"])
    basis = dice.choice(["Quarter", "Quarter", "Year to date", "Year-to-date rate", "Latest available"])
    low, high = sorted([a_figure(dice), a_figure(dice)], key=Fraction)
    targets = [a_figure(dice) if chance(dice, 0.8) else None for _ in range(4)]
    case: Item = {
        "key": key,
        "part": part,
        "status": dice.choice(["Active"] * 30 + ["Under development", "Data only", "Closed"]),
        "starts": quarter + dice.randrange(-2, 2) if chance(dice, 0.15) else None,
        "ends": quarter + dice.randrange(-1, 3) if chance(dice, 0.1) else None,
        "reported_in": [q for q in (1, 2, 3, 4) if chance(dice, 0.5)] if chance(dice, 0.15) else [],
        "better": better,
        "basis": basis,
        "profile": "Straight line" if basis == "Year to date" and chance(dice, 0.5) else None,
        "targets": targets if chance(dice, 0.7) else [None] * 4,
        "annual": a_figure(dice) if chance(dice, 0.75) else None,
        "low": low if better == "In range" and chance(dice, 0.85) else None,
        "high": high if better == "In range" and chance(dice, 0.85) else None,
        "level": a_level(dice),
        "green_within": a_level(dice),
        "stretch": None,
        **dict.fromkeys(LIMITS),
        "unit": dice.choice([None, "%", "£m", "visitors"]),
        "data_status": dice.choice([None] * 6 + ["Final", "Provisional", "No newer data", "Not available"]),
        "actual": None,
        "last_figure": None,
        **own_and_override(dice, part),
    }
    if chance(dice, 0.2):
        case["red_beyond"] = near(dice, dice.choice(list(boundaries(case, settings, quarter)) or [Fraction(80)]))
        if chance(dice, 0.3):
            case["red_beyond"] = a_figure(dice)
    elif better == "In range" and chance(dice, 0.4):
        sides = dice.choice([("red_below",), ("red_above",), ("red_below", "red_above")])
        bound = {"red_below": Fraction(low), "red_above": Fraction(high)}
        shares = [Fraction(dice.choice((-50, -20, 0, 20, 50, 90)), 100) for _ in sides]
        case.update({side: near(dice, bound[side] * (1 + share)) for side, share in zip(sides, shares, strict=True)})
    elif chance(dice, 0.3):
        case["stretch"] = a_stretch(dice, case)
    case["earlier"] = earlier_rows(dice, case, quarter, settings)
    case["period_as_written"], case["period"] = a_period(dice, quarter)
    if case["data_status"] == "No newer data":
        figures = [row["actual"] for row in case["earlier"] if row["actual"] is not None]
        case["last_figure"] = figures[-1] if figures else None
    elif case["data_status"] != "Not available" and not chance(dice, 0.05):
        case["actual"] = an_actual(dice, case, settings, quarter)
    return case


def a_level(dice: random.Random) -> str | None:
    """A level of a measure's own, a share or points, where it has one."""
    if not chance(dice, 0.3):
        return None
    return dice.choice(
        ["0.15", "0.1", "0", "0.2", "0.123456789012345", "5 points", "2.5 points", "0 points", "40 points"]
    )


def a_stretch(dice: random.Random, case: Item) -> str | None:
    """A stretch target that is better than every target, as the plan demands."""
    targets = [Fraction(target) for target in (*case["targets"], case["annual"]) if target is not None]
    if not targets:
        return None
    upwards = case["better"] in ("Higher", "More than")
    aim, sign = (max(targets), 1) if upwards else (min(targets), -1)
    share = abs(aim) * Fraction(dice.randrange(1, 60), 100) or Fraction(dice.randrange(1, 9))
    stretch = near(dice, aim + sign * share)
    return stretch if sign * (Fraction(stretch) - aim) > 0 else None


def an_actual(dice: random.Random, case: Item, settings: Item, quarter: int) -> str:
    """A figure on or right beside a boundary, or any other."""
    edges = list(boundaries(case, settings, quarter))
    target = oracle.target_now(case, quarter)
    if case["better"] in oracle.STRICT and isinstance(target, Fraction) and chance(dice, 0.3):
        return near(dice, target)
    edges += [Fraction(row["actual"]) for row in case["earlier"][-4:] if row["actual"] is not None]
    if not edges or chance(dice, 0.15):
        return a_figure(dice)
    edge = dice.choice(edges)
    return near(dice, edge) if chance(dice, 0.7) else near(dice, edge * Fraction(dice.randrange(70, 140), 100))


def own_and_override(dice: random.Random, part: str | None) -> Item:
    """An officer's own rating and the plan's override, where there are any."""
    override = None
    if part is None and chance(dice, 0.08):
        override = {
            "rating": dice.choice(COLOURS),
            "reason": "Audited",
            "approved_by": "Cabinet",
            "date": date(2013, 10, 4),
        }
        if chance(dice, 0.3):
            override[dice.choice(["reason", "approved_by", "date"])] = None
    own = dice.choice(COLOURS) if chance(dice, 0.25) else None
    return {"own": own, "own_reason": "Risk" if own and chance(dice, 0.7) else None, "override": override}


def a_period(dice: random.Random, quarter: int) -> tuple[str | None, str]:
    """A figure's period as somebody writes it, and what it is; blank means the quarter it is reported in."""
    if chance(dice, 0.5):
        return None, str(quarter_of(quarter))
    if chance(dice, 0.5):
        return "2012/13", "2012/13"
    whole = quarter_of(quarter - dice.choice([0, 1, 4]))
    return dice.choice([str(whole), whole.file_name, f"Q{whole.number} {whole.financial_year}"]), str(whole)


def earlier_rows(dice: random.Random, case: Item, quarter: int, settings: Item) -> list[Item]:
    """Up to six quarters before this one, the oldest first; some missing, some of another unit or basis."""
    rows = []
    for q in range(quarter - 6, quarter):
        if chance(dice, 0.3):
            continue
        edges = list(boundaries(case, settings, quarter))
        actual = near(dice, dice.choice(edges)) if edges and chance(dice, 0.6) else a_figure(dice)
        written, period = a_period(dice, q)
        rows.append(
            {
                "quarter": q,
                "rating": dice.choice(HISTORIC),
                "actual": None if chance(dice, 0.1) else actual,
                "short": None if chance(dice, 0.1) else Fraction(dice.randrange(-40, 60), dice.choice([100, 150, 7])),
                "period": period,
                "period_as_written": written,
                "unit": "homes" if chance(dice, 0.08) else case["unit"],
                "better": case["better"],
                "basis": Basis.QUARTER.value if chance(dice, 0.08) else case["basis"],
            }
        )
    return rows


def a_key_action(dice: random.Random, key: str, quarter: int, settings: Item) -> Item:
    """A key action with up to six milestones, due in this quarter or one near it."""
    returned = chance(dice, 0.85)
    numbers = range(dice.choice([0, 0, 1, 2, 3, 6, 10]))
    opinion = own_and_override(dice, None)
    officer = chance(dice, 0.2)
    if officer and (not returned or chance(dice, 0.2)):
        opinion["own"] = None
    elif officer and chance(dice, 0.7):
        opinion["own"] = dice.choice(COLOURS)
    earlier = [
        {"quarter": q, "rating": dice.choice(HISTORIC)} for q in range(quarter - 6, quarter) if chance(dice, 0.7)
    ]
    colours = [row["rating"] for row in earlier if row["rating"] in (*COLOURS, oracle.BLUE)]
    return {
        "kind": "Key action",
        "key": key,
        "status": dice.choice(["Active"] * 20 + ["Under development", "Complete", "On hold", "Closed"]),
        "rated_by": "Officer" if officer else "Milestones",
        "starts": quarter + dice.randrange(-2, 2) if chance(dice, 0.15) else None,
        "ends": quarter + dice.randrange(-1, 3) if chance(dice, 0.1) else None,
        "milestones": [a_milestone(dice, f"{n + 1}", quarter, returned, settings) for n in numbers],
        "returned": returned,
        "earlier": [row for row in earlier if row["rating"] != oracle.BLUE],
        "previous_rating": next((c for c in reversed(colours) if c != oracle.BLUE), None),
        **opinion,
    }


def a_milestone(dice: random.Random, no: str, quarter: int, returned: bool, settings: Item) -> Item:
    due_in = quarter + dice.choice([0, 0, 0, -1, -2, -5, 1])
    revised = due_in + dice.randrange(4) if chance(dice, 0.25) else None
    withdrawn = chance(dice, 0.05)
    complete = settings["previous_report"] and chance(dice, 0.4) and due_in < quarter
    moved = revised is not None and revised >= quarter
    likely = ["Complete"] * 8 + ["Overdue", None]
    return {
        "no": no,
        "due": due_in,
        "day": dice.randrange(90) if chance(dice, 0.3) else None,
        "revised_due": revised,
        "decision": withdrawn or chance(dice, 0.7),
        "plan_status": "Withdrawn" if withdrawn else "Proposed" if chance(dice, 0.05) else "Active",
        "complete_in_earlier_report": complete and not moved,
        "complete_before_last": complete
        and not moved
        and max(due_in, revised or 0) < quarter - 1
        and chance(dice, 0.5),
        "status": dice.choice(likely) if returned else None,
        "concern": dice.choices([False, True, "unread"], [17, 2, 1])[0],
    }
