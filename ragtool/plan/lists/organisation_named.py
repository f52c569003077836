"""The organisation that titles above the lists name: taken where it is surely a council's, and always asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from ragtool.model import Place
from ragtool.plan.lists.heading_rows import ListPlace
from ragtool.plan.lists.list_doubts import Doubts
from ragtool.sheets.unreadable import quoted

WORD = r"(?:[A-Z][\w'\u2019.&-]*|&|of|and|the|upon|on|in)"
COUNCIL = re.compile(rf"\b([A-Z][\w'\u2019.&-]*(?: {WORD})* (?:Council|Corporation))\b")
"""What may be a council's name."""

BEFORE_OF = ("Borough", "City", "County", "Forest", "Isle", "Isles", "Riding", "Vale")
"""Words of councils' names after which `of` follows; after any other it names what a title is about."""

OF_A_TITLE = re.compile(
    r"\b(?:Full|Cabinet|Committee|Board|Executive|Report|Performance|Plan|Quarter\w*|Annual|Monitoring|Corporate"
    r"|Youth|Children\S*|Student\w*|School\w*|Tenant\w*|Arts|Sports?|Research|Business|Faith|Privy|Works"
    r"|Scorecard|Dashboard|Targets?|Measures?|Indicators?|K?PIs?|Priorities|of the)\b"
)
"""Words that stand in titles and in no council's name."""

KINDS_OF_COUNCIL = frozenset(("The", "Our", "Town", "City", "County", "Borough", "District", "Parish", "Unitary"))
"""Words that name no council of themselves."""


def take_organisation(file: str, places: Iterable[ListPlace], doubts: Doubts) -> str:
    """The one council that the titles above lists name, asked at the cell that does; empty where none or several do."""
    councils: dict[str, Place] = {}
    for place in places:
        for (row, letter), said in place.above.items():
            if name := council_in(said):
                councils.setdefault(name, Place(file, place.sheet.name, row, {"": letter}))
    if len(councils) != 1:
        return ""
    ((name, at),) = councils.items()
    what = "See whether that is its name; if it isn't, correct Organisation on the plan's sheet Settings."
    doubts.add(at, "", "", f"{quoted(name)} is taken as the organisation.", what)
    return name


def council_in(said: str) -> str:
    """The council that a title names; empty where it names none, or may mean another thing by the word."""
    match = COUNCIL.search(said)
    if not match or OF_A_TITLE.search(match[1]):
        return ""
    *words, _ = match[1].split()
    before_of = [word for word, following in pairwise(words) if following == "of"]
    is_name = all(word in BEFORE_OF for word in before_of) and not KINDS_OF_COUNCIL.issuperset(words)
    return match[1] if is_name else ""
