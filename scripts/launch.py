"""Runs ragtool for who has no terminal open: python scripts/launch.py [FOLDER or FILE ...]

What the launchers for Windows, macOS and Linux start; all that they do stands here. Makes a virtual environment in
.venv-ragtool the first time, then has ragtool ask what to do with what was dropped on the launcher, or with the folder
that it asks for.
"""

import os
import re
from pathlib import Path

import environment

STARTED_BY = "RAGTOOL_STARTED_BY"
"""The environment variable in which the Windows launcher gives the whole line that started it."""


def launch(arguments: "list[str]") -> int:
    """Sets up where that is needed, and gives ragtool's exit status.

    It runs where the user is, or at home where that is a folder of the program, as after a double click, or of Windows,
    as where the launcher lies on a network drive: what is typed without a path isn't put among a program's own files.
    """
    folder = environment.ROOT / ".venv-ragtool"
    environment.prepare(folder, editable=True)  # from this folder as it is, so that a newer version in it counts
    dropped = dropped_on_windows(os.environ.get(STARTED_BY, "")) or arguments
    # -P: what lies in the user's folder isn't taken for a module.
    command = [str(environment.program(folder, "python")), "-P", "-m", "ragtool", *map(os.path.abspath, dropped)]
    here = Path.cwd()
    of_programs = {environment.ROOT.resolve(), Path(os.environ.get("SYSTEMROOT", environment.ROOT)).resolve()}
    if not of_programs.isdisjoint((here.resolve(), *here.resolve().parents)):
        here = Path.home()
    return environment.show(command, here)


def dropped_on_windows(line: str) -> "list[str]":
    r"""The paths that follow the launcher's name in the line by which Windows started it; none for a line without one.

    Windows puts quotes around a path only where it has a blank, so that its command processor ends C:\R&G at the &.
    """
    _, launcher, after = line.partition('ragtool.cmd"')
    paths = re.findall(r'"([^"]+)"|([^\s"]+)', after[:-1]) if launcher else []  # the last quote closes the whole line
    return [quoted or bare for quoted, bare in paths]


if __name__ == "__main__":
    environment.run_script(launch)
