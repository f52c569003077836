"""Years of quarters through the command line, each report held against books kept by hand (`bookkeeping.py`).

    python tests/referees simulate [--years 3] [--seed 1] [--runs 1] [--folder FOLDER]

A random plan is reported quarter after quarter: templates, filled returns, some late, corrections, moved and withdrawn
milestones, overrides, declared ratings, and a new plan every year in which items are renumbered, split, dropped and
added. The first difference stops the run and is named, with its seed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import random
import re
import shutil
import tempfile
import warnings
from calendar import month_name
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from ragtool.cli import run
from referees.bookkeeping import (
    AMBER,
    BLUE,
    GREEN,
    RED,
    UPWARDS,
    YEARS,
    Action,
    Books,
    Kept,
    Measure,
    Said,
    Settings,
    Step,
    distance_of,
    first_day,
    rate,
    said,
)

AREAS = ("Highways", "Finance", "Children")
START = 2013 * 4
WORDS = {RED: "Red", AMBER: "Amber", GREEN: "Green", BLUE: "Blue"}
RATING_WORDS = (
    WORDS | {"OH": "On hold"} | {"NR": "Not returned", "NA": "Not available", "ND": "Not due", "TBC": "To be confirmed"}
)
FIGURES = ("Performance", "Target", "Benchmark", "Shortfall")
PLAIN = ("Revisions", "Returns")
"""Sheets that may tell a late return from one in time."""

Table = list[dict[str, Any]]


class Difference(Exception):
    """What a report says against what the books say."""


def main(arguments: Sequence[str]) -> int:
    """Runs the years asked for, with one seed after the other; status 1 at the first difference."""
    parser = argparse.ArgumentParser("python tests/referees simulate", description=__doc__.splitlines()[0])
    parser.add_argument("--years", type=int, default=3, help="how many years of each council (default: 3)")
    parser.add_argument("--seed", type=int, default=1, help="the first council's dice (default: 1)")
    parser.add_argument("--runs", type=int, default=1, help="how many councils, a seed each (default: 1)")
    parser.add_argument("--folder", type=Path, help="where the quarter folders are kept; else they are thrown away")
    options = parser.parse_args(arguments)
    for seed in range(options.seed, options.seed + options.runs):
        with tempfile.TemporaryDirectory() as name:
            folder = (options.folder / f"seed {seed}") if options.folder else Path(name)
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            try:
                tally = Council(random.Random(seed), folder).years(options.years)
            except Difference as problem:
                print(f"Seed {seed}: {problem}")
                return 1
            print(f"Seed {seed}: {', '.join(f'{count} {what}' for what, count in sorted(tally.items()))} agree.")
    return 0


class Council:
    """A council with its plan, its officers and its books."""

    def __init__(self, dice: random.Random, folder: Path) -> None:
        self.dice, self.folder, self.tally = dice, folder, Counter[str]()
        self.settings = Settings(
            level=Fraction(dice.choice((5, 10, 15, 20)), 100),
            at_level=dice.choice((AMBER, RED)),
            none_due=dice.choice(("Not due", "Green", "Previous rating")),
            method=dice.choice(("Mean", "Capped mean", "Worst part", "Weighted mean")),
            escalate_after=dice.choice((1, 1, 2, 3)),
        )
        more = random.Random(dice.random())
        YEARS["start in"] = more.choice((4, 4, 1, 7, 10))
        self.settings.for_green = Fraction(more.choice((100, 100, 90, 75, 50)), 100)
        self.settings.for_amber = Fraction(more.choice((100, 100, 70, 50, 25)), 100)
        self.settings.complete_as = more.choice((GREEN, BLUE))
        self.settings.forecast = more.random() < 0.6
        self.books = Books(self.settings, START)
        self.uids = iter(range(1, 100_000))
        self.numbers = iter(range(1, 100_000))
        self.actions = [self.new_action(START) for _ in range(dice.randint(4, 8))]
        self.wholes: list[tuple[Measure, list[Measure]]] = [self.new_measure(START) for _ in range(dice.randint(4, 8))]
        self.steps: list[Step] = []
        self.overrides: list[tuple[int, str, str]] = []
        self.reported: dict[tuple[int, str], set[Any]] = {}
        self.keys: dict[int, set[str]] = {}
        self.reported_areas: dict[int, str] = {}

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    # The plan

    def new_action(self, quarter: int) -> Action:
        dice = self.dice
        uid = next(self.uids)
        status = dice.choice(["Active"] * 9 + ["Under development"])
        starts = quarter + dice.randint(0, 3) if self.chance(0.15) else None
        ends = quarter + dice.randint(2, 9) if self.chance(0.15) else None
        area = dice.choice(AREAS)
        action = Action(uid, f"K{next(self.numbers)}", f"Action {uid}", area, status, starts, ends)
        action.by_officer = self.chance(0.25)
        return action

    def new_measure(self, quarter: int) -> tuple[Measure, list[Measure]]:
        dice, uid = self.dice, next(self.uids)
        key, area = f"P{next(self.numbers)}", dice.choice(AREAS)
        whole = Measure(uid, key, "", f"Measure {uid}", area, level=self.level(), method=self.method())
        whole.points = Fraction(dice.choice((2, 5, 12))) if whole.level is None and self.chance(0.3) else None
        whole.green = Fraction(dice.choice((2, 5)), 100) if self.chance(0.25) else None
        whole.status = dice.choice(["Active"] * 8 + ["Under development", "Data only"])
        if self.chance(0.25):
            whole.parts = True
            parts = [
                Measure(uid, key, str(n), f"Part {n}", area, weight=dice.randint(1, 3), status=whole.status)
                for n in range(1, dice.randint(2, 4) + 1)
            ]
            for part in parts:
                part.level, part.points, part.green = whole.level, whole.points, whole.green
                self.new_targets(part)
            return whole, parts
        whole.method = ""
        whole.starts = quarter + dice.randint(0, 3) if self.chance(0.1) else None
        whole.ends = quarter + dice.randint(2, 9) if self.chance(0.1) else None
        self.new_targets(whole)
        return whole, []

    def level(self) -> Fraction | None:
        return Fraction(self.dice.choice((5, 25)), 100) if self.chance(0.2) else None

    def method(self) -> str:
        return self.dice.choice(("Mean", "Worst part")) if self.chance(0.2) else ""

    def new_targets(self, m: Measure) -> None:
        """What a measure is held against, for a year."""
        dice = self.dice
        m.better = dice.choice(("Higher", "Higher", "Lower", "Lower", "In range", "More than", "Less than"))
        m.basis = dice.choice(("Quarter", "Quarter", "Latest available", "Year to date", "Year-to-date rate"))
        m.profile = m.basis == "Year to date" and self.chance(0.5)
        m.reported_in = (2, 4) if not m.part and self.chance(0.12) else ()
        m.red_beyond = m.red_below = m.red_above = m.stretch = None
        m.benchmark = Fraction(dice.randint(20, 150)) if self.chance(0.3) else None
        m.low = m.high = m.annual = None
        m.targets = [None] * 4
        if m.better == "In range":
            m.low, m.high = Fraction(dice.randint(50, 80)), Fraction(dice.randint(81, 120))
        elif m.basis == "Year to date" or self.chance(0.2):
            m.annual = Fraction(dice.randint(20, 200))
        elif self.chance(0.9):
            m.targets = [Fraction(dice.randint(0, 1500), 10) if self.chance(0.95) else None for _ in range(4)]
        aims = [aim for aim in (*m.targets, m.annual) if aim is not None]
        up = m.better in UPWARDS
        if aims and m.better != "In range" and self.chance(0.1):
            m.red_beyond = min(aims) - 20 if up else max(aims) + 20
        if aims and m.better != "In range" and self.chance(0.2):
            m.stretch = max(aims) + 10 if up else min(aims) - 10
        if m.low is not None and m.high is not None and self.chance(0.4):
            m.red_below = m.low - 10 if self.chance(0.7) else None
            m.red_above = m.high + 10 if self.chance(0.7) else None

    def new_year(self, quarter: int) -> None:
        """The milestones of a year; a new plan lists those that aren't complete, but may leave one out."""
        dice = self.dice
        self.steps = [step for step in self.steps if not self.is_complete(step) and self.chance(0.85)]
        for action in self.actions:
            for due in range(quarter, quarter + 4):
                for _ in range(dice.choice((0, 0, 1, 1, 2))):
                    self.add_step(action, due)

    def is_complete(self, step: Step) -> bool:
        kept = self.books.steps.get(step.who)
        return bool(kept and kept.complete)

    def add_step(self, action: Action, due: int) -> Step:
        """A milestone, numbered afresh in its quarter; a number that ever stood there isn't given again."""
        taken = [
            s.no for s in (*self.steps, *(k.step for k in self.books.steps.values())) if s.who[:2] == (action.uid, due)
        ]
        no = max(taken, default=0) + 1
        step = Step(action.uid, no, f"Step {no} of {action.uid} due {said(due)}", due, self.chance(0.3))
        self.steps.append(step)
        return step

    def change_plan(self, quarter: int) -> None:
        """What the manager changes before a quarter: every year a new plan, in every quarter some decisions."""
        dice = self.dice
        if quarter % 4 == 0 and quarter > START:
            self.turn_the_year(quarter)
        if quarter % 4 == 0:
            self.new_year(quarter)
        for step in self.steps:
            known = self.books.steps.get(step.who)
            if known and (known.complete or known.withdrawn):
                continue
            if step.effective <= quarter and step.revised is None and self.chance(0.06):
                step.revised, step.decision = quarter + dice.randint(0, 3), "Cabinet, minute 12"
            elif step.due <= quarter and self.chance(0.03):
                step.withdrawn, step.decision = True, "Cabinet, minute 13"
        if self.chance(0.3) and self.actions and quarter % 4:
            self.add_step(
                dice.choice(self.actions), quarter - dice.randint(0, quarter % 4)
            )  # late, or of a past quarter
        for action in self.actions:
            if action.status != "Under development" and self.chance(0.15):
                action.status = dice.choice(("Active", "On hold", "Complete"))
        if self.chance(0.5):
            item = dice.choice([*(action.key for action in self.actions), *(whole.key for whole, _ in self.wholes)])
            self.overrides.append((quarter, item, dice.choice((RED, AMBER, GREEN))))

    def turn_the_year(self, quarter: int) -> None:
        """A new plan: items renumbered, split, dropped, added, with new titles and targets."""
        dice = self.dice
        measures = [m for whole, parts in self.wholes for m in (whole, *parts)]
        items: list[Action | Measure] = [*self.actions, *measures]
        for item in items:
            item.formerly = ""
        if len(self.actions) > 3:
            gone = dice.choice(self.actions)
            self.actions.remove(gone)
            self.steps = [step for step in self.steps if step.action != gone.uid]
        if len(self.wholes) > 3:
            self.wholes.remove(dice.choice(self.wholes))
        living = [action for action in self.actions if action.ends is None or action.ends >= quarter]
        while len(living) < 3:
            living.append(self.new_action(quarter))
            self.actions.append(living[-1])
        one, other = dice.sample(living, 2)
        (one.key, one.formerly), (other.key, other.formerly) = (other.key, one.key), (one.key, other.key)
        split = dice.choice([action for action in living if action not in (one, other)])
        split.key, split.formerly = f"{split.key}a", split.key
        twin = Action(next(self.uids), f"{split.formerly}b", f"{split.title}, the rest", split.area)
        twin.formerly, twin.parent, twin.since = split.formerly, split.uid, quarter
        self.actions.insert(self.actions.index(split) + 1, twin)
        whole, parts = dice.choice([each for each in self.wholes if each[0].ends is None or each[0].ends >= quarter])
        new_key = f"P{next(self.numbers)}"
        for m in (whole, *parts):
            m.formerly = m.key if not m.part else ""
            m.key = new_key
        for title in (dice.choice(self.actions), dice.choice(self.wholes)[0]):
            title.title += " (revised)"
        self.actions.append(self.new_action(quarter))
        self.wholes.append(self.new_measure(quarter))
        for whole, parts in self.wholes:
            for m in parts or (whole,):
                self.new_targets(m)

    def write_plan(self, path: Path) -> None:
        """The plan workbook, as a manager would have it."""
        book = Workbook()
        book.remove(book.worksheets[0])
        s = self.settings
        sheet(book, "Settings", ("Setting", "Value", "Notes"), [
            ("Organisation", "Anytown Council"), ("Plan title", "Plan"), ("First quarter", said(START)),
            ("Intervention level", f"{s.level.numerator * 100 // s.level.denominator} %"),
            ("At the intervention level", WORDS[s.at_level]), ("Index method", s.method),
            ("No milestones due", s.none_due), ("Escalate after", s.escalate_after),
            ("Financial year starts", month_name[YEARS["start in"]]),
            ("Milestones for Green", f"{s.for_green.numerator * 100 // s.for_green.denominator} %"),
            ("Milestones for Amber", f"{s.for_amber.numerator * 100 // s.for_amber.denominator} %"),
            ("Complete shows as", WORDS[s.complete_as]), ("Ask for a forecast", "Yes" if s.forecast else "No"),
        ])  # fmt: skip
        sheet(book, "Outcomes", ("Theme", "Theme statement", "Outcome no", "Outcome", "Outcome leads"), [
            ("Caring", "We care", 1, "People are safe", "Ann"),
        ])  # fmt: skip
        sheet(book, "Service areas", ("Service area", "Head of service", "Email"), [(area,) for area in AREAS])
        sheet(book, "Key actions", KEY_ACTIONS, [
            (a.key, a.title, "Caring", 1, "", "", a.area, "", "", "", "", "Officer" if a.by_officer else "", a.status)
            + (quarter(a.starts), quarter(a.ends), a.formerly)
            for a in self.actions
        ])  # fmt: skip
        keys = {action.uid: action.key for action in self.actions}
        sheet(book, "Milestones", MILESTONES, [
            (keys[step.action], step.no, step.text, "", day(step.due) if step.by_day else said(step.due),
             quarter(step.revised), step.decision, "Withdrawn" if step.withdrawn else "Active")
            for step in self.steps
        ])  # fmt: skip
        sheet(book, "Measures", MEASURES, [measure_row(m) for whole, parts in self.wholes for m in (whole, *parts)])
        sheet(book, "Panels", ("Panel", "Remit"), [])
        sheet(book, "Earlier quarters", ("Quarter", "Key", "Part", "RAG", "Performance", "Target", "Review"), [])
        sheet(book, "Overrides", ("Quarter", "Key", "RAG", "Reason", "Approved by", "Date"), [
            (said(when), key, rating, "Agreed", "Cabinet", "2013-10-01")
            for when, key, rating in self.overrides
            if key in {*keys.values(), *(whole.key for whole, _ in self.wholes)}
        ])  # fmt: skip
        book.save(path)

    # The quarters

    def years(self, count: int) -> Counter[str]:
        for now in range(START, START + 4 * count):
            self.report(now)
        return self.tally

    def report(self, now: int) -> None:
        """One quarter: its plan, its returns, its report, and everything held against the books."""
        home = self.folder / said(now).replace("/", "-")
        if now > START:
            call("next", str(self.folder / said(now - 1).replace("/", "-")))
            self.take_proposals(home)
        else:
            home.mkdir()
        self.change_plan(now)
        self.write_plan(home / "corporate_plan.xlsx")
        call("templates", str(home), "--quarter", said(now))
        due = self.books.due(now, self.actions, self.steps)
        statuses = self.fill(home, now, due)
        self.book(now, due, statuses)
        self.consolidate(home, now, statuses)
        self.compare(home, now, due, statuses)

    def take_proposals(self, home: Path) -> None:
        """The next quarter's plan has what service areas proposed; the manager agrees to it."""
        plan = read(home / "corporate_plan.xlsx", "Milestones")
        proposed = {(row["Key"], row["Milestone"]) for row in plan if row["Status"] == "Proposed"}
        expect("the milestones proposed in the next plan", self.reported.get((0, "proposed"), set()), proposed)
        by_key = {action.key: action for action in self.actions}
        for row in plan:
            if row["Status"] == "Proposed":
                due = next(q for q in range(START, START + 200) if said(q) == row["Due"])
                step = self.add_step(by_key[row["Key"]], due)
                step.text = row["Milestone"]

    def fill(self, home: Path, now: int, due: dict[Any, Kept]) -> dict[str, Any]:
        """Fills every return; what was entered, by what it is about."""
        entered: dict[str, Any] = {"steps": {}, "actions": {}, "measures": {}, "corrections": [], "missing": set()}
        entered["proposed"] = set()
        asked: set[tuple[str, int, int]] = set()
        for area in AREAS:
            path = home / "returns" / f"{said(now).replace('/', '-')} {area}.xlsx"
            book = load_workbook(path)
            asked |= self.fill_milestones(book["Milestones"], now, due, entered)
            self.fill_actions(book["Key actions"], area, entered)
            self.fill_measures(book["Measures"], now, entered)
            self.fill_corrections(book["Revisions"], area, now, entered)
            mine = [action for action in self.actions if action.area == area and action.status != "Closed"]
            if mine and self.chance(0.4):
                action = self.dice.choice(mine)
                proposal = (action.key, f"Proposed in {said(now)} by {area}", said(now + self.dice.randint(1, 2)))
                entered["proposed"].add((area, *proposal[:2]))
                for column, value in enumerate(proposal, 1):
                    book["Next milestones"].cell(3, column).value = value
            book["Sign-off"]["B3"], book["Sign-off"]["B5"] = "Officer", "Head"
            book.save(path)
            if self.chance(0.12):
                entered["missing"].add(area)
        expected = {(kept.key, kept.step.due, kept.step.no) for kept in due.values()}
        expect("the milestones that the templates ask for", expected, asked)
        return entered

    def fill_milestones(
        self, page: Any, now: int, due: dict[Any, Kept], entered: dict[str, Any]
    ) -> set[tuple[str, int, int]]:
        by_name = {(kept.key, kept.step.due, kept.step.no): who for who, kept in due.items()}
        found = set()
        for cells in rows_of(page):
            carried = due_first(cells["Carried forward from"].value)
            first = next(q for q in range(START, now + 1) if said(q) == carried) if carried else now
            name = (cells["Key"].value, first, int(cells["No"].value))
            found.add(name)
            if name not in by_name:
                continue
            status = self.dice.choice(["Complete"] * 6 + ["Overdue"] * 3 + [""])
            concern = status == "Complete" and self.chance(0.15)
            cells["Status"].value = status or None
            cells["Quality concern"].value = "Yes" if concern else "No"
            entered["steps"][by_name[name]] = (status, concern)
        return found

    def forecast(self, cells: dict[str, Any], given: Said) -> None:
        """What an officer expects, where the plan asks."""
        if ("Forecast" in cells) is not self.settings.forecast:
            raise Difference("the column Forecast is there where the plan doesn't ask for one, or not where it does")
        if self.settings.forecast and self.chance(0.7):
            given.forecast = self.dice.choice((RED, AMBER, GREEN, BLUE))
            cells["Forecast"].value = WORDS[given.forecast]

    def own_rating(self, often: float = 0.15) -> Said:
        given = Said()
        if self.chance(often):
            given.own, given.reason = self.dice.choice((RED, AMBER, GREEN)), self.dice.choice(("A risk", "A risk", ""))
        return given

    def fill_actions(self, page: Any, area: str, entered: dict[str, Any]) -> None:
        officers = {action.key for action in self.actions if action.by_officer}
        for cells in rows_of(page):
            given = self.own_rating(0.6 if cells["Key"].value in officers else 0.15)
            cells["Own rating"].value = WORDS.get(given.own)
            cells["Reason for own rating"].value = given.reason or None
            self.forecast(cells, given)
            entered["actions"][cells["Key"].value] = given

    def fill_measures(self, page: Any, now: int, entered: dict[str, Any]) -> None:
        by_name = {(m.key, m.part): m for whole, parts in self.wholes for m in (whole, *parts)}
        for cells in rows_of(page):
            name = (cells["Key"].value, str(cells["Part"].value or ""))
            m = by_name[name]
            given = self.own_rating() if not m.part else Said()
            if not m.parts:
                fate = self.dice.random()
                given.status = "Final"
                if fate < 0.08:
                    given.status = "No newer data"
                elif fate < 0.14:
                    given.status = "Not available"
                elif fate < 0.2:
                    given.status = ""
                else:
                    given.figure = self.figure(m, now)
                    cells["Performance"].value = number(given.figure)
                cells["Data status"].value = given.status or None
            cells["Own rating"].value = WORDS.get(given.own)
            cells["Reason for own rating"].value = given.reason or None
            self.forecast(cells, given)
            entered["measures"][name] = given

    def figure(self, m: Measure, quarter: int) -> Fraction:
        """A figure near what a measure is held against, often exactly at the level."""
        dice = self.dice
        _, _, target = rate(m, quarter, Said(), self.settings)
        aim = target if target is not None else m.low if m.low is not None else Fraction(80)
        share = dice.choice(
            (Fraction(-20), Fraction(-15), Fraction(-5), Fraction(0), Fraction(5), Fraction(dice.randint(-30, 30)))
        )
        return Fraction(round(aim * (100 + share)), 100)

    def fill_corrections(self, page: Any, area: str, now: int, entered: dict[str, Any]) -> None:
        """Corrections of what this area reported, under the keys that items have now."""
        cells = rows_of(page, empty=True)
        chosen: set[Any] = set()
        for whole, parts in self.wholes:
            for m in parts or [whole]:
                past = [q for (q, uid, part) in self.books.rows if (uid, part) == (m.uid, m.part) and q < now]
                if m.area == area and past and self.chance(0.08):
                    when = self.dice.choice(past)
                    if (m.uid, when) in chosen:
                        continue
                    chosen.add((m.uid, when))
                    then = self.books.rows[when, m.uid, m.part].measure
                    assert then is not None
                    figure, row = self.figure(then, when), next(cells)
                    row["Key"].value, row["Part"].value = m.key, m.part or None
                    row["Quarter"].value, row["Reason"].value = said(when), f"Audited in {said(now)}"
                    row["Revised performance"].value = number(figure)
                    entered["corrections"].append((area, m, when, figure, f"Audited in {said(now)}"))

    def book(self, now: int, due: dict[Any, Kept], entered: dict[str, Any]) -> None:
        """Writes the quarter into the books. What a missing return holds isn't known."""
        missing, books = entered["missing"], self.books
        areas = {action.uid: action.area for action in self.actions}
        owner = {who: self.area_of(kept, areas) for who, kept in due.items()}
        statuses = {who: ("", False) if owner[who] in missing else status for who, status in entered["steps"].items()}
        self.corrected: Table = []
        for area, m, when, figure, reason in sorted(entered["corrections"], key=lambda each: each[2]):
            if area not in missing and books.correct(m.uid, m.part, when, figure, reason, now, shown):
                self.tally["corrections"] += 1
        keys = {action.uid: action.key for action in self.actions}
        living = {a.uid for a in self.actions if a.status != "Closed" and (a.ends is None or now <= a.ends)}
        books.milestones(now, due, self.steps, statuses, keys, living)
        for action in self.actions:
            if action.status == "Closed" or (action.ends is not None and now > action.ends):
                continue
            states = [statuses.get(who, ("", False)) for who in due if who[0] == action.uid]
            given = Said() if action.area in missing else entered["actions"].get(action.key, Said())
            books.action(action, now, states, action.area not in missing, given, self.override(now, action.key))
        for whole, parts in self.wholes:
            if whole.ends is None or now <= whole.ends:
                gone = whole.area in missing
                given_all = {
                    m.part: Said() if gone else entered["measures"].get((m.key, m.part), Said())
                    for m in (whole, *parts)
                }
                copies = [Measure(**vars(m)) for m in (whole, *parts)]
                books.measure(copies[0], copies[1:], now, given_all, self.override(now, whole.key))

    def area_of(self, kept: Kept, areas: Mapping[int, str]) -> str:
        return areas.get(kept.step.action) or self.gone_areas.get(kept.step.action, "")

    @property
    def gone_areas(self) -> dict[int, str]:
        return self.reported_areas

    def override(self, now: int, key: str) -> str:
        return next((rating for when, of, rating in reversed(self.overrides) if (when, of) == (now, key)), "")

    def consolidate(self, home: Path, now: int, entered: dict[str, Any]) -> None:
        """Runs the report: late returns come after a first run; a second run changes no byte."""
        self.reported_areas = {**self.reported_areas, **{action.uid: action.area for action in self.actions}}
        away = home / "away"
        away.mkdir()
        for area in entered["missing"]:
            move(return_of(home, now, area), away)
        late = {area for area in AREAS if area not in entered["missing"] and self.chance(0.15)}
        in_time = home.parent / f"{home.name} in time"
        if late and len(late | entered["missing"]) < len(AREAS):
            shutil.copytree(home, in_time)
            call("consolidate", str(in_time), "--no-panels", "--no-pack")
            for area in late:
                move(return_of(home, now, area), away)
            call("consolidate", str(home), "--no-panels", "--no-pack")
            for area in late:
                move(away / return_of(home, now, area).name, home / "returns")
        if len(entered["missing"]) == len(AREAS):
            for area in AREAS:
                move(away / return_of(home, now, area).name, home / "returns")
            entered["missing"] = set()
            raise Difference("the dice left no return at all; take another seed")
        call("consolidate", str(home), "--no-panels", "--no-pack")
        if in_time.exists():
            same_but_for(report_of(in_time, now), report_of(home, now))
            shutil.rmtree(in_time)
            self.tally["late returns"] += 1
        if self.chance(0.2):
            before = report_of(home, now).read_bytes()
            call("consolidate", str(home), "--no-panels", "--no-pack")
            if report_of(home, now).read_bytes() != before:
                raise Difference(f"{said(now)}: a second run wrote other bytes")
            self.tally["second runs"] += 1
        self.reported[0, "proposed"] = {
            (key, text) for area, key, text in entered["proposed"] if area not in entered["missing"]
        }

    # Against the books

    def compare(self, home: Path, now: int, due: dict[Any, Kept], entered: dict[str, Any]) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(report_of(home, now), read_only=False)
        sheets = {name: table(book[name]) for name in ("Data", "Milestones", "Revisions", "Queries")}
        self.compare_data(now, sheets["Data"])
        self.compare_milestones(now, sheets["Milestones"], due, entered)
        self.compare_revisions(now, sheets["Revisions"])
        self.compare_distances(now, table(book["Measures"]))
        self.compare_history(now, book["Quarterly history"])
        self.compare_counts(now, book["Summary"])
        self.tally["quarters"] += 1

    def compare_data(self, now: int, data: Table) -> None:
        found = {(row["Quarter"], row["Key"], str(row["Part"] or "")): row for row in data}
        if len(found) != len(data):
            raise Difference(f"{said(now)}: rows stand twice in Data")
        wanted = {(said(q), row.key, part): row for (q, _, part), row in self.books.rows.items()}
        expect(f"{said(now)}: the rows of Data", set(wanted), set(found))
        for name, row in wanted.items():
            there = found[name]
            figures_there: list[tuple[str, Any]] = [
                ("RAG", row.rag), ("Rule RAG", row.rule), ("Performance", row.figure), ("Target", row.target),
                ("Shortfall", row.short),
                ("Escalated", {True: "Yes", False: "No", None: None}[row.escalated]),
                ("Forecast", row.forecast or None),
                ("Benchmark", row.measure.benchmark if row.measure else None),
            ]  # fmt: skip
            for heading, value in figures_there:
                shown_there = there[heading]
                same = near(shown_there, value) if heading in FIGURES else shown_there == value
                if heading == "Escalated" and name[2]:
                    same = True
                if not same:
                    raise Difference(f"{said(now)}: {heading} of {name} is {shown_there}, not {value}: {there['Why']}")
            starts = there["Quarter starts"]
            if (starts.year, starts.month, starts.day) not in {(*first_day(q), 1) for q in quarters_called(name[0])}:
                raise Difference(f"{said(now)}: {name} has a quarter that starts on {starts}")
            self.tally["ratings"] += 1

    def compare_distances(self, now: int, found: Table) -> None:
        """How far each measure and part is from its target, on the Measures sheet."""
        shown_here = {(row["Key"], str(row["Part"] or "")): row["Shortfall"] for row in found}
        for (when, _, part), row in self.books.rows.items():
            if when == now and row.measure is not None:
                shown_there, wanted = shown_here[row.key, part], distance_of(row)
                if not near(shown_there, wanted):
                    raise Difference(f"{said(now)}: Shortfall of {row.key} {part} is {shown_there}, not {wanted}")
                self.tally["distances"] += 1

    def compare_milestones(self, now: int, found: Table, due: dict[Any, Kept], entered: dict[str, Any]) -> None:
        counted = {
            (row["Key"], due_first(row["Carried forward from"]) or said(now), row["No"]): row
            for row in found
            if row["Status"] not in ("Moved", "Withdrawn")
        }
        wanted = {(kept.key, said(kept.step.due), kept.step.no): (who, kept) for who, kept in due.items()}
        expect(f"{said(now)}: the milestones that count", set(wanted), set(counted))
        for name, (who, kept) in wanted.items():
            row = counted[name]
            missing = self.area_of(kept, {action.uid: action.area for action in self.actions}) in entered["missing"]
            status = "" if missing else entered["steps"].get(who, ("", False))[0]
            if row["Status"] != (status or "Not returned") or row["Times carried"] != kept.times:
                raise Difference(f"{said(now)}: milestone {name} is {row}, not {status}, carried {kept.times} times")
            self.tally["milestones"] += 1

    def compare_revisions(self, now: int, found: Table) -> None:
        listed = Counter(
            (row["Quarter"], row["Key"], str(row["Part"] or ""), row["Field"], row["Was"], row["Now"])
            for row in found
            if row["Reason"] and "Audited" in row["Reason"]
        )
        wanted = Counter(
            (*who, field, RATING_WORDS.get(was, was), RATING_WORDS.get(then, then))
            for *who, field, was, then in self.books.corrections
        )
        expect(f"{said(now)}: the corrections in Revisions", set(wanted.items()), set(listed.items()))
        decided = {
            (row["Quarter"], row["Key"], row["Field"]) for row in found if row["Reason"] and "Cabinet" in row["Reason"]
        }
        for action in self.actions:
            self.keys.setdefault(action.uid, set()).add(action.key)
        for step in self.steps:
            known = self.books.steps.get(step.who)
            if known and known.last == now and step.decision and (step.withdrawn or step.effective != step.due):
                field = f"Milestone {step.no}: {'Status' if step.withdrawn else 'Due'}"
                if not any((said(step.due), key, field) in decided for key in self.keys[step.action]):
                    raise Difference(f"{said(now)}: Revisions lack the decision on {field} of {self.keys[step.action]}")
                self.tally["decisions"] += 1

    def compare_history(self, now: int, page: Any) -> None:
        rows = {row["Key"]: row for row in table(page)}
        items: Sequence[Any] = [*self.actions, *(whole for whole, _ in self.wholes)]
        for item in items:
            line = self.books.line(item, now + 1)
            for when, row in line:
                cell = rows[item.key][said(when)]
                if cell != row.rag + ("*" if row.starred else ""):
                    raise Difference(f"{said(now)}: History has {cell} for {item.key} in {said(when)}, not {row}")
                self.tally["history cells"] += 1
        quarters = [heading for heading in next(iter(rows.values())) if re.search(r" Q[1-4]$", heading)]
        shown_letters = sum(1 for row in rows.values() for heading in quarters if row[heading])
        if shown_letters < len({key for key in self.books.rows if not key[2]}):
            raise Difference(f"{said(now)}: History has lost ratings")

    def compare_counts(self, now: int, page: Any) -> None:
        """Both count tables of the Summary: this quarter's total is the plan's items."""
        totals = [
            [cell.value for cell in row] for row in page.iter_rows() if any(str(cell.value) == "Total" for cell in row)
        ]
        actions = sum(1 for (q, uid, part), row in self.books.rows.items() if q == now and row.measure is None)
        measures = sum(1 for (q, uid, part), row in self.books.rows.items() if q == now and row.measure and not part)
        for wanted in (actions, measures):
            if not any(wanted in total for total in totals):
                raise Difference(f"{said(now)}: no count table of the Summary comes to {wanted}: {totals}")


KEY_ACTIONS = (
    "Key", "Key action", "Theme", "Outcome no", "Portfolio lead", "Officer lead", "Service area",
    "Contributing service areas", "Panel", "Action plan in place", "Linked to business plan", "Rated by", "Status",
    "Starts", "Ends", "Formerly",
)  # fmt: skip
MILESTONES = ("Key", "No", "Milestone", "Service area", "Due", "Revised due", "Decision", "Status")
MEASURES = (
    "Key", "Part", "Measure", "Part description", "Theme", "Outcome no", "Service area", "Panel", "Unit", "Decimals",
    "Better when", "Basis", "Profile", "Target Q1", "Target Q2", "Target Q3", "Target Q4", "Annual target", "Range low",
    "Range high", "Target period", "Intervention level", "Red beyond", "Index method", "Weight", "Reported in",
    "Status", "Starts", "Ends", "Formerly", "Green within", "Stretch target", "Red below", "Red above", "Benchmark",
    "Portfolio lead", "Officer lead", "Three year target", "Data source",
)  # fmt: skip


def measure_row(m: Measure) -> tuple[object, ...]:
    plain = [number(target) for target in (*m.targets, m.annual, m.low, m.high)]
    level = percent(m.level) if m.points is None else f"{m.points} points"
    if m.part:
        level = ""  # a part takes its measure's
    own_green = "" if m.part else percent(m.green)
    own = ("", m.title) if m.part else (m.title, "")
    where = ("", "", "") if m.part else ("Caring", 1, m.area)
    return (
        m.key, m.part, *own, *where, "", "", "", "" if m.parts else m.better, m.basis,
        "Straight line" if m.profile else "", *plain, "", level, number(m.red_beyond), m.method, m.weight,
        ";".join(f"Q{n}" for n in m.reported_in), m.status, quarter(m.starts), quarter(m.ends), m.formerly, own_green,
        *(number(figure) for figure in (m.stretch, m.red_below, m.red_above, m.benchmark)),
    )  # fmt: skip


def due_first(carried: str | None) -> str:
    """The quarter that a milestone was first due in, carried forward or moved from it; empty where that is this one."""
    return (carried or "").removeprefix("moved from ")


def percent(share: Fraction | None) -> str:
    return "" if share is None else f"{share.numerator * 100 // share.denominator} %"


def sheet(book: Workbook, name: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    page = book.create_sheet(name)
    page.append(list(headings))
    for row in rows:
        page.append([None if value == "" else value for value in row])


def quarter(when: int | None) -> str:
    return "" if when is None else said(when)


def day(when: int) -> date:
    """A day in a quarter."""
    year, month = first_day(when)
    return date(year + month // 12, month % 12 + 1, 14)


def quarters_called(name: str) -> list[int]:
    """The quarter of a name."""
    return [q for q in range(START - 8, START + 200) if said(q) == name]


def number(figure: Fraction | None) -> float | str:
    return "" if figure is None else float(figure)


def shown(figure: Fraction | None) -> str:
    """A figure as the Revisions sheet shows it."""
    if figure is None:
        return "blank"
    text = f"{float(figure):,.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def near(found: Any, wanted: Fraction | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return abs(Fraction(found) - wanted) < Fraction(1, 10**9)


def rows_of(page: Any, empty: bool = False) -> Iterator[dict[str, Any]]:
    """The rows of a return's sheet by heading: those with a key, or those without any."""
    headings = [cell.value for cell in page[2]]
    for row in page.iter_rows(min_row=3):
        if (row[0].value is None) == empty:
            yield dict(zip(headings, row, strict=True))


def table(page: Any) -> Table:
    cells = page[page.tables[next(iter(page.tables))].ref] if page.tables else page
    headings, *rows = ([cell.value for cell in row] for row in cells)
    return [dict(zip(headings, row, strict=True)) for row in rows if any(value is not None for value in row)]


def read(path: Path, name: str) -> Table:
    return table(load_workbook(path)[name])


def return_of(home: Path, now: int, area: str) -> Path:
    return home / "returns" / f"{said(now).replace('/', '-')} {area}.xlsx"


def report_of(home: Path, now: int) -> Path:
    return home / f"{said(now).replace('/', '-')} performance report.xlsx"


def move(path: Path, folder: Path) -> None:
    path.rename(folder / path.name)


def same_but_for(one: Path, other: Path) -> None:
    """Two reports that may differ on the sheets that tell when a return came."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        books = [load_workbook(path) for path in (one, other)]
    for name in books[0].sheetnames:
        cells = [[[cell.value for cell in row] for row in book[name].iter_rows()] for book in books]
        if name not in PLAIN and cells[0] != cells[1]:
            raise Difference(f"{other.name}: the sheet {name} tells that a return was late")


def expect(what: str, wanted: set[Any], found: set[Any]) -> None:
    if wanted != found:
        lacks, more = sorted(wanted - found, key=str)[:5], sorted(found - wanted, key=str)[:5]
        raise Difference(f"{what}: missing {lacks}, not expected {more}")


def call(*arguments: str) -> str:
    """Runs a command; anything but done, or done with queries, is a difference."""
    heard = io.StringIO()
    with contextlib.redirect_stdout(heard), contextlib.redirect_stderr(heard):
        status = run(list(arguments))
    if status not in (0, 1):
        raise Difference(f"{' '.join(arguments)} failed: {heard.getvalue()}")
    return heard.getvalue()
