"""What every test module shares."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import make_samples
import small_quarter
from docs.documented import has_row
from ragtool.cli import run
from ragtool.errors import RagtoolError
from ragtool.model import Query
from ragtool.returns.marked import copies
from ragtool.workbooks import opening
from ragtool.workers import collect_seldom
from read_once import read_once

collect_seldom()  # as the command does
READ_ONCE = read_once(opening.read_into)

# The same examples in each run, and no clock: a run on a slow machine finds what a run on a fast one does.
settings.register_profile(
    "seeded",
    max_examples=50,  # the long search is the referee compare_rules, run by its name
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("seeded")


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small quarter, filled, signed and without a query; only to be copied."""
    return small_quarter.build(tmp_path_factory.mktemp("small") / "2013-14 Q2")


@pytest.fixture(scope="session")
def sample_2013(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample of 2013/14 Q2 with its report, by the command that the README names; only to be looked at."""
    folder = tmp_path_factory.mktemp("demo")
    assert run(["demo", str(folder)]) == 0
    return folder / "2013-14 Q2"


@pytest.fixture(scope="session")
def sample_2015(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The illustrative sample of 2015/16 Q2, consolidated in a copy; only to be looked at."""
    copy = tmp_path_factory.mktemp("sample") / "2015-16 Q2"
    shutil.copytree(make_samples.CHECKOUT / "samples" / copy.name, copy)
    assert run(["consolidate", str(copy)]) == 1  # two queries, which show an officer's copy to correct
    return copy


@pytest.fixture
def quarter(filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> small_quarter.Quarter:
    """A copy of the small quarter, to be made messy."""
    return small_quarter.Quarter(small_quarter.copy_of(filled, tmp_path), capsys)


@pytest.fixture(autouse=True)
def reading_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes are read once, but where reading itself is tried, or its steps are counted."""
    if not {"workbooks", "test_work_grows_with_the_returns.py"} & {*request.path.parts}:
        for module in (opening, copies):
            monkeypatch.setattr(module, "read_into", READ_ONCE)


@pytest.fixture(autouse=True)
def documented(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever the program has to say in a test has its row in docs/messages.md."""
    said: set[str] = set()
    query, error = Query.__init__, RagtoolError.__init__

    def make_query(self: Query, *values: Any, **named: Any) -> None:
        query(self, *values, **named)
        said.update([self.problem] if made_by_the_program() else [])

    def make_error(self: RagtoolError, message: str, *values: Any, **named: Any) -> None:
        error(self, message, *values, **named)
        said.update([message] if made_by_the_program() else [])

    monkeypatch.setattr(Query, "__init__", make_query)
    monkeypatch.setattr(RagtoolError, "__init__", make_error)
    yield
    lacking = sorted(message for message in said if not has_row(message))
    assert not lacking, "docs/messages.md has no row for what the program says here"


def made_by_the_program() -> bool:
    """Whether a message comes from the program, and not from a test that makes up one."""
    frame = sys._getframe(2)
    while frame.f_globals["__name__"] == "ragtool.model" and frame.f_back:
        frame = frame.f_back
    return bool(frame.f_globals["__name__"].startswith("ragtool."))
