"""Thousands of broken and odd returns, made from real ones, read and rated in process.

    python tests/referees fuzz --cases 2000 --seed 1

Each case changes bytes, XML or cells of one return and holds that ragtool never fails by a fault of its own, never
takes long or much memory, never publishes a figure that doesn't stand in its cell, and rates the others as before.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, unescape

from ragtool import columns as c
from ragtool.cli import run
from ragtool.errors import RagtoolError
from ragtool.model import fold, item_name
from ragtool.plan.plan_reading import read_plan
from ragtool.quarter.items import RatedItem
from ragtool.quarter.rated import RatedQuarter, rate_quarter
from ragtool.returns.received import Received, read_returns
from referees.every_column import build_every_column

CHECKOUT = Path(__file__).resolve().parents[2]
SAMPLE = CHECKOUT / "samples" / "2013-14 Q2"
AREAS = ("Adult Social Care", "Customer Services", "Planning Services")
"""Whose returns of the sample are used; one of them is changed at a time."""

SLOWEST = 5.0
"""Seconds that a case may take."""

MOST_MEMORY = 300_000_000
"""Bytes by which reading a file may raise the memory that was used at most."""

HANGS = 20
"""Seconds after which a case is stopped, where the system has alarms: it hangs."""

WHOLE_RUN = 25
"""One case in so many goes the whole way, through the command, to the written report."""

TEXTS = (
    *("", " ", "\u00a0", "\u200b", "=1+1", "+1", "-1", "@x", "\tx", "n/a", "TBC", "-", "nil", "0", "-0", "1e5", "1,5"),
    *("74.4", "74.4%", "%", "£", "£5", "$5", "4.6m", "4.6 m", "£100K", "2bn", "(5)", "(5", "5)", "1,000", "1 000", "½"),
    *("\u0663", "\uff15", "#REF!", "#N/A", "TRUE", "Yes", "Complete", "overdue", "Done", "R", "Green", "1.5.5"),
    *("2013/14 Q2", "2013/14 Q9", "Q2", "28/02/2014", "31/02/2014", "9" * 40, "9" * 400, "x" * 32767, "x" * 32768),
    *("\U0001f600" * 50, "مرحبا", "a\nb\rc", "_x0000_", "_xD83D_", "'", '"', "<&>", "http://x", "mailto:x"),
    *("internal:x", "K1", "1", "1.", "1.0", "M1", "Key", "Performance", "None", "nan", "inf", "NaN"),
)

NUMBERS = (
    "0",
    "-0",
    "1",
    "1.5",
    "-1",
    "41547",
    "1e308",
    "1e-320",
    "1E400",
    "NaN",
    "INF",
    "1_000",
    "0x10",
    "",
    " ",
    "9" * 400,
)
KINDS = ("s", "str", "n", "b", "e", "d", "inlineStr", "x", "")


@dataclass(frozen=True)
class Found:
    """What a case brought to light."""

    case: int
    how: str
    problem: str


class Hangs(BaseException):
    """A case that doesn't end; no reader may catch it as a fault of the file."""


@contextlib.contextmanager
def stopped_in_time() -> Iterator[None]:
    """Stops what hangs."""
    if not hasattr(signal, "SIGALRM"):  # Windows
        yield
        return

    def stop(*_: object) -> None:
        raise Hangs

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(HANGS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def part_of_the_sample(folder: Path) -> Path:
    """Some returns of the sample quarter in a folder of their own."""
    (folder / "returns").mkdir(parents=True)
    shutil.copy(SAMPLE / "corporate_plan.xlsx", folder)
    for area in AREAS:
        shutil.copy(SAMPLE / "returns" / f"2013-14 Q2 {area}.xlsx", folder / "returns")
    return folder


class Fuzz:
    """The returns of a quarter, and what the unchanged ones come to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths = sorted((self.folder / "returns").glob("*.xlsx"))
        self.data = {path: path.read_bytes() for path in self.paths}
        self.plan, _ = read_plan(self.folder / "corporate_plan.xlsx")
        self.read = {path: read_returns([path], self.plan, None) for path in self.paths}
        self.quarter = self.read[self.paths[0]].used[0].quarter

    @cached_property
    def usual(self) -> dict[str, str]:
        """Every item's rating where no return is changed."""
        return ratings(self.rate(None, None))

    def rate(self, changed: Path | None, received: Received | None) -> Any:
        """The quarter with one return as it was received, and the others as they are."""
        used = [each for path in self.paths for each in self.read[path].used if path != changed]
        mine = received or Received()
        return rate_quarter(self.plan, replace(mine, used=(*mine.used, *used)), None, self.quarter)

    def case(self, number: int, seed: int) -> tuple[str, list[str]]:
        """Changes one return in one way: how, and what is wrong with what came of it."""
        chance = random.Random(f"{seed}/{number}")
        path = chance.choice(self.paths)
        how, data = mutated(chance, self.data[path])
        target = path.with_name(f"changed{chance.choice(('.xlsx',) * 8 + ('.xls', '.ods'))}")
        target.write_bytes(data)
        problems: list[str] = []
        before, began = peak(), time.perf_counter()
        try:
            with stopped_in_time():
                received = read_returns([target], self.plan, None)
                if time.perf_counter() - began > SLOWEST:
                    problems.append(f"reading took {time.perf_counter() - began:.1f} s")
                if peak() - before > MOST_MEMORY:
                    problems.append(f"reading took {(peak() - before) / 1e6:.0f} MB more than before")
                if received.used and received.used[0].quarter == self.quarter:
                    problems += self.wrong(path, received, data)
                if number % WHOLE_RUN == 0:
                    problems += self.whole_run(path, target)
        except RagtoolError:
            pass
        except (Exception, Hangs):  # noqa: BLE001 - each is what is looked for
            problems.append(traceback.format_exc(limit=-6))
        finally:
            target.unlink(missing_ok=True)
        return how, problems

    def wrong(self, path: Path, received: Received, data: bytes) -> Iterator[str]:
        """What is wrong with the rated quarter: figures that nobody typed, or other returns' items."""
        (mine,) = received.used
        if mine.area != self.read[path].used[0].area:
            return
        rated = self.rate(path, received)
        for measure in rated.measures:
            place = measure.entry.at
            if place and place.file == mine.file and measure.figure is not None and not measure.stands:
                cell = place.cell(c.PERFORMANCE)
                held = raw_cell(data, place.sheet, cell)
                if measure.figure not in candidates(held):
                    yield f"{measure.item.key} is published as {measure.figure}, but {cell} holds {held!r}"
        # Its milestones rate key actions of others, and its parts their measures.
        mixed = {row.item.key for row in rated.items if row.item.area == mine.area}
        mixed |= {step.milestone.key for step in rated.milestones if step.milestone.area == mine.area}
        now = ratings(rated)
        for row in rated.items:
            name = name_of(row)
            ours = row.item.area == mine.area or (not row.part and row.item.key in mixed)
            if not ours and now[name] != self.usual.get(name):
                yield f"{name} of another return was {self.usual.get(name)}, now {now[name]}"

    def whole_run(self, path: Path, target: Path) -> Iterator[str]:
        """Consolidates with the changed return in the place of the whole one."""
        path.unlink()
        said, failed = io.StringIO(), io.StringIO()
        try:
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(failed):
                run(["consolidate", str(self.folder), "--no-panels", "--no-pack", "--quarter", str(self.quarter)])
        finally:
            path.write_bytes(self.data[path])
            shutil.rmtree(self.folder / "returns" / "queries", ignore_errors=True)
        if "fault of its own" in failed.getvalue():
            yield failed.getvalue()
        for what in ("Files", "Rows"):
            if line := re.search(
                rf"{what} found (\d+) = used (\d+) \+ refused (\d+) \+ passed over (\d+)", said.getvalue()
            ):
                found, *parts = map(int, line.groups())
                if found != sum(parts):
                    yield f"{line[0]} doesn't add up"


def ratings(rated: RatedQuarter) -> dict[str, str]:
    """Every item's published rating."""
    return {name_of(row): row.rating.value for row in rated.items}


def name_of(row: RatedItem) -> str:
    """An item's key, and its part where it is one."""
    return item_name(row.item.key, row.part)


def peak() -> int:
    """The most memory used so far, in bytes; 0 where the system doesn't tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


# How returns are changed


def mutated(chance: random.Random, data: bytes) -> tuple[str, bytes]:
    """A return's bytes, changed in one way, and which."""
    how = chance.choice(("bytes", "xml", "cells", "cells", "cells", "rows"))
    if how == "bytes":
        return how, change_bytes(chance, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if how == "xml":
        name = chance.choice(sorted(parts))
        parts[name] = change_xml(chance, parts[name])
        how = f"xml of {name}"
    else:
        sheets = [name for name in sorted(parts) if name.startswith("xl/worksheets/sheet")]
        sheets += 4 * sheets[2:4]  # Milestones and Measures, which hold most entries
        for _ in range(chance.choice((1, 1, 3, 10))):
            name = chance.choice(sheets)
            change = change_cell if how == "cells" else change_row
            parts[name] = change(chance, parts[name].decode()).encode("utf-8", "surrogatepass")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return how, held.getvalue()


def change_bytes(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 4, 50))):
        at = chance.randrange(len(changed))
        if chance.random() < 0.7:
            changed[at] = chance.randrange(256)
        elif chance.random() < 0.5:
            del changed[at : at + chance.randrange(1, 2000)]
        else:
            changed[at:at] = chance.randbytes(chance.randrange(1, 200))
        if not changed:
            break
    return bytes(changed[: chance.randrange(len(changed) + 1)] if chance.random() < 0.15 else changed)


def change_xml(chance: random.Random, part: bytes) -> bytes:
    """Drops, doubles, swaps or renames elements and attributes, or puts odd numbers in them."""
    pieces = re.split(rb"(<[^>]*>)", part)
    for _ in range(chance.choice((1, 3, 20))):
        at = chance.randrange(len(pieces))
        what = chance.randrange(6)
        if what == 0:
            pieces[at] = b""
        elif what == 1:
            pieces[at] = pieces[at] * chance.choice((2, 3, 1000))
        elif what == 2:
            other = chance.randrange(len(pieces))
            pieces[at], pieces[other] = pieces[other], pieces[at]
        elif what == 3:
            number = chance.choice(("-1", "0", "1", "99999999999", "1e9", "x", "")).encode()
            pieces[at] = re.sub(rb"\d+", number, pieces[at], count=1)
        elif what == 4:
            pieces[at] = pieces[at].replace(b' r="', b' q="').replace(b"<row", b"<wor")
        else:
            pieces[at] = escape(chance.choice(TEXTS)).encode("utf-8", "replace")
    return b"".join(pieces)


CELL = re.compile(r'<c r="([A-Z]+\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)


def change_cell(chance: random.Random, sheet: str) -> str:
    """Puts something odd into one cell of a sheet, entry or not."""
    cells = list(CELL.finditer(sheet))
    if not cells:
        return sheet
    cell = chance.choice(cells)
    style = "".join(re.findall(r' s="\d+"', cell[2])) if chance.random() < 0.9 else ""
    text = escape(chance.choice(TEXTS)).replace("\r", "&#13;")
    number = chance.choice(NUMBERS)
    held = chance.choice(
        (
            f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is>',
            f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is>',
            f"><v>{number}</v>",
            f' t="{chance.choice(KINDS)}"><v>{number}</v>',
            f' t="e"><v>{chance.choice(("#REF!", "#DIV/0!", "#N/A", "#SPILL!", "oops"))}</v>',
            f"><f>{text}</f>",
            f' t="str"><f>1+1</f><v>{text}</v>',
            ">",
        )
    )
    return f'{sheet[: cell.start()]}<c r="{cell[1]}"{style}{held}</c>{sheet[cell.end() :]}'


ROW = re.compile(r'<row r="(\d+)"[^>]*>.*?</row>', re.DOTALL)


def change_row(chance: random.Random, sheet: str) -> str:
    """Deletes, doubles or swaps rows, or moves a column onto another."""
    rows = list(ROW.finditer(sheet))
    if len(rows) < 2:
        return sheet
    one, other = sorted(chance.sample(rows, 2), key=lambda row: row.start())
    what = chance.randrange(5)
    if what == 0:
        return sheet[: one.start()] + sheet[one.end() :]
    if what == 1:  # as when rows are sorted
        first, second = renumbered(one, other[1]), renumbered(other, one[1])
        return f"{sheet[: one.start()]}{second}{sheet[one.end() : other.start()]}{first}{sheet[other.end() :]}"
    if what == 2:  # a copy beneath the table
        return sheet.replace("</sheetData>", f"{renumbered(one, str(900 + chance.randrange(99)))}</sheetData>")
    if what == 3:  # a copy over another row
        return f"{sheet[: other.start()]}{renumbered(one, other[1])}{sheet[other.end() :]}"
    first_cell, second_cell = (chance.choice("ABCDEFGHIJKL") for _ in range(2))
    return re.sub(rf'r="{first_cell}(\d+)"', rf'r="{second_cell}\1"', sheet)


def renumbered(row: re.Match[str], number: str) -> str:
    """A row moved to another place."""
    text = re.sub(r'<row r="\d+"', f'<row r="{number}"', row[0], count=1)
    return re.sub(rf'r="([A-Z]+){row[1]}"', rf'r="\g<1>{number}"', text)


# What a cell holds, told without ragtool's own reader


def raw_cell(data: bytes, sheet: str, cell: str) -> str:
    """The text or number that a cell holds, straight from the XML; the last one where it stands twice."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
        sheets = re.findall(r'<sheet name="([^"]*)"[^>]*r:id="([^"]*)"', book)
        ids = dict(pair for pair in sheets)
        wanted = next(id_ for name, id_ in ids.items() if fold(unescape(name)) == fold(sheet))
        link = next(tag for tag in re.findall(r"<Relationship [^>]*>", links) if f'Id="{wanted}"' in tag)
        target = re.search(r'Target="/?(?:xl/)?([^"]*)"', link)
        xml = archive.read(f"xl/{target[1] if target else ''}").decode("utf-8", "replace")
        strings = archive.read("xl/sharedStrings.xml").decode("utf-8", "replace")
    held = [match for match in re.finditer(rf'<c r="{cell}"([^>]*?)(?:/>|>(.*?)</c>)', xml, re.DOTALL) if match[2]]
    if not held:
        return ""
    shared = 't="s"' in held[-1][1]
    found = re.findall(r"<(?:v|t)\b[^>]*>(.*?)</(?:v|t)>", held[-1][2], re.DOTALL)
    text = "".join(found)
    if shared:
        texts = re.findall(r"<si>(.*?)</si>", strings, re.DOTALL)
        text = "".join(re.findall(r"<t\b[^>]*>(.*?)</t>", texts[int(float(text))], re.DOTALL))
    return unescape(text)


def candidates(held: str) -> set[Decimal]:
    """Every figure that a person could say a cell holds."""
    bare = re.sub(r"[^\d.eE+-]", "", held.replace("\u2212", "-"))
    found = set()
    for text in (held.strip(), bare, bare.strip("+-eE"), re.sub(r"[^\d.]", "", held)):
        with contextlib.suppress(InvalidOperation, ValueError):
            number = Decimal(text)
            with contextlib.suppress(OverflowError, ValueError):
                found.add(Decimal(format(float(text), ".15g")))
            found.add(number)
    return {sign * number * scale for number in found if number.is_finite() for sign in (1, -1)
              for scale in (1, Decimal("0.01"), 1000, 1_000_000, 1_000_000_000)}  # fmt: skip


def quarters_to_break(folder: Path) -> tuple[Fuzz, ...]:
    """The quarters that the cases are made from, in turn: the sample's, and one whose plan uses every column."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        own = build_every_column(folder / "own" / "2013-14 Q2")
    return Fuzz(part_of_the_sample(folder / "sample" / "2013-14 Q2")), Fuzz(own)


def fuzz(cases: int, seed: int, first: int = 0) -> tuple[list[Found], Counter[str]]:
    """Runs so many cases: what they brought to light, and how many there were of each kind."""
    found: list[Found] = []
    kinds: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        quarters = quarters_to_break(Path(folder))
        for number in range(first, first + cases):
            how, problems = quarters[number % len(quarters)].case(number, seed)
            kinds[how.split(" ")[0]] += 1
            found += (Found(number, how, problem) for problem in problems)
    return found, kinds


def main(arguments: Sequence[str]) -> int:
    """Runs the cases asked for; status 1 where one brought something to light."""
    parser = argparse.ArgumentParser("python tests/referees fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=500, help="how many (default: 500)")
    parser.add_argument("--seed", type=int, default=1, help="which ones (default: 1)")
    parser.add_argument("--first", type=int, default=0, help="the number of the first case, to see one again")
    asked = parser.parse_args(arguments)
    began = time.perf_counter()
    found, kinds = fuzz(asked.cases, asked.seed, asked.first)
    for each in found:
        print(f"Case {each.case}, {each.how}: {each.problem}")
    of = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    print(f"{asked.cases} cases ({of}) in {time.perf_counter() - began:.0f} s: {len(found)} problems.")
    return 1 if found else 0
