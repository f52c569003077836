"""Themes with their outcomes, service areas and panels, gathered from the rows that name them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from ragtool import columns as c
from ragtool.model import Settings, as_name
from ragtool.plan.lists.list_doubts import Doubts
from ragtool.plan.lists.taken_rows import TakenRow
from ragtool.sheets.unreadable import quoted

S = c.PlanSheets
NUMBERED = re.compile(
    r"(?:(?:outcome|objective|aim)\s+)?"
    r"(?:(\d{1,3}(?:\.\d{1,3}){0,2}|[A-Z]\d{1,2})(?:[.:)]\s+|\s+[\u2013-]\s+)|(\d{1,2}(?:\.\d{1,2}){1,2})\s+)(?=\S)",
    re.IGNORECASE,
)
"""How an outcome begins that says its own number."""

ALIKE, MOST_COMPARED, LONGEST_COMPARED = 0.9, 300, 80
"""How alike two names are that may be one, how many names are held against each other, and how long they may be."""


@dataclass
class SpelledAlike:
    """Names as they were written first, whatever their case and blanks later; what looks like one of them is told."""

    heading: str
    doubts: Doubts
    spelled: dict[str, str] = field(default_factory=dict)

    def __call__(self, name: str, row: TakenRow) -> str:
        folded = as_name(name)
        if folded not in self.spelled:
            few = len(self.spelled) <= MOST_COMPARED and 0 < len(folded) <= LONGEST_COMPARED
            near = difflib.get_close_matches(folded, self.spelled, 1, ALIKE) if few else []
            if near:
                both = f"{quoted(name)} and {quoted(self.spelled[near[0]])}"
                problem = f"{both} may be one {self.heading.lower()}; they are taken as two."
                row.doubt(self.doubts, self.heading, problem, "Where they are one, write them alike in the plan.")
            self.spelled[folded] = name
        return self.spelled[folded]


def name_areas_and_panels(rows: Sequence[TakenRow], doubts: Doubts) -> tuple[list[str], list[str]]:
    """The service areas and panels that rows name, which are then written alike in all of them."""
    area, panel = SpelledAlike(c.SERVICE_AREA, doubts), SpelledAlike(c.PANEL, doubts)
    for row in rows:
        first, *others = names_in(row, c.SERVICE_AREA) or [""]
        if others and row.sheet is S.KEY_ACTIONS:
            row.values[c.CONTRIBUTING] = "; ".join([*others, *names_in(row, c.CONTRIBUTING)])
            problem = f"It names several; {quoted(first)} is taken as the service area, the others as contributing."
            row.doubt(doubts, c.SERVICE_AREA, problem, "See which of them sends the return.")
        elif others:
            problem = f"It names several; {quoted(first)} is taken as the service area. The others are kept under Note."
            row.doubt(doubts, c.SERVICE_AREA, problem, "See which of them sends the return.")
            row.notes[row.headings.get(c.SERVICE_AREA, c.SERVICE_AREA)] = row.text(c.SERVICE_AREA)
        if first:
            row.values[c.SERVICE_AREA] = area(first, row)
        for heading, names in ((c.CONTRIBUTING, area), (c.PANEL, panel)):
            if given := names_in(row, heading):
                row.values[heading] = "; ".join(names(name, row) for name in given)
    return list(area.spelled.values()), list(panel.spelled.values())


def names_in(row: TakenRow, heading: str) -> list[str]:
    """The names that a cell has, parted by `;` or in lines of their own."""
    return [name for each in re.split(r"[;\n]", row.text(heading)) if (name := " ".join(each.split()))]


@dataclass
class Outcomes:
    """The outcomes of each theme by number, from lists of them and from the rows that name them."""

    doubts: Doubts
    listed: dict[tuple[str, str], dict[str, object]] = field(default_factory=dict)
    numbers: dict[tuple[str, str], str] = field(default_factory=dict)
    counted: dict[str, Iterator[int]] = field(default_factory=dict)

    def list_all(self, rows: Iterable[TakenRow]) -> None:
        """Takes lists of outcomes."""
        theme = ""
        for row in rows:
            theme = row.text(c.THEME) or theme
            row.values[c.THEME] = theme
            number, title = self.number_and_title(row)
            self.add(theme, number, title, row.values)

    def place(self, rows: Sequence[TakenRow]) -> list[str]:
        """Gives each row the theme and the number of its outcome; sentences say what was made."""
        theme = SpelledAlike(
            c.THEME, self.doubts, {as_name(each): str(row[c.THEME]) for (each, _), row in self.listed.items()}
        )
        sentences = []
        alone = not any(row.text(c.THEME) for row in rows)
        if alone and rows:
            sentences.append(f"The list has no themes, so all stands under one, {Settings().plan_title}.")
            row = rows[0]
            problem = "No column names the theme or priority that each row stands under, so all stand under one."
            self.doubts.add(
                row.at,
                "",
                "",
                f"{problem}",
                "Type the plan's themes and outcomes on its sheet Outcomes, and in each row.",
            )
        untitled = False
        for row in rows:
            named = Settings().plan_title if alone else row.text(c.THEME)
            if not named:
                row.doubt(self.doubts, c.THEME, "It has no theme.", "Choose its theme and outcome in the plan.")
                row.values.pop(c.OUTCOME, None)
                continue
            row.values[c.THEME] = spelled = theme(" ".join(named.split()), row)
            number, title = self.number_and_title(row)
            untitled = untitled or not (number or title)
            row.values[c.OUTCOME_NO] = self.add(spelled, number, title or ("" if number else spelled), {})
            row.values.pop(c.OUTCOME, None)
        if untitled:
            sentences.append("Where the list names no outcome, it is the theme itself.")
        return sentences

    def number_and_title(self, row: TakenRow) -> tuple[str, str]:
        """The number of a row's outcome and what it is called, as far as the list says."""
        number, title = row.text(c.OUTCOME_NO), " ".join(row.text(c.OUTCOME).split())
        match = NUMBERED.match(title) if not number else None
        if match:
            return match[1] or match[2], title[match.end() :]
        return number, title

    def add(self, theme: str, number: str, title: str, values: dict[str, object]) -> str:
        """Adds an outcome that isn't there, and gives its number."""
        folded = as_name(theme)
        number = number or self.numbers.get((folded, as_name(title)), "")
        if not number:
            unused = self.counted.setdefault(folded, count(1))
            number = str(next(each for each in unused if (folded, str(each)) not in self.listed))
        if title:
            self.numbers.setdefault((folded, as_name(title)), number)
        outcome = self.listed.setdefault((folded, as_name(number)), {c.THEME: theme, c.OUTCOME_NO: number})
        for heading, value in {c.OUTCOME: title, **values}.items():
            if heading in S.OUTCOMES.headings and value not in ("", None):
                outcome.setdefault(heading, value)
        return str(outcome[c.OUTCOME_NO])
