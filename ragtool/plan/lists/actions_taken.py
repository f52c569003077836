"""The key actions and milestones of a list: of one row a milestone, or of one row an action."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count

from ragtool import columns as c
from ragtool.model import as_name, fold
from ragtool.plan.lists.list_doubts import Doubts
from ragtool.plan.lists.listed_figures import says_nothing
from ragtool.plan.lists.listed_rows import ListedRow
from ragtool.plan.lists.listed_words import KEPT_AS_NOTE, Said, milestone_said
from ragtool.plan.lists.past_taken import take_past
from ragtool.plan.lists.taken_rows import TakenRow, as_note, keep_as_note, taken_row
from ragtool.sheets.cells import sound
from ragtool.sheets.unreadable import Unreadable, quoted

S = c.PlanSheets
DISPUTED = "The rows of its key action don't say the same of that quarter. It is kept under Note."
OF_MILESTONES = (c.NO, c.MILESTONE, c.DUE, c.REVISED_DUE, c.DECISION)


@dataclass
class ActionsTaken:
    """The key actions and milestones of all lists. `by_itself` are lists whose actions are milestones of their own."""

    doubts: Doubts
    actions: list[TakenRow] = field(default_factory=list)
    milestones: list[TakenRow] = field(default_factory=list)
    named: dict[str, TakenRow] = field(default_factory=dict)
    by_itself: list[str] = field(default_factory=list)
    dated: set[tuple[int, str]] = field(default_factory=set)

    def take(self, rows: Iterable[ListedRow], has_milestones: bool) -> None:
        """Takes a list of key actions: a row that names none goes on with the one above."""
        action: TakenRow | None = None
        for listed in rows:
            row = taken_row(listed, S.KEY_ACTIONS, self.doubts)
            take_past(row, listed, self.doubts)
            title, key = row.text(c.KEY_ACTION), row.text(c.KEY)
            goes_on = action is not None and (not title or self.is_same(action, row))
            if goes_on and not title and key and fold(key) != fold(action.text(c.KEY) if action else ""):
                goes_on = has_milestones
                if goes_on:  # a number of the milestone's own
                    row.values.setdefault(c.NO, row.values.pop(c.KEY))
            if not goes_on:
                action = self.known(row) or self.elsewhere(row) or self.new(row)
            assert action is not None
            take_history(action, row, listed, self.doubts)
            if goes_on and key and not action.text(c.KEY) and c.KEY in row.values:
                action.values[c.KEY] = row.values[c.KEY]
                self.named.setdefault(f"key {fold(key)}", action)
            if has_milestones and not goes_on:
                action.values.pop(c.STATUS, None)
            for heading, value in row.values.items():
                if heading not in (*OF_MILESTONES, c.STATUS, c.SERVICE_AREA) and str(value) != action.text(heading):
                    row.notes[row.headings.get(heading, heading)] = str(value)
            if self.take_by_quarter(action, row, listed) and not row.text(c.MILESTONE):
                if c.DUE in row.values:
                    keep_as_note(row, c.DUE, listed.cells[c.DUE])
                note_what_differs(action, row)
                join_notes(action, row)
            else:
                self.take_milestone(action, row, has_milestones, goes_on)

    def take_by_quarter(self, action: TakenRow, row: TakenRow, listed: ListedRow) -> bool:
        """Takes what stands in columns of milestones, each due in its column's quarter; whether there is any."""
        taken = False
        for heading, (when, cell) in listed.by_quarter.items():
            try:
                said = Said(None) if says_nothing(cell) else milestone_said(sound(cell))
            except Unreadable as fault:
                said = Said(None, f"{fault.problem} {KEPT_AS_NOTE}", fault.what_to_do)
            if said.problem:
                row.doubt_of(self.doubts, heading, said.problem, said.what)
            if said.value:
                values: dict[str, object] = {c.MILESTONE: said.value, c.DUE: when}
                self.add(TakenRow(S.MILESTONES, row.at, values, {}, {c.MILESTONE: heading}, action))
                taken = True
            else:
                row.notes[heading] = as_note(cell)
        return taken

    def is_same(self, action: TakenRow, row: TakenRow) -> bool:
        """Whether a row names the action above it again."""
        keys = {fold(key) for each in (action, row) if (key := each.text(c.KEY))}
        return len(keys) < 2 and as_name(action.text(c.KEY_ACTION)) == as_name(row.text(c.KEY_ACTION))

    def known(self, row: TakenRow) -> TakenRow | None:
        """The action of an earlier row that has the same key and says the same."""
        other = self.named.get(f"key {fold(row.text(c.KEY))}") if row.text(c.KEY) else None
        return other if other and self.is_same(other, row) else None

    def elsewhere(self, row: TakenRow) -> TakenRow | None:
        """The action of another sheet that has the same name, where one of the two has no key: it takes from this row
        what it lacks.
        """
        title = as_name(row.text(c.KEY_ACTION))
        other = self.named.get(f"title {title}") if title else None
        if other is None or other.at.sheet == row.at.sheet or not self.is_same(other, row):
            return None
        for heading, value in row.values.items():
            if heading not in (*OF_MILESTONES, c.STATUS):
                other.values.setdefault(heading, value)
        problem = f"The sheet {other.at.sheet} has a key action of this name too, and the two are taken as one."
        row.doubt(self.doubts, c.KEY_ACTION, problem, "Give it a row of its own in the plan, if they are two.")
        return other

    def new(self, row: TakenRow) -> TakenRow:
        """A key action that no row above has named."""
        own = {heading: value for heading, value in row.values.items() if heading not in OF_MILESTONES}
        action = TakenRow(S.KEY_ACTIONS, row.at, own, {}, row.headings)
        if not action.text(c.KEY_ACTION):
            action.doubt(self.doubts, c.KEY_ACTION, "The row doesn't say what is to be done.", "Type it in the plan.")
        self.actions.append(action)
        if key := action.text(c.KEY):
            self.named.setdefault(f"key {fold(key)}", action)
        self.named.setdefault(f"title {as_name(action.text(c.KEY_ACTION))}", action)
        return action

    def take_milestone(self, action: TakenRow, row: TakenRow, has_milestones: bool, goes_on: bool) -> None:
        """Takes the milestone of a row; where the row names none it is the action itself, by each date that it has."""
        text = row.text(c.MILESTONE)
        has_due = c.DUE in row.values or row.headings.get(c.DUE) in row.notes  # what isn't understood is a note
        if not text and (not has_due or (id(action), row.text(c.DUE)) in self.dated):
            note_what_differs(action, row)
            join_notes(action, row)
            return
        if not text:
            if has_milestones:
                problem = "The row names no milestone, so the key action itself is one, by its date."
                row.doubt(self.doubts, c.MILESTONE, problem, "Say in the plan what is to be done by then.")
            elif action.at.sheet not in self.by_itself:
                self.by_itself.append(action.at.sheet)
            join_notes(action, row)
            text = action.text(c.KEY_ACTION)
        own = {heading: row.values[heading] for heading in OF_MILESTONES if heading in row.values}
        step = TakenRow(S.MILESTONES, row.at, {**own, c.MILESTONE: text}, {}, row.headings, action)
        area = row.text(c.SERVICE_AREA)
        if goes_on and area and as_name(area) != as_name(action.text(c.SERVICE_AREA)):
            step.values[c.SERVICE_AREA] = area
        if has_milestones:
            step.notes = row.notes
        if has_milestones or goes_on:
            self.take_state(step, row)
        self.add(step)

    def take_state(self, step: TakenRow, row: TakenRow) -> None:
        """A state in a milestone's row is the milestone's; the plan holds none of what is done, or is no longer so."""
        state = row.values.pop(c.STATUS, None)
        if state is not None:
            step.notes[row.headings[c.STATUS]] = str(state)
            problem = f"It is said to be {quoted(str(state))}, which is kept under Note: it is asked for all the same."
            step.doubt(
                self.doubts, c.STATUS, problem, "Delete it from the plan's Milestones if it isn't to be reported."
            )

    def take_milestones(self, rows: Iterable[ListedRow]) -> None:
        """Takes a list of milestones alone, each of a key action that its key or its name tells."""
        for listed in rows:
            row = taken_row(listed, S.MILESTONES, self.doubts)
            key, title = row.text(c.KEY), row.text(c.KEY_ACTION)
            action = self.named.get(f"key {fold(key)}") if key else None
            row.of = action or (self.named.get(f"title {as_name(title)}") if title else None)
            if row.of is None:
                what = "Type the key of its key action in the plan."
                row.doubt(self.doubts, c.KEY if key else c.MILESTONE, f"No key action has the key {quoted(key)}.", what)
            row.values.pop(c.KEY_ACTION, None)
            self.take_state(row, row)
            self.add(row)

    def add(self, step: TakenRow) -> None:
        """Adds a milestone, which gets its number with the others where it has none."""
        self.dated.add((id(step.of), step.text(c.DUE)))
        self.milestones.append(step)

    def number_milestones(self) -> None:
        """Gives each milestone without a number the next that none of its key action has."""
        taken: dict[int, set[str]] = {}
        for step in self.milestones:
            taken.setdefault(id(step.of), set()).add(step.text(c.NO))
        following = {whose: count(1) for whose in taken}
        for step in self.milestones:
            if not step.text(c.NO):
                whose = id(step.of)
                step.values[c.NO] = next(str(each) for each in following[whose] if str(each) not in taken[whose])


def note_what_differs(action: TakenRow, row: TakenRow) -> None:
    """Keeps as notes what a row that adds no milestone says of one, or otherwise than its key action."""
    for heading in (*OF_MILESTONES, c.STATUS, c.SERVICE_AREA):
        said = row.text(heading)
        if said and said != action.text(heading) and heading != c.DUE:
            row.notes[row.headings.get(heading, heading)] = said


def join_notes(action: TakenRow, row: TakenRow) -> None:
    """Adds what a row has besides to its key action, behind what rows above have under the same heading."""
    for heading, said in row.notes.items():
        known = action.notes.get(heading)
        action.notes[heading] = said if known in (None, said) else f"{known}; {said}"


def take_history(action: TakenRow, row: TakenRow, listed: ListedRow, doubts: Doubts) -> None:
    """Takes what a row tells of quarters that are over; where rows of a key action differ, none is the key action's."""
    for past, value in list(row.past.items()):
        first = action.past.setdefault(past, value)
        if past in action.disputed or first != value:
            name = listed.past[past][0]
            action.notes.setdefault(name, str(first))
            row.notes[name] = str(value)
            action.disputed.add(past)
            del action.past[past]
            row.doubt_of(doubts, name, DISPUTED, "Type the key action's own in the plan's Earlier quarters.")
