"""What the colours of measures mean in a plan, in the words of its count tables."""

from __future__ import annotations

import pytest

from plans import plan_of
from ragtool import columns as c
from ragtool.model import Rating
from ragtool.results.own_rules import measure_states

HIGHER = {c.KEY: "P1", c.BETTER_WHEN: "Higher", c.ANNUAL_TARGET: 80}
USUAL = {
    Rating.RED: "Red: beyond the intervention level",
    Rating.AMBER: "Amber: target missed, within the level",
}


@pytest.mark.parametrize(
    ("settings", "row", "own"),
    [
        ({}, {}, {}),
        (
            {"At the intervention level": "Red"},
            {},
            {Rating.RED: "Red: at or beyond the intervention level"},
        ),
        (
            {},
            {c.RED_BEYOND: 60},
            {
                Rating.RED: "Red: beyond the intervention level or limit",
                Rating.AMBER: "Amber: target missed, within the level or limit",
            },
        ),
        (
            {"At the intervention level": "Red", "Amber needs improvement": "Yes"},
            {c.RED_BEYOND: 60},
            {
                Rating.RED: "Red: at or beyond the intervention level or limit",
                Rating.AMBER: "Amber: target missed, within the level or limit, or beyond it and improved",
            },
        ),
        ({"Green within": "5 %"}, {}, {Rating.GREEN: "Green: target met, or missed by 5 % or less"}),
        ({}, {c.GREEN_WITHIN: "5 points"}, {Rating.GREEN: "Green: target met, or missed by little enough"}),
        ({"Blue beyond": "20 %"}, {}, {Rating.BLUE: "Blue: better than target by more than 20 %"}),
        ({}, {c.STRETCH_TARGET: 90}, {Rating.BLUE: "Blue: stretch target met"}),
        (
            {"Amber needs improvement": "Yes"},
            {},
            {Rating.AMBER: "Amber: target missed, within the level, or beyond it and improved"},
        ),
    ],
)
def test_colours_mean_what_this_plans_levels_make_of_them(tmp_path, settings, row, own):
    plan = plan_of(tmp_path, settings, measures=[HIGHER | row])
    assert measure_states(plan.settings, plan.measures) == USUAL | own
