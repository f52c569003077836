"""A return speaking for itself: as much of the plan as its locked cells hold, for a check where no plan is at hand."""

from __future__ import annotations

from dataclasses import replace

from ragtool import columns as c
from ragtool.model import Better, DataStatus, ItemStatus, Place, Rating, Settings
from ragtool.plan.plan import KeyAction, Measure, Milestone, Outcome, Plan, ServiceArea
from ragtool.quarters import JANUARY, Quarter
from ragtool.returns.entries import KeyActionEntry, MeasureEntry, MilestoneEntry
from ragtool.returns.one_return import Return
from ragtool.returns.target_cell import Aim, aim_of
from ragtool.sheets import date_cells
from ragtool.sheets.unreadable import Unreadable
from ragtool.workbooks.opening import Cell

THEME, OUTCOME = "All", "1"
"""A return doesn't say where in the plan its items stand, and no check needs it."""

NO_TARGETS = (None, None, None, None)

ACTIONS_PREVIEWED = {
    Rating.TBC.value: ItemStatus.UNDER_DEVELOPMENT,
    Rating.ON_HOLD.value: ItemStatus.ON_HOLD,
}
"""The states that the preview of a key action shows."""

PREVIEWED = {Rating.TBC.value: ItemStatus.UNDER_DEVELOPMENT, Rating.DATA_ONLY.value: ItemStatus.DATA_ONLY}
"""The states that the preview of a measure shows where its Target cell has a figure all the same."""


def plan_of(each: Return) -> Plan:
    """The plan that a return was made from, as far as it can be told; the settings are the usual ones."""
    here = Place(each.file, "", 0)
    key_actions = [
        replace(key_action(row.key, row.title, each.area, here), status=state_shown(row))
        for row in each.key_actions
        if row.key
    ]
    milestones = [milestone(row, each) for row in each.milestones if row.key and row.no]
    led = {action.key for action in key_actions}
    titles = {row.key: row.key_action for row in each.milestones}
    others = dict.fromkeys(step.key for step in milestones if step.key not in led)
    key_actions += [key_action(key, titles[key], "", here) for key in others]
    measures = [measure_asked(row, each, here) for row in each.measures if row.key]
    wholes = {row.key for row in measures if row.part is None}
    parts = {row.key: row for row in measures if row.key not in wholes}
    measures += [
        replace(row, part=None, has_parts=True, area="", targets=NO_TARGETS, low=None, high=None)
        for row in parts.values()
    ]
    first = min((step.due for step in milestones if isinstance(step.due, Quarter)), default=each.quarter)
    year_starts = JANUARY if each.quarter.calendar else Settings.financial_year_starts
    forecast = any(row.forecast for row in [*each.key_actions]) or any(row.forecast for row in each.measures)
    return Plan(
        file="",
        settings=Settings(
            organisation=each.organisation,
            first_quarter=first,
            financial_year_starts=year_starts,
            ask_for_a_forecast=forecast,
        ),
        fingerprint=each.fingerprint,
        outcomes=(Outcome(at=here, theme=THEME, number=OUTCOME),),
        service_areas=(ServiceArea(at=here, name=each.area),),
        key_actions=tuple(key_actions),
        milestones=tuple(milestones),
        measures=tuple(measures),
        panels=(),
        earlier_quarters=(),
        overrides=(),
    )


def key_action(key: str, title: str | None, area: str, here: Place) -> KeyAction:
    """A key action of the plan; one that another service area leads has no area here."""
    return KeyAction(at=here, key=key, title=title or "", theme=THEME, outcome_no=OUTCOME, area=area)


def state_shown(row: KeyActionEntry) -> ItemStatus:
    """The state that a key action's preview shows, as far as it shows one."""
    previewed = str(row.shown.value) if row.shown is not None else ""
    return ACTIONS_PREVIEWED.get(previewed, ItemStatus.ACTIVE)


def milestone(row: MilestoneEntry, each: Return) -> Milestone:
    """A milestone of the plan, due in the quarter it comes from; where it says another date, that was decided."""
    first_due = row.carried_from or each.quarter
    try:
        due = date_cells.when(Cell(row.due or ""))
    except Unreadable:
        due = first_due
    moved = due if due != first_due else None
    return Milestone(
        at=None,
        key=row.key or "",
        no=row.no or "",
        text=row.title or "",
        area=each.area,
        due=first_due,
        revised_due=moved,
        decision="in the return" if moved else None,
    )


def without_earlier(each: Return) -> Return:
    """A return without what only earlier quarters can judge: its corrections. Of a last figure that stands, the return
    itself says what it was.
    """
    return replace(each, measures=tuple(map(with_last_figure, each.measures)), corrections=())


def with_last_figure(row: MeasureEntry) -> MeasureEntry:
    """A measure's row with the last figure where that stands; templates didn't always say it."""
    if row.data_status is not DataStatus.NO_NEWER or row.performance is not None or row.at is None:
        return row
    if c.LAST_FIGURE not in row.at.letters:
        return replace(row, data_status=DataStatus.NOT_AVAILABLE, highlight=row.highlight or DataStatus.NO_NEWER.value)
    return replace(row, performance=row.last_figure)


def measure_asked(row: MeasureEntry, each: Return, here: Place) -> Measure:
    """A measure or part of the plan, with its target or range for this quarter."""
    unit = row.unit or ""
    aim = aim_of(row.target or "", unit)
    due = aim.due and row.preview != Rating.NOT_DUE
    other_quarter = frozenset({each.quarter.number % 4 + 1})
    better = next((way for way in Better if way.value == row.better_when), None)
    return Measure(
        at=here,
        key=row.key or "",
        part=row.part,
        title=row.title or "",
        unit=unit,
        # The template writes the quarter where the plan has no Target period.
        target_period=None if row.target_period == str(each.quarter) else row.target_period,
        theme=THEME,
        outcome_no=OUTCOME,
        area=each.area,
        better_when=better,
        better=better or Better.HIGHER,
        reported_in=frozenset() if due else other_quarter,
        status=aim.status if aim.has_parts or aim == Aim(due=aim.due) else PREVIEWED.get(row.preview, aim.status),
        has_parts=aim.has_parts,
        targets=(aim.target,) * 4,
        stretch=aim.stretch,
        low=aim.low,
        high=aim.high,
    )
