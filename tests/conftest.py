"""What every test module shares."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import small_quarter


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small quarter, filled, signed and without a query; only to be copied."""
    return small_quarter.build(tmp_path_factory.mktemp("small") / "2013-14 Q2")


@pytest.fixture
def quarter(filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> small_quarter.Quarter:
    """A copy of the small quarter, to be made messy."""
    return small_quarter.Quarter(small_quarter.copy_of(filled, tmp_path), capsys)
