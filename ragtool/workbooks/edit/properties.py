"""Custom properties set in a workbook's package."""

from __future__ import annotations

from collections.abc import Mapping

from ragtool.workbooks.content_types import PROPERTIES_TYPE
from ragtool.workbooks.custom_properties import FIRST_NUMBER, NONE_YET, PROPERTY, properties_xml
from ragtool.workbooks.edit.edits import Edits, elements, prefix_of
from ragtool.workbooks.edit.parts import Parts
from ragtool.workbooks.vocabulary import PROPERTIES_PART


def set_properties(parts: Parts, properties: Mapping[str, str]) -> None:
    """Gives a workbook custom properties; those that others gave it stay."""
    if PROPERTIES_PART not in parts.content:
        parts.content[PROPERTIES_PART], parts.types.overrides[PROPERTIES_PART] = NONE_YET, PROPERTIES_TYPE
        parts.relate("", "custom-properties", PROPERTIES_PART)
    edits = Edits(parts.content[PROPERTIES_PART])
    within = elements(edits.data)
    there = [element for element in within if element.name == PROPERTY]
    kept = [element for element in there if element.attributes.get("name") not in properties]
    for element in there:
        if element not in kept:
            edits.remove(element)
    first = 1 + max((int(element.attributes.get("pid") or "1") for element in kept), default=FIRST_NUMBER - 1)
    edits.append(within[0], properties_xml(properties, first, prefix_of(edits.data)).encode())
    parts.content[PROPERTIES_PART] = edits.changed()
