"""The officers' returns: the workbook that each service area fills in."""
