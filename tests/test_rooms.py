"""The house rules that a program can check: which room may import which, where headings stand, what may print."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import ragtool
from ragtool import columns as c
from ragtool.plan.settings import SETTING_NAMES

PACKAGE = Path(ragtool.__file__).parent
MODULES = {
    ".".join(("ragtool", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
TREES = {module: ast.parse(path.read_text(encoding="utf-8")) for module, path in MODULES.items()}

WORDS = ("columns", "model", "quarters", "figures", "errors", "workers")
ROOMS = ("cli", "commands", "report", "results", "checks", "quarter", "returns", "history", "plan") + (
    "sheets",
    "workbooks",
    "looks",
    "rules",
)
"""The rooms from the top of the stair to its foot: each may import the rooms after it and the words, none before it."""

STEPS = {"plan": ("lists", ""), "returns": ("marked", "template", ""), "workbooks": ("edit", "")}
"""The steps inside a room that has folders; the empty one stands for the room's own modules."""

ONE_FOR_EACH_FORMAT = {"read_cell", "read_sheet"}
"""What each of the modules for .xls, .xlsb and .xlsx does in its own way."""


def imported(module: str) -> Iterator[str]:
    """The modules that a module imports, of the program and others."""
    return imported_in(TREES[module])


def imported_in(tree: ast.AST) -> Iterator[str]:
    """The modules that a text imports; each must be named in full, or the room that it lies in isn't seen."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: {ast.unparse(node)}"
            assert node.module
            names = [name for alias in node.names if (name := f"{node.module}.{alias.name}") in MODULES]
            yield from names or [node.module]


def room(module: str) -> str:
    """The room that a module lies in; a word is its own."""
    return module.partition(".")[2].partition(".")[0]


def step(module: str) -> str:
    """The folder inside its room that a module lies in, empty for the room's own modules."""
    inside = module.split(".")[2:]
    return inside[0] if inside and inside[0] in STEPS.get(room(module), ()) else ""


def test_no_import_goes_up() -> None:
    wrong = []
    for module in MODULES:
        if module in ("ragtool", "ragtool.__main__"):
            continue
        for other in (each for each in imported(module) if each.startswith("ragtool.")):
            mine, theirs = room(module), room(other)
            if mine in WORDS:
                allowed = theirs in WORDS
            elif mine == theirs:
                order = STEPS.get(mine, ("",))
                allowed = order.index(step(module)) <= order.index(step(other)) or step(module) == step(other)
            else:
                allowed = theirs in WORDS or ROOMS.index(mine) < ROOMS.index(theirs)
            if not allowed:
                wrong.append(f"{module} imports {other}")
    assert wrong == []


@pytest.mark.parametrize("line", ["from . import cli", "from .report import charts", "from ..cli import main"])
def test_a_relative_import_is_refused(line: str) -> None:
    with pytest.raises(AssertionError, match=re.escape(line)):
        list(imported_in(ast.parse(line)))


def packages_in(tree: ast.AST) -> set[str]:
    """The packages that a text imports from: `openpyxl` for `openpyxl.utils`."""
    return {name.partition(".")[0] for name in imported_in(tree)}


def defined(tree: ast.Module) -> Iterator[str]:
    """The names of a module's functions and classes."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    return (node.name for node in tree.body if isinstance(node, kinds))


def assigned(tree: ast.Module) -> Iterator[str]:
    """The names of a module's constants and aliases."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))


def several(names: Iterable[str]) -> set[str]:
    """The names that are there more than once."""
    return {name for name, count in Counter(names).items() if count > 1}


def test_no_two_functions_classes_or_modules_have_one_name() -> None:
    assert several(name for tree in TREES.values() for name in defined(tree)) == ONE_FOR_EACH_FORMAT
    assert several(path.name for path in MODULES.values()) == {"__init__.py"}


def test_what_a_module_imports_by_name_has_that_name_alone() -> None:
    trees = [tree for module, tree in TREES.items() if module != "ragtool.columns"]  # whose names are said with it
    own = Counter(name for tree in trees for name in {*assigned(tree), *defined(tree)})
    nodes = (node for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    taken = {alias.name for node in nodes if str(node.module).startswith("ragtool") for alias in node.names}
    assert {name for name in taken if own[name] > 1} == set()


COMPREHENSIONS = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
LONG = 25
"""Nodes of a comprehension from which it is no idiom, and two alike are one function written twice."""


def shape(comprehension: ast.expr) -> str:
    """A comprehension as its text, whatever its own variables are called."""
    copy = ast.parse(ast.unparse(comprehension), mode="eval").body
    names = [node for node in ast.walk(copy) if isinstance(node, ast.Name)]
    own = {name.id: f"own_{number}" for number, name in enumerate(names) if isinstance(name.ctx, ast.Store)}
    for name in names:
        name.id = own.get(name.id, name.id)
    return ast.unparse(copy)


def test_no_long_comprehension_is_written_twice() -> None:
    places: dict[str, list[str]] = {}
    for module, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, COMPREHENSIONS) and len([*ast.walk(node)]) >= LONG:
                places.setdefault(shape(node), []).append(f"{module}:{node.lineno}")
    assert places
    assert [twice for twice in places.values() if len(twice) > 1] == []


def picture() -> list[str]:
    """The lines of CONTRIBUTING's picture of the rooms, each beginning with a room."""
    text = (PACKAGE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines() if line.startswith("    ")]
    start = lines.index(next(line for line in lines if line[:1] == ["cli"]))
    return [line[0] for line in lines[start : start + len(ROOMS) + 1]]


def test_contributing_shows_the_rooms_as_they_are() -> None:
    assert picture() == [*ROOMS, "words"]


def test_the_way_of_a_return_goes_up_the_stair() -> None:
    text = (PACKAGE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("A return goes up this stair: "))
    way = line.removeprefix("A return goes up this stair: ").split(". ")[0].split(" -> ")
    steps = [ROOMS.index(name) for name in way]
    assert steps == sorted(steps, reverse=True)
    for below, above in pairwise(way):
        assert any(room(other) == below for module in MODULES if room(module) == above for other in imported(module))


def test_every_room_is_listed() -> None:
    assert {room(module) for module in MODULES} == {"", "__main__", *WORDS, *ROOMS}


def test_at_most_ten_entries_lie_beside_the_rooms() -> None:
    assert len([path for path in PACKAGE.iterdir() if path.is_file()]) <= 10


def test_the_rules_know_no_workbook_path_or_clock() -> None:
    for module in (module for module in MODULES if room(module) == "rules"):
        barred = {"pathlib", "os", "time", "openpyxl", "xlsxwriter", "pandas"}
        assert not packages_in(TREES[module]) & barred, module


NO_HEADINGS = {
    # What stands in a cell, under whatever heading.
    "model": {"Red", "Amber", "Green", "Quarter", "Complete", "Overdue", "Final", "No", "Key action", "Measure"}
    | {"Milestones"},
    "results.exceptions": {"Escalated", "Red", "Amber"},
    "results.results": {"Final"},
    "returns.not_read": {"Red", "Amber", "Green"},
    "workbooks.fills": {"Red", "Amber", "Green"},
    # Settings that are called as a column is.
    "plan.column_notes": {"Organisation", "Plan title", "Intervention level", "Index method", "Green within"},
    "plan.plan_values": {"Intervention level", "Green within"},
    "plan.entry_checks": {"Index method"},
    "plan.plan_workbook": {"Plan title", "Intervention level", "Index method", "Green within"},
    # An attribute of the file format.
    "workbooks.relationships": {"Target"},
}
"""Texts that are no headings though they read as one, by their modules."""


def texts_in(tree: ast.AST) -> set[str]:
    """The texts of a module that the program uses: neither docstrings nor the names that it lends."""
    nodes = [*ast.walk(tree)]
    beside = {node.value for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            beside.update(each for each in ast.walk(node.value) if isinstance(each, ast.expr))
    constants = [node for node in nodes if isinstance(node, ast.Constant) and node not in beside]
    return {node.value for node in constants if isinstance(node.value, str)}


def test_a_heading_or_sheet_name_stands_in_columns_alone() -> None:
    headings = texts_in(TREES["ragtool.columns"]) - {c.TEMPLATE_VERSION}
    assert {c.KEY, c.ReportSheets.PAGE, c.ReportSheets.DATA.name, c.About.ORGANISATION} <= headings
    spelled = {
        module.removeprefix("ragtool."): texts_in(tree) & headings
        for module, tree in TREES.items()
        if module != "ragtool.columns"
    }
    assert {module: texts for module, texts in spelled.items() if texts} == NO_HEADINGS
    settings = set().union(*(texts for module, texts in NO_HEADINGS.items() if module.startswith("plan.")))
    assert settings <= set(SETTING_NAMES.values())


SPEAKING = {"click", "sys", "logging", "warnings", "getpass", "traceback", "curses", "builtins"}
"""Packages by which a program prints, asks or exits."""

SAYING = {"print", "input", "exit", "quit", "breakpoint", "SystemExit", "_exit", "abort", "system", "popen"}
"""Names by which it does so with no package of those: built in, or of os."""


def speaking_in(tree: ast.AST) -> set[str]:
    """By what a text may print, ask or exit."""
    nodes = [*ast.walk(tree)]
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    names |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    names |= {node.name for node in nodes if isinstance(node, ast.alias)}
    return packages_in(tree) & SPEAKING | names & SAYING


def test_only_the_commands_print() -> None:
    ways = {module: speaking_in(tree) for module, tree in TREES.items()}
    assert [(module, by) for module, by in ways.items() if by and room(module) != "cli"] == []
    assert ways["ragtool.cli.saying"]


@pytest.mark.parametrize(
    "line",
    [
        *("print(1)", "say = print", "input()", "exit(2)", "raise SystemExit(2)", "os._exit(2)", "os.system('echo')"),
        *("import sys", "import sys as s", "from sys import stderr", "from os import _exit as end", "import logging"),
        *("from logging import getLogger", "import logging.config", "import warnings", "from click import echo"),
    ],
)
def test_every_way_to_print_or_exit_is_seen(line: str) -> None:
    assert speaking_in(ast.parse(line))


def test_every_function_says_what_it_is_for() -> None:
    for module, tree in TREES.items():
        named = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        assert [node.name for node in named if not ast.get_docstring(node)] == [], module
