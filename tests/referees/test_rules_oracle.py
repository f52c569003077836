"""A seeded sample of the compare_rules referee: ragtool's rules and an independent oracle, and that they can differ."""

import ast
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pytest

from ragtool.rules import measures
from referees import bookkeeping, compare_rules, oracle
from referees.oracle import Item

CASES, SEED = 1000, 20131004


@pytest.fixture(scope="module")
def sample() -> list[tuple[Item, Item, Item]]:
    return list(compare_rules.compare(CASES, SEED))


def test_rules_and_oracle_agree(sample: list[tuple[Item, Item, Item]]) -> None:
    differing = [case for case in sample if case[1] != case[2]]
    assert not differing, compare_rules.describe(*differing[0])


def test_the_sample_has_every_kind_of_case_in_every_state(sample: list[tuple[Item, Item, Item]]) -> None:
    seen = {(case["kind"], expected["rule"]) for case, expected, _ in sample}
    colours = {oracle.GREEN, oracle.AMBER, oracle.RED, oracle.TBC, oracle.NOT_DUE, oracle.NOT_RETURNED, None}
    figures = colours | {oracle.BLUE, oracle.DATA_ONLY, oracle.NOT_AVAILABLE}
    expected = {"Key action": colours | {oracle.BLUE, oracle.ON_HOLD}, "Measure": figures, "Index": figures}
    assert seen == {(kind, state) for kind, states in expected.items() for state in states}


def test_the_sample_has_figures_on_the_very_boundary(sample: list[tuple[Item, Item, Item]]) -> None:
    at_level = [
        case
        for case, expected, _ in sample
        if expected.get("short") and not oracle.is_points(level := case["level"] or case["settings"]["level"])
        if expected["short"] == Fraction(level)
    ]
    assert len(at_level) > 5


def test_the_sample_has_what_a_measure_may_say_of_its_own(sample: list[tuple[Item, Item, Item]]) -> None:
    rated = [(case, expected["rule"]) for case, expected, _ in sample if case["kind"] == "Measure"]
    colours = {oracle.GREEN, oracle.AMBER, oracle.RED}
    for name in ("level", "green_within"):
        seen = {rule for case, rule in rated if case[name] and oracle.is_points(case[name])}
        assert seen >= colours, name
    sides = {rule for case, rule in rated if case["red_below"] is not None or case["red_above"] is not None}
    assert sides >= colours
    strict = [(case, rule) for case, rule in rated if case["better"] in oracle.STRICT]
    assert {rule for _, rule in strict} >= colours
    aims = [(case, oracle.target_now(case, case["quarter"]), rule) for case, rule in strict if case["actual"]]
    assert sum(rule in colours and Fraction(case["actual"]) == aim for case, aim, rule in aims) > 5
    assert {rule for case, rule in rated if case["stretch"] is not None} >= {*colours, oracle.BLUE}
    assert {rule for case, rule in rated if case["basis"] == "Year-to-date rate"} >= colours


@pytest.mark.parametrize("module", [oracle, bookkeeping])
def test_what_ragtool_is_held_against_knows_nothing_of_it(module: ModuleType) -> None:
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= {"__future__", "dataclasses", "fractions", "typing"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]


def test_a_difference_is_found_and_told_in_full(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(measures, "has_limits", lambda measure: False)
    assert compare_rules.main(["--cases", "300", "--seed", "1", "--show", "9"]) == 1
    told = capsys.readouterr().out
    assert "rule: expected Amber, ragtool Red" in told
    assert "red_beyond = " in told
    assert "at_level = " in told


def test_no_difference_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert compare_rules.main(["--cases", "50"]) == 0
    assert capsys.readouterr().out.strip().endswith("s: 0 differences.")


@pytest.mark.parametrize(
    ("figure", "expected"),
    [("0.765", "0.765"), ("1e-7", "1E-7"), ("123456789012345", "123456789012345"), ("-45e3", "-45000")],
)
def test_generated_figures_pass_through_a_binary_float(figure: str, expected: str) -> None:
    assert str(compare_rules.number(figure)) == expected
