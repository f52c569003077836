"""What the Guidance sheet says, by the plan's settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ragtool import columns as c
from ragtool.figures import share
from ragtool.model import OWN_COLOURS, RATING_WORDS, ItemStatus, NoneDue, RatedBy, Rating, Settings, item_name
from ragtool.returns import note_openings as opening
from ragtool.returns.template.preview import ELSEWHERE, NOT_A_FIGURE
from ragtool.returns.template.return_rows import KeyActionRow, MeasureRow
from ragtool.rules.key_actions import any_overdue_is_red
from ragtool.rules.limits import has_limits, limits_in_words
from ragtool.rules.words import level_words, listed

NO_MEANING = "–"
"""What a rating means for a kind of item that can't have it."""


def entry_steps(settings: Settings, milestones: int, measures: int, rated_by_you: Sequence[str] = ()) -> Iterator[str]:
    """What an officer does, step by step; sheets that are empty in this return are left out.

    `rated_by_you` are the keys of the key actions that the officer rates.
    """
    yield (
        "Fill in the yellow cells and no others; click on one and a note says what belongs there. Leave a cell empty "
        "rather than type 'n/a' or 'tbc'."
    )
    if milestones:
        yield (
            "Milestones: choose Complete or Overdue for each. Complete means finished, however late. Put Yes under "
            "Quality concern if it is finished but you doubt that it is good enough. For one that is overdue, say what "
            "will be done and give a revised date. That date is a proposal: it is carried forward and asked for every "
            "quarter, as 'Carried forward from' shows, until it is Complete or the plan moves or withdraws it."
        )
    if measures:
        yield (
            "Measures: type the figure under Performance as a number (74.4% for 74.4 per cent), check the Period that "
            "it covers, and choose a Data status: Final, or Provisional if it may change."
        )
        yield (
            "No figure? Leave Performance empty. Choose 'No newer data' if nothing newer than the last reported figure "
            "exists: that figure then stands with its period. Choose 'Not available' if there is none at all, and say "
            "why under Highlight. With neither, the measure is published as Not returned."
        )
        yield "For a measure that the preview shows Amber or Red, say under Proposed resolution what is done about it."
    if rated_by_you:
        keys, are = listed(rated_by_you), "is a key action" if len(rated_by_you) == 1 else "are key actions"
        yield (
            f"{keys} {are} that you rate yourself, whatever the milestones say: choose Green, Amber or Red under Own "
            "rating, and give the reason for Amber or Red. Left empty, it is published as Not returned."
        )
    yield (
        f"{c.OWN_RATING}{' of all else' if rated_by_you else ''}: leave it empty if the preview is right. If you know "
        "of a risk that it can't see, choose a worse rating and give your reason: it is published as declared, beside "
        "the rule's. A better one is listed but not published, and without a reason none is."
    )
    if settings.ask_for_a_forecast:
        yield (
            "Forecast: choose the colour that you expect at the end of the year. It is shown beside the rating and "
            "never changes it; a worse one is listed for attention."
        )
    yield (
        "Highlight: a sentence or two that members should read. Next milestones: what you plan for the quarters ahead. "
        "Revisions: corrections of figures that were reported before, each with its reason."
    )
    to = f" to {settings.contact}" if settings.contact else ""
    yield (
        "Sign-off: when nothing else is missing, have your head of service sign it off. Save this workbook as .xlsx "
        f"under its own name and send it{to}. Don't rename sheets or headings."
    )


def meanings(
    settings: Settings,
    actions: Sequence[KeyActionRow],
    stretched: bool = False,
    rated_by_you: Sequence[str] = (),
) -> Iterator[tuple[str, str, str, str]]:
    """The letters, the rating, and what it means for a key action and for a measure.

    `stretched` tells that a measure of the return has a stretch target, `rated_by_you` which key actions the officer
    rates.
    """
    level = share(settings.intervention_level)
    amber_at_level = settings.at_the_intervention_level is Rating.AMBER
    within = settings.green_within
    green = "Target met" + (f", or missed by no more than {share(within)} of it." if within else ".")
    amber = f"Target missed by {'up to' if amber_at_level else 'less than'} {level} of it."
    if within >= settings.intervention_level:
        amber, level, amber_at_level = "Only by a level or limit of the measure's own.", share(within), True
    red = f"Target missed by {'more than ' + level if amber_at_level else level + ' or more'} of it."
    if settings.amber_needs_improvement:
        amber += " Also where it is missed by more, but the figure is better than in the same quarter of last year."
        red += " And not better than in the same quarter of last year."
    none_due = {
        NoneDue.NOT_DUE: "",
        NoneDue.GREEN: " Also where none is due.",
        NoneDue.PREVIOUS: "",
    }[settings.no_milestones_due]
    beyond, delivered = settings.blue_beyond, "Delivered in an earlier quarter."
    blue = [f"Better than target by more than {share(beyond)} of it." if beyond else "Better than target."]
    blue = (blue if beyond is not None else []) + (["Stretch target met."] if stretched else [])
    if blue or settings.complete_shows_as is Rating.BLUE:
        yield meaning_row(
            Rating.BLUE,
            delivered if settings.complete_shows_as is Rating.BLUE else NO_MEANING,
            " ".join(blue) or NO_MEANING,
        )
    all_yours = bool(rated_by_you) and len(rated_by_you) == len(actions)
    of_milestones = dict.fromkeys(OWN_COLOURS, "You rate it so.") if all_yours else share_words(settings)
    yield meaning_row(Rating.GREEN, f"{of_milestones[Rating.GREEN]}{none_due}", green)
    yield meaning_row(Rating.AMBER, of_milestones[Rating.AMBER], amber)
    yield meaning_row(Rating.RED, of_milestones[Rating.RED], red)
    developed = "Still under development; nothing is asked of its milestones."
    yield meaning_row(Rating.TBC, developed, "Still under development, or no target set yet.")
    unanswered = "A milestone has no status, or its quality concern is neither Yes nor No" + (
        "; or you gave no rating of one that you rate." if rated_by_you else "."
    )
    unanswered = "You gave no rating." if all_yours else unanswered
    yield meaning_row(Rating.NOT_RETURNED, unanswered, "No figure was given.")
    yield meaning_row(Rating.NOT_AVAILABLE, NO_MEANING, "You said that no figure is available.")
    none = ", or no milestone is due" + (" of one that you don't rate" if rated_by_you else "")
    none = "" if settings.no_milestones_due is NoneDue.GREEN or all_yours else none
    yield meaning_row(Rating.NOT_DUE, f"Starts later{none}.", "Starts later, or not reported this quarter.")
    yield meaning_row(Rating.DATA_ONLY, NO_MEANING, "Published for information, without a rating.")
    if any(action.item.status is ItemStatus.ON_HOLD for action in actions):
        yield meaning_row(Rating.ON_HOLD, "On hold, so not rated; nothing is asked of its milestones.", NO_MEANING)
    yield (
        NOT_A_FIGURE,
        "Not known here",
        NO_MEANING,
        "The entry isn't a number.",
    )


def share_words(settings: Settings) -> dict[Rating, str]:
    """What each colour says of a key action's milestones."""
    green, amber = settings.milestones_for_green, settings.milestones_for_amber
    concern = "at least one with a quality concern"
    words = {Rating.GREEN: "All milestones complete.", Rating.AMBER: f"All complete, {concern}."}
    if green < 1:
        words[Rating.GREEN] = f"At least {share(green)} of the milestones complete."
        words[Rating.AMBER] = f"At least {share(green)} complete, {concern}."
    if amber < green:
        words[Rating.AMBER] += f" Also where at least {share(amber)} are complete."
    least = min(green, amber)
    red = "At least one milestone overdue." if least >= 1 else f"One overdue, and less than {share(least)} complete."
    return words | {Rating.RED: red}


def meaning_row(rating: Rating, key_action: str, measure: str) -> tuple[str, str, str, str]:
    """A rating's row of the table of meanings."""
    return rating.value, RATING_WORDS[rating], key_action, measure


def preview_notes(
    settings: Settings,
    actions: Sequence[KeyActionRow],
    measures: Sequence[MeasureRow],
    rated_by_you: Sequence[str] = (),
) -> Iterator[str]:
    """What the previews of this return leave out, and measures with limits of their own."""
    yield f"{opening.PREVIEWS}the report's rules as you type."
    if rated_by_you:
        keys = ", ".join(rated_by_you)
        yield f"{opening.BY_THE_OFFICER}with your own rating: {keys}. Without one they are Not returned."
    if any(action.shared and action.item.rated_by is RatedBy.MILESTONES for action in actions):
        red = " shows R as soon as one of yours is overdue, and" if any_overdue_is_red(settings) else " shows"
        status = "are complete" if any_overdue_is_red(settings) else "have a status"
        yield (
            f"{opening.KEY_ACTION}milestones in another service area's return too{red} {ELSEWHERE} once all of yours "
            f"{status}: only the report can rate it."
        )
    if any(at is None for measure in measures for _, at in measure.parts):
        yield f"{opening.MEASURE}{ELSEWHERE} has parts in another service area's return: only the report can rate it."
    if settings.no_milestones_due is NoneDue.PREVIOUS:
        yield f"{opening.KEY_ACTION}no milestone due keeps its last rating; where that isn't known here, ND stands."
    if settings.amber_needs_improvement and any(measure.to_beat is None for measure in measures):
        yield f"{opening.LAST_YEAR}may not be known here: a measure shown Red may turn out Amber in the report."
    own = [text for measure in measures if (text := own_limit(measure))]
    if own:
        yield f"{opening.OWN_LIMITS}{'; '.join(own)}."


def own_limit(row: MeasureRow) -> str:
    """A measure's own levels and limits in words, or an empty text."""
    measure = row.item
    words = []
    if measure.has_parts or not has_limits(measure):
        words += [level_words(measure.level)] if measure.level is not None else []
        words += [f"Green within {level_words(measure.green_within)}"] if measure.green_within is not None else []
    else:
        words.append(limits_in_words(measure))
    return f"{item_name(measure.key, measure.part)} {', '.join(words)}" if words else ""
