"""The error that ends a run; everything else that is wrong with the data is a `Query`."""

from __future__ import annotations

TYPE_CHECKING = False  # as in the package itself, which loads this at once
if TYPE_CHECKING:
    from collections.abc import Sequence

    from ragtool.model import Query


class RagtoolError(Exception):
    """The run cannot go on: no plan, a locked output, a full disk.

    The message is one sentence for a person who is not a programmer and says what to do. `queries` are the
    faults in the workbook that led here, each to be shown on its own line.
    """

    def __init__(self, message: str, queries: Sequence[Query] = ()) -> None:
        super().__init__(message)
        self.queries = tuple(queries)
