"""How far a command is, on a terminal."""

from __future__ import annotations

import sys
from typing import Any

import click


class Progress:
    """A progress bar a task, on a terminal only; quiet when piped."""

    def __init__(self) -> None:
        self.bar: Any = None
        self.task = ""

    def __call__(self, task: str, count: int, of: int) -> None:
        if not (sys.stderr and sys.stderr.isatty()):
            return
        if task != self.task:
            self.task = task
            self.bar = click.progressbar(length=of, label=task, file=sys.stderr, show_pos=True, show_eta=False)
            self.bar.render_progress()
        self.bar.update(1)
        if count == of:
            self.bar.render_finish()
