"""A quarter rated: plan, returns and earlier quarters brought together, every item rated."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ragtool.history.earlier import Earlier
from ragtool.history.previous import Previous
from ragtool.history.quarters_so_far import late_overrides, merge_earlier, with_quarter
from ragtool.history.reported import Reported, ReportedMilestone, Revision
from ragtool.model import Origin, Query
from ragtool.plan.plan import Plan
from ragtool.quarter.carrying import plan_milestones
from ragtool.quarter.corrections import correct
from ragtool.quarter.items import RatedItem, RatedKeyAction, RatedMeasure, ReturnedMilestone
from ragtool.quarter.locked import ChangedCell, changed_cells
from ragtool.quarter.merge import merge
from ragtool.quarter.rating import Rater
from ragtool.quarter.register import before_quarter, register
from ragtool.quarter.row_counts import RowCounts
from ragtool.quarters import Quarter
from ragtool.returns.received import Received


@dataclass(frozen=True)
class RatedQuarter:
    """What a quarter comes to: its items rated, the quarters before, and all quarters so far (`data`).

    `register` has the last word on every milestone so far, `revisions` say what returns corrected and the plan decided.
    `changed` are the locked cells of returns that no longer say what the plan says; `rows` says what became of the
    returns' rows. `queries` are those of putting it together, `about_returns` those among them that officers answer.
    """

    plan: Plan
    quarter: Quarter
    key_actions: tuple[RatedKeyAction, ...]
    milestones: tuple[ReturnedMilestone, ...]
    measures: tuple[RatedMeasure, ...]
    earlier: Earlier
    data: tuple[Reported, ...] = ()
    register: tuple[ReportedMilestone, ...] = ()
    revisions: tuple[Revision, ...] = ()
    changed: tuple[ChangedCell, ...] = ()
    rows: RowCounts = field(default_factory=RowCounts)
    queries: tuple[Query, ...] = ()
    about_returns: tuple[Query, ...] = ()

    @property
    def items(self) -> tuple[RatedItem, ...]:
        """The key actions, then the measures and parts."""
        return (*self.key_actions, *self.measures)

    @property
    def wholes(self) -> tuple[RatedMeasure, ...]:
        """The measures without their parts."""
        return tuple(measure for measure in self.measures if measure.part is None)

    @property
    def counted(self) -> tuple[ReturnedMilestone, ...]:
        """The milestones that count in the quarter."""
        return tuple(step for step in self.milestones if step.milestone.counts)

    @property
    def asked(self) -> tuple[ReturnedMilestone, ...]:
        """The milestones that count and whose status is asked for, or given all the same."""
        at_rest = {row.item.key for row in self.key_actions if row.item.at_rest}
        return tuple(
            step for step in self.counted if step.entry.status is not None or step.milestone.key not in at_rest
        )


def rate_quarter(plan: Plan, received: Received, previous: Previous | None, quarter: Quarter) -> RatedQuarter:
    """Corrects the earlier quarters, merges the returns with the plan and rates every item."""
    quarter = quarter.written(plan.settings.calendar_years)
    before, history_queries = merge_earlier(plan, previous, quarter)
    corrected = correct(before, received, plan, quarter)
    earlier = Earlier.of(corrected.data, quarter, plan)
    planned = plan_milestones(plan, quarter, before_quarter(previous, plan, quarter))
    merged = merge(plan, planned.shown, received, quarter)
    rater = Rater(plan, quarter, earlier)
    key_actions, measures = rater.rate_key_actions(merged), rater.rate_measures(merged)
    items: tuple[RatedItem, ...] = (*key_actions, *measures)
    this_quarter = [reported(item, quarter) for item in items]
    late = late_overrides(plan, earlier, quarter)
    about_returns = (*received.all_queries, *merged.queries, *corrected.queries)
    return RatedQuarter(
        plan=plan,
        quarter=quarter,
        key_actions=key_actions,
        milestones=merged.milestones,
        measures=measures,
        earlier=earlier,
        data=tuple(with_first_day(row, plan) for row in with_quarter(corrected.data, this_quarter, quarter)),
        register=register(planned, merged.milestones, quarter),
        revisions=(*corrected.revisions, *planned.revisions),
        changed=tuple(changed_cells(plan, received, merged, quarter, earlier)),
        rows=merged.rows + corrected.rows,
        queries=(*history_queries, *late, *planned.queries, *about_returns),
        about_returns=about_returns,
    )


def reported(item: RatedItem, quarter: Quarter) -> Reported:
    """An item's row of the Data sheet: what is reported of it this quarter, and how it was rated."""
    planned, published = item.item, item.published
    about = Reported(
        quarter=quarter,
        kind=planned.kind,
        key=planned.key,
        part=planned.part,
        description=planned.description,
        area=planned.area,
        panels="; ".join(planned.panels) or None,
        rating=published.rating,
        rule_rating=published.rule,
        marks=(published.mark,) if published.mark else (),
        forecast=item.entry.forecast,
        note=published.note or None,
        why=published.why,
        formerly=planned.formerly,
        status=planned.status,
        origin=Origin.REPORT,
    )
    return with_figures(about, item) if isinstance(item, RatedMeasure) else about


def with_first_day(row: Reported, plan: Plan) -> Reported:
    """A row with the day on which its quarter starts, where the report that it comes from didn't say so."""
    first_day = row.quarter_starts or row.quarter.first_day(plan.settings.financial_year_starts)
    return replace(row, quarter_starts=first_day)


def with_figures(about: Reported, rated: RatedMeasure) -> Reported:
    """A measure's row with its figures, and what they are held against."""
    measure = rated.item
    first, second, third, fourth = measure.targets
    return replace(
        about,
        performance=rated.figure,
        period=rated.period,
        target=rated.target,
        target_period=rated.target_period,
        shortfall=rated.shortfall,
        unit=measure.unit,
        better=measure.better_when,
        basis=measure.basis,
        low=measure.low,
        high=measure.high,
        level=rated.level,
        green_within=rated.green_within,
        red_beyond=measure.red_beyond,
        red_below=measure.red_below,
        red_above=measure.red_above,
        stretch=rated.stretch,
        benchmark=measure.benchmark,
        escalated=rated.escalated,
        source=rated.source,
        target_q1=first,
        target_q2=second,
        target_q3=third,
        target_q4=fourth,
        annual_target=measure.annual,
        data_status=rated.data_status,
    )
