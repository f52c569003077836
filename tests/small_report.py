"""A small report with one of everything, its results made by hand: what the sheets are given, with no quarter run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from ragtool import columns as c
from ragtool.history.direction import Direction, Travel
from ragtool.model import Better, Kind, Mark, MilestoneStatus, Place, Rating, Settings
from ragtool.plan.due_milestones import DueMilestone, MilestoneState
from ragtool.plan.plan import KeyAction, Measure, Outcome
from ragtool.quarter.items import RatedItem, RatedKeyAction, RatedMeasure, ReturnedMilestone
from ragtool.quarter.rated import reported
from ragtool.quarters import Quarter
from ragtool.results.assemble import page_item
from ragtool.results.results import (
    QUARTERS,
    RATING,
    STATE,
    ExceptionRow,
    GlossaryRow,
    HistoryRow,
    LastMilestone,
    PanelShare,
    QuarterlyHistory,
    Results,
    ReturnStatus,
)
from ragtool.returns.entries import KeyActionEntry, MeasureEntry, MilestoneEntry
from ragtool.rules import Published

Q1, Q2 = Quarter(2013, 1), Quarter(2013, 2)
PANEL = "Caring"
PERIODS = tuple(f"2013/14 {name}" for name in (*QUARTERS, c.REVIEW))
AT = Place("corporate_plan.xlsx", "", 2)
ITEM: dict[str, Any] = {"at": AT, "theme": "Caring", "outcome_no": "1", "panels": (PANEL,)}


def published(rating: Rating, rule: Rating | None, why: str) -> Published:
    """A rating; where the rule has another, it is its officer's."""
    return Published(rating, rule or rating, why, Mark.DECLARED if rule else None)


def key_action(
    key: str, rating: Rating, rule: Rating | None = None, why: str = "", theme: str = "Caring", **entered: Any
) -> RatedKeyAction:
    """A key action, with what its officer entered."""
    return RatedKeyAction(
        item=KeyAction(**ITEM | {"key": key, "title": f"Do {key}", "theme": theme}),
        entry=KeyActionEntry(**entered),
        returned=True,
        published=published(rating, rule, why or f"Why {key}."),
        travel=Travel(Direction.NEW),
    )


def measure(
    key: str,
    part: str | None,
    rating: Rating,
    figure: Decimal | None = None,
    target: Decimal | None = None,
    shortfall: Fraction | None = None,
    **planned: Any,
) -> RatedMeasure:
    """A measure or part, with what the plan says of it besides."""
    title = f"Measure {key} {part or ''}".strip()
    return RatedMeasure(
        item=Measure(**ITEM | {"key": key, "part": part, "title": title} | planned),
        entry=MeasureEntry(),
        returned=True,
        figure=figure,
        published=published(rating, None, f"Why {key}."),
        travel=Travel(Direction.NEW),
        period=None,
        target=target,
        target_period=None,
        shortfall=shortfall,
        level=Decimal("0.15"),
        escalated=False,
        unused_figure=False,
    )


def in_range(low: str | None, high: str | None, unit: str) -> dict[str, Any]:
    """What the plan says of a measure that is to lie in a range."""
    ends = {"low": low and Decimal(low), "high": high and Decimal(high)}
    return {"better_when": Better.IN_RANGE, "better": Better.IN_RANGE, "unit": unit} | ends


def milestone(
    key: str, no: str, text: str, status: MilestoneStatus | None, resolution: str | None = None, **planned: Any
) -> ReturnedMilestone:
    """A milestone due in the quarter, with what the plan says of it besides."""
    due: dict[str, Any] = {"due": Q2, "first_due": Q2, "area": ""} | planned
    return ReturnedMilestone(
        DueMilestone(key=key, no=no, text=text, **due), MilestoneEntry(status=status, resolution=resolution), True
    )


def history_row(key: str, description: str | None, kind: Kind, **more: Any) -> HistoryRow:
    """An item of the history, with no letters in the year but those in `cells`."""
    usual: dict[str, Any] = {"direction": None, "trend": (), "notes": {}, "shared": frozenset()}
    cells = dict.fromkeys(PERIODS) | more.pop("cells", {})
    return HistoryRow(key=key, description=description, kind=kind, cells=cells, **usual | more)


def exception(key: str, rating: Rating, detail: str) -> ExceptionRow:
    """An exception of which no more is said."""
    return ExceptionRow(
        reason="",
        key=key,
        description="",
        rating=rating,
        area="",
        officer_leads=(),
        detail=detail,
        resolution=None,
        due=None,
    )


def in_glossary(item: RatedItem) -> GlossaryRow:
    """An item among the keys."""
    return GlossaryRow(item.item.key, item.item.description, item.item.kind)


def counts(red: int, green: int, total: int) -> pd.DataFrame:
    """A count table of which the second quarter alone has a report."""
    table = pd.DataFrame({RATING: pd.Series([Rating.RED, Rating.GREEN, None], dtype=object)})
    table[STATE] = [Rating.RED.word, Rating.GREEN.word, "Total"]
    for name in QUARTERS:
        table[name] = pd.array([red, green, total] if name == "Q2" else [None] * 3, dtype="Int64")
    return table


def small_report(**changes: Any) -> Results:
    """The results, with `changes` in place of what they usually are."""
    key_actions = (
        key_action("K1", Rating.RED, resolution="A new date is set.", highlight="=1+1"),
        key_action("K2", Rating.RED, rule=Rating.GREEN, highlight="+44 1752 000000"),
        key_action("K3", Rating.TBC, theme="Growing", highlight="@home"),
    )
    measures = (
        measure("P1", None, Rating.GREEN),
        measure("P1", "1", Rating.GREEN, Decimal("0.744"), Decimal("0.7"), Fraction(-44, 700), unit="%"),
        measure("P1", "2", Rating.AMBER, Decimal(38000), Decimal(36740), unit="tonnes"),
        measure("P2", None, Rating.BLUE, Decimal("4.6"), **in_range("3", "4", "£m"), decimals=2),
    )
    items: tuple[RatedItem, ...] = (*key_actions, *measures)
    wholes = [item for item in items if item.part is None]
    panels = (PanelShare(PANEL, "Health", ("K1", "K2"), (), in_force=(2, 0)),)
    results = Results(
        settings=Settings(
            organisation="A & B Council", plan_title="The Plan", handling_marking="OFFICIAL", vision="Thrive."
        ),
        quarter=Q2,
        outcomes=tuple(
            Outcome(at=AT, theme=theme, theme_statement=f"{theme} it is.", number="1", title="Put prevention first")
            for theme in ("Growing", "Caring")
        ),
        key_actions=key_actions,
        milestones=(
            milestone("K1", "1", "Plan written", MilestoneStatus.COMPLETE),
            milestone(
                *("K1", "3", "Plan agreed", MilestoneStatus.OVERDUE, "Cabinet in December."),
                due=date(2013, 6, 1),
                first_due=Q1,
                carried_from=Q1,
                times_carried=1,
            ),
            milestone("K1", "4", "Gone", None, state=MilestoneState.WITHDRAWN),
            milestone("K2", "1", "Put off", None, state=MilestoneState.MOVED),
        ),
        measures=measures,
        page=tuple(map(page_item, wholes)),
        glossary=tuple(in_glossary(item) for item in items[:4]),
        rules=("Red: overdue.",),
        history=QuarterlyHistory(
            PERIODS,
            (
                history_row("K1", "Do K1", Kind.KEY_ACTION, cells={"2013/14 Q1": "G*", "2013/14 Q2": "R"}),
                history_row(
                    *("P1", "Measure P1", Kind.MEASURE),
                    cells={"2013/14 Q1": "–", "2013/14 Q2": "G"},
                    direction="New",
                    trend=(None, 1.0625),
                ),
            ),
        ),
        panels=panels,
        data=tuple(replace(reported(item, Q2), others={"Ward": "All"}) for item in items),
        next_quarter=(),
        milestones_last_quarter=(LastMilestone("K1", "9", "Begun", MilestoneStatus.COMPLETE),),
        overview=("=SUM(A1) is text.",),
        direction_counts=("Measures: 1 better.",),
        reconciliation=("Files found 1 = used 1.",),
        exceptions=(exception("K1", Rating.RED, "-2"),),
        returns=(
            ReturnStatus("Finance", "2013-14 Q2 Finance.xlsx", True, signed_off_on=date(2013, 10, 4)),
            ReturnStatus("Highways", received=False, chase="mailto:h@plymouth.example?subject=Your%20return"),
        ),
        counts={
            (Kind.KEY_ACTION, c.RAG): counts(2, 1, 3),
            (Kind.KEY_ACTION, c.RULE_RAG): counts(1, 2, 3),
            (Kind.MEASURE, c.RAG): counts(0, 2, 2),
            (Kind.MEASURE, c.RULE_RAG): counts(0, 2, 2),
        },
        allocation=panels,
    )
    return replace(results, **changes)
