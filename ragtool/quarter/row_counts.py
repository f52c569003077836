"""What became of the rows of returns, counted so that those found are always those used, refused and passed over."""

from __future__ import annotations

from collections import Counter

RowCounts = Counter[tuple[str, str]]
"""Rows of returns by the service area that is asked for them, and by what became of them."""

USED, REFUSED, PASSED_OVER = "used", "refused", "passed over"
"""What becomes of a row: its entries count; it is foreign, doubled or wrong, with a query; it is a copy of another."""
