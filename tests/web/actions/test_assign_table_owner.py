"""Somebody answers for the quality of a table."""

import pytest
from meeting import at_the_doors
from stage import Act, Browser

from sandop_web.access import NothingThere, NotYourRole
from sandop_web.actions.closing import assign_table_owner, close_data
from sandop_web.queries.closing import data_close_of
from sandop_web.store.models import Notice, TableQuality


@pytest.fixture(autouse=True)
def closed(cycle: str, act: Act) -> None:
    """The data of January are closed."""
    close_data(by=act("tom"), why="the books are closed")


def test_the_page_names_them_and_they_are_told(act: Act) -> None:
    assign_table_owner(by=act("tom"), name="price", owner="fiona")
    owners = {one.name: one.owner_name for one in data_close_of(by=act("vic")).qualities}
    assert owners["price"] == "Fiona" and owners["orders"] == "Tom"
    told = Notice.objects.get(member__person="fiona", message="cycle.told_table_owner")
    assert told.values["table"] == {"en": "Price", "zh": "价格"}


def test_a_table_or_person_that_is_not_there_is_not_found(act: Act) -> None:
    for name, owner in (("moon", "fiona"), ("price", "olga"), ("price", "")):
        with pytest.raises(NothingThere):
            assign_table_owner(by=act("tom"), name=name, owner=owner)


def test_not_everybody_assigns(act: Act) -> None:
    with pytest.raises(NotYourRole):
        assign_table_owner(by=act("dana"), name="price", owner="fiona")


def test_the_doors(client_of: Browser) -> None:
    form = {"name": "price", "owner": "fiona"}
    at_the_doors(client_of, "cycle/data/owner/", who="tom", form=form, not_for=("dana", "vic"))
    quality = TableQuality.objects.select_related("owner").get(name="price")
    assert quality.owner is not None and quality.owner.person == "fiona"
