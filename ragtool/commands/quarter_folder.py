"""The quarter folder: a blank one, its returns for officers to fill, and the sample quarter."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from ragtool.commands.folder import PLAN, PREVIOUS, RETURNS, Progress
from ragtool.errors import RagtoolError
from ragtool.history.earlier import Earlier
from ragtool.history.previous import gap_before, read_previous
from ragtool.history.quarters_so_far import merge_earlier
from ragtool.plan.book import write_plan
from ragtool.plan.reading import read_plan
from ragtool.quarter.merge import counted
from ragtool.quarter.milestones import asked_again, plan_milestones
from ragtool.quarter.register import before_quarter
from ragtool.quarters import Quarter
from ragtool.returns.template.template import write_return
from ragtool.workbooks.whole_files import put, unique_names

SAMPLE = "2013-14 Q2"


def make_folder(folder: Path) -> Path:
    """A quarter folder with a blank plan and an empty returns folder. Raises RagtoolError where a plan is there."""
    plan = folder / PLAN
    if plan.exists():
        raise RagtoolError(f"{plan} is there already and isn't overwritten. Choose another folder.")
    put(plan, write_plan)
    (folder / RETURNS).mkdir(exist_ok=True)
    return plan


def quarter_named(folder: Path) -> Quarter | None:
    """The quarter that a folder is named after, such as `2013-14 Q2`, if it is one."""
    try:
        return Quarter.parse(folder.resolve().name)
    except ValueError:
        return None


def make_returns(
    folder: Path, quarter: Quarter, previous: Path | None = None, progress: Progress = lambda what, done, of: None
) -> tuple[list[Path], list[Path], list[str]]:
    """One pre-filled return per service area: those written, those that were there and are kept, and warnings.

    Raises RagtoolError where the plan can't be used.
    """
    plan, queries = read_plan(folder / PLAN)
    path = previous or (folder / PREVIOUS if (folder / PREVIOUS).is_file() else None)
    earlier = read_previous(path, plan.settings.organisation) if path else None
    if earlier:
        queries += [*earlier.queries, *gap_before(earlier, quarter)]
    data, _ = merge_earlier(plan, earlier, quarter)
    before = Earlier.of(data, quarter, plan)
    planned = plan_milestones(plan, quarter, before_quarter(earlier, plan, quarter))
    milestones = counted(planned.shown)
    queries += [*planned.queries, *([] if earlier else asked_again(milestones, plan))]
    warnings = [str(query) for query in queries]
    written: list[Path] = []
    kept: list[Path] = []
    for number, (area, target) in enumerate(return_paths(folder / RETURNS, plan.areas, quarter), 1):
        if target.exists():
            kept.append(target)
        else:
            one = partial(write_return, plan=plan, area=area, quarter=quarter, milestones=milestones, earlier=before)
            put(target, one)
            written.append(target)
        progress("Writing returns", number, len(plan.areas))
    return written, kept, warnings


def return_paths(folder: Path, areas: list[str], quarter: Quarter) -> Iterator[tuple[str, Path]]:
    """Each service area and the file of its return."""
    for area, name in zip(areas, unique_names(areas), strict=True):
        yield area, folder / f"{quarter.file_name} {name}.xlsx"


def copy_sample(folder: Path) -> Path:
    """The sample quarter, plan and filled returns, as `folder`/2013-14 Q2; what is there already must be the same."""
    target = folder / SAMPLE
    for name, source in sample_files(samples() / SAMPLE):
        path, data = target / name, source.read_bytes()
        if path.exists():
            if path.read_bytes() != data:
                raise RagtoolError(f"{path} is there already and isn't the sample's. Choose another folder.")
        else:
            put(path, partial(Path.write_bytes, data=data))
    return target


def samples() -> Traversable:
    """The samples: inside an installed package, beside it in a checkout. Raises RagtoolError where there are none."""
    inside = files("ragtool") / "samples"
    beside = Path(__file__).resolve().parents[2] / "samples"
    for place in (inside, beside):
        if (place / SAMPLE).is_dir():
            return place
    raise RagtoolError("The sample quarter is missing from this installation. Install ragtool again.")


def sample_files(place: Traversable, before: str = "") -> Iterator[tuple[str, Traversable]]:
    """The workbooks of a sample quarter, each with its path inside the folder."""
    for each in sorted(place.iterdir(), key=lambda entry: entry.name):
        if each.is_dir():
            yield from sample_files(each, f"{before}{each.name}/")
        elif each.name.endswith(".xlsx"):
            yield before + each.name, each
