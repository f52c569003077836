"""scripts/environment.py, demo.py and test.py, without a network: nothing here makes a real environment."""

import ast
import io
import os
import re
import sys
import sysconfig
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import demo
import environment
import ragtool
import test as check_script
import versions

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a blank and an accent in its path, and pip and venv replaced by what they leave behind."""
    root = tmp_path / "Köln council"
    root.mkdir()
    (root / "pyproject.toml").write_text('[build-system]\nrequires = ["hatchling>=1"]\n', encoding="utf-8")
    (root / "constraints.txt").write_text("pandas==3\n", encoding="utf-8")

    def make(folder: Path) -> None:
        python = environment.program(folder, "python")
        python.parent.mkdir(parents=True)
        python.touch()
        Path(sysconfig.get_path("purelib", "venv", {"base": str(folder)})).mkdir(parents=True)

    def run(command: list[str], sentence: str | None = None) -> None:
        with (root / "installed.txt").open("a", encoding="utf-8") as log:
            log.write(" ".join(command[command.index("constraints.txt") + 1 :]) + "\n")

    monkeypatch.setattr(environment, "ROOT", root)
    monkeypatch.setattr(environment, "make", make)
    monkeypatch.setattr(environment, "run", run)
    return root


def installed(root: Path) -> list[str]:
    return (root / "installed.txt").read_text(encoding="utf-8").splitlines()


# --- what turns a Python away


@pytest.mark.parametrize("version", [(2, 7), (3, 6), (3, 10)])
def test_python_too_old_is_named(version: tuple[int, int]) -> None:
    with pytest.raises(
        environment.CannotSetUp, match=rf"3\.11 or newer, and this is Python {version[0]}\.{version[1]}:"
    ):
        environment.check_python(version)


@pytest.mark.parametrize("version", [(3, 11), (3, 15), (4, 0)])
def test_python_new_enough_passes(version: tuple[int, int]) -> None:
    environment.check_python(version)


def test_oldest_python_is_the_projects() -> None:
    oldest = ".".join(str(number) for number in environment.OLDEST_PYTHON)
    assert project()["requires-python"] == f">={oldest}"


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_debian_without_python3_venv_is_told_what_to_install(
    missing: str, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)  # import then raises ImportError
    with pytest.raises(environment.CannotSetUp, match="sudo apt install python3-venv"):
        environment.prepare(checkout / ".venv-demo")
    assert not (checkout / ".venv-demo").exists()


@pytest.mark.parametrize("name", ["environment.py", "demo.py", "launch.py", "test.py"])
def test_scripts_parse_on_a_python_that_they_turn_away(name: str) -> None:
    tree = ast.parse((ROOT / "scripts" / name).read_text(encoding="utf-8"), feature_version=(3, 7))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.module != "__future__", "Python 3.6 has no 'from __future__ import annotations'"
        if isinstance(node, ast.FunctionDef):
            arguments = [*node.args.args, *node.args.kwonlyargs]
            for annotation in [node.returns, *(argument.annotation for argument in arguments)]:
                assert not isinstance(annotation, ast.Subscript | ast.BinOp), f"put {ast.unparse(annotation)} in quotes"


# --- how a script ends


def exit_status(job: Callable[[list[str]], int]) -> int | str | None:
    with pytest.raises(SystemExit) as stop:
        environment.run_script(job)
    return stop.value.code


@pytest.mark.parametrize("status", [0, 1, 2])
def test_exit_status_is_the_jobs(status: int) -> None:
    assert exit_status(lambda arguments: status) == status


def test_python_too_old_ends_before_the_job(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "OLDEST_PYTHON", (99, 0))
    assert exit_status(lambda arguments: print("job") or 0) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("ragtool needs Python 99.0 or newer")
    assert output.err.count("\n") == 1


@pytest.mark.parametrize("problem", [environment.CannotSetUp("Do this."), KeyboardInterrupt()])
def test_no_traceback(problem: BaseException, capsys: pytest.CaptureFixture[str]) -> None:
    def job(arguments: list[str]) -> int:
        raise problem

    assert exit_status(job) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_say_escapes_what_the_console_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    console = io.TextIOWrapper(io.BytesIO(), encoding="cp1252", newline="\n")
    monkeypatch.setattr(sys, "stdout", console)
    environment.say("Köln Łódź")
    console.seek(0)
    assert console.read() == "Köln \\u0141ód\\u017a\n"


# --- the environment


def test_programs_on_windows_and_elsewhere() -> None:
    folder = Path("my checkout", ".venv-demo")
    assert environment.program(folder, "python", windows=True) == folder / "Scripts" / "python.exe"
    assert environment.program(folder, "ragtool", windows=True) == folder / "Scripts" / "ragtool.exe"
    assert environment.program(folder, "ragtool", windows=False) == folder / "bin" / "ragtool"


def test_made_once_and_then_used_again(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = checkout / ".venv-test"
    assert environment.prepare(folder, extra="test", editable=True)
    assert installed(checkout) == ["hatchling>=1", "--editable .[test]"]
    assert "Setting up .venv-test" in capsys.readouterr().out
    assert not environment.prepare(folder, extra="test", editable=True)
    assert len(installed(checkout)) == 2
    assert capsys.readouterr().out == ""


def test_an_editable_environment_finds_the_checkout_by_a_path_without_its_accents(checkout: Path) -> None:
    folder = checkout / ".venv-test"
    environment.prepare(folder, extra="test", editable=True)
    [pointer] = folder.rglob("*.pth")
    assert (pointer.parent / pointer.read_text(encoding="ascii")).resolve() == checkout.resolve()


def test_an_installed_environment_does_not_see_the_checkout(checkout: Path) -> None:
    environment.prepare(checkout / ".venv-demo")
    assert not list((checkout / ".venv-demo").rglob("*.pth"))


def test_reinstalling_the_code_leaves_the_rest(checkout: Path) -> None:
    folder = checkout / ".venv-demo"
    environment.prepare(folder)
    environment.reinstall_ragtool(folder)
    assert installed(checkout) == ["hatchling>=1", ".", "--no-deps --force-reinstall ."]


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_made_again_where_the_requirements_changed(name: str, checkout: Path) -> None:
    folder = checkout / ".venv-demo"
    environment.prepare(folder)
    left = folder / "left.txt"
    left.touch()
    with (checkout / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert environment.prepare(folder)
    assert not left.exists()


@pytest.mark.parametrize(("where", "attribute"), [("sys", "version"), ("sys", "base_prefix")])
def test_made_again_with_another_python(
    where: str, attribute: str, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.prepare(checkout / ".venv-demo")
    monkeypatch.setattr(f"environment.{where}.{attribute}", "another")
    assert environment.prepare(checkout / ".venv-demo")


def test_made_again_where_the_checkout_was_moved(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment.prepare(checkout / ".venv-demo")
    moved = checkout.rename(checkout.with_name("moved"))
    monkeypatch.setattr(environment, "ROOT", moved)
    assert not environment.is_whole(moved / ".venv-demo", environment.fingerprint(moved, ""))


def test_made_again_where_making_it_was_interrupted(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = checkout / ".venv-demo"

    def interrupted(folder: Path, extra: str, editable: bool) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment, "install_ragtool", interrupted)
        with pytest.raises(KeyboardInterrupt):
            environment.prepare(folder)
    assert environment.program(folder, "python").exists()
    assert environment.prepare(folder)


def test_made_again_where_its_python_is_gone(checkout: Path) -> None:
    folder = checkout / ".venv-demo"
    environment.prepare(folder)
    environment.program(folder, "python").unlink()
    assert environment.prepare(folder)


def test_not_taken_for_whole_where_removing_it_failed(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = checkout / ".venv-demo"
    environment.prepare(folder)

    def locked(path: str) -> None:
        raise PermissionError(13, "in use", path)

    monkeypatch.setattr("shutil.rmtree", locked)
    with pytest.raises(environment.CannotSetUp, match="Close what is using it"):
        environment.remove(folder)
    assert not environment.is_whole(folder, environment.fingerprint(checkout, ""))


def test_not_removed_by_the_python_inside_it(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = checkout / ".venv-test"
    folder.mkdir()
    monkeypatch.setattr(sys, "prefix", str(folder))
    with pytest.raises(environment.CannotSetUp, match="deactivate"):
        environment.prepare(folder)
    assert folder.exists()


def test_a_folder_that_cannot_be_written_is_a_sentence(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(environment, "make", full)
    with pytest.raises(environment.CannotSetUp, match="No space left on device"):
        environment.prepare(checkout / ".venv-demo")


# --- pip


def test_pip_failing_shows_its_end_and_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    prints = "import sys\nfor n in range(100): print('line', n)\nprint('No space left'); sys.exit(1)"
    with pytest.raises(environment.CannotSetUp, match="put right what the lines above say"):
        environment.run([sys.executable, "-c", prints])
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.endswith("line 99\nNo space left\n")
    assert "line 50\n" not in output.err


@pytest.mark.parametrize(
    "output",
    [
        "WARNING: Retrying ... NewConnectionError('Temporary failure in name resolution')",
        "ProxyError('Cannot connect to proxy.')",
        "WARNING: Retrying ... NewConnectionError('refused')\nERROR: ResolutionImpossible: for help visit",
    ],
)
def test_pip_without_its_index_names_what_to_ask_for(output: str) -> None:
    assert "proxy" in environment.what_pip_needs(output)
    assert "can't reach the index" in environment.what_pip_needs(output)


@pytest.mark.parametrize(
    "output",
    [
        "ERROR: No matching distribution found for hatchling==1.33.0",
        "The user requested (constraint) hatchling==1.33.0\nERROR: ResolutionImpossible: for help visit",
    ],
)
def test_pip_without_a_version_names_the_index_and_the_constraints(output: str) -> None:
    assert "can't find a package in the version that constraints.txt names" in environment.what_pip_needs(output)


def test_children_get_the_users_variables_less_those_that_mix_pythons() -> None:
    variables = {"PATH": "p", "PIP_INDEX_URL": "i", "PIP_TARGET": "t", "PYTHONPATH": "x", "PIP_USER": "1"}
    assert environment.child_environment(variables) == {
        "PATH": "p",
        "PIP_INDEX_URL": "i",
        "PIP_USER": "0",
        "PIP_NO_INPUT": "1",
    }


# --- demo.py


def test_the_demo_starts_by_python_since_a_script_of_pips_breaks_at_a_quotation_mark(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []

    def show(command: list[str]) -> int:
        ran.append(command)
        return 0

    monkeypatch.setattr(environment, "show", show)
    assert demo.demo([]) == 0
    python = str(environment.program(checkout / ".venv-demo", "python"))
    assert ran == [[python, "-I", "-m", "ragtool", "demo", str(checkout / "demo")]]


# --- test.py


@pytest.mark.parametrize(
    ("failing", "status", "sentence"),
    [
        (
            [],
            0,
            "All is well: ruff check, ruff format, mypy, spelling, what nothing uses and pytest found nothing wrong.\n",
        ),
        (["mypy"], 1, "Not yet: mypy failed; see above.\n"),
        (["ruff", "pytest"], 1, "Not yet: ruff check, ruff format and pytest failed; see above.\n"),
    ],
)
def test_every_check_runs_and_the_last_sentence_says_which_failed(
    failing: list[str], status: int, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = []

    def show(command: list[str]) -> int:
        ran.append(command[2:])
        return 5 if command[2] in failing else 0

    monkeypatch.setattr(environment, "prepare", lambda *arguments, **options: False)
    monkeypatch.setattr(environment, "show", show)
    assert check_script.test(["-k", "rules"]) == status
    output = capsys.readouterr()
    assert (output.err or output.out).endswith(sentence)
    assert ran == [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["codespell_lib"],
        ["vulture"],
        ["pytest", "-k", "rules"],
    ]


# --- what is installed


def project() -> dict[str, object]:
    table: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return table


def test_every_requirement_is_bounded_and_pinned_within_its_bounds() -> None:
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line.split("#")[0]) for line in lines if line.split("#")[0].strip()]
    pins = [pin for pin in pins if not pin.marker or pin.marker.evaluate()]
    versions = {pin.name: str(pin.specifier).removeprefix("==") for pin in pins}
    needed = [
        *whole["build-system"]["requires"],
        *whole["project"]["dependencies"],
        *whole["project"]["optional-dependencies"]["test"],
        *whole["project"]["optional-dependencies"]["peers"],
    ]
    for requirement in map(Requirement, needed):
        assert "<" in str(requirement.specifier), f"{requirement} has no upper bound"
        assert ">=" in str(requirement.specifier), f"{requirement} has no lower bound"
        assert requirement.specifier.contains(versions[requirement.name]), f"{requirement} is pinned outside its bounds"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no execute bit, and .ci/run isn't run there")
def test_ci_run_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_version_is_the_same_wherever_it_stands() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version, released = re.findall(r"^## (\S+) \((\d{4}-\d\d-\d\d)\)$", changes, re.MULTILINE)[0]
    assert project()["version"] == ragtool.__version__ == version
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert f"version: {version}" in cited
    assert f"date-released: {released}" in cited


def test_what_is_tried_with_other_versions_is_there() -> None:
    assert all((ROOT / path).exists() for path in versions.TESTED)
    assert {requirement.partition("==")[0] for requirement in versions.oldest_allowed()} >= {"pandas", "click"}
