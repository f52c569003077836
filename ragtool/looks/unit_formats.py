"""Number formats that show a figure with its unit, and a distance from target in words: the cell stays a number."""

from __future__ import annotations

from ragtool.figures import leads, one_of

LONGEST_UNIT = 12
"""A longer unit stands in its own column alone: a number can't wrap, so it would widen its column."""
ON_TARGET, AT_TARGET = "on target", "at target"
"""What no distance from target is called; to be exactly at one that must be bettered isn't to be on target."""


def unit_format(unit: str, decimals: int) -> str:
    """Excel's number format for a unit.

    >>> unit_format("%", 1), unit_format("£m", 2), unit_format("homes", 0)
    ('0.0%', '"£"#,##0.00"m";-"£"#,##0.00"m"', '#,##0" homes"')
    """
    if unit == "%":
        return f"0{point(decimals)}%"
    number = f"#,##0{point(decimals)}"
    unit = unit.replace('"', "")
    if leads(unit) and len(unit) <= LONGEST_UNIT:
        after = f'"{unit[1:]}"' if unit[1:] else ""
        positive = f'"{unit[0]}"{number}{after}'
        return f"{positive};-{positive}"
    return f'{number}" {unit}"' if unit and len(unit) <= LONGEST_UNIT else number


def point(decimals: int) -> str:
    """The decimal point and places of a number format."""
    return "." + "0" * decimals if decimals else ""


def points_name(unit: str, one: bool = False) -> str:
    """What a distance in a measure's own unit is counted in; of a percentage that is points."""
    if unit == "%":
        return "point" if one else "points"
    return one_of(unit) if one else unit


def points_format(name: str, decimals: int) -> str:
    """The number format of the size of a distance in points.

    >>> points_format("points", 1), points_format("£", 0)
    ('#,##0.0" points"', '"£"#,##0')
    """
    return unit_format(name, decimals).partition(";-")[0]


def worse_or_better(size: str, none: str = ON_TARGET) -> str:
    """The number format of a distance from target, positive when worse, from that of its size.

    >>> worse_or_better("0.0%")
    '0.0%" worse";0.0%" better";"on target"'
    >>> worse_or_better('0.0" days"')
    '0.0" days worse";0.0" days better";"on target"'
    """
    before = f"{size[:-1]} " if size.endswith('"') else f'{size}" '  # one quoted text, and not two side by side
    return f'{before}worse";{before}better";"{none}"'
