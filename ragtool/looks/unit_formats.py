"""Number formats that show a figure with its unit, and a distance from target in words: the cell stays a number."""

from __future__ import annotations

from ragtool.figures import leads, one_of
from ragtool.model import Better

LONGEST_UNIT = 12
"""A longer unit stands in its own column alone: a number can't wrap, so it would widen its column."""
ON_TARGET, AT_TARGET = "on target", "at target"
"""What no distance from target is called; to be exactly at one that must be bettered isn't to be on target."""
TO_BE_BETTERED = frozenset(each for each in Better if each.strict)


def unit_format(unit: str, decimals: int) -> str:
    """Excel's number format for a unit.

    >>> unit_format("%", 1), unit_format("£m", 2), unit_format("homes", 0)
    ('0.0%', '"£"#,##0.00"m";-"£"#,##0.00"m"', '#,##0" homes"')
    """
    if unit == "%":
        return f"0{point(decimals)}%"
    size = size_format(unit, decimals)
    return f"{size};-{size}" if leads(unit) and not size.startswith("#") else size


def size_format(name: str, decimals: int, spare: int = 0) -> str:
    """The number format of the size of a figure or of a distance in points, with so many `spare` decimals that are
    shown where they aren't 0.

    >>> size_format("points", 1), size_format("£", 0), size_format("days", 1, 2)
    ('#,##0.0" points"', '"£"#,##0', '#,##0.0##" days"')
    """
    number, name = f"#,##0{point(decimals)}{'#' * spare}", name.replace('"', "")
    if not name or len(name) > LONGEST_UNIT:
        return number
    if leads(name):
        return f'"{name[0]}"{number}' + (f'"{name[1:]}"' if name[1:] else "")
    return f'{number}" {name}"'


def point(decimals: int) -> str:
    """The decimal point and places of a number format."""
    return "." + "0" * decimals if decimals else ""


def points_name(unit: str, one: bool = False) -> str:
    """What a distance in a measure's own unit is counted in; of a percentage that is points."""
    if unit == "%":
        return "point" if one else "points"
    return one_of(unit) if one else unit


def none_called(better_when: object) -> str:
    """What no distance from target is called, by what stands under Better when."""
    return AT_TARGET if better_when in TO_BE_BETTERED else ON_TARGET


def worse_or_better(size: str, none: str = ON_TARGET) -> str:
    """The number format of a distance from target, positive when worse, from that of its size.

    >>> worse_or_better("0.0%")
    '0.0%" worse";0.0%" better";"on target"'
    >>> worse_or_better('0.0" days"')
    '0.0" days worse";0.0" days better";"on target"'
    """
    before = f"{size[:-1]} " if size.endswith('"') else f'{size}" '  # one quoted text, and not two side by side
    return f'{before}worse";{before}better";"{none}"'
