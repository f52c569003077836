"""Lists with headings and columns that nobody foresaw: milestones in columns, unknown names, odd figures."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from messy import write
from officers import table
from plain_books import plain_book
from ragtool.commands.new import NewFolder, make_folder
from ragtool.errors import RagtoolError
from ragtool.plan.lists.organisation_named import council_in
from ragtool.plan.plan import Plan
from ragtool.plan.plan_reading import read_plan

QUARTER = "2026-27 Q2"
DELIVERY = ("ID", "What we will deliver", "Team", "Corporate goal", "Q1 milestone", "Qtr 2 milestones", "End date")


MILESTONES_OF_MEASURES = ("Q1 milestone", "Q2 milestone", "Q3 milestone", "Q4 2027/28 milestone")


UNITS_AS_NO = ("Measure", "No.", "Good is", "Service area")


def made(folder: Path, *rows: tuple[Any, ...], name: str = QUARTER) -> tuple[Plan, NewFolder]:
    new = make_folder(folder / name, write(folder, plain_book({"Sheet": rows}), "list.xlsx"))
    return read_plan(new.plan)[0], new


def asked(new: NewFolder) -> dict[str, str]:
    return {query.cell: query.problem for query in new.queries if query.file == "list.xlsx"}


def test_milestones_in_columns_are_due_in_the_quarter_of_their_heading(tmp_path: Path) -> None:
    plan, new = made(
        tmp_path,
        DELIVERY,
        ("D1", "Open the lido", "Leisure", "Healthy", "Tiles laid", "Heating tested", "31/12/2026"),
        ("D2", "Move payroll", "Finance", "Modern", "n/a", "Data cleansed", None),
        ("D3", "Plant trees", "Parks", "Healthy", None, None, "31/03/2027"),
    )
    assert [action.title for action in plan.key_actions] == ["Open the lido", "Move payroll", "Plant trees"]
    steps = [(step.key, step.no, step.text, str(step.due)) for step in plan.milestones]
    assert steps[:3] == [
        ("D1", "1", "Tiles laid", "2026/27 Q1"),
        ("D1", "2", "Heating tested", "2026/27 Q2"),
        ("D2", "1", "Data cleansed", "2026/27 Q2"),
    ]
    assert [(key, text) for key, _, text, _ in steps[3:]] == [("D3", "Plant trees")]  # it has a date and none else
    assert "Milestone due in 2026/27 Q1" in [line.taken_as for line in new.lines if line.heading == "Q1 milestone"]
    assert asked(new) == {}


def test_of_milestones_in_columns_the_year_is_asked_where_nothing_says_it(tmp_path: Path) -> None:
    rows = (DELIVERY, ("D1", "Open the lido", "Leisure", "Healthy", "Tiles laid", "Heating tested", "31/12/2026"))
    plan, new = made(tmp_path, *rows, name="lido")
    assert [step.text for step in plan.milestones] == ["Open the lido"]
    problem = (
        "Q1 milestone and Qtr 2 milestones: the heading names a quarter, and not of which year; it is kept under Note."
    )
    assert asked(new) == {"E1": problem}
    of_next_year = ("ID", "Action", "Team", "Goal", "Q1 2027/28 milestone")
    plan, _ = made(tmp_path, of_next_year, ("D1", "Open the lido", "Leisure", "Healthy", "Tiles laid"), name="no year")
    assert [str(step.due) for step in plan.milestones] == ["2027/28 Q1"]


@pytest.mark.parametrize(
    "said", ["Complete", "Completed June 2013.", "On track (75%)", "Yes", "Amber", "g", "\u2713", 0.5, "100% complete"]
)
def test_what_only_says_how_a_milestone_stands_is_none(tmp_path: Path, said: object) -> None:
    plan, new = made(tmp_path, DELIVERY, ("D1", "Open the lido", "Leisure", "Fit", "Complete the tiles", said, None))
    assert [step.text for step in plan.milestones] == ["Complete the tiles"]
    problem = f"'{said}' doesn't say what is to be done. It is kept under Note."
    assert asked(new) == {"F2": problem}
    (action,) = table(new.plan, "Key actions")
    assert action["Note: Qtr 2 milestones"] == str(said)


def test_so_is_one_in_a_row_of_its_own(tmp_path: Path) -> None:
    headings = ("ID", "Action", "Team", "Goal", "Milestone", "Due")
    plan, new = made(tmp_path, headings, ("D1", "Open the lido", "Leisure", "Healthy", "Complete", "31/12/2026"))
    assert [step.text for step in plan.milestones] == ["Open the lido"]
    assert [query.problem for query in new.queries if query.cell == "E2"] == [
        "'Complete' doesn't say what is to be done. It is kept under Note.",
        "The row names no milestone, so the key action itself is one, by its date.",
    ]


def test_columns_of_actions_that_name_a_quarter_alone_are_asked_about(tmp_path: Path) -> None:
    headings = ("ID", "Action", "Team", "Goal", "Q1", "Q2")
    _, new = made(tmp_path, headings, ("D1", "Open the lido", "Leisure", "Healthy", "Tiles", "Heating"))
    problem = "Q1 and Q2: the heading names a quarter, and not whether milestones stand there; it is kept under Note."
    assert asked(new) == {"E1": problem}


def test_a_heading_beneath_one_that_only_says_what_the_rows_are_means_what_it_says_alone(tmp_path: Path) -> None:
    plan, _ = made(
        tmp_path,
        ("Perspective", "PI", None, None, "Service", "2026/27 tgts", None, "Polarity"),
        (None, "Ref", "Title", "Unit", None, "Qtr 1", "Qtr 2", None),
        ("Customer", "VT1", "Calls answered within a minute", "calls", "Contact", 80, 90, "High"),
    )
    (measure,) = plan.measures
    assert (measure.theme, measure.key, measure.unit, measure.title) == (
        "Customer",
        "VT1",
        "calls",
        "Calls answered within a minute",
    )
    assert [int(figure) for figure in measure.targets if figure] == [80, 90]


def test_what_the_rows_are_about_is_known_by_its_texts_where_the_heading_isnt(tmp_path: Path) -> None:
    plan, new = made(
        tmp_path,
        ("Ref", "In plain words", "Service", "Polarity", "Target"),
        ("A1", "Calls answered within a minute", "Contact", "High", 80),
        ("A2", "Visits to our three libraries", "Culture", "High", 9),
    )
    assert [each.title for each in plan.measures] == ["Calls answered within a minute", "Visits to our three libraries"]
    assert asked(new)["B1"] == (
        "The heading isn't known; it is taken as Measure, since what stands there differs from row to row."
    )


def test_a_full_stop_that_may_part_thousands_is_asked_about(tmp_path: Path) -> None:
    rows = "Nr.;Name of KPI;Service;Priority;Polarity;Tgt Q1;Tgt Q2\nC1;Journeys by bus;Roads;Fair;High;12.500;26.75"
    (tmp_path / "list.csv").write_text(rows, encoding="utf-8")
    new = make_folder(tmp_path / QUARTER, tmp_path / "list.csv")
    (measure,) = read_plan(new.plan)[0].measures
    assert (measure.key, measure.title) == ("C1", "Journeys by bus")
    assert {query.cell: query.problem for query in new.queries}["F2"] == (
        "'12.500' may mean 12.5 or 12,500. It is kept under Note."
    )
    assert [str(figure) for figure in measure.targets if figure] == ["26.75"]


def test_beside_a_list_whose_headings_are_known_another_isnt_told_by_its_texts(tmp_path: Path) -> None:
    sheets = {
        "KPIs": (("Ref", "Measure", "Service", "Theme", "Polarity"), ("A1", "Trees planted", "Parks", "Green", "High")),
        "Register": (
            ("Ref", "What could go wrong", "Service", "Priority", "Target date"),
            ("R1", "Loss of the contractor for bins", "Waste", "High", "31/12/2026"),
            ("R2", "Flooding of the depot once more", "Waste", "Low", "31/12/2026"),
        ),
    }
    new = make_folder(tmp_path / QUARTER, write(tmp_path, plain_book(sheets), "list.xlsx"))
    assert not read_plan(new.plan)[0].key_actions
    problem = "It can't be told whether this is a list of measures, key actions or milestones."
    assert {query.sheet: query.problem for query in new.queries}["Register"] == problem


def test_milestones_of_what_has_targets_and_units_make_no_key_actions(tmp_path: Path) -> None:
    headings = ("Ref", "Description", "Service", "Theme", "Polarity", "Unit", "Annual target", *MILESTONES_OF_MEASURES)
    calls = ("A1", "Calls answered", "Contact", "Fair", "High", "calls", 100, 80, "TBC", "Line open", None)
    plan, new = made(tmp_path, headings, calls, ("A2", "Calls lost", "Contact", "Fair", "Low", "calls", 9, 8, 7, 6, 5))
    assert ([each.title for each in plan.measures], plan.key_actions) == (["Calls answered", "Calls lost"], ())
    assert [[figure and int(figure) for figure in each.targets] for each in plan.measures] == [
        [80, None, None, None], [8, 7, None, None]
    ]  # fmt: skip
    assert [line.taken_as for line in new.lines if line.heading in MILESTONES_OF_MEASURES] == [
        "Target Q1", "Target Q2", "Note: Q3 milestone", "Note: Q4 2027/28 milestone"
    ]  # fmt: skip
    assert asked(new) == {
        "H1": "Q1 milestone and Q2 milestone: the heading says milestone, and the figures are taken as the targets of "
        "those quarters.",
        "J1": "Q3 milestone and Q4 2027/28 milestone: a measure has targets and no milestones; they are kept under "
        "Note.",
    }


def test_one_number_among_milestones_makes_no_target_and_a_year_no_percentage(tmp_path: Path) -> None:
    headings = ("Ref", "Measure", "Service", "Theme", "Polarity", "Unit", "Annual target", "Q1 milestone", "Q2 target")
    rows = [
        ("A1", "Calls answered", "Contact", "Fair", "High", "%", "80%", 2014, 2014),
        ("A2", "Visits paid", "Contact", "Fair", "High", "visits", 9, "Line open", 2014),
        ("A3", "Bins mended", "Contact", "Fair", "High", "%", "70%", "Depot moved", "2014%"),
    ]
    plan, new = made(tmp_path, headings, *rows)
    assert [[figure and str(figure) for figure in each.targets[:2]] for each in plan.measures] == [
        [None, None], [None, "2014"], [None, "20.14"]
    ]  # fmt: skip
    assert asked(new) == {
        "H1": "Q1 milestone: a measure has targets and no milestones; they are kept under Note.",
        "I2": "'2014' may be a year, and is no likely percentage. It is kept under Note.",
    }
    assert [row["Note: Q1 milestone"] for row in table(new.plan, "Measures")] == ["2014", "Line open", "Depot moved"]


@pytest.mark.parametrize(
    ("unit", "figures", "taken"),
    [
        ("homes", (1900, 1950, 2000, 2050), [1900, 1950, 2000, 2050]),
        (None, (450, 900, 1400, 1950), [450, 900, 1400, 1950]),
        (None, (2014, 2015, 2016, 2017), [None] * 4),
        ("Percentage", (10, 20, 30, 2014), [10, 20, 30, None]),
    ],
)
def test_a_figure_that_may_be_a_year_is_a_target_in_a_unit_or_beside_others(
    tmp_path: Path, unit: str | None, figures: tuple[int, ...], taken: list[int | None]
) -> None:
    headings = (
        "Ref",
        "Measure",
        "Service",
        "Theme",
        "Polarity",
        "Unit",
        *(f"Q{each} milestone" for each in range(1, 5)),
    )
    plan, _ = made(tmp_path, headings, ("A1", "New homes", "Housing", "Fair", "High", unit, *figures))
    got = [figure and int(figure * (100 if unit == "Percentage" else 1)) for figure in plan.measures[0].targets]
    assert got == taken


def test_milestones_in_words_or_beside_targets_stay_a_measures_notes(tmp_path: Path) -> None:
    headings = ("Ref", "Measure", "Service", "Theme", "Polarity", "Q1 target", "Q1 milestone", "Q2 milestone")
    plan, new = made(tmp_path, headings, ("A1", "Calls answered", "Contact", "Fair", "High", 80, 70, "Line open"))
    assert [figure and int(figure) for figure in plan.measures[0].targets] == [80, None, None, None]
    assert asked(new) == {
        "G1": "Q1 milestone and Q2 milestone: a measure has targets and no milestones; they are kept under Note."
    }
    (measure,) = table(new.plan, "Measures")
    assert (measure["Note: Q1 milestone"], measure["Note: Q2 milestone"]) == ("70", "Line open")


@pytest.mark.parametrize(
    ("said", "either"),
    [
        ("12.500 journeys", "'12.500' may mean 12.5 or 12,500"),
        ("£12.500", "'£12.500' may mean £12.5 or £12,500"),
        ("10.250 - 12.500", "'10.250' may mean 10.25 or 10,250"),
    ],
)
def test_so_is_one_with_its_unit_or_in_a_range(tmp_path: Path, said: str, either: str) -> None:
    headings = ("Ref", "Measure", "Service", "Theme", "Polarity", "Target Q1", "Target Q2")
    plan, new = made(tmp_path, headings, ("A1", "Journeys by bus", "Roads", "Fair", "High", said, "£12.500m"))
    assert asked(new)["F2"] == f"{either}. It is kept under Note."
    assert [str(figure) for figure in plan.measures[0].targets if figure] == ["12500000"]


def test_a_column_without_a_heading_is_told_where_it_is_kept(tmp_path: Path) -> None:
    rows = (("Ref", "Measure", "Service", "Theme", None), ("A1", "Trees planted", "Parks", "Green", "seen"))
    _, new = made(tmp_path, *rows)
    assert "column E has no heading, and is kept as Note: column E" in [line.taken_as for line in new.lines]


def test_in_a_folder_that_says_its_year_nobody_is_told_to_call_it_otherwise(tmp_path: Path) -> None:
    rows = (("Ref", "Measure", "Service", "Theme", "Target 2020"), ("A1", "Trees planted", "Parks", "Green", 5))
    _, new = made(tmp_path, *rows, name="2019 Q1")
    (query,) = [each for each in new.queries if each.cell == "E1"]
    assert (query.problem, query.what_to_do) == (
        "It is a target, and not of 2019; it is kept under Note.",
        "See whether it is the plan's.",
    )


@pytest.mark.parametrize(
    "title", ["Youth Council action plan", "Report of the Schools Council", "Arts Council targets"]
)
def test_other_councils_are_no_organisation(title: str) -> None:
    assert council_in(title) == ""


def test_which_way_is_better_is_known_by_its_words_where_the_heading_isnt(tmp_path: Path) -> None:
    rows = [
        ("P1", "Bins missed", "Waste", "Smaller is better", "Up", 40),
        ("P2", "Waste recycled", "Waste", "Maximise", "Down", 45),
    ]
    plan, new = made(tmp_path, ("Ref", "Measure", "Service", "Aspiration", "Since June", "Target"), *rows)
    assert [str(measure.better_when) for measure in plan.measures] == ["Lower", "Higher"]
    assert asked(new)["D1"] == (
        "The heading isn't known; it is taken as Better when, since its cells say which way is better."
    )
    told = {line.heading: line.taken_as for line in new.lines}
    assert told["Since June"] == "Note: Since June", "an arrow may be a trend"


def test_a_column_of_units_headed_number_or_per_cent_is_no_key(tmp_path: Path) -> None:
    rows = (("Swimmers", "Nr", 900), ("Lapsed members", "%", "12%"), ("Classes held", "Nr", 40))
    listed = [("Fit", f"{what} each year", unit, target, "High", "Leisure") for what, unit, target in rows]
    _, new = made(tmp_path, ("Aim", "Measure of success", "Nr/%", "2026/27 tgt", "Good is", "Resp. team"), *listed)
    assert [row["Key"] for row in table(new.plan, "Measures")] == ["M1", "M2", "M3"]
    assert "Note: Nr/%" in [line.taken_as for line in new.lines]


@pytest.mark.parametrize("unit", ["Number", "Days", "%"])
def test_so_is_one_headed_number_in_which_units_stand(tmp_path: Path, unit: str) -> None:
    rows = [(what, unit, "Low", "Leisure") for what in ("Lapsed members", "Days of closure")]
    made_of = make_folder(tmp_path / QUARTER, write(tmp_path, plain_book({"A": [UNITS_AS_NO, *rows]}), "list.xlsx"))
    assert [row["Key"] for row in table(made_of.plan, "Measures")] == ["M1", "M2"]


def test_so_is_one_of_words_that_repeat_though_they_are_known_as_no_units(tmp_path: Path) -> None:
    listed = {"Visits to museums": "visits", "Visits to baths": "Visits", "Applications decided": "applications"}
    rows = [(what, unit, "High", "Leisure") for what, unit in listed.items()]
    plan, new = made(tmp_path, UNITS_AS_NO, *rows)
    assert [measure.key for measure in plan.measures] == ["M1", "M2", "M3"]
    assert "Note: No." in [line.taken_as for line in new.lines]


def test_letters_of_measures_are_keys_also_where_one_stands_twice_beside_a_unit(tmp_path: Path) -> None:
    rows = [("A", "Swimmers"), ("B", "Lapsed members"), ("B", "Classes held")]
    headings = ("No.", "Measure", "Unit", "Good is", "Service area")
    plan, _ = made(tmp_path, headings, *((*row, "people", "High", "Leisure") for row in rows))
    assert [measure.key for measure in plan.measures] == ["A", "B", "B-2"]


def test_letters_of_measures_are_keys_also_where_one_has_parts(tmp_path: Path) -> None:
    rows = [("A", "", "Swimmers"), ("A", "i", "Swimmers under 16"), ("B", "", "Lapsed members")]
    headings = ("No.", "Part", "Measure", "Good is", "Service area")
    plan, _ = made(tmp_path, headings, *((*row, "High", "Leisure") for row in rows))
    assert {measure.key for measure in plan.measures} == {"A", "B"}


@pytest.mark.parametrize("keys", [("A", "A", "B"), ("One", "One", "Two"), ("N", "N", "O")])
def test_keys_of_letters_are_keys(tmp_path: Path, keys: tuple[str, ...]) -> None:
    steps = [("Build baths", "Contractor"), ("Build baths", "Opening"), ("Adopt the plan", "Draft")]
    rows = [(key, *step, date(2026, 9, 30), "Leisure") for key, step in zip(keys, steps, strict=True)]
    plan, _ = made(tmp_path, ("No", "Action", "Milestone", "Due", "Service area"), *rows)
    assert [action.key for action in plan.key_actions] == [keys[0], keys[2]]
    assert [step.key for step in plan.milestones] == [*keys]


def test_milestones_numbered_in_roman_figures_keep_them(tmp_path: Path) -> None:
    steps = [("Build baths", "i", "Contractor"), ("Build baths", "ii", "Opening"), ("Adopt the plan", "i", "Draft")]
    rows = [(*step, date(2026, 9, 30), "Leisure") for step in steps]
    plan, new = made(tmp_path, ("Action", "No", "Milestone", "Due", "Service area"), *rows)
    assert [step.no for step in plan.milestones] == ["i", "ii", "i"]
    assert asked(new)["B1"].startswith("It may number the key actions or their milestones, and is taken as No,")


def test_the_end_of_an_action_is_when_it_is_due(tmp_path: Path) -> None:
    rows = [(1, "Modernise libraries", "Pilot open hours", date(2026, 9, 30), "Libraries")]
    plan, _ = made(tmp_path, ("No.", "Action", "Deliverables", "End", "Responsible team"), *rows)
    assert [str(step.due) for step in plan.milestones] == ["2026-09-30"]
    assert [action.ends for action in plan.key_actions] == [None]
    own = ("Key", "Key action", "Service area", "Ends")
    plan, _ = made(tmp_path, own, ("K1", "Mend roads", "Roads", date(2027, 3, 31)), name="2026-27 Q3")
    assert [str(action.ends) for action in plan.key_actions] == ["2026/27 Q4"], "the plan's own heading"


def test_the_end_of_a_measure_is_when_it_ends(tmp_path: Path) -> None:
    headings = ("Ref", "Measure", "Service", "Theme", "Polarity", "Target", "Start", "End")
    row = ("P1", "Bins missed", "Waste", "Green", "Low", 40, date(2026, 4, 1), date(2027, 3, 31))
    plan, _ = made(tmp_path, headings, row)
    assert [(str(each.starts), str(each.ends)) for each in plan.measures] == [("2026/27 Q1", "2026/27 Q4")]


def test_a_day_as_a_heading_is_told_and_kept(tmp_path: Path) -> None:
    headings = ("Action no.", "Action / Project", "Responsible service", date(2026, 6, 30))
    _, new = made(tmp_path, headings, (7, "New baths", "Leisure", "Design agreed"))
    assert {line.heading: line.taken_as for line in new.lines}["30 June 2026"] == "Note: 30 June 2026"
    (action,) = table(new.plan, "Key actions")
    assert action["Note: 30 June 2026"] == "Design agreed"


def test_targets_beneath_a_day_are_kept_and_asked_about(tmp_path: Path) -> None:
    days = (date(2026, 6, 30), None, date(2026, 9, 30), None)
    lower = (*[None] * 5, "Target", "Actual", "Target", "Actual", "Unit")
    row = ("P1", "Bins missed", "Waste", "Green", "Low", 50, 10, 60, 20, "bins")
    plan, new = made(tmp_path, ("Ref", "Measure", "Service", "Theme", "Good is", *days), lower, row)
    (measure,) = table(new.plan, "Measures")
    assert [(each.annual, each.unit) for each in plan.measures] == [(None, "bins")]
    assert [measure[f"Note: {each}"] for each in ("30 June 2026 Target", "30 September 2026 Actual")] == ["50", "20"]
    assert asked(new) == {
        "F2": "30 June 2026 Target and 30 September 2026 Target: the heading names a day, and no quarter; what stands "
        "there is kept under Note."
    }


def test_so_are_days_beneath_targets(tmp_path: Path) -> None:
    days = (None, None, None, None, None, date(2026, 6, 30), date(2026, 9, 30), date(2026, 6, 30))
    headings = ("Ref", "Measure", "Service", "Theme", "Good is", "Target", None, "Actual")
    plan, new = made(tmp_path, headings, days, ("P1", "Bins missed", "Waste", "Green", "Low", 50, 60, 20))
    assert [(each.key, each.annual) for each in plan.measures] == [("P1", None)]
    (measure,) = table(new.plan, "Measures")
    assert [measure[f"Note: Target {each}"] for each in ("30 June 2026", "30 September 2026")] == ["50", "60"]
    assert asked(new)["F2"].startswith("Target 30 June 2026 and Target 30 September 2026: the heading names a day,")


@pytest.mark.parametrize("above", [(date(2026, 6, 30),), ("Measures at", date(2026, 6, 30))])
def test_a_day_above_a_list_heads_no_column_of_it(tmp_path: Path, above: tuple[Any, ...]) -> None:
    headings = ("Ref", "Measure", "Service", "Theme", "Good is", "Target", "How we know")
    plan, _ = made(tmp_path, above, headings, ("P1", "Bins missed", "Waste", "Green", "Low", 50, "By calls"))
    assert [(each.key, str(each.annual)) for each in plan.measures] == [("P1", "50")]


@pytest.mark.parametrize("times", [1, 60])
def test_rows_in_one_cell_each_are_told(tmp_path: Path, times: int) -> None:
    lines = [("Council plan",), ("ref;title;aim;target",), *[("P1;Potholes, mended;Maximise;95",)] * (times + 1)]
    with pytest.raises(RagtoolError) as stopped:
        made(tmp_path, *lines)
    assert [query.problem for query in stopped.value.queries] == [
        "Each row stands in one cell, parted by semicolons, so no list is seen."
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("Our aim, as ever, is to serve.", "We ask, we listen, we act.", "Write to us, or call, in office hours."),
        ("Smith, John", "Jones, Ann", "Service, Owner"),
        ("one@example.org; two@example.org", "three@example.org; four@example.org"),
        ("ref, title, aim, target", "and no row that has as many", "of them"),
    ],
)
def test_commas_of_texts_part_no_rows(tmp_path: Path, texts: tuple[str, ...]) -> None:
    with pytest.raises(RagtoolError) as stopped:
        made(tmp_path, *((each,) for each in texts))
    assert not stopped.value.queries


def test_a_quotation_that_never_ends_parts_no_rows(tmp_path: Path) -> None:
    sheets = {
        "KPIs": (("Ref", "Measure", "Service", "Theme"), ("P1", "Trees planted", "Parks", "Green")),
        "Background": (('"Our plan is a promise, and this is how we keep it.',), *[("In their words. " * 1000,)] * 9),
    }
    new = make_folder(tmp_path / QUARTER, write(tmp_path, plain_book(sheets), "list.xlsx"))
    assert [each.title for each in read_plan(new.plan)[0].measures] == ["Trees planted"]


def test_shares_of_one_item_in_several_quarters_are_told_by_their_rows(tmp_path: Path) -> None:
    headings = ("Ref", "Measure", "Service", "Unit", "Good is", "Target", "Q1 2025/26 actual", "Q2 2025/26 actual")
    new = make_folder(
        tmp_path / QUARTER,
        write(
            tmp_path,
            plain_book({"Sheet": [headings, ("P1", "Recycled", "Waste", "%", "High", "50%", 0.4, 0.5)]}),
            "list.xlsx",
        ),
    )
    (unclear,) = [query.problem for query in new.queries if query.sheet == "Earlier quarters"]
    assert "such figures for P1 (row 5) too" in unclear


def test_what_is_doubtful_about_the_names_and_rows_of_a_list_is_told(tmp_path: Path) -> None:
    headings = ("Ref", "Action", "Service area", "By when")
    rows = [
        ("Better homes",),
        ("B1", "Build", "Housing; Planning", date(2026, 9, 30)),
        (None, "Mend", "Housing services", date(2026, 9, 30)),
        ("B3", "Let", "housing-services", date(2026, 9, 30)),
        ("B4", None, "Planning", date(2026, 9, 30)),
        ("Overall total", 4, None, None),
    ]
    new = make_folder(tmp_path / QUARTER, write(tmp_path, plain_book({"Sheet": [headings, *rows]}), "list.xlsx"))
    assert asked(new) == {
        "A2": "'Better homes' stands over the rows beneath it, and is taken as their Theme.",
        "B6": "The row doesn't say what is to be done.",
        "A7": "The row is a total, so it isn't taken.",
        "A4": "It has no key in the list, so it is given one.",
        "C3": "It names several; 'Housing' is taken as the service area, the others as contributing.",
        "C5": "'housing-services' and 'Housing services' may be one service area; they are taken as two.",
    }
    assert [row["Key"] for row in table(new.plan, "Key actions")][-1] == "B4", "the key that it has in the list"
    measures = [("Ref", "Measure", "Service", "Unit", "Target"), ("M1", "Built", "Housing; Planning", "homes", "80%")]
    sheet = plain_book({"Sheet": measures})
    new = make_folder(tmp_path / "2026-27 Q3", write(tmp_path, sheet, "list.xlsx"))
    assert asked(new)["E2"] == "'80%' is a percentage, but the unit is homes. It is kept under Note."
    assert asked(new)["C2"] == (
        "It names several; 'Housing' is taken as the service area. The others are kept under Note."
    )
