"""Changes a workbook's package in place and leaves all else byte for byte as it was."""
