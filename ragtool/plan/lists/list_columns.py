"""What a list is of, and which of its columns is taken as which column of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ragtool import columns as c
from ragtool.figures import CURRENCIES
from ragtool.model import as_name
from ragtool.plan.lists.heading_rows import NEARLY_ALL, HeadedColumn, ListPlace
from ragtool.plan.lists.list_kinds import ITS_NAME, kind_said, named_by_its_texts, says_which_way
from ragtool.plan.lists.list_words import ASIDE, KIND_OF_ROW, QUARTER_ALONE, WHAT_IT_IS_ABOUT
from ragtool.plan.lists.listed_words import names_unit
from ragtool.plan.lists.milestones_by_quarter import (
    headings_listed,
    milestones_as_targets,
    milestones_by_quarter,
    milestones_doubted,
)
from ragtool.plan.lists.past_quarters import Past, past_doubted, quarters_over
from ragtool.quarters import Quarter

S = c.PlanSheets

BESIDES = {
    S.MEASURES: (c.OUTCOME, WHAT_IT_IS_ABOUT, KIND_OF_ROW),
    S.KEY_ACTIONS: (c.OUTCOME, c.MILESTONE, c.NO, c.DUE, c.REVISED_DUE, c.DECISION, WHAT_IT_IS_ABOUT, KIND_OF_ROW),
    S.MILESTONES: (c.KEY_ACTION, WHAT_IT_IS_ABOUT, KIND_OF_ROW),
}
"""Fields of a list that stand on another sheet of the plan, or on none."""

LONGEST_CODE = 14
"""Characters of what may be a key, and no name."""


@dataclass(frozen=True)
class ListColumns:
    """What a list is of, the sheet of the plan, and its columns by the field that each is taken as; a field is a
    heading of the plan, or one of `list_words`.

    `unsure` are those of which a reader must see whether they were taken for what they are, each with why and what to
    do. `past` are columns, by their numbers, of what is known of a quarter that is over, `by_quarter` those of
    milestones that are due in one.
    """

    sheet: c.Sheet
    taken: Mapping[str, HeadedColumn]
    unsure: tuple[tuple[HeadedColumn, str, str], ...] = field(default=())
    past: Mapping[int, Past] = field(default_factory=dict)
    by_quarter: Mapping[int, Quarter] = field(default_factory=dict)


def columns_of_list(place: ListPlace, sheet: c.Sheet, quarter: Quarter | None) -> ListColumns:
    """Which column of a list is taken as which of the plan's, for the report of a quarter (None: not known)."""
    year = quarter.financial_year if quarter else ""
    found = [column.guessed() for column in place.columns]
    wanted = [*sheet.headings, *BESIDES.get(sheet, ())]
    usable = [each for each in found if not each.meaning.quarter and ASIDE not in each.meaning.fields]
    taken: dict[str, HeadedColumn] = {}
    unsure = []
    for rank in range(4):
        for name in wanted:
            fit = [each for each in usable if each.meaning.fields.get(name) == rank and each not in taken.values()]
            fit = [each for each in fit if is_what_it_says(each, name, place, wanted)]
            if name == c.ANNUAL_TARGET:
                fit = of_year(fit, year)
            if not fit or name in taken:
                continue
            taken[name] = fit[0]
            for other in fit[1:]:
                problem = f"It may be {name}, as '{fit[0].heading}' may, which is taken as it since it stands first."
                unsure.append((other, problem, "See which is meant; the other's are kept under Note."))
    past: dict[int, Past] = {}
    if sheet is S.MEASURES:
        unsure += quarters_taken(found, taken, year)
        unsure += milestones_as_targets(place, found, taken, year)
        unsure += days_doubted(found, taken)
        beside = [each for each in found if each not in taken.values()]
        past = quarters_over(beside, quarter, alone=not taken.keys().isdisjoint(c.YEARS_TARGETS))
        unsure += past_doubted(beside, past)
    by_quarter: dict[int, Quarter] = {}
    if sheet is S.KEY_ACTIONS:
        by_quarter = milestones_by_quarter(found, quarter)
        over = quarters_over(found, quarter, alone=False)
        past = {number: each for number, each in over.items() if each[1] == c.RAG}
        unsure += milestones_doubted(found, by_quarter)
    keys_instead(place, sheet, taken)
    about = ITS_NAME.get(sheet)
    if about and about not in taken and (column := named_by_its_texts(found, place)):
        taken[about] = column
        problem = f"The heading isn't known; it is taken as {about}, since what stands there differs from row to row."
        unsure.append((column, problem, f"See whether that is so; if it isn't, correct {about} in the plan."))
    if sheet is S.MEASURES and c.BETTER_WHEN not in taken and (column := says_which_way(found, place)):
        taken[c.BETTER_WHEN] = column
        problem = f"The heading isn't known; it is taken as {c.BETTER_WHEN}, since its cells say which way is better."
        unsure.append((column, problem, f"See whether that is so; if it isn't, correct {c.BETTER_WHEN} in the plan."))
    unsure += [
        (column, f"The heading isn't known; it is taken as {name}, since it is like '{column.meaning.near}'.",
         f"See whether that is so; if it isn't, move what stands there under {name} in the plan.")
        for name, column in taken.items() if column.meaning.near
    ]  # fmt: skip
    unsure += numbers_doubted(taken, place)
    if sheet is S.MEASURES and c.ANNUAL_TARGET not in taken:
        problem = f"It is a target, and not of {year or 'a year that is known'}; it is kept under Note."
        aside = (each for each in found if each not in taken.values())
        targets = (each for each in aside if c.ANNUAL_TARGET in each.meaning.fields and each.meaning.year)
        what = "See whether it is the plan's." if quarter else YEAR_OF_FOLDER
        unsure += [(each, problem, what) for each in targets]
    return ListColumns(sheet, taken, tuple(unsure), past, by_quarter)


YEAR_OF_FOLDER = "See whether it is the plan's. A folder named after its quarter, such as 2013-14 Q2, says the year."


def of_year(columns: Sequence[HeadedColumn], year: str) -> list[HeadedColumn]:
    """The columns of a year's targets: those of `year` where it is known, else those that name one year alone."""
    own = [each for each in columns if each.meaning.year == year] if year else []
    unsaid = [each for each in columns if not each.meaning.year]
    if own or unsaid:
        return [*own, *unsaid]
    return list(columns) if len({each.meaning.year for each in columns}) == 1 and not year else []


def quarters_taken(
    found: Sequence[HeadedColumn], taken: dict[str, HeadedColumn], year: str
) -> list[tuple[HeadedColumn, str, str]]:
    """Takes the targets of quarters, and says which columns name a quarter and not whether they are targets."""
    named = [each for each in found if each.meaning.quarter and each.meaning.fields.get(c.ANNUAL_TARGET)]
    for each in (column for column in named if column.is_of(year)):
        taken.setdefault(c.TARGET_QUARTERS[(each.meaning.quarter or 1) - 1], each)
    bare = [each for each in found if QUARTER_ALONE in each.meaning.fields]
    if named or c.ANNUAL_TARGET in taken:
        return []  # they are what was achieved
    names = " and ".join(each.heading for each in bare)
    problem = (
        f"{names}: the heading names a quarter, and not whether its figures are targets; they are kept under Note."
    )
    return [(each, problem, "Where they are targets, move them under Target Q1 to Target Q4.") for each in bare[:1]]


def days_doubted(
    found: Sequence[HeadedColumn], taken: Mapping[str, HeadedColumn]
) -> Iterator[tuple[HeadedColumn, str, str]]:
    """Targets beneath a day, which may be those of the month or of the quarter that ends with it."""
    aside = [each for each in found if each not in taken.values()]
    if of_days := [each for each in aside if {c.ANNUAL_TARGET, ASIDE} <= each.meaning.fields.keys()]:
        names = headings_listed(of_days)
        problem = f"{names}: the heading names a day, and no quarter; what stands there is kept under Note."
        yield of_days[0], problem, "Where they are a quarter's targets, head them Target Q1 and so on, and run again."


def is_what_it_says(column: HeadedColumn, name: str, place: ListPlace, wanted: Sequence[str]) -> bool:
    """Whether what stands in a column fits what its heading may mean, where that has other meanings too among those
    that are wanted.
    """
    if name == KIND_OF_ROW:
        said = [str(cell.value) for cell in place.cells_of(column)]
        return bool(said) and all(kind_said(each) for each in said)
    if name == c.KEY and c.MEASURE in column.meaning.fields:
        return are_codes(column, place)
    if name in (c.KEY, c.NO) and {c.KEY, c.NO} <= column.meaning.fields.keys():
        of_units = are_units(column, place) or (c.NO not in wanted and repeats_words(column, place, wanted))
        return not of_units and numbers_milestones(column, place) is (name == c.NO)
    if name == c.ENDS and c.DUE in wanted and c.DUE in column.meaning.fields:  # End is when it is due, if no other is
        others = (each for each in place.columns if each.number != column.number)
        return column.heading.casefold() == c.ENDS.casefold() or any(c.DUE in each.meaning.fields for each in others)
    return not (name == c.MEASURE and c.KEY in column.meaning.fields and are_codes(column, place))


def numbers_milestones(column: HeadedColumn, place: ListPlace) -> bool:
    """Whether a column headed No. numbers milestones, and not the rows' key actions: it stands right before them, or
    gives one key action several numbers.
    """
    named = [
        (each.number, name) for each in place.columns for name in (c.KEY_ACTION, c.MILESTONE) if is_taken_as(each, name)
    ]
    if all(name != c.MILESTONE for _, name in named):
        return False
    if next((name for number, name in sorted(named) if number > column.number), None) == c.MILESTONE:
        return True
    titles = [number for number, name in named if name == c.KEY_ACTION]
    numbers: dict[str, set[str]] = {}
    for cells in (place.sheet.rows[number] for number in place.rows):
        if titles and titles[0] in cells and column.number in cells:
            numbers.setdefault(as_name(str(cells[titles[0]].value)), set()).add(str(cells[column.number].value))
    return any(len(given) > 1 for given in numbers.values())


def numbers_doubted(taken: Mapping[str, HeadedColumn], place: ListPlace) -> Iterator[tuple[HeadedColumn, str, str]]:
    """A column headed No. of a list with key actions and milestones, where no other says which of them it numbers."""
    either = [each for each in taken.values() if {c.KEY, c.NO} <= each.meaning.fields.keys()]
    if len(either) != 1 or c.MILESTONE not in taken or c.KEY_ACTION not in taken:
        return
    name = next(name for name, column in taken.items() if column is either[0])
    problem = f"It may number the key actions or their milestones, and is taken as {name}, by where it stands."
    what = "See whether that is so; if it isn't, correct the keys and numbers in the plan."
    yield either[0], problem, what


def is_taken_as(column: HeadedColumn, name: str) -> bool:
    """Whether a column's heading is first of all what a row of that name is called."""
    return column.meaning.fields.get(name, 2) <= 1


def keys_instead(place: ListPlace, sheet: c.Sheet, taken: dict[str, HeadedColumn]) -> None:
    """Takes a column of codes that is headed Measure or Indicator as the keys, where another says what they are; and
    the general description as what the rows are about where nothing else does.
    """
    name = ITS_NAME.get(sheet)
    if name is None:
        return
    column = taken.get(name)
    if column and c.KEY not in taken and WHAT_IT_IS_ABOUT in taken and are_codes(column, place):
        taken[c.KEY], taken[name] = column, taken.pop(WHAT_IT_IS_ABOUT)
    elif column is None and WHAT_IT_IS_ABOUT in taken:
        taken[name] = taken.pop(WHAT_IT_IS_ABOUT)
    else:
        taken.pop(WHAT_IT_IS_ABOUT, None)


def are_units(column: HeadedColumn, place: ListPlace) -> bool:
    """Whether a column headed No. says what the rows are counted in: its heading has a unit's sign, as `Nr / %` has, or
    most of what stands there is known as units.
    """
    said = {str(cell.value).strip() for cell in place.cells_of(column)}
    units = [each for each in said if names_unit(each)]
    return any(sign in column.heading for sign in ("%", *CURRENCIES)) or len(units) * 2 > len(said)


def repeats_words(column: HeadedColumn, place: ListPlace, wanted: Sequence[str]) -> bool:
    """Whether words stand in several rows of a column headed No. where no list of milestones, of parts or of several
    kinds gives one key several rows: they are what the rows are counted in, also where that is known as no unit. Where
    another column says that, they are keys, of which one stands twice.
    """
    for each in place.columns:
        if each.number != column.number and is_taken_as(each, c.UNIT):
            return False
        if any(is_taken_as(each, name) for name in (c.MILESTONE, c.PART, c.PART_DESCRIPTION)):
            return False
        if KIND_OF_ROW in each.meaning.fields and is_what_it_says(each, KIND_OF_ROW, place, wanted):
            return False
    said = [as_name(str(cell.value)) for cell in place.cells_of(column)]
    return len(set(said)) < len(said) and not are_codes(column, place)


def are_codes(column: HeadedColumn, place: ListPlace) -> bool:
    """Whether nearly all that stands in a column is short and has a digit."""
    said = [str(cell.value).strip() for cell in place.cells_of(column)]
    codes = [each for each in said if len(each) <= LONGEST_CODE and any(map(str.isdigit, each))]
    return bool(said) and len(codes) >= NEARLY_ALL * len(said)
