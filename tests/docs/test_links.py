"""Every link and picture of the documents leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.pages import CHECKOUT, DOCS

DOCUMENTS = [*sorted(CHECKOUT.glob("*.md")), *sorted(DOCS.glob("*.md"))]
MOST_BYTES = 200_000
"""The largest that a picture may be."""


def text_of(document: Path) -> str:
    """A document without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", document.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def anchors(document: Path) -> set[str]:
    """What a link to a heading of the document may be called."""
    headings = re.findall(r"^#+ (.+)$", text_of(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(document)):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        file = (document.parent / name).resolve() if name else document
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


def test_the_index_names_every_page() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    pages = {page.name for page in DOCS.glob("*.md")} - {"README.md"}
    assert {page for page in pages if f"]({page})" not in index} == set()


def test_pictures_are_shown_and_small() -> None:
    shown = {
        (document.parent / target).resolve()
        for document in DOCUMENTS
        for target in re.findall(r"!\[[^\]]+\]\(([^)\s]+)\)", text_of(document))
    }
    pictures = set((DOCS / "pictures").glob("*.png"))
    assert {picture.name for picture in shown} == {picture.name for picture in pictures}
    assert {picture.name for picture in pictures if picture.stat().st_size > MOST_BYTES} == set()
