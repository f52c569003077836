"""What a list is of, measures or key actions or another sheet of the plan, and which column says what its rows are."""

from __future__ import annotations

from collections.abc import Sequence

from ragtool import columns as c
from ragtool.plan.lists.entry_words import KINDS_SAID
from ragtool.plan.lists.heading_meanings import phrase
from ragtool.plan.lists.heading_rows import HeadedColumn, ListPlace
from ragtool.plan.lists.list_words import KIND_OF_ROW, WHAT_IT_IS_ABOUT
from ragtool.plan.lists.listed_words import WAYS_SAID
from ragtool.sheets.plain_values import as_heading

S = c.PlanSheets

ITS_NAME = {S.MEASURES: c.MEASURE, S.KEY_ACTIONS: c.KEY_ACTION, S.MILESTONES: c.MILESTONE}
"""The column that says what a row is about."""

OF_MEASURES = (c.BETTER_WHEN, c.UNIT, c.ANNUAL_TARGET, c.BASIS, c.BENCHMARK, c.THREE_YEAR_TARGET, c.DECIMALS)
OF_ACTIONS = (c.DUE, c.MILESTONE, c.REVISED_DUE, c.STARTS)
"""Columns by which a list of either is told where its headings name none or both."""

NEARLY_ALL = 0.8
"""The share of a column's cells that must be codes, for it to be one of keys, or figures, for one of targets."""

SHORTEST_NAME = 15
"""Characters that what a row is about has, on average."""

OF_WHICH_WAY = ("better", "good", "maximi", "minimi", "aim to")
"""What words have in them that say which way is better, and not which way a figure went."""


def kind_of_list(place: ListPlace, by_texts: bool = False) -> c.Sheet | None:
    """The sheet of the plan that a list belongs to; None where it can't be told: by its headings or, with `by_texts`,
    by what stands beneath one that isn't known.
    """
    in_quarters = [each for each in place.columns if is_of_a_quarter(each, c.MILESTONE)]
    beside = (column for column in place.columns if column not in in_quarters)
    fields = {each for column in beside for each, rank in column.meaning.fields.items() if rank <= 1}
    for_measures = sum(each in fields for each in OF_MEASURES)
    for_actions = sum(each in fields for each in OF_ACTIONS)
    if in_quarters and c.MEASURE not in fields and (c.KEY_ACTION in fields or for_measures <= for_actions):
        return S.KEY_ACTIONS
    listed = [sheet for sheet, name in ITS_NAME.items() if name in fields]
    if KIND_OF_ROW in fields and (len(listed) > 1 or WHAT_IT_IS_ABOUT in fields):
        return S.MEASURES if c.DUE not in fields else S.KEY_ACTIONS
    if len(listed) == 1:
        alone = listed[0]
        keyed = c.KEY in fields
        return (
            S.MILESTONES
            if alone is S.MILESTONES and keyed and not {c.THEME, c.SERVICE_AREA} <= fields
            else (S.KEY_ACTIONS if alone is S.MILESTONES else alone)
        )
    named = WHAT_IT_IS_ABOUT in fields or weaker(place) or (by_texts and named_by_its_texts(place.columns, place))
    if for_measures != for_actions and (listed or named):
        return S.MEASURES if for_measures > for_actions else S.KEY_ACTIONS
    if listed:
        return S.KEY_ACTIONS if S.MEASURES not in listed else kind_named(place) or S.MEASURES
    if {c.THEME, c.OUTCOME} <= fields and WHAT_IT_IS_ABOUT not in fields:
        return S.OUTCOMES
    if c.SERVICE_AREA in fields and {c.HEAD_OF_SERVICE, c.EMAIL} & fields:
        return S.SERVICE_AREAS
    if c.PANEL in fields and {c.REMIT, c.MEETING_DATE} & fields:
        return S.PANELS
    return kind_named(place) if named else None


def weaker(place: ListPlace) -> bool:
    """Whether a column may be the names of measures or key actions, such as KPI."""
    return any(name in column.meaning.fields for column in place.columns for name in ITS_NAME.values())


def is_of_a_quarter(column: HeadedColumn, name: str) -> bool:
    """Whether a heading names a quarter and a column of the plan, such as `Q2 milestone`."""
    return column.meaning.quarter is not None and name in column.meaning.fields


def named_by_its_texts(columns: Sequence[HeadedColumn], place: ListPlace) -> HeadedColumn | None:
    """The column that says what the rows are about though its heading isn't known: the first with a text in every row,
    none of them twice, and long as names are.
    """
    for column in columns:
        if column.meaning.fields or column.meaning.quarter or column.meaning.year:
            continue
        cells = [place.sheet.rows[number].get(column.number) for number in place.rows]
        texts = [" ".join(cell.value.split()) for cell in cells if cell and isinstance(cell.value, str)]
        if 1 < len(texts) == len(cells) == len(set(texts)) and sum(map(len, texts)) >= SHORTEST_NAME * len(texts):
            return column
    return None


def says_which_way(columns: Sequence[HeadedColumn], place: ListPlace) -> HeadedColumn | None:
    """The column that says which way is better though its heading isn't known: each of its cells does so in words that
    mean nothing else. An arrow, or Up, may be a trend.
    """
    for column in columns:
        if column.meaning.fields or column.meaning.quarter or column.meaning.year:
            continue
        texts = [" ".join(str(cell.value).casefold().split()) for cell in place.cells_of(column)]
        if len(texts) > 1 and all(each in WAYS_SAID and any(word in each for word in OF_WHICH_WAY) for each in texts):
            return column
    return None


def kind_named(place: ListPlace) -> c.Sheet | None:
    """The kind that the sheet's name, or what stands above the list, speaks of."""
    for said in (place.sheet.name, *place.above.values()):
        if sheet := kind_said(said):
            return sheet
    return None


def kind_said(said: str) -> c.Sheet | None:
    """The kind of row that a text names."""
    words = phrase(as_heading(said))
    return next(
        (sheet for sheet, names in KINDS_SAID.items() if any(phrase(name) <= words for name in names.split(";"))), None
    )
