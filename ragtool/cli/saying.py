"""What is said on stdout and stderr, whatever they are."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TextIO

import click

BARE_TERMINALS = ("dumb", "unknown")
"""What TERM says of terminals that show plain text alone."""


class CannotTell(Exception):
    """A stream doesn't take what a command has to say, which is after all that it writes."""


def echo(text: str = "", err: bool = False) -> None:
    """Says something on stdout or stderr, in colour where they show it and without a control code where they don't."""
    try:
        click.echo(text, err=err, color=shows_colour(sys.stderr if err else sys.stdout))
    except OSError as problem:
        raise CannotTell(problem.strerror or problem) from None


def say(sentence: str) -> None:
    """Says on stderr why a run ends; where that is closed nobody can be told."""
    with suppress(CannotTell):
        echo(sentence, err=True)


@dataclass(frozen=True)
class Voice:
    """How a command says what it found: on stdout, which `as_json` leaves to the object, and when `quiet` only what
    must be chased.
    """

    as_json: bool = False
    quiet: bool = False

    def tell(self, text: str = "") -> None:
        """Says what was found or written."""
        if not self.quiet:
            echo(text, err=self.as_json)

    def chase(self, text: str, err: bool = False) -> None:
        """Says what somebody must see to."""
        echo(text, err=err or self.as_json)


def on_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal that does more than type one letter after the other."""
    return bool(stream and stream.isatty()) and os.environ.get("TERM") not in BARE_TERMINALS


def shows_colour(stream: TextIO | None) -> bool:
    """Whether what is said on a stream may have colours: NO_COLOR forbids them anywhere, FORCE_COLOR asks for them."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or on_terminal(stream)


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
