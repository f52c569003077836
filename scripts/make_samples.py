"""Writes the committed workbooks: the blank ones of workbook_templates/ and the sample quarters of samples/.

    python scripts/make_samples.py [FOLDER]

Writes into FOLDER, which is this checkout where none is named. A test proves that the committed workbooks are these.
A sample whose quarter before has data files too gets that quarter's report, made with the same plan, as previous.xlsx.
"""

from __future__ import annotations

import csv
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from ragtool import columns as c
from ragtool.commands.consolidate import consolidate
from ragtool.commands.folder import PLAN, PREVIOUS, RETURNS
from ragtool.commands.templates import return_paths
from ragtool.history.earlier import Earlier
from ragtool.history.previous import read_previous
from ragtool.history.quarters_so_far import merge_earlier
from ragtool.model import Place, Settings, item_id
from ragtool.plan.plan import Plan, ServiceArea
from ragtool.plan.plan_reading import read_plan
from ragtool.plan.plan_workbook import write_plan
from ragtool.quarter.carrying import plan_milestones
from ragtool.quarter.register import before_quarter
from ragtool.quarters import Quarter
from ragtool.returns.entries import KINDS
from ragtool.returns.template.area_items import items_by_area
from ragtool.returns.template.return_rows import Entries
from ragtool.returns.template.template import write_return
from ragtool.sheets import cells, date_cells, figure_cells
from ragtool.sheets.typed_rows import readers_of
from ragtool.workbooks.opening import Cell
from ragtool.workbooks.outputs import put
from ragtool.workbooks.whole_files import these_bytes

BLANK_RETURN = "service_area_return.xlsx"
CHECKOUT = Path(__file__).resolve().parent.parent
SAMPLES = CHECKOUT / "samples"
QUARTERS = (Quarter(2013, 2), Quarter(2015, 2))

S = c.ReturnSheets
ENTRY_FILES = {
    S.KEY_ACTIONS.name: "entries_key_actions.csv",
    S.MILESTONES.name: "entries_milestones.csv",
    S.MEASURES.name: "entries_measures.csv",
    S.NEXT.name: "entries_next_milestones.csv",
    S.REVISIONS.name: "entries_revisions.csv",
}
FIGURES = (c.PERFORMANCE, c.REVISED_PERFORMANCE)
"""Columns that read in the unit of the row's measure."""


def main() -> None:
    """Writes the workbooks where the command line says."""
    write_all(Path(sys.argv[1]) if len(sys.argv) > 1 else CHECKOUT)


def write_all(target: Path) -> None:
    """Writes every workbook that is committed."""
    make_templates(target / "workbook_templates")
    for quarter in QUARTERS:
        make_sample(quarter, target / "samples" / quarter.file_name)


def make_templates(folder: Path) -> None:
    """Writes the plan and the return as they are before anyone fills them in."""
    put(folder / PLAN, write_plan)
    plan, quarter = plan_without_items(), QUARTERS[0]
    items = items_by_area(plan, quarter, ())["Service area"]
    put(folder / BLANK_RETURN, partial(write_return, plan=plan, quarter=quarter, items=items))


def plan_without_items() -> Plan:
    """A plan whose only service area has nothing to report."""
    area = ServiceArea(at=Place("", "", 0), name="Service area")
    return Plan("", Settings(), "", (), (area,), (), (), (), (), (), ())


def make_sample(quarter: Quarter, folder: Path) -> None:
    """Writes one quarter's plan, its previous report where it has one, and its filled returns into `folder`."""
    data = data_of(quarter)
    sheets = {sheet.name: rows_of(data / f"plan_{slug(sheet.name)}.csv") for sheet in c.PlanSheets.ALL}
    put(folder / PLAN, partial(write_plan, sheets=sheets))
    if data_of(quarter.plus(-1)).is_dir():
        report = report_before(quarter, folder / PLAN)
        put(folder / PREVIOUS, these_bytes(report))
    fill_returns(quarter, folder)


def data_of(quarter: Quarter) -> Path:
    """The folder of a quarter's data files."""
    return SAMPLES / "data" / quarter.file_name


def report_before(quarter: Quarter, plan: Path) -> bytes:
    """The report of the quarter before, consolidated from its own returns to the same plan."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        put(folder / PLAN, these_bytes(plan.read_bytes()))
        fill_returns(quarter.plus(-1), folder)
        return consolidate(folder, final=True, panels=False).report.read_bytes()


def fill_returns(quarter: Quarter, folder: Path) -> None:
    """Writes the filled returns of a quarter folder that has its plan and, where there is one, its previous report."""
    plan, _ = read_plan(folder / PLAN)
    report = folder / PREVIOUS
    previous = read_previous(report, plan.settings.organisation) if report.is_file() else None
    before, _ = merge_earlier(plan, previous, quarter)
    shown = plan_milestones(plan, quarter, before_quarter(previous, plan, quarter)).shown
    items = items_by_area(plan, quarter, [step for step in shown if step.counts])
    write = partial(write_return, plan=plan, quarter=quarter, earlier=Earlier.of(before, quarter, plan))
    for area, path in return_paths(folder / RETURNS, plan.areas, quarter):
        put(path, partial(write, items=items[area], entries=entries_of(area, plan, data_of(quarter))))


def slug(name: str) -> str:
    """A sheet's name as its data file's: `key_actions`."""
    return name.lower().replace(" ", "_")


def rows_of(path: Path) -> list[dict[str, str | None]]:
    """A data file's rows, None for blank."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [{heading: value or None for heading, value in row.items()} for row in csv.DictReader(lines)]


def entries_of(area: str, plan: Plan, data: Path) -> Entries:
    """What one service area's officers entered, read from the data files as a return's cells are."""
    entries: dict[str, list[dict[str, object]]] = {}
    for sheet, name in ENTRY_FILES.items():
        readers = readers_of(KINDS[sheet])
        entries[sheet] = []
        for row in rows_of(data / name):
            if row.get(c.SERVICE_AREA) in (None, area):
                measure = plan.measure.get(item_id(row[c.KEY] or "", row.get(c.PART)))
                read_figure = partial(figure_cells.figure, unit=measure.unit if measure else "")
                own: dict[str, cells.Reader] = {
                    **readers,
                    c.PERFORMANCE: read_figure,
                    c.REVISED_PERFORMANCE: read_figure,
                }
                entries[sheet].append({h: own.get(h, cells.text)(Cell(value)) for h, value in row.items() if value})
    signed = next(row for row in rows_of(data / "entries_sign_off.csv") if row[c.SERVICE_AREA] == area)
    entries[S.SIGN_OFF.name] = [
        {c.FIELD: name, c.ENTRY: date_cells.day(Cell(value)) if name == c.SignOff.DATE else value}
        for name in c.SignOff.ALL
        if (value := signed[name])
    ]
    return entries


if __name__ == "__main__":
    main()
