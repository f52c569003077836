"""The corporate plan: read, checked, written."""
