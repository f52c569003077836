"""The PDFs of the committee pack and the panels' reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ragtool.commands.folder import OnProgress
from ragtool.commands.target import printed_as
from ragtool.workbooks.outputs import Outputs
from ragtool.workbooks.printed import find_libreoffice, print_workbooks
from ragtool.workbooks.whole_files import these_bytes

NOT_INSTALLED = (
    "No PDF was made: LibreOffice, which prints them, isn't installed. Install it and run again, or print the "
    "workbooks from Excel."
)


@dataclass(frozen=True)
class Pdfs:
    """The PDFs that a run made, or those `earlier` ones that it left, which show another run's figures; `remark` is why
    none was made.
    """

    made: tuple[Path, ...] = ()
    earlier: tuple[Path, ...] = ()
    remark: str = ""


def print_pdfs(written: Mapping[Path, Path], progress: OnProgress, outputs: Outputs) -> Pdfs:
    """Prints workbooks, given by their places with where they were written; each PDF stands beside its workbook.

    Raises RagtoolError where LibreOffice is there and can't print them.
    """
    libreoffice = find_libreoffice()
    if not libreoffice:
        return Pdfs(earlier=pdfs_of_earlier_runs(list(written)).earlier, remark=NOT_INSTALLED)
    places = [printed_as(path) for path in written]
    progress("Printing PDFs", 0, len(places))  # LibreOffice prints all at once, and takes its time
    for place, printed in zip(places, print_workbooks(libreoffice, list(written.values())), strict=True):
        outputs.write(place, these_bytes(printed))
    progress("Printing PDFs", len(places), len(places))
    return Pdfs(tuple(places))


def pdfs_of_earlier_runs(paths: Sequence[Path]) -> Pdfs:
    """The PDFs that stand beside workbooks which a run writes anew."""
    return Pdfs(earlier=tuple(place for path in paths if (place := printed_as(path)).is_file()))
