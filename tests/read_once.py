"""The same bytes are read once in a run of the tests: a fifth of its time was the reading of what had been read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from ragtool.workbooks.formats import Format
from ragtool.workbooks.stored import Filling

Reading: TypeAlias = Callable[[Filling, bytes], tuple[Format, dict[str, str]]]

MOST = 300
"""Workbooks that are kept."""

SMALL = 400_000
"""Bytes of what is kept: returns and plans of tests, as they are saved unpacked too, and their reports."""


def read_once(read_into: Reading) -> Reading:
    """`read_into`, which gives again what it gave of the same bytes within the same bounds."""
    kept: dict[object, tuple[dict[str, Any], Format, dict[str, str]]] = {}

    @wraps(read_into)
    def reading(filling: Filling, data: bytes) -> tuple[Format, dict[str, str]]:
        key = hashlib.sha256(data).digest(), filling.bounds, frozenset(filling.only)
        if key not in kept:
            form, properties = read_into(filling, data)
            if len(data) > SMALL:
                return form, properties
            kept[key] = dict(vars(filling)), form, properties
            while len(kept) > MOST:
                del kept[next(iter(kept))]
        found, form, properties = kept[key]
        vars(filling).update(found)  # what was read is never changed: a Book gives it as mappings and tuples
        return form, properties

    return reading
