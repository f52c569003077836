"""Generates what the published text of Plymouth's Quarter 2 2015/16 report has lost, by stated rules.

    python scripts/illustrate_2015.py

Reads the plan in samples/data/2015-16 Q2 and the first sample, and writes beside them the plan's History and
Milestones and the entries of 2015/16 Q1 and Q2. Nothing is random: every colour and figure follows from an item's
number and the quarter. The rules are said in samples/data/2015-16 Q2/README.md; change both together.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from ragtool import columns as c
from ragtool.quarters import Quarter

DATA = Path(__file__).resolve().parent.parent / "samples" / "data"
FIRST, Q1, Q2 = Quarter(2013, 2), Quarter(2015, 1), Quarter(2015, 2)
HISTORY = [FIRST.plus(step) for step in range(7)]
"""The quarters of the plan's History sheet. The first is published: its ratings and figures are the report's own."""

Row = Mapping[str, str]
Rows = Sequence[Mapping[str, str]]
Name = tuple[str, str]

# Published in 2013 and 2015

PUBLISHED = {
    "R": "K24 K26 K28 K29 K41 P5 P17 P19",
    "A": "P10 P18 P22 P25",
    "TBC": "K30 P4 P20 P24",
}
"""The ratings of 2013/14 Q2; everything else was Green, P8 too, although its figure missed its target."""

REVIEWED_OK = {
    2013: "K21 K23 K31 P14 P15 P16 P20 P21 P22",
    2014: "K21 K23 K31 K46 K47 K48 K49 K50 K51 P14 P15 P16 P20 P21 P22",
}
"""The year's reviews that the panel's history of 2015 shows as OK; those it shows as New follow from the quarters."""

# Key actions: a story is the ratings from 2013/14 Q3 to 2015/16 Q2, one letter a quarter

IMPROVING, AWAITED = "RRAAGGGG", "TTAAGGGG"
STORIES = ((18, 16, "GGGGGARR"), (18, 15, "GGGAAAAR"), (18, 13, "GGGGGGRG"), (6, 5, "GARAGGGG"), (9, 1, "GGGGGGGA"))
"""By the key's number: where dividing by the first leaves the second, the third; the first that fits."""
STEADY = "GGGGGGGG"
LETTERS = {"R": "R", "A": "A", "G": "G", "T": "TBC"}

# Measures

ENDINGS = [Decimal(each) / 100 for each in (3, -5, 2, 4, -18, 1, 6)]
"""How much better than target a measure ends, by its number plus its part's, modulo 7."""
NEW_IN_2014 = ("P20", "P24")
"""Published as To be confirmed in 2013; they have a figure and a target since 2014/15."""
WITHOUT_TARGET = {"P31": Decimal("0.71"), "P34": Decimal("0.024")}
AMPLE = Decimal("0.25")
"""A figure that beat its first target by more than this stays about where it was."""
LEVEL = Decimal("0.15")

MOVED = {("K14", "3"): ("2015/16 Q3", "Corporate Management Team, 8 September 2015")}
"""Milestones of Q2 that the plan moves, with the decision."""

SUBJECTS = {
    "K1": "the customer and service reviews",
    "K2": "residents' main priorities",
    "K3": "the cultural strategy",
    "K4": "the visitor plan",
    "K5": "the History Centre",
    "K6": "the medium term financial plan",
    "K7": "external funding",
    "K12": "the Local Economic Strategy",
    "K13": "the Growth Deal",
    "K14": "the Children and Young People's Plan",
    "K15": "the city skills plan",
    "K16": "the Plymouth Plan",
    "K18": "European investment",
    "K19": "children's service improvement",
    "K22": "the Housing Plan",
    "K24": "volunteering",
    "K26": "the Community Safety Plan",
    "K27a": "children's safeguarding",
    "K27b": "joint safeguarding",
    "K29": "action on hate crime",
    "K30": "the Fairness Commission's findings",
    "K32": "skills work with employers",
    "K36": "pothole repairs",
    "K37": "the city brand",
    "K39": "the City Deal",
    "K40": "lobbying with neighbours",
    "K41": "the organisational development framework",
    "K43": "the low carbon city",
    "K44": "housing supply",
    "K45": "the early years and special needs strategies",
    "K48": "personalised care packages",
    "K52": "private renting",
}
"""What a generated milestone is about: a short title of its key action."""

TEXTS = {
    Q1: ("Year's delivery plan for {} agreed", "Budget and leads for {} confirmed", "Baseline for {} measured"),
    Q2: (
        "Half-year progress on {} reported",
        "Partners consulted on next steps for {}",
        "Risks to {} reviewed",
        "Costs and benefits of {} set out",
    ),
}

RESOLUTIONS = (
    "A recovery plan is agreed, and its progress is reported to the scrutiny panel.",
    "The portfolio holder reviews progress every month until it is back on target.",
    "The causes are being looked into with partners, and a plan follows next quarter.",
)
HIGHLIGHTS = {
    "K21": "Schools lead the second year of the programme.",
    "K31": "The milestone carried from Quarter 1 was completed in August.",
    "K46": "The profiles will be used in the plans of schools and practices.",
    "K49": "The six milestones of the quarter and the one carried into it were completed with partners.",
    "K51": "The framework goes to Full Council in March 2016.",
    "P14": "Fewer assessments were finished than planned, while enquiries stayed high.",
    "P16": "The figure is published once a year.",
    "P20": "The survey is not repeated until next year.",
    "P22": "Satisfaction is close to its target, and the next survey follows in the winter.",
    "P32": "The survey of pupils closes in October, so there is no figure for this quarter.",
}
OWN = {
    "K50": ("Amber", "The number of delayed discharges may rise in the winter, which no milestone shows yet."),
    "P8": ("Green", "Emissions are on course for the long-term reduction."),
}
"""Own ratings of Q2: one worse than the rule's, which is published, and one better, which is not."""
NEXT = {
    "K51": ("Full Council endorses the new action plan framework", "2015/16 Q4"),
    "K21": ("Year 2 of Thrive Plymouth launched in schools", "2015/16 Q3"),
    "K50": ("Winter discharge plan agreed with the hospital", "2015/16 Q3"),
}
NO_NEWER, NO_FIGURE = ("P16", "P20"), ("P32",)
PROVISIONAL = ("P18",)
REVISED, REVISED_BY = "P18", Decimal("0.92")
"""The measure whose Q1 figure its Q2 return corrects, and by what factor: enough to change its colour."""
WITHOUT_PLAN = ("K52", "P25")
"""Items whose officers have left a cell open, so that the sample has queries to show."""


def number(key: str) -> int:
    """A key's number; a second half, such as K27b, counts as the next one."""
    digits = int(re.sub(r"\D", "", key))
    return digits + 1 if key.endswith("b") else digits


def published(key: str) -> str:
    """The rating of 2013/14 Q2."""
    return next((rating for rating, keys in PUBLISHED.items() if key in keys.split()), "G")


def story(key: str) -> str:
    """The ratings of a key action from 2013/14 Q3 to 2015/16 Q2."""
    if number(key) < 43 and published(key) in ("R", "TBC"):
        return IMPROVING if published(key) == "R" else AWAITED
    return next((told for by, left, told in STORIES if number(key) % by == left), STEADY)


def letter(key: str, quarter: Quarter) -> str:
    """A key action's rating in a quarter; one of 2014 whose number ends in 0 or 5 began as To be confirmed."""
    if quarter == FIRST:
        return published(key)
    if number(key) >= 43 and number(key) % 5 == 0 and quarter == Quarter(2014, 1):
        return "TBC"
    return LETTERS[story(key)[quarter.ordinal - FIRST.ordinal - 1]]


class Figures:
    """A measure's or part's figures and targets, quarter by quarter, between what is published and the plan."""

    def __init__(self, row: Row, whole: Row, first: Row | None, first_figure: str) -> None:
        def own(heading: str) -> str:
            return row[heading] or whole[heading]

        self.row, self.key, self.part = row, row[c.KEY], row[c.PART]
        self.unit, self.basis, self.better = own(c.UNIT), own(c.BASIS), own(c.BETTER_WHEN)
        self.status, self.starts, self.ends = own(c.STATUS), own(c.STARTS), own(c.ENDS)
        self.reported_in, self.straight = own(c.REPORTED_IN), own(c.PROFILE)
        self.period = own(c.TARGET_PERIOD)
        same = first if first and first[c.UNIT] == row[c.UNIT] else None
        self.first_target = amount(one_target(same)) if same else None
        self.first_figure = amount(first_figure) if same else None
        self.new_in_2014 = self.key in NEW_IN_2014
        self.new_definition = first is not None and same is None and not self.new_in_2014

    @property
    def sign(self) -> int:
        """1 where more is better."""
        return -1 if self.better == "Lower" else 1

    @property
    def ending(self) -> Decimal:
        return ENDINGS[(number(self.key) + int(self.part or 0)) % 7] * self.sign

    def plan_target(self, quarter: int) -> Decimal | None:
        """The target of the 2015 plan for a quarter of the year."""
        if self.better == "In range":
            return None
        annual = amount(self.row[c.ANNUAL_TARGET])
        if annual is not None:
            return annual * quarter / 4 if self.straight else annual
        return amount(self.row[c.TARGET_QUARTERS[quarter - 1]])

    def target(self, quarter: Quarter) -> Decimal | None:
        """Published for 2013/14, the plan's for 2015/16, and halfway between for 2014/15."""
        now = self.plan_target(quarter.number)
        if quarter == FIRST and self.first_target is not None:
            return self.first_target
        if self.new_in_2014 and quarter.year == 2013:
            return None
        if now is None or self.first_target is None or self.better == "In range" or quarter.year == 2015:
            return now
        if self.basis == "Year to date" and not self.straight:
            return now
        first = self.first_target * quarter.number / 4 if self.straight else self.first_target
        return rounded(first if quarter.year == 2013 else (first + now) / 2, self)

    def due(self, quarter: Quarter) -> bool:
        return not self.reported_in or f"Q{quarter.number}" in self.reported_in

    def figure(self, quarter: Quarter) -> Decimal | None:
        """On a straight line from the published figure to the ending, with a small wobble from quarter to quarter."""
        if self.status == "Under development" or not self.due(quarter) or (self.new_definition and quarter.year < 2015):
            return None
        if self.new_in_2014 and quarter.year == 2013:
            return self.first_figure if quarter == FIRST else None
        if quarter == FIRST:
            return self.first_figure
        yearly = self.basis == "Latest available"
        step = 4 * (quarter.year - 2013) if yearly else quarter.ordinal - FIRST.ordinal
        wobble = 0 if yearly else (number(self.key) + int(self.part or 0) + 3 * step) % 5 - 2
        if self.basis == "Year to date":
            target = self.target(quarter)
            line = target * (1 + self.ending * step / 8) if target is not None else None
        else:
            line = self.line(step)
        if line is None:
            return None
        found = rounded(line * (1 + Decimal(wobble) / 100), self)
        return min(found, Decimal(1)) if self.unit == "%" else found

    def line(self, step: int) -> Decimal | None:
        """Where the straight line stands, 8 quarters after 2013/14 Q2 being its end."""
        target = self.plan_target(2)
        if self.better == "In range":
            target = (need(amount(self.row[c.RANGE_LOW])) + need(amount(self.row[c.RANGE_HIGH]))) / 2
        end = WITHOUT_TARGET.get(self.key)
        if end is None and target is None:
            return None
        end = end if end is not None else need(target) * (1 + self.ending)
        start = self.first_figure
        if start is None:
            return end
        if self.first_target and self.sign * (start / self.first_target - 1) > AMPLE:
            end = start * (1 + self.ending)
        return start + (end - start) * step / 8

    def shortfall(self, quarter: Quarter, figure: Decimal | None) -> Decimal | None:
        """The share by which a figure is worse than its target."""
        if self.better == "In range" and figure is not None and quarter != FIRST:
            low, high = need(amount(self.row[c.RANGE_LOW])), need(amount(self.row[c.RANGE_HIGH]))
            return max((low - figure) / low, (figure - high) / high, Decimal(0))
        target = self.target(quarter)
        return None if figure is None or not target else self.sign * (target - figure) / target

    def rating(self, quarter: Quarter) -> str:
        """The letter, by the rules: the published one in 2013/14 Q2."""
        if not self.due(quarter):
            return "ND"
        if self.new_definition and quarter.year < 2015:
            return letter(self.key, quarter)
        if self.status == "Data only":
            return "DO"
        figure = self.figure(quarter)
        short = self.shortfall(quarter, figure)
        if short is None:
            return "TBC"
        if quarter == FIRST and not self.part:
            return published(self.key)
        floor = amount(self.row[c.RED_BEYOND])
        if floor is not None:
            return "G" if short <= 0 else "A" if need(figure) >= floor else "R"
        return colour(short, amount(self.row[c.INTERVENTION_LEVEL].replace(" ", "")) or LEVEL)


def colour(short: Decimal, level: Decimal = LEVEL) -> str:
    return "G" if short <= 0 else "A" if short <= level else "R"


def index_rating(whole: Row, parts: list[Figures], quarter: Quarter) -> str:
    """An indexed measure's letter by its method."""
    if quarter == FIRST:
        return published(whole[c.KEY])
    shorts = [short for part in parts if (short := part.shortfall(quarter, part.figure(quarter))) is not None]
    if whole[c.INDEX_METHOD] == "Worst part":
        return colour(max(shorts))
    if whole[c.INDEX_METHOD] == "Capped mean":
        shorts = [max(short, Decimal(0)) for short in shorts]
    return colour(sum(shorts, Decimal(0)) / len(shorts))


def one_target(row: Row) -> str:
    return row["Target Q2"] or row[c.ANNUAL_TARGET]


def amount(text: str) -> Decimal | None:
    """A figure as a data file writes it; a percentage as its share."""
    if not text:
        return None
    return Decimal(text[:-1]) / 100 if text.endswith("%") else Decimal(text)


def need(figure: Decimal | None) -> Decimal:
    assert figure is not None
    return figure


def rounded(figure: Decimal, of: Figures) -> Decimal:
    """A figure with the decimals that the plan shows."""
    places = int(of.row[c.DECIMALS] or 0) + (2 if of.unit == "%" else 0)
    return figure.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def written(figure: Decimal | None, of: Figures) -> str:
    """A figure as a data file writes it."""
    if figure is None:
        return ""
    if of.unit == "%":
        return f"{(figure * 100).normalize():f}%"
    return f"{figure.normalize():f}"


# The files


def main() -> None:
    """Writes every generated file."""
    old, new = DATA / FIRST.file_name, DATA / Q2.file_name
    actions = rows_of(new / "plan_key_actions.csv")
    plan_measures = rows_of(new / "plan_measures.csv")
    first = {(row[c.KEY], row[c.PART]): row for row in rows_of(old / "plan_measures.csv")}
    entered = {(row[c.KEY], row[c.PART]): row[c.PERFORMANCE] for row in rows_of(old / "entries_measures.csv")}
    wholes = {row[c.KEY]: row for row in plan_measures if not row[c.PART]}
    divided = {row[c.KEY] for row in plan_measures if row[c.PART]}
    figures = {
        (row[c.KEY], row[c.PART]): Figures(
            row, wholes[row[c.KEY]], first.get(name_of(row)), entered.get(name_of(row), "")
        )
        for row in plan_measures
        if row[c.PART] or row[c.KEY] not in divided
    }
    write(new / "plan_earlier_quarters.csv", c.PlanSheets.EARLIER.headings, history(actions, plan_measures, figures))
    live = [row for row in actions if row[c.STATUS] == "Active"]
    milestones = rows_of(new / "published_milestones.csv")
    told = {row[c.KEY] for row in milestones}
    milestones += [made for row in live if row[c.KEY] not in told for made in generated_milestones(row)]
    order = {row[c.KEY]: place for place, row in enumerate(actions)}
    milestones.sort(key=lambda row: (order[row[c.KEY]], row[c.DUE], int(row[c.NO])))
    write(new / "plan_milestones.csv", c.PlanSheets.MILESTONES.headings, milestones)
    areas = rows_of(new / "plan_service_areas.csv")
    for quarter in (Q1, Q2):
        folder = DATA / quarter.file_name
        folder.mkdir(exist_ok=True)
        ratings = {key: rating_of(key, wholes, figures, quarter) for key in wholes if wholes[key][c.STATUS] != "Closed"}
        tables = {
            "key_actions": action_entries([row for row in actions if row[c.STATUS] != "Closed"], quarter),
            "milestones": milestone_entries(milestones, quarter),
            "measures": measure_entries(plan_measures, figures, ratings, quarter),
            "next_milestones": next_entries(live, quarter),
            "revisions": revisions(figures[REVISED, ""], wholes[REVISED], quarter),
            "sign_off": sign_off(areas, quarter),
        }
        for name, rows in tables.items():
            write(folder / f"entries_{name}.csv", HEADINGS[name], rows)


def name_of(row: Row) -> Name:
    return row[c.KEY], row[c.PART]


R = c.ReturnSheets
HEADINGS = {
    "key_actions": (c.KEY, *c.ENTRY_HEADINGS[R.KEY_ACTIONS.name]),
    "milestones": (c.KEY, c.NO, c.CARRIED_FROM, *c.ENTRY_HEADINGS[R.MILESTONES.name]),
    "measures": (c.KEY, c.PART, *c.ENTRY_HEADINGS[R.MEASURES.name]),
    "next_milestones": (c.SERVICE_AREA, *R.NEXT.headings),
    "revisions": (c.SERVICE_AREA, *R.REVISIONS.headings),
    "sign_off": (c.SERVICE_AREA, *c.SignOff.ALL),
}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(path: Path, headings: Iterable[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(headings), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def rating_of(key: str, wholes: Mapping[str, Row], figures: Mapping[Name, Figures], quarter: Quarter) -> str:
    """A whole measure's letter."""
    parts = [each for name, each in figures.items() if name[0] == key and name[1]]
    return index_rating(wholes[key], parts, quarter) if parts else figures[key, ""].rating(quarter)


def history(actions: Rows, plan_measures: Rows, figures: Mapping[Name, Figures]) -> Iterator[Row]:
    """The plan's History: key actions, then measures, quarter by quarter, from when each began to when it closed."""
    wholes = {row[c.KEY]: row for row in plan_measures if not row[c.PART]}
    for quarter in HISTORY:
        for row in once_before_split(actions):
            if in_plan(row, quarter):
                key = row[c.KEY]
                yield {c.QUARTER: str(quarter), c.KEY: key, c.RAG: letter(key, quarter), c.REVIEW: review(key, quarter)}
        for row in plan_measures:
            if not in_plan(wholes[row[c.KEY]], quarter):
                continue
            about = {c.QUARTER: str(quarter), c.KEY: row[c.KEY], c.PART: row[c.PART]}
            if name_of(row) in figures:
                each = figures[name_of(row)]
                about |= {c.RAG: each.rating(quarter), c.PERFORMANCE: written(each.figure(quarter), each)}
                if about[c.PERFORMANCE]:
                    about[c.TARGET] = written(each.target(quarter), each)
            else:
                about[c.RAG] = rating_of(row[c.KEY], wholes, figures, quarter)
            yield about | ({} if row[c.PART] else {c.REVIEW: review(row[c.KEY], quarter)})


def once_before_split(actions: Rows) -> list[Row]:
    """The key actions under the keys that they had: K27 once, where the plan has K27a and K27b."""
    known: dict[str, Row] = {}
    for row in actions:
        key = row[c.FORMERLY] or row[c.KEY]
        known.setdefault(key, {**row, c.KEY: key})
    return list(known.values())


def in_plan(row: Row, quarter: Quarter) -> bool:
    starts, ends = row[c.STARTS], row[c.ENDS]
    return not (starts and quarter < Quarter.parse(starts)) and not (ends and quarter > Quarter.parse(ends))


def review(key: str, quarter: Quarter) -> str:
    return "OK" if quarter.number == 4 and key in REVIEWED_OK[quarter.year].split() else ""


def generated_milestones(row: Row) -> Iterator[dict[str, str]]:
    """One or two for Q1 and one to three for Q2."""
    n, subject = number(row[c.KEY]), SUBJECTS[row[c.KEY]]
    for quarter, count in ((Q1, 1 + n % 2), (Q2, 1 + n % 3)):
        for no in range(1, count + 1):
            text = TEXTS[quarter][(n + no) % len(TEXTS[quarter])].format(subject)
            made = {c.KEY: row[c.KEY], c.NO: str(no), c.MILESTONE: text, c.DUE: str(quarter), c.STATUS: "Active"}
            if no == count > 1:
                made[c.SERVICE_AREA] = row[c.CONTRIBUTING]
            if quarter == Q2 and (row[c.KEY], str(no)) in MOVED:
                made[c.REVISED_DUE], made[c.DECISION] = MOVED[row[c.KEY], str(no)]
            yield made


def action_entries(actions: Rows, quarter: Quarter) -> Iterator[Row]:
    for row in actions:
        key = row[c.KEY]
        made = {c.KEY: key}
        now = letter(key, quarter) if row[c.STATUS] == "Active" else "TBC"
        if quarter == Q2:
            made[c.HIGHLIGHT] = HIGHLIGHTS.get(key, "")
            made[c.OWN_RATING], made[c.REASON_OWN] = OWN.get(key, ("", ""))
        if now == "A" or made.get(c.OWN_RATING):
            made[c.RESOLUTION] = RESOLUTIONS[number(key) % 3]
        yield made


def milestone_entries(milestones: Rows, quarter: Quarter) -> Iterator[Row]:
    """Each milestone's status follows from its key action's letter: the last is in doubt where it is A, late where R.

    A milestone late in Q1 is carried into Q2, and is complete by then unless that quarter is Red after a Red one.
    """
    last = {(row[c.KEY], row[c.DUE]): row[c.NO] for row in milestones if not row.get(c.REVISED_DUE)}
    for row in milestones:
        key, n = row[c.KEY], number(row[c.KEY])
        due = Quarter.parse(row[c.DUE])
        is_last = last[key, row[c.DUE]] == row[c.NO]
        was_late = is_last and due == Q1 and letter(key, Q1) == "R"
        if due > quarter or row.get(c.REVISED_DUE) or (due < quarter and not was_late):
            continue
        made = {c.KEY: key, c.NO: row[c.NO], c.STATUS: "Complete", c.QUALITY_CONCERN: "No"}
        now = letter(key, quarter)
        stuck = letter(key, Q1) == letter(key, Q2) == "R"
        if due < quarter:
            made[c.CARRIED_FROM] = str(due)
        if now == "R" and (was_late if stuck else is_last):
            made |= {c.STATUS: "Overdue", c.RESOLUTION: RESOLUTIONS[n % 3]}
            made[c.REVISED_DATE] = "" if key in WITHOUT_PLAN and quarter == Q2 else late_by(quarter)
        else:
            first = quarter.first_day(4)
            made[c.COMPLETED_ON] = date(
                first.year, first.month + n % 3, 1 + (5 * n + 7 * int(row[c.NO])) % 28
            ).isoformat()
            made[c.QUALITY_CONCERN] = "Yes" if now == "A" and is_last else "No"
        yield made


def late_by(quarter: Quarter) -> str:
    """When a late milestone is expected: a month before the next quarter's end."""
    day = quarter.plus(1).last_day(4)
    return date(day.year, day.month - 1, 28).isoformat()


def measure_entries(
    plan_measures: Rows, figures: Mapping[Name, Figures], ratings: Mapping[str, str], quarter: Quarter
) -> Iterator[Row]:
    for row in plan_measures:
        key, each = row[c.KEY], figures.get(name_of(row))
        if key not in ratings:
            continue
        made = {c.KEY: key, c.PART: row[c.PART]}
        started = not (each and each.starts and quarter < Quarter.parse(each.starts))
        if each and started and each.status != "Under development" and each.due(quarter):
            made |= figure_entry(each, quarter)
        if quarter == Q2:
            made[c.HIGHLIGHT] = "" if row[c.PART] else HIGHLIGHTS.get(key, "")
            if not row[c.PART] and key in OWN:
                made[c.OWN_RATING], made[c.REASON_OWN] = OWN[key]
        left_open = quarter == Q2 and key in (*WITHOUT_PLAN, *NO_FIGURE)
        if not row[c.PART] and started and ratings[key] in ("R", "A") and not left_open:
            made[c.RESOLUTION] = RESOLUTIONS[number(key) % 3]
            made[c.BY_WHEN] = str(quarter.plus(2))
        yield made


def figure_entry(each: Figures, quarter: Quarter) -> dict[str, str]:
    """What an officer enters for one figure."""
    if quarter == Q2 and each.key in NO_FIGURE:
        return {c.DATA_STATUS: "Not available"}
    if quarter == Q2 and each.key in NO_NEWER:
        return {c.DATA_STATUS: "No newer data"}
    period = each.period if each.basis == "Latest available" else str(quarter)
    status = "Provisional" if each.key in PROVISIONAL else "Final"
    return {c.PERFORMANCE: written(each.figure(quarter), each), c.PERIOD: period, c.DATA_STATUS: status}


def revisions(each: Figures, row: Row, quarter: Quarter) -> Iterator[Row]:
    if quarter == Q2:
        yield {
            c.SERVICE_AREA: row[c.SERVICE_AREA],
            c.KEY: each.key,
            c.QUARTER: str(Q1),
            c.REVISED_PERFORMANCE: written(rounded(need(each.figure(Q1)) * REVISED_BY, each), each),
            c.REASON: "The provisional figure was replaced by the final one.",
        }


def next_entries(actions: Rows, quarter: Quarter) -> Iterator[Row]:
    """What comes next: three by hand, and a progress report for every fourth key action."""
    for row in actions:
        key = row[c.KEY]
        if quarter == Q1:
            continue
        text, due = NEXT.get(key, ("", ""))
        if not text and number(key) % 4 == 0 and key in SUBJECTS:
            text, due = f"Progress on {SUBJECTS[key]} reported to the scrutiny panel", "2015/16 Q3"
        if text:
            yield {c.SERVICE_AREA: row[c.SERVICE_AREA], c.KEY: key, c.MILESTONE: text, c.DUE: due}


def sign_off(areas: Rows, quarter: Quarter) -> Iterator[Row]:
    """Signed off in the second and third week after the quarter's end."""
    month = quarter.plus(1).first_day(4)
    for place, row in enumerate(areas):
        yield {
            c.SERVICE_AREA: row[c.SERVICE_AREA],
            c.SignOff.COMPLETED_BY: f"Performance Officer, {row[c.SERVICE_AREA]}",
            c.SignOff.JOB_TITLE: "Performance Officer",
            c.SignOff.SIGNED_OFF_BY: row[c.HEAD_OF_SERVICE],
            c.SignOff.DATE: date(month.year, month.month, 12 + place % 5).isoformat(),
        }


if __name__ == "__main__":
    main()
