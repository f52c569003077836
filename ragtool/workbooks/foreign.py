"""What in a workbook leads out of it or does something by itself: links, macros, connections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ragtool.workbooks.package import Package
from ragtool.workbooks.relationships import Relationship, relationships

LINKS, OTHER_FILES, PROGRAMS, NAMED_CELLS = (
    "links",
    "links to other files",
    "calls of other programs",
    "names for cells",
)
"""What a query says that there is; a formula may be the second or third."""

BY_KIND = {
    **dict.fromkeys(("externalLink", "externalLinkPath"), OTHER_FILES),
    **dict.fromkeys(("vbaProject", "xlMacrosheet", "xlIntlMacrosheet", "dialogsheet"), "macros"),
    **dict.fromkeys(("connections", "queryTable"), "connections to data"),
    **dict.fromkeys(("control", "ctrlProp", "oleObject", "package"), "controls and embedded objects"),
    **dict.fromkeys(("pivotTable", "pivotCacheDefinition"), "pivot tables"),
    **dict.fromkeys(("drawing", "chartsheet", "image"), "drawings, pictures and charts"),
    **dict.fromkeys(("extensibility", "webextensiontaskpanes"), "add-ins"),
}
"""What parts of a kind are, as people call it."""

QUOTED = re.compile(r'"[^"]*"')
FILES = re.compile(r"\[\d|\.xl|\\\\", re.IGNORECASE)
REACHES_OUT = re.compile(
    r"[|]|\[\d|\.xl|://|\\\\|\b(?:HYPERLINK|WEBSERVICE|FILTERXML|IMAGE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|EVALUATE|"
    r"SQL\.REQUEST|CUBE\w+|STOCKHISTORY|PY)\s*\(",
    re.IGNORECASE,
)
"""What a formula has in it that asks other files, programs or addresses."""

OWN_NAMES = ("_xlnm.Print_Titles", "_xlnm.Print_Area", "_xlnm._FilterDatabase")
"""Names that a template has, or that Excel gives by itself."""


def reaches_out(formula: str) -> bool:
    """Whether a formula asks another file, `[1]Sheet1!A1`, another program, `cmd|'/C calc'!A0`, or an address."""
    return bool(REACHES_OUT.search(QUOTED.sub('""', formula)))


def asked(formula: str) -> str:
    """What a formula asks that reaches out, as people call it."""
    bare = QUOTED.sub('""', formula)
    if "|" in bare:
        return PROGRAMS
    return OTHER_FILES if FILES.search(bare) else LINKS


def foreign_parts(package: Package, main: str) -> Iterator[str]:
    """What of these kinds the file as a whole, the list of sheets, and each sheet refer to."""
    yield from kinds_of(relationships(package, ""))
    held = relationships(package, main)
    yield from kinds_of(held)
    for sheet in dict.fromkeys(each.target for each in held if each.kind == "worksheet"):
        yield from kinds_of(relationships(package, sheet))


def kinds_of(held: list[Relationship]) -> Iterator[str]:
    """What relationships lead to, as people call it; the addresses of e-mail that Excel makes links by itself aside."""
    for each in held:
        if each.kind in BY_KIND:
            yield BY_KIND[each.kind]
        elif each.external and each.kind == "hyperlink" and not each.target.casefold().startswith("mailto:"):
            yield LINKS
