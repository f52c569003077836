"""The Excel formulas of a key action, which is rated by its milestones in the same return or by its officer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ragtool import rules
from ragtool.model import NO, OWN_COLOURS, YES, MilestoneStatus, RatedBy, Rating, Settings
from ragtool.quarters import Quarter
from ragtool.returns.template.preview import ELSEWHERE, RED, is_said
from ragtool.rules.key_actions import any_overdue_is_red, rate_key_action


@dataclass(frozen=True)
class KeyActionCells:
    """The cells of a key action's row that its formulas read: its key, its counts, and its officer's own rating."""

    key: str
    due: str
    complete: str
    overdue: str
    own_rating: str


@dataclass(frozen=True)
class MilestoneRanges:
    """The columns of the Milestones sheet that a key action's formulas count in."""

    keys: str
    statuses: str
    concerns: str


def milestone_count(key_cell: str, ranges: MilestoneRanges, status: str = "") -> str:
    """A count of a key action's milestones in this return, all or those with a status.

    COUNTIF would take 1.10 for 1.1 and `*` for any text, so the keys are compared one by one.
    """
    if not status:
        return f"=SUMPRODUCT(--({ranges.keys}={key_cell}))"
    return f"=SUMPRODUCT(({ranges.keys}={key_cell})*{is_said(ranges.statuses, status)})"


def fixed_key_action_rating(action: rules.KeyActionCriteria, quarter: Quarter, settings: Settings) -> Rating | None:
    """The rating that no entry can change this quarter: a state such as On hold, or Not due; else None."""
    unanswered = rate_key_action(action, [rules.MilestoneOutturn("", None)], True, quarter, settings).rating
    return None if unanswered is Rating.NOT_RETURNED else unanswered


def key_action_rating(
    action: rules.KeyActionCriteria,
    quarter: Quarter,
    settings: Settings,
    cells: KeyActionCells,
    ranges: MilestoneRanges,
    previous: Rating | None = None,
    shared: bool = False,
) -> str:
    """The RAG preview of a key action by its counts in this return, or by its officer's own rating.

    One that is `shared` has milestones in another return too: Red is certain with one overdue here where a single one
    makes Red, and what these are all complete for isn't known.
    """
    if fixed := fixed_key_action_rating(action, quarter, settings):
        return f'="{fixed}"'
    if action.rated_by is RatedBy.OFFICER:
        return f"={officers_rating(cells.own_rating)}"
    due, complete, overdue = cells.due, cells.complete, cells.overdue
    none_due = rate_key_action(action, [], True, quarter, settings, previous).rating
    all_complete = rating_by_concerns(cells, ranges)
    if shared and not any_overdue_is_red(settings):
        return f'=IF({complete}+{overdue}<{due},"{Rating.NOT_RETURNED}","{ELSEWHERE}")'
    if shared:
        answered = f'IF({complete}<{due},"{Rating.NOT_RETURNED}","{ELSEWHERE}")'
    else:
        answered = f'IF({due}=0,"{none_due}",IF({complete}<{due},"{Rating.NOT_RETURNED}",{all_complete}))'
    late = RED if any_overdue_is_red(settings) else share_rating(cells, ranges, settings)
    return f"=IF({overdue}>0,{late},{answered})"


def officers_rating(own: str) -> str:
    """The rating that an officer gives, by its word or its letter."""
    formula = f'"{Rating.NOT_RETURNED}"'
    for rating in OWN_COLOURS:
        formula = f'IF(OR(TRIM({own})="{rating.word}",TRIM({own})="{rating}"),"{rating}",{formula})'
    return formula


def share_rating(cells: KeyActionCells, ranges: MilestoneRanges, settings: Settings) -> str:
    """The rating of a key action with a milestone overdue, by the share that is complete.

    Shares are compared by whole numbers, complete x 100 with 90 x due, so that 9 of 10 is 90 % exactly.
    """
    due, complete, overdue = cells.due, cells.complete, cells.overdue
    enough = rating_by_concerns(cells, ranges)
    green, amber = settings.milestones_for_green, settings.milestones_for_amber
    open_yet = f'IF({complete}+{overdue}<{due},"{Rating.NOT_RETURNED}",'
    by_share = f'IF({is_under(complete, due, green)},"{Rating.AMBER}",{enough})'
    return f"IF({is_under(f'({due}-{overdue})', due, min(green, amber))},{RED},{open_yet}{by_share}))"


def rating_by_concerns(cells: KeyActionCells, ranges: MilestoneRanges) -> str:
    """The rating of a key action of which enough is complete, by what is said of the quality: Green, unless there is a
    concern, or an answer that is neither Yes nor No.
    """
    complete = f"({ranges.keys}={cells.key})*{is_said(ranges.statuses, MilestoneStatus.COMPLETE)}"
    doubtful, sound = is_said(ranges.concerns, YES), is_said(ranges.concerns, NO)
    unclear = f'(({ranges.concerns}<>"")-{doubtful}-{sound})'
    unless_doubtful = f'IF(SUMPRODUCT({complete}*{unclear})>0,"{Rating.NOT_RETURNED}","{Rating.GREEN}")'
    return f'IF(SUMPRODUCT({complete}*{doubtful})>0,"{Rating.AMBER}",{unless_doubtful})'


def is_under(count: str, of: str, level: Decimal) -> str:
    """Whether a count is less than a share of another, as a formula."""
    share = Fraction(level)
    return f"{count}*{share.denominator}<{share.numerator}*{of}"
