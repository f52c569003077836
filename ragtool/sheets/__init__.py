"""A sheet by its headings: rows found, and what a cell says."""
