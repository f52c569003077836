"""The officers' returns: the workbook each service area fills in, and its copy marked with queries."""
