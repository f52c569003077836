"""What `--json` says: one object for programs, of the same keys however a command ends. docs/json.md lists them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ragtool
from ragtool.cli.telling import kept_remarks, pdf_remarks
from ragtool.model import Kind, Query, Rating

if TYPE_CHECKING:
    from ragtool.commands.check import Checked
    from ragtool.commands.consolidate import Consolidated
    from ragtool.quarter.items import RatedItem
    from ragtool.quarters import Quarter
    from ragtool.returns.marked import Annotated

JSON_COMMANDS = ("check", "consolidate")
"""The commands that say it."""

KEYS_OF_KINDS = {Kind.KEY_ACTION: "key_actions", Kind.MEASURE: "measures"}
"""The kinds of item as the object's keys have them."""


def consolidated_as_json(outcome: Consolidated, status: int) -> str:
    """What a run of `consolidate` found and wrote."""
    besides = outcome.besides
    files = {
        "report": [outcome.report],
        "committee pack": [besides.pack] if besides.pack else [],
        "panel report": besides.panels,
        "PDF": outcome.pdfs.made,
        "copy to correct": [each.copy for each in outcome.copies if each.copy],
        "earlier report": [outcome.target.keep_as] if outcome.target.keep_as else [],
    }
    return as_text(
        command="consolidate",
        status=status,
        quarters=[outcome.quarter],
        items=[(outcome.quarter, item) for item in outcome.results.items],
        files=files,
        queries=outcome.asked,
        inputs=outcome.inputs,
        remarks=[*remarks_on(outcome.copies), *pdf_remarks(outcome), *kept_remarks(outcome)],
        returns={
            "expected": outcome.expected,
            "received": outcome.expected - len(outcome.missing),
            "missing": list(outcome.missing),
        },
    )


def checked_as_json(checked: Checked, status: int) -> str:
    """What `check` found."""
    return as_text(
        command="check",
        status=status,
        quarters=sorted(checked.quarters),
        items=checked.items,
        files={"copy to correct": checked.files},
        queries=checked.asked,
        inputs=checked.inputs,
        remarks=remarks_on(checked.copies),
        returns={"expected": None, "received": checked.returns, "missing": []},
    )


def failure_as_json(words: Sequence[str], status: int, error: str, queries: Sequence[Query]) -> str:
    """Why the command that was typed could not be done."""
    return as_text(
        command=next(filter(JSON_COMMANDS.__contains__, words), None), status=status, error=error, queries=queries
    )


def as_text(
    *,
    command: str | None,
    status: int,
    error: str | None = None,
    quarters: Iterable[Quarter] = (),
    returns: Mapping[str, Any] | None = None,
    items: Sequence[tuple[Quarter, RatedItem]] = (),
    files: Mapping[str, Iterable[Path]] | None = None,
    queries: Sequence[Query] = (),
    inputs: Iterable[Path] = (),
    remarks: Sequence[str] = (),
) -> str:
    """The object. It is all ASCII, so that no stream can spoil it."""
    paths: dict[str, set[str]] = {}
    for path in inputs:
        paths.setdefault(path.name, set()).add(str(path.absolute()))
    named = {name: next(iter(of_name)) for name, of_name in paths.items() if len(of_name) == 1}
    wholes = [item for _, item in items if item.part is None]
    content = {
        "ragtool": ragtool.__version__,
        "command": command,
        "status": status,
        "error": error,
        "quarters": list(map(str, quarters)),
        "returns": returns or {"expected": None, "received": None, "missing": []},
        "counts": {name: counts_of([i for i in wholes if i.item.kind is kind]) for kind, name in KEYS_OF_KINDS.items()},
        "files": [
            {"kind": kind, "path": str(path.absolute())} for kind, paths in (files or {}).items() for path in paths
        ],
        "remarks": list(remarks),
        "queries": [query_as_json(query, named) for query in queries],
        "ratings": [rating_as_json(quarter, item) for quarter, item in items],
    }
    return json.dumps(content, indent=2)


def remarks_on(copies: Iterable[Annotated]) -> list[str]:
    """What is to be said of marked copies, as that one was edited and is kept."""
    return [each.remark for each in copies if each.remark]


def counts_of(items: Sequence[RatedItem]) -> dict[str, dict[str, int]]:
    """How many items are published with each rating, and how many have it by the rule."""
    published = Counter(item.published.rating for item in items)
    by_rule = Counter(item.published.rule for item in items)
    return {
        "published": {rating.value: published[rating] for rating in Rating},
        "rule": {rating.value: by_rule[rating] for rating in Rating},
    }


def query_as_json(query: Query, paths: Mapping[str, str]) -> dict[str, str | None]:
    """A query, with the path of its file where one file alone has that name."""
    return {
        "file": query.file or None,
        "path": paths.get(query.file),
        "sheet": query.sheet or None,
        "cell": query.cell or None,
        "heading": query.heading or None,
        "key": query.key or None,
        "severity": query.severity.value,
        "problem": query.problem,
        "what_to_do": query.what_to_do or None,
    }


def rating_as_json(quarter: Quarter, rated: RatedItem) -> dict[str, Any]:
    """A rating and what it follows from. Figures are texts, since most readers make binary floats of JSON's numbers."""
    figure, target = (getattr(rated, name, None) for name in ("figure", "target"))
    return {
        "quarter": str(quarter),
        "kind": rated.item.kind.value,
        "key": rated.item.key,
        "part": rated.part,
        "service_area": rated.item.area,
        "rating": rated.published.rating.value,
        "rule_rating": rated.published.rule.value,
        "mark": rated.published.mark.value if rated.published.mark else None,
        "performance": None if figure is None else f"{figure:f}",
        "target": None if target is None else f"{target:f}",
        "unit": rated.item.unit or None,
        "why": rated.published.why,
    }
