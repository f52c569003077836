"""Workbooks printed to PDF, as LibreOffice prints them, where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from ragtool.errors import RagtoolError

PROGRAMS = ("soffice", "libreoffice")
MINUTES_EACH = 2
"""The longest that a workbook may take: a LibreOffice that waits for somebody to answer a question never ends."""


def find_libreoffice() -> Path | None:
    """The program, where this machine has it: on the path, or where its installer puts it on Windows and macOS."""
    usual = [Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")]
    homes = (os.environ.get(variable) for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)"))
    usual += [Path(home, "LibreOffice", "program", "soffice.exe") for home in homes if home]
    on_path = (Path(name) for program in PROGRAMS if (name := shutil.which(program)))
    return next((path for path in (*on_path, *usual) if path.is_file()), None)


def print_workbooks(libreoffice: Path, workbooks: Sequence[Path]) -> list[bytes]:
    """Each workbook as a PDF. Raises RagtoolError where LibreOffice doesn't make one.

    It works on copies, under short names, with a profile of its own, so that one that is open disturbs nothing.
    """
    with TemporaryDirectory(prefix="ragtool-") as name:
        folder = Path(name)
        copies = [Path(shutil.copyfile(path, folder / f"{n}.xlsx")) for n, path in enumerate(workbooks)]
        command = [str(libreoffice), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, copies)]
        try:
            subprocess.run(command, capture_output=True, timeout=60 * MINUTES_EACH * len(copies), check=False)
            return [copy.with_suffix(".pdf").read_bytes() for copy in copies]
        except (OSError, subprocess.TimeoutExpired):
            raise RagtoolError(
                "LibreOffice could not print the workbooks. Run again without --pdf, then print them from Excel."
            ) from None
