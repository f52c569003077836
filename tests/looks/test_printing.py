"""What stands at every page's head and foot stands there whatever characters it has."""

from __future__ import annotations

import io
from html import unescape

import pytest
from xlsxwriter import Workbook

from messy import unzipped
from ragtool.looks import fitting, forms
from ragtool.looks.printing import (
    LONGEST,
    UPRIGHT_A4,
    PageSetup,
    part,
    printed_width,
    set_page,
)
from ragtool.looks.style import FONT


def header_of(texts, points=9):
    """The header of a sheet as Excel stores it."""
    left, centre, right = (part(text, LONGEST, "Bold", points) for text in texts)
    return header_stored(lambda page: set_page(page, PageSetup((left, centre, right), (left, centre))))


def header_stored(set_up):
    """The header that a sheet is given by `set_up`, as Excel stores it."""
    held = io.BytesIO()
    with Workbook(held) as book:
        set_up(book.add_worksheet())
    sheet = unzipped(held.getvalue())["xl/worksheets/sheet1.xml"].decode()
    return unescape(sheet.partition("<oddHeader>")[2].partition("</oddHeader>")[0])


def shown(header, points=9):
    """What a program that knows the codes of ECMA-376 part 1, 18.3.1.46, shows in a header's three parts, all of it so
    many points high.
    """
    parts, rest, here = {"L": "", "C": "", "R": ""}, header, "C"
    while rest:
        code, rest = rest[:2], rest[1:]
        if code == "&&":
            parts[here], rest = parts[here] + "&", rest[1:]
        elif code in ("&L", "&C", "&R"):
            here, rest = code[1], rest[1:]
        elif code == '&"':
            rest = rest[1:].partition('"')[2]
        elif code[0] == "&":
            assert rest.startswith(str(points)), header
            rest = rest.removeprefix(str(points))
        else:
            parts[here] += code[0]
    return [text.removeprefix(" ") for text in parts.values()]


NAMES = ["Rother & Gower", "R&G", "A&&G", "&G", "&[Picture]", "&P of &N", "B&9G", "&&", "=1+1", 'The "&" <b>', "😀&G"]


@pytest.mark.parametrize("points", [9, 12])
@pytest.mark.parametrize("name", NAMES)
def test_a_name_with_an_ampersand_stands_in_the_header(name, points):
    assert shown(header_of([name, "OFFICIAL", name], points), points) == [name, "OFFICIAL", name]


@pytest.mark.parametrize("sign", ["&", "😀", "&G", "long "])
def test_a_text_that_needs_more_than_a_header_takes_is_shortened(sign):
    header = header_of([sign * 400] * 3)
    assert 100 < len(header.encode("utf-16-le")) // 2 <= 255
    assert all(text.startswith(sign * 4) and text.endswith("…") for text in shown(header))


def test_a_text_without_signs_of_its_own_is_stored_as_it_stands():
    assert part("Plymouth City Council", LONGEST) == f'&"{FONT},Regular"&9 Plymouth City Council'


@pytest.mark.parametrize("landscape", [True, False])
def test_the_names_of_council_and_service_area_stand_whole_on_a_form(landscape):
    council, area, quarter = names = [
        "Wexmoor and Upper Tarrant District Council",
        "Regeneration, Planning and Highways",
        "2026/27 Q3",
    ]
    header = header_stored(lambda page: forms.set_form_page(page, council, area, quarter, landscape=landscape))
    assert shown(header, forms.HEADER_POINTS if landscape else forms.UPRIGHT_POINTS) == names


def test_names_that_would_run_into_one_another_are_shortened():
    council, area = "Wexmoor and Upper Tarrant District Council " * 3, "Regeneration, Planning and Highways " * 3
    left, centre, right = shown(
        header_stored(lambda page: forms.set_form_page(page, council, area, "2026/27 Q3", landscape=False))
    )
    assert (left[-1], centre[-1], right) == ("…", "…", "2026/27 Q3")
    taken = fitting.text_pixels(left, 9) + fitting.text_pixels(centre, 9, True) / 2
    assert taken <= printed_width(UPRIGHT_A4) / 2 + 10


def test_a_form_has_no_more_at_its_head_than_excel_takes():
    header = header_stored(lambda page: forms.set_form_page(page, "i" * 400, "&" * 400, "l" * 400))
    assert len(header) <= 255
