"""A kept view of the grid that is no longer wanted."""

from __future__ import annotations

import pytest
from planning import address
from stage import Act, Browser

from sandop_web.access import NothingThere
from sandop_web.actions.grid import forget_grid_view, keep_grid_view
from sandop_web.queries.grid import grid_views
from sandop_web.store.models import Version

QUERY = "view=demand&measures=sales_forecast&unit=money"


@pytest.mark.usefixtures("version")
def test_a_view_is_forgotten_by_its_owner_alone(act: Act) -> None:
    number = keep_grid_view(by=act("dana"), name="Money first", query=QUERY)
    for other in ("sam", "olga"):
        with pytest.raises(NothingThere):
            forget_grid_view(by=act(other), view=number)
    forget_grid_view(by=act("dana"), view=number)
    assert not grid_views(by=act("dana"))


def test_the_page_forgets_a_view(client_of: Browser, act: Act, version: Version) -> None:
    path = address(version, "grid/forget/")
    wish = {"view": keep_grid_view(by=act("dana"), name="Money first", query=QUERY)}
    assert client_of("").post(path, wish, content_type="application/json").status_code in (302, 401)
    assert client_of("olga").post(path, wish, content_type="application/json").status_code == 404
    assert client_of("sam").post(path, wish, content_type="application/json").status_code == 404
    assert client_of("dana").get(path).status_code == 405
    answer = client_of("dana").post(path, wish, content_type="application/json")
    assert (answer.status_code, answer.json()["kept"]) == (200, [])
