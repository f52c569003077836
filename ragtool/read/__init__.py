"""Workbooks in: the plan, the returns and the previous report, as typed frames and queries."""
