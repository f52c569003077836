"""What an officer still owes: a status, a figure, a reason that there is none, a resolution, a date."""

from __future__ import annotations

from collections.abc import Iterator

from ragtool import columns as c
from ragtool.checks.base import Check, ask
from ragtool.checks.own_ratings import own_ratings_have_a_reason
from ragtool.figures import show_day
from ragtool.model import COLOURS, ItemStatus, MilestoneStatus, Query, RatedBy, Rating
from ragtool.quarter.locked import BLANK_WORD
from ragtool.quarter.rated import RatedQuarter
from ragtool.quarter.rating import reason_given
from ragtool.rules.key_actions import needs_reason
from ragtool.sheets.unreadable import quoted


def overdue_milestones_have_a_plan(rated: RatedQuarter) -> Iterator[Query]:
    """An Overdue milestone needs a proposed resolution and a revised date."""
    for step in rated.milestones:
        if step.is_overdue:
            given = {c.RESOLUTION: step.entry.resolution, c.REVISED_DATE: step.entry.revised_date}
            missing = [heading for heading, value in given.items() if not value]
            if missing:
                needs = " and no ".join(missing)
                yield from ask(step, missing[0], f"The milestone is Overdue with no {needs}.", "Fill it in.")
            elif step.entry.quality_concern:
                problem = "A quality concern can only be raised about a Complete milestone; this one is Overdue."
                yield from ask(step, c.QUALITY_CONCERN, problem, "Set it to No, or correct the status.")


def quality_concerns_have_a_resolution(rated: RatedQuarter) -> Iterator[Query]:
    """A quality concern needs a proposed resolution: it makes its key action Amber."""
    for step in rated.counted:
        concern = step.entry.status is MilestoneStatus.COMPLETE and step.entry.quality_concern
        if concern and not step.entry.resolution:
            problem = "A quality concern is raised with no proposed resolution."
            yield from ask(step, c.RESOLUTION, problem, "Say what will be done.")


def complete_milestones_were_complete(rated: RatedQuarter) -> Iterator[Query]:
    """A Complete milestone isn't dated after the quarter's end."""
    end = rated.quarter.last_day(rated.plan.settings.financial_year_starts)
    for step in rated.counted:
        on = step.entry.completed_on
        if step.entry.status is MilestoneStatus.COMPLETE and on and on > end:
            problem = f"It is Complete on {show_day(on)}, after the quarter's end on {show_day(end)}."
            yield from ask(step, c.COMPLETED_ON, problem, "Correct the date, or the status if it was not complete.")


def statuses_are_given(rated: RatedQuarter) -> Iterator[Query]:
    """Every milestone that counts needs a status, unless its key action is delivered, on hold or under development."""
    for step in rated.asked:
        if step.entry.status is None:
            problem = "The milestone has no status, so it is Not returned."
            yield from ask(step, c.STATUS, problem, "Choose Complete or Overdue.")


def figures_are_given(rated: RatedQuarter) -> Iterator[Query]:
    """Every measure and part due needs a figure, or a word that there is none."""
    for row in rated.measures:
        unanswered = row.published.rule is Rating.NOT_RETURNED and not row.item.has_parts
        if unanswered and row.figure is None:
            if row.stands:
                problem = "No newer data is chosen, but no earlier figure is known, so it is Not returned."
                yield from ask(row, c.PERFORMANCE, problem, "Type the last figure, with its period.")
            else:
                problem = "There is no figure, so the measure is Not returned."
                yield from ask(row, c.PERFORMANCE, problem, "Type the figure, or choose Not available in Data status.")


def not_available_has_no_figure(rated: RatedQuarter) -> Iterator[Query]:
    """Not available counts before a figure, so one that was typed beside it isn't used."""
    for row in rated.measures:
        if row.unused_figure:
            problem = "Data status says Not available, so the figure beside it isn't used."
            yield from ask(row, c.DATA_STATUS, problem, "Clear the figure, or choose Final or Provisional.")


def not_available_has_a_reason(rated: RatedQuarter) -> Iterator[Query]:
    """The report gives the officer's reason for a figure that isn't available."""
    for row in rated.measures:
        unavailable = row.published.rule is Rating.NOT_AVAILABLE and not row.item.has_parts
        if unavailable and not reason_given(row.entry):
            problem = "Data status says Not available, and nothing says why."
            yield from ask(row, c.HIGHLIGHT, problem, "Say why under Highlight.")


def figures_have_a_period(rated: RatedQuarter) -> Iterator[Query]:
    """A figure needs a period, which its return may have filled in, and a data status."""
    for row in rated.measures:
        if row.figure is not None and not row.period:
            what = "Say what time the figure covers, such as 2012/13."
            yield from ask(row, c.PERIOD, "The figure has no period.", what)
        elif row.figure is not None and row.entry.data_status is None:
            what = "Choose Final, or Provisional if it may change."
            yield from ask(row, c.DATA_STATUS, "The figure has no Data status.", what)


def officers_give_their_ratings(rated: RatedQuarter) -> Iterator[Query]:
    """A key action that its officer rates needs an own rating, and Amber or Red a reason; it is published without."""
    for row in rated.key_actions:
        if row.item.rated_by is not RatedBy.OFFICER:
            continue
        if row.published.rule is Rating.NOT_RETURNED:
            problem = "Its officer rates it, and there is no own rating, so it is Not returned."
            yield from ask(row, c.OWN_RATING, problem, "Choose Green, Amber or Red (G, A or R).")
        elif (
            row.entry.own_rating is row.published.rule and needs_reason(row.published.rule) and not row.entry.own_reason
        ):
            problem = f"It is rated {row.published.rule.word} by its officer, and nothing says why."
            yield from ask(row, c.REASON_OWN, problem, "Give the reason.")


def forecasts_are_given(rated: RatedQuarter) -> Iterator[Query]:
    """Where the plan asks for a forecast, what has a colour, or would have one, needs it; parts, and what was
    delivered in an earlier quarter, don't.
    """
    asked = rated.plan.settings.ask_for_a_forecast and rated.plan.file  # a return alone doesn't say of whom
    for row in rated.items if asked else ():
        wanted = row.part is None and row.item.status is not ItemStatus.COMPLETE
        if wanted and row.published.rule in (*COLOURS, Rating.NOT_RETURNED) and row.entry.forecast is None:
            what = "Choose the colour that you expect at the year's end."
            yield from ask(row, c.FORECAST, "There is no forecast.", what)


def locked_cells_stand(rated: RatedQuarter) -> Iterator[Query]:
    """A locked cell that was changed, or comes from an earlier plan: the plan's value counts.

    Of a row that isn't used, it is enough to say that.
    """
    unused = {(query.file, query.sheet, query.cell) for query in rated.about_returns}
    for cell in rated.changed:
        if (cell.place.file, cell.place.sheet, cell.place.cell(c.KEY)) in unused:
            continue
        here, there = (BLANK_WORD if text == BLANK_WORD else quoted(text) for text in (cell.in_return, cell.in_plan))
        by = "in the last report, which counts" if cell.reported else "in the plan, which counts"
        by = "by the entries, which count" if cell.formula else by
        was = f"{cell.heading} is {here} here and {there} {by}."
        why = (
            "The return was made before the plan was last edited. " if cell.outdated else "A locked cell was changed. "
        )
        what = "Check that what was entered still fits; the plan is changed by its manager alone."
        yield cell.place.query(cell.heading, cell.name, why + was, what)


COMPLETENESS: tuple[Check, ...] = (
    locked_cells_stand,
    statuses_are_given,
    figures_are_given,
    not_available_has_no_figure,
    not_available_has_a_reason,
    own_ratings_have_a_reason,
    officers_give_their_ratings,
    overdue_milestones_have_a_plan,
    quality_concerns_have_a_resolution,
    complete_milestones_were_complete,
)
