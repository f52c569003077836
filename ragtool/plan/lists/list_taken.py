"""A council's own list as the rows of a plan, with what was taken for what, and all that is doubtful about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ragtool import columns as c
from ragtool.errors import RagtoolError
from ragtool.figures import how_many
from ragtool.model import Place, Query
from ragtool.plan.lists.actions_taken import ActionsTaken
from ragtool.plan.lists.heading_rows import ListPlace, lists_on
from ragtool.plan.lists.keys_made import give_keys, with_parts
from ragtool.plan.lists.list_columns import ListColumns, columns_of_list
from ragtool.plan.lists.list_doubts import Doubts
from ragtool.plan.lists.list_kinds import ITS_NAME, kind_of_list, kind_said
from ragtool.plan.lists.list_words import KIND_OF_ROW
from ragtool.plan.lists.listed_rows import ListedRow, RowsOfList
from ragtool.plan.lists.measures_taken import measures_taken
from ragtool.plan.lists.names_gathered import Outcomes, name_areas_and_panels
from ragtool.plan.lists.organisation_named import take_organisation
from ragtool.plan.lists.rows_in_one_cell import one_cell_a_row
from ragtool.plan.lists.taken_rows import TakenRow, taken_row
from ragtool.plan.plan_workbook import blank_settings
from ragtool.plan.unread_columns import note_of
from ragtool.quarters import Quarter, first_month_of
from ragtool.sheets.cells import text
from ragtool.workbooks.opening import Book

S = c.PlanSheets
PlanRows = list[Mapping[str, object]]

MOST_ROWS, MOST_LISTS = 10_000, 100
"""Rows of all lists, and lists of a sheet, beyond which a workbook is none of a council's plan."""

NOT_TAKEN = "not taken"


@dataclass(frozen=True)
class TakenAs:
    """What a heading of the list, in a cell of a sheet, was taken as; without a heading, a sentence about the sheet.

    What is put `aside` is kept as a note.
    """

    sheet: str
    cell: str
    heading: str
    taken_as: str
    aside: bool = False


@dataclass
class ListTaken:
    """The rows of a plan by sheet, `lines` that say what was taken for what, and the doubts."""

    file: str
    sheets: dict[str, PlanRows] = field(default_factory=dict)
    lines: list[TakenAs] = field(default_factory=list)
    doubts: Doubts = field(default_factory=Doubts)

    @property
    def queries(self) -> list[Query]:
        """What is doubtful."""
        return list(self.doubts.queries())

    @property
    def counted(self) -> str:
        """How many of each kind were taken, as a part of a sentence."""
        kinds = ((S.KEY_ACTIONS, "key action"), (S.MILESTONES, "milestone"), (S.MEASURES, "measure"))
        counts = (
            (len([row for row in self.sheets.get(sheet.name, ()) if not row.get(c.PART)]), name)
            for sheet, name in kinds
        )
        named = [how_many(count, name) for count, name in counts if count]
        return " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else "".join(named)


@dataclass
class Taking:
    """Takes the lists of a workbook, one after the other."""

    book: Book
    quarter: Quarter | None
    taken: ListTaken
    actions: ActionsTaken
    measures: list[TakenRow] = field(default_factory=list)
    outcomes: list[TakenRow] = field(default_factory=list)
    areas: list[TakenRow] = field(default_factory=list)
    panels: list[TakenRow] = field(default_factory=list)
    places: list[ListPlace] = field(default_factory=list)
    rows: int = 0

    def take(self) -> None:
        """Takes every list of the workbook; milestones last, since they belong to key actions of whatever sheet.

        A list whose headings don't say what it is of is told by its texts only where no list's headings do: beside a
        list of measures it may be the council's risks.
        """
        waiting = []
        lists = [(sheet, lists_on(sheet)) for sheet in self.book.sheets.values()]
        shown = (place for sheet, places in lists if not sheet.hidden for place in places)
        by_texts = not any(kind_of_list(place) in ITS_NAME for place in shown)
        for sheet, places in lists:
            self.places += places
            self.rows += sum(len(place.rows) for place in places)
            if self.rows > MOST_ROWS or len(places) > MOST_LISTS:
                raise RagtoolError(
                    f"{self.book.name} holds more than {MOST_ROWS:,} rows of lists, or more than {MOST_LISTS} lists on "
                    "a sheet, far more than any council's plan. Leave the list that is meant in it, and run again."
                )
            if not places:
                self.taken.lines.append(
                    TakenAs(sheet.name, "", "", "no row of headings was found, so nothing is taken")
                )
                if doubt := one_cell_a_row(self.book.name, sheet):
                    self.taken.doubts.add_query(doubt)
            for place in places:
                if sheet.hidden:
                    self.say(
                        place,
                        "The sheet is hidden, so its list isn't taken.",
                        "Show it and run again, if it is to count.",
                    )
                elif (kind := kind_of_list(place, by_texts)) is None:
                    what = "Head the column that says what each row is Measure, Key action or Milestone, and run again."
                    self.say(
                        place, "It can't be told whether this is a list of measures, key actions or milestones.", what
                    )
                elif kind is S.MILESTONES:
                    waiting.append(place)
                else:
                    self.take_list(place, kind)
            self.tell_beside(sheet.name)
        for place in waiting:
            self.take_list(place, S.MILESTONES)

    def take_list(self, place: ListPlace, kind: c.Sheet) -> None:
        """Takes one list, of rows of one kind or, where a column tells them apart, of several."""
        columns = columns_of_list(place, kind, self.quarter)
        mixed = KIND_OF_ROW in columns.taken
        of_kinds = (
            {sheet: columns_of_list(place, sheet, self.quarter) for sheet in ITS_NAME} if mixed else {kind: columns}
        )
        self.tell_columns(place, of_kinds)
        doubts = self.taken.doubts
        for sheet, own in of_kinds.items():
            listed = RowsOfList(self.book.name, place, own, doubts, self.quarter)
            rows: Iterator[ListedRow] = iter(listed)
            if mixed:
                rows = (row for row in rows if kind_of_row(row, kind) is sheet)
            if sheet is S.MEASURES:
                self.measures += measures_taken(rows, doubts)
            elif sheet is S.KEY_ACTIONS:
                self.actions.take(rows, c.MILESTONE in own.taken)
            elif sheet is S.MILESTONES:
                self.actions.take_milestones(rows)
            else:
                beside = {S.OUTCOMES: self.outcomes, S.SERVICE_AREAS: self.areas, S.PANELS: self.panels}[sheet]
                beside += [taken_row(row, sheet, doubts) for row in rows]
            remarks = (TakenAs(place.sheet.name, cell, "", said) for cell, said in listed.remarks)
            self.taken.lines += [line for line in remarks if line not in self.taken.lines]

    def say(self, place: ListPlace, problem: str, what: str) -> None:
        """A doubt about a whole list, at its first heading."""
        at = Place(
            self.book.name, place.sheet.name, place.headings_at[-1], {place.columns[0].heading: place.columns[0].letter}
        )
        self.taken.doubts.add(at, place.columns[0].heading, "", problem, what)
        self.taken.lines.append(
            TakenAs(place.sheet.name, "", "", f"the list beneath row {place.headings_at[-1]} is {NOT_TAKEN}")
        )

    def tell_columns(self, place: ListPlace, of_kinds: Mapping[c.Sheet, ListColumns]) -> None:
        """What each column of a list was taken as."""
        kinds = " and ".join(sheet.name for sheet in of_kinds)
        where = f"{'rows' if len(place.headings_at) > 1 else 'row'} {' and '.join(map(str, place.headings_at))}"
        self.taken.lines.append(TakenAs(place.sheet.name, "", "", f"a list for {kinds}, headings in {where}"))
        for column in place.columns:
            names = [
                name for own in of_kinds.values() for name, each in own.taken.items() if each.number == column.number
            ]
            over = (own.past[column.number] for own in of_kinds.values() if column.number in own.past)
            names += [f"{heading} of {when}, on {S.EARLIER.name}" for when, heading in over]
            due = (own.by_quarter[column.number] for own in of_kinds.values() if column.number in own.by_quarter)
            names += [f"{c.MILESTONE} due in {when}" for when in due]
            taken_as = " or ".join(dict.fromkeys(names)) or note_of(place.names[column.number])
            self.taken.lines.append(TakenAs(place.sheet.name, column.cell, column.heading, taken_as, aside=not names))
        for letter in place.letters_unheaded():
            said = f"column {letter} has no heading, and is kept as {note_of(f'column {letter}')}"
            self.taken.lines.append(TakenAs(place.sheet.name, "", "", said))
        for own in of_kinds.values():
            for column, problem, what in own.unsure:
                row = int(column.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
                at = Place(self.book.name, place.sheet.name, row, {column.heading: column.letter})
                self.taken.doubts.add(at, column.heading, "", problem, what)

    def tell_beside(self, name: str) -> None:
        """Comments and text boxes of a sheet, which no plan has."""
        for beside in self.book.sheets[name].beside:
            said = " ".join(beside.text.split())
            self.taken.lines.append(TakenAs(name, beside.cell, "", f"a {beside.kind}, which isn't taken: {said}"))


def kind_of_row(row: ListedRow, usual: c.Sheet) -> c.Sheet:
    """The kind that a row says it is."""
    cell = row.cells.get(KIND_OF_ROW)
    return (kind_said(text(cell)) if cell else None) or usual


def take_lists(book: Book, quarter: Quarter | None) -> ListTaken:
    """What a workbook's lists come to as a plan, for the report of a quarter (None: not known).

    It has no sheets where there is no list of measures, key actions or milestones.
    """
    taken = ListTaken(book.name)
    taking = Taking(book, quarter, taken, ActionsTaken(taken.doubts))
    taking.take()
    taking.actions.number_milestones()
    actions, milestones = taking.actions.actions, taking.actions.milestones
    if not (actions or milestones or taking.measures):
        return taken
    wholes, measures = with_parts(taking.measures)
    sentences = give_keys(actions, wholes, taken.doubts)
    for row in (*milestones, *measures):
        if row.of is not None:
            row.values[c.KEY] = row.of.values[c.KEY]
    if taking.actions.by_itself:
        lists = " and ".join(taking.actions.by_itself)
        sentences.append(f"The key actions on {lists} have no milestones, so each that has a date has one, itself.")
    outcomes = Outcomes(taken.doubts)
    outcomes.list_all(taking.outcomes)
    sentences += outcomes.place([*actions, *(row for row in measures if row.of is None)])
    for row in measures:
        if row.of is not None:
            for heading in (c.THEME, c.OUTCOME_NO, c.OUTCOME):
                row.values.pop(heading, None)
    areas, panels = name_areas_and_panels([*actions, *milestones, *measures], taken.doubts)
    settings = [dict(row) for row in blank_settings(first_month_of(quarter))]
    if organisation := take_organisation(book.name, taking.places, taken.doubts):
        settings[0][c.VALUE] = organisation
    taken.lines += [TakenAs("", "", "", sentence) for sentence in sentences]
    taken.sheets = {
        S.SETTINGS.name: [*settings],
        S.OUTCOMES.name: [*outcomes.listed.values()],
        S.SERVICE_AREAS.name: beside_named(c.SERVICE_AREA, areas, taking.areas),
        S.KEY_ACTIONS.name: rows_with_notes(actions),
        S.MILESTONES.name: rows_with_notes(milestones),
        S.MEASURES.name: rows_with_notes(measures),
        S.PANELS.name: beside_named(c.PANEL, panels, taking.panels),
        S.EARLIER.name: earlier_rows([*actions, *measures]),
    }
    return taken


def earlier_rows(items: Sequence[TakenRow]) -> PlanRows:
    """What was achieved and how it was rated in quarters that are over, the earliest first."""
    rows: dict[tuple[Quarter, int], dict[str, object]] = {}
    for number, row in enumerate(items):
        for (when, heading), value in row.past.items():
            of = {c.QUARTER: when, c.KEY: row.values[c.KEY], c.PART: row.values.get(c.PART)}
            rows.setdefault((when, number), of)[heading] = value
    return [rows[each] for each in sorted(rows)]


def rows_with_notes(rows: Sequence[TakenRow]) -> PlanRows:
    """Rows of the plan, each with what the list has besides."""
    return [{**row.values, **{note_of(heading): said for heading, said in row.notes.items()}} for row in rows]


def beside_named(heading: str, names: Sequence[str], listed: Sequence[TakenRow]) -> PlanRows:
    """The rows of service areas or panels: those that are listed, and what the others name."""
    rows = rows_with_notes(listed)
    known = {str(row.get(heading, "")).casefold() for row in rows}
    return [*rows, *({heading: name} for name in names if name.casefold() not in known)]
