"""The main part of an .xlsx: the list of its sheets, and what counts for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ragtool.workbooks.package import Package
from ragtool.workbooks.records import records
from ragtool.workbooks.texts import unescaped
from ragtool.workbooks.vocabulary import TRUE, element_name, relationship_id

SHEETS, SHEET, DEFINED_NAMES = "sheets", "sheet", "definedNames"

STEPS_OF_NAME = 20
"""What a name that a workbook defines takes, which stays in what is made of the workbook: a next quarter's plan."""


@dataclass(frozen=True)
class ListedSheet:
    """A sheet of the list: its name, the id of the relationship to its part, and whether people see it."""

    name: str
    relationship: str
    shown: bool


@dataclass(frozen=True)
class WorkbookPart:
    """The sheets in their order, which dates the workbook counts from, and whether its formulas wait to be calculated
    when it is opened, as programs ask for that can't calculate themselves. `names` are those that it defines.
    """

    sheets: tuple[ListedSheet, ...]
    mac_dates: bool
    to_calculate: bool
    names: tuple[str, ...] = ()


def listed_sheet(attributes: Mapping[str, str]) -> ListedSheet:
    """A sheet from the attributes that it is listed with. Source: ECMA-376 part 1, 18.2.19."""
    shown = attributes.get("state", "visible") == "visible"
    return ListedSheet(unescaped(attributes.get("name", "")), relationship_id(attributes), shown)


def workbook_part(package: Package, main: str) -> WorkbookPart:
    """The main part of the name `main`."""
    sheets: list[ListedSheet] = []
    names: list[str] = []
    mac_dates = to_calculate = False
    for name, element in records(package, main, lists=(SHEETS, DEFINED_NAMES)):
        if name == SHEETS and element_name(element.tag) == SHEET:
            sheets.append(listed_sheet(element.attrib))
        elif name == DEFINED_NAMES and element_name(element.tag) == "definedName":
            package.work.take(STEPS_OF_NAME)
            names.append(element.get("name", ""))
        elif name == "workbookPr":
            mac_dates = element.get("date1904", "0") in TRUE
        elif name == "calcPr":
            to_calculate = element.get("fullCalcOnLoad", "0") in TRUE
    return WorkbookPart(tuple(sheets), mac_dates, to_calculate, tuple(names))
