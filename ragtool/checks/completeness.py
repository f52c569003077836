"""What an officer still owes: a status, a figure, a reason, a resolution, a date."""

from __future__ import annotations

from collections.abc import Iterator

from ragtool import columns as c
from ragtool.checks.base import Check, ask
from ragtool.figures import day
from ragtool.frames import label, records
from ragtool.model import DataStatus, MilestoneStatus, Query, Rating
from ragtool.plan.plan import HAS_PARTS
from ragtool.quarter.locked import BLANK
from ragtool.quarter.merge import counted
from ragtool.quarter.rated import Rated
from ragtool.quarter.rating import DIFFERS, UNUSED, reason_given
from ragtool.sheets.unreadable import quoted


def overdue_milestones_have_a_plan(rated: Rated) -> Iterator[Query]:
    """An Overdue milestone needs a proposed resolution and a revised date."""
    for row in records(counted(rated.milestones)):
        if row[c.STATUS] is MilestoneStatus.OVERDUE:
            missing = [heading for heading in (c.RESOLUTION, c.REVISED_DATE) if not row[heading]]
            if missing:
                needs = " and no ".join(missing)
                yield from ask(row, missing[0], f"The milestone is Overdue with no {needs}.", "Fill it in.")
            elif row[c.QUALITY_CONCERN]:
                problem = "A quality concern can only be raised about a Complete milestone; this one is Overdue."
                yield from ask(row, c.QUALITY_CONCERN, problem, "Set it to No, or correct the status.")


def complete_milestones_were_complete(rated: Rated) -> Iterator[Query]:
    """A Complete milestone isn't dated after the quarter's end."""
    end = rated.quarter.last_day(rated.plan.settings.financial_year_starts)
    for row in records(counted(rated.milestones)):
        if row[c.STATUS] is MilestoneStatus.COMPLETE and row[c.COMPLETED_ON] and row[c.COMPLETED_ON] > end:
            problem = f"It is Complete on {day(row[c.COMPLETED_ON])}, after the quarter's end on {day(end)}."
            yield from ask(row, c.COMPLETED_ON, problem, "Correct the date, or the status if it was not complete.")


def statuses_are_given(rated: Rated) -> Iterator[Query]:
    """Every milestone that counts needs a status."""
    for row in records(counted(rated.milestones)):
        if row[c.STATUS] is None:
            yield from ask(
                row, c.STATUS, "The milestone has no status, so it is Not returned.", "Choose Complete or Overdue."
            )


def figures_are_given(rated: Rated) -> Iterator[Query]:
    """Every measure and part due needs a figure, or a word that there is none."""
    for row in records(rated.measures):
        if row[c.RULE_RAG] is Rating.NOT_RETURNED and not row[HAS_PARTS] and row[c.PERFORMANCE] is None:
            if row[c.DATA_STATUS] is DataStatus.NO_NEWER:
                problem = "No newer data is chosen, but no earlier figure is known, so it is Not returned."
                yield from ask(row, c.PERFORMANCE, problem, "Type the last figure, with its period.")
            else:
                problem = "There is no figure, so the measure is Not returned."
                yield from ask(row, c.PERFORMANCE, problem, "Type the figure, or choose Not available in Data status.")


def not_available_has_no_figure(rated: Rated) -> Iterator[Query]:
    """Not available counts before a figure, so one that was typed beside it isn't used."""
    for row in records(rated.measures):
        if row[UNUSED]:
            problem = "Data status says Not available, so the figure beside it isn't used."
            yield from ask(row, c.DATA_STATUS, problem, "Clear the figure, or choose Final or Provisional.")


def not_available_has_a_reason(rated: Rated) -> Iterator[Query]:
    """The report gives the officer's reason for a figure that isn't available."""
    for row in records(rated.measures):
        if row[c.RULE_RAG] is Rating.NOT_AVAILABLE and not row[HAS_PARTS] and not reason_given(row):
            problem = "Data status says Not available, and nothing says why."
            yield from ask(row, c.HIGHLIGHT, problem, "Say why under Highlight.")


def figures_have_a_period(rated: Rated) -> Iterator[Query]:
    """A figure needs a period where the plan gives none."""
    # As the plan has it: once rated, a blank Target period has become the quarter.
    given = {(row[c.KEY], row[c.PART]): row[c.TARGET_PERIOD] for row in records(rated.plan.measures)}
    for row in records(rated.measures):
        if row[c.PERFORMANCE] is not None and not row[c.PERIOD] and not given.get((row[c.KEY], row[c.PART])):
            what = "Say what time the figure covers, such as 2012/13."
            yield from ask(row, c.PERIOD, "The figure has no period.", what)


def red_and_amber_have_a_resolution(rated: Rated) -> Iterator[Query]:
    """A Red or Amber item needs a proposed resolution; overdue milestones have their own."""
    overdue = {row[c.KEY] for row in records(counted(rated.milestones)) if row[c.STATUS] is MilestoneStatus.OVERDUE}
    for row in [*records(rated.key_actions), *records(rated.measures)]:
        poor = row[c.RAG] in (Rating.RED, Rating.AMBER) and not row.get(c.PART)
        if poor and not row[c.RESOLUTION] and row[c.KEY] not in overdue:
            problem = f"It is {row[c.RAG].word} with no proposed resolution."
            yield from ask(row, c.RESOLUTION, problem, "Say what will be done.")


def own_ratings_have_a_reason(rated: Rated) -> Iterator[Query]:
    """An own rating that differs from the rule's needs a reason."""
    for row in [*records(rated.key_actions), *records(rated.measures)]:
        if row[DIFFERS] and not row[c.REASON_OWN]:
            differs = f"The own rating {row[c.OWN_RATING].word} differs from the rule's {row[c.RULE_RAG].word}"
            yield from ask(row, c.REASON_OWN, f"{differs} and has no reason.", "Give one, or clear the own rating.")


def locked_cells_stand(rated: Rated) -> Iterator[Query]:
    """A locked cell that was changed, or comes from an earlier plan: the plan's value counts."""
    for cell in rated.changed:
        here, there = (BLANK if said == BLANK else quoted(said) for said in (cell.in_return, cell.in_plan))
        was = f"{cell.heading} is {here} here and {there} in the plan, which counts."
        why = (
            "The return was made before the plan was last edited. " if cell.outdated else "A locked cell was changed. "
        )
        name = label({c.KEY: cell.key, c.PART: cell.part, c.NO: cell.no})
        what = "Check that what was entered still fits; the plan is changed by its manager alone."
        yield cell.place.query(cell.heading, name, why + was, what)


COMPLETENESS: tuple[Check, ...] = (
    locked_cells_stand,
    statuses_are_given,
    figures_are_given,
    not_available_has_no_figure,
    not_available_has_a_reason,
    own_ratings_have_a_reason,
    overdue_milestones_have_a_plan,
    complete_milestones_were_complete,
)
