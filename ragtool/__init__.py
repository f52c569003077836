"""ragtool: quarterly performance reports for councils, Excel in and Excel out.

From Python: `check`, `consolidate`, `rate` and `write_templates`, which the command line runs too. docs/api.md shows
them at work. Each is loaded when it is first used.
"""

TYPE_CHECKING = False  # type checkers take it as true; the less is loaded here, the sooner Ctrl-C is answered
if TYPE_CHECKING:
    from typing import Any

    from ragtool.commands.check import check
    from ragtool.commands.consolidate import consolidate
    from ragtool.commands.rate import rate
    from ragtool.commands.templates import write_templates
    from ragtool.errors import RagtoolError

__version__ = "0.2.0"
__all__ = ["RagtoolError", "check", "consolidate", "rate", "write_templates"]

HOMES = {
    "RagtoolError": "ragtool.errors",
    "check": "ragtool.commands.check",
    "consolidate": "ragtool.commands.consolidate",
    "rate": "ragtool.commands.rate",
    "write_templates": "ragtool.commands.templates",
}
"""The module that each of these is loaded from."""


def __getattr__(name: str) -> "Any":  # PEP 562
    """A command, or the error that ends one, by its name."""
    if name in HOMES:
        from importlib import import_module

        return getattr(import_module(HOMES[name]), name)
    raise AttributeError(f"module 'ragtool' has no attribute '{name}'")


def __dir__() -> list[str]:
    """What can be called, those not loaded yet too: notebooks complete names by it."""
    return sorted({*globals(), *__all__})
