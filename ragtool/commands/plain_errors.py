"""What the system refuses, as the one kind of error that ends a run."""

from __future__ import annotations

import errno
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from ragtool.errors import RagtoolError
from ragtool.sheets.unreadable import quoted

WHOLE = "No output is half done: each is as it was, or new and whole."
"""What holds whenever a run ends."""

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def with_plain_errors(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """The same function, which raises RagtoolError where the system refuses a file or a drive."""

    @wraps(function)
    def plain(*arguments: Given.args, **options: Given.kwargs) -> Answer:
        try:
            return function(*arguments, **options)
        except OSError as problem:
            raise RagtoolError(system_refusal(problem)) from problem

    return plain


def system_refusal(problem: OSError) -> str:
    """What the system refused, in a sentence."""
    if problem.errno == errno.ENAMETOOLONG and problem.filename:
        return f"{quoted(str(problem.filename))} is too long for a file or folder. {WHOLE} Check what was typed."
    why = problem.strerror or problem
    return f"{problem.filename or 'A file'} can't be used ({why}). {WHOLE} Check the disk or drive and run again."
