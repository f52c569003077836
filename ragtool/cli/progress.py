"""How far a command is, on a terminal."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, Self

import click

from ragtool.cli.saying import on_terminal


class Progress:
    """A progress bar a task, on a terminal only. A bar that is left half way, as by Ctrl-C, gives the cursor back."""

    def __init__(self, quiet: bool = False) -> None:
        self.shown = on_terminal(sys.stderr) and not quiet
        self.bar: Any = None
        self.task = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.finish()

    def __call__(self, task: str, count: int, of: int) -> None:
        """Shows that `count` of so many are done."""
        if not self.shown:
            return
        if task != self.task:
            self.finish()
            self.task = task
            self.bar = click.progressbar(length=of, label=task, file=sys.stderr, show_pos=True, show_eta=False)
            self.bar.render_progress()
        self.bar.update(count - self.bar.pos)
        if count == of:
            self.finish()

    def finish(self) -> None:
        """Ends the line of the bar that is shown, if one is."""
        if self.bar:
            self.bar.render_finish()
        self.bar, self.task = None, ""
