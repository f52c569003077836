"""Reports of the earlier kind, which told in sentences what stands in columns now, are still read so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from ragtool import columns as c
from ragtool.history.previous import Previous, read_previous
from ragtool.history.reported import Reported
from ragtool.model import DataStatus, ItemStatus, Mark, Origin
from ragtool.report import sheet_rows
from ragtool.results.revisions import corrected_ratings

NEW_IN_DATA = (c.MARK, c.STATUS, c.DATA_STATUS, c.REASON, c.ORIGIN)
DATA = (*c.ReportSheets.DATA.headings, *c.ReportSheets.DATA_FOR_THE_NEXT_RUN)
OLDER_DATA = tuple(heading for heading in DATA if heading not in NEW_IN_DATA)
OLDER_REVISIONS = tuple(heading for heading in c.ReportSheets.REVISIONS.headings if heading != c.ORIGIN)

GREEN = "100 against a target of 100 (higher is better): on target."
DECLARED = "Declared Amber by its officer: A risk."
OVERRIDE = "Override to Amber: Agreed. Approved by Cabinet."
AS_IT_WAS = {"marks": (), "note": None, "status": None, "data_status": None, "origin": Origin.REPORT}
"""What was told of a row of which there was nothing to tell."""

TOLD = [
    ("A", "G", f"{DECLARED} The rule's rating is Green: {GREEN}", {"marks": (Mark.DECLARED,), "note": DECLARED}),
    ("A", "G", f"{OVERRIDE} The rule's rating is Green: {GREEN}", {"marks": (Mark.OVERRIDE,), "note": OVERRIDE}),
    ("A", "A", f"{OVERRIDE} The rule's rating is Amber: 90.", {"marks": (Mark.OVERRIDE,), "note": OVERRIDE}),
    ("G", "G", f"Corrected: {GREEN}", {"marks": (Mark.REVISED,)}),
    (
        *("A", "G", f"Corrected: {DECLARED} The rule's rating is Green: {GREEN}"),
        {"marks": (Mark.DECLARED, Mark.REVISED), "note": DECLARED},
    ),
    (
        *("A", "G", f"Corrected: {OVERRIDE} The rule's rating is Green: {GREEN}"),
        {"marks": (Mark.OVERRIDE, Mark.REVISED), "note": OVERRIDE},
    ),
    ("G", "G", "From the plan's History sheet.", {"origin": Origin.PLAN}),
    ("TBC", "TBC", "Under development, so not rated yet.", {"status": ItemStatus.UNDER_DEVELOPMENT}),
    (
        *("R", "R", "70 (the last figure, for 2013/14 Q1) against a target of 100 (higher is better): 30 % worse."),
        {"data_status": DataStatus.NO_NEWER},
    ),
    ("G", "G", GREEN, {}),
]
"""Ratings, the rules' ratings and the reasons of older reports, with what they told."""


def report(path: Path, titles: bool = False, **sheets: tuple[Sequence[str], Sequence[dict[str, Any]]]) -> Previous:
    """A report of sheets given as their headings and rows, read back; with titles above those that have one now."""
    book = Workbook()
    for name, (headings, rows) in sheets.items():
        page = book.create_sheet(name.replace("_", " "))
        if titles and name != "Data":
            page.append([f"{page.title}, 2013/14 Q2 (Draft)"])
            page.append(["Back to Summary", None, "What the sheet holds."])
        page.append([*headings])
        for row in rows:
            page.append([row.get(heading) for heading in headings])
    book.save(path / "report.xlsx")
    return read_previous(path / "report.xlsx", "")


def data_row(rag: str = "G", rule: str = "G", why: str = GREEN) -> dict[str, Any]:
    about = {c.QUARTER: "2013/14 Q2", c.KIND: "Measure", c.KEY: "P1", c.RAG: rag, c.RULE_RAG: rule, c.WHY: why}
    return about | {c.ORIGIN: "Report"}


def columns_of(row: Reported) -> dict[str, object]:
    """What a row has in the columns that older reports hadn't."""
    return {name: getattr(row, name) for name in AS_IT_WAS}


@pytest.mark.parametrize(("rag", "rule", "why", "columns"), TOLD)
def test_what_the_reason_of_an_older_report_tells(tmp_path, rag, rule, why, columns):
    (row,) = report(tmp_path, Data=(OLDER_DATA, [data_row(rag, rule, why)])).data
    assert columns_of(row) == {**AS_IT_WAS, **columns}
    assert (row.rating, row.rule_rating, row.why) == (rag, rule, why.removeprefix("Corrected: "))


@pytest.mark.parametrize(("rag", "rule", "why", "columns"), TOLD)
def test_a_reason_tells_nothing_where_there_are_columns(tmp_path, rag, rule, why, columns):
    (row,) = report(tmp_path, Data=(DATA, [data_row(rag, rule, why)])).data
    assert columns_of(row) == AS_IT_WAS
    assert row.why == why


@pytest.mark.parametrize("mark", [None, "Override", "Revised", "Override; Revised"])
@pytest.mark.parametrize("headings", [DATA, OLDER_DATA], ids=["as now", "older"])
def test_that_a_row_was_corrected_is_said_before_its_reason_in_a_report_alone(tmp_path, headings, mark):
    revised = "Revised" in (mark or "")
    why = f"Corrected: {GREEN}" if revised else GREEN
    (row,) = report(tmp_path, Data=(headings, [data_row(why=why) | {c.MARK: mark}])).data
    assert (Mark.REVISED in row.marks, row.why) == (revised, GREEN)
    assert sheet_rows.data_row(row)[c.WHY] == why


REVISED = {c.QUARTER: "2013/14 Q1", c.FIELD: "RAG", c.WAS: "Green", c.NOW: "Red"}
RERUN = REVISED | {c.KEY: "P1", c.SOURCE: "run again after 2013-14 Q1 performance report.xlsx"}
RETURNED = REVISED | {c.KEY: "P2", c.SOURCE: "return.xlsx, Revisions!D2"}


def test_what_the_source_of_an_older_reports_revision_tells(tmp_path):
    found = report(tmp_path, Data=(OLDER_DATA, [data_row()]), Revisions=(OLDER_REVISIONS, [RERUN, RETURNED])).revisions
    assert [row.origin for row in found] == [Origin.RERUN, Origin.RETURN]
    assert {key for _, key in corrected_ratings(found)} == {"p2"}


def test_a_source_tells_nothing_where_there_is_a_column(tmp_path):
    revisions = (c.ReportSheets.REVISIONS.headings, [RERUN | {c.ORIGIN: "Return"}, RETURNED | {c.ORIGIN: "Plan"}])
    found = report(tmp_path, Data=(DATA, [data_row()]), Revisions=revisions).revisions
    assert [row.origin for row in found] == [Origin.RETURN, Origin.PLAN]


def test_headings_in_row_1_as_in_older_reports_and_beneath_a_title_are_found_alike(tmp_path):
    s, step = c.ReportSheets, {c.KEY: "K1", c.NO: 1, c.MILESTONE: "Begun", c.DUE: "2013/14 Q2", c.STATUS: "Overdue"}
    sheets: dict[str, Any] = {
        "Data": (DATA, [data_row()]),
        "Milestones": (s.MILESTONES.headings, [step]),
        "Milestone_register": (s.REGISTER.headings, [step | {c.FIRST_DUE: "2013/14 Q2", c.QUARTER: "2013/14 Q2"}]),
        "Revisions": (s.REVISIONS.headings, [RERUN]),
        "Returns": (s.RETURNS.headings, [{c.SERVICE_AREA: "Highways", c.RECEIVED: "Yes"}]),
    }
    older, newer = (report(tmp_path, titles, **sheets) for titles in (False, True))
    assert [len(each) for each in (newer.milestones, newer.register, newer.revisions, newer.returned)] == [1] * 4
    assert without_places(newer) == without_places(older)


def without_places(read: Previous) -> Previous:
    """What was read but for the rows that it stood in."""
    return replace(
        read,
        data=tuple(replace(row, at=None) for row in read.data),
        milestones=tuple(replace(row, at=None) for row in read.milestones),
        register=tuple(replace(row, at=None) for row in read.register),
        revisions=tuple(replace(row, at=None) for row in read.revisions),
    )
