"""Number formats that show figures and distances with their units."""

import pytest

from ragtool.looks.unit_formats import size_format, unit_format, worse_or_better


@pytest.mark.parametrize("unit", ["a;-b", "£m", "£;-", "days", "a;b;c", 'in "x"', "%"])
def test_quotes_stand_in_pairs_whatever_the_unit_is(unit: str) -> None:
    for made in (unit_format(unit, 1), worse_or_better(size_format(unit, 1, 2))):
        assert made.count('"') % 2 == 0
        outside = "".join(made.split('"')[::2])
        assert outside.count(";") <= 2
        assert not set(outside) - set("0#,.;-%_ ")
