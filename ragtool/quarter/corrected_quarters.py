"""The earlier quarters while they are corrected: figures put in, rated again as they stood then, escalated again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ragtool import columns as c
from ragtool import rules
from ragtool.history.direction import Outturn
from ragtool.history.earlier import Earlier, Names, by_name, reds_at_the_end
from ragtool.history.reported import Reported, ReportedId, Revision
from ragtool.history.revision import revision
from ragtool.model import (
    Basis,
    Better,
    ItemId,
    Mark,
    Origin,
    Place,
    Rating,
    Settings,
    fold,
    item_id,
)
from ragtool.plan.plan import Measure, Plan
from ragtool.quarter.rating import improvement_of, improvement_of_shortfall
from ragtool.quarters import Quarter
from ragtool.returns.entries import CorrectionEntry


@dataclass(frozen=True)
class Applied:
    """A correction that was taken: where it stands, and the row that it changed, as that was before."""

    place: Place
    entry: CorrectionEntry
    before: Reported
    figure: Decimal


class CorrectedQuarters:
    """The earlier quarters while they are corrected, and what changed in them."""

    def __init__(self, data: Iterable[Reported], plan: Plan, quarter: Quarter) -> None:
        self.plan, self.quarter = plan, quarter
        self.rows = list(data)
        self.names = Names.of(plan)
        self.by_name = by_name(self.rows, quarter)
        self.first = {item: list(rows) for item, rows in self.by_name.items()}  # to say what a correction changed
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
            figure, then = row.performance, criteria_then(row, now)
            met = None if figure is None else rules.is_met(then, figure, row.target)
            rated = rules.RuleRating(row.rule_rating or Rating.NOT_RETURNED, "", row.shortfall, row.target, met)
            parts.append(rules.RatedPart(f"part {row.part}", now.weight if now else Decimal(1), rated))
        planned = self.planned(key, None)
        method = planned.method if planned else None
        criteria = rules.Criteria(level=whole.level, green_within=whole.green_within, method=method)
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
                if row.escalated is not None and now not in (then, row.escalated):
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
        green_within=row.green_within,
        red_beyond=row.red_beyond,
        red_below=row.red_below,
        red_above=row.red_above,
        stretch=row.stretch,
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
        why=why,
    )
