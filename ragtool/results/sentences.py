"""The report's counts and sentences, each adding up to the plan's items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import pandas as pd

from ragtool import columns as c
from ragtool.figures import how_many, share
from ragtool.history.direction import Direction
from ragtool.model import IndexMethod, Kind, Rating, Settings
from ragtool.plan.plan import Measure
from ragtool.quarter.items import RatedItem, ReturnedMilestone
from ragtool.quarter.rated import RatedQuarter
from ragtool.quarter.row_counts import PASSED_OVER, REFUSED, USED, RowCounts
from ragtool.quarters import Quarter, quarters_of
from ragtool.results.key_action_texts import KEY_ACTION_STATES, OR_DECLARED, key_action_rules, taken_out
from ragtool.results.own_rules import own_in_words
from ragtool.results.results import QUARTERS, RATING, STATE
from ragtool.results.returns_table import received_in_part
from ragtool.returns.received import Received
from ragtool.rules.publish import in_sentence
from ragtool.rules.words import listed

STATES = {
    Kind.KEY_ACTION: KEY_ACTION_STATES,
    Kind.MEASURE: {
        Rating.RED: "Red: beyond the intervention level",
        Rating.AMBER: "Amber: target missed, within the level",
        Rating.GREEN: "Green: target met",
        Rating.BLUE: "Blue: exceeding the target",
        Rating.TBC: "To be confirmed: no target yet",
        Rating.NOT_DUE: "Not due this quarter",
        Rating.NOT_RETURNED: "Not returned",
        Rating.NOT_AVAILABLE: "Not available",
        Rating.DATA_ONLY: "Data only",
        Rating.ON_HOLD: "On hold",
    },
}
"""What each state means where the plan sets nothing else, in the order of the count tables."""

COUNTED = (c.KIND, c.QUARTER, c.RAG, c.RULE_RAG, c.PART)
"""The columns of the Data table from which items are counted."""

COMPARED = (Direction.BETTER, Direction.SAME, Direction.WORSE)

ALWAYS = {
    Kind.KEY_ACTION: (Rating.RED, Rating.AMBER, Rating.GREEN, Rating.TBC, Rating.NOT_DUE, Rating.NOT_RETURNED),
    Kind.MEASURE: tuple(state for state in STATES[Kind.MEASURE] if state not in (Rating.BLUE, Rating.ON_HOLD)),
}
"""States that have a row even when nothing is in them."""


def count_tables(
    data: pd.DataFrame, quarter: Quarter, states: Mapping[Kind, Mapping[Rating, str]] = STATES
) -> dict[tuple[Kind, str], pd.DataFrame]:
    """Items by state for each quarter of the year: a table for each kind, of the ratings published and of the rule's.

    A row a state with its Rating, the total last; the counts are Int64 under Q1 to Q4, missing for a quarter without a
    report. `data` is the Data table, or its columns `COUNTED`; `states` say what each state means. The items are
    grouped once for all tables.
    """
    year = [str(each) for each in quarters_of(quarter.year, quarter.calendar)]
    whole = data[data[c.PART].isna() & data[c.QUARTER].isin(year)]
    sizes = whole.groupby([c.KIND, c.QUARTER, c.RAG, c.RULE_RAG], observed=True, dropna=False).size()
    counts: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
    reported = {(str(kind), str(quarter)) for kind in Kind}
    names: list[tuple[object, ...]] = sizes.index.to_list()
    for each, count in zip(names, sizes.tolist(), strict=True):
        name, period, published, rule = map(str, each)
        reported.add((name, period))
        for heading, rating in ((c.RAG, published), (c.RULE_RAG, rule)):
            counts.setdefault((name, heading), Counter())[rating, period] += count
    tables = {}
    for kind in Kind:
        periods = [period if (kind, period) in reported else None for period in year]
        for heading in (c.RAG, c.RULE_RAG):
            words = (
                states[kind] if heading == c.RAG else {r: t.removesuffix(OR_DECLARED) for r, t in states[kind].items()}
            )
            tables[kind, heading] = count_table(counts.get((kind, heading), Counter()), periods, words, ALWAYS[kind])
    return tables


def count_table(
    counts: Counter[tuple[str, str]],
    periods: Sequence[str | None],
    states: Mapping[Rating, str],
    always: Collection[Rating],
) -> pd.DataFrame:
    """One of them, from the counts by rating and quarter; None stands for a quarter without a report."""
    by_state = {state: [counts[state, period] if period else None for period in periods] for state in states}
    shown = [state for state, row in by_state.items() if state in always or any(row)]
    totals = [sum(row[number] or 0 for row in by_state.values()) if p else None for number, p in enumerate(periods)]
    columns = zip(*(by_state[state] for state in shown), totals, strict=True)
    return pd.DataFrame(
        {
            RATING: pd.Series([*shown, None], dtype=object),
            STATE: [*(states[state] for state in shown), "Total"],
            **{name: pd.array(list(column), dtype="Int64") for name, column in zip(QUARTERS, columns, strict=True)},
        }
    )


def overview(rated: RatedQuarter, received: Received) -> tuple[str, ...]:
    """The sentences that open the report."""
    quarter, areas = rated.quarter, rated.plan.areas
    sentences = [
        f"This report covers quarter {quarter.number} of {quarter.financial_year}: "
        f"{how_many(len(rated.key_actions), 'key action')} and {how_many(len(rated.wholes), 'performance measure')}."
    ]
    kinds: tuple[tuple[Sequence[RatedItem], str], ...] = (
        (rated.key_actions, "key action"),
        (rated.wholes, "performance measure"),
    )
    for items, name in kinds:
        if items:
            counted = in_words(Counter(item.rating for item in items))
            one = f"The one {name} {counted.removeprefix('1 ')}."
            sentences.append(f"Of the {len(items)} {name}s, {counted}." if len(items) > 1 else one)
            differing = [item.item.key for item in items if item.rating is not item.published.rule]
            if differing:
                by_rule = in_words(Counter(item.published.rule for item in items))
                sentences.append(f"By the rule alone: {by_rule}. What is published differs at {', '.join(differing)}.")
    sentences += taken_out(rated.key_actions)
    escalated = [item.item.key for item in rated.wholes if item.escalated]
    if escalated:
        sentences.append(f"Escalated for action: {', '.join(escalated)}.")
    returned, parts = received.areas, received_in_part(rated, received)
    missing = [area for area in areas if area not in returned]
    sentences.append(
        f"{len(areas) - len(missing)} of {how_many(len(areas), 'return')} received"
        + (f"; in part only: {', '.join(parts)}" if parts else "")
        + (f"; not received: {', '.join(missing)}." if missing else ".")
    )
    unsigned = unsigned_returns([*rated.items, *rated.counted])
    return (*sentences, unsigned) if unsigned else tuple(sentences)


def unsigned_returns(sent: Iterable[RatedItem | ReturnedMilestone]) -> str:
    """The sentence that names the service areas whose returns nobody signed off; empty where there are none."""
    areas = dict.fromkeys(
        each.milestone.area if isinstance(each, ReturnedMilestone) else each.item.area for each in sent if each.unsigned
    )
    return f"Not signed off, so provisional: the figures of {'; '.join(areas)}." if areas else ""


def in_words(counter: Counter[Rating]) -> str:
    """Counts in a sentence: `36 are Green, 5 are Red and 1 is to be confirmed`."""
    order = [Rating.GREEN, Rating.BLUE, Rating.AMBER, Rating.RED, *(rating for rating in Rating)]
    counts = ((rating, counter[rating]) for rating in dict.fromkeys(order))
    return listed(
        [f"{count} {'is' if count == 1 else 'are'} {in_sentence(rating)}" for rating, count in counts if count]
    )


def direction_counts(rated: RatedQuarter) -> tuple[str, ...]:
    """How many items went up, stayed and went down since they were last reported, and since last year.

    Nothing is said where nothing can be compared.
    """
    kinds: tuple[tuple[str, Sequence[RatedItem]], ...] = (
        (f"{c.KEY_ACTION}s", rated.key_actions),
        ("Performance measures", rated.wholes),
    )
    return tuple(
        f"{name}, {against}: {directions_in_words(directions)}."
        for name, items in kinds
        for against, directions in (
            ("against what was last reported", [item.travel.short for item in items]),
            ("against the same quarter of last year", [item.travel.long for item in items]),
        )
        if any(way in COMPARED for way in directions)
    )


def directions_in_words(directions: Iterable[Direction | None]) -> str:
    """`3 better, 20 the same; 18 with nothing to compare`: of what there is none, nothing is said."""
    moved = Counter(directions)
    words = zip(COMPARED, ("better", "the same", "worse"), strict=True)
    compared = ", ".join(f"{moved[way]} {word}" for way, word in words if moved[way])
    rest = moved.total() - sum(moved[way] for way in COMPARED)
    return f"{compared}; {rest} with nothing to compare" if rest else compared


def reconciliation(received: Received, rows: RowCounts) -> tuple[str, ...]:
    """Files and rows found, used, refused and passed over, and why a file isn't used."""
    used, refused, passed = len(received.used), len(received.refused), len(received.passed_over)
    lines = [f"Files found {received.file_count} = used {used} + refused {refused} + passed over {passed}."]
    of = {fate: sum(n for (_, what), n in rows.items() if what == fate) for fate in (USED, REFUSED, PASSED_OVER)}
    parts = " + ".join(f"{fate} {count}" for fate, count in of.items())
    lines.append(f"Rows found {sum(of.values())} = {parts}.")
    lines += [f"Refused: {each.file}. {each.why}" for each in received.refused]
    lines += [f"Passed over: {each.file}. {each.why}" for each in received.passed_over]
    return tuple(lines)


def rules_in_words(
    settings: Settings, by_officers: Sequence[str] = (), measures: Sequence[Measure] = ()
) -> tuple[str, ...]:
    """The rules as this plan sets them, and as its measures do, in a few lines for the Glossary.

    `by_officers` are the keys of the key actions that their officers rate.
    """
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
        *key_action_rules(settings, by_officers),
        f"Measures: Green where the figure meets its target{green}; {amber}Red beyond.{improved}{blue} A measure may "
        f"have a level or limit of its own.{own_in_words(measures)}",
        f"Measures with parts: the {method} of the parts' shortfalls is rated, unless the "
        f"measure says otherwise. A Red measure is escalated {quarters}.{unmoved}",
        "Not rated: TBC (no target yet, or under development), NR (not returned), NA (not available), ND (not due), "
        "DO (data only), OH (on hold). A milestone not complete is carried forward and counts every quarter until it "
        "is.",
        "An officer may declare a worse rating than the rule's, with a reason; a better one is never published. "
        "An override in the plan, with reason, approver and date, outranks both. The rule's rating stands beside them.",
    )
