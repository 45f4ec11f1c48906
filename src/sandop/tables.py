"""Master tables as columns: a column says its unit, meaning, default and limits once, where it is declared.

The declaration drives the folder and workbook readers, the checks, and the reference page.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, ClassVar, Literal, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

Texts = NDArray[np.object_]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Dates = NDArray[np.datetime64]

# A report: a flat table, the same columns in every row, text or numbers. `ReportRows` is one that is being written.
Cell: TypeAlias = str | float | int | bool | None
Report: TypeAlias = Sequence[Mapping[str, Cell]]
ReportRows: TypeAlias = list[dict[str, Cell]]

Kind = Literal["text", "number", "flag", "date", "month"]
_DTYPES: dict[Kind, Any] = {
    "text": object,
    "number": np.float64,
    "flag": bool,
    "date": "datetime64[D]",
    "month": object,
}


@dataclass(frozen=True)
class Column:
    """What a column is.

    kind        text, number, flag (yes/no), date, or month ("2026-01")
    unit        unit of a number, in words ("hour/unit"); empty for text
    key         part of the row's name: never twice
    required    may not be blank
    default     value of a blank
    references  file whose first key column must hold the value ("items"); empty for none
    choices     the only values allowed; empty for any
    minimum, maximum    limits of a number, both allowed
    """

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    key: bool = False
    required: bool = False
    default: Any = ""
    references: str = ""
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    example: str = ""


def _column(kind: Kind, meaning: str, **declared: Any) -> Any:
    declared.setdefault("default", {"text": "", "month": "", "flag": False}.get(kind))
    return field(metadata={"column": Column("", kind, meaning, **declared)})


def text(
    meaning: str,
    *,
    key: bool = False,
    required: bool = False,
    default: str = "",
    references: str = "",
    choices: tuple[str, ...] = (),
    example: str = "",
) -> Any:
    """A column of text. Ids are case-sensitive and NFC."""
    return _column(
        "text",
        meaning,
        key=key,
        required=required or key,
        default=default,
        references=references,
        choices=choices,
        example=example,
    )


def optional_key(meaning: str, *, references: str, example: str = "") -> Any:
    """A column of text that is part of the row's name and may be blank: blank means any."""
    return _column("text", meaning, key=True, references=references, example=example)


def number(
    meaning: str,
    *,
    unit: str,
    required: bool = False,
    default: float = float("nan"),
    minimum: float | None = 0.0,
    maximum: float | None = None,
    example: str = "",
) -> Any:
    """A column of numbers; a blank takes the default (NaN: nobody has said)."""
    return _column(
        "number",
        meaning,
        unit=unit,
        required=required,
        default=default,
        minimum=minimum,
        maximum=maximum,
        example=example,
    )


def flag(meaning: str, *, example: str = "") -> Any:
    """A column of yes and no; a blank is no."""
    return _column("flag", meaning, example=example)


def date(meaning: str, *, required: bool = False, example: str = "") -> Any:
    """A column of days; a blank is NaT."""
    return _column("date", meaning, required=required, default=np.datetime64("NaT"), example=example)


def month(meaning: str, *, required: bool = False, key: bool = False, example: str = "") -> Any:
    """A column of months such as 2026-01; a blank is empty text."""
    return _column("month", meaning, required=required, key=key, example=example)


@dataclass(frozen=True, eq=False)
class Table:
    """Base of all master tables: equally long read-only columns, (row,)."""

    file: ClassVar[str] = ""

    def __post_init__(self) -> None:
        lengths = {f.name: len(getattr(self, f.name)) for f in fields(self)}
        if len(set(lengths.values())) > 1:
            raise ValueError(f"columns of {self.file} differ in length: {lengths}")
        for f in fields(self):
            getattr(self, f.name).setflags(write=False)

    @classmethod
    def columns(cls) -> tuple[Column, ...]:
        return tuple(dataclasses.replace(f.metadata["column"], name=f.name) for f in fields(cls))

    @classmethod
    def key_columns(cls) -> tuple[str, ...]:
        return tuple(column.name for column in cls.columns() if column.key)

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]] = ()) -> Self:
        """A table of rows given as mappings; columns left out or None take their default.

        Raises KeyError for an unknown column, ValueError for a missing required value.
        """
        rows = list(rows)
        known = {column.name for column in cls.columns()}
        for row in rows:
            if not known.issuperset(row):
                raise KeyError(f"{cls.file} has no column {sorted(set(row) - known)}")
        return cls(**{column.name: _filled(cls.file, column, rows) for column in cls.columns()})

    def __len__(self) -> int:
        return len(getattr(self, fields(self)[0].name))

    @cached_property
    def keys(self) -> tuple[Any, ...]:
        """Names of the rows: text where one column is the key, else tuples of text."""
        columns = [getattr(self, name) for name in self.key_columns()]
        return tuple(columns[0]) if len(columns) == 1 else tuple(zip(*columns))

    @cached_property
    def position(self) -> dict[Any, int]:
        """Name of a row → its place."""
        return {key: i for i, key in enumerate(self.keys)}

    def places(self, names: Iterable[Any]) -> NDArray[np.int64]:
        """Places of the named rows, (name,). Raises KeyError for an unknown one."""
        position = self.position
        return np.array([position[name] for name in names], dtype=np.int64)

    def take(self, places: Sequence[int] | NDArray[Any]) -> Self:
        """The rows at these places (or where a mask is true)."""
        return type(self)(**{f.name: getattr(self, f.name)[places] for f in fields(self)})

    def sorted(self) -> Self:
        """The same rows in the order of their keys, so that the order of a file never matters."""
        return self.take(
            sorted(range(len(self)), key=lambda i: self.keys[i])
            if self.key_columns()
            else sorted(range(len(self)), key=lambda i: tuple(map(str, self.row(i).values())))
        )

    def row(self, place: int) -> dict[str, Any]:
        return {f.name: getattr(self, f.name)[place] for f in fields(self)}

    def rows(self) -> list[dict[str, Any]]:
        return [self.row(place) for place in range(len(self))]


def _filled(file: str, column: Column, rows: Sequence[Mapping[str, Any]]) -> NDArray[Any]:
    values = [row.get(column.name) for row in rows]
    if column.required and any(value is None or value == "" for value in values):
        raise ValueError(f"{file}: {column.name} may not be blank")
    filled = [column.default if value is None else value for value in values]
    array = np.empty(len(filled), dtype=_DTYPES[column.kind])
    array[:] = filled
    return array
