"""docs/commands.md: every command, argument, option and exit status as the command line has them."""

from __future__ import annotations

import re

import click

from docs.pages import page, section, the_table
from ragtool.cli import command_line, statuses

PAGE = page("commands.md")
GROUP = command_line.commands


def subcommands() -> dict[str, click.Command]:
    """The commands by name."""
    assert isinstance(GROUP, click.Group)
    return dict(GROUP.commands)


def test_every_command_stands_there_with_its_arguments() -> None:
    told = [row["command"].strip("`") for row in the_table(PAGE)]
    assert {line.split()[1] for line in told if " " in line} == set(subcommands())
    for line in told[1:]:
        command = subcommands()[line.split()[1]]
        arguments = [each for each in command.params if isinstance(each, click.Argument)]
        optional = [f"[{each.name.upper()}]" for each in arguments if each.name and not each.required]
        assert [word for word in line.split() if word.startswith("[") and "--" not in word] == optional
        assert len(re.findall(r"\b[A-Z_]{3,}\b", line)) == len(arguments), line


def test_every_option_stands_there() -> None:
    told = [
        (row["command"], name) for row in the_table(section(PAGE, "Options")) for name in option_names(row["option"])
    ]
    everywhere = {name for command, name in told if command == "all"}
    assert everywhere == {"--help", "-h"}
    for name, command in {"ragtool": GROUP, **subcommands()}.items():
        options = {opt for each in command.params if isinstance(each, click.Option) for opt in each.opts}
        assert {option for whose, option in told if whose == name} == options - everywhere, name


def option_names(cell: str) -> list[str]:
    """The options that a cell names, without what follows them."""
    return re.findall(r"`(--?[a-z-]+)", cell)


def test_the_exit_statuses_stand_there() -> None:
    told = {int(row["status"]) for row in the_table(section(PAGE, "How a command ends"))}
    assert told == {statuses.CLEAN, statuses.TO_CHASE, statuses.FAILED, statuses.STOPPED}
