"""What goes out: the dataclasses that queries return, described field by field as their docstrings describe them.

A blank is null in every answer, never NaN and never zero.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import inspect
import json
import math
import re
import types
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np
from django.http import HttpRequest
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

_LINE = re.compile(r"^(?P<names>\w+(?:, \w+)*) {2,}(?P<meaning>\S.*)$")  # "region, family   scope; empty is all"
_MADE: dict[type, type[BaseModel]] = {}


class JsonRenderer(BaseRenderer):
    """JSON as the standard has it: a number that is none is null."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        """The answer as text."""
        return json.dumps(plain(data), cls=NinjaJSONEncoder, ensure_ascii=False, allow_nan=False)


def plain(value: Any) -> Any:
    """Anything as JSON can say it: dataclasses as objects, arrays as lists, blanks and what is infinite as null."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, np.generic | np.ndarray):
        return plain(value.tolist())
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(member) for key, member in value.items()}
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, bytes):
        return [plain(member) for member in value]
    return value if isinstance(value, dt.date | dt.time) else str(value)


def answer(view: type) -> type[BaseModel]:
    """The JSON shape of a dataclass, under its own name; where another has that name, its module's stands before."""
    if view not in _MADE:
        meanings = meanings_of(view)
        hints = get_type_hints(view)
        shapes: dict[str, Any] = {
            field.name: (shape_of(hints[field.name]), Field(description=meanings.get(field.name)))
            for field in dataclasses.fields(view)
        }
        summary = " ".join((inspect.getdoc(view) or "").split("\n\n")[0].split())
        _MADE[view] = create_model(
            _free_name(view), __config__=ConfigDict(from_attributes=True), __doc__=summary, **shapes
        )
    return _MADE[view]


def _free_name(view: type) -> str:
    if all(made.__name__ != view.__name__ for made in _MADE.values()):
        return view.__name__
    return view.__module__.rpartition(".")[2].title().replace("_", "") + view.__name__


def meanings_of(view: type) -> dict[str, str]:
    """Field → what its dataclass, or one it builds on, says it means."""
    found: dict[str, str] = {}
    for ancestor in reversed(view.__mro__[:-1]):
        found.update(_meanings(ancestor.__doc__ or ""))
    return found


def _meanings(docstring: str) -> dict[str, str]:
    found: dict[str, str] = {}
    names: list[str] = []
    for line in inspect.cleandoc(docstring).splitlines()[1:]:
        fits = _LINE.match(line)
        if fits:
            names = fits["names"].split(", ")
            found.update(dict.fromkeys(names, fits["meaning"]))
        elif line.startswith("    ") and names:
            found.update({name: f"{found[name]} {line.strip()}" for name in names})
        else:
            names = []
    return found


def _or_blank(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value


_Amount = Annotated[float | None, BeforeValidator(_or_blank)]


def shape_of(hint: Any) -> Any:
    """A type as JSON has it. Raises TypeError for one that JSON has no word for."""
    origin, parts = get_origin(hint), get_args(hint)
    if hint is float:
        return _Amount
    if dataclasses.is_dataclass(hint):
        return answer(hint)  # type: ignore[arg-type]
    if origin is Literal or origin is None:
        return Any if hint is object else hint
    if origin in (Union, types.UnionType):
        return Union[tuple(shape_of(part) for part in parts)]  # noqa: UP007
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return dict[str, shape_of(parts[1])]  # type: ignore[misc]
    if origin is tuple and Ellipsis not in parts:
        return tuple[tuple(shape_of(part) for part in parts)]  # type: ignore[misc]
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return list[shape_of(parts[0])]  # type: ignore[misc]
    raise TypeError(f"no answer can hold {hint}")
