"""What an operation answers: its own shape when it goes well, one shape for every refusal."""

from __future__ import annotations

from typing import Any, TypeVar

from ninja.responses import Status
from pydantic import BaseModel

from sandop_web.api.answers import shape_of
from sandop_web.api.refusals import Refused

T = TypeVar("T")
MADE, BEGUN, DONE = 201, 202, 204
_MAY_BE_REFUSED_WITH = frozenset({400, 401, 403, 404, 409, 413, 415, 422})


class NewNumber(BaseModel):
    """Something new, by its number."""

    number: int


class ReportRow(BaseModel):
    """One row of a report: column by name, as the reference of results describes it."""

    model_config = {"extra": "allow"}


def says(shape: Any, *, status: int = 200) -> dict[Any, Any]:
    """The responses of an operation that answers this shape: a dataclass, a list of them; None is nothing at all."""
    return {status: None if shape is None else shape_of(shape), _MAY_BE_REFUSED_WITH: Refused}


def made(shape: T) -> Status[T]:
    """Something new is there now."""
    return Status(MADE, shape)


def begun(shape: T) -> Status[T]:
    """Work has begun, or waits its turn."""
    return Status(BEGUN, shape)


def done() -> Status[None]:
    """It is done, and there is nothing to say about it."""
    return Status(DONE, None)
