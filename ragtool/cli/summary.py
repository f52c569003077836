"""What a command comes to, at its end: ratings by colour, returns, queries, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ragtool import columns as c
from ragtool.commands.folder import PLAN, RETURNS
from ragtool.figures import how_many
from ragtool.model import COLOURS, Kind, Query, Rating, Severity

if TYPE_CHECKING:
    from ragtool.commands.check import Checked
    from ragtool.commands.consolidate import Consolidated
    from ragtool.quarter.items import RatedItem

INKS: dict[str, dict[str, Any]] = {
    Rating.RED.word: {"fg": "red", "bold": True},
    Rating.AMBER.word: {"fg": "yellow"},
    Rating.GREEN.word: {"fg": "green"},
    Rating.BLUE.word: {"fg": "blue"},
    Severity.ERROR.value: {"fg": "red", "bold": True},
    Severity.QUERY.value: {"fg": "yellow"},
}
"""How a word of rating or severity looks on a terminal."""

LABEL_WIDTH = 14
"""The width of what a line of the summary is about."""


def inked(text: str, word: str) -> str:
    """A text in the colour of a word."""
    return click.style(text, **INKS[word]) if word in INKS else text


def bold(text: str) -> str:
    """A text that stands out."""
    return click.style(text, bold=True)


def rating_lines(items: Sequence[RatedItem]) -> list[str]:
    """A table of how many key actions and measures have each colour, parts not counted."""
    wholes = [item for item in items if item.part is None]
    counts = Counter((item.item.kind, item.rating) for item in wholes)
    shown = [each for each in reversed(COLOURS) if each is not Rating.BLUE or any(r is each for _, r in counts)]
    headings = [*(each.word for each in shown), "Not rated", "Total"]
    lines = [" " * LABEL_WIDTH + "  ".join(inked(heading, heading) for heading in headings)]
    for kind in Kind:
        of_kind = {rating: count for (which, rating), count in counts.items() if which is kind}
        colours = [of_kind.get(rating, 0) for rating in shown]
        total = sum(of_kind.values())
        cells = zip(headings, [*colours, total - sum(colours), total], strict=True)
        figures = [inked(f"{count:{len(heading)}}", heading if count else "") for heading, count in cells]
        lines.append(f"{kind.value}s".ljust(LABEL_WIDTH) + "  ".join(figures))
    return lines


def query_line(queries: Sequence[Query]) -> str:
    """How many queries there are, and of which severity: `Queries       1 Error, 3 Queries`."""
    counts = Counter(query.severity for query in queries)
    plurals = {Severity.ERROR: "Errors", Severity.QUERY: c.QUERIES}
    shown = (
        inked(f"{counts[each]} {each if counts[each] == 1 else plural}", each)
        for each, plural in plurals.items()
        if counts[each]
    )
    return f"{c.QUERIES:{LABEL_WIDTH}}{', '.join(shown) or 'none'}"


def returns_line(received: int, expected: int) -> str:
    """How many returns were received of those expected."""
    return f"{c.ReportSheets.RETURNS.name:{LABEL_WIDTH}}{received} of {expected} received"


def after_consolidating(outcome: Consolidated) -> str:
    """The next step after a report, in one line; after a final one the next quarter, whatever is doubtful still."""
    if outcome.results.final:
        if outcome.quarter_folder:
            return f'Next: make the folder of the quarter that follows with: ragtool next "{outcome.quarter_folder}"'
        return f"Next: put it beside {PLAN} under its usual name, then run ragtool next with the folder of both."
    missing = f"chase {how_many(len(outcome.missing), 'missing return')}" if outcome.missing else ""
    correct = send_back([each.copy for each in outcome.copies if each.copy])
    if missing or correct:
        return f"Next: {' and '.join(filter(None, (missing, correct)))}, then run it again."
    if outcome.asked:
        return "Next: see to the queries, then run it again."
    return "Next: when it is agreed, run it again with --final."


def after_checking(checked: Checked) -> str:
    """The next step after returns with queries, in one line."""
    return f"Next: {send_back(checked.files) or 'see to the queries'}, then check again."


def send_back(copies: Sequence[Path]) -> str:
    """What to do with the marked copies."""
    marked = "marked return" if len(copies) == 1 else how_many(len(copies), "marked return")
    return f"send the {marked} back to be corrected" if copies else ""


def after_templates(folder: Path) -> str:
    """The next step after returns were written, in one line."""
    home = folder / RETURNS
    return f'Next: send each to its officer, put what comes back into {home}, then run: ragtool check "{folder}"'
