"""Keys that the plan changed after the returns went out: what was filled in under the old key is the item's."""

from __future__ import annotations

from typing import Any

from ragtool import columns as c
from ragtool.plan.plan_workbook import write_plan
from small_quarter import GREEN, PLAN, Quarter

NEW = {"K1": "S1", "M1": "N1", "P1": "Q1"}


def with_new_keys(sheet: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of the plan under their new keys; items name the one that they had."""
    changed = [row | {c.KEY: NEW[row[c.KEY]], c.FORMERLY: row[c.KEY]} if row.get(c.KEY) in NEW else row for row in rows]
    return changed if sheet != "Milestones" else [{k: v for k, v in row.items() if k != c.FORMERLY} for row in changed]


def test_a_return_filled_in_under_the_old_keys_counts_whole(quarter: Quarter) -> None:
    plan = {sheet: with_new_keys(sheet, rows) for sheet, rows in PLAN.items()}
    write_plan(quarter.folder / "corporate_plan.xlsx", plan)
    done = quarter.consolidate()
    assert done.ratings == {
        " ".join([NEW.get(name.split()[0], name.split()[0]), *name.split()[1:]]): rating
        for name, rating in GREEN.items()
    }
    assert [query for query in done.queries if query[c.SEVERITY] == "Error"] == []


def test_a_former_key_that_another_item_has_now_is_that_items(quarter: Quarter) -> None:
    measures = [row | ({c.FORMERLY: "M2"} if row.get(c.KEY) == "M1" else {}) for row in PLAN["Measures"]]
    write_plan(quarter.folder / "corporate_plan.xlsx", PLAN | {"Measures": measures})
    assert quarter.consolidate().ratings == GREEN
