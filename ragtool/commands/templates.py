"""The returns of a quarter folder, for officers to fill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from ragtool.commands.at_work import alone_in
from ragtool.commands.earlier_report import earlier_report
from ragtool.commands.folder import (
    PLAN,
    PREVIOUS,
    RETURNS,
    OnProgress,
    must_be_folder,
    no_progress,
    path_given,
    quarter_asked,
    quarter_given,
    quarter_named,
)
from ragtool.commands.other_quarters import none_of_the_folders
from ragtool.commands.plain_errors import with_plain_errors
from ragtool.errors import RagtoolError
from ragtool.history.earlier import Earlier
from ragtool.history.quarters_so_far import merge_earlier
from ragtool.model import Query, as_name
from ragtool.plan.plan import Plan
from ragtool.plan.plan_reading import read_plan
from ragtool.plan.quarter_dates import dates_in_doubt
from ragtool.quarter.carrying import asked_again, plan_milestones
from ragtool.quarter.outdated import is_outdated, reported_since, shows_a_report, what_differs
from ragtool.quarter.register import before_quarter
from ragtool.quarters import Quarter
from ragtool.returns.digests import last_changed, prefill_of_rows
from ragtool.returns.one_return import read_return
from ragtool.returns.split_areas import SplitAreas
from ragtool.returns.template.area_items import AreaItems, items_by_area
from ragtool.returns.template.prefill import prefill_of_items
from ragtool.returns.template.template import write_return
from ragtool.returns.whose_return import Owner, Refusal
from ragtool.workbooks.outputs import Outputs
from ragtool.workbooks.whole_files import unique_names, write_whole
from ragtool.workers import Workers

if TYPE_CHECKING:
    import pandas as pd

ANOTHER_FOLDER = "Delete those that aren't meant, and run templates again with the quarter or the folder that is."
"""What to do where the quarter named is another than the folder's."""


@dataclass(frozen=True)
class Kept:
    """A return that was there. `differs` says what the plan has otherwise, where it was made from an earlier one, and
    `reported` what of the quarters before is otherwise by now; `untouched` that nobody has filled it, nor changed it
    in any other way that can be told; `of_report` that it shows what an earlier report told. `others` are service
    areas whose rows it holds beside its own, where it was filled before they were carved out of that.
    """

    path: Path
    differs: str = ""
    reported: str = ""
    untouched: bool = False
    others: tuple[str, ...] = ()
    of_report: bool = False

    @property
    def is_old(self) -> bool:
        """Whether it was made from an earlier plan or report."""
        return bool(self.differs or self.reported)


@dataclass(frozen=True)
class Returns:
    """The returns that were written, those of them that were made `anew`, those that were there and are kept, and in
    `asked` what is odd about plan and history. `former` are returns under names that areas had, and whose they are now.
    """

    written: tuple[Path, ...]
    anew: tuple[Path, ...]
    kept: tuple[Kept, ...]
    asked: tuple[Query, ...]
    former: Mapping[Path, Sequence[str]]

    @cached_property
    def queries(self) -> pd.DataFrame:
        """The queries, with the columns and dtypes that docs/api.md lists."""
        # Nothing else here needs frames, and pandas takes as long to load as a dozen returns to write.
        from ragtool.commands.frames import query_frame

        return query_frame(self.asked)

    @property
    def files(self) -> tuple[Path, ...]:
        """The returns that were written, anew or for the first time."""
        return (*self.written, *self.anew)

    @property
    def to_refresh(self) -> int:
        """How many returns of an earlier plan or report are kept that nobody has filled."""
        return sum(each.is_old and each.untouched for each in self.kept)


@with_plain_errors
def write_templates(
    folder: Path | str,
    quarter: Quarter | str | None = None,
    *,
    previous: Path | str | None = None,
    refresh: bool = False,
    progress: OnProgress = no_progress,
) -> Returns:
    """Writes one pre-filled return per service area; one that is there already stays.

    Where no quarter is named, it is the one that the folder is named after. With `refresh`, a return that was made from
    an earlier plan or report and that nobody has filled is made anew. Raises RagtoolError where the plan can't be used.
    """
    home = Path(folder)
    with alone_in(home) as outputs:
        made = written_returns(home, quarter_meant(home, quarter), path_given(previous), refresh, progress, outputs)
        outputs.put_in()
    return made


def quarter_meant(folder: Path, quarter: Quarter | str | None) -> Quarter:
    """The quarter that was named, else the one that the folder is named after. Raises RagtoolError where neither is."""
    meant = quarter_named(folder) if quarter is None else quarter_given(quarter)
    must_be_folder(folder)
    if meant is None:
        raise RagtoolError(
            f"{folder} isn't named after a quarter, so say which one is to be reported: name it with --quarter, "
            'written as "2026/27 Q2" is.'
        )
    return meant


def written_returns(
    folder: Path, quarter: Quarter, previous: Path | None, refresh: bool, progress: OnProgress, outputs: Outputs
) -> Returns:
    """The returns, written beside their places with `outputs`."""
    plan, queries = read_plan(folder / PLAN)
    quarter = quarter_asked(quarter, plan.settings)
    last = earlier_report(folder, previous, plan, quarter)
    report = last.report
    queries += [*dates_in_doubt(plan, quarter), *none_of_the_folders(folder, quarter, ANOTHER_FOLDER)]
    queries += last.odd_here
    earlier = Earlier.of(merge_earlier(plan, report, quarter)[0], quarter, plan)
    planned = plan_milestones(plan, quarter, before_quarter(report, plan, quarter))
    counted = [step for step in planned.shown if step.counts]
    queries += [*planned.queries, *([] if report else asked_again(counted, plan))]
    items = items_by_area(plan, quarter, counted)
    wanted = [(items[area], target) for area, target in return_paths(folder / RETURNS, plan.areas, quarter)]
    tasks = [(own, target) for own, target in wanted if not outputs.look(target)]
    there = [(own, target) for own, target in wanted if outputs.look(target)]
    with Workers() as workers:
        kept = list(workers.run(partial(compare, plan=plan, quarter=quarter, earlier=earlier), there))
        if report is None:
            kept = without_report(kept, refresh)
        anew = {each.path for each in kept if refresh and each.is_old and each.untouched}
        tasks += [(own, target) for own, target in there if target in anew]
        write_one = partial(put_return, plan=plan, quarter=quarter, earlier=earlier)
        begun = [(own, target, outputs.beside(target)) for own, target in tasks]
        for number, _ in enumerate(workers.run(write_one, begun), 1):
            progress("Writing returns", number, len(tasks))
    return Returns(
        written=tuple(target for _, target in tasks if target not in anew),
        anew=tuple(target for _, target in tasks if target in anew),
        kept=tuple(each for each in kept if each.path not in anew),
        asked=tuple(queries),
        former=former_returns(folder / RETURNS, plan, quarter),
    )


def without_report(kept: Sequence[Kept], refresh: bool) -> list[Kept]:
    """What was there, where there is no earlier report to hold it against. Raises RagtoolError where a return shows
    what one told and would be made anew without it.
    """
    shows = [each.path.name for each in kept if each.of_report and each.untouched]
    if shows and refresh:
        raise RagtoolError(
            f"{shows[0]} was made with an earlier report, so it can't be made anew without it. Name that report with "
            f"--previous, or put it into the quarter folder as {PREVIOUS}."
        )
    return [replace(each, reported="") if each.of_report else each for each in kept]


def former_returns(folder: Path, plan: Plan, quarter: Quarter) -> dict[Path, Sequence[str]]:
    """The returns that are there under names that service areas had and none has now, and whose rows they hold."""
    names = [name for area in plan.service_areas for name in area.formerly if name not in plan.areas]
    paths = ((name, path) for name in names for _, path in return_paths(folder, [name], quarter))
    return {path: plan.areas_called[as_name(name)] for name, path in paths if path.is_file()}


def compare(task: tuple[AreaItems, Path], plan: Plan, quarter: Quarter, earlier: Earlier) -> Kept:
    """A return that is there, held against the plan and what was reported; what can't be read as one isn't touched."""
    items, path = task
    try:
        each = read_return(path, Owner.of(plan))
    except (Refusal, RagtoolError):
        return Kept(path)
    if each.is_former_of(items.area) or (each.area, each.quarter) != (items.area, quarter):
        return Kept(path)
    differs = what_differs(each, plan, items, quarter) if is_outdated(each, plan, items, quarter) else ""
    reported = reported_since(each, plan, items, quarter, earlier)
    if not differs and not reported:
        return Kept(path)
    as_filled_in = prefill_of_rows(each.key_actions, each.measures) in (
        each.filled_in,
        prefill_of_items(items, quarter),
    )
    changed = each.has_entries or last_changed(each.measures, each.last_figures)
    untouched = as_filled_in and not changed and not each.queries
    others = () if untouched else SplitAreas(plan).held_by(each).areas[1:]
    of_report = bool(reported) and shows_a_report(each, plan, items, quarter, earlier)
    return Kept(path, differs, reported, untouched, others, of_report)


def put_return(task: tuple[AreaItems, Path, Path], plan: Plan, quarter: Quarter, earlier: Earlier) -> None:
    """Writes the return that asks for these items beside its place."""
    items, target, beside = task
    write_whole(target, beside, partial(write_return, plan=plan, quarter=quarter, items=items, earlier=earlier))


def return_paths(folder: Path, areas: Iterable[str], quarter: Quarter) -> Iterator[tuple[str, Path]]:
    """Each service area and the file of its return."""
    for area, name in zip(areas, unique_names(areas), strict=True):
        yield area, folder / f"{quarter.file_name} {name}.xlsx"
