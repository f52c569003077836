"""The house rules that a program can check: which way imports go, where headings stand, what may print."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import ragtool
from ragtool import columns as c
from ragtool.read.settings import NAMES

PACKAGE = Path(ragtool.__file__).parent
MODULES = {
    ".".join(("ragtool", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}

COMMANDS = ("ragtool.cli", "ragtool.check", "ragtool.next_quarter", "ragtool.quarter_folder", "ragtool.pipeline")
WRITERS = ("ragtool.report", "ragtool.returns", "ragtool.annotate", "ragtool.plan_book")

FORBIDDEN = (
    ("ragtool", ("ragtool.cli",)),
    ("ragtool.read", (*COMMANDS, *WRITERS, "ragtool.checks", "ragtool.rules")),
    ("ragtool.report", (*COMMANDS, "ragtool.read", "ragtool.returns", "ragtool.annotate", "ragtool.rules")),
    ("ragtool.returns", (*COMMANDS, "ragtool.annotate", "ragtool.checks")),
    ("ragtool.annotate", (*COMMANDS, "ragtool.returns", "ragtool.checks", "ragtool.rules")),
    ("ragtool.checks", (*COMMANDS, "ragtool.report", "ragtool.annotate")),
)
"""What the modules below a name may not import."""

PURE = {"ragtool.model", "ragtool.quarters", "ragtool.figures", "ragtool.rules"}
"""All that the rules may know of the program."""

SHEETS = [
    sheet
    for book in (c.PlanSheets, c.ReturnSheets, c.ReportSheets, c.PanelSheets)
    for sheet in vars(book).values()
    if isinstance(sheet, c.Sheet)
]
HEADINGS = {heading for sheet in SHEETS for heading in sheet.headings}


def below(module: str, name: str) -> bool:
    """Whether a module is `name` or lies in it."""
    return module == name or module.startswith(f"{name}.")


def imported(path: Path) -> Iterator[str]:
    """The modules of the program that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (name for alias in node.names if (name := f"{node.module}.{alias.name}") in MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_one_way(module: str) -> None:
    found = set(imported(MODULES[module]))
    for name, never in FORBIDDEN:
        if below(module, name) and module not in ("ragtool.__main__", "ragtool.cli"):
            wrong = {each for each in found for other in never if below(each, other)}
            assert not wrong, f"{module} imports {sorted(wrong)}"


@pytest.mark.parametrize("module", [module for module in MODULES if below(module, "ragtool.rules")])
def test_the_rules_know_no_workbook_path_or_clock(module: str) -> None:
    own = {each for each in imported(MODULES[module]) if below(each, "ragtool") and each != "ragtool"}
    assert all(any(below(each, name) for name in PURE) for each in own)
    assert not set(imported(MODULES[module])) & {"pathlib", "os", "time", "openpyxl", "xlsxwriter", "pandas"}


def test_what_lies_in_annotate_is_used_through_it() -> None:
    others = [name for name in MODULES if not below(name, "ragtool.annotate")]
    assert not [
        name for name in others if any(each.startswith("ragtool.annotate.") for each in imported(MODULES[name]))
    ]


@pytest.mark.parametrize("module", [module for module in MODULES if module != "ragtool.columns"])
def test_a_row_is_read_and_made_by_the_headings_of_columns(module: str) -> None:
    nodes = [*ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8")))]
    keys = [key for node in nodes if isinstance(node, ast.Dict) for key in node.keys]
    keys += [node.slice for node in nodes if isinstance(node, ast.Subscript)]
    spelled = {key.value for key in keys if isinstance(key, ast.Constant)} & HEADINGS
    assert spelled <= set(NAMES.values())  # some settings are called as a column is


@pytest.mark.parametrize("module", [module for module in MODULES if module != "ragtool.cli"])
def test_only_the_commands_print(module: str) -> None:
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.Name) and node.id == "print")
        assert not (isinstance(node, ast.Attribute) and ast.unparse(node) in ("sys.stdout", "sys.stderr", "sys.exit"))
    assert "click" not in set(imported(MODULES[module]))


@pytest.mark.parametrize("module", MODULES)
def test_every_function_says_what_it_is_for(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    named = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert [node.name for node in named if not ast.get_docstring(node)] == []
