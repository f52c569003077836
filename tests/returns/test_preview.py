"""The previews of a return, recalculated by LibreOffice, against the rules."""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from officers import headings_of
from plans import AREA, OTHER_AREA, plan_of
from ragtool import columns as c
from ragtool import rules
from ragtool.figures import Points
from ragtool.history.earlier import Earlier
from ragtool.history.reported import Reported
from ragtool.model import DataStatus, ItemId, Kind, Rating, item_id
from ragtool.plan.plan import Plan
from ragtool.quarter.carrying import plan_milestones
from ragtool.quarters import Quarter
from ragtool.returns.template.area_items import items_by_area
from ragtool.returns.template.return_rows import Entries
from ragtool.returns.template.template import write_return
from ragtool.rules.limits import has_limits
from typed_cells import TypedBook, TypedSheet, typed_into

R = c.ReturnSheets
Q2 = Quarter(2013, 2)
LAST_YEAR = Quarter(2012, 2)
NODE = shutil.which("node")
HYPERFORMULA = Path(__file__).parents[2] / ".venv-node" / "node_modules" / "hyperformula"
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")

NOT_RATED = ("?", "–")


Values = Mapping[str, Sequence[Sequence[object]]]
"""What stands in a workbook, by sheet, row and column."""

Entered = Decimal | str | None
"""A figure as it is typed; a str is words in its place."""


@dataclass
class Case:
    """A measure or part as the plan gives it, and what an officer enters."""

    plan: dict[str, object]
    figure: Entered = None
    status: DataStatus | str | None = None
    last_year: Decimal | None = None
    last_shortfall: Decimal | None = None
    last: Decimal | None = None
    left: Decimal | None = None
    """What an officer's formula leaves of 0, which is the figure."""


@dataclass
class Book:
    """A plan with its settings, and what is entered in its return.

    Where its key actions are `shared`, each has one milestone more in another service area's return. `more` is what is
    entered besides, by sheet.
    """

    settings: dict[str, object]
    cases: list[Case] = field(default_factory=list)
    actions: list[tuple[dict[str, object], list[tuple[str | None, str | None]]]] = field(default_factory=list)
    shared: bool = False
    more: Mapping[str, list[dict[str, object]]] = field(default_factory=dict)
    own: dict[str, str | None] = field(default_factory=dict)
    """Own ratings, by the keys of key actions."""

    def add(self, case: Case) -> None:
        case.plan.setdefault(c.KEY, f"M{len(self.cases) + 1}")
        self.cases.append(case)


def near(figure: Decimal) -> Iterator[Decimal]:
    """A figure, and its neighbours at the tenth significant digit."""
    step = Decimal(1).scaleb((figure.adjusted() if figure else 0) - 9)
    yield from (figure, figure - step, figure + step)


def edges(target: Decimal, *shares: str) -> Iterator[Decimal]:
    """Figures on and next to a target, and to each share below and above it."""
    for share in ("0", *shares):
        for sign in (1, -1):
            for figure in near(target + sign * abs(target) * Decimal(share)):
                digits = len(figure.normalize().as_tuple().digits)
                if digits <= 13:
                    yield figure


TARGETS = ("80", "36.6", "0.744", "4297651", "-5", "123456.789")


def target_cases(book: Book, targets: Sequence[str], *shares: str) -> None:
    for target, better in itertools.product(targets, ("Higher", "Lower")):
        for figure in dict.fromkeys(edges(Decimal(target), *shares)):
            book.add(Case({c.BETTER_WHEN: better, c.TARGET_QUARTERS[1]: Decimal(target)}, figure))


def default_book() -> Book:
    book = Book({})
    target_cases(book, TARGETS, "0.15")
    for better, mark in itertools.product(("Higher", "Lower"), ("-1", "0", "1", "0.0000001")):
        book.add(Case({c.BETTER_WHEN: better, c.TARGET_QUARTERS[1]: 0}, Decimal(mark)))
        book.add(Case({c.BETTER_WHEN: better, c.TARGET_QUARTERS[1]: 0, c.RED_BEYOND: "-0.5"}, Decimal(mark)))
    ranges: tuple[dict[str, object], ...] = (
        {c.RANGE_LOW: 10, c.RANGE_HIGH: 20},
        {c.RANGE_LOW: 10},
        {c.RANGE_HIGH: 20},
        {c.RANGE_LOW: -4, c.RANGE_HIGH: 0},
        {c.RANGE_LOW: 10, c.RANGE_HIGH: 20, c.RED_BEYOND: 5},
        {c.RANGE_LOW: 10, c.RANGE_HIGH: 20, c.RED_BEYOND: 26},
        {c.RANGE_LOW: 10, c.RANGE_HIGH: 20, c.RED_BEYOND: 15},
        {c.RANGE_LOW: 10, c.RED_BEYOND: 8.5},
        {c.RANGE_LOW: 10, c.RANGE_HIGH: 20, c.INTERVENTION_LEVEL: "12.5 %"},
        {c.RANGE_LOW: 10, c.RANGE_HIGH: 20, c.INTERVENTION_LEVEL: "0 %"},
    )
    marks = ("-4.6", "-4", "-1", "0", "1", "5", "8.5", "8.75", "10", "15", "20", "22.5", "23", "26")
    for plan, mark in itertools.product(ranges, marks):
        for figure in near(Decimal(mark)) if mark in ("-4.6", "8.5", "20", "23") else (Decimal(mark),):
            book.add(Case({c.BETTER_WHEN: "In range", **plan}, figure))
    for better, limit, mark in itertools.product(
        ("Higher", "Lower"), ("60", "100"), ("59.99", "60", "80", "100", "101")
    ):
        book.add(Case({c.BETTER_WHEN: better, c.TARGET_QUARTERS[1]: 80, c.RED_BEYOND: limit}, Decimal(mark)))
    typed: Entered
    for status, typed in itertools.product((None, *DataStatus), (None, Decimal(68), "n/a", "  ")):
        for last in (None, Decimal(60), Decimal(70)):
            book.add(Case({c.BETTER_WHEN: "Higher", c.TARGET_QUARTERS[1]: 80}, typed, status, last=last))
    for plan, typed in itertools.product(states(), (None, Decimal(3), "text")):
        book.add(Case({c.BETTER_WHEN: "Higher", **plan}, typed))
    # What Excel makes of a typed percentage: 74.4 divided by 100 in binary.
    for percent in ("74.4", "57.3", "81.9", "0.7", "29"):
        book.add(
            Case({c.BETTER_WHEN: "Higher", c.UNIT: "%", c.TARGET_QUARTERS[1]: f"{percent}%"}, Decimal(percent) / 100)
        )
    residues(book)
    book.actions = key_actions()
    return book


def residues(book: Book) -> None:
    """What a subtraction leaves of 0, at every kind of limit that is 0."""
    target, both = c.TARGET_QUARTERS[1], {c.BETTER_WHEN: "In range"}
    plans: list[dict[str, object]] = [
        {c.BETTER_WHEN: "Higher", target: 0},
        {c.BETTER_WHEN: "Lower", target: 0},
        {c.BETTER_WHEN: "More than", target: 0},
        {c.BETTER_WHEN: "Less than", target: 0, c.INTERVENTION_LEVEL: "0 points"},
        {c.BETTER_WHEN: "Higher", target: 80, c.RED_BEYOND: 0},
        {c.BETTER_WHEN: "Higher", target: 80, c.INTERVENTION_LEVEL: "100 %"},
        {c.BETTER_WHEN: "Higher", target: 8, c.INTERVENTION_LEVEL: "9 points", c.GREEN_WITHIN: "8 points"},
        {c.BETTER_WHEN: "Lower", target: 8, c.STRETCH_TARGET: 0},
        {**both, c.RANGE_LOW: -4, c.RANGE_HIGH: 0},
        {**both, c.RANGE_LOW: 0, c.RANGE_HIGH: 4, c.INTERVENTION_LEVEL: "5 points"},
        {**both, c.RANGE_LOW: 1, c.RANGE_HIGH: 4, c.RED_BELOW: 0},
    ]
    for given, left in itertools.product(plans, ("7.3E-12", "-7.3E-12")):
        book.add(Case(dict(given), Decimal(0), left=Decimal(left)))
    for key, left in (("Z1", "7.3E-12"), ("Z2", "-7.3E-12")):
        book.add(Case({c.KEY: key, c.BETTER_WHEN: "Lower"}))
        book.add(Case({c.KEY: key, c.PART: "1", target: 0}, Decimal(0), left=Decimal(left)))
        book.add(Case({c.KEY: key, c.PART: "2", target: 100}, Decimal(90)))


def states() -> Iterator[dict[str, object]]:
    """Measures that no figure rates this quarter, and those whose target comes another way."""
    yield {}
    yield {c.STATUS: "Under development", c.ANNUAL_TARGET: 4}
    yield {c.STATUS: "Data only"}
    yield {c.STARTS: "2013/14 Q3", c.ANNUAL_TARGET: 4}
    yield {c.REPORTED_IN: "Q1;Q4", c.ANNUAL_TARGET: 4}
    yield {c.BASIS: "Year to date", c.ANNUAL_TARGET: 4}
    yield {c.BASIS: "Year to date", c.PROFILE: "Straight line", c.ANNUAL_TARGET: 7}
    yield {c.BASIS: "Latest available", c.ANNUAL_TARGET: 3}


def settings_book() -> Book:
    """Exactly at the level is Red, a tenth better than target is Blue."""
    book = Book({"At the intervention level": "Red", "Blue beyond": "10 %"})
    target_cases(book, TARGETS[1:5:2], "0.15", "0.1")
    return book


OWN_LEVELS: tuple[dict[str, object], ...] = (
    {c.INTERVENTION_LEVEL: "5 points"},
    {c.INTERVENTION_LEVEL: "5 points", c.GREEN_WITHIN: "2 points"},
    {c.INTERVENTION_LEVEL: "10 %", c.GREEN_WITHIN: "2 points"},
    {c.INTERVENTION_LEVEL: "5 points", c.GREEN_WITHIN: "5 %"},
    {c.INTERVENTION_LEVEL: "0 %", c.GREEN_WITHIN: "5 %"},
    {c.INTERVENTION_LEVEL: "0 points"},
    {c.GREEN_WITHIN: "5 %"},
)
"""Levels of a measure's own."""


MISSED, BEATEN = ("0", "2", "2.0000001", "5", "5.0000001"), ("19.9999999", "20")
"""By how much a target is missed, at each level and right beyond it, and how much better a figure is than it."""


def strict_book(settings: Mapping[str, object], levels: Sequence[dict[str, object]]) -> Book:
    """Levels of a measure's own, in points too; targets to be bettered, and stretch targets."""
    book = Book(dict(settings))
    given: dict[str, object]
    ways = ("Higher", "Lower", "More than", "Less than")
    of_80, of_0 = itertools.product(levels, ways, (80,)), itertools.product(levels[:3], ways, (0,))
    for given, better, target in (*of_80, *of_0):
        up = 1 if better in ("Higher", "More than") else -1
        marks = [target - up * Decimal(gap) for gap in MISSED] + [target + up * Decimal(gap) for gap in BEATEN]
        for number, figure in enumerate(marks):
            plan = {c.BETTER_WHEN: better, c.TARGET_QUARTERS[1]: target, c.STRETCH_TARGET: target + 20 * up}
            book.add(Case({**given, **plan}, figure, last_year=None if number % 2 else Decimal(72)))
    return book


def own_levels_book() -> Book:
    """The same with no settings; percentages, a limit on each side of a range, straight lines and parts."""
    levels = OWN_LEVELS
    book = strict_book({}, levels)
    given: dict[str, object]
    percent = {c.UNIT: "%", c.TARGET_QUARTERS[1]: "90%", c.INTERVENTION_LEVEL: "5 points", c.GREEN_WITHIN: "2 points"}
    for better, mark in itertools.product(
        ("Higher", "Lower"), ("0.85", "0.849", "0.95", "0.951", "0.9", "0.92", "0.88")
    ):
        book.add(Case({**percent, c.BETTER_WHEN: better}, Decimal(mark)))
    ends: tuple[dict[str, object], ...] = (
        {c.RED_BELOW: 8}, {c.RED_ABOVE: 24}, {c.RED_BELOW: 8, c.RED_ABOVE: 24}, {c.RED_BELOW: 15}
    )  # fmt: skip
    for given, mark in itertools.product((*ends, *levels[:2]), ("7.9", "8", "9", "15", "22", "24", "24.1", "26")):
        plan = {c.BETTER_WHEN: "In range", c.RANGE_LOW: 10, c.RANGE_HIGH: 20}
        book.add(Case({**plan, **given}, Decimal(mark)))
    others: tuple[tuple[dict[str, object], tuple[str, ...]], ...] = (
        ({c.BETTER_WHEN: "In range", c.RANGE_HIGH: 0, c.INTERVENTION_LEVEL: "5 points"}, ("-1", "0", "1", "5", "5.1")),
        ({c.BETTER_WHEN: "Higher", **ON_A_LINE}, ("59", "60", "61", "69.9", "70", "70.1")),
        ({c.BETTER_WHEN: "More than", **ON_A_LINE}, ("59", "60", "61", "69.9", "70", "70.1")),
        ({c.BETTER_WHEN: "Lower", c.BASIS: "Year-to-date rate", c.ANNUAL_TARGET: 66}, ("64", "66", "70", "80")),
    )
    for given, marks_of_this in others:
        for mark in marks_of_this:
            book.add(Case(dict(given), Decimal(mark)))
    own_level_indexes(book)
    return book


ON_A_LINE = {c.BASIS: "Year to date", c.PROFILE: "Straight line", c.ANNUAL_TARGET: 120, c.STRETCH_TARGET: 140}


def own_level_indexes(book: Book) -> None:
    """Measures whose parts take their points, and that are rated by the plan's level themselves."""
    parts: tuple[tuple[dict[str, object], str], ...] = (
        ({c.TARGET_QUARTERS[1]: 100}, "94"),
        ({c.TARGET_QUARTERS[1]: 100, c.BETTER_WHEN: "More than"}, "100"),
        ({c.TARGET_QUARTERS[1]: 0}, "-1"),
        ({c.TARGET_QUARTERS[1]: 0, c.BETTER_WHEN: "More than"}, "0"),
        ({c.TARGET_QUARTERS[1]: 0, c.BETTER_WHEN: "Less than"}, "-1"),
        ({c.TARGET_QUARTERS[1]: 0, c.STRETCH_TARGET: 5}, "6"),
        ({c.RANGE_LOW: 0, c.RANGE_HIGH: 9, c.BETTER_WHEN: "In range"}, "-1"),
        ({c.TARGET_QUARTERS[1]: 100}, "80"),
    )
    levels: tuple[dict[str, object], ...] = (
        {c.INTERVENTION_LEVEL: "2 points", c.GREEN_WITHIN: "1 point"}, *OWN_LEVELS[3:5]
    )  # fmt: skip
    pairs = [*itertools.pairwise(parts), *((part, parts[-1]) for part in parts[:-1])]
    for number, two in enumerate(pairs):
        key = f"X{number}"
        book.add(Case({c.KEY: key, c.BETTER_WHEN: "Higher", **levels[number % len(levels)]}))
        for place, (plan, figure) in enumerate(two, 1):
            book.add(Case({c.KEY: key, c.PART: str(place), **plan}, Decimal(figure)))


def improvement_book() -> Book:
    """As Havering rates: within a tenth is Green, beyond it Amber if better than last year."""
    book = Book({"Intervention level": "10 %", "Green within": "10 %", "Amber needs improvement": "Yes"})
    target_cases(book, TARGETS[:3], "0.1")
    for better, figure, then in itertools.product(("Higher", "Lower"), ("40", "90", "120"), ("40", "90", "120")):
        book.add(Case({c.BETTER_WHEN: better, c.TARGET_QUARTERS[1]: 80}, Decimal(figure), last_year=Decimal(then)))
    for figure, short in itertools.product(("6", "8", "30"), ("0.2", "0.4", "0.5")):
        plan = {c.BETTER_WHEN: "In range", c.RANGE_LOW: 10, c.RANGE_HIGH: 20}
        book.add(Case(plan, Decimal(figure), last_shortfall=Decimal(short)))
    whole: dict[str, object] = {c.KEY: "IX", c.BETTER_WHEN: "Higher"}
    book.add(Case(whole, last_shortfall=Decimal("0.3")))
    for part, figure in (("1", "70"), ("2", "70")):
        book.add(Case({c.KEY: "IX", c.PART: part, c.TARGET_QUARTERS[1]: 100}, Decimal(figure)))
    return book


def index_book(method: str, own_method: str, blue: str) -> Book:
    """Indexes of two to four parts, by the plan's method or their own, with every state that a part can have."""
    book = Book({"Index method": method, "Blue beyond": blue})
    chance = random.Random(method)
    pool: list[dict[str, Any]] = [
        {"plan": {c.TARGET_QUARTERS[1]: 100}, "figure": Decimal(figure)}
        for figure in ("85", "70", "100", "90", "84.99999999", "130", "115", "80")
    ]
    pool += [
        {"plan": {c.TARGET_QUARTERS[1]: 100}, "status": DataStatus.NOT_AVAILABLE},
        {"plan": {c.TARGET_QUARTERS[1]: 0}, "figure": Decimal(0)},
        {"plan": {c.TARGET_QUARTERS[1]: 100, c.BETTER_WHEN: "Lower"}, "figure": Decimal(115)},
        {"plan": {c.STATUS: "Data only"}},
        {"plan": {}},
    ]
    rare: list[dict[str, Any]] = [
        {"plan": {c.TARGET_QUARTERS[1]: 100}},
        {"plan": {c.TARGET_QUARTERS[1]: 100}, "figure": "tbc"},
        {"plan": {c.TARGET_QUARTERS[1]: 100}, "status": DataStatus.NO_NEWER},
        {"plan": {c.TARGET_QUARTERS[1]: 100}, "status": DataStatus.NO_NEWER, "last": Decimal(88)},
        {"plan": {c.TARGET_QUARTERS[1]: 0}, "figure": Decimal(-1)},
        {"plan": {c.REPORTED_IN: "Q4", c.ANNUAL_TARGET: 9}},
        {"plan": {c.TARGET_QUARTERS[1]: 100, c.SERVICE_AREA: OTHER_AREA}},
    ]
    # Their mean is 15 % exactly, and a little more in binary.
    far_apart = [{"plan": {c.TARGET_QUARTERS[1]: 100}, "figure": Decimal(figure)} for figure in ("8999", "-8829")]
    fixed = (
        [pool[0]] * 2,
        far_apart,
        [pool[1], pool[2]],
        [pool[8]] * 2,
        [pool[12], pool[8]],
        [pool[11], pool[8]],
        [pool[4], pool[0]],
    )
    for number in range(80):
        parts = fixed[number // 2] if number < 2 * len(fixed) else chance.choices(pool, k=chance.randint(2, 4))
        if number % 8 > 5:
            parts = [*parts, chance.choice(rare)]
        key = f"X{number}"
        book.add(Case({c.KEY: key, c.BETTER_WHEN: "Higher", c.INDEX_METHOD: own_method if number % 2 else None}))
        for place, part in enumerate(parts, 1):
            plan = {
                c.KEY: key,
                c.PART: str(place),
                c.WEIGHT: chance.choice(("1", "2", "0.5", "0") if place > 1 else ("1", "2")),
                **part["plan"],
            }
            book.add(Case(plan, part.get("figure"), part.get("status"), last=part.get("last")))
    return book


def key_actions() -> list[tuple[dict[str, object], list[tuple[str | None, str | None]]]]:
    """Key actions with the status and the quality concern of each of their milestones; keys that look alike."""
    milestone = list(itertools.product(("Complete", "Overdue", None), ("Yes", None)))
    some = [[], *([each] for each in milestone), *([*pair] for pair in itertools.product(milestone, milestone))]
    some += [
        [(status, "maybe"), ("Complete", concern)] for status in ("Complete", "Overdue") for concern in (None, "Yes")
    ]
    names = ("1.1", "1.10", "K*", "K?", "K1", "K10", "~", "<>1", "=1")
    keys = itertools.chain(names, (f"A{number}" for number in itertools.count()))
    actions: list[tuple[dict[str, object], list[tuple[str | None, str | None]]]] = [
        ({c.KEY: key}, milestones) for key, milestones in zip(keys, some, strict=False)
    ]
    actions.append(({c.KEY: "D1", c.STATUS: "Under development"}, [("Overdue", None)]))
    actions.append(({c.KEY: "D2", c.STARTS: "2013/14 Q3"}, [("Overdue", None)]))
    return actions


def gaps_book(signed: str) -> Book:
    """A return that is complete but for its signature, a late milestone, and own ratings beside what others decide."""
    actions: list[tuple[dict[str, object], list[tuple[str | None, str | None]]]] = [
        ({c.KEY: key}, [("Complete", None)] * 2) for key in ("K1", "K2")
    ]
    book = Book({}, actions=actions, shared=signed != "Head of Highways")
    for figure, status, last in ((None, DataStatus.NO_NEWER, Decimal(60)), (Decimal(90), DataStatus.FINAL, None)):
        book.add(Case({c.BETTER_WHEN: "Higher", c.TARGET_QUARTERS[1]: 80}, figure, status, last=last))
    days = ((("K1", "1"), date(2013, 9, 30)), (("K1", "2"), date(2013, 10, 1)), (("K2", "1"), "in October"))
    book.more = {
        R.MILESTONES.name: [{c.KEY: key, c.NO: no, c.COMPLETED_ON: day} for (key, no), day in days],
        R.KEY_ACTIONS.name: [{c.KEY: "K2", c.OWN_RATING: Rating.RED}],
        R.SIGN_OFF.name: [{c.FIELD: c.SignOff.SIGNED_OFF_BY, c.ENTRY: signed}],
    }
    return book


def share_actions() -> list[tuple[dict[str, object], list[tuple[str | None, str | None]]]]:
    """Key actions with one to ten milestones, on and next to every level of a share; and those of every state."""
    outcomes = ("Complete", "Overdue", None)
    counts = [(9, 1, 0), (8, 2, 0), (8, 1, 1), (7, 3, 0), (6, 4, 0), (6, 3, 1), (5, 4, 1), (0, 10, 0), (0, 3, 7)]
    counts += [(2, 1, 0), (1, 2, 0), (1, 1, 1), (1, 0, 1), (3, 1, 0), (0, 1, 0), (2, 0, 0), (0, 0, 1), (0, 0, 0)]
    actions: list[tuple[dict[str, object], list[tuple[str | None, str | None]]]] = []
    for (complete, overdue, blank), concern in itertools.product(counts, (None, "Complete", "Overdue")):
        given = [each for each, count in zip(outcomes, (complete, overdue, blank), strict=True) for _ in range(count)]
        doubted = given.index(concern) if concern in given else None
        steps = [(each, "Yes" if number == doubted else None) for number, each in enumerate(given)]
        actions.append(({c.KEY: f"S{len(actions)}"}, steps))
    unclear: list[tuple[str | None, str | None]] = [
        ("Complete", "maybe"),
        *[("Complete", None)] * 8,
        ("Overdue", "maybe"),
    ]
    actions += [({c.KEY: "M1"}, unclear), ({c.KEY: "M2"}, [("Complete", "Yes"), *unclear[:-1], ("Overdue", None)])]
    for status in ("On hold", "Complete", "Under development"):
        actions.append(({c.KEY: f"T{len(actions)}", c.STATUS: status}, [("Overdue", None)]))
    return actions


SPELLED: dict[str, str | None] = {
    "Completed": "Complete",
    "complete.": "Complete",
    "COMPLETED.": "Complete",
    "over due": "Overdue",
    "Over-due.": "Overdue",
    "overdue.": "Overdue",
    "y": "Yes",
    "True": "Yes",
    "Yes.": "Yes",
    "n": "No",
    "not available.": "Not available",
    "No newer data.": "No newer data",
    " Complete": None,
}
"""Choices as they come in by pasting, and which `check` reads in each; none is what no preview takes for one."""


def spelled_book(settings: dict[str, object]) -> Book:
    """A return with every choice as it is pasted."""
    steps = list(itertools.product(list(SPELLED)[:6], (None, "y", "True", "Yes.", "n")))
    book = Book(settings, actions=[({c.KEY: f"K{at}"}, [step, ("Complete", None)]) for at, step in enumerate(steps)])
    book.actions.append(({c.KEY: "B1"}, [(" Complete", None)]))
    for figure, status in ((None, "not available."), (Decimal(90), "not available."), (None, "No newer data.")):
        book.add(Case({c.BETTER_WHEN: "Higher", c.TARGET_QUARTERS[1]: 80}, figure, status, last=Decimal(70)))
    return book


OWN_RATINGS = (None, "Green", "Amber", "Red", "g", "A", "red", "Blue", "Puce", " ")
"""Own ratings as officers type them; what none can be is no rating."""


def officers_book() -> Book:
    """Key actions that their officers rate, with each of `OWN_RATINGS`; keys as a formula must not take them."""
    keys = ('6" main', "[Key]", "=1", *(f"O{number}" for number in range(3, len(OWN_RATINGS))))
    book = Book({"Ask for a forecast": "Yes", "Complete shows as": "Blue"})
    book.own = dict(zip(keys, OWN_RATINGS, strict=True))
    book.actions = [({c.KEY: key, c.RATED_BY: "Officer"}, [("Overdue", None)]) for key in keys]
    book.actions += [({c.KEY: "C1", c.RATED_BY: "Officer", c.STATUS: "Complete"}, []), ({c.KEY: "N1"}, [])]
    book.add(Case({c.BETTER_WHEN: "Higher", c.TARGET_QUARTERS[1]: 80}, Decimal(68)))
    return book


@cache
def books() -> dict[str, Book]:
    """All books by name, made once: only to be read."""
    return {
        "default": default_book(),
        "settings": settings_book(),
        "improvement": improvement_book(),
        "own levels": own_levels_book(),
        "own levels at": strict_book(
            {"At the intervention level": "Red", "Amber needs improvement": "Yes", "Green within": "1 %"}
            | {"Blue beyond": "5 %"},
            OWN_LEVELS[2:5],
        ),
        "indexes": index_book("Mean", "Capped mean", "off"),
        "weighted": index_book("Weighted mean", "Worst part", "5 %"),
        "none due": Book({"No milestones due": "Green"}, actions=key_actions()[:2]),
        "previous": Book({"No milestones due": "Previous rating"}, actions=key_actions()[:2]),
        "shared": Book({"No milestones due": "Green"}, actions=key_actions(), shared=True),
        "signed": gaps_book("Head of Highways"),
        "unsigned": gaps_book("tbc"),
        "share": Book({"Milestones for Green": "90 %", "Milestones for Amber": "70 %"}, actions=share_actions()),
        "thirds": Book(
            {"Milestones for Green": "66.666666666666 %", "Milestones for Amber": "33.333333333334 %"},
            actions=share_actions(),
        ),
        "green alone": Book({"Milestones for Green": "50 %"}, actions=share_actions()),
        "shared share": Book({"Milestones for Amber": "70 %"}, actions=share_actions(), shared=True),
        "officers": officers_book(),
        "spelled": spelled_book({}),
        "spelled share": spelled_book({"Milestones for Amber": "50 %"}),
    }


def plan_for(book: Book, folder: Path) -> Plan:
    milestones = [
        {c.KEY: action[c.KEY], c.NO: str(number), c.DUE: "2013/14 Q2"}
        for action, given in book.actions
        for number, _ in enumerate(given, 1)
    ]
    actions = [action for action, _ in book.actions]
    if book.shared:
        elsewhere = {c.NO: "99", c.DUE: "2013/14 Q2", c.SERVICE_AREA: OTHER_AREA}
        milestones += [{c.KEY: action[c.KEY], **elsewhere} for action in actions]
        actions = [{**action, c.CONTRIBUTING: OTHER_AREA} for action in actions]
    folder.mkdir()
    return plan_of(folder, book.settings, actions, milestones, [case.plan for case in book.cases])


def earlier_of(book: Book) -> Earlier:
    rows: dict[ItemId, list[Reported]] = {
        item_id(str(case.plan[c.KEY]), str(case.plan.get(c.PART) or "")): [
            Reported(
                quarter=LAST_YEAR if case.last is None else Q2.plus(-1),
                kind=Kind.MEASURE,
                key=str(case.plan[c.KEY]),
                performance=case.last_year if case.last is None else case.last,
                shortfall=None if case.last_shortfall is None else Fraction(case.last_shortfall),
            )
        ]
        for case in book.cases
        if (case.last_year, case.last_shortfall, case.last) != (None, None, None)
    }
    if book.settings.get("No milestones due") == "Previous rating":
        rows[item_id("1.1")] = [Reported(quarter=Q2.plus(-1), kind=Kind.KEY_ACTION, key="1.1", rating=Rating.AMBER)]
    return Earlier(rows)


def entries_of(book: Book, in_cells: bool = False) -> Entries:
    """What is entered, as `write_return` takes it, or as it stands in cells."""
    measures = [
        {
            c.KEY: case.plan[c.KEY],
            c.PART: case.plan.get(c.PART),
            c.PERFORMANCE: case.left if in_cells and case.left else case.figure,
            c.DATA_STATUS: case.status,
        }
        for case in book.cases
    ]
    milestones = [
        {
            c.KEY: action[c.KEY],
            c.NO: str(number),
            c.STATUS: status,
            c.QUALITY_CONCERN: concern,
        }
        for action, given in book.actions
        for number, (status, concern) in enumerate(given, 1)
    ]
    entered: dict[str, list[dict[str, object]]] = {R.MEASURES.name: measures, R.MILESTONES.name: milestones}
    for sheet, rows in book.more.items():
        names = IDENTIFIED[sheet]
        there = {tuple(row[name] for name in names): row for row in entered.setdefault(sheet, [])}
        for row in rows:
            mine = there.get(tuple(row[name] for name in names))
            entered[sheet] += [] if mine else [row]
            (mine or {}).update(row)
    for key, rating in book.own.items():
        entered.setdefault(R.KEY_ACTIONS.name, []).append({c.KEY: key, c.OWN_RATING: rating})
    return entered


IDENTIFIED = {
    R.MEASURES.name: (c.KEY, c.PART),
    R.MILESTONES.name: (c.KEY, c.NO),
    R.KEY_ACTIONS.name: (c.KEY,),
    R.SIGN_OFF.name: (c.FIELD,),
}
"""What identifies a row of each sheet here."""


def fill(path: Path, entries: Entries) -> None:
    """Types entries into a return as an officer would, and drops what the formulas came to."""
    with typed_into(path) as book:
        for name, rows in entries.items():
            sheet, identified = book[name], IDENTIFIED[name]
            columns = headings_of(sheet)
            typed = {tuple(row[name] for name in identified): row for row in rows}
            for number in range(3, sheet.last + 1):
                row = typed.get(tuple(sheet.value(number, columns[name]) for name in identified), {})
                for heading, value in row.items():
                    if heading not in identified and value is not None:
                        percent = heading == c.PERFORMANCE and sheet.value(number, columns[c.UNIT]) == "%"
                        sheet.type_in(number, columns[heading], as_excel_stores(value, percent))
        book.drop_results()


def as_excel_stores(value: object, percent: bool) -> Any:
    """An entry as its cell holds it: a typed percentage is divided by 100 in binary."""
    if isinstance(value, Rating):
        return value.word
    if isinstance(value, date):
        return (value - datetime(1899, 12, 30) if isinstance(value, datetime) else value - date(1899, 12, 30)).days
    if not isinstance(value, Decimal):
        return value
    return float(value * 100) / 100 if percent else float(value)


def by_libreoffice(paths: list[Path], folder: Path) -> dict[str, Values]:
    """What LibreOffice works out all formulas of several workbooks to."""
    command = [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", EACH_SHEET_AS_CSV, "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return {
        path.name: {
            name: rows_of_csv((folder / f"{path.stem}-{name}.csv").read_text("utf-8"))
            for name in (*SHOWING, R.GUIDANCE)
        }
        for path in paths
    }


EACH_SHEET_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1"
"""UTF-8, a file for each sheet, texts alone in quotes, figures with all their digits; an .xlsx takes twice the time."""

FIELD = re.compile(r'(?:"((?:[^"]|"")*)"|([^,\n]*))([,\n])')


def rows_of_csv(text: str) -> list[list[object]]:
    """What a sheet's cells show: a text in quotes is one, all else a figure, in per cent where its cell says so."""
    rows: list[list[object]] = [[]]
    for quoted, plain, end in FIELD.findall(text):
        figure = float(plain.removesuffix("%")) / (100 if plain.endswith("%") else 1) if plain else None
        rows[-1].append(quoted.replace('""', '"') or figure)
        if end == "\n":
            rows.append([])
    return rows[:-1]


def by_hyperformula(paths: list[Path], folder: Path) -> dict[str, Values]:
    """What HyperFormula does, which takes types as strictly as Excel."""
    given = {
        path.name: {
            name: shown_in(book[name], as_given) for book in (TypedBook(path.read_bytes()),) for name in book.named
        }
        for path in paths
    }
    command = [str(NODE), str(Path(__file__).with_name("recalculate.cjs"))]
    where = {**os.environ, "NODE_PATH": str(HYPERFORMULA.parent)}
    run = subprocess.run(
        command, input=json.dumps(given), capture_output=True, check=True, timeout=180, env=where, encoding="utf-8"
    )
    worked_out: dict[str, Values] = json.loads(run.stdout)
    return worked_out


def as_given(sheet: TypedSheet, row: int, column: int) -> object:
    """A cell as HyperFormula takes it: a text after an apostrophe, or `1.10` were a number and `=1` a formula."""
    formula, value = sheet.formula(row, column), sheet.value(row, column)
    if formula is not None:
        return f"={formula}"
    return f"'{value}" if isinstance(value, str) else value


ENGINES = {
    "LibreOffice": by_libreoffice if SOFFICE else None,
    "HyperFormula": by_hyperformula if NODE and HYPERFORMULA.is_dir() else None,
}
"""What works out formulas: they differ in how they take types and ranges, and a preview must be right in each."""


def values_in(path: Path) -> Values:
    """The values that stand in the sheets of a return that show something."""
    book = TypedBook(path.read_bytes())
    return {name: shown_in(book[name]) for name in (*SHOWING, R.GUIDANCE)}


def shown_in(
    sheet: TypedSheet, shown: Callable[[TypedSheet, int, int], object] = TypedSheet.value
) -> list[list[object]]:
    """What a sheet's cells show, as rows from its first cell on."""
    across = range(1, 1 + max((max(row, default=0) for row in sheet.cells.values()), default=0))
    return [[shown(sheet, number, column) for column in across] for number in range(1, 1 + sheet.last)]


SHOWING = (R.MEASURES.name, R.KEY_ACTIONS.name)
"""The sheets with previews."""


def previews(values: Values) -> dict[tuple[str, ...], object]:
    """The letters in a return, by sheet, key and part; and the counts of its key actions."""
    shown: dict[tuple[str, ...], object] = {}
    for name in SHOWING:
        _, heading, *rows = values[name]
        for cells in rows:
            row = dict(zip(heading, cells, strict=False))  # HyperFormula leaves out empty cells at a row's end
            shown[(name, str(row[c.KEY]), str(row.get(c.PART) or ""))] = row[c.RAG_PREVIEW]
            if name == R.MEASURES.name:
                shown[("shortfall", str(row[c.KEY]), str(row.get(c.PART) or ""))] = eight_decimals(row.get(c.SHORTFALL))
            if name == R.KEY_ACTIONS.name:
                shown[("counts", str(row[c.KEY]))] = (row[c.MILESTONES_DUE], row[c.COMPLETE], row[c.OVERDUE])
    shown[("missing",)] = [row[0] for row in values[R.GUIDANCE] if row and isinstance(row[0], int | float)]
    return shown


def eight_decimals(shortfall: object) -> str:
    """A shortfall to eight decimals, as far as programs agree, halves rounded up in each; an empty text is none."""
    return f"{round(float(str(shortfall)) + 1e-10, 8) + 0.0:.8f}" if shortfall not in (None, "") else ""


def by_the_rules(book: Book, plan: Plan) -> dict[tuple[str, ...], object]:
    """The letters that the rules give, for all that a return alone can tell."""
    expected: dict[tuple[str, ...], object] = {}
    cases = {(case.plan[c.KEY], case.plan.get(c.PART)): case for case in book.cases}
    parts: dict[str, list[rules.RatedPart]] = {}
    for measure in plan.measures:
        case = cases[(measure.key, measure.part)]
        if measure.has_parts or measure.area == OTHER_AREA:
            continue
        text = isinstance(case.figure, str) and bool(case.figure.strip())
        actual = case.figure if isinstance(case.figure, Decimal) else None
        status = SPELLED.get(case.status or "", case.status)
        unavailable = status == DataStatus.NOT_AVAILABLE
        if status == DataStatus.NO_NEWER and actual is None and not text:
            actual = case.last
        figure = rules.Figure(actual, unavailable)
        rated = rules.rate_measure(measure, figure, Q2, plan.settings, improvement(case, measure, figure.actual))
        ratable = rules.rate_measure(measure, rules.Figure(), Q2, plan.settings).rating is Rating.NOT_RETURNED
        unclear = ratable and not unavailable and text
        letters = "?" if unclear else rated.rating
        expected[(R.MEASURES.name, measure.key, measure.part or "")] = str(letters)
        if not text:
            in_points = measure.part is None and isinstance(measure.level, Points) and not has_limits(measure)
            short = rated.gap if in_points else rated.shortfall
            expected[("shortfall", measure.key, measure.part or "")] = eight_decimals(short and float(short))
        parts.setdefault(measure.key, []).append(rules.RatedPart("", measure.weight, rated))
    for measure in plan.measures:
        if measure.has_parts:
            case = cases[(measure.key, None)]
            rated = rules.rate_index(measure, parts[measure.key], Q2, plan.settings)
            if case.last_shortfall is not None and rated.shortfall is not None:
                better = rules.Improvement(rated.shortfall < Fraction(case.last_shortfall), "")
                rated = rules.rate_index(measure, parts[measure.key], Q2, plan.settings, better)
            expected[(R.MEASURES.name, measure.key, "")] = str(rated.rating)
    for action in plan.key_actions if not book.shared else ():
        given = next(given for row, given in book.actions if row[c.KEY] == action.key)
        outturns = [
            rules.MilestoneOutturn(
                "", None if status is None else status == "Complete", None if concern == "maybe" else concern == "Yes"
            )
            for status, concern in ([SPELLED.get(each or "", each) for each in step] for step in given)
        ]
        own = rules.OwnRating(COLOUR_TYPED.get(book.own.get(action.key) or ""))
        last = Rating.AMBER if "Previous rating" in book.settings.values() and action.key == "1.1" else None
        acted = rules.rate_key_action(action, outturns, True, Q2, plan.settings, last, own)
        expected[(R.KEY_ACTIONS.name, action.key, "")] = str(acted.rating)
    return expected


COLOUR_TYPED = {
    "Green": Rating.GREEN,
    "g": Rating.GREEN,
    "Amber": Rating.AMBER,
    "A": Rating.AMBER,
    "Red": Rating.RED,
    "red": Rating.RED,
}
"""What of `OWN_RATINGS` is a rating, and which."""


def improvement(case: Case, measure: rules.Criteria, actual: Decimal | None) -> rules.Improvement | None:
    if actual is None:
        return None
    if case.last_shortfall is not None:
        short = rules.shortfall(measure, actual, rules.target_for(measure, Q2))
        return rules.Improvement(short is not None and short < Fraction(case.last_shortfall), "")
    if case.last_year is None:
        return None
    return rules.Improvement(actual > case.last_year if measure.better.upwards else actual < case.last_year, "")


@dataclass
class Written:
    """The books' returns as they were written: the letters that the rules give, the returns filled in, and the letters
    that stand there before any program has worked out a formula.
    """

    rated: dict[str, dict[tuple[str, ...], object]] = field(default_factory=dict)
    filled: list[Path] = field(default_factory=list)
    cached: dict[str, dict[tuple[str, ...], object]] = field(default_factory=dict)


def written(folder: Path) -> Written:
    """Every book's return."""
    made = Written()
    for name, book in books().items():
        plan = plan_for(book, folder / name)
        items = items_by_area(plan, Q2, [step for step in plan_milestones(plan, Q2).shown if step.counts])[AREA]
        earlier = earlier_of(book)
        path = folder / f"{name}.xlsx"
        write_return(path, plan, Q2, items, entries_of(book), earlier)
        made.rated[name], made.cached[name] = by_the_rules(book, plan), previews(values_in(path))
        fill(path, entries_of(book, in_cells=True))
        made.filled.append(path)
    return made


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Every book's return, written and filled once."""
    return written(tmp_path_factory.mktemp("books"))


def test_previews_agree_with_the_rules(made, tmp_path):
    for name, recalculate in ENGINES.items():
        if recalculate:
            (tmp_path / name).mkdir()
            assert differences(made, recalculate(made.filled, tmp_path / name)) == [], name
    cached = made.cached
    assert sum(map(len, made.rated.values())) > 700
    assert cached["previous"][(R.KEY_ACTIONS.name, "1.1", "")] == "A"
    assert cached["none due"][(R.KEY_ACTIONS.name, "1.1", "")] == "G"
    assert cached["signed"][("missing",)] == [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 4]
    assert cached["unsigned"][("missing",)] == [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 5]
    assert cached["spelled"][("missing",)] == [0, 30, 9, 9, 0, 0, 2, 1, 1, 0, 0, 1, 0, 1, 0, 54]
    assert cached["default"][("counts", "1.1")] == (0, 0, 0)
    assert cached["default"][("counts", "1.10")] == (1, 1, 0)
    assert_shared(cached["default"], cached["shared"])
    assert {letters for case, letters in cached["shared share"].items() if case[0] == R.KEY_ACTIONS.name} == {
        "NR",
        "–",
        "OH",
        "G",
        "TBC",
    }
    assert [cached["officers"][(R.KEY_ACTIONS.name, key, "")] for key in books()["officers"].own] == [
        *("NR", "G", "A", "R", "G", "A", "R", "NR", "NR", "NR")
    ]
    unclear = [case for case, shown in cached["indexes"].items() if shown in NOT_RATED and case[0] == R.MEASURES.name]
    assert 3 < len(unclear) < 40, "indexes with a part that isn't known here show so, and few others do"
    if missing := [name for name, engine in ENGINES.items() if engine is None]:
        pytest.skip(f"{' and '.join(missing)} not installed: the previews were held against the rules without it")


def test_the_formulas_of_a_return_are_the_same_whatever_is_entered(made, tmp_path):
    for name in ("default", "officers", "shared share"):
        book = books()[name]
        plan = plan_for(book, tmp_path / name)
        items = items_by_area(plan, Q2, [step for step in plan_milestones(plan, Q2).shown if step.counts])[AREA]
        (filled,) = (path for path in made.filled if path.stem == name)
        blank = tmp_path / f"{name}.xlsx"
        write_return(blank, plan, Q2, items, None, earlier_of(book))
        assert formulas_of(filled) == formulas_of(blank) != {}


def formulas_of(path: Path) -> dict[tuple[str, int, int], str]:
    """The formulas of a return, by sheet, row and column."""
    book = TypedBook(path.read_bytes())
    return {
        (name, row, column): formula
        for name in book.named
        for row, cells in book[name].cells.items()
        for column in cells
        if (formula := book[name].formula(row, column))
    }


def differences(made: Written, worked_out: Mapping[str, Values]) -> list[tuple[str, ...]]:
    """Where the letters that a program worked out aren't the rules', or aren't those written."""
    disagree: list[tuple[str, ...]] = []
    for name, rated in made.rated.items():
        live = previews(worked_out[f"{name}.xlsx"])
        for case, letters in rated.items():
            shown = live[case]
            if shown != letters and not (shown in NOT_RATED and case[1].startswith("X") and not case[2]):
                disagree.append((name, *case, f"shown {shown}, rules {letters}"))
        disagree += [
            (name, *case, f"written {letters}, live {live[case]}")
            for case, letters in made.cached[name].items()
            if letters != live[case]
        ]
    return disagree


def assert_shared(alone: dict[tuple[str, ...], object], shared: dict[tuple[str, ...], object]) -> None:
    """A key action shared with another return shows only what is certain whatever that return says."""
    certain = {"R", "NR", "TBC"}
    for case, letters in alone.items():
        if case[0] == R.KEY_ACTIONS.name:
            later = case[1] == "D2"  # it starts later
            counts = alone[("counts", case[1])]
            assert isinstance(counts, tuple)
            doubted = letters == "NR" and counts[0] == counts[1]  # by a concern that can't be read; there it may be R
            assert shared[case] == (letters if (letters in certain and not doubted) or later else "–"), case


FUNCTIONS = {"IF", "IFERROR", "TRIM", "ISNUMBER", "SUMPRODUCT", "SUM", "MAX", "N", "OR", "AND", "ABS", "CHAR"}


def test_formulas_are_short_and_use_only_what_every_excel_has(made):
    for path in made.filled:
        if path.stem not in ("improvement", "weighted", "thirds", "officers", "own levels at"):
            continue
        for formula in formulas_of(path).values():
            assert len(formula) < 8191
            assert set(re.findall(r"([A-Z]+)\(", formula)) <= FUNCTIONS
            assert depth(formula) < 64
            assert not re.search(r"(?:TRIM|LEFT)\([^)]*:", formula), "not every program takes its cells one by one"


def depth(formula: str) -> int:
    """How deep the brackets of a formula nest."""
    return max(itertools.accumulate({"(": 1, ")": -1}.get(letter, 0) for letter in formula))
