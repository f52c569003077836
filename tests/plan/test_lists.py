"""Councils' own lists, taken into a plan: what is taken for what, what is asked, and that nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from council_lists import LISTS, save_list
from messy import write
from officers import table
from plain_books import plain_book
from ragtool import columns as c
from ragtool.cli import run
from ragtool.commands.new import NewFolder, make_folder
from ragtool.model import Basis, Query, Severity
from ragtool.plan.lists.heading_meanings import meaning_of
from ragtool.plan.lists.how_often import covers_year_so_far, frequency_said
from ragtool.plan.lists.list_doubts import Doubts
from ragtool.plan.lists.listed_words import Said
from ragtool.plan.lists.organisation_named import council_in
from ragtool.plan.plan import Plan
from ragtool.plan.plan_reading import read_plan
from ragtool.sheets.unreadable import Unreadable
from ragtool.workbooks.opening import Cell
from typed_cells import TypedBook

QUARTER = "2013-14 Q2"
PLAIN = ("actions", "parts", "mixed")
"""Lists of which nothing need be asked."""

Made = tuple[NewFolder, Plan | None]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """Each of the lists in a plan."""
    folder = tmp_path_factory.mktemp("lists")
    plans: dict[str, Made] = {}
    for name in LISTS:
        new = make_folder(folder / name / QUARTER, save_list(name, folder))
        plans[name] = (new, None if name == "tracker" else read_plan(new.plan)[0])
    return plans


def plan_of_list(made: dict[str, Made], name: str) -> Any:
    plan = made[name][1]
    assert plan
    return plan


@pytest.mark.parametrize("name", PLAIN)
def test_of_a_plain_list_nothing_is_asked(made: dict[str, Made], name: str) -> None:
    assert made[name][0].queries == ()


def test_what_was_taken_for_what_is_told_and_stands_in_the_plan(made: dict[str, Made]) -> None:
    new, _ = made["flat"]
    told = {line.heading: (line.taken_as, line.aside) for line in new.lines if line.heading}
    assert told["KPI Ref"] == (c.KEY, False)
    assert told["Aim to"] == (c.BETTER_WHEN, False)
    assert told["Corporate Priority"] == (c.THEME, False)
    assert told["Outturn 2012/13"] == ("Note: Outturn 2012/13", True)
    page = load_workbook(new.plan)[c.PlanSheets.FROM_LIST.name]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
    assert ["flat.xlsx", "KPIs 2013-14", "A4", "KPI Ref", c.KEY, None, None] in rows


def test_targets_units_and_directions_are_read_as_they_are_meant(made: dict[str, Made]) -> None:
    waste, missed, days, tax = plan_of_list(made, "flat").measures
    assert (waste.unit, waste.better_when, waste.decimals) == ("%", "Higher", 1)
    assert [str(each) for each in waste.targets] == ["0.46", "0.465", "0.47", "0.475"]
    assert (missed.unit, missed.better_when, missed.annual) == ("", "Lower", 48)
    assert (days.unit, days.targets[2]) == ("days", pytest.approx(25.5))
    assert (str(tax.annual), tax.panels, tax.area) == ("0.983", ("Resources",), "Finance")


def test_what_stands_above_the_list_names_the_organisation_and_is_asked(made: dict[str, Made]) -> None:
    assert plan_of_list(made, "flat").settings.organisation == "Westermere District Council"
    (asked,) = made["flat"][0].queries
    assert asked.problem == "'Westermere District Council' is taken as the organisation."
    assert (asked.sheet, asked.cell) == ("KPIs 2013-14", "A1")


@pytest.mark.parametrize(
    ("title", "council"),
    [
        ("Borough of Westermere Council: measures", "Borough of Westermere Council"),
        ("East Riding of Westermere Council", "East Riding of Westermere Council"),
        ("Report to the Westermere and Easton City Council", "Westermere and Easton City Council"),
        ("Report of the Leader to Full Council", ""),
        ("Full Council", ""),
        ("Performance of the Council", ""),
        ("Cabinet and Council", ""),
        ("The Borough Council", ""),
        ("KPIs of Westermere Borough Council", ""),
        ("Savings of Westermere Council", ""),
    ],
)
def test_a_title_names_a_council_only_where_it_may_mean_nothing_else(title: str, council: str) -> None:
    assert council_in(title) == council


def test_rows_that_stand_over_others_name_their_service_area(made: dict[str, Made]) -> None:
    new, _ = made["directorates"]
    measures = plan_of_list(made, "directorates").measures
    assert [each.area for each in measures] == ["People Directorate"] * 2 + ["Place Directorate"] * 2
    assert [(each.better_when, each.unit) for each in measures] == [
        ("Higher", "%"),
        ("Lower", "days"),
        ("Higher", "%"),
        ("Less than", "%"),
    ]
    first, second = new.queries
    assert first.problem == "'<2%' says that it is better Less than, and is taken so."
    assert (first.cell, first.key) == ("D8", "PL2")
    assert (
        second.problem == "'Note: targets were agreed by Cabinet in March.' stands beneath the list, so it isn't taken."
    )


def test_headings_over_two_lines_tell_targets_from_what_was_achieved(made: dict[str, Made]) -> None:
    new, _ = made["two lines"]
    calls, complaints, sickness = plan_of_list(made, "two lines").measures
    assert [str(each) for each in calls.targets] == ["0.8", "0.8", "0.82", "0.85"]
    assert (complaints.key, complaints.targets[3], sickness.targets[0]) == ("2", 10, 2)
    (row,) = [row for row in plan_rows(new.plan, "Measures") if row[c.KEY] == "1"]
    assert (row["Note: 2013/14 Actual Q2"], row["Note: RAG"]) == ("83 %", "A")
    assert row["Note: Comments"] == "New system in May"
    (asked,) = new.queries
    assert asked.problem.startswith("No column names the theme or priority")


def plan_rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    if TypedBook(path.read_bytes()).table_of(sheet):
        return table(path, sheet)
    headings, *rows = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, headings), row, strict=True)) for row in rows if any(row)]


def test_sheets_that_count_alike_get_keys_of_their_own_and_a_hidden_one_is_told(made: dict[str, Made]) -> None:
    new, _ = made["several sheets"]
    plan = plan_of_list(made, "several sheets")
    assert [each.key for each in plan.items] == ["K1", "K2", "M1", "M2", "M3"]
    assert [(each.key, each.text, str(each.due)) for each in plan.milestones] == [
        ("K1", "Open the new museum", "2014-03-31"),
        ("K2", "Write a housing strategy", "2013/14 Q3"),
    ]
    assert {(each.theme, each.number, each.title) for each in plan.outcomes} == {
        ("Thriving", "2", "People enjoy culture"),
        ("Thriving", "1", "Business grows"),
        ("Caring", "1", "Nobody sleeps rough"),
    }
    years, hidden = new.queries
    assert years.problem == "It is one target for the year, against which each quarter's figure is held."
    assert (hidden.sheet, hidden.problem) == ("2012-13", "The sheet is hidden, so its list isn't taken.")


def test_milestones_stand_under_merged_actions_and_keep_what_the_plan_has_not(made: dict[str, Made]) -> None:
    new, _ = made["tracker"]
    steps = plan_rows(new.plan, "Milestones")
    assert [(row[c.KEY], row[c.NO], row[c.MILESTONE]) for row in steps] == [
        ("G1", "1", "Buy the land"),
        ("G1", "2", "Start on site"),
        ("G1", "3", "First homes let"),
        ("G2", "1", "Choose an architect"),
        ("C1", "1", "Consult families"),
    ]
    assert [row[c.DUE] for row in steps[1:4:2]] == ["2013/14 Q3", "2013/14 Q3"]
    assert (steps[0]["Note: Update"], steps[0]["Note: Status"]) == ("Bought in July", "Complete")
    assert steps[2]["Note: Lead"] == "Lettings Manager"
    assert steps[4]["Note: Deadline"] == "Ongoing"
    actions = plan_rows(new.plan, "Key actions")
    assert [(row[c.KEY], row[c.THEME]) for row in actions] == [("G1", "Growing"), ("G2", "Growing"), ("C1", "Caring")]
    problems = [query.problem for query in new.queries]
    assert "'Dec 2013' is taken as 2013/14 Q3." in problems
    assert "'Ongoing' is neither a quarter nor a date." in problems
    assert problems[-1] == "Due is blank."  # as templates will say


def test_keys_that_are_numbers_and_targets_in_words(made: dict[str, Made]) -> None:
    new, _ = made["numbers"]
    measures = {each.key: each for each in plan_of_list(made, "numbers").measures}
    assert list(measures) == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.2-2", "2.3"]
    assert [each.theme for each in measures.values()] == ["Stronger communities"] * 3 + ["A sound council"] * 4
    assert (str(measures["1.1"].annual), str(measures["1.1"].level)) == ("0.85", "0.05")
    assert (measures["1.2"].annual, measures["1.2"].unit) == (5, "minutes")
    assert (measures["1.3"].low, measures["1.3"].high, measures["1.3"].better_when) == (18, 21, "In range")
    assert (measures["2.1"].annual, measures["2.1"].unit) == (1_200_000, "£")
    assert (measures["2.3"].status, measures["2.2-2"].area) == ("Data only", "Finance")
    (row,) = [row for row in plan_rows(new.plan, "Measures") if row[c.KEY] == "2.2"]
    assert (row["Note: Target 13/14"], row["Note: Higher or lower is better?"]) == ("Top quartile", "Plan is best")
    doubtful = {(query.cell, query.problem) for query in new.queries}
    assert ("B7", "'2.2' stands in Measures, row 6 already; in the plan it is 2.2-2.") in doubtful
    assert ("E6", "'Plan is best' doesn't say which way is better. It is kept under Note.") in doubtful
    assert ("C2", "Its unit is taken as %, since its name begins so.") in doubtful


def test_actions_without_milestones_are_their_own_and_keep_their_state(made: dict[str, Made]) -> None:
    plan = plan_of_list(made, "actions")
    assert [(each.key, each.status) for each in plan.key_actions] == [
        ("K1", "Active"),
        ("K2", "On hold"),
        ("K3", "Complete"),
    ]
    assert [each.text for each in plan.milestones] == [each.title for each in plan.key_actions]
    sentences = [line.taken_as for line in made["actions"][0].lines if not line.heading]
    assert "The list on Action plan has no keys, so they are made: K1, K2 and so on." in sentences
    assert "The key actions on Action plan have no milestones, so each that has a date has one, itself." in sentences


def test_parts_belong_to_their_measure_which_is_made_where_it_has_no_row(made: dict[str, Made]) -> None:
    measures = plan_of_list(made, "parts").measures
    assert [(each.key, each.part, each.unit, each.annual and str(each.annual)) for each in measures] == [
        ("P1", None, "", None),
        ("P1", "1", "%", "0.8"),
        ("P1", "2", "", "5000"),
        ("P2", None, "", None),
        ("P2", "1", "", "120"),
    ]
    assert plan_of_list(made, "parts").outcomes[0].leads == ("Director of Resources",)


def test_a_column_tells_measures_from_actions(made: dict[str, Made]) -> None:
    plan = plan_of_list(made, "mixed")
    assert [(each.key, str(each.annual)) for each in plan.measures] == [("S1", "0.75")]
    assert [(each.key, str(each.due)) for each in plan.milestones] == [("S2", "2014-01-31")]


def saved(folder: Path, *rows: tuple[Any, ...]) -> Path:
    return write(folder, plain_book({"Sheet": rows}), "list.xlsx")


MEASURE = ("A1", "Trees planted", "Parks", "High", "Green")
MEASURE_HEADINGS = ("Ref", "Measure", "Service", "Good is", "Theme")


@pytest.mark.parametrize(
    ("heading", "cell", "problem"),
    [
        ("Target", "circa 50", "'circa 50' is not a figure. It is kept under Note."),
        ("Target", "at most 50", "'at most 50' says otherwise than that it is better Higher, which is taken."),
        ("Frequency", "Annual", "'Annual' is taken as reported in Q4."),
        ("Frequency", "Termly", "'Termly' doesn't say in which quarters it is reported. It is kept under Note."),
        ("Basis", "odd", "'odd' doesn't say what the figure covers. It is kept under Note."),
        ("Status", "Amber", "'Amber' is none of the states that the plan knows. It is kept under Note."),
        ("Targett", 5, "The heading isn't known; it is taken as Annual target, since it is like 'target'."),
        ("Directorate area", 5, None),
        ("Target 2012/13", 5, "It is a target, and not of 2013/14; it is kept under Note."),
        ("Measure name", "other", "It may be Measure, as 'Measure' may, which is taken as it since it stands first."),
        (
            "Q3",
            5,
            "Q3: the heading names a quarter, and not whether its figures are targets; they are kept under Note.",
        ),
    ],
)
def test_what_is_doubtful_is_asked_at_its_cell_and_is_kept(
    tmp_path: Path, heading: str, cell: object, problem: str | None
) -> None:
    path = saved(tmp_path, (*MEASURE_HEADINGS, heading), (*MEASURE, cell))
    new = make_folder(tmp_path / QUARTER, path)
    problems = [query.problem for query in new.queries if query.sheet == "Sheet"]
    assert problems == ([problem] if problem else [])
    everything = {str(value) for row in plan_rows(new.plan, "Measures") for value in row.values()}
    assert (
        str(cell) in everything
        or problem == "'at most 50' says otherwise than that it is better Higher, which is taken."
    )


def test_a_bare_share_is_left_to_the_plans_own_rule(tmp_path: Path) -> None:
    path = saved(tmp_path, (*MEASURE_HEADINGS, "Unit", "Target"), (*MEASURE, "%", 0.8))
    new = make_folder(tmp_path / QUARTER, path)
    assert [query.problem for query in new.queries] == [
        "'0.8' may be a share or so many per cent; it is taken as it stands.",
        "'0.8' may mean 0.8 % or 80 %: the cell isn't formatted as a percentage.",
    ]


def test_columns_with_one_heading_or_none_are_kept_apart(tmp_path: Path) -> None:
    headings = (*MEASURE_HEADINGS, "Q1", "Comments", "Q2", "comments", None, None)
    path = saved(tmp_path, headings, (*MEASURE, 1, "Wet", 2, "Dry", "seen", "by Parks"))
    new = make_folder(tmp_path / QUARTER, path)
    (row,) = plan_rows(new.plan, "Measures")
    assert (row["Note: Comments (G)"], row["Note: comments (I)"]) == ("Wet", "Dry")
    assert (row["Note: column J"], row["Note: column K"]) == ("seen", "by Parks")
    told = [(line.cell, line.heading, line.taken_as) for line in new.lines if "omments" in line.heading]
    assert told == [("G1", "Comments", "Note: Comments (G)"), ("I1", "comments", "Note: comments (I)")]


def test_a_doubt_about_one_of_two_columns_with_one_heading_names_its_cell(tmp_path: Path) -> None:
    path = saved(tmp_path, (*MEASURE_HEADINGS, "Target", "Unit", "Target"), (*MEASURE, "about 5", "", "about 6"))
    queries = make_folder(tmp_path / QUARTER, path).queries
    assert ("F2", "'about 5' is not a figure. It is kept under Note.") in [
        (each.cell, each.problem) for each in queries
    ]


ACTION = ("K1", "Plant trees", "Parks", "Green")
ACTION_HEADINGS = ("Ref", "Key action", "Service", "Theme")


def test_what_rows_beneath_an_action_say_of_it_is_kept_beside_what_it_says(tmp_path: Path) -> None:
    rows = [(*ACTION, "Wet"), (None, None, None, None, "Dry"), (None, None, None, None, "Dry again")]
    path = saved(tmp_path, (*ACTION_HEADINGS, "Comment"), *rows)
    (row,) = plan_rows(make_folder(tmp_path / QUARTER, path).plan, "Key actions")
    assert row["Note: Comment"] == "Wet; Dry; Dry again"


def test_an_action_whose_date_is_not_understood_has_a_milestone_in_which_to_type_it(tmp_path: Path) -> None:
    rows = [(*ACTION, "Spring 2014"), ("K2", *ACTION[1:], "30/11/2013"), ("K3", *ACTION[1:], None)]
    new = make_folder(tmp_path / QUARTER, saved(tmp_path, (*ACTION_HEADINGS, "Due"), *rows))
    first, second = plan_rows(new.plan, "Milestones")
    assert (first[c.KEY], first[c.MILESTONE], first[c.DUE], second[c.KEY]) == ("K1", "Plant trees", None, "K2")
    problems = [(query.file, query.key, query.problem) for query in new.queries]
    assert ("corporate_plan.xlsx", "K1 no. 1", "Due is blank.") in problems
    assert new.counted == "3 key actions and 2 milestones"


def test_each_date_of_an_action_is_a_milestone_and_nothing_beside_it_is_lost(tmp_path: Path) -> None:
    """Rows beneath an action, and rows that name it again, say when it is due again, whose that is and its state."""
    rows = [
        (*ACTION, "2013/14 Q2", None),
        (None, None, "Finance", None, "2013/14 Q4", "On hold"),
        (*ACTION[:2], "Finance", "Green", "2013/14 Q3", "Complete"),
        (None, None, "Housing", None, "2013/14 Q3", "Closed"),
    ]
    new = make_folder(tmp_path / QUARTER, saved(tmp_path, (*ACTION_HEADINGS, "Due", "Status"), *rows))
    (action,), steps = (plan_rows(new.plan, sheet) for sheet in ("Key actions", "Milestones"))
    assert [(row[c.NO], row[c.DUE], row[c.SERVICE_AREA]) for row in steps] == [
        ("1", "2013/14 Q2", None),
        ("2", "2013/14 Q4", "Finance"),
        ("3", "2013/14 Q3", "Finance"),
    ]
    assert {row[c.MILESTONE] for row in steps} == {"Plant trees"}
    assert [row.get("Note: Status") for row in steps] == [None, "On hold", "Complete"]
    assert (action["Note: Service"], action["Note: Status"]) == ("Housing", "Closed")
    asked = [query.problem for query in new.queries]
    assert sum("which is kept under Note: it is asked for all the same." in problem for problem in asked) == 2


@pytest.mark.parametrize(
    ("said", "so_far"), [("Quarterly (cumulative)", True), ("YTD", True), ("Not cumulative", False), ("Non-YTD", False)]
)
def test_a_figure_covers_the_year_so_far_unless_it_is_said_not_to(said: str, so_far: bool) -> None:
    assert covers_year_so_far(Cell(said)) is so_far


def test_milestones_are_numbered_beside_the_numbers_that_they_have(tmp_path: Path) -> None:
    headings = (*ACTION_HEADINGS, "Milestone no", "Milestone", "Due")
    rows = [(*ACTION, *row, "2013/14 Q2") for row in ((None, "Dig"), (1, "Plant"), (None, "Water"))]
    steps = plan_rows(make_folder(tmp_path / QUARTER, saved(tmp_path, headings, *rows)).plan, "Milestones")
    assert [(row[c.MILESTONE], str(row[c.NO])) for row in steps] == [("Dig", "2"), ("Plant", "1"), ("Water", "3")]


def test_a_key_that_only_a_later_row_has_is_its_actions(tmp_path: Path) -> None:
    headings = (*ACTION_HEADINGS, "Milestone", "Due")
    rows = [(None, *ACTION[1:], "Dig", "2013/14 Q2"), (*ACTION, "Plant", "2013/14 Q2")]
    plan = make_folder(tmp_path / QUARTER, saved(tmp_path, headings, *rows)).plan
    assert [row[c.KEY] for row in plan_rows(plan, "Key actions")] == ["K1"]
    assert [row[c.KEY] for row in plan_rows(plan, "Milestones")] == ["K1", "K1"]


def test_a_row_without_its_milestone_is_asked_about_where_others_name_one(tmp_path: Path) -> None:
    headings = (*ACTION_HEADINGS, "Milestone", "Due")
    rows = [(*ACTION, "Dig", "2013/14 Q2"), ("K2", "Sow seeds", *ACTION[2:], None, "2013/14 Q3")]
    new = make_folder(tmp_path / QUARTER, saved(tmp_path, headings, *rows))
    assert [row[c.MILESTONE] for row in plan_rows(new.plan, "Milestones")] == ["Dig", "Sow seeds"]
    assert [query.problem for query in new.queries if "names no milestone" in query.problem] == [
        "The row names no milestone, so the key action itself is one, by its date."
    ]
    assert not any("have no milestones" in sentence for sentence in [line.taken_as for line in new.lines])


def test_a_theme_is_the_same_however_it_is_spelled(tmp_path: Path) -> None:
    headings = ("Ref", "Measure", "Good is", "Theme", "Service", "Outcome")
    rows = [("A1", "Trees planted", "High", "T1", "Parks", "Shade"), ("A2", "Trees felled", "Low", "t1", None, None)]
    _, felled = plan_rows(make_folder(tmp_path / QUARTER, saved(tmp_path, headings, *rows)).plan, "Measures")
    assert (felled[c.THEME], felled[c.SERVICE_AREA], str(felled[c.OUTCOME_NO])) == ("T1", "Parks", "1")


def test_a_blank_cell_is_the_one_above_within_a_theme_and_a_blank_panel_is_none(tmp_path: Path) -> None:
    headings = ("Ref", "Measure", "Good is", "Theme", "Service", "Outcome", "Panel")
    rows = [
        ("A1", "Trees planted", "High", "Green", "Parks", "Shade", "Community"),
        ("A2", "Trees felled", "Low", None, None, None, None),
        ("A3", "Bins missed", "Low", "Clean", None, None, None),
    ]
    new = make_folder(tmp_path / QUARTER, saved(tmp_path, headings, *rows))
    _, felled, bins = plan_rows(new.plan, "Measures")
    assert (felled[c.THEME], felled[c.SERVICE_AREA], felled[c.PANEL]) == ("Green", "Parks", None)
    assert (bins[c.THEME], bins[c.SERVICE_AREA], bins[c.PANEL]) == ("Clean", None, None)
    titles = {(row[c.THEME], row[c.OUTCOME]) for row in plan_rows(new.plan, "Outcomes")}
    assert titles == {("Green", "Shade"), ("Clean", "Clean")}
    assert "Service area is blank." in {query.problem for query in new.queries}


def test_in_a_folder_of_a_calendar_year_months_lie_in_its_quarters(tmp_path: Path) -> None:
    rows = [(*ACTION, "June 2019"), ("K2", *ACTION[1:], "2019 Q1")]
    path = saved(tmp_path, (*ACTION_HEADINGS, "Due"), *rows)
    new = make_folder(tmp_path / "2019 Q1", path)
    assert [(query.cell, query.problem) for query in new.queries] == [("E2", "'June 2019' is taken as 2019 Q2.")]
    plan, _ = read_plan(new.plan)
    assert plan.settings.financial_year_starts == 1
    assert [str(each.due) for each in plan.milestones] == ["2019 Q2", "2019 Q1"]
    assert run(["templates", str(new.plan.parent), "--quarter", "2019 Q1"]) == 1  # its Organisation is blank
    assert len(list((new.plan.parent / "returns").glob("*.xlsx"))) == 1


def test_a_blank_plan_has_the_years_that_its_folder_is_named_after(tmp_path: Path) -> None:
    starts = [
        next(row[c.VALUE] for row in plan_rows(make_folder(tmp_path / name).plan, "Settings")
             if row[c.SETTING] == "Financial year starts")
        for name in ("2019 Q1", "2013-14 Q2", "Spring")
    ]  # fmt: skip
    assert starts == ["January", "April", "April"]


def test_a_sheet_without_rows_is_named_without_a_cell(tmp_path: Path, capsys: Any) -> None:
    path = saved(tmp_path, ("Ref", "Measure", "Good is", "Theme"), ("A1", "Trees planted", "High", "Green"))
    assert run(["new", str(tmp_path / QUARTER), "--from", str(path)]) == 1
    said = capsys.readouterr()
    assert "corporate_plan.xlsx, Service areas: The sheet" in said.out + said.err
    assert "A0" not in said.out + said.err


def test_a_query_about_several_cells_stays_as_it_is() -> None:
    query = Query("list.xlsx", "Sheet", "A4:B6", "", Severity.QUERY, "They are merged.", "Part them.")
    doubts = Doubts()
    doubts.add_query(query)
    assert list(doubts.queries()) == [query]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("nan", "The cell holds only what a program leaves where it has no value ('nan')."),
        *((typed, f"'{typed}' is not a figure.") for typed in ("Infinity", "1e3000000", "1e-3000000")),
    ],
)
def test_what_only_a_program_takes_for_a_number_is_no_figure(tmp_path: Path, typed: str, problem: str) -> None:
    path = saved(tmp_path, (*MEASURE_HEADINGS, "Unit", "Target"), (*MEASURE, "%", typed))
    new = make_folder(tmp_path / QUARTER, path)
    assert [query.problem for query in new.queries][:1] == [f"{problem} It is kept under Note."]
    (row,) = plan_rows(new.plan, "Measures")
    assert row["Note: Target"] == typed


def test_the_same_question_is_asked_once(tmp_path: Path) -> None:
    rows = [(f"A{number}", *MEASURE[1:], "Termly") for number in range(9)]
    new = make_folder(tmp_path / QUARTER, saved(tmp_path, (*MEASURE_HEADINGS, "Frequency"), *rows))
    (query,) = new.queries
    assert query.problem.endswith("So it is in rows 3, 4, 5, 6, 7 and 3 more.")


def test_a_text_file_is_read_in_the_encodings_that_excel_saves(tmp_path: Path) -> None:
    text = 'Ref;Measure;Service;Good is;Theme;Target\nA1;"Savings; caf\u00e9s";Finance;High;Sound;\u00a31,200\n'
    for number, encoding in enumerate(("utf-8-sig", "cp1252", "utf-16")):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(text.encode(encoding))
        plan, _ = read_plan(make_folder(tmp_path / str(number) / QUARTER, path).plan)
        (measure,) = plan.measures
        assert (measure.title, measure.annual and int(measure.annual), measure.unit) == (
            "Savings; caf\u00e9s",
            1200,
            "\u00a3",
        )


@pytest.mark.parametrize(("sign", "in_texts"), [(";", ", "), (",", "; "), ("\t", ", "), ("|", "; ")])
def test_a_sign_that_stands_in_the_texts_parts_no_cells(tmp_path: Path, sign: str, in_texts: str) -> None:
    said = [in_texts.join(("Trees", *["hedges"] * more, "and flowers planted")) for more in (3, 5, 7)]
    rows = [MEASURE_HEADINGS, *((f"A{number}", each, *MEASURE[2:]) for number, each in enumerate(said))]
    (tmp_path / "list.csv").write_text("\n".join(map(sign.join, [("Our council",), *rows])), encoding="utf-8")
    taken = plan_rows(make_folder(tmp_path / QUARTER, tmp_path / "list.csv").plan, "Measures")
    assert [(row[c.MEASURE], row[c.SERVICE_AREA]) for row in taken] == [(each, "Parks") for each in said]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("Dear all",), ("a", "b", "c")], "No list of measures, key actions or milestones was found in"),
        ([("Ref", "Description", "Lead"), ("1", "x", "y")], "It can't be told whether this is a list of measures"),
        ([(*MEASURE_HEADINGS,), *[MEASURE] * 10_001], "holds more than 10,000 rows of lists"),
    ],
)
def test_what_is_no_list_is_a_sentence(tmp_path: Path, capsys: Any, rows: Any, sentence: str) -> None:
    assert run(["new", str(tmp_path / QUARTER), "--from", str(saved(tmp_path, *rows))]) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / QUARTER).exists()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("list.pdf", b"%PDF-1.7", "The list {path} can't be used. The file is a PDF document, not a workbook."),
        ("list.csv", b"PK\x03\x04\0\0", "not a list of cells in a text file."),
        ("gone.xlsx", None, "There is no file {path}. Check the name and the folder."),
    ],
)
def test_a_file_that_is_none_is_a_sentence(
    tmp_path: Path, capsys: Any, name: str, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert run(["new", str(tmp_path / QUARTER), "--from", str(path)]) == 2
    assert sentence.format(path=path) in capsys.readouterr().err


def test_a_plan_that_is_there_is_never_overwritten(tmp_path: Path, capsys: Any) -> None:
    home = tmp_path / QUARTER
    home.mkdir()
    (home / "corporate_plan.xlsx").write_bytes(b"own")
    assert run(["new", str(home), "--from", str(save_list("flat", tmp_path))]) == 2
    assert "isn't overwritten" in capsys.readouterr().err
    assert (home / "corporate_plan.xlsx").read_bytes() == b"own"


def test_the_command_says_what_it_took_and_the_plan_makes_returns_at_once(tmp_path: Path, capsys: Any) -> None:
    home = tmp_path / QUARTER
    assert run(["new", str(home), "--from", str(save_list("flat", tmp_path))]) == 1  # which council it is, is asked
    said = capsys.readouterr().out
    assert "  'KPI Ref' is taken as Key.\n" in said
    assert "  'Outturn 2012/13' is kept as Note: Outturn 2012/13.\n" in said
    assert "Taken: 4 measures. The plan's last sheet says all this too." in said
    assert run(["templates", str(home), "--quarter", "2013/14 Q2"]) == 0
    assert len(list((home / "returns").glob("*.xlsx"))) == 3


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("KPI no.", c.KEY),
        ("PI\nRef", c.KEY),
        ("Lead Officer(s)", c.OFFICER_LEAD),
        ("Portfolio holder", c.PORTFOLIO_LEAD),
        ("Deadline", c.DUE),
        ("Corporate Plan Priority", c.THEME),
        ("Is high or low good?", c.BETTER_WHEN),
        ("Overview & Scrutiny Committee", c.PANEL),
        ("Reporting Frequency", c.REPORTED_IN),
        ("Year-end target 2013/14", c.ANNUAL_TARGET),
        ("National Average", c.BENCHMARK),
        ("Indicator_Owner", c.OFFICER_LEAD),
    ],
)
def test_headings_are_known_by_their_meaning(heading: str, field: str) -> None:
    assert field in meaning_of(heading).fields


@pytest.mark.parametrize("heading", ["Actual against target", "Lead service", "Target met?", "x" * 500, "", "%"])
def test_a_heading_is_not_taken_for_what_it_may_not_be(heading: str) -> None:
    fields = meaning_of(heading, guess=True).fields
    assert not set(fields) & {c.ANNUAL_TARGET, c.OFFICER_LEAD, c.SERVICE_AREA}


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ("Annual (Q4)", "Q4"),
        ("Q4 only", "Q4"),
        ("Q4", "Q4"),
        ("Q1;Q2;Q3;Q4", None),
        ("Q1, Q2, Q3 and Q4", None),
        ("Quarterly (not cumulative)", None),
        ("Monthly (non-cumulative)", None),
        ("Bi-annual (Q2 & Q4)", "Q2;Q4"),
        ("Q1-Q3", "Q1;Q2;Q3"),
        ("Year end (Q4)", "Q4"),
        ("Q1 to Q4", None),
        ("Quarterly (cumulative)", None),
        ("Cumulative", None),
    ],
)
def test_how_often_is_read_with_its_quarters(said: str, taken: str | None) -> None:
    assert frequency_said(Cell(said)) == Said(taken)


def test_a_comma_in_a_title_and_in_figures_parts_no_cells(tmp_path: Path) -> None:
    headings = ("Ref", "Measure", "Better when (higher, lower)", "Theme", "Service", "Target")
    rows = [(f"A{number}", f"Wait {number}", "Lower", "Green", "Parks", f"{number}2,5") for number in range(1, 5)]
    lines = ["Performance, 2013/14", *map(";".join, (headings, *rows))]
    (tmp_path / "list.csv").write_text("\n".join(lines), encoding="utf-8")
    assert [
        row[c.KEY] for row in plan_rows(make_folder(tmp_path / QUARTER, tmp_path / "list.csv").plan, "Measures")
    ] == [
        "A1",
        "A2",
        "A3",
        "A4",
    ]


@pytest.mark.parametrize("said", ["Annual (July)", "Annual (Q2 & Q4)", "Q4-Q1", "Termly"])
def test_how_often_that_says_two_things_or_none_is_asked_about(said: str) -> None:
    with pytest.raises(Unreadable, match="doesn't say in which quarters"):
        frequency_said(Cell(said))


def taken_from(folder: Path, *rows: tuple[Any, ...]) -> tuple[Plan, dict[str, str]]:
    """The plan that a list of these rows makes, and the problem asked about each cell."""
    new = make_folder(folder / QUARTER, saved(folder, *rows))
    return read_plan(new.plan)[0], {query.cell: query.problem for query in new.queries if query.file == "list.xlsx"}


def test_a_cumulative_measure_is_year_to_date_and_that_is_asked(tmp_path: Path) -> None:
    headings = ("Ref", "Indicator", "Service", "Priority", "Polarity", "Frequency", "Target")
    plan, asked = taken_from(tmp_path, headings, ("H1", "Homes built", "Housing", "Homes", "High", "Cumulative", 120))
    (measure,) = plan.measures
    assert (measure.basis, measure.reported_in) == (Basis.YEAR_TO_DATE, frozenset())
    assert asked["F2"] == "'Cumulative' says that its figure covers the year so far: its Basis is Year to date."


def test_a_column_headed_no_numbers_the_actions_of_a_list_without_milestones(tmp_path: Path) -> None:
    headings = ("No.", "Action", "Service", "Priority", "Due date")
    plan, asked = taken_from(
        tmp_path,
        headings,
        (7, "Open a fridge", "Community", "Fair", "Q3 2013/14"),
        (9, "Plant", "Parks", "Green", "Q4 2013/14"),
    )
    assert [action.key for action in plan.key_actions] == ["7", "9"]
    assert [(step.key, step.no) for step in plan.milestones] == [("7", "1"), ("9", "1")]
    assert asked == {}


def test_two_columns_headed_no_number_what_stands_right_of_each(tmp_path: Path) -> None:
    plan, asked = taken_from(
        tmp_path,
        ("Priority", "Service", "No", "Key action", "No", "Milestone", "When"),
        ("Safer", "Roads", 1, "Resurface", "1.1", "Choose", "Q2 2013/14"),
        ("Safer", "Roads", 1, "Resurface", "1.2", "Let", "Q3 2013/14"),
        ("Safer", "Roads", 2, "Cross", "2.1", "Survey", "Q2 2013/14"),
    )
    assert [action.key for action in plan.key_actions] == ["1", "2"]
    assert [(step.key, step.no) for step in plan.milestones] == [("1", "1.1"), ("1", "1.2"), ("2", "2.1")]
    assert asked == {}


@pytest.mark.parametrize(
    ("numbers", "keys", "taken_as"), [((1, 2, 3), ["K1", "K2"], "No"), ((1, 1, 2), ["1", "2"], "Key")]
)
def test_one_column_headed_no_beside_actions_and_milestones_is_asked_about(
    tmp_path: Path, numbers: tuple[int, ...], keys: list[str], taken_as: str
) -> None:
    """Where one action has several numbers, they are the milestones'."""
    told = zip(numbers, ("Resurface", "Resurface", "Cross"), ("Choose", "Let", "Survey"), strict=True)
    rows = [(number, action, "Roads", "Safer", step, "Q2 2013/14") for number, action, step in told]
    plan, asked = taken_from(tmp_path, ("No.", "Key action", "Service", "Priority", "Milestone", "Due"), *rows)
    assert [action.key for action in plan.key_actions] == keys
    assert asked["A1"].endswith(f"and is taken as {taken_as}, by where it stands.")


def test_a_decimal_comma_is_no_comma_of_thousands(tmp_path: Path) -> None:
    rows = "Ref;Indicator;Service;Priority;Polarity;Unit;Target\nC1;Answered;Care;Fair;High;%;92,5"
    (tmp_path / "list.csv").write_bytes(rows.encode("cp1252"))
    new = make_folder(tmp_path / QUARTER, tmp_path / "list.csv")
    (measure,) = read_plan(new.plan)[0].measures
    assert measure.annual is None
    assert [query.cell for query in new.queries if "92,5" in query.problem] == ["G2"]


PAST = ("Ref", "Indicator", "Service", "Priority", "Polarity", "Unit", "Target 2013/14")


def test_what_was_achieved_in_quarters_that_are_over_begins_the_history(tmp_path: Path) -> None:
    headings = (*PAST, "Q1 2013/14 actual", "Q2 2013/14 actual", "Q2 12/13 outturn", "Q1 2012/13", "Q1 actual")
    row = ("W1", "Waste recycled", "Waste", "Green", "High", "%", "48%", "46.5%", "47%", "44%", 45, "50%")
    plan, asked = taken_from(tmp_path, headings, row)
    told = [(str(each.quarter), each.key, str(each.performance)) for each in plan.earlier_quarters]
    assert told == [("2012/13 Q1", "W1", "0.45"), ("2012/13 Q2", "W1", "0.44"), ("2013/14 Q1", "W1", "0.465")]
    assert asked == {
        "K1": "The heading names a quarter that is over, so its figures are taken as what was achieved in it."
    }
    (measure,) = table(tmp_path / QUARTER / "corporate_plan.xlsx", "Measures")
    assert (measure["Note: Q2 2013/14 actual"], measure["Note: Q1 actual"]) == ("47%", "50%")


def test_what_is_no_figure_of_a_quarter_that_is_over_stays_as_a_note(tmp_path: Path) -> None:
    headings = (*PAST, "Q1 2013/14 actual", "Q4 2012/13 actual", "Q3 2012/13 actual")
    row = ("W1", "Visits", "Leisure", "Green", "High", "visits", 4800, "tbc", "about 40 or so", "<5")
    plan, asked = taken_from(tmp_path, headings, row)
    assert plan.earlier_quarters == ()
    assert sorted(asked) == ["I2", "J2"]
    (measure,) = table(tmp_path / QUARTER / "corporate_plan.xlsx", "Measures")
    assert [measure[f"Note: {each}"] for each in headings[-3:]] == ["tbc", "about 40 or so", "<5"]


def test_a_quarter_without_targets_anywhere_isnt_taken_as_what_was_achieved(tmp_path: Path) -> None:
    plan, asked = taken_from(
        tmp_path, (*PAST[:-1], "Q1 2013/14"), ("W1", "Visits", "Leisure", "Green", "High", "visits", 4800)
    )
    assert plan.earlier_quarters == ()
    assert "not whether its figures are targets" in asked["G1"]


def test_a_key_action_that_two_sheets_name_without_keys_is_one(tmp_path: Path) -> None:
    """One sheet has its milestones, the other its theme and service area."""
    sheets = {
        "Steps": [
            ("Project", "Milestone", "Due"), ("Town centre", "Consult", "Q2 2013/14"), ("Pool", "Open", "Q3 2013/14")
        ],
        "Projects": [
            ("Project", "Theme", "Department"), ("Town Centre", "Green", "Places"), ("Market", "Fair", "Economy")
        ],
    }  # fmt: skip
    new = make_folder(tmp_path / QUARTER, write(tmp_path, plain_book(sheets), "list.xlsx"))
    actions = table(new.plan, "Key actions")
    assert [(row[c.KEY], row[c.KEY_ACTION], row[c.THEME], row[c.SERVICE_AREA]) for row in actions] == [
        ("K1", "Town centre", "Green", "Places"),
        ("K2", "Pool", None, None),
        ("K3", "Market", "Fair", "Economy"),
    ]
    said = "The sheet Steps has a key action of this name too, and the two are taken as one."
    assert [query.cell for query in new.queries if query.problem == said] == ["A2"]


def test_a_list_of_milestones_alone_finds_their_key_actions_by_key_or_name(tmp_path: Path) -> None:
    sheets: dict[str, list[tuple[str | None, ...]]] = {
        "Actions": [("Ref", "Action", "Priority", "Service"), ("A1", "Open a pool", "Fair", "Leisure")],
        "Milestones": [
            ("Action ref", "Milestone", "Due", "Status"),
            ("a1", "Dig", "Q2 2013/14", "Complete"),
            ("A9", "Paint", "Q3 2013/14", None),
        ],
    }
    new = make_folder(tmp_path / QUARTER, write(tmp_path, plain_book(sheets), "list.xlsx"))
    rows = [(row[c.KEY], row[c.NO], row[c.MILESTONE]) for row in table(new.plan, "Milestones")]
    assert rows == [("A1", "1", "Dig"), ("A9", "1", "Paint")]
    asked = {query.cell: query.problem for query in new.queries if query.sheet == "Milestones"}
    assert asked["A3"] == "No key action has the key 'A9'."
    assert asked["D2"] == "It is said to be 'Complete', which is kept under Note: it is asked for all the same."


def test_what_a_row_of_measures_leaves_open_or_says_twice_is_asked(tmp_path: Path) -> None:
    headings = ("Ref", "Indicator", "Service", "Priority", "Polarity", "Unit", "Q1 target", "Q2 target", "Benchmark")
    rows: tuple[tuple[Any, ...], ...] = (
        headings,
        ("W1", "Heat", "Halls", "Green", None, "degrees", "18-21", "17-21", None),
        ("W2", None, "Halls", "Green", "High", "%", "80%", "85%", None),
        ("W3", "Visits", "Halls", "Green", "High", "visits", "500", "at most 600", "400-500"),
    )
    new = make_folder(tmp_path / QUARTER, saved(tmp_path, *rows))
    asked = {query.cell: query.problem for query in new.queries if query.file == "list.xlsx"}
    assert asked["B3"] == "The row doesn't say what it measures."
    assert asked["H2"] == "It is another range than the first of the row; it is kept under Note."
    assert asked["I4"] == "'400-500' is no single figure. It is kept under Note."
    assert asked["H4"] == "'at most 600' says otherwise than that it is better Higher, which is taken."
    heat = table(new.plan, "Measures")[0]
    assert (heat[c.RANGE_LOW], heat[c.RANGE_HIGH], heat["Note: Q2 target"]) == (18, 21, "17-21")


def test_ratings_of_a_quarter_that_the_rows_of_a_key_action_dont_share_are_none_of_its_own(tmp_path: Path) -> None:
    headings = ("Ref", "Key action", "Milestone", "Service", "Priority", "Due", "Q1 2013/14 RAG")
    plan, asked = taken_from(
        tmp_path,
        headings,
        ("A1", "Open a fridge", "Find a place", "Community", "Fair", "30/09/2013", "Green"),
        ("A1", "Open a fridge", "Open it", "Community", "Fair", "31/12/2013", "Red"),
        ("A1", "Open a fridge", "Fill it", "Community", "Fair", "31/12/2013", "Green"),
        ("A2", "Plant trees", "Dig", "Community", "Fair", "31/12/2013", "Amber"),
    )
    assert [(row.key, row.rating) for row in plan.earlier_quarters] == [("A2", "A")]
    problem = "The rows of its key action don't say the same of that quarter. It is kept under Note."
    assert asked["G3"] == f"{problem} So it is in row 4."
