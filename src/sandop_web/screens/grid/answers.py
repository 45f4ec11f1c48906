"""The grid as JSON, column by column: ten thousand rows in a few hundred kilobytes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from sandop.measures import measures
from sandop.plan import Values
from sandop_web.access.grid.shown import GridComment, GridMark, GridMoved, GridSaved
from sandop_web.queries.grid.shape import Grid, GridMeasure, GridNodes, GridWorth

_QUICKLY = 1  # gzip level: a slower one saves little of columns of digits
_FINEST = 6  # decimals that a browser is told where a measure says none
_TIGHT = (",", ":")
_SMALL = 2_000  # bytes: not worth compressing below


def grid_json(grid: Grid) -> bytes:
    """The grid as the browser reads it; blanks are null."""
    told = {
        "version": grid.version,
        "view": grid.view,
        "title": grid.title,
        "unit": grid.unit,
        "editable": grid.editable,
        "why_locked": grid.why_locked,
        "reason_required": grid.reason_required,
        "note": grid.note,
        "units": grid.units,
        "worth": _worth(grid.worth) if grid.worth else None,
        "earlier": grid.earlier,
        "later": grid.later,
        "levels": [asdict(level) for level in grid.levels],
        "periods": [asdict(period) for period in grid.periods],
        "quarters": [asdict(quarter) for quarter in grid.quarters],
        "nodes": _nodes(grid.nodes),
        "measures": [_measure(measure) for measure in grid.measures],
        "marks": [mark_json(mark) for mark in grid.marks],
        "comments": [comment_json(comment) for comment in grid.comments],
        "exceptions": asdict(grid.exceptions) if grid.exceptions else None,
        "undo": asdict(grid.undo),
        "redo": asdict(grid.redo),
        "offered": asdict(grid.offered),
    }
    decimals = {measure.id: measure.decimals for measure in grid.measures}
    values = ",".join(f"{json.dumps(name)}:{_columns(grid.values[name], decimals[name])}" for name in grid.values)
    return f'{json.dumps(told, ensure_ascii=False)[:-1]},"values":{{{values}}}}}'.encode()


def saved_json(saved: GridSaved) -> dict[str, Any]:
    """What an edit did, as the browser reads it."""
    return asdict(saved) | {"marks": [mark_json(mark) for mark in saved.marks]}


def mark_json(mark: GridMark) -> dict[str, Any]:
    """The last change of a cell; its moment in ISO form."""
    return asdict(mark) | {"at": mark.at.isoformat()}


def comment_json(comment: GridComment) -> dict[str, Any]:
    """What somebody said of a cell; its moment in ISO form."""
    return asdict(comment) | {"at": comment.at.isoformat()}


def moved_json(moved: GridMoved) -> dict[str, Any]:
    """A cell that holds something else than its editor saw."""
    return asdict(moved) | {"at": moved.at.isoformat() if moved.at else None}


def packed(request: HttpRequest, body: bytes) -> HttpResponse:
    """JSON as a response, compressed where the browser takes that."""
    response = HttpResponse(body, content_type="application/json")
    patch_vary_headers(response, ["Accept-Encoding"])
    if len(body) > _SMALL and "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = gzip.compress(body, _QUICKLY)
        response.headers["Content-Encoding"] = "gzip"
    return response


def _nodes(nodes: GridNodes) -> Mapping[str, object]:
    return {
        "level": nodes.level.tolist(),
        "parent": nodes.parent.tolist(),
        "end": nodes.end.tolist(),
        "rows": nodes.rows.tolist(),
        "unit": nodes.unit.tolist(),
        "label": nodes.label,
        "name": nodes.name,
    }


def _worth(worth: GridWorth) -> Mapping[str, object]:
    return {
        "unit": worth.unit,
        "divisor": worth.divisor,
        "decimals": worth.decimals,
        "nodes": worth.nodes.tolist(),
        "values": {name: json.loads(_columns(values, 2)) for name, values in worth.values.items()},
    }


def _measure(measure: GridMeasure) -> dict[str, Any]:
    known = measures().get(measure.id)
    return asdict(measure) | {"over_time": known.over_time if known else "sum"}


def _columns(values: Values, decimals: int) -> str:
    """(node, period) as a list of columns. A number that is whole is written without its point: half as long."""
    rounded = np.round(values, min(decimals, _FINEST)) + 0.0
    return f"[{','.join(_column(rounded[:, place]) for place in range(rounded.shape[1]))}]"


def _column(column: Values) -> str:
    if (np.trunc(column) == column).all():  # whole numbers, no blanks: integers are written in half the time
        return json.dumps(column.astype(np.int64).tolist(), separators=_TIGHT)
    text = json.dumps(column.tolist(), separators=_TIGHT).replace("NaN", "null")
    return text.replace(".0,", ",").replace(".0]", "]")
