"""Makes the pictures of the documents from the samples: python scripts/make_pictures.py

Consolidates the samples in a folder of its own, prints the workbooks with LibreOffice, and writes the pages that the
documents show, without their margins, into docs/pictures/. Run it with a Python that has ragtool, as that of
.venv-test, where LibreOffice and pdftoppm (of poppler-utils) are installed.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import zlib
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

import environment
from ragtool.cli import run
from ragtool.cli.statuses import FAILED
from ragtool.columns import BY_WHEN, LAST_PERIOD, LAST_REPORTED, PanelSheets, ReportSheets
from ragtool.workbooks.printed import find_libreoffice, print_workbooks

PICTURES = environment.ROOT / "docs" / "pictures"
DOTS = 110
"""Dots an inch of a print."""
HEADER, FOOTER = 0.055, 0.055
"""The shares of a page's height that its running header and footer take."""
COLOURS = 128
"""How many colours a picture keeps."""
WHITE = 250
"""Paler than this is paper."""

Pixels = npt.NDArray[np.uint8]


class Picture(NamedTuple):
    """A picture's name, the workbook it is taken from, what its page says, and the share of the page that it shows."""

    name: str
    workbook: str
    says: str
    share: float = 1.0


OF_2013, OF_2015 = "2013-14 Q2", "2015-16 Q2"
RETURN = f"{OF_2013}/returns/{OF_2013} Homes and Communities.xlsx"
REPORT = f"{OF_2013}/{OF_2013} performance report.xlsx"
SHOWN = (
    Picture("first-screen", REPORT, f"{ReportSheets.SUMMARY}, ", 0.62),
    Picture("report-on-a-page", REPORT, f"{ReportSheets.PAGE}, "),
    Picture("return-guidance", RETURN, "What is still missing", 0.86),
    Picture("return-milestones", RETURN, LAST_REPORTED),
    Picture("return-measures", RETURN, LAST_PERIOD),
    Picture("return-previews", RETURN, BY_WHEN),
    Picture("panel-cover", f"{OF_2015}/panels/{OF_2015} Caring Plymouth.xlsx", f"{PanelSheets.COVER}, ", 0.7),
)


def make_pictures(arguments: list[str]) -> int:
    """Writes every picture and gives 0."""
    libreoffice = find_libreoffice()
    if not libreoffice:
        raise environment.CannotSetUp("The pictures are made with LibreOffice: install it, then run this again.")
    with TemporaryDirectory() as name:
        folder = Path(name)
        for quarter in (OF_2013, OF_2015):
            shutil.copytree(environment.ROOT / "samples" / quarter, folder / quarter)
            if run(["consolidate", str(folder / quarter)]) == FAILED:
                raise environment.CannotSetUp(f"The sample {quarter} can't be consolidated: see above.")
        PICTURES.mkdir(exist_ok=True)
        workbooks = list(dict.fromkeys(picture.workbook for picture in SHOWN))
        prints = print_workbooks(libreoffice, [folder / workbook for workbook in workbooks])
        for workbook, pdf in zip(workbooks, prints, strict=True):
            (folder / "printed.pdf").write_bytes(pdf)
            write_pictures(folder / "printed.pdf", [each for each in SHOWN if each.workbook == workbook])
    return 0


def write_pictures(pdf: Path, pictures: Iterable[Picture]) -> None:
    """Writes the pictures of one workbook from its print."""
    pages = [" ".join(page.split()) for page in poppler("pdftotext", "-layout", str(pdf), "-").decode().split("\f")]
    for picture in pictures:
        number = str(next(at for at, page in enumerate(pages, 1) if picture.says in page))
        page = poppler("pdftoppm", "-r", str(DOTS), "-f", number, "-l", number, str(pdf))
        target = PICTURES / f"{picture.name}.png"
        target.write_bytes(as_png(without_margins(pixels_of(page), picture.share)))
        environment.say(f"Written: {target} ({target.stat().st_size // 1000} KB)")


def poppler(name: str, *arguments: str) -> bytes:
    """What a program of poppler-utils gives. Raises CannotSetUp where this machine doesn't have it."""
    program = shutil.which(name)
    if not program:
        raise environment.CannotSetUp(f"The pictures are made with {name}: install poppler-utils, then run this again.")
    return subprocess.run([program, *arguments], check=True, capture_output=True).stdout


def pixels_of(image: bytes) -> Pixels:
    """The pixels of a .ppm, by row and column: red, green and blue."""
    _, size, _, pixels = image.split(b"\n", 3)
    wide, high = map(int, size.split())
    return np.frombuffer(pixels, np.uint8).reshape(high, wide, 3)


def without_margins(page: Pixels, share: float) -> Pixels:
    """What stands between a page's header and footer, with a narrow white edge: of a share of it what is whole."""
    high = len(page)
    body = page[int(high * HEADER) : int(high * (1 - FOOTER))]
    drawn = np.any(body < WHITE, axis=2)
    rows, columns = np.flatnonzero(np.any(drawn, axis=1)), np.flatnonzero(np.any(drawn, axis=0))
    if share < 1:
        blank = np.setdiff1d(np.arange(int(len(body) * share)), rows)
        rows = rows[rows < blank[-1]]
    cut = body[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    edge = DOTS // 12
    return np.pad(cut, ((edge, edge), (edge, edge), (0, 0)), constant_values=255)


def as_png(pixels: Pixels) -> bytes:
    """The pixels as a PNG whose few colours stand in a palette, each pixel the nearest of them."""
    flat = pixels.reshape(-1, 3)
    found, where, count = np.unique(flat, axis=0, return_inverse=True, return_counts=True)
    palette = found[np.argsort(-count)[:COLOURS]]
    apart = ((found[:, None, :].astype(int) - palette[None, :, :]) ** 2).sum(axis=2)
    high, wide, _ = pixels.shape
    rows = apart.argmin(axis=1).astype(np.uint8)[where].reshape(high, wide)
    scanlines = np.pad(rows, ((0, 0), (1, 0)))  # each begins with the number of its filter: none
    header = struct.pack(">IIBBBBB", wide, high, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", header),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(scanlines.tobytes(), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, content) for name, content in parts)


def chunk(name: bytes, content: bytes) -> bytes:
    """A part of a PNG: its length, name, content and checksum."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


if __name__ == "__main__":
    environment.run_script(make_pictures)
