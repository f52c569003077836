"""Texts as Open XML stores them: plain ones, and runs that each have a font of their own."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ragtool.workbooks.book import NotAWorkbook
from ragtool.workbooks.bounds import BOMB
from ragtool.workbooks.inks import WHITE_GROUND, are_near, is_speck
from ragtool.workbooks.package import Package
from ragtool.workbooks.records import records
from ragtool.workbooks.runs import HIDDEN, LOWERED, RAISED, STRUCK, Text, TextRun, text_of
from ragtool.workbooks.stored_colours import Colours, stored_colour
from ragtool.workbooks.texts import unescaped
from ragtool.workbooks.vocabulary import TRUE, element_name

VERTICAL = {"superscript": RAISED, "subscript": LOWERED}


def shared_strings(package: Package, part: str, colours: Colours, most: int) -> list[Text]:
    """The texts that the sheets share. Raises NotAWorkbook where they have more than `most` characters."""
    strings: list[Text] = []
    characters = 0
    for name, item in records(package, part):
        if name == "si":
            text = shown_text(item, colours)
            characters += len(text) if isinstance(text, str) else sum(len(run.text) for run in text)
            if characters > most:
                raise NotAWorkbook(BOMB)
            strings.append(text)
    return strings


def shown_text(item: Element, colours: Colours) -> Text:
    """A plain or rich text, without the phonetic guide beneath it."""
    if len(item) == 1 and element_name(item[0].tag) == "t":  # as nearly all are
        return unescaped(item[0].text or "")
    runs: list[TextRun] = []
    for child in item:
        name = element_name(child.tag)
        if name == "t":
            runs.append(TextRun(unescaped(child.text or "")))
        elif name == "r":
            run = run_of(child, colours)
            if run.text:
                runs.append(run)
    return text_of(runs)


def run_of(element: Element, colours: Colours) -> TextRun:
    """A run of a rich text; without properties of its own, it looks as its cell."""
    text, look = "", None
    for child in element:
        name = element_name(child.tag)
        if name == "t":
            text += unescaped(child.text or "")
        elif name == "rPr":
            look = look_of(child, colours)
    return TextRun(text, look)


def is_unseen(name: str, said: Element, colours: Colours) -> bool:
    """Whether one property of a font makes that it can't be seen beside others."""
    if name == "color":
        return are_near(stored_colour(said, colours), WHITE_GROUND)
    return name == "sz" and is_speck(said.get("val", ""))


def look_of(font: Element, colours: Colours) -> str:
    """How a font looks where that changes what a text says; white or tiny, it can't be seen beside others."""
    look = ""
    for child in font:
        name = element_name(child.tag)
        if name == "strike" and child.get("val", "1") in TRUE:
            return STRUCK
        if name == "vertAlign":
            look = VERTICAL.get(child.get("val", ""), look)
        elif is_unseen(name, child, colours):
            look = look or HIDDEN
    return look
