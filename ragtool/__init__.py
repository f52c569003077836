"""ragtool: quarterly performance reports for councils, Excel in and Excel out.

From Python: `check`, `consolidate`, `rate` and `write_templates`, which the command line runs too. docs/api.md shows
them at work. Each is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module

from ragtool.errors import RagtoolError

TYPE_CHECKING = False  # type checkers take it as true; without typing, Ctrl-C is answered nine milliseconds earlier
if TYPE_CHECKING:
    from typing import Any

    from ragtool.commands.check import check
    from ragtool.commands.consolidate import consolidate
    from ragtool.commands.rate import rate
    from ragtool.commands.templates import write_templates

__version__ = "0.2.0"
__all__ = ["RagtoolError", "check", "consolidate", "rate", "write_templates"]

HOMES = {
    "check": "ragtool.commands.check",
    "consolidate": "ragtool.commands.consolidate",
    "rate": "ragtool.commands.rate",
    "write_templates": "ragtool.commands.templates",
}
"""The module that each command is loaded from."""


def __getattr__(name: str) -> Any:  # PEP 562
    """A command, by its name."""
    if name in HOMES:
        return getattr(import_module(HOMES[name]), name)
    raise AttributeError(f"module 'ragtool' has no attribute '{name}'")


def __dir__() -> list[str]:
    """What can be called, those not loaded yet too: notebooks complete names by it."""
    return sorted({*globals(), *__all__})
