"""The notes at cells in question: what is wrong there and what to do, in a box that is large enough."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from openpyxl.utils import get_column_letter

from ragtool.looks.fitting import line_count
from ragtool.workbooks.beside import AUTHOR
from ragtool.workbooks.content_types import DRAWING_TYPE, NOTES_TYPE
from ragtool.workbooks.edit.clean import SHEET_DATA, with_notes, without_notes
from ragtool.workbooks.edit.edits import CannotMark, Edits, Element, elements, prefix_of, prefixed
from ragtool.workbooks.edit.marked_cells import Grid
from ragtool.workbooks.edit.parts import Parts
from ragtool.workbooks.references import Position, position_of
from ragtool.workbooks.texts import escaped, unescaped
from ragtool.workbooks.vocabulary import HEAD, MAIN, relationship_id

NOTE_POINTS = 9
WIDE, LINE_HIGH, FRAME = 300, 15, 14
"""A note's box: its width, the height of a line, and what the frame needs, in pixels."""

LEAST_ROOM, CAUTION = 60, 0.85
"""Tahoma, in which notes are written, is wider than the letters that were measured."""

SHAPE_BEGINS = re.compile(r"<((?:\w+:)?)shape\s")
ROW, COLUMN = re.compile(r"<(?:\w+:)?Row>\s*(\d+)"), re.compile(r"<(?:\w+:)?Column>\s*(\d+)")
SHAPE_NUMBER = re.compile(r"_s(\d+)\"")

MORE_THAN_NOTES = (b"href", b"fmlamacro", b"relid", b":id=", b"imagedata", b"src=", b"oleobject", b"script", b"\0")
"""What the drawing of notes has in it where it shows more than these, in small letters; the last in other encodings."""

NAMES = (
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
DRAWING = f'<xml{NAMES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{{block}}"/></o:shapelayout></xml>'
BOX = (
    '<v:shapetype{names} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


def add_notes(parts: Parts, sheet: str, texts: Mapping[Position, str], grid: Grid, block: int) -> None:
    """Puts notes at cells of a sheet's part; a cell that has somebody's own note keeps it alone.

    `block` is a number that no other sheet has, for the shapes' names. Raises CannotMark on a drawing of notes whose
    shapes can't be told.
    """
    notes = parts.of_kind(sheet, "comments")
    if notes is None:
        empty = f'{HEAD}<comments xmlns="{MAIN}"><authors/><commentList/></comments>'
        notes = parts.add("xl/comments{}.xml", empty.encode(), NOTES_TYPE)
        parts.relate(sheet, "comments", notes)
    taken = {position_of(e.attributes["ref"]) for e in elements(parts.content[notes]) if e.name == "comment"}
    free = {position: text for position, text in texts.items() if position not in taken}
    parts.content[notes] = with_texts(parts.content[notes], free)
    drawing = drawing_of(parts, sheet)
    if drawing is None:
        drawing = parts.add("xl/drawings/vmlDrawing{}.vml", DRAWING.format(block=block).encode(), DRAWING_TYPE)
        named = parts.relate(sheet, "vmlDrawing", drawing)
        parts.content[sheet] = with_notes(without_notes(parts.content[sheet]), named)
    parts.content[drawing] = with_shapes(parts.content[drawing], free, grid, block)


def with_texts(data: bytes, texts: Mapping[Position, str]) -> bytes:
    """The notes' part with more notes."""
    prefix, edits, within = prefix_of(data), Edits(data), elements(data)
    authors = [note_text(e) for e in within if e.name == "author"]
    if AUTHOR not in authors:
        edits.append(next(e for e in within if e.name == "authors"), prefixed(f"<author>{AUTHOR}</author>", prefix))
    number = [*authors, AUTHOR].index(AUTHOR)
    listed = next(e for e in within if e.name == "commentList")
    made = "".join(note(position, text, number) for position, text in sorted(texts.items()))
    edits.append(listed, prefixed(made, prefix))
    return edits.changed()


def note(position: Position, text: str, author: int) -> str:
    """A note's text, under the name of its author."""
    row, column = position
    look = f'<sz val="{NOTE_POINTS}"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/>'
    heading = f'<r><rPr><b/>{look}</rPr><t xml:space="preserve">{AUTHOR}:\n</t></r>'
    body = f'<r><rPr>{look}</rPr><t xml:space="preserve">{escaped(text)}</t></r>'
    reference = f"{get_column_letter(column)}{row}"
    return f'<comment ref="{reference}" authorId="{author}"><text>{heading}{body}</text></comment>'


def with_shapes(data: bytes, texts: Mapping[Position, str], grid: Grid, block: int) -> bytes:
    """The drawing with a box for each note. It isn't always XML, so it is taken as text."""
    drawn = data.decode("utf-8", "surrogateescape")
    head, end, tail = drawn.rpartition("</xml>")
    if not end:
        raise CannotMark
    names = "" if NAMES in head else NAMES
    number = max([block * 1024, *(int(each) for each in SHAPE_NUMBER.findall(head))])
    boxes = [] if 'id="_x0000_t202"' in head else [BOX.format(names=names)]
    for order, (position, text) in enumerate(sorted(texts.items()), 1):
        boxes.append(note_shape(number + order, order, position, anchor(position, text, grid), names))
    return (head + "".join(boxes) + end + tail).encode("utf-8", "surrogateescape")


def note_shape(number: int, order: int, position: Position, anchored: str, names: str) -> str:
    """The box of a note."""
    return (
        f'<v:shape{names} id="_x0000_s{number}" type="#_x0000_t202" fillcolor="#ffffe1" o:insetmode="auto" '
        f'style="position:absolute;margin-left:60pt;margin-top:8pt;width:{WIDE * 3 // 4}pt;height:60pt;'
        f'z-index:{order};visibility:hidden"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
        '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchored}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{position[0] - 1}</x:Row><x:Column>{position[1] - 1}</x:Column></x:ClientData></v:shape>"
    )


def anchor(position: Position, text: str, grid: Grid) -> str:
    """Where a note's box begins and ends: columns and rows, each with the pixels into it."""
    row, column = position
    lines = 1 + line_count(text, max(LEAST_ROOM, WIDE * CAUTION), NOTE_POINTS)
    right, into = column + 1, 12 + WIDE
    while into > grid.width(right):
        into -= grid.width(right)
        right += 1
    top = max(row - 1, 1)
    bottom, down = top, 8 + LINE_HIGH * lines + FRAME
    while down > (high := int(grid.height(bottom) * 4 / 3)):
        down -= high
        bottom += 1
    return f"{column}, 12, {top - 1}, 8, {right - 1}, {into}, {bottom - 1}, {down}"


def remove_notes(parts: Parts, sheet: str) -> None:
    """Takes ragtool's notes off a sheet's part, and the parts that hold notes where no other is left. Raises CannotMark
    on a drawing of notes whose shapes can't be told.
    """
    notes = parts.of_kind(sheet, "comments")
    drawing = drawing_of(parts, sheet) if notes else None
    if notes is None or drawing is None:
        return
    edits, within = Edits(parts.content[notes]), elements(parts.content[notes])
    authors = [note_text(e) for e in within if e.name == "author"]
    everyone = [e for e in within if e.name == "comment"]
    ours = [e for e in everyone if is_ours(e, authors)]
    gone = {position_of(e.attributes["ref"]) for e in ours}
    pieces = shapes_and_others(parts.content[drawing].decode("utf-8", "surrogateescape"))
    left = [piece for piece in pieces if not (is_shape(piece) and noted_at(piece) in gone)]
    for element in ours:
        edits.remove(element)
    parts.content[notes] = edits.changed()
    parts.content[drawing] = "".join(left).encode("utf-8", "surrogateescape")
    if ours and len(ours) == len(everyone):
        parts.drop(notes)
        if not any(map(is_shape, left)):
            parts.drop(drawing)
            parts.content[sheet] = without_notes(parts.content[sheet])


def shapes_and_others(drawn: str) -> list[str]:
    """A drawing cut into its shapes and what stands between them. Raises CannotMark where a shape has no end."""
    pieces, at = [], 0
    while begins := SHAPE_BEGINS.search(drawn, at):
        close = f"</{begins[1]}shape>"
        end = drawn.find(close, begins.end())
        if end < 0:
            raise CannotMark("the drawing of its notes is damaged")
        pieces += [drawn[at : begins.start()], drawn[begins.start() : end + len(close)]]
        at = end + len(close)
    return [*pieces, drawn[at:]]


def is_shape(piece: str) -> bool:
    """Whether a piece of a drawing is a shape."""
    return bool(SHAPE_BEGINS.match(piece))


def redraw_notes(parts: Parts, sheet: str, block: int) -> None:
    """Draws the notes of a sheet's part anew where their drawing has anything else in it, such as a button."""
    drawing = drawing_of(parts, sheet)
    if drawing is None:
        if b"legacyDrawing" in parts.content[sheet]:
            parts.content[sheet] = without_notes(parts.content[sheet])
        return
    parts.relationships.pop(drawing, None)  # pictures
    if only_notes(parts.content[drawing]):
        return
    parts.drop(drawing)
    parts.content[sheet] = without_notes(parts.content[sheet])
    notes = parts.of_kind(sheet, "comments")
    if notes:
        texts = {position_of(e.attributes["ref"]): note_text(e) for e in elements(parts.content[notes]) if is_note(e)}
        drawn = with_shapes(DRAWING.format(block=block).encode(), texts, Grid(), block)
        made = parts.add("xl/drawings/vmlDrawing{}.vml", drawn, DRAWING_TYPE)
        parts.content[sheet] = with_notes(parts.content[sheet], parts.relate(sheet, "vmlDrawing", made))


def only_notes(drawn: bytes) -> bool:
    """Whether a drawing shows notes and nothing else: no control, no picture, no link."""
    lower = drawn.lower()
    return not any(word in lower for word in MORE_THAN_NOTES) and lower.count(b"objecttype=") == lower.count(
        b'objecttype="note"'
    )


def is_note(element: Element) -> bool:
    """Whether an element is a note with its place."""
    return element.name == "comment" and "ref" in element.attributes


def drawing_of(parts: Parts, sheet: str) -> str | None:
    """The part that draws a sheet's notes; the pictures of its headers are drawn by another of the same kind."""
    if b"legacyDrawing" not in parts.content[sheet]:
        return None
    named = [e for e in elements(parts.content[sheet], SHEET_DATA) if e.name == "legacyDrawing"]
    ids = {relationship_id(e.attributes) for e in named}
    return next((each.target for each in parts.relationships.get(sheet, ()) if each.id in ids), None)


def noted_at(shape: str) -> Position:
    """The cell that a shape is the note of."""
    row, column = ROW.search(shape), COLUMN.search(shape)
    return (int(row[1]) + 1, int(column[1]) + 1) if row and column else (0, 0)


def is_ours(comment: Element, authors: Sequence[str]) -> bool:
    """Whether ragtool wrote a note: its author says so, or, where a program kept none, its first words."""
    number = int(comment.attributes.get("authorId") or "-1")
    author = authors[number] if 0 <= number < len(authors) else ""
    return author == AUTHOR or note_text(comment).startswith(f"{AUTHOR}:")


def note_text(element: Element) -> str:
    """The text of a note or of its author."""
    return unescaped(element.text).strip()
