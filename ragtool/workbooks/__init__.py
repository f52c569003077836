"""Spreadsheets of any kind: read within bounds, put in place whole."""
