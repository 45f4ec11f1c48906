"""The table of who may change what names every input measure and every master table, and real roles only."""

import pytest

from sandop.cycle import roles, steps
from sandop.measures import measures
from sandop.network import TABLES
from sandop_web.access.editing import editors_of_measure, editors_of_table

INPUTS = [name for name, measure in measures().items() if measure.direction == "input"]


@pytest.mark.parametrize("name", INPUTS)
def test_somebody_answers_for_every_input(name: str) -> None:
    editors = editors_of_measure(name)
    assert editors.step in {step.step for step in steps()}
    assert editors.roles and editors.roles <= set(roles())
    assert not editors.include("viewer")
    assert editors.include("sop_manager")


@pytest.mark.parametrize("name", [table.file for table in TABLES])
def test_somebody_answers_for_every_master_table_but_the_people(name: str) -> None:
    editors = editors_of_table(name)
    assert editors.step in {step.step for step in steps()}
    assert bool(editors.roles) == (name != "people")


def test_sales_speak_of_their_forecast_and_of_nothing_else() -> None:
    assert [name for name in INPUTS if editors_of_measure(name).include("sales")] == ["sales_forecast"]
