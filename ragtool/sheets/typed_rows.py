"""Rows of a sheet as dataclasses: each field says the heading that it stands under and how its cell reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, ClassVar, Protocol, TypeVar

from ragtool.model import Place
from ragtool.sheets.cells import Reader, text
from ragtool.sheets.tables import SheetRow


class Placed(Protocol):
    """A dataclass whose row knows where it stands."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def at(self) -> Place | None: ...


R = TypeVar("R", bound=Placed)


@dataclass(frozen=True)
class Column:
    """A field of a row: its name, the heading that it stands under, how its cell reads."""

    field: str
    heading: str
    read: Reader


def column(heading: str, read: Reader = text, default: object = None) -> Any:
    """A field that stands under `heading`, read by `read`; `default` where its cell is blank."""
    return field(default=default, metadata={"heading": heading, "read": read})


@cache
def columns_of(kind: Any) -> tuple[Column, ...]:
    """The columns of a kind of row, in the order of its fields."""
    return tuple(
        Column(each.name, each.metadata["heading"], each.metadata["read"])
        for each in fields(kind)
        if "heading" in each.metadata
    )


def readers_of(kind: type[Placed], **instead: Reader) -> dict[str, Reader]:
    """How each heading of a kind of row reads; `instead` names fields that are read in another way."""
    return {each.heading: instead.get(each.field, each.read) for each in columns_of(kind)}


def typed(kind: type[R], rows: Iterable[SheetRow]) -> tuple[R, ...]:
    """The rows of a sheet as dataclasses of a kind."""
    names = {each.heading: each.field for each in columns_of(kind)}
    made: Any = kind
    return tuple(
        made(at=row.at, **{names[heading]: value for heading, value in row.values.items() if heading in names})
        for row in rows
    )


def values_of(row: Placed) -> Mapping[str, Any]:
    """What a row holds, by heading."""
    return {each.heading: getattr(row, each.field) for each in columns_of(type(row))}
