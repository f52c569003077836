"""Properties of the rules for any figures: monotone, free of scale and order, repeatable, pure."""

import ast
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ragtool.rules
from ragtool.figures import Level, Points
from ragtool.model import Better, IndexMethod, NoneDue, Rating, Settings
from ragtool.quarters import Quarter
from ragtool.rules import (
    Criteria,
    Figure,
    Improvement,
    KeyActionCriteria,
    MilestoneOutturn,
    RatedPart,
    rate_index,
    rate_key_action,
    rate_measure,
)

Q2 = Quarter(2013, 2)
ORDER = [Rating.BLUE, Rating.GREEN, Rating.AMBER, Rating.RED]

figures = st.decimals(min_value=-(10**6), max_value=10**6, places=3)
distances = st.decimals(min_value=Decimal("0.001"), max_value=10**6, places=3)
levels = st.sampled_from([Decimal(text) for text in ("0", "0.05", "0.1", "0.15", "0.5")])
own_levels = st.none() | levels | st.builds(Points, st.decimals(0, 50, places=1))
"""What a measure may say of its own: nothing, a share, or points of its unit."""
plans = st.builds(
    Settings,
    intervention_level=levels,
    at_the_intervention_level=st.sampled_from([Rating.AMBER, Rating.RED]),
    index_method=st.sampled_from(IndexMethod),
    no_milestones_due=st.sampled_from(NoneDue),
    green_within=levels,
    amber_needs_improvement=st.booleans(),
    blue_beyond=st.none() | levels,
)


@st.composite
def measures(draw: st.DrawFn, *ways: Better) -> Criteria:
    """Any active measure with a target or a range, and perhaps a limit."""
    low, high = sorted((draw(figures), draw(figures)))
    ends = draw(st.sampled_from([(low, high), (low, None), (None, high)]))
    return Criteria(
        better=draw(st.sampled_from(ways or tuple(Better))),
        targets=(None, draw(figures), None, None),
        low=ends[0],
        high=ends[1],
        level=draw(own_levels),
        green_within=draw(own_levels),
        red_beyond=draw(st.none() | figures),
        red_below=draw(st.none() | figures),
        red_above=draw(st.none() | figures),
        stretch=draw(st.none() | figures),
    )


def rank(rating: Rating) -> int:
    return ORDER.index(rating)


ONE_WAY = (Better.HIGHER, Better.LOWER, Better.MORE_THAN, Better.LESS_THAN)
MIRRORED = dict(zip(ONE_WAY, (Better.LOWER, Better.HIGHER, Better.LESS_THAN, Better.MORE_THAN), strict=True))


@given(measures(*ONE_WAY), figures, figures, plans, st.booleans())
def test_a_better_figure_never_gets_a_worse_rating(
    measure: Criteria, one: Decimal, other: Decimal, plan: Settings, improved: bool
) -> None:
    """What improved on last year stays improved with a better figure."""
    worse, better = sorted((one, other), reverse=not measure.better.upwards)
    at_first = rate_measure(measure, Figure(worse), Q2, plan, Improvement(improved, "x")).rating
    for then in {improved, True}:
        now = rate_measure(measure, Figure(better), Q2, plan, Improvement(then, "x")).rating
        assert rank(now) <= rank(at_first)


@st.composite
def outside(draw: st.DrawFn) -> tuple[Criteria, Decimal, Decimal]:
    """A measure with a range and two figures outside it on the same side, the nearer first."""
    measure = draw(measures(Better.IN_RANGE))
    bound, sign = draw(st.sampled_from([(b, s) for b, s in ((measure.low, -1), (measure.high, 1)) if b is not None]))
    nearer, farther = sorted((draw(distances), draw(distances)))
    return measure, bound + sign * nearer, bound + sign * farther


@given(outside(), plans)
def test_a_figure_nearer_its_range_never_gets_a_worse_rating(
    case: tuple[Criteria, Decimal, Decimal], plan: Settings
) -> None:
    """Of two figures on the same side."""
    measure, *figures = case
    nearer, farther = (rate_measure(measure, Figure(figure), Q2, plan).rating for figure in figures)
    assert rank(nearer) <= rank(farther)


@given(measures(), figures, plans, st.sampled_from([Decimal(text) for text in ("0.001", "0.5", "3", "1000")]))
def test_scaling_everything_together_changes_nothing(
    measure: Criteria, actual: Decimal, plan: Settings, factor: Decimal
) -> None:
    def scale(figure: Decimal | None) -> Decimal | None:
        return None if figure is None else figure * factor

    def level(own: Level | None) -> Level | None:
        return Points(own.size * factor) if isinstance(own, Points) else own

    scaled = replace(
        measure,
        targets=(None, scale(measure.targets[1]), None, None),
        low=scale(measure.low),
        high=scale(measure.high),
        level=level(measure.level),
        green_within=level(measure.green_within),
        red_beyond=scale(measure.red_beyond),
        red_below=scale(measure.red_below),
        red_above=scale(measure.red_above),
        stretch=scale(measure.stretch),
    )
    before, after = (
        rate_measure(measure, Figure(actual), Q2, plan),
        rate_measure(scaled, Figure(actual * factor), Q2, plan),
    )
    assert (before.rating, before.shortfall) == (after.rating, after.shortfall)


@given(measures(*ONE_WAY), figures, plans)
def test_higher_and_lower_are_mirror_images(measure: Criteria, actual: Decimal, plan: Settings) -> None:
    def negated(figure: Decimal | None) -> Decimal | None:
        return None if figure is None else -figure

    mirrored = replace(
        measure,
        better=MIRRORED[measure.better],
        targets=(None, negated(measure.targets[1]), None, None),
        red_beyond=negated(measure.red_beyond),
        stretch=negated(measure.stretch),
    )
    here, there = rate_measure(measure, Figure(actual), Q2, plan), rate_measure(mirrored, Figure(-actual), Q2, plan)
    assert (here.rating, here.shortfall) == (there.rating, there.shortfall)


@st.composite
def indexes(draw: st.DrawFn) -> list[RatedPart]:
    return [
        RatedPart(
            f"part {number}",
            draw(st.decimals(0, 5, places=1)),
            rate_measure(draw(measures()), draw(st.builds(Figure, st.none() | figures)), Q2, Settings()),
        )
        for number in range(draw(st.integers(1, 5)))
    ]


@given(
    indexes(), plans, st.randoms(use_true_random=False), st.none() | st.builds(Improvement, st.booleans(), st.just("x"))
)
def test_the_order_of_parts_changes_the_text_alone(
    parts: list[RatedPart], plan: Settings, random: Any, improvement: Improvement | None
) -> None:
    shuffled = parts[:]
    random.shuffle(shuffled)
    before, after = (rate_index(Criteria(), each, Q2, plan, improvement) for each in (parts, shuffled))
    assert replace(before, why="") == replace(after, why="")


@given(
    st.lists(st.sampled_from([True, False, None]), max_size=5), st.lists(st.booleans(), min_size=5), plans, st.data()
)
def test_the_order_of_milestones_changes_nothing(
    states: list[bool | None], concerns: list[bool], plan: Settings, data: st.DataObject
) -> None:
    counted = [MilestoneOutturn(f"no. {no}", state, concerns[no]) for no, state in enumerate(states)]
    ratings = {
        rate_key_action(KeyActionCriteria(), each, True, Q2, plan).rating
        for each in (counted, data.draw(st.permutations(counted)))
    }
    assert len(ratings) == 1


@given(st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=5), plans)
def test_an_overdue_milestone_more_is_red_whatever_else(states: list[bool | None], plan: Settings) -> None:
    counted = [MilestoneOutturn(f"no. {no}", state) for no, state in enumerate([*states, False])]
    assert rate_key_action(KeyActionCriteria(), counted, False, Q2, plan).rating is Rating.RED


@given(measures(), figures, plans)
def test_the_same_facts_give_the_same_answer(measure: Criteria, actual: Decimal, plan: Settings) -> None:
    assert rate_measure(measure, Figure(actual), Q2, plan) == rate_measure(replace(measure), Figure(actual), Q2, plan)


@settings(max_examples=150)
@given(measures(), figures, plans, st.none() | st.integers(0, 3), st.sampled_from(["", "%", "£m", "days", "£000s"]))
def test_every_sentence_is_whole(
    measure: Criteria, actual: Decimal, plan: Settings, decimals: int | None, unit: str
) -> None:
    """One line that starts with its figure, ends with a stop, and never says a share on the wrong side of its level."""
    measure = replace(measure, unit=unit, decimals=decimals)
    why = rate_measure(measure, Figure(actual), Q2, plan).why
    assert why.endswith(".")
    assert not any(wrong in why for wrong in ("  ", "..", " ,", "None", "E+", "E-", "\n", "-0 ", "nan"))
    assert " against a " in why
    if said := PLACED.search(why):
        missed, level = (Decimal(said[name].replace(",", "")) for name in ("missed", "level"))
        place = {"within": missed < level, "exactly at": missed == level, "beyond": missed > level}
        assert place[said["place"]], why


PLACED = re.compile(r"(?P<missed>[\d.,]+) % [a-z ]+, (?P<place>within|exactly at|beyond) the (?P<level>[\d.]+) %")


# --- purity

RULES = sorted(Path(ragtool.rules.__file__).parent.glob("*.py"))
ALLOWED = {"__future__", "collections.abc", "dataclasses", "datetime", "decimal", "enum", "fractions"}
ALLOWED_OWN = {"ragtool.figures", "ragtool.model", "ragtool.quarters"}


@pytest.mark.parametrize("module", RULES, ids=lambda path: path.stem)
def test_the_rules_import_no_workbook_path_or_clock(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            name = node.module or ""
            assert name in ALLOWED | ALLOWED_OWN or name.startswith("ragtool.rules"), name
            if name == "datetime":
                assert [alias.name for alias in node.names] == ["date"]


@pytest.mark.parametrize("module", RULES, ids=lambda path: path.stem)
def test_the_rules_read_no_clock_file_or_float(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not names & {"open", "print", "input", "float", "round", "global"}
    assert not attributes & {"today", "now", "time", "read_text", "quantize"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, float)]
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Global)]


def test_there_are_rules_to_look_at() -> None:
    assert {path.stem for path in RULES} >= {
        "facts",
        "indexes",
        "key_actions",
        "levels",
        "limits",
        "measures",
        "publish",
        "words",
    }
