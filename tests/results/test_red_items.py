"""What is Red: one list for the Summary and the panels' covers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ragtool.model import MilestoneStatus, Rating
from ragtool.results.red_items import red_items, red_parts
from small_report import key_action, measure, milestone, small_report


def test_a_red_part_counts_in_no_number_and_is_named_where_its_measure_is_not_red():
    parts = (measure("P1", None, Rating.AMBER), measure("P1", "2", Rating.RED))
    of_red = (measure("P2", None, Rating.RED), measure("P2", "1", Rating.RED))
    results = small_report(key_actions=(), milestones=(), measures=(*parts, *of_red))
    assert [each.item.item.key for each in red_items(results)] == ["P2"]
    assert red_parts(results) == "P1 part 2, of a measure that isn't Red."
    assert red_parts(small_report()) == ""


def test_what_is_proposed_for_milestones_stands_with_the_latest_of_their_new_dates():
    steps = [
        milestone("K9", str(number), f"Step {number}", MilestoneStatus.OVERDUE, resolution)
        for number, resolution in enumerate(("A letter is sent.", "It is built.", "It is built."), 1)
    ]
    days = (date(2014, 1, 31), date(2014, 3, 1), None)
    steps = [replace(step, entry=replace(step.entry, revised_date=day)) for step, day in zip(steps, days, strict=True)]
    action = key_action("K9", Rating.RED, resolution="More staff.")
    (red,) = red_items(small_report(key_actions=(action,), milestones=tuple(steps), measures=()))
    assert red.resolution == "More staff.\nA letter is sent.\nIt is built."
    assert red.by_when == date(2014, 3, 1)
