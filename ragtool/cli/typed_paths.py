"""The path of a file or folder that somebody typed, or dropped into a terminal."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from ragtool.commands.folder import is_there

QUOTES = "\"'\u2018\u2019\u201c\u201d"


def path_typed(text: str) -> Path:
    """The path that somebody means, with whatever quotes, blanks or backslashes a terminal writes one that is dropped.

    Where nothing stands there under any reading, it is the likeliest: the words without what is round them.
    """
    readings = list(readings_of(text.strip()))
    return Path(next(filter(is_there, readings), readings[-1]))


def readings_of(text: str) -> Iterator[str]:
    """What a text may mean, as it stands first, the likeliest last."""
    yield text
    if text.startswith("file:"):  # as a Linux desktop drops it
        yield url2pathname(urlsplit(text).path)
    bare = text.removeprefix("& ").strip(QUOTES + " ")  # PowerShell calls what is dropped
    if os.name != "nt" and "\\" in text:
        with suppress(ValueError):
            words = shlex.split(text)
            bare = words[0] if len(words) == 1 else bare
    with suppress(RuntimeError):  # a home that isn't known
        bare = str(Path(bare).expanduser())
    yield bare
