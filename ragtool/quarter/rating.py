"""The rules applied to every item: what returns entered in, the same items with rating, reason and direction out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from ragtool import columns as c
from ragtool import rules
from ragtool.figures import show
from ragtool.history import direction as travel
from ragtool.history.direction import Direction, Outturn, comparable, direction_of_measure, direction_of_rating
from ragtool.history.earlier import Earlier
from ragtool.model import Better, DataStatus, ItemId, MilestoneStatus, Rating, Settings, item_id
from ragtool.plan.plan import Measure, Plan
from ragtool.quarter.items import RatedKeyAction, RatedMeasure, ReturnedMeasure, ReturnedMilestone
from ragtool.quarter.merge import Merged
from ragtool.quarters import Quarter
from ragtool.returns.entries import MeasureEntry
from ragtool.rules.levels import Levels, index_levels, own_levels
from ragtool.rules.limits import has_limits, told_in_points

PROVISIONAL = "Provisional: its return isn't signed off."


@dataclass(frozen=True)
class Rater:
    """Rates the items of a quarter by a plan's settings, against the quarters before."""

    plan: Plan
    quarter: Quarter
    earlier: Earlier

    @property
    def settings(self) -> Settings:
        """The plan's settings."""
        return self.plan.settings

    def overrides(self) -> Mapping[str, rules.ApprovedRating]:
        """The quarter's overrides by key; an entry that lacks anything is a query and isn't used."""
        return {
            each.key: approved
            for each in self.plan.overrides
            if each.key and each.quarter == self.quarter and (approved := each.approved)
        }

    def rate_key_actions(self, merged: Merged) -> tuple[RatedKeyAction, ...]:
        """Every key action in force, rated by its counted milestones."""
        by_key: dict[str, list[rules.MilestoneOutturn]] = {}
        provisional: set[str] = set()
        counted = [step for step in merged.milestones if step.milestone.counts]
        so_numbered = Counter((step.milestone.key, step.milestone.no) for step in counted)
        for step in counted:
            twins = so_numbered[step.milestone.key, step.milestone.no] > 1
            by_key.setdefault(step.milestone.key, []).append(self.outturn_of(step, twins))
            provisional |= {step.milestone.key} if step.unsigned and step.entry.status else set()
        overrides = self.overrides()
        rated_actions = []
        for each in merged.key_actions:
            key, last = each.item.key, self.earlier.last_rating(each.item.key)
            rated = rules.rate_key_action(
                each.item,
                by_key.get(key, []),
                each.returned,
                self.quarter,
                self.settings,
                last.rating if last else None,
                rules.OwnRating(each.entry.own_rating, each.entry.own_reason or ""),
            )
            own_reason = each.entry.own_reason or ""
            published = rules.publish(rated, each.entry.own_rating, own_reason, overrides.get(key))
            moved = direction_of_rating(published.rating, key, self.quarter, self.earlier)
            published = with_provisional(published, key in provisional)
            rated_actions.append(
                RatedKeyAction(each.item, each.entry, each.returned, published, moved, unsigned=each.unsigned)
            )
        return tuple(rated_actions)

    def outturn_of(self, step: ReturnedMilestone, twins: bool) -> rules.MilestoneOutturn:
        """What the rules need of a milestone; with `twins`, its key action has another of its number."""
        milestone, entry = step.milestone, step.entry
        whence = milestone.comes_from or (f"due in {milestone.first_due}" if twins else "")
        carried = f" ({whence})" if whence else ""
        on = entry.completed_on
        late = on if on and on > self.quarter.last_day(self.settings.financial_year_starts) else None
        complete = None if entry.status is None else entry.status is MilestoneStatus.COMPLETE
        concern = None if c.QUALITY_CONCERN in entry.unread else bool(entry.quality_concern)
        return rules.MilestoneOutturn(f"no. {milestone.no}{carried}", complete, concern, late)

    def rate_measures(self, merged: Merged) -> tuple[RatedMeasure, ...]:
        """Every measure and part in force: parts first, then the measures that they make."""
        overrides = self.overrides()
        counting = [self.counting(each) for each in merged.measures]
        provisional = {each.id for each in counting if each.unsigned and each.figure is not None}
        provisional |= {item_id(each.item.key) for each in counting if each.id in provisional}
        ratings: dict[ItemId, rules.RuleRating] = {}
        parts: dict[str, list[rules.RatedPart]] = {}
        for each in counting:
            measure = each.item
            if not measure.has_parts:
                ratings[measure.id] = self.rate_alone(each)
                if measure.part is not None:
                    part = rules.RatedPart(f"part {measure.part}", measure.weight, ratings[measure.id])
                    parts.setdefault(measure.key, []).append(part)
        for each in counting:
            if each.item.has_parts:
                ratings[each.item.id] = self.rate_whole(each.item, parts.get(each.item.key, []))
        return tuple(
            self.publish(each, original, ratings[each.id], overrides, each.id in provisional)
            for each, original in zip(counting, merged.measures, strict=True)
        )

    def counting(self, each: ReturnedMeasure) -> ReturnedMeasure:
        """A measure with the figure that counts: none where none is available, the last one where there is no newer."""
        status = each.entry.data_status
        if status is DataStatus.NOT_AVAILABLE:
            return replace(each, figure=None)
        if status is not DataStatus.NO_NEWER or each.figure is not None:
            return each
        last = self.earlier.last_figure(each.item.key, each.item.part)
        if last is None:
            return each
        period = last.period or str(last.quarter)
        return replace(each, figure=last.performance, entry=replace(each.entry, period=period))

    def rate_alone(self, each: ReturnedMeasure) -> rules.RuleRating:
        """A measure without parts, or a part."""
        status = each.entry.data_status
        figure = rules.Figure(
            each.figure,
            status is DataStatus.NOT_AVAILABLE,
            reason_given(each.entry),
            each.entry.period or "" if status is DataStatus.NO_NEWER else "",
        )
        improvement = improvement_of_figure(each.item, each.figure, self.quarter, self.earlier)
        return rules.rate_measure(each.item, figure, self.quarter, self.settings, improvement)

    def rate_whole(self, measure: Measure, parts: Sequence[rules.RatedPart]) -> rules.RuleRating:
        """An indexed measure; compared with last year by its shortfall, which is known once it is rated."""
        rated = rules.rate_index(measure, parts, self.quarter, self.settings)
        now = Outturn.of(measure)
        improvement = improvement_of_shortfall(now, rated.shortfall, self.quarter, self.earlier)
        if improvement is None:
            return rated
        return rules.rate_index(measure, parts, self.quarter, self.settings, improvement)

    def publish(
        self,
        each: ReturnedMeasure,
        original: ReturnedMeasure,
        rated: rules.RuleRating,
        overrides: Mapping[str, rules.ApprovedRating],
        provisional: bool = False,
    ) -> RatedMeasure:
        """A measure with the rating that is published, and all that goes with it."""
        measure, entry = each.item, each.entry
        override = overrides.get(measure.key) if measure.part is None else None
        published = rules.publish(rated, entry.own_rating, entry.own_reason or "", override)
        reds = self.earlier.reds_in_a_row(measure.key, self.quarter)
        stands = entry.data_status is DataStatus.NO_NEWER
        now = Outturn.of(measure, each.figure, entry.period, stands)
        aimed, levels = has_aim(measure, rated), levels_of(measure, rated.rating, self.settings)
        return RatedMeasure(
            item=measure,
            entry=entry,
            returned=each.returned,
            unsigned=each.unsigned,
            figure=each.figure,
            published=with_provisional(published, provisional),
            travel=direction_of_measure(now, rated.shortfall, self.quarter, self.earlier, self.settings),
            period=entry.period,
            target=rated.target,
            target_period=measure.target_period or (str(self.quarter) if aimed else None),
            shortfall=rated.shortfall,
            level=levels.amber if levels else None,
            green_within=levels.green if levels else None,
            stretch=None if rated.target is None else rules.stretch_for(measure, self.quarter),
            points=rated.points if told_in_points(measure, measure.has_parts) else None,
            escalated=measure.part is None and rules.is_escalated(published.rating, reds, self.settings),
            unused_figure=entry.data_status is DataStatus.NOT_AVAILABLE and original.figure is not None,
            provisional=provisional,
        )


def with_provisional(published: rules.Published, provisional: bool) -> rules.Published:
    """A rating that says in its reason where it rests on a return that nobody signed off."""
    return replace(published, why=f"{published.why} {PROVISIONAL}") if provisional else published


def levels_of(measure: Measure, rule: Rating, settings: Settings) -> Levels | None:
    """The levels that a measure is rated by, its own or the plan's; None where none apply.

    A limit of a measure with parts is its parts'.
    """
    if rule in (Rating.TBC, Rating.DATA_ONLY, Rating.NOT_DUE):
        return None
    if measure.has_parts:
        return Levels(*index_levels(measure, settings))
    return None if has_limits(measure) else own_levels(measure, settings)


def has_aim(measure: Measure, rated: rules.RuleRating) -> bool:
    """Whether a figure is held against something this quarter: a target or a range."""
    in_range = measure.better_when is Better.IN_RANGE and (measure.low, measure.high) != (None, None)
    return not measure.has_parts and (rated.target is not None or in_range)


def reason_given(entry: MeasureEntry) -> str:
    """The officer's words on why no figure is available."""
    return next((text for text in (entry.own_reason, entry.highlight, entry.resolution) if text), "")


# Against earlier quarters


def improvement_of_figure(
    measure: Measure, figure: Decimal | None, quarter: Quarter, earlier: Earlier
) -> rules.Improvement | None:
    """How a measure without parts stands against the same quarter of last year; None where nothing compares."""
    now = Outturn.of(measure, figure)
    if now.by_shortfall:
        if figure is None:
            return None
        shortfall = rules.shortfall(measure, figure, rules.target_for(measure, quarter))
        return improvement_of_shortfall(now, shortfall, quarter, earlier)
    return improvement_of(now, quarter, earlier)


def improvement_of(now: Outturn, quarter: Quarter, earlier: Earlier) -> rules.Improvement | None:
    """How a figure stands against that of the same quarter of last year."""
    then = earlier.in_quarter(now.key, now.part, quarter.plus(-4))
    if then is None or now.figure is None or then.performance is None or not comparable(now, then):
        return None
    moved = travel.of_figures(now.figure, then.performance, now.better or Better.LOWER, Decimal(0))
    return rules.Improvement(moved is Direction.BETTER, show(then.performance, now.unit, now.decimals))


def improvement_of_shortfall(
    now: Outturn, shortfall: Fraction | None, quarter: Quarter, earlier: Earlier
) -> rules.Improvement | None:
    """How a measure compared by its shortfall stands against the same quarter of last year."""
    then = earlier.in_quarter(now.key, now.part, quarter.plus(-4))
    if then is None or shortfall is None or then.shortfall is None or not comparable(now, then):
        return None
    moved = travel.of_shortfalls(shortfall, then.shortfall, Decimal(0))
    return rules.Improvement(moved is Direction.BETTER, rules.worse(then.shortfall))
