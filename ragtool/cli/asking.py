"""Asks what to do, where no command was typed: as on a double click, or where a folder is dropped on ragtool.

What is chosen runs as if it were typed. Questions go on until nothing more is wanted, so that a window which closes at
the end keeps what was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ragtool.cli.endings import end
from ragtool.cli.saying import echo
from ragtool.cli.statuses import FAILED, STOPPED, Ended
from ragtool.cli.typed_paths import path_typed
from ragtool.commands.folder import PLAN, is_there, quarter_named
from ragtool.quarters import Quarter

OTHER, GO_ON = "folder", "go on with another folder"
"""What stands below the commands, to leave the folder that was named."""


def ask_what_to_do(paths: Sequence[Path]) -> Ended:
    """Asks what to do with these files or folders, or with one that it asks for; ends as the last command did."""
    first = None if paths else ask_which_folder()
    named = [first] if first else [path.resolve() for path in paths]
    ended: Ended | None = None
    while named:
        answer = ask_which_command(named, again=ended is not None)
        if answer is None:
            break
        if isinstance(answer, Path):
            named = [answer]
            continue
        echo(f"> ragtool {' '.join(map(in_quotes, answer))}")
        ended = end(answer)
        if ended.status == STOPPED:
            return ended
        echo()
        if ended.status != FAILED and ended.to_open:
            offer_to_open(ended.to_open)
            home = ended.to_open.resolve().parent
            named = [home] if is_there(str(home / PLAN)) else named  # new, next and demo make another
    return ended or Ended()


def ask_which_folder() -> Path | None:
    """Asks for a folder, those nearby that have a plan by number, else this one; None where nothing is wanted."""
    from ragtool.commands.what_to_do import quarter_folders

    here = Path.cwd()
    nearby = quarter_folders(here)
    for number, folder in enumerate(nearby, 1):
        echo(f"  {number}  {folder.name}")
    if nearby:
        echo("Which folder? Drag it into this window, type its path or its number, or press Enter for 1 (q to end).")
    else:
        echo(f"There is no quarter's folder in {here}.")
        begun = "press Enter to begin a quarter or see a sample in this one (q to end)"
        echo(f"Which folder? Drag it into this window, type its path, or {begun}.")
    while True:
        answer = answer_to("Folder")
        if wants_to_end(answer):
            return None
        if (place := place_in_list(answer or "1", len(nearby))) is not None:
            return nearby[place]
        if not answer:
            return here
        path = path_typed(answer).resolve()
        if is_there(str(path)) or begins_one(path):
            return path


def wants_to_end(answer: str) -> bool:
    """Whether an answer says that nothing more is wanted."""
    return answer.casefold() in ("q", "quit", "exit")


def begins_one(path: Path) -> bool:
    """Whether a folder that isn't there is meant to be made; else its name was mistyped."""
    answer = answer_to(f"There is no {path}. Type new to begin a quarter there, or press Enter to name another")
    return answer.casefold() in ("new", "n")


def ask_which_command(named: Sequence[Path], again: bool) -> list[str] | Path | None:
    """Asks for a command and gives its words, or another folder to go on with; None where nothing more is wanted."""
    from ragtool.commands.what_to_do import what_suits

    suits = what_suits(named)
    names = [*(each.name for each in suits), OTHER]
    echo(f"What is to be done with {', '.join(map(str, named))}?")
    for number, (name, does) in enumerate(zip(names, [*(each.does for each in suits), GO_ON], strict=True), 1):
        echo(f"  {number}  {name:{max(map(len, names))}}  {does}")
    while True:
        answer = answer_to("Number, or press Enter to end" if again else "Number, or press Enter for 1 (q to end)")
        if wants_to_end(answer) or (again and not answer):
            return None
        if answer.casefold() in names:
            answer = str(names.index(answer.casefold()) + 1)
        place = place_in_list(answer or "1", len(names))
        if place is not None and names[place] == OTHER:
            return ask_which_folder()
        if place is not None:
            chosen = suits[place]
            quarter = ask_which_quarter(chosen.paths[0]) if chosen.asks_quarter else None
            return None if chosen.asks_quarter and quarter is None else chosen.arguments(quarter)
        if is_there(str(path_typed(answer))):
            return path_typed(answer).resolve()
        echo(f"'{answer}' is none of the numbers from 1 to {len(names)}.")


def ask_which_quarter(folder: Path) -> Quarter | None:
    """Asks for a quarter, that which the folder is named after where it is; None where nothing is wanted."""
    likely = quarter_named(folder)
    while True:
        usual = f"press Enter for {likely}, " if likely else "such as 2013/14 Q2, "
        answer = answer_to(f"Which quarter ({usual}q to end)")
        if wants_to_end(answer):
            return None
        if not answer and likely:
            return likely
        try:
            return Quarter.parse(answer.strip("\"' "))
        except ValueError:
            echo(f"'{answer}' is not a quarter. Write it as 2013/14 Q2, or 2019 Q1 where years start in January.")


def offer_to_open(path: Path) -> None:
    """Opens a workbook or folder in the program that belongs to it, where that is wanted."""
    answer = answer_to(f"Open {path.name} now? Press Enter for yes, or type n")
    if answer.casefold() in ("", "y", "yes") and click.launch(str(path)):
        echo(f"It can't be opened from here. Open it yourself: {path}")


def answer_to(question: str) -> str:
    """Asks a question and gives the answer without blanks round it. Raises click.Abort where nobody answers."""
    answer: str = click.prompt(question, default="", show_default=False, prompt_suffix=": ")
    return answer.strip()


def place_in_list(answer: str, count: int) -> int | None:
    """The place in a list of `count` that a number stands for, the first being 1; None where it stands for none."""
    return int(answer) - 1 if answer.isdecimal() and 1 <= int(answer) <= count else None


def in_quotes(word: str) -> str:
    """A word as it is typed on a command line."""
    return f'"{word}"' if " " in word else word
