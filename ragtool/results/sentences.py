"""The report's counts and sentences, each adding up to the plan's items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import pandas as pd

from ragtool import columns as c
from ragtool.figures import how_many, share
from ragtool.frames import Row, frame, records, where
from ragtool.history.direction import LONG, SHORT, Direction
from ragtool.history.quarters_so_far import KEY_ACTION, MEASURE
from ragtool.model import IndexMethod, Rating, Settings
from ragtool.quarter.row_counts import PASSED_OVER, REFUSED, USED, RowCounts
from ragtool.quarters import Quarter, quarters_of
from ragtool.results.results import QUARTERS, RATING, STATE
from ragtool.returns.received import Received
from ragtool.rules.publish import said
from ragtool.rules.words import listed

OR_DECLARED = ", or declared"
"""Said of what is published; by the rule alone nothing is declared."""

STATES = {
    KEY_ACTION: {
        Rating.RED: "Red: a milestone is overdue" + OR_DECLARED,
        Rating.AMBER: "Amber: complete, with a quality concern",
        Rating.GREEN: "Green: all milestones complete",
        Rating.BLUE: "Blue: exceeding",
        Rating.TBC: "To be confirmed or developed",
        Rating.NOT_DUE: "Not due this quarter",
        Rating.NOT_RETURNED: "Not returned",
        Rating.NOT_AVAILABLE: "Not available",
        Rating.DATA_ONLY: "Data only",
    },
    MEASURE: {
        Rating.RED: "Red: beyond the intervention level",
        Rating.AMBER: "Amber: target missed, within the level",
        Rating.GREEN: "Green: target met",
        Rating.BLUE: "Blue: exceeding the target",
        Rating.TBC: "To be confirmed: no target yet",
        Rating.NOT_DUE: "Not due this quarter",
        Rating.NOT_RETURNED: "Not returned",
        Rating.NOT_AVAILABLE: "Not available",
        Rating.DATA_ONLY: "Data only",
    },
}
"""What each state means, in the order of the count tables."""

ALWAYS = {
    KEY_ACTION: (Rating.RED, Rating.AMBER, Rating.GREEN, Rating.TBC, Rating.NOT_DUE, Rating.NOT_RETURNED),
    MEASURE: tuple(state for state in STATES[MEASURE] if state is not Rating.BLUE),
}
"""States that have a row even when nothing is in them."""


def counts(data: pd.DataFrame, kind: str, quarter: Quarter, rating: str) -> pd.DataFrame:
    """Items by state for each quarter of the year, by the heading `rating`; None for a quarter without a report."""
    rows = [row for row in records(data) if row[c.KIND] == kind and row[c.PART] is None]
    year = quarters_of(quarter.year)
    by_quarter = [Counter(row[rating] for row in rows if row[c.QUARTER] == each) for each in year]
    reported = [bool(counter) or each == quarter for counter, each in zip(by_quarter, year, strict=True)]
    shown = [state for state in STATES[kind] if state in ALWAYS[kind] or any(counter[state] for counter in by_quarter)]
    words = {state: text if rating == c.RAG else text.removesuffix(OR_DECLARED) for state, text in STATES[kind].items()}
    table: list[Row] = [{RATING: state, STATE: words[state], **cells(by_quarter, reported, state)} for state in shown]
    totals = [sum(counter.values()) for counter in by_quarter]
    total = {h: n if there else None for h, n, there in zip(QUARTERS, totals, reported, strict=True)}
    return frame([*table, {RATING: None, STATE: "Total", **total}], (RATING, STATE, *QUARTERS))


def cells(by_quarter: Sequence[Counter[Rating]], reported: Sequence[bool], state: Rating) -> dict[str, int | None]:
    """One state's counts by quarter."""
    pairs = zip(QUARTERS, by_quarter, reported, strict=True)
    return {heading: counter[state] if there else None for heading, counter, there in pairs}


def overview(
    key_actions: pd.DataFrame, measures: pd.DataFrame, received: Received, plan_areas: Sequence[str], quarter: Quarter
) -> tuple[str, ...]:
    """The sentences that open the report."""
    wholes = where(measures, lambda row: row[c.PART] is None)
    sentences = [
        f"This report covers quarter {quarter.number} of {quarter.financial_year}: "
        f"{how_many(len(key_actions), 'key action')} and {how_many(len(wholes), 'performance measure')}."
    ]
    for items, name in ((key_actions, "key action"), (wholes, "performance measure")):
        if len(items):
            said = in_words(Counter(items[c.RAG]))
            one = f"The one {name} {said.removeprefix('1 ')}."
            sentences.append(f"Of the {len(items)} {name}s, {said}." if len(items) > 1 else one)
            differing = [row[c.KEY] for row in records(items) if row[c.RAG] is not row[c.RULE_RAG]]
            if differing:
                by_rule = in_words(Counter(items[c.RULE_RAG]))
                sentences.append(f"By the rule alone: {by_rule}. What is published differs at {', '.join(differing)}.")
    escalated = [row[c.KEY] for row in records(wholes) if row[c.ESCALATED]]
    if escalated:
        sentences.append(f"Escalated for action: {', '.join(escalated)}.")
    missing = [area for area in plan_areas if area not in received.areas]
    sentences.append(
        f"{len(plan_areas) - len(missing)} of {how_many(len(plan_areas), 'return')} received"
        + (f"; not received: {', '.join(missing)}." if missing else ".")
    )
    return tuple(sentences)


def in_words(counter: Counter[Rating]) -> str:
    """Counts in a sentence: `36 are Green, 5 are Red and 1 is to be confirmed`."""
    order = [Rating.GREEN, Rating.BLUE, Rating.AMBER, Rating.RED, *(rating for rating in Rating)]
    counts = ((rating, counter[rating]) for rating in dict.fromkeys(order))
    return listed([f"{count} {'is' if count == 1 else 'are'} {said(rating)}" for rating, count in counts if count])


def direction_counts(key_actions: pd.DataFrame, measures: pd.DataFrame) -> tuple[str, ...]:
    """How many items went up, stayed and went down since they were last reported, and since last year."""
    wholes = where(measures, lambda row: row[c.PART] is None)
    return tuple(
        f"{name}: {directions_in_words(items[column], since)}."
        for name, items in (("Key actions", key_actions), ("Performance measures", wholes))
        for column, since in ((SHORT, "than last reported"), (LONG, "than in the same quarter of last year"))
        if len(items)
    )


def directions_in_words(directions: Iterable[Direction | None], since: str) -> str:
    """`3 better, 20 the same, 1 worse than last reported; 18 with nothing to compare`."""
    moved = Counter(directions)
    better, same, worse = (moved[way] for way in (Direction.BETTER, Direction.SAME, Direction.WORSE))
    rest = moved.total() - better - same - worse
    said = f"{better} better, {same} the same, {worse} worse {since}"
    return f"{said}; {rest} with nothing to compare" if rest else said


def reconciliation(received: Received, rows: RowCounts) -> tuple[str, ...]:
    """Files and rows found, used, refused and passed over, and why a file isn't used."""
    used, refused, passed = len(received.used), len(received.refused), len(received.passed_over)
    lines = [f"Files found {received.found} = used {used} + refused {refused} + passed over {passed}."]
    of = {fate: sum(n for (_, what), n in rows.items() if what == fate) for fate in (USED, REFUSED, PASSED_OVER)}
    parts = " + ".join(f"{fate} {count}" for fate, count in of.items())
    lines.append(f"Rows found {sum(of.values())} = {parts}.")
    lines += [f"Refused: {each.file}. {each.why}" for each in received.refused]
    lines += [f"Passed over: {each.file}. {each.why}" for each in received.passed_over]
    return tuple(lines)


def rules_in_words(settings: Settings) -> tuple[str, ...]:
    """The rules as this plan sets them, in a few lines for the Glossary."""
    at = settings.at_the_intervention_level.word
    level = share(settings.intervention_level)
    green = f", or misses it by {share(settings.green_within)} or less" if settings.green_within else ""
    improved = (
        " Beyond the level it is still Amber where it improved on the same quarter of last year."
        if settings.amber_needs_improvement
        else ""
    )
    blue = (
        f" It is Blue where it beats its target by more than {share(settings.blue_beyond)}."
        if settings.blue_beyond is not None
        else ""
    )
    by = f"{level} or less" if settings.at_the_intervention_level is Rating.AMBER else f"less than {level}"
    amber = f"Amber where it misses by {by} (exactly at it: {at}); "
    if settings.green_within >= settings.intervention_level:
        amber = ""
    method = "worst" if settings.index_method is IndexMethod.WORST else settings.index_method.value.lower()
    tolerance = settings.direction_tolerance
    unmoved = f" A change of {share(tolerance)} or less counts as no change in direction." if tolerance else ""
    after = settings.escalate_after
    quarters = "at once" if after == 1 else f"after {after} quarters in a row"
    return (
        "Key actions: Red where any milestone is overdue, Amber where all are complete but the quality of one is in "
        f"doubt, Green where all are complete. With no milestone due: {settings.no_milestones_due}.",
        f"Measures: Green where the figure meets its target{green}; {amber}Red beyond.{improved}{blue} A measure may "
        "have a level or limit of its own.",
        f"Measures with parts: the {method} of the parts' shortfalls is rated, unless the "
        f"measure says otherwise. A Red measure is escalated {quarters}.{unmoved}",
        "Not rated: TBC (no target yet, or under development), NR (not returned), NA (not available), ND (not due), "
        "DO (data only). A milestone not complete is carried forward and counts every quarter until it is.",
        "An officer may declare a worse rating than the rule's, with a reason; a better one is never published. "
        "An override in the plan, with reason, approver and date, outranks both. The rule's rating stands beside them.",
    )
