"""The palette, fitting and page set-up: what report, return and plan share."""
