"""The reports of plans that no council has: few outcomes with long texts, and many items with long keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import cycle
from pathlib import Path

from ragtool.history.direction import Direction, Travel
from ragtool.model import Kind, MilestoneStatus, Rating
from ragtool.plan.plan import Outcome
from ragtool.quarter.items import RatedItem, RatedKeyAction, RatedMeasure
from ragtool.quarter.rated import reported
from ragtool.report.pack_workbook import pack_results, write_pack
from ragtool.report.report_workbook import write_panel_report, write_report
from ragtool.results.assemble import page_item
from ragtool.results.results import PanelShare, QuarterlyHistory, Results
from ragtool.returns.entries import MeasureEntry
from small_report import (
    AT,
    PANEL,
    PERIODS,
    Q2,
    exception,
    history_row,
    in_glossary,
    key_action,
    measure,
    milestone,
    small_report,
)

LONG = (
    "Reduce the number of households who are homeless or threatened with homelessness through early help, in "
    "partnership with registered providers and the voluntary sector"
)
SAID = (
    "Contractor insolvency delayed the second phase; a replacement was appointed in August through the framework and "
    "began on site on 9 September. The programme board has re-baselined the remaining works."
)
SHORT = "Fair access for all"
RATINGS = (Rating.RED, Rating.GREEN, Rating.AMBER, Rating.GREEN, Rating.GREEN, Rating.TBC, Rating.GREEN)
MOVES = (Direction.WORSE, Direction.BETTER, Direction.WORSE, Direction.SAME, Direction.SAME, None, Direction.BETTER)
"""The ratings of the items, again and again, and how each moved since last reported."""
Placed = tuple[str, str, int]


@dataclass(frozen=True)
class Shape:
    """How large an invented plan is, how its keys are made from theme, outcome and number, and how it words things."""

    themes: int
    outcomes: int
    key_actions: int
    measures: int
    keys: tuple[str, str]
    title: str
    said: str

    def places(self, each: int) -> Iterator[Placed]:
        """A theme, an outcome and a number for each of so many items under every outcome."""
        for theme in range(1, self.themes + 1):
            for outcome in range(1, self.outcomes + 1):
                for number in range(1, each + 1):
                    yield f"Theme {theme}", str(outcome), number


SHAPES = {
    "long texts": Shape(2, 6, 2, 3, ("A{0}.{1}.{2}", "M{0}.{1}.{2}"), LONG, SAID),
    "many items": Shape(8, 3, 5, 5, ("A{0}.{1}{2}", "HS-{0}{1}{2}"), SHORT, "More is done about it."),
}


def invented_results(shape: Shape) -> Results:
    """The results of a quarter of the plan: a seventh of its items is Red, with what is proposed for them."""
    key_actions, measures = tuple(planned_actions(shape)), tuple(planned_measures(shape))
    items: tuple[RatedItem, ...] = (*key_actions, *measures)
    share = (PanelShare(PANEL, "Health", tuple(a.item.key for a in key_actions), tuple(m.item.key for m in measures)),)
    outcomes = [
        Outcome(at=AT, theme=theme, theme_statement=shape.title, number=number, title=shape.title)
        for theme, number, _ in shape.places(1)
    ]
    said = [replace(exception(i.item.key, i.rating, i.published.why), resolution=shape.said) for i in items]
    rows = [
        history_row(i.item.key, i.item.title, i.item.kind, cells={PERIODS[1]: str(i.rating)}, trend=trend_of(i))
        for i in items
    ]
    return small_report(
        outcomes=tuple(outcomes),
        key_actions=key_actions,
        measures=measures,
        milestones=tuple(
            milestone(a.item.key, str(no), shape.title, MilestoneStatus.OVERDUE) for a in key_actions for no in (1, 2)
        ),
        page=tuple(map(page_item, items)),
        glossary=tuple(map(in_glossary, items)),
        history=QuarterlyHistory(PERIODS, tuple(rows)),
        data=tuple(reported(item, Q2) for item in items),
        exceptions=tuple(each for each in said if each.rating in (Rating.RED, Rating.AMBER)),
        panels=share,
        allocation=share,
    )


def planned_actions(shape: Shape) -> Iterator[RatedKeyAction]:
    """The key actions, each with a rating."""
    moved = cycle(zip(RATINGS, MOVES, strict=True))
    for (theme, outcome, number), (rating, move) in zip(shape.places(shape.key_actions), moved, strict=False):
        key = shape.keys[0].format(theme[-1], outcome, number)
        made = key_action(key, rating, theme=theme, resolution=shape.said)
        planned = replace(made.item, outcome_no=outcome, title=shape.title)
        yield replace(made, item=planned, travel=Travel("", move))


def planned_measures(shape: Shape) -> Iterator[RatedMeasure]:
    """The measures, some in a unit that widens their figures."""
    moved = cycle(zip(RATINGS, MOVES, strict=True))
    for (theme, outcome, number), (rating, move) in zip(shape.places(shape.measures), moved, strict=False):
        key, unit = shape.keys[1].format(theme[-1], outcome, number), ("%", "cases", "households")[number % 3]
        figure, target = (Decimal("0.72"), Decimal("0.8")) if unit == "%" else (Decimal(97), Decimal(100))
        planned = {"theme": theme, "outcome_no": outcome, "title": shape.title, "unit": unit}
        made = measure(key, None, rating, figure, target, Fraction(3, 100), **planned)
        why = f"97 {unit} against a target of 100 (higher is better): 3 % worse, within the 15 % intervention level."
        reason = replace(made.published, why=why)
        yield replace(made, entry=MeasureEntry(resolution=shape.said), published=reason, travel=Travel("", move))


def trend_of(item: RatedItem) -> tuple[float | None, ...]:
    """What a measure's trend shows."""
    return (1.02, 0.97) if item.item.kind is Kind.MEASURE else ()


def write_invented(shape: Shape, folder: Path) -> tuple[Path, Path, Path]:
    """The plan's report, its committee pack and its panel's report."""
    results = invented_results(shape)
    report, pack, panel = (folder / f"{name}.xlsx" for name in ("report", "pack", "panel"))
    write_report(results, report)
    write_pack(pack_results(results), pack)
    write_panel_report(replace(results, panel=PANEL), panel)
    return report, pack, panel
