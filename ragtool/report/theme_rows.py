"""What a theme's sheet of the committee pack says: its outcomes, and of each item what a reader of paper needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ragtool import columns as c
from ragtool.figures import show
from ragtool.looks.fitting import unbroken
from ragtool.looks.palette import RATING_LOOKS
from ragtool.model import Kind, MilestoneStatus, Rating
from ragtool.quarter.items import RatedItem, RatedKeyAction, RatedMeasure, ReturnedMilestone
from ragtool.report.panel_key_action_sheet import milestone_line
from ragtool.report.performance_bar import target_bar
from ragtool.report.sheet_rows import forecast_in_words, next_by_key
from ragtool.results.key_action_texts import progress_word
from ragtool.results.red_items import counted_milestones, resolutions
from ragtool.results.results import NO_REPORT, HistoryRow, Results
from ragtool.rules import forecast_worse

LAST_QUARTERS = 4
"""Letters of a key action's trend: a year's, the latest last."""


@dataclass(frozen=True)
class Line:
    """A line of a cell; what is `loud` is what the reader should see first. It may begin with a bar."""

    text: str
    loud: bool = False
    bar: str = ""

    @property
    def whole(self) -> str:
        """The bar, which is drawn in letters of one width, and the text."""
        return f"{self.bar}  {self.text}" if self.bar else self.text


@dataclass(frozen=True)
class ThemeRow:
    """An item as the pack shows it.

    `progress` are a key action's milestones with their statuses, or a measure's figure against its target; `letters`
    are a key action's last quarters, `trend` a measure's figures against their targets (1 is on target).
    """

    item: RatedItem
    name: str
    progress: tuple[Line, ...]
    commentary: str
    letters: str = ""
    trend: tuple[float | None, ...] = ()

    @property
    def whole_name(self) -> str:
        """`P14 More people reaching early help`."""
        return f"{self.item.item.key} {self.name}"


@dataclass(frozen=True)
class ThemeOutcome:
    """An outcome with its items, key actions first."""

    name: str
    leads: str
    rows: tuple[ThemeRow, ...]


@dataclass(frozen=True)
class Theme:
    """A theme's sheet. A theme whose outcomes have no items has none of them."""

    name: str
    statement: str
    outcomes: tuple[ThemeOutcome, ...]


def pack_themes(results: Results) -> tuple[Theme, ...]:
    """Every theme in the plan's order; an item whose outcome the plan doesn't have stands under its number alone."""
    rows: dict[tuple[str, str], list[ThemeRow]] = {}
    for row in rows_on_paper(results):
        rows.setdefault((row.item.item.theme, row.item.item.outcome_no), []).append(row)
    statements = {outcome.theme: outcome.theme_statement or "" for outcome in reversed(results.outcomes)}
    outcomes: dict[str, list[ThemeOutcome]] = {theme: [] for theme in dict.fromkeys(o.theme for o in results.outcomes)}
    for outcome in results.outcomes:
        name = " ".join(part for part in (outcome.number, outcome.title) if part)
        if mine := rows.pop((outcome.theme, outcome.number), ()):
            outcomes[outcome.theme].append(ThemeOutcome(name, "; ".join(outcome.leads), tuple(mine)))
    for (theme, number), strays in rows.items():
        outcomes.setdefault(theme, []).append(ThemeOutcome(number, "", tuple(strays)))
    return tuple(Theme(name, statements.get(name, ""), tuple(held)) for name, held in outcomes.items())


def rows_on_paper(results: Results) -> Iterator[ThemeRow]:
    """Every key action, then every measure, each with its parts beneath it."""
    milestones, coming = counted_milestones(results.milestones), next_by_key(results)
    history = {(row.kind, row.key): row for row in results.history.rows}
    for action in results.key_actions:
        key, mine = action.item.key, milestones.get(action.item.key, [])
        yield ThemeRow(
            action,
            action.item.title,
            progress_of(action, mine),
            commentary_of(action, resolutions(action, mine), coming.get(key, ())),
            letters=last_letters(history.get((Kind.KEY_ACTION, key)), results.history.periods, str(results.quarter)),
        )
    for measure in results.measures:
        past = None if measure.part else history.get((Kind.MEASURE, measure.item.key))
        yield ThemeRow(
            measure,
            name_on_paper(measure),
            progress_of_measure(measure, results.settings.intervention_level),
            commentary_of(measure, measure.entry.resolution, ()),
            trend=past.trend if past else (),
        )


def progress_of(action: RatedKeyAction, milestones: Sequence[ReturnedMilestone]) -> tuple[Line, ...]:
    """A key action's milestones, a line each; what they don't explain of its rating comes first."""
    explained = milestones and action.rating in RATING_LOOKS and action.published.mark is None
    lines = [] if explained else [Line(action.published.why)]
    for step in milestones:
        word = progress_word(step, action)
        lines.append(Line(milestone_line(step.milestone, word), bool(word) and word != MilestoneStatus.COMPLETE))
    return (*lines, *forecast_of(action))


def progress_of_measure(measure: RatedMeasure, usual: Decimal) -> tuple[Line, ...]:
    """A measure's figure against its target, in words and as a bar, which is drawn to the `usual` level where the
    measure has none; then a figure that isn't rated, what it is compared with, and its forecast.
    """
    loud = measure.rating is Rating.RED
    figure = Line(unbroken(measure.published.why), loud, target_bar(measure.from_target, measure.level, usual) or "")
    return (figure, *figure_of(measure), *benchmark_of(measure), *forecast_of(measure))


def figure_of(measure: RatedMeasure) -> Iterator[Line]:
    """`Performance: 7 days (2013/14 Q2)`, where the line before doesn't tell it."""
    if figure := measure.figure_beside_why:
        yield Line(f"{c.PERFORMANCE}: {unbroken(figure)}")


def benchmark_of(measure: RatedMeasure) -> Iterator[Line]:
    """`Benchmark: 78 % (England, 2012/13)`, where the plan has one."""
    planned = measure.item
    if planned.benchmark is not None:
        figure = unbroken(show(planned.benchmark, planned.unit, planned.decimals))
        yield Line(f"{c.BENCHMARK}: {figure}{f' ({planned.benchmark_is})' if planned.benchmark_is else ''}")


def forecast_of(item: RatedItem) -> Iterator[Line]:
    """`Forecast: Amber at the year's end.`, where there is one; loud where that is worse than the rating."""
    if forecast := item.entry.forecast:
        yield Line(forecast_in_words(forecast), bool(forecast_worse(item.rating, forecast)))


def commentary_of(item: RatedItem, resolution: str | None, coming: Sequence[str]) -> str:
    """What is proposed, what its officer is proud of, and what comes next: a line each."""
    parts = {
        "Proposed": " ".join((resolution or "").split("\n")),
        c.HIGHLIGHT: item.entry.highlight or "",
        "Next": "; ".join(coming),
    }
    return "\n".join(f"{what}: {text}" for what, text in parts.items() if text)


def name_on_paper(measure: RatedMeasure) -> str:
    """A measure's own name, or its part's."""
    if not measure.part:
        return measure.item.title
    return f"Part {measure.part}: {measure.item.part_description or measure.item.title}"


def last_letters(row: HistoryRow | None, periods: Sequence[str], quarter: str) -> str:
    """`G A A R`: the ratings of the last quarters, this one last; a quarter without a report has its dash."""
    if row is None:
        return ""
    quarters = [period for period in periods if " Q" in period]
    until = quarters[: quarters.index(quarter) + 1] if quarter in quarters else quarters
    cells: Mapping[str, str | None] = row.cells
    letters = [cells.get(period) or NO_REPORT for period in until[-LAST_QUARTERS:]]
    return " ".join(letters) if len(letters) > 1 else ""
