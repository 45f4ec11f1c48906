"""Views of the grid kept under a name, each person their own."""

from __future__ import annotations

import pytest
from planning import address
from stage import Act, Browser

from sandop_web.access import NotUnderstood
from sandop_web.actions.grid import keep_grid_view
from sandop_web.actions.grid.keeping_views import MOST_VIEWS, TooManyViews
from sandop_web.queries.grid import grid_views
from sandop_web.store.models import Version

QUERY = "view=demand&measures=sales_forecast&unit=money"


@pytest.mark.usefixtures("version")
def test_a_view_is_kept_by_name_and_kept_anew_under_the_same(act: Act) -> None:
    keep_grid_view(by=act("dana"), name=" Money  first ", query=f"?{QUERY}")
    keep_grid_view(by=act("dana"), name="Money first", query="view=stock")
    (view,) = grid_views(by=act("dana"))
    assert (view.name, view.query) == ("Money first", "view=stock")
    assert not grid_views(by=act("sam"))


@pytest.mark.usefixtures("version")
def test_a_name_has_words_and_there_are_only_so_many_views(act: Act) -> None:
    for name, query in ((" ", QUERY), ("a" * 81, QUERY), ("long", "x" * 1_001)):
        with pytest.raises(NotUnderstood):
            keep_grid_view(by=act("dana"), name=name, query=query)
    for number in range(MOST_VIEWS):
        keep_grid_view(by=act("dana"), name=f"view {number}", query=QUERY)
    keep_grid_view(by=act("dana"), name="view 0", query=QUERY)
    with pytest.raises(TooManyViews):
        keep_grid_view(by=act("dana"), name="one more", query=QUERY)


def test_the_page_keeps_a_view_and_offers_it(client_of: Browser, version: Version) -> None:
    dana, path = client_of("dana"), address(version, "grid/keep/")
    answer = dana.post(path, {"name": "Money first", "query": QUERY}, content_type="application/json")
    assert [view["name"] for view in answer.json()["kept"]] == ["Money first"]
    assert "Money first" in dana.get(address(version, "grid/")).content.decode()
    assert client_of("").post(path, {}, content_type="application/json").status_code in (302, 401)
    assert client_of("olga").post(path, {}, content_type="application/json").status_code == 404
    assert dana.get(path).status_code == 405
