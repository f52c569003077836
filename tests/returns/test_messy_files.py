"""Files as they lie in a returns folder: each is used, refused or passed over with its own sentence, and never stops
the others.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from messy import ole2, strict, unzipped, write
from officers import fill, type_entries
from ragtool import columns as c
from ragtool.cli import run
from ragtool.plan.plan_workbook import write_plan
from ragtool.returns.whose_return import NOT_IN_THE_PLAN
from runs import Ran
from small_quarter import (
    CHILDREN,
    FINANCE,
    GREEN,
    HIGHWAYS,
    PLAN,
    Quarter,
    edit,
    report_of,
    return_of,
    turn_rows,
    type_in,
)
from typed_cells import typed_into

OF_HIGHWAYS = ("K1", "K2", "M1", "M2", "P1", "P1 1", "P1 2")
WITHOUT_HIGHWAYS = GREEN | dict.fromkeys(OF_HIGHWAYS, "NR")


def rename(path: Path, name: str) -> Path:
    return path.rename(path.with_name(name))


def lay(quarter: Quarter, name: str, data: bytes) -> Path:
    """Puts another file into the returns folder."""
    return write(quarter.folder / "returns", data, name)


@pytest.mark.parametrize(
    "names",
    [
        ("highways FINAL v2 (3).xlsx", "RETURN.XLSX", "Q2.2013.final.return.xlsx"),
        ("Straße – réseau routier.xlsx", "'=cmd', [1]!.xlsx", "@SUM(A1).Xlsx"),
    ],
)
def test_a_return_is_known_by_its_content_whatever_it_is_called(quarter: Quarter, names: tuple[str, ...]) -> None:
    for path, name in zip((quarter.highways, quarter.finance, quarter.children), names, strict=True):
        rename(path, name)
    done = quarter.consolidate()
    assert (done.status, done.ratings, done.queries) == (0, GREEN, [])
    assert [row[c.FILE] for row in done.table("Returns")] == list(names)


def test_sub_folders_are_ignored_and_strict_open_xml_is_read(quarter: Quarter) -> None:
    old = quarter.folder / "returns" / "Old versions"
    old.mkdir()
    shutil.copy(quarter.highways, old / "Highways first try.xlsx")
    quarter.highways.write_bytes(strict(quarter.highways.read_bytes()))
    done = quarter.asked()
    assert (done.status, done.ratings, done.queries) == (0, GREEN, [])


STRANGERS = {
    "~$2013-14 Q2 Highways.xlsx": (b"\x05Officer", "It is a lock file that Excel keeps while a workbook is open."),
    ".~lock.2013-14 Q2 Highways.xlsx#": (b",officer", "It is a hidden file of the operating system."),
    ".DS_Store": (b"\0\0\0\1Bud1", "It is a hidden file of the operating system."),
    "._2013-14 Q2 Highways.xlsx": (b"\0\5\x16\7", "It is a hidden file of the operating system."),
    "Thumbs.db": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "It is not a workbook."),
    "desktop.ini": (b"[.ShellClassInfo]", "It is not a workbook."),
    "Covering letter.docx": (b"PK\x03\x04 cut", "It is not a workbook."),
    "Highways.pdf": (b"%PDF-1.7", "It is not a workbook."),
    "Highways.csv": (b"Key,Performance\nM1,75", "It is not a workbook."),
    "no ending": (b"", "It is not a workbook."),
}


def test_strangers_are_passed_over_and_named(quarter: Quarter) -> None:
    for name, (data, _) in STRANGERS.items():
        lay(quarter, name, data)
    Workbook().save(quarter.folder / "returns" / "Budget.xltx")
    done = quarter.consolidate()
    assert (done.status, done.ratings) == (0, GREEN)
    assert f"Files found {len(STRANGERS) + 4} = used 3 + refused 0 + passed over {len(STRANGERS) + 1}." in done.out
    chase = {row[c.FILE]: row[c.CHASE] for row in done.table("Returns")}
    for name, (_, said) in STRANGERS.items():
        assert f"Passed over: {name}. {said}" in done.out
        assert chase[name].startswith(f"Passed over: {said}")
    assert "Passed over: Budget.xltx. It is a workbook, but no return made by ragtool." in done.out


@pytest.mark.parametrize(
    "names", [("Highways.xls", "Finance.ods", "Children.xlsx.bak"), ("Highways", "Finance.docx", "Children.XLSM")]
)
def test_a_workbook_under_another_formats_name_is_read_with_a_query(quarter: Quarter, names: tuple[str, ...]) -> None:
    for path, name in zip((quarter.highways, quarter.finance, quarter.children), names, strict=True):
        rename(path, name)
    done = quarter.asked()
    assert (done.status, done.ratings) == (1, GREEN)
    said = {query[c.FILE]: query[c.PROBLEM] for query in done.queries}
    endings = {name: f"'{Path(name).suffix}'" if Path(name).suffix else "no format" for name in names}
    assert said == {name: f"Its name ends in {ending}, but it holds xlsx." for name, ending in endings.items()}
    assert {query[c.WHAT_TO_DO] for query in done.queries} == {"Save it as .xlsx in Excel next time."}


def about(path: Path, field: str, value: str) -> Path:
    """Changes a field of a return's hidden identification sheet."""
    with typed_into(path) as book:
        type_entries(book["About this return"], {c.VALUE: value}, {c.FIELD: field})
    return path


def blank_return(quarter: Quarter) -> Path:
    """The return as it was sent out."""
    blank = quarter.folder.parent / "blank"
    blank.mkdir()
    shutil.copy(quarter.folder / "corporate_plan.xlsx", blank)
    run(["templates", str(blank), "--quarter", "2013/14 Q2"])
    return return_of(blank)


def damaged(data: bytes) -> bytes:
    middle = data.index(b"xl/worksheets/sheet3.xml") + 40
    return data[:middle] + b"\xff" * 200 + data[middle + 200 :]


def test_files_that_can_not_be_used_each_have_their_own_sentence_and_stop_nothing(quarter: Quarter) -> None:
    whole = quarter.highways.read_bytes()
    again = "Open it in Excel, save it as .xlsx and send it again."
    bad = {
        "empty.xlsx": (b"", "The file is empty.", "Ask for it to be saved and sent again."),
        "zeros.xlsx": (b"\0" * 9000, "The file holds nothing but zeros: it was never copied whole.", "Ask for it"),
        "cut.xlsx": (whole[:5000], "The file is cut short: part of it never arrived.", "Ask for it to be sent again."),
        "damaged.xlsx": (damaged(whole), "The file is damaged.", again),
        "pdf.xlsx": (b"%PDF-1.7", "The file is a PDF document, not a workbook.", "Ask for the workbook itself."),
        "text.xls": (b"Key,No\nK1,1\n", "The file is a text", "It keeps one sheet alone: open the workbook that it"),
        "locked.xlsx": (
            ole2("EncryptedPackage"),
            "The file is protected by a password.",
            "Remove it (in Excel: File >",
        ),
        "word.xls": (
            ole2("WordDocument"),
            "The file is a Word document, not a workbook.",
            "Ask for the workbook itself.",
        ),
    }
    for name, (data, _, _) in bad.items():
        lay(quarter, name, data)
    done = quarter.consolidate()
    assert (done.status, done.ratings) == (1, GREEN)
    assert f"Files found {len(bad) + 3} = used 3 + refused {len(bad)} + passed over 0." in done.out
    assert_said(done, {name: texts for name, (_, *texts) in bad.items()})


def test_returns_that_are_nobodys_here_each_have_their_own_sentence(quarter: Quarter) -> None:
    folder, whole = quarter.folder / "returns", quarter.highways.read_bytes()
    fresh = "Fill in a fresh return from the templates."
    changes = {
        "theirs.xlsx": (
            "Organisation",
            "Othertown Council",
            "It is a return of Othertown Council, not Anytown Council.",
        ),
        "whose.xlsx": ("Organisation", "", "It is a return of no named organisation, not Anytown Council."),
        "parks.xlsx": ("Service area", "Parks", "The plan has no service area Parks."),
        "none.xlsx": ("Service area", "", "The plan has no service area for it: its hidden sheet names none."),
        "when.xlsx": ("Quarter", "soon", "Its hidden sheet names no quarter."),
    }
    todo = ("Send it to them,", fresh, NOT_IN_THE_PLAN, fresh, fresh)
    said = {}
    for (name, (field, value, problem)), what in zip(changes.items(), todo, strict=True):
        about(lay(quarter, name, whole), field, value)
        said[name] = [problem, what]
    edit(lay(quarter, "copied sheets.xlsx", whole), lambda book: book.remove(book["About this return"]))
    said["copied sheets.xlsx"] = [
        "It has no identification sheet, so it is no return made by ragtool.",
        "Fill in the return that came from the templates, and send that.",
    ]
    shutil.copy(blank_return(quarter), folder / "blank.xlsx")
    said["blank.xlsx"] = ["It was never filled in.", "2013-14 Q2 Highways.xlsx is used for Highways: remove this one."]
    done = quarter.consolidate()
    assert (done.status, done.ratings) == (1, GREEN)
    assert_said(done, said)


def assert_said(done: Ran, said: Mapping[str, Sequence[str]]) -> None:
    """Each file has one Error with its problem and what to do, and stands on the terminal as refused."""
    assert sorted(query[c.FILE] for query in done.queries) == sorted(said)
    for query in done.queries:
        problem, what_to_do = said[query[c.FILE]]
        assert query[c.SEVERITY] == "Error"
        assert query[c.PROBLEM].startswith(problem)
        assert query[c.WHAT_TO_DO].startswith(what_to_do)
        assert f"Refused: {query[c.FILE]}. {problem}" in done.out


def test_the_head_of_service_of_a_refused_return_is_chased(quarter: Quarter) -> None:
    quarter.highways.write_bytes(b"")
    done = quarter.consolidate()
    assert (done.status, done.ratings) == (1, WITHOUT_HIGHWAYS)
    assert f"2 of 3 returns received; not received: {HIGHWAYS}." in done.out
    links = [part for name, part in unzipped(report_of(quarter.folder).read_bytes()).items() if name.endswith(".rels")]
    (chase,) = re.findall(rb'Target="(mailto:[^"]*)"', b"".join(links))
    assert chase.startswith(b"mailto:h@anytown.example?subject=2013/14%20Q2%20performance%20return")
    assert b"11/10/2013" in chase
    checked = quarter.check(quarter.highways)
    assert checked.status == 1
    assert f"Error: {quarter.highways.name}: The file is empty. Ask for it to be saved and sent again." in checked.out


def test_several_people_or_nobody_can_be_chased(quarter: Quarter) -> None:
    for cell, email in (("C4", "Jane Roe <j@anytown.example>; k@anytown.example"), ("C5", None)):
        type_in(quarter.folder / "corporate_plan.xlsx", "Service areas", cell, email)
    for path in (quarter.highways, quarter.finance):
        path.unlink()
    chased = [row[c.CHASE] for row in quarter.consolidate().table("Returns")]
    assert chased[0] == "Email j@anytown.example,k@anytown.example"
    assert chased[1] == "Not received; the plan has no email for it"


def test_another_quarters_return_stops_the_run_unless_a_quarter_is_asked_for(quarter: Quarter) -> None:
    about(quarter.highways, "Quarter", "2013/14 Q1")
    done = quarter.consolidate()
    assert done.status == 2
    assert "The returns are of different quarters: 2013/14 Q1 (2013-14 Q2 Highways.xlsx); 2013/14 Q2" in done.err
    assert not report_of(quarter.folder).exists()
    done = quarter.consolidate("--quarter", "2013/14 Q2")
    assert (done.status, done.ratings) == (1, WITHOUT_HIGHWAYS)
    assert "Passed over: 2013-14 Q2 Highways.xlsx. It is a return for 2013/14 Q1, not 2013/14 Q2." in done.out


def test_check_looks_at_each_quarters_returns_on_their_own(quarter: Quarter) -> None:
    run(["templates", str(quarter.folder), "--quarter", "2013/14 Q3"])
    done = quarter.check()
    assert done.status == 1
    assert "Refused: 2013-14 Q3 Highways.xlsx. It was never filled in." in done.out
    assert "Files found 3 = used 3 + refused 0 + passed over 0." in done.out
    assert "Files found 3 = used 0 + refused 3 + passed over 0." in done.out


def changed_plan(quarter: Quarter, sheet: str, which: dict[str, object], **changes: object) -> None:
    """The manager edits the plan after the returns were sent out."""
    plan = {name: [dict(row) for row in rows] for name, rows in PLAN.items()}
    (row,) = [row for row in plan[sheet] if which.items() <= row.items()]
    row |= {{"target": "Target Q2", "area": c.SERVICE_AREA, "unit": c.UNIT}[name]: new for name, new in changes.items()}
    write_plan(quarter.folder / "corporate_plan.xlsx", plan)


def test_a_return_made_before_the_plan_was_edited_is_used_and_only_what_differs_is_queried(quarter: Quarter) -> None:
    changed_plan(quarter, "Measures", {c.KEY: "M1"}, target=100)
    done = quarter.asked()
    assert (done.status, done.ratings) == (1, GREEN | {"M1": "R"})
    (query,) = done.queries
    assert (query[c.SHEET], query[c.CELL], query[c.KEY], query[c.SEVERITY]) == ("Measures", "J3", "M1", "Query")
    assert query[c.PROBLEM] == (
        "The return was made before the plan was last edited. Target is '80' here and '100' in the plan, which counts."
    )


def test_an_item_that_moved_to_another_area_is_the_new_owners(quarter: Quarter) -> None:
    changed_plan(quarter, "Measures", {c.KEY: "M1"}, area=FINANCE)
    done = quarter.consolidate()
    assert (done.status, done.ratings) == (1, GREEN | {"M1": "NR"})
    old, new = sorted(done.queries, key=lambda query: query[c.FILE], reverse=True)
    assert (old[c.FILE], old[c.CELL], old[c.PROBLEM]) == (
        "2013-14 Q2 Highways.xlsx",
        "A3",
        "Finance reports this item, not Highways, so the row isn't used.",
    )
    assert (new[c.FILE], new[c.SHEET], new[c.PROBLEM]) == (
        "2013-14 Q2 Finance.xlsx",
        "Measures",
        "The row of M1 is missing.",
    )
    quarter.finance.unlink()
    run(["templates", str(quarter.folder), "--quarter", "2013/14 Q2"])
    fill(quarter.finance, "Measures", {c.PERFORMANCE: 90, c.DATA_STATUS: "Final"}, key="M1")
    done = quarter.consolidate()
    assert (done.ratings["M1"], done.figure("M1")) == ("G", 90)


def test_a_template_of_another_version_is_used_with_a_query(quarter: Quarter) -> None:
    about(quarter.highways, "Template version", "7")
    done = quarter.asked()
    assert (done.status, done.ratings) == (1, GREEN)
    assert [query[c.PROBLEM] for query in done.queries] == [
        f"It was made from version 7 of the template; this is version {c.TEMPLATE_VERSION}."
    ]


@pytest.mark.parametrize("name", [None, "TBC"])
def test_an_unsigned_return_is_used_and_marked_provisional(quarter: Quarter, name: str | None) -> None:
    type_in(quarter.highways, "Sign-off", "B5", name)
    done = quarter.consolidate()
    assert (done.status, done.ratings) == (1, GREEN)
    (query,) = done.queries
    assert (query[c.SHEET], query[c.CELL]) == ("Sign-off", "B5")
    assert query[c.PROBLEM] == "Nobody has signed it off, so its figures are provisional."
    assert done.table("Returns")[0][c.CHASE] == "Provisional: not signed off"


# Two returns for one service area


def second(quarter: Quarter, name: str = "Highways again.xlsx") -> Path:
    target = quarter.folder / "returns" / name
    shutil.copy(quarter.highways, target)
    return target


def test_of_two_returns_with_the_same_entries_one_is_used(quarter: Quarter) -> None:
    edit(second(quarter), lambda book: turn_rows(book["Measures"], 6))
    done = quarter.consolidate()
    assert (done.status, done.ratings, done.queries) == (0, GREEN, [])
    said = "Passed over: Highways again.xlsx. It is a copy of 2013-14 Q2 Highways.xlsx, with the same entries."
    assert said in done.out
    assert "Files found 4 = used 3 + refused 0 + passed over 1." in done.out


def test_of_two_returns_with_the_same_entries_the_signed_one_is_used(quarter: Quarter) -> None:
    second(quarter)
    type_in(quarter.highways, "Sign-off", "B5", None)
    done = quarter.consolidate()
    assert (done.status, done.ratings) == (0, GREEN)
    assert "Passed over: 2013-14 Q2 Highways.xlsx. It is a copy of Highways again.xlsx" in done.out


def test_of_two_returns_that_differ_neither_is_used_until_one_is_removed(quarter: Quarter) -> None:
    other = second(quarter)
    type_in(other, "Measures", "K3", 60)
    type_in(other, "Milestones", "H5", "Overdue")
    done = quarter.consolidate()
    assert (done.status, done.ratings) == (1, WITHOUT_HIGHWAYS)
    first, later = done.queries
    assert first[c.PROBLEM] == (
        "Highways has another return, Highways again.xlsx; they differ in Milestones, row 5, Status (cell H5); "
        "Measures, row 3, Performance (cell K3)."
    )
    assert first[c.WHAT_TO_DO] == "Neither is used: remove the one that isn't meant, then run again."
    assert later[c.PROBLEM].startswith("Highways has another return, 2013-14 Q2 Highways.xlsx; they differ in")
    other.unlink()
    done = quarter.consolidate()
    assert (done.status, done.ratings) == (0, GREEN)


def test_of_three_returns_that_differ_none_is_used(quarter: Quarter) -> None:
    other = second(quarter)
    shutil.copy(other, other.with_name("Highways thrice.xlsx"))
    type_in(other, "Measures", "K3", 60)
    done = quarter.consolidate()
    assert (done.status, done.ratings) == (1, WITHOUT_HIGHWAYS)
    assert [query[c.FILE] for query in done.queries] == [
        "2013-14 Q2 Highways.xlsx",
        "Highways again.xlsx",
        "Highways thrice.xlsx",
    ]
    assert done.queries[0][c.PROBLEM] == (
        "Highways has other returns, Highways again.xlsx and Highways thrice.xlsx; they differ in "
        "Measures, row 3, Performance (cell K3)."
    )
    assert {query[c.WHAT_TO_DO] for query in done.queries} == {
        "None of them is used: remove those that aren't meant, then run again."
    }


def test_an_unfilled_return_alone_is_to_be_filled(quarter: Quarter) -> None:
    shutil.copy(blank_return(quarter), quarter.highways)
    done = quarter.consolidate()
    assert (done.status, done.ratings) == (1, WITHOUT_HIGHWAYS)
    assert [(query[c.FILE], query[c.WHAT_TO_DO]) for query in done.queries] == [
        (quarter.highways.name, "Fill it in and send it again.")
    ]


def test_a_return_beside_an_unfilled_one_is_used(quarter: Quarter) -> None:
    filled = second(quarter)
    shutil.copy(blank_return(quarter), quarter.highways)
    done = quarter.consolidate()
    assert (done.status, done.ratings) == (1, GREEN)
    assert [(query[c.FILE], query[c.PROBLEM]) for query in done.queries] == [
        (quarter.highways.name, "It was never filled in.")
    ]
    assert done.queries[0][c.WHAT_TO_DO] == f"{filled.name} is used for Highways: remove this one."
    assert filled.name in [row[c.FILE] for row in done.table("Returns")]


def test_a_name_in_another_encoding_is_shown_with_question_marks(quarter: Quarter) -> None:
    target = bytes(quarter.highways.parent) + b"/r\xe9seau\n.xlsx"
    try:
        Path(target.decode("utf-8", "surrogateescape")).write_bytes(quarter.highways.read_bytes())
    except (OSError, UnicodeError):
        pytest.skip("this file system has no such names")
    quarter.highways.unlink()
    done = quarter.consolidate()
    assert (done.status, done.ratings) == (0, GREEN)
    assert done.table("Returns")[0][c.FILE] == "r?seau?.xlsx"


def test_names_that_differ_by_quotes_and_blanks_are_the_same(quarter: Quarter) -> None:
    shutil.copy(quarter.children, quarter.folder / "before.xlsx")
    about(quarter.children, "Organisation", "ANYTOWN\u00a0 council ")
    about(quarter.children, "Service area", "children's\u200b  services")
    done = quarter.consolidate()
    assert (done.status, done.ratings) == (0, GREEN)
    assert [row[c.RECEIVED] for row in done.table("Returns")] == ["Yes"] * 3
    assert CHILDREN in [row[c.SERVICE_AREA] for row in done.table("Returns")]


def test_other_kinds_of_save_say_what_they_are_and_how_to_save(quarter: Quarter) -> None:
    sheet = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    flat = b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>'
    again = "Open it in Excel, save it as .xlsx and send it again."
    kinds = {
        "a.xml": (sheet, "an XML Spreadsheet 2003, not a workbook. " + again),
        "b.mht": (b"MIME-Version: 1.0\n", "a web page in one file (.mht) or a message, not a workbook. " + again),
        "c.fods": (flat, "a flat OpenDocument file, not a workbook. Open it in LibreOffice, save it as .xlsx and send"),
        "d.gsheet": (b'{"url": "x"}', "a shortcut to a Google Sheet, not a workbook. Open it in Google Sheets, choose"),
        "e.csv": (
            b"Key,Part\n",
            "a text file (such as CSV), not a workbook. It keeps one sheet alone: open the workbook",
        ),
        "f.slk": (b"ID;PWXL", "a SYLK file, not a workbook. It keeps one sheet alone"),
    }
    for name, (data, _) in kinds.items():
        lay(quarter, name, data)
    done = quarter.consolidate()
    assert (done.status, done.ratings) == (0, GREEN)
    for name, (_, what) in kinds.items():
        assert f"Passed over: {name}. It is not a workbook. The file is {what}" in done.out


def test_the_hidden_sheet_is_told_by_its_fields(quarter: Quarter) -> None:
    def exported(book: Any) -> None:
        for page in book.worksheets:
            page.title = f"{page.title} - Table 1"[:31]

    edit(quarter.highways, exported)
    done = quarter.asked()
    assert (done.ratings, {query[c.SEVERITY] for query in done.queries}) == (GREEN, {"Query"})
    assert not any("Guidance" in query[c.PROBLEM] for query in done.queries)


def test_a_workbook_that_is_no_return_gets_no_copy(quarter: Quarter) -> None:
    edit(lay(quarter, "other.xlsx", quarter.highways.read_bytes()), lambda book: book.remove(book["About this return"]))
    quarter.check()
    assert not (quarter.folder / "returns" / "queries" / "other.xlsx").exists()


def test_nobody_is_asked_to_send_the_plan_or_the_earlier_report(quarter: Quarter) -> None:
    for name in ("previous.xlsx", "corporate_plan.xlsx"):
        for data in (b"", b"%PDF", b"PK\x03\x04 cut", ole2("EncryptedPackage"), b"Key,No"):
            (quarter.folder / name).write_bytes(data)
            done = quarter.run("consolidate", quarter.folder)
            assert (done.status, name in done.err) == (2, True)
            assert not {"send", "sent"} & set(done.err.replace(".", " ").split())
