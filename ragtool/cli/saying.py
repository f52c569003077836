"""What is said on stdout and stderr, whatever they are."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO

import click


class CannotTell(Exception):
    """A stream doesn't take what a command has to say, which is after all that it writes."""


def echo(text: str = "", err: bool = False) -> None:
    """Says something on stdout or stderr."""
    try:
        click.echo(text, err=err)
    except OSError as problem:
        raise CannotTell(problem.strerror or problem) from None


def say(sentence: str) -> None:
    """Says on stderr why a run ends; where that is closed nobody can be told."""
    with suppress(CannotTell):
        echo(sentence, err=True)


def can_ask() -> bool:
    """Whether somebody sits at a terminal, who can be asked."""
    return all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout))


def fit_streams() -> None:
    """Makes all that is to be said fit the streams, and keeps the numbers of closed ones from the files of the run."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # it gets the lowest number that is free
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A cp1252 console can't show every letter of a plan: better a question mark than a failed run.
            stream.reconfigure(errors="replace")


def drop_untaken() -> bool:
    """Drops what stdout or stderr didn't take, so that it isn't tried again when the process ends; says if any was."""
    broken = [stream for stream in (sys.stdout, sys.stderr) if not takes_text(stream)]
    for stream in broken:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return bool(broken)


def takes_text(stream: TextIO | None) -> bool:
    """Whether a stream takes all that was written to it; one that is closed has nothing to take."""
    try:
        if stream and not stream.closed:
            stream.flush()
    except OSError:
        return False
    return True
