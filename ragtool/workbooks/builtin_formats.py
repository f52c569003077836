"""The number formats that a workbook names by their numbers alone. Source: ECMA-376 part 1, 18.8.30 (numFmt)."""

from __future__ import annotations

GENERAL = "General"

TO_ONES, TO_HUNDREDTHS = "#,##0_);(#,##0)", "#,##0.00_);(#,##0.00)"
TO_ONES_OR_RED, TO_HUNDREDTHS_OR_RED = "#,##0_);[Red](#,##0)", "#,##0.00_);[Red](#,##0.00)"
TO_ONES_IN_ACCOUNTS = r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)'
TO_HUNDREDTHS_IN_ACCOUNTS = r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)'

BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: TO_ONES, 6: TO_ONES_OR_RED, 7: TO_HUNDREDTHS,
    8: TO_HUNDREDTHS_OR_RED, 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "mm-dd-yy",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "m/d/yy h:mm", 37: TO_ONES, 38: TO_ONES_OR_RED, 39: TO_HUNDREDTHS, 40: TO_HUNDREDTHS_OR_RED,
    41: TO_ONES_IN_ACCOUNTS, 42: TO_ONES_IN_ACCOUNTS, 43: TO_HUNDREDTHS_IN_ACCOUNTS, 44: TO_HUNDREDTHS_IN_ACCOUNTS,
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""Of sums of money (5 to 8, 42 and 44), without the sign, which is that of the country where the workbook is opened."""


def builtin_format(number: int) -> str | None:
    """A number format by its number; None where that is none of Excel's own."""
    return BUILT_IN.get(number)
