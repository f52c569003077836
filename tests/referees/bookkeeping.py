"""A council's quarters kept by hand: simple rules of its own for what every report of `simulate.py` must say.

Nothing here comes from ragtool. Quarters are numbers, four a year; an item is known by a number of its own, whatever
its key is at the time, so that history, carried milestones and corrections need no searching.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

RED, AMBER, GREEN, TBC, NOT_RETURNED, NOT_AVAILABLE, NOT_DUE, DATA_ONLY = "R", "A", "G", "TBC", "NR", "NA", "ND", "DO"
BLUE, ON_HOLD = "B", "OH"
WORSE = [BLUE, GREEN, AMBER, RED]
UPWARDS, STRICT = ("Higher", "More than"), ("More than", "Less than")
LEFT_OUT = (TBC, DATA_ONLY, NOT_DUE, NOT_AVAILABLE)


YEARS = {"start in": 4}
"""The month in which the financial years of the council at hand start."""


def first_day(quarter: int) -> tuple[int, int]:
    """The year and month in which a quarter begins."""
    year, number = divmod(quarter, 4)
    months = YEARS["start in"] - 1 + 3 * number
    return year + months // 12, months % 12 + 1


def said(quarter: int) -> str:
    """A quarter as people write it: `2013/14 Q2`, or `2013 Q2` where financial years start in January."""
    year, number = divmod(quarter, 4)
    if YEARS["start in"] == 1:
        return f"{year} Q{number + 1}"
    return f"{year}/{(year + 1) % 100:02} Q{number + 1}"


@dataclass
class Action:
    """A key action. `parent` is the item that it was split from, `since` the first quarter of its own."""

    uid: int
    key: str
    title: str
    area: str
    status: str = "Active"
    starts: int | None = None
    ends: int | None = None
    formerly: str = ""
    parent: int | None = None
    since: int = 0
    by_officer: bool = False


@dataclass
class Step:
    """A milestone: who it is, and what the plan decided about it."""

    action: int
    no: int
    text: str
    due: int
    by_day: bool = False
    revised: int | None = None
    decision: str = ""
    withdrawn: bool = False

    @property
    def who(self) -> tuple[int, int, int]:
        return self.action, self.due, self.no

    @property
    def effective(self) -> int:
        return self.revised if self.revised is not None and self.decision else self.due


@dataclass
class Measure:
    """A measure or part; a measure with parts has `parts` and nothing to be held against."""

    uid: int
    key: str
    part: str
    title: str
    area: str
    better: str = "Higher"
    basis: str = "Quarter"
    profile: bool = False
    targets: list[Fraction | None] = field(default_factory=lambda: [None] * 4)
    annual: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    level: Fraction | None = None
    points: Fraction | None = None
    """An intervention level in points of the unit, in place of a share."""
    green: Fraction | None = None
    stretch: Fraction | None = None
    red_beyond: Fraction | None = None
    red_below: Fraction | None = None
    red_above: Fraction | None = None
    benchmark: Fraction | None = None
    reported_in: tuple[int, ...] = ()
    status: str = "Active"
    starts: int | None = None
    ends: int | None = None
    weight: int = 1
    method: str = ""
    parts: bool = False
    formerly: str = ""
    since: int = 0


@dataclass
class Settings:
    """The plan's settings that decide ratings."""

    level: Fraction = Fraction(15, 100)
    at_level: str = AMBER
    none_due: str = "Not due"
    method: str = "Mean"
    escalate_after: int = 1
    for_green: Fraction = Fraction(1)
    for_amber: Fraction = Fraction(1)
    complete_as: str = GREEN
    forecast: bool = False


@dataclass
class Said:
    """What an officer entered for an item: a figure or a status word, an own rating with its reason."""

    figure: Fraction | None = None
    status: str = ""
    own: str = ""
    reason: str = ""
    forecast: str = ""


@dataclass
class Row:
    """What is on record of an item in a quarter."""

    key: str
    rag: str
    rule: str
    figure: Fraction | None = None
    target: Fraction | None = None
    short: Fraction | None = None
    escalated: bool | None = None
    measure: Measure | None = None
    overridden: bool = False
    starred: bool = False
    forecast: str = ""


@dataclass
class Kept:
    """What is on record of a milestone that was ever counted."""

    step: Step
    key: str
    times: int = 0
    complete: bool = False
    withdrawn: bool = False
    last: int = 0


# Ratings


def target_of(m: Measure, quarter: int) -> Fraction | None:
    number = quarter % 4
    if m.better == "In range":
        return None
    if m.targets[number] is not None or m.annual is None:
        return m.targets[number]
    if m.basis != "Year to date" or number == 3:
        return m.annual
    return m.annual * (number + 1) / 4 if m.profile else None


def rate(m: Measure, quarter: int, given: Said, settings: Settings) -> tuple[str, Fraction | None, Fraction | None]:
    """The rule's rating of a figure, its shortfall and its target."""
    if m.status == "Under development":
        return TBC, None, None
    if m.status == "Data only":
        return DATA_ONLY, None, None
    target = target_of(m, quarter)
    early = m.basis == "Year to date" and m.better != "In range" and m.annual is not None and target is None
    if (
        (m.starts is not None and quarter < m.starts)
        or (m.reported_in and quarter % 4 + 1 not in m.reported_in)
        or early
    ):
        return NOT_DUE, None, None
    if target is None and not (m.better == "In range" and (m.low is not None or m.high is not None)):
        return TBC, None, None
    if given.figure is None:
        return (NOT_AVAILABLE if given.status == "Not available" else NOT_RETURNED), None, target
    rating, short = against(m, given.figure, target, stretch_of(m, quarter), settings)
    return rating, short, target


def stretch_of(m: Measure, quarter: int) -> Fraction | None:
    """The stretch target of a quarter: a part of the year's where the target is one."""
    number = quarter % 4
    if m.stretch is None:
        return None
    return m.stretch * (number + 1) / 4 if m.profile and m.targets[number] is None else m.stretch


def against(
    m: Measure, figure: Fraction, target: Fraction | None, stretch: Fraction | None, settings: Settings
) -> tuple[str, Fraction | None]:
    """A figure held against its target, or its range."""
    if target is None:
        under = m.low is not None and figure < m.low
        over = m.high is not None and figure > m.high
        bound = m.low if under else m.high
        met, gap = not under and not over, (m.low - figure if under and m.low is not None else Fraction(0))
        if over and m.high is not None:
            gap = figure - m.high
    else:
        bound = target
        up, strict = m.better in UPWARDS, m.better in STRICT
        gap = target - figure if up else figure - target
        met = gap < 0 or (gap == 0 and not strict)
        past = None if stretch is None else figure - stretch if up else stretch - figure
        if past is not None and (past > 0 or (past == 0 and not strict)):
            return BLUE, gap / abs(target) if target else None
    short = Fraction(0) if target is None and met else gap / abs(bound) if bound else None
    if met:
        return GREEN, short
    if m.red_beyond is not None:
        beyond = figure < m.red_beyond if m.better in UPWARDS else figure > m.red_beyond
        return (RED if beyond else AMBER), short
    if m.red_below is not None or m.red_above is not None:
        below, above = m.red_below, m.red_above
        beyond = below is not None and figure < below if under else above is not None and figure > above
        return (RED if beyond else AMBER), short
    if target is not None and figure == target:  # which had to be bettered
        level = m.points if m.points is not None else settings.level if m.level is None else m.level
        return (AMBER if level or settings.at_level == AMBER else RED), short
    if m.green is not None and short is not None and short <= m.green:
        return GREEN, short
    if m.points is not None:
        return (AMBER if gap < m.points or (gap == m.points and settings.at_level == AMBER) else RED), short
    return by_level(short, m.level, None, settings), short


def distance_of(row: Row) -> Fraction | None:
    """How far a measure is from its target as the report's Measures sheet has it: in points of its unit where its level
    is in them and no limit stands in their place, else as a share.
    """
    m = row.measure
    if m is None or row.figure is None or row.rule not in (RED, AMBER, GREEN, BLUE):
        return row.short
    limits = [m.red_beyond, m.red_below, m.red_above]
    if m.parts or m.points is None or any(limit is not None for limit in limits):
        return row.short
    if row.target is not None:
        return row.target - row.figure if m.better in UPWARDS else row.figure - row.target
    ends = [(end - row.figure) * sign for end, sign in ((m.low, 1), (m.high, -1)) if end is not None]
    return max(Fraction(0), *ends)


def by_level(short: Fraction | None, own: Fraction | None, green: Fraction | None, settings: Settings) -> str:
    if short is None:
        return RED
    if short <= (green or 0):
        return GREEN
    level = settings.level if own is None else own
    within = short < level or (short == level and settings.at_level == AMBER)
    return AMBER if within else RED


def index(
    whole: Measure, parts: list[tuple[str, Fraction | None, int]], settings: Settings
) -> tuple[str, Fraction | None]:
    """A measure that its parts make: each part's rating, shortfall and weight."""
    if whole.status != "Active":
        return (TBC if whole.status == "Under development" else DATA_ONLY), None
    if any(rating == NOT_RETURNED for rating, _, _ in parts):
        return NOT_RETURNED, None
    counted = [part for part in parts if part[0] not in LEFT_OUT]
    if not counted:
        states = {part[0] for part in parts}
        return (TBC if TBC in states else states.pop() if len(states) == 1 else NOT_DUE), None
    if any(short is None and rating not in (GREEN, BLUE) for rating, short, _ in counted):
        return RED, None
    shorts = [short or Fraction(0) for _, short, _ in counted]
    method = whole.method or settings.method
    if method == "Worst part":
        short = max(shorts)
    elif method == "Capped mean":
        short = sum((max(each, Fraction(0)) for each in shorts), Fraction(0)) / len(shorts)
    elif method == "Weighted mean":
        weights = [weight for _, _, weight in counted]
        short = sum((w * s for w, s in zip(weights, shorts, strict=True)), Fraction(0)) / sum(weights)
    else:
        short = sum(shorts, Fraction(0)) / len(shorts)
    return by_level(short, whole.level, whole.green, settings), short


def publish(rule: str, given: Said, override: str) -> str:
    standing = GREEN if rule == NOT_DUE else rule
    if override:
        return override
    if given.own in WORSE and standing in WORSE and given.reason and WORSE.index(given.own) > WORSE.index(standing):
        return given.own
    return rule


# The books


@dataclass
class Books:
    """Everything that the reports so far must hold. `rows` are by quarter, item and part."""

    settings: Settings
    first: int
    rows: dict[tuple[int, int, str], Row] = field(default_factory=dict)
    steps: dict[tuple[int, int, int], Kept] = field(default_factory=dict)
    corrections: list[tuple[str, str, str, str, str, str]] = field(default_factory=list)

    def due(self, quarter: int, actions: list[Action], plan: list[Step]) -> dict[tuple[int, int, int], Kept]:
        """The milestones that count, each with how often it was carried by now."""
        by_uid = {action.uid: action for action in actions}
        counted: dict[tuple[int, int, int], Kept] = {}
        listed = {step.who for step in plan}
        for step in (*plan, *(kept.step for who, kept in self.steps.items() if who not in listed)):
            kept = self.steps.get(step.who)
            if (kept and (kept.complete or (kept.withdrawn and step.who not in listed))) or step.effective > quarter:
                continue
            if step.withdrawn and step.decision and step.who in listed:
                continue
            action = by_uid.get(step.action)
            if action and (action.status == "Closed" or (action.ends is not None and quarter > action.ends)):
                continue
            if action is None and kept and kept.last < quarter - 1:
                continue  # its key action had ended before a new plan left it out
            times = quarter - step.effective if kept is None else kept.times + (step.effective < quarter)
            key = action.key if action else kept.key if kept else ""
            counted[step.who] = Kept(step, key, times)
        return counted

    def milestones(
        self,
        quarter: int,
        due: dict[tuple[int, int, int], Kept],
        plan: list[Step],
        statuses: dict[Any, tuple[str, bool]],
        keys: dict[int, str],
        living: set[int],
    ) -> None:
        """Keeps what the returns said of the milestones due, and what the plan moved or withdrew."""
        for who, kept in due.items():
            kept.last = quarter
            kept.complete = statuses.get(who, ("", False))[0] == "Complete"
            self.steps[who] = kept
        for step in plan:
            known = self.steps.get(step.who)
            if step.who in due or step.due > quarter or (known and known.complete):
                continue
            if step.withdrawn and step.decision:
                self.steps[step.who] = Kept(
                    step, keys[step.action], known.times if known else 0, withdrawn=True, last=quarter
                )
            elif step.effective > quarter and step.action in living:
                self.steps[step.who] = Kept(step, keys[step.action], known.times if known else 0, last=quarter)
        listed = {step.who for step in plan}
        for who, kept in self.steps.items():
            if who not in listed and kept.step.effective > quarter and kept.last == quarter - 1:
                kept.last = quarter if kept.step.action in living or kept.step.action not in keys else kept.last

    def action(
        self, action: Action, quarter: int, states: list[tuple[str, bool]], returned: bool, given: Said, override: str
    ) -> None:
        """Rates a key action by its milestones' statuses and quality concerns."""
        words = [status for status, _ in states]
        if action.status == "Under development":
            rule = TBC
        elif action.status == "On hold":
            rule = ON_HOLD
        elif action.status == "Complete":
            rule = self.settings.complete_as
        elif action.starts is not None and quarter < action.starts:
            rule = NOT_DUE
        elif action.by_officer:
            rule = given.own or NOT_RETURNED
        elif "Overdue" in words:
            rule = self.by_share(states)
        elif "" in words or (not words and not returned):
            rule = NOT_RETURNED
        elif words:
            rule = AMBER if any(concern for _, concern in states) else GREEN
        else:
            rule = {"Green": GREEN, "Previous rating": self.last_colour(action, quarter) or NOT_DUE}.get(
                self.settings.none_due, NOT_DUE
            )
        self.rows[quarter, action.uid, ""] = Row(
            action.key, publish(rule, given, override), rule, forecast=given.forecast
        )

    def by_share(self, states: list[tuple[str, bool]]) -> str:
        """With a milestone overdue: by the share that is complete; while some are blank, only what is certain."""
        complete = sum(1 for status, _ in states if status == "Complete")
        blank = sum(1 for status, _ in states if not status)
        share = Fraction(complete + blank, len(states))
        if share < self.settings.for_green and share < self.settings.for_amber:
            return RED
        if blank:
            return NOT_RETURNED
        if share < self.settings.for_green or any(concern for status, concern in states if status == "Complete"):
            return AMBER
        return GREEN

    def line(self, item: Action | Measure, quarter: int, part: str = "") -> list[tuple[int, Row]]:
        """An item's rows before a quarter, the oldest first, with those of the item that it was split from."""
        found = {when: row for (when, uid, of), row in self.rows.items() if (uid, of) == (item.uid, part)}
        parent = getattr(item, "parent", None)
        if parent is not None:
            older = {when: row for (when, uid, of), row in self.rows.items() if (uid, of) == (parent, part)}
            found = {when: row for when, row in older.items() if when < item.since} | found
        return [(when, row) for when, row in sorted(found.items()) if when < quarter]

    def last_colour(self, action: Action, quarter: int) -> str:
        return next((row.rag for _, row in reversed(self.line(action, quarter)) if row.rag in WORSE), "")

    def measure(self, m: Measure, parts: list[Measure], quarter: int, given: dict[str, Said], override: str) -> None:
        """Rates a measure and its parts."""
        rated: list[tuple[str, Fraction | None, int]] = []
        for each in [*parts, m]:
            entered = given.get(each.part, Said())
            if entered.status == "No newer data" and entered.figure is None:
                last = [row.figure for _, row in self.line(each, quarter, each.part) if row.figure is not None]
                entered = Said(
                    last[-1] if last else None, entered.status, entered.own, entered.reason, entered.forecast
                )
            if each.parts:
                (rule, short), target = index(each, rated, self.settings), None
            else:
                rule, short, target = rate(each, quarter, entered, self.settings)
            if each.part:
                rated.append((rule, short, each.weight))
            decided = override if not each.part else ""
            rag = publish(rule, entered, decided)
            row = Row(each.key, rag, rule, entered.figure, target, short, measure=each, overridden=bool(decided))
            row.forecast = entered.forecast
            self.rows[quarter, each.uid, each.part] = row
            row.escalated = not each.part and self.escalates(each.uid, quarter)

    def escalates(self, uid: int, quarter: int) -> bool:
        """Whether a measure is Red for as many quarters in a row as escalate it."""
        if self.rows[quarter, uid, ""].rag != RED:
            return False
        reds, when = 1, quarter - 1
        while (row := self.rows.get((when, uid, ""))) and row.rag in (RED, NOT_DUE):
            reds, when = reds + (row.rag == RED), when - 1
        return reds >= self.settings.escalate_after

    def correct(self, uid: int, part: str, when: int, figure: Fraction, reason: str, now: int, shown: Any) -> bool:
        """Corrects an earlier quarter's figure; False where it was that already."""
        row = self.rows[when, uid, part]
        if row.figure == figure:
            return False
        before = {q: self.rows[q, uid, ""].escalated for q in range(when, now) if (q, uid, "") in self.rows}
        would = {q: self.escalates(uid, q) for q in before}
        self.note(when, row, part, "Performance", shown(row.figure), shown(figure), reason)
        row.figure = figure
        assert row.measure is not None
        fixed = row.rule in (NOT_DUE, DATA_ONLY) or row.measure.status == "Under development"
        if not fixed:
            aimed = row.target is not None or row.measure.low is not None or row.measure.high is not None
            if aimed:
                stretch = stretch_of(row.measure, when)
                rule, row.short = against(row.measure, figure, row.target, stretch, self.settings)
                self.again(when, row, part, rule, reason)
        whole = self.rows.get((when, uid, ""))
        if part and whole and whole.measure and whole.rule != DATA_ONLY:
            others = [
                (each.rule, each.short, each.measure.weight)
                for (q, of, p), each in sorted(self.rows.items())
                if (q, of) == (when, uid) and p and each.measure
            ]
            rule, whole.short = index(whole.measure, others, self.settings)
            self.again(when, whole, "", rule, reason)
        for q, was in before.items():
            if (now_so := self.escalates(uid, q)) != would[q] and now_so != was:
                row = self.rows[q, uid, ""]
                row.escalated = now_so
                self.note(q, row, "", "Escalated", *(("No", "Yes") if now_so else ("Yes", "No")), reason)
        return True

    def again(self, when: int, row: Row, part: str, rule: str, reason: str) -> None:
        """Publishes a row's new rating: an override stays, a declared rating while it is the worse one."""
        standing = GREEN if rule == NOT_DUE else rule
        worse = row.rag in WORSE and standing in WORSE and WORSE.index(row.rag) > WORSE.index(standing)
        published = row.rag if row.rag != row.rule and (row.overridden or worse) else rule
        if published != row.rag:
            self.note(when, row, part, "RAG", row.rag, published, reason)
            row.starred = row.starred or not part
        row.rag, row.rule = published, rule

    def note(self, when: int, row: Row, part: str, heading: str, was: str, now: str, reason: str) -> None:
        self.corrections.append((said(when), row.key, part, heading, was, now))
