"""Earlier quarters' figures corrected by this quarter's returns, and rated again as they stood then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from ragtool import columns as c
from ragtool import rules
from ragtool.frames import AT, Row, frame, records
from ragtool.history.direction import by_shortfall
from ragtool.history.earlier import Earlier, Names, by_name, item, reds_at_the_end
from ragtool.history.quarters_so_far import KEY_ACTION, id_of
from ragtool.history.revision import revision, same
from ragtool.model import Basis, Better, ItemStatus, Place, Query, Rating, Settings, Severity, fold
from ragtool.plan.plan import HAS_PARTS, Plan
from ragtool.quarter.rating import improvement_of_figure, improvement_of_shortfall
from ragtool.quarter.row_counts import REFUSED, USED, RowCounts
from ragtool.quarters import Quarter
from ragtool.returns.received import Received
from ragtool.rules.publish import OVERRIDE, RULE_SAYS, by_rule, is_worse
from ragtool.sheets import cells
from ragtool.sheets.cells import Unreadable
from ragtool.workbooks.opening import Cell

Id = tuple[Quarter, str, str]
REVISIONS = c.ReturnSheets.REVISIONS


def correct(
    data: pd.DataFrame, received: Received, plan: Plan, quarter: Quarter
) -> tuple[pd.DataFrame, list[Row], list[Query], RowCounts]:
    """The earlier quarters with the returns' corrections, a Revisions row for everything that changed, queries, and
    what became of each correction.

    A measure that its parts make is rated again with them. An overridden rating stays as it was published, and so does
    a declared one as long as it is worse than the rule's.
    """
    quarters = Quarters(data, plan, quarter)
    queries: list[Query] = []
    rows: RowCounts = Counter()
    taken: dict[Id, Row] = {}
    applied: list[tuple[Row, Row]] = []
    wanted = [(each.area, entry) for each, table in received.table(REVISIONS) for entry in records(table)]
    wanted.sort(key=lambda one: one[1][c.QUARTER] or quarter)  # an earlier year decides what has improved since
    for area, entry in wanted:
        place: Place = entry[AT]
        before = quarters.find(entry) if entry[c.KEY] else None
        problem = why_not(entry, before, quarters, area)
        if problem or before is None:
            what = "Correct the row; until then the earlier figure stands."
            queries.append(place.query(c.KEY, entry[c.KEY] or "", problem, what, Severity.ERROR))
            continue
        try:
            figure = cells.figure(entry[c.REVISED_PERFORMANCE], before.get(c.UNIT) or "")
        except Unreadable as fault:
            where = c.REVISED_PERFORMANCE
            queries.append(place.query(where, entry[c.KEY], fault.problem, fault.what_to_do, Severity.ERROR))
            continue
        first = taken.setdefault(id_of(before), {c.PERFORMANCE: figure, AT: place})
        if not same(first[c.PERFORMANCE], figure):
            problem = f"It is corrected twice, here and in {first[AT].source(c.KEY)}; the first is used."
            queries.append(
                place.query(c.KEY, entry[c.KEY], problem, "Delete the row that isn't meant.", Severity.ERROR)
            )
            continue
        if not same(before[c.PERFORMANCE], figure):
            applied.append((before, entry))
        quarters.apply(before, figure, entry)
        rows[area, USED] += 1
    quarters.escalate_again()
    queries += (query for before, entry in applied for query in let_stand_since(before, entry, quarters))
    for each, table in received.table(REVISIONS):
        found = len(table) + each.unread.get(REVISIONS.name, 0)
        rows[each.area, REFUSED] = found - rows[each.area, USED]
    return frame(quarters.rows, data.columns), quarters.changes, queries, rows


def why_not(entry: Row, before: Row | None, quarters: Quarters, area: str) -> str:
    """Why a correction can't be taken, or an empty text."""
    if entry[c.KEY] is None:
        return "The correction has no key."
    key, when, now = entry[c.KEY], entry[c.QUARTER], quarters.planned(entry[c.KEY], entry[c.PART])
    if when is None:
        return "The correction names no quarter."
    if when >= quarters.quarter:
        return f"{when} is not an earlier quarter: this quarter's figure belongs on the sheet Measures."
    if before is None:
        return f"No earlier report has {key}{f' part {entry[c.PART]}' if entry[c.PART] else ''} in {when}."
    if before[c.KIND] == KEY_ACTION:
        return f"{key} is a key action; only a measure's figure can be corrected."
    if quarters.parts_of(before):
        return f"{key} is rated by its parts: say which part the figure is for."
    owners = {owner.casefold(): owner for owner in (before.get(c.SERVICE_AREA), now.get(c.SERVICE_AREA)) if owner}
    if owners and area.casefold() not in owners:
        return f"{' or '.join(owners.values())} reports this figure, not {area}."
    if not isinstance(entry[c.REVISED_PERFORMANCE], Cell):
        return "The correction gives no revised figure."
    if not entry[c.REASON]:
        return "The correction has no reason."
    return ""


def let_stand_since(before: Row, entry: Row, quarters: Quarters) -> Iterator[Query]:
    """Queries about later quarters that let a figure stand which is corrected now, and still have it as it was.

    A correction is of the quarter that it names: what was published of another isn't changed by it.
    """
    period, place = fold(before[c.PERIOD] or str(before[c.QUARTER])), entry[AT]
    for row in quarters.earlier.about(entry[c.KEY], entry[c.PART]):
        stood = rules.LAST_FIGURE in (row[c.WHY] or "") and fold(row[c.PERIOD] or "") == period
        if row[c.QUARTER] > before[c.QUARTER] and stood and same(row[c.PERFORMANCE], before[c.PERFORMANCE]):
            problem = f"{row[c.QUARTER]} let this figure stand, and still has it as it was."
            what = f"If it was wrong there too, correct {row[c.QUARTER]} in a row of its own."
            yield place.query(c.QUARTER, entry[c.KEY], problem, what)


class Quarters:
    """The rows of the Data sheet while they are corrected, and the Revisions rows of what changed."""

    def __init__(self, data: pd.DataFrame, plan: Plan, quarter: Quarter) -> None:
        self.plan, self.quarter = plan, quarter
        self.rows = records(data)
        self.names = Names.of(plan)
        self.by_name = by_name(data, quarter)
        self.first = by_name(data, quarter)  # as they were, to say what a correction changed
        self.measures = {item(row[c.KEY], row[c.PART]): row for row in records(plan.measures)}
        self.changes: list[Row] = []
        self.touched: dict[str, Row] = {}

    @property
    def earlier(self) -> Earlier:
        """The quarters as corrected so far."""
        return Earlier(self.by_name, self.names)

    def find(self, entry: Row) -> Row | None:
        """The row that a correction is about: the item under whatever key it had then, or who had that key."""
        if entry[c.QUARTER] is None:
            return None
        followed = self.earlier.in_quarter(entry[c.KEY], entry[c.PART], entry[c.QUARTER])
        literally = (row for row in self.by_name.get(item(entry[c.KEY], entry[c.PART]), ()))
        return followed or next((row for row in literally if row[c.QUARTER] == entry[c.QUARTER]), None)

    def planned(self, key: str, part: str | None) -> Row:
        """What the plan says of a measure or part now; nothing where it no longer has it."""
        return self.measures.get(item(key, part), {})

    def parts_of(self, whole: Row) -> list[Row]:
        """The rows of a measure's parts in its quarter."""
        if whole[c.PART] is not None:
            return []
        same_key = (rows for (key, part), rows in self.by_name.items() if part and key == item(whole[c.KEY], None)[0])
        return [row for rows in same_key for row in rows if row[c.QUARTER] == whole[c.QUARTER]]

    def apply(self, before: Row, figure: Decimal, entry: Row) -> None:
        """Puts a corrected figure in its quarter and rates it again, with the measure that it is a part of."""
        if same(before[c.PERFORMANCE], figure):
            return
        now = self.planned(entry[c.KEY], entry[c.PART])
        self.put(before, self.rated_again(before, figure, now), (c.PERFORMANCE, c.RAG), entry, figure)
        wholes = self.by_name.get(item(before[c.KEY], None), ())
        whole = next((row for row in wholes if row[c.QUARTER] == before[c.QUARTER]), None)
        if before[c.PART] is not None and whole is not None:
            self.put(whole, self.whole_rated_again(whole, entry[c.KEY]), (c.RAG,), entry)
        self.touched.setdefault(before[c.KEY], entry)

    def put(
        self, before: Row, rated: rules.RuleRating, fields: tuple[str, ...], entry: Row, figure: Decimal | None = None
    ) -> None:
        """Puts a row that was rated again in the place of the one before, and notes what changed."""
        place: Place = entry[AT]
        source = place.source(c.REVISED_PERFORMANCE)
        after = published_again(before, rated, self.plan)
        if figure is not None:
            after |= {c.PERFORMANCE: figure, c.SOURCE: source}
        self.replace(before, after)
        for name in fields:
            if before[name] != after[name]:
                self.changes.append(revision(before, name, before[name], after[name], entry[c.REASON], source))

    def replace(self, before: Row, after: Row) -> None:
        """Puts one row in the place of another."""
        for rows in (self.rows, self.by_name[id_of(before)[1:]]):
            rows[next(place for place, row in enumerate(rows) if id_of(row) == id_of(before))] = after

    def rated_again(self, row: Row, figure: Decimal, now: Row) -> rules.RuleRating:
        """A figure rated against the target and limits that stood in its quarter, by the plan's settings."""
        aimed = row[c.TARGET] is not None or row.get(c.RANGE_LOW) is not None or row.get(c.RANGE_HIGH) is not None
        if row[c.RULE_RAG] in (Rating.DATA_ONLY, Rating.NOT_DUE) or (row[c.RULE_RAG] is Rating.TBC and aimed):
            return rules.RuleRating(row[c.RULE_RAG], row[c.WHY] or "", None, row[c.TARGET])
        facts, settings = facts_then(row, now), self.plan.settings
        kind = {c.BETTER_WHEN: facts.better, HAS_PARTS: False, c.PROFILE: now.get(c.PROFILE), c.DECIMALS: None}
        like = {**row, **kind, c.PERFORMANCE: figure}
        rated = rules.rate_measure(facts, rules.Figure(figure), row[c.QUARTER], settings)
        if by_shortfall(like):
            improvement = improvement_of_shortfall(like, rated.shortfall, row[c.QUARTER], self.earlier)
        else:
            improvement = improvement_of_figure(like, row[c.QUARTER], self.earlier)
        return rules.rate_measure(facts, rules.Figure(figure), row[c.QUARTER], settings, improvement)

    def whole_rated_again(self, whole: Row, key: str) -> rules.RuleRating:
        """A measure that its parts make, rated again by them with the plan's method and weights."""
        if whole[c.RULE_RAG] is Rating.DATA_ONLY:
            return rules.RuleRating(whole[c.RULE_RAG], whole[c.WHY] or "")
        parts = []
        for row in self.parts_of(whole):
            short = None if row[c.SHORTFALL] is None else Fraction(row[c.SHORTFALL])
            weight = self.planned(key, row[c.PART]).get(c.WEIGHT, Decimal(1))
            parts.append(rules.RatedPart(f"part {row[c.PART]}", weight, rules.RuleRating(row[c.RULE_RAG], "", short)))
        level, method = whole.get(c.INTERVENTION_LEVEL), self.planned(key, None).get(c.INDEX_METHOD)
        facts, when, settings = rules.Criteria(level=level, method=method), whole[c.QUARTER], self.plan.settings
        rated = rules.rate_index(facts, parts, when, settings)
        improvement = improvement_of_shortfall({**whole, HAS_PARTS: True}, rated.shortfall, when, self.earlier)
        return rules.rate_index(facts, parts, when, settings, improvement) if improvement else rated

    def escalate_again(self) -> None:
        """Says anew which quarters of the corrected measures were escalated, where a correction changed that."""
        settings = self.plan.settings
        for key, entry in self.touched.items():
            id_ = item(key, None)
            for number, row in enumerate(list(self.by_name.get(id_, ()))):
                then, now = (was_escalated(rows[id_], number, settings) for rows in (self.first, self.by_name))
                if row.get(c.ESCALATED) is not None and then != now and row[c.ESCALATED] != now:
                    self.replace(row, {**row, c.ESCALATED: now})
                    source = entry[AT].source(c.REVISED_PERFORMANCE)
                    self.changes.append(revision(row, c.ESCALATED, not now, now, entry[c.REASON], source))


def was_escalated(rows: list[Row], number: int, settings: Settings) -> bool:
    """Whether a measure was escalated in the quarter of one of its rows, the oldest first."""
    row = rows[number]
    return rules.is_escalated(row[c.RAG], reds_at_the_end(rows[:number], row[c.QUARTER]), settings)


def facts_then(row: Row, now: Row) -> rules.Criteria:
    """What the rules need of a measure, from its row in the Data sheet; how it is shown, from the plan."""
    target = row[c.TARGET]
    return rules.Criteria(
        status=ItemStatus.ACTIVE,
        better=row.get(c.BETTER_WHEN) or Better.HIGHER,
        basis=Basis.QUARTER,
        targets=(target, target, target, target),
        low=row.get(c.RANGE_LOW),
        high=row.get(c.RANGE_HIGH),
        level=row.get(c.INTERVENTION_LEVEL),
        red_beyond=row.get(c.RED_BEYOND),
        unit=row.get(c.UNIT) or "",
        decimals=now.get(c.DECIMALS),
    )


def published_again(row: Row, rated: rules.RuleRating, plan: Plan) -> Row:
    """A row with its new rating; an override stays published, and a declared rating while it is the worse one."""
    note = (row[c.WHY] or "").removeprefix("Corrected: ").partition(RULE_SAYS)[0]
    overridden = note.startswith(f"{OVERRIDE} to ") or any(
        (each[c.QUARTER], each[c.KEY]) == (row[c.QUARTER], row[c.KEY]) for each in records(plan.overrides)
    )
    differs = row[c.RAG] is not row[c.RULE_RAG]
    if differs and (overridden or is_worse(row[c.RAG], rated.rating)):
        published, why = row[c.RAG], f"{note}{by_rule(rated)}"
    else:
        published, why = rated.rating, rated.why
    ruled = {c.RAG: published, c.RULE_RAG: rated.rating, c.SHORTFALL: rated.shortfall}
    return {**row, **ruled, c.WHY: f"Corrected: {why.removeprefix('Corrected: ')}"}
