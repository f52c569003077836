"""Shows ragtool at work: python scripts/demo.py

Makes a virtual environment in .venv-demo, installs ragtool into it from this checkout, and has it write the sample
quarter and its report into demo/. The last lines name the workbook to open.
"""

import argparse

import environment


def demo(arguments: "list[str]") -> int:
    """Sets up, writes demo/ and gives the exit status of `ragtool demo`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args(arguments)
    folder = environment.ROOT / ".venv-demo"
    if not environment.prepare(folder):
        environment.reinstall_ragtool(folder)  # the code may have changed since
    # Not pip's own script `ragtool`: that doesn't start from a folder with a quotation mark in its name.
    python, into = environment.program(folder, "python"), environment.ROOT / "demo"
    return environment.show([str(python), "-I", "-m", "ragtool", "demo", str(into)])


if __name__ == "__main__":
    environment.run_script(demo)
