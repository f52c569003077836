"""The copies that stand in the folder already: which of them must be kept, and what the others' names leave free."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ragtool.returns.marked.copy_digest import digest_of
from ragtool.returns.marked.marked_copy import AS_WRITTEN, COPY_OF
from ragtool.workbooks.custom_properties import custom_properties
from ragtool.workbooks.foreign import foreign_parts
from ragtool.workbooks.main_part import main_part
from ragtool.workbooks.opening import read_bytes
from ragtool.workbooks.outputs import Outputs
from ragtool.workbooks.package import Package
from ragtool.workbooks.whole_files import open_to_change

EDITED, HELD = "has been edited", "is open in another program, or read-only"
"""Why a copy must be kept."""

LONGEST_STEM, SHORTEST_STEM, LONGEST_PATH = 230, 30, 235
"""Bytes of a copy's name and characters of its path, so that a number and an extension have room after them."""


@dataclass(frozen=True)
class StandingCopy:
    """A copy that stands in the folder: the return it was made of, why it must be `kept`, empty where it need not, and
    the SHA-256 of its bytes.
    """

    path: Path
    file: str
    kept: str
    sha256: str = ""


def copies_in(folder: Path, outputs: Outputs) -> Iterator[StandingCopy]:
    """The copies that stand in the folder; what isn't made by ragtool, or can't be told, counts as edited."""
    if not folder.is_dir():
        return
    for path in sorted(each for each in folder.iterdir() if each.is_file() and not each.name.startswith((".", "~$"))):
        outputs.look(path)  # what an officer saves from now on is kept
        try:
            data = read_bytes(path)
            package = Package(data)
            properties = custom_properties(package)
            has_more = any(foreign_parts(package, main_part(package).name))  # a picture, say: none was written
            edited = has_more or AS_WRITTEN not in properties or not digest_of(data).is_of(properties[AS_WRITTEN])
        except Exception:  # noqa: BLE001 - whatever it is, it stays
            yield StandingCopy(path, "", EDITED)
            continue
        kept = EDITED if edited else HELD if is_held(path) else ""
        yield StandingCopy(path, properties.get(COPY_OF, ""), kept, hashlib.sha256(data).hexdigest())


def is_held(path: Path) -> bool:
    """Whether a copy can't be replaced, such as one that an officer has open."""
    try:
        open_to_change(path)
    except OSError:
        return True
    return False


class CopyNames:
    """What the copies in a folder are called: `standing` are those of each return that are there already."""

    def __init__(
        self, folder: Path, received: Mapping[str, Path], standing: Sequence[StandingCopy], outputs: Outputs
    ) -> None:
        self.folder, self.outputs = folder, outputs
        self.standing: dict[str, list[StandingCopy]] = {}
        for copy in standing:
            self.standing.setdefault(copy.file, []).append(copy)
        self.stems = Counter(Path(file).stem.casefold() for file in received)
        self.taken = Counter(copy.path.name.casefold() for copy in standing)

    def stem(self, file: str) -> str:
        """What a return's copy is called, without extension: as the return, unless another one is called so too."""
        name, suffix = Path(file).stem, Path(file).suffix
        shared = self.stems[name.casefold()] > 1 and suffix.casefold() != ".xlsx"
        return shortened(f"{name} {suffix[1:].casefold()}" if shared else name, self.folder)

    def free(self, file: str, replaced: Sequence[Path]) -> Path:
        """Where a copy goes: over an unedited one of the same return, else the first free of `name`, `name (2)` ..."""
        own = Counter(path.name.casefold() for path in replaced)
        number, name = 1, self.stem(file)
        path = self.folder / f"{name}.xlsx"
        while self.is_taken(path, own) or (path not in replaced and self.outputs.look(path)):
            number += 1
            path = self.folder / f"{name} ({number}).xlsx"
        self.taken[path.name.casefold()] += 1
        return path

    def is_taken(self, path: Path, own: Mapping[str, int]) -> bool:
        """Whether a name is another copy's, of this quarter or of one that was checked before it."""
        return self.taken[path.name.casefold()] > own[path.name.casefold()] or self.outputs.takes(path)


def shortened(stem: str, folder: Path) -> str:
    """A name without its extension, cut where a copy could not have it: a name has at most 255 bytes, and on Windows a
    whole path 259 characters.
    """
    longest = (
        LONGEST_STEM if os.name != "nt" else max(SHORTEST_STEM, min(LONGEST_STEM, LONGEST_PATH - len(str(folder))))
    )
    return (
        stem.strip().encode()[:longest].decode(errors="ignore").rstrip(" .") if len(stem.encode()) > longest else stem
    )


def why_kept(kept: Sequence[StandingCopy], target: Path | None) -> str:
    """What is said of copies that must be kept; nothing where there are none."""
    if not kept:
        return ""
    why = " and ".join(f"{copy.path.name} {copy.kept}" for copy in kept)
    they = "it is" if len(kept) == 1 else "they are"
    if target is None:
        return f"{why}, so {they} kept, although the return has no queries any more."
    return f"{why}, so {they} kept; the new copy is {target.name}."
