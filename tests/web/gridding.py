"""The grid of the small company, for tests that read and change it.

node   all · DOM · A · (E, W) · B · (E)
sales_forecast of March, once said: A·E 300, A·W 100, B·E nothing
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stage import Browser

from sandop_web.access import Actor
from sandop_web.actions.grid import GridAsked, GridEdit, GridSaved, edit_grid
from sandop_web.queries.grid import Grid, grid_of
from sandop_web.store.models import Version

MARCH = "2026-03"
DEMAND = GridAsked()
CAPACITY = GridAsked(view="capacity")
FAMILY, ITEM_A, ITEM_B = {"family": "DOM"}, {"family": "DOM", "item": "A"}, {"family": "DOM", "item": "B"}
A_EAST, A_WEST = {**ITEM_A, "customer": "E"}, {**ITEM_A, "customer": "W"}
B_EAST = {**ITEM_B, "customer": "E"}
LINE = {"site": "P", "resource": "LINE"}


def cell(
    at: Mapping[str, str],
    before: float | None,
    after: float | None,
    *,
    measure: str = "sales_forecast",
    period: str = MARCH,
) -> GridEdit:
    """A number typed in the grid."""
    return GridEdit(at, measure, period, before, after)


def typed(by: Actor, version: Version, *edits: GridEdit, asked: GridAsked = DEMAND, why: str = "agreed") -> GridSaved:
    """Numbers typed in the grid and kept."""
    return edit_grid(by=by, version=version.pk, asked=asked, edits=edits, why=why)


def opened(by: Actor, version: Version, asked: GridAsked = DEMAND) -> Grid:
    """The grid as somebody sees it."""
    return grid_of(by=by, version=version.pk, asked=asked)


def node(grid: Grid, *names: str) -> int:
    """The node of these labels from the top down."""
    place = 0
    for name in names:
        inside = range(place + 1, int(grid.nodes.end[place]))
        place = next(one for one in inside if grid.nodes.parent[one] == place and grid.nodes.label[one] == name)
    return place


def shows(grid: Grid, measure: str, *names: str, period: str = MARCH) -> float | None:
    """What a cell of the grid shows; None is a blank."""
    labels = [one.label for one in grid.periods]
    value = float(grid.values[measure][node(grid, *names), labels.index(period)])
    return None if value != value else value


def closed(client_of: Browser, path: str, sent: Mapping[str, Any], *, wrong_role: str = "vic") -> None:
    """Who is signed out is sent to sign in, an outsider finds nothing, a wrong role and a wrong verb are refused."""

    def status(person: str) -> int:
        return client_of(person).post(path, sent, content_type="application/json").status_code

    assert status("") in (302, 401)
    assert status("olga") == 404
    assert status(wrong_role) == 403
    assert client_of("max").get(path).status_code == 405
