"""The words of Open XML: its namespaces, the parts whose names are fixed, and how the name of an element is told.

An element is known by its namespace and name together: `x15:workbookPr` in an extension isn't `workbookPr`, and
`xdr:col` in a drawing is no column. Source: ECMA-376 part 1 for strict files, part 4 for transitional ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

SCHEMAS, STRICT = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
"""How the namespaces and relationship types of a transitional file begin, and of a strict one."""

MAIN = f"{SCHEMAS}spreadsheetml/2006/main"
OFFICE = f"{SCHEMAS}officeDocument/2006/relationships"
PACKAGE_RELATIONSHIPS = f"{SCHEMAS}package/2006/relationships"
PACKAGE_TYPES = f"{SCHEMAS}package/2006/content-types"
PROPERTIES = f"{SCHEMAS}officeDocument/2006/custom-properties"
PROPERTY_VALUES = f"{SCHEMAS}officeDocument/2006/docPropsVTypes"
STRICT_MAIN = f"{STRICT}spreadsheetml/main"
STRICT_OFFICE = f"{STRICT}officeDocument/relationships"

OWN = frozenset(
    {MAIN, PACKAGE_RELATIONSHIPS, PACKAGE_TYPES, PROPERTIES, f"{SCHEMAS}officeDocument/2006/extended-properties"}
    | {STRICT_MAIN, f"{STRICT}officeDocument/customProperties", f"{STRICT}officeDocument/extendedProperties"}
)
"""The namespaces of the parts that are read or changed, each the one its part's own elements are in."""

ALTERNATE_CONTENT = f"{{{SCHEMAS}markup-compatibility/2006}}AlternateContent"

TYPES_PART = "[Content_Types].xml"
PROPERTIES_PART = "docProps/custom.xml"
TITLES_PART = "docProps/app.xml"

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
"""How every part begins that is written."""

TRUE = ("1", "true", "on")


@lru_cache(4096)
def element_name(tag: str) -> str:
    """An element's name from `{namespace}name`: bare where it is one of Open XML's own, or in no namespace, as some
    programs write them; all else keeps its namespace, so that it is never taken for one of them.
    """
    namespace, _, name = tag[1:].rpartition("}")
    return name if namespace in OWN else tag


def relationship_id(attributes: Mapping[str, str]) -> str:
    """The id by which an element refers to another part, its `r:id`; '' where it has none."""
    return attributes.get(f"{{{OFFICE}}}id") or attributes.get(f"{{{STRICT_OFFICE}}}id", "")
