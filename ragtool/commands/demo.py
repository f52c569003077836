"""The sample quarter, from the installed package or the checkout."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from ragtool.commands.at_work import alone_in_new
from ragtool.commands.plain_errors import with_plain_errors
from ragtool.errors import RagtoolError
from ragtool.workbooks.whole_files import these_bytes

SAMPLE = "2013-14 Q2"


@with_plain_errors
def copy_sample(folder: Path) -> Path:
    """The sample quarter, plan and filled returns, as `folder`/2013-14 Q2; what is there already must be the same."""
    target = folder / SAMPLE
    with alone_in_new(target) as outputs:
        for name, source in sample_files(samples() / SAMPLE):
            path, data = target / name, source.read_bytes()
            if not outputs.look(path):
                outputs.write(path, these_bytes(data))
            elif path.read_bytes() != data:
                raise RagtoolError(f"{path} is there already and isn't the sample's. Choose another folder.")
        outputs.put_in()
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
