"""Whether white can be seen on the ground of its cell."""

from __future__ import annotations

import pytest

from ragtool.workbooks.inks import ink_on


@pytest.mark.parametrize("ground", ["1F3864", "FF0000", "70AD47", "5B9BD5", "000000"])
def test_white_is_seen_on_a_dark_ground(ground: str) -> None:
    assert ink_on("FFFFFF", ground).dark


@pytest.mark.parametrize("ground", ["FFFF00", "FFFFCC", "FFF2CC", "E2EFDA", "D9D9D9", "FFFFFF", "", "none"])
def test_white_is_not_known_to_be_seen_on_a_light_one(ground: str) -> None:
    """Officers mark cells yellow."""
    assert not ink_on("FFFFFF", ground).dark
