"""Reads the body of a request: JSON as the standard has it, in UTF-8."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser


class CarefulParser(Parser):
    """JSON without NaN and Infinity, each name once, and not nested without end."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body. Raises ValueError for what is no JSON."""
        try:
            return json.loads(request.body.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_each_once)
        except RecursionError as endless:
            raise ValueError("nested too deep") from endless


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number in JSON")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError("a name is given twice")
    return dict(pairs)
