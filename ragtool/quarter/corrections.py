"""Earlier quarters' figures corrected by this quarter's returns, and rated again as they stood then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ragtool import columns as c
from ragtool import rules
from ragtool.history.direction import Outturn
from ragtool.history.earlier import Earlier, Names, by_name, reds_at_the_end
from ragtool.history.reported import Reported, ReportedId, Revision
from ragtool.history.revision import revision, same
from ragtool.model import (
    Basis,
    Better,
    DataStatus,
    ItemId,
    Kind,
    Mark,
    Origin,
    Place,
    Query,
    Rating,
    Settings,
    Severity,
    fold,
    item_id,
)
from ragtool.plan.plan import Measure, Plan
from ragtool.quarter.rating import improvement_of, improvement_of_shortfall
from ragtool.quarter.row_counts import REFUSED, USED, RowCounts
from ragtool.quarters import Quarter
from ragtool.returns.entries import CorrectionEntry
from ragtool.returns.received import Received
from ragtool.sheets import cells
from ragtool.sheets.cells import Unreadable

REVISIONS = c.ReturnSheets.REVISIONS
CORRECTED = "Corrected: "
"""How the reason of a rating begins that was published and then corrected."""


@dataclass(frozen=True)
class Corrected:
    """The earlier quarters once corrected, what changed in them, queries, and what became of each correction."""

    data: tuple[Reported, ...]
    revisions: tuple[Revision, ...]
    queries: tuple[Query, ...]
    rows: RowCounts


@dataclass(frozen=True)
class Applied:
    """A correction that was taken: where it stands, and the row that it changed, as that was before."""

    place: Place
    entry: CorrectionEntry
    before: Reported
    figure: Decimal


def correct(data: Sequence[Reported], received: Received, plan: Plan, quarter: Quarter) -> Corrected:
    """Applies the returns' corrections to the earlier quarters.

    A measure that its parts make is rated again with them. An overridden rating stays as it was published, and so does
    a declared one as long as it is worse than the rule's.
    """
    quarters = CorrectedQuarters(data, plan, quarter)
    queries: list[Query] = []
    rows: RowCounts = Counter()
    taken: dict[ReportedId, Applied] = {}
    changing: list[Applied] = []
    wanted = [(each.area, entry) for each in received.used for entry in each.corrections]
    wanted.sort(key=lambda one: one[1].quarter or quarter)  # an earlier year decides what has improved since
    for area, entry in wanted:
        applied = one_correction(entry, quarters, area)
        if isinstance(applied, Query):
            queries.append(applied)
            continue
        first = taken.setdefault(applied.before.id, applied)
        if not same(first.figure, applied.figure):
            problem = f"It is corrected twice, here and in {first.place.source(c.KEY)}; the first is used."
            what = "Delete the row that isn't meant."
            queries.append(applied.place.query(c.KEY, entry.key or "", problem, what, Severity.ERROR))
            continue
        if not same(applied.before.performance, applied.figure):
            changing.append(applied)
            quarters.apply(applied)
        rows[area, USED] += 1
    quarters.escalate_again()
    queries += (query for applied in changing for query in let_stand_since(applied, quarters))
    for each in received.used:
        total = len(each.corrections) + each.unread.get(REVISIONS.name, 0)
        rows[each.area, REFUSED] = total - rows[each.area, USED]
    return Corrected(tuple(quarters.rows), tuple(quarters.changes), tuple(queries), rows)


def one_correction(entry: CorrectionEntry, quarters: CorrectedQuarters, area: str) -> Applied | Query:
    """A correction with its figure and the row that it is about, or an Error that says why it can't be taken."""
    place, key = entry.at, entry.key or ""
    assert place is not None
    before = quarters.find(entry) if entry.key else None
    problem = why_not(entry, before, quarters, area)
    if problem or before is None or entry.performance is None:
        what = "Correct the row; until then the earlier figure stands."
        return place.query(c.KEY, key, problem, what, Severity.ERROR)
    try:
        return Applied(place, entry, before, cells.figure(entry.performance, before.unit or ""))
    except Unreadable as fault:
        return place.query(c.REVISED_PERFORMANCE, key, fault.problem, fault.what_to_do, Severity.ERROR)


def why_not(entry: CorrectionEntry, before: Reported | None, quarters: CorrectedQuarters, area: str) -> str:
    """Why a correction can't be taken, or an empty text."""
    if entry.key is None:
        return "The correction has no key."
    key, when, now = entry.key, entry.quarter, quarters.planned(entry.key, entry.part)
    if when is None:
        return "The correction names no quarter."
    if when >= quarters.quarter:
        return f"{when} is not an earlier quarter: this quarter's figure belongs on the sheet Measures."
    if before is None:
        return f"No earlier report has {key}{f' part {entry.part}' if entry.part else ''} in {when}."
    if before.kind is Kind.KEY_ACTION:
        return f"{key} is a key action; only a measure's figure can be corrected."
    if quarters.parts_of(before):
        return f"{key} is rated by its parts: say which part the figure is for."
    named = (before.area, now.area if now else None)
    owners = {owner.casefold(): owner for owner in named if owner}
    if owners and area.casefold() not in owners:
        return f"{' or '.join(owners.values())} reports this figure, not {area}."
    if entry.performance is None:
        return "The correction gives no revised figure."
    if not entry.reason:
        return "The correction has no reason."
    return ""


def let_stand_since(applied: Applied, quarters: CorrectedQuarters) -> Iterator[Query]:
    """Queries about later quarters that let a figure stand which is corrected now, and still have it as it was.

    A correction is of the quarter that it names: what was published of another isn't changed by it.
    """
    before, key = applied.before, applied.entry.key or ""
    period = fold(before.period or str(before.quarter))
    for row in quarters.earlier.about(key, applied.entry.part):
        stood = row.data_status is DataStatus.NO_NEWER and fold(row.period or "") == period
        if row.quarter > before.quarter and stood and same(row.performance, before.performance):
            problem = f"{row.quarter} let this figure stand, and still has it as it was."
            what = f"If it was wrong there too, correct {row.quarter} in a row of its own."
            yield applied.place.query(c.QUARTER, key, problem, what)


class CorrectedQuarters:
    """The earlier quarters while they are corrected, and what changed in them."""

    def __init__(self, data: Iterable[Reported], plan: Plan, quarter: Quarter) -> None:
        self.plan, self.quarter = plan, quarter
        self.rows = list(data)
        self.names = Names.of(plan)
        self.by_name = by_name(self.rows, quarter)
        self.first = by_name(self.rows, quarter)  # as they were, to say what a correction changed
        self.places: dict[ReportedId, int] = {}
        self.parts: dict[tuple[str, Quarter], list[ReportedId]] = {}
        for place, row in enumerate(self.rows):
            self.places.setdefault(row.id, place)
            if row.part is not None and row.quarter < quarter:
                self.parts.setdefault((row.item[0], row.quarter), []).append(row.id)
        self.overridden = {(each.quarter, fold(each.key)) for each in plan.overrides if each.quarter and each.key}
        self.changes: list[Revision] = []
        self.touched: dict[str, Applied] = {}

    @property
    def earlier(self) -> Earlier:
        """The quarters as corrected so far."""
        return Earlier(self.by_name, self.names)

    def find(self, entry: CorrectionEntry) -> Reported | None:
        """The row that a correction is about: the item under whatever key it had then, or who had that key."""
        if entry.quarter is None or entry.key is None or entry.quarter >= self.quarter:
            return None
        followed = self.earlier.in_quarter(entry.key, entry.part, entry.quarter)
        return followed or self.at(entry.quarter, item_id(entry.key, entry.part))

    def at(self, quarter: Quarter, item: ItemId) -> Reported | None:
        """The row that stands under a name in one quarter."""
        place = self.places.get((quarter, item))
        return None if place is None else self.rows[place]

    def planned(self, key: str, part: str | None) -> Measure | None:
        """What the plan says of a measure or part now; None where it no longer has it."""
        return self.plan.measure.get(item_id(key, part))

    def parts_of(self, whole: Reported) -> list[Reported]:
        """The rows of a measure's parts in its quarter."""
        if whole.part is not None:
            return []
        return [self.rows[self.places[part]] for part in self.parts.get((whole.item[0], whole.quarter), ())]

    def apply(self, applied: Applied) -> None:
        """Puts a corrected figure in its quarter and rates it again, with the measure that it is a part of."""
        before, entry = applied.before, applied.entry
        key = entry.key or before.key
        now = self.planned(key, entry.part)
        self.put(applied, before, self.rated_again(before, applied.figure, now), corrected=True)
        whole = self.at(before.quarter, item_id(before.key))
        if before.part is not None and whole is not None:
            self.put(applied, whole, self.whole_rated_again(whole, key), corrected=False)
        self.touched.setdefault(before.key, applied)

    def put(self, applied: Applied, before: Reported, rated: rules.RuleRating, corrected: bool) -> None:
        """Puts a row that was rated again in the place of the one before, and notes what changed.

        `corrected` says whether it is the row of the figure itself, and not of the measure that this is a part of.
        """
        source = applied.place.source(c.REVISED_PERFORMANCE)
        overridden = (before.quarter, before.item[0]) in self.overridden
        after = published_again(before, rated, overridden)
        fields: tuple[tuple[str, object, object], ...] = ((c.RAG, before.rating, after.rating),)
        if corrected:
            after = replace(after, performance=applied.figure, source=source)
            fields = ((c.PERFORMANCE, before.performance, after.performance), *fields)
        self.replace(after)
        for field, was, now in fields:
            if was != now:
                reason = applied.entry.reason
                self.changes.append(revision(before, field, was, now, source, Origin.RETURN, reason))

    def replace(self, after: Reported) -> None:
        """Puts a row in the place of the one of the same item and quarter."""
        self.rows[self.places[after.id]] = after
        rows = self.by_name[after.item]
        rows[next(place for place, row in enumerate(rows) if row.quarter == after.quarter)] = after

    def rated_again(self, row: Reported, figure: Decimal, now: Measure | None) -> rules.RuleRating:
        """A figure rated against the target and limits that stood in its quarter, by the plan's settings."""
        aimed = row.target is not None or row.low is not None or row.high is not None
        if row.rule_rating in (Rating.DATA_ONLY, Rating.NOT_DUE) or (row.rule_rating is Rating.TBC and aimed):
            assert row.rule_rating is not None
            return rules.RuleRating(row.rule_rating, row.why or "", None, row.target)
        criteria, settings = criteria_then(row, now), self.plan.settings
        profiled = row.basis is Basis.YEAR_TO_DATE and now is not None and now.straight_line
        outturn = Outturn(
            key=row.key,
            part=row.part,
            unit=row.unit or "",
            decimals=None,
            better=criteria.better,
            basis=row.basis,
            by_shortfall=criteria.better is Better.IN_RANGE or profiled,
            figure=figure,
        )
        rated = rules.rate_measure(criteria, rules.Figure(figure), row.quarter, settings)
        if outturn.by_shortfall:
            improvement = improvement_of_shortfall(outturn, rated.shortfall, row.quarter, self.earlier)
        else:
            improvement = improvement_of(outturn, row.quarter, self.earlier)
        return rules.rate_measure(criteria, rules.Figure(figure), row.quarter, settings, improvement)

    def whole_rated_again(self, whole: Reported, key: str) -> rules.RuleRating:
        """A measure that its parts make, rated again by them with the plan's method and weights."""
        if whole.rule_rating is Rating.DATA_ONLY:
            return rules.RuleRating(whole.rule_rating, whole.why or "")
        parts = []
        for row in self.parts_of(whole):
            now = self.planned(key, row.part)
            rated = rules.RuleRating(row.rule_rating or Rating.NOT_RETURNED, "", row.shortfall)
            parts.append(rules.RatedPart(f"part {row.part}", now.weight if now else Decimal(1), rated))
        planned = self.planned(key, None)
        criteria = rules.Criteria(level=whole.level, method=planned.method if planned else None)
        when, settings = whole.quarter, self.plan.settings
        rated = rules.rate_index(criteria, parts, when, settings)
        outturn = Outturn(whole.key, None, whole.unit or "", None, whole.better, whole.basis, True, None)
        improvement = improvement_of_shortfall(outturn, rated.shortfall, when, self.earlier)
        return rules.rate_index(criteria, parts, when, settings, improvement) if improvement else rated

    def escalate_again(self) -> None:
        """Says anew which quarters of the corrected measures were escalated, where a correction changed that."""
        settings = self.plan.settings
        for key, applied in self.touched.items():
            item = item_id(key)
            for number, row in enumerate(list(self.by_name.get(item, ()))):
                then, now = (was_escalated(rows[item], number, settings) for rows in (self.first, self.by_name))
                if row.escalated is not None and then != now and row.escalated != now:
                    self.replace(replace(row, escalated=now))
                    source, reason = applied.place.source(c.REVISED_PERFORMANCE), applied.entry.reason
                    self.changes.append(revision(row, c.ESCALATED, not now, now, source, Origin.RETURN, reason))


def was_escalated(rows: Sequence[Reported], number: int, settings: Settings) -> bool:
    """Whether a measure was escalated in the quarter of one of its rows, the oldest first."""
    row = rows[number]
    rating = row.rating or Rating.NOT_RETURNED
    return rules.is_escalated(rating, reds_at_the_end(rows[:number], row.quarter), settings)


def criteria_then(row: Reported, now: Measure | None) -> rules.Criteria:
    """What the rules need of a measure, from its row in the Data sheet; how it is shown, from the plan."""
    return rules.Criteria(
        better=row.better or Better.HIGHER,
        basis=Basis.QUARTER,
        targets=(row.target, row.target, row.target, row.target),
        low=row.low,
        high=row.high,
        level=row.level,
        red_beyond=row.red_beyond,
        unit=row.unit or "",
        decimals=now.decimals if now else None,
    )


def published_again(row: Reported, rated: rules.RuleRating, overridden: bool) -> Reported:
    """A row with its new rating; an override stays published, and a declared rating while it is the worse one.

    `overridden` tells of an override in the plan that was entered since the row was published.
    """
    stands = row.rating is not row.rule_rating and row.rating is not None
    marked = tuple(mark for mark in row.marks if mark is not Mark.REVISED)
    if stands and row.rating and (overridden or Mark.OVERRIDE in marked or rules.is_worse(row.rating, rated.rating)):
        rating, why = row.rating, f"{row.note} {rules.by_rule(rated)}" if row.note else rules.by_rule(rated)
    else:
        rating, why, marked = rated.rating, rated.why, ()
    return replace(
        row,
        rating=rating,
        rule_rating=rated.rating,
        shortfall=rated.shortfall,
        marks=(*marked, Mark.REVISED),
        note=row.note if marked else None,
        why=f"{CORRECTED}{why.removeprefix(CORRECTED)}",
    )
