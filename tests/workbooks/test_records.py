"""XML parts as records: each whole and once, however the part is cut into pieces; what would fill memory is refused."""

from __future__ import annotations

import tracemalloc

import pytest

import messy
from ragtool.workbooks import records as reading
from ragtool.workbooks.book import NotAWorkbook
from ragtool.workbooks.package import Package
from ragtool.workbooks.records import records

X = 'xmlns:x="urn:x"'


def package(xml: str | bytes) -> Package:
    return Package(messy.zipped({"part.xml": xml}))


@pytest.mark.parametrize("piece", [1, 7, 64, 1 << 16])
def test_each_record_comes_once_and_whole(monkeypatch, piece):
    monkeypatch.setattr(reading, "PIECE", piece)
    rows = "".join(f'<row r="{number}"><c a="{number}"><v>{number}</v></c></row>' for number in range(1, 40))
    xml = f"<sheet {X}><p a='1'><q/></p><rows>{rows}</rows><x:rows>{rows}</x:rows><rows/><z/><!-- <row/> --></sheet>"
    found = list(records(package(xml), "part.xml", lists=("rows",)))
    assert [name for name, _ in found if name != "rows"] == ["p", "{urn:x}rows", "z"]
    assert [element.get("r") for name, element in found if name == "rows"] == [str(n) for n in range(1, 40)]
    assert ["".join(element.itertext()) for name, element in found if name == "rows"] == [str(n) for n in range(1, 40)]
    whole = list(records(package(xml), "part.xml"))
    assert [name for name, _ in whole] == ["p", "rows", "{urn:x}rows", "rows", "z"]
    assert [len(element) for _, element in whole] == [1, 39, 39, 0, 0]


@pytest.mark.parametrize("piece", [1, 1 << 16])
def test_text_is_whole_around_comments_and_instructions(monkeypatch, piece):
    monkeypatch.setattr(reading, "PIECE", piece)
    [(_, element)] = records(package("<a><t>one<!-- no --> two<?no?>&amp;<![CDATA[<three>]]></t></a>"), "part.xml")
    assert element.text == "one two&<three>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_before_anything_is_made_of_it(monkeypatch, encoding):
    monkeypatch.setattr(reading, "PIECE", 5)
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "c">]><a><b>&b;</b></a>'
    with pytest.raises(NotAWorkbook, match="defines entities"):
        list(records(package(xml.encode(encoding)), "part.xml"))


@pytest.mark.parametrize(
    "xml",
    [
        "<a>" * 100_000,
        "<a><b>" + '<c d="e"/>' * 500_000 + "</b></a>",
        "<a><b>" + f"<c>{'x' * 900_000}</c>" * 20 + "</b></a>",
        "<a>" + "".join(f'<b c{number}="d"/>' for number in range(100_000)) + "</a>",
        "<a><b" + "".join(f' c{number}="d"' for number in range(60_000)) + "/></a>",
        "<a>" + "".join(f"<b{number}/>" for number in range(6_000)) + "</a>",
        "<a><b" + "".join(f" c{number} = 'd'" for number in range(6_000)) + "/></a>",
    ],
    ids=["deep", "a large record", "a large text", "many attributes", "in one tag", "many names", "with blanks"],
)
def test_what_would_fill_memory_is_refused(xml):
    held = package(xml)
    tracemalloc.start()
    with pytest.raises(NotAWorkbook, match="unpacks to far more"):
        list(records(held, "part.xml"))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 200_000_000


def test_memory_does_not_grow_with_the_part(monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_RECORD", 100_000)
    held = package("<a><b>" + '<c d="e"><f/></c>' * 80_000 + "</b><g>" + '<c d="e"/>' * 80_000 + "</g></a>")
    tracemalloc.start()
    assert sum(name == "b" for name, _ in records(held, "part.xml", lists=("b",))) == 80_000
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 20_000_000
