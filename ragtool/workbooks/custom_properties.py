"""Custom properties: what programs and people note about a workbook by name. Source: ECMA-376 part 1, 22.3."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from ragtool.workbooks.package import Package
from ragtool.workbooks.records import records
from ragtool.workbooks.texts import escaped, unescaped
from ragtool.workbooks.vocabulary import HEAD, PROPERTIES, PROPERTIES_PART, PROPERTY_VALUES

PROPERTY = "property"
FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format of every custom property. Source: ECMA-376 part 1, 22.3.2.2."""

FIRST_NUMBER = 2
"""The lowest number that a property may have; those below are the format's own."""

LONGEST_PROPERTY = 1000
"""Characters that are read of one."""

LONGEST_WRITTEN = 255
"""Characters that Excel takes."""

NONE_YET = f'{HEAD}<Properties xmlns="{PROPERTIES}" xmlns:vt="{PROPERTY_VALUES}"></Properties>'.encode()


def custom_properties(package: Package) -> dict[str, str]:
    """The workbook's custom properties by name, each as text."""
    properties: dict[str, str] = {}
    if PROPERTIES_PART in package:
        for name, element in records(package, PROPERTIES_PART):
            if name == PROPERTY:
                runs = (run for run in element.itertext() if not run.isspace())
                properties[element.get("name", "")] = unescaped("".join(runs))[:LONGEST_PROPERTY]
    return properties


def properties_xml(properties: Mapping[str, str], first: int, prefix: str) -> str:
    """Properties numbered from `first` on, for a part whose own elements have that prefix."""
    return "".join(
        f"<{prefix}{PROPERTY} fmtid={quoteattr(FORMAT_ID)} pid={quoteattr(str(number))} name={quoteattr(name)}>"
        f'<vt:lpwstr xmlns:vt="{PROPERTY_VALUES}">{escaped(value)}</vt:lpwstr></{prefix}{PROPERTY}>'
        for number, (name, value) in enumerate(properties.items(), first)
    )
