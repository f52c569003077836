"""What every test module shares."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import make_samples
import small_quarter
from ragtool.cli import run
from ragtool.workers import collect_seldom

collect_seldom()  # as the command does

# The same examples in each run, and no clock: a run on a slow machine finds what a run on a fast one does.
settings.register_profile(
    "seeded", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("seeded")


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small quarter, filled, signed and without a query; only to be copied."""
    return small_quarter.build(tmp_path_factory.mktemp("small") / "2013-14 Q2")


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
