"""Copies of people's own workbooks, changed where they must be and left byte for byte as they were elsewhere.

`annotate_returns` marks queries in copies of the officers' returns; `with_rows` adds rows to the manager's plan.
"""

from ragtool.annotate.copies import Annotated, annotate_returns
from ragtool.annotate.edits import CannotMark
from ragtool.annotate.rows import Value, with_rows

__all__ = ["Annotated", "CannotMark", "Value", "annotate_returns", "with_rows"]
