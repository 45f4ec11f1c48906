"""A long list, page by page: how many from which place, and how many there are in all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, create_model

from sandop_web.api.values import LARGEST_COUNT, MOST_ROWS

T = TypeVar("T")
PAGE = 200  # rows of a page unless the caller wants another number

_LIMIT = Field(ge=1, le=MOST_ROWS, description="How many rows at most")
_OFFSET = Field(ge=0, le=LARGEST_COUNT, description="How many rows to pass over")


class Page(BaseModel):
    """Which part of a list is wanted."""

    limit: Annotated[int, _LIMIT] = PAGE
    offset: Annotated[int, _OFFSET] = 0

    def of(self, rows: Sequence[T]) -> dict[str, Any]:
        """The part of the rows, with the number of all."""
        return self.part(rows[self.offset : self.offset + self.limit], total=len(rows))

    def part(self, rows: Iterable[T], total: int) -> dict[str, Any]:
        """These rows as the part of `total` that was asked for."""
        return {"rows": list(rows), "total": total, "limit": self.limit, "offset": self.offset}


def page_of(row: type[BaseModel]) -> type[BaseModel]:
    """The JSON shape of a page of such rows."""
    return create_model(
        f"{row.__name__}Page",
        __doc__=f"A page of {row.__name__}.",
        rows=(list[row], Field(description="The rows of this page")),  # type: ignore[valid-type]
        total=(int, Field(description="How many rows there are in all")),
        limit=(int, Field(description="How many rows were asked for at most")),
        offset=(int, Field(description="How many rows were passed over")),
    )
