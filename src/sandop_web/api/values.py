"""What may come in: every kind of value a program can send, with its limits, said once.

Whatever passes here can be stored by every database: text without NUL and half characters, numbers that are finite,
days and months that a calendar knows. The limits stand in the API's description too, so that a program can check
before it asks.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    Strict,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from sandop.measures import measures

LARGEST_NUMBER = 1e15  # a quantity or sum of money beyond this is a mistake
LARGEST_ID = 2**63 - 1  # as far as a database counts
LARGEST_COUNT = 2**31 - 1
MOST_CELLS = 20_000  # cells of one edit
MOST_ROWS = 10_000  # rows of one answer

_TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"  # no control characters but tab and line ends
_MONTH = r"^(19|20|21)[0-9][0-9]-(0[1-9]|1[0-2])$"
_PERIOD = r"^(19|20|21)[0-9][0-9]-((0[1-9]|1[0-2])|W(0[1-9]|[1-4][0-9]|5[0-3])[ab]?)$"
_DAY = r"^(19|20|21)[0-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_NAME = r"^[a-z][a-z0-9_]{0,59}$"


@dataclass(frozen=True)
class Meaning:
    """What a value means, in the API's description. (The framework drops a field's own words in addresses.)"""

    words: str

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(core), "description": self.words}


class Sent(BaseModel):
    """Base of every body: a name nobody knows is a mistake, not something to pass over."""

    model_config = ConfigDict(extra="forbid")


def storable(text: str) -> str:
    """The text in NFC. Raises ValueError for control characters and half characters, which no database keeps."""
    for sign in text:
        if unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\t\n\r":
            raise ValueError(f"holds the character U+{ord(sign):04X}, which no text may hold")
    return unicodedata.normalize("NFC", text)


def day_of(text: object) -> object:
    """A day written as 2026-01-31. Raises ValueError for anything else that a calendar could be talked into."""
    if isinstance(text, dt.date):
        return text
    if not isinstance(text, str) or not re.fullmatch(_DAY, text):
        raise ValueError("is no day such as 2026-01-31")
    return dt.date.fromisoformat(text)


def known_measure(name: str) -> str:
    """Raises ValueError for a name that is no measure."""
    if name not in measures():
        raise ValueError("is no measure; the reference of measures lists them all")
    return name


def _text(most: int, least: int = 0) -> Any:
    return Field(min_length=least, max_length=most, pattern=_TEXT)


_Storable = AfterValidator(storable)

Id: TypeAlias = Annotated[str, _text(100, 1), _Storable, Meaning("An id, written as in the plan")]
AnyId: TypeAlias = Annotated[str, _text(100), _Storable, Meaning("An id, written as in the plan; empty is all")]
Title: TypeAlias = Annotated[str, _text(200, 1), _Storable, Meaning("A title")]
Words: TypeAlias = Annotated[str, _text(2_000), _Storable, Meaning("Free text; may be empty")]
Why: TypeAlias = Annotated[
    str, _text(2_000), _Storable, Meaning("The reason, kept with what is done; most actions ask for one")
]
Month: TypeAlias = Annotated[str, Field(pattern=_MONTH), Meaning("A month such as 2026-01")]
Period: TypeAlias = Annotated[str, Field(pattern=_PERIOD), Meaning("A month (2026-01) or a week (2026-W05)")]
Name: TypeAlias = Annotated[str, Field(pattern=_NAME), Meaning("A name such as kpis")]
MeasureName: TypeAlias = Annotated[
    str,
    AfterValidator(known_measure),
    WithJsonSchema({"type": "string", "enum": sorted(measures()), "description": "A measure of the plan"}),
]
Day: TypeAlias = Annotated[
    dt.date,
    BeforeValidator(day_of),
    WithJsonSchema({"type": "string", "format": "date", "pattern": _DAY, "description": "A day such as 2026-01-31"}),
]
Number: TypeAlias = Annotated[
    float,
    Strict(),
    Field(ge=-LARGEST_NUMBER, le=LARGEST_NUMBER, allow_inf_nan=False),
    Meaning("A number"),
]
Cell: TypeAlias = Annotated[Number | None, Meaning("A value in the measure's unit; null is a blank: nobody has said")]
RowKey: TypeAlias = Annotated[
    list[Id], Field(min_length=1, max_length=4), Meaning("The row's ids, in the order of the measure's grain")
]
Country: TypeAlias = Annotated[
    str, Field(pattern="^[A-Z]{2,3}$"), Meaning("The country whose holidays count, such as CN")
]
Flag: TypeAlias = Annotated[bool, Strict()]
VersionId: TypeAlias = Annotated[int, Field(ge=1, le=LARGEST_ID), Meaning("Id of a version of the plan")]
RowId: TypeAlias = Annotated[int, Field(ge=1, le=LARGEST_ID), Meaning("Id, as a list gives it")]


class Reason(Sent):
    """Why something is done."""

    why: Why


class Remark(Sent):
    """Why something is done, where that goes without saying."""

    why: Why = ""
