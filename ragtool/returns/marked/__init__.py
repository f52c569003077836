"""Copies of people's own workbooks, changed where they must be and left byte for byte as they were elsewhere.

`annotate_returns` marks queries in copies of the officers' returns; `with_rows` adds rows to the manager's plan,
`without_values` empties cells of it.
"""

from ragtool.returns.marked.copies import Annotated, annotate_returns
from ragtool.workbooks.edit.added_rows import AddedValue, with_rows, without_values
from ragtool.workbooks.edit.edits import CannotMark

__all__ = ["AddedValue", "Annotated", "CannotMark", "annotate_returns", "with_rows", "without_values"]
