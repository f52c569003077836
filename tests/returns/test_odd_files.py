"""Files that are odd by what they are or by how they are called: each is named, and none stops the others."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from officers import fill, table
from ragtool import columns as c
from ragtool.cli import run
from ragtool.returns.marked.standing_copies import shortened
from small_quarter import FINANCE, copy_of, report_of, return_of

needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


@needs_posix
def test_links_that_lead_nowhere_pipes_and_sockets_are_named(filled: Path, tmp_path: Path) -> None:
    folder = copy_of(filled, tmp_path)
    returns = folder / "returns"
    (returns / "2013-14 Q2 Broken.xlsx").symlink_to(tmp_path / "nowhere.xlsx")
    os.mkfifo(returns / "2013-14 Q2 Pipe.xlsx")
    with socket.socket(socket.AF_UNIX) as bound:
        before = Path.cwd()
        os.chdir(returns)  # a socket's path is short
        try:
            bound.bind("socket.xlsx")
        finally:
            os.chdir(before)
    command = [sys.executable, "-m", "ragtool", "consolidate", str(folder), "--no-panels", "--no-pack"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert "Files found 6 = used 3 + refused 0 + passed over 3." in done.stdout
    files = {row[c.FILE]: row[c.CHASE] for row in table(report_of(folder), "Returns") if not row[c.SERVICE_AREA]}
    assert files["2013-14 Q2 Broken.xlsx"].startswith("Passed over: It is a link to a file that isn't there.")
    assert files["2013-14 Q2 Pipe.xlsx"].startswith("Passed over: It is no file but a connection between programs")
    assert files["socket.xlsx"] == files["2013-14 Q2 Pipe.xlsx"]


@needs_posix
@pytest.mark.parametrize("suffix", [".xlsx", ".xls"])
def test_a_name_of_255_bytes_gets_a_shorter_copy_and_stops_nothing(filled: Path, tmp_path: Path, suffix: str) -> None:
    folder = copy_of(filled, tmp_path)
    for name in ("é" * 125, "a" * 250):
        stem = name[: (255 - len(suffix)) // len(name[0].encode())]
        area = FINANCE if name[0] == "a" else "Highways"
        path = return_of(folder, area)
        fill(path, "Milestones", {c.STATUS: "nearly"}, key="K3" if area == FINANCE else "K2", no=1)
        path.rename(path.with_name(f"{stem}{suffix}"))
    for _ in range(2):
        assert run(["consolidate", str(folder), "--no-panels", "--no-pack"]) == 1
        copies = list((folder / "returns" / "queries").iterdir())
        assert len(copies) == 2
        assert all(len(copy.name.encode()) < 240 and copy.stem[0] in "aé" for copy in copies)


def test_a_name_that_is_cut_is_never_blank() -> None:
    """A copy without a name is hidden, so that each run would leave another one."""
    assert shortened(" " * 240 + "Highways", Path("queries")) == "Highways"
    assert shortened(" Highways", Path("queries")) == " Highways"


@needs_posix
def test_a_plan_that_is_a_pipe_is_no_file(filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copy_of(filled, tmp_path)
    (folder / "corporate_plan.xlsx").unlink()
    os.mkfifo(folder / "corporate_plan.xlsx")
    assert run(["consolidate", str(folder)]) == 2
    assert "ragtool met a fault" not in capsys.readouterr().err
