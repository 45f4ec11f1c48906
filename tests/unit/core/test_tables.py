"""Master tables: columns declare themselves; defaults, keys and order."""

import dataclasses

import numpy as np
import pytest

from sandop.measures import measures
from sandop.network import TABLES, Bills, Families, Items, Network, OpenOrders
from sandop.tables import Table


def test_a_column_left_out_takes_its_default() -> None:
    items = Items.of([{"item": "A", "family": "F", "value": 3.0}])
    assert items.strategy[0] == "MTS"
    assert items.lot_size[0] == 1.0
    assert np.isnan(items.stock_days[0])


def test_a_required_column_may_not_be_blank() -> None:
    with pytest.raises(ValueError, match="family may not be blank"):
        Items.of([{"item": "A", "value": 3.0}])


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(KeyError, match="colour"):
        Items.of([{"item": "A", "colour": "red"}])


def test_rows_are_found_by_one_key_or_by_several() -> None:
    items = Items.of([{"item": name, "family": "F", "value": 1.0} for name in "BA"])
    bills = Bills.of([{"process": "P", "component": "C", "quantity": 2.0}])
    assert items.places(["A", "B"]).tolist() == [1, 0]
    assert bills.position == {("P", "C"): 0}
    with pytest.raises(KeyError):
        items.places(["Z"])


def test_a_network_sorts_its_tables_and_refuses_unknown_ones() -> None:
    items = Items.of([{"item": name, "family": "F", "value": 1.0} for name in "BA"])
    network = Network.of(items=items, families=Families.of([{"family": "F"}]))
    assert network.items.keys == ("A", "B")
    assert network.parents["item"]["family"] == {"A": "F", "B": "F"}
    with pytest.raises(KeyError, match="machines"):
        Network.of(machines=items)


def test_columns_cannot_be_written_to_and_must_be_equally_long() -> None:
    families = Families.of([{"family": "F"}])
    with pytest.raises(ValueError, match="read-only"):
        families.family[0] = "G"
    with pytest.raises(ValueError, match="differ in length"):
        dataclasses.replace(families, name=np.array([], dtype=object))


def test_an_empty_date_is_no_date() -> None:
    order = {
        "order": "1",
        "kind": "purchase",
        "item": "A",
        "site": "P",
        "quantity": 1.0,
        "due": np.datetime64("2026-01-20"),
    }
    assert OpenOrders.of([order]).due[0] == np.datetime64("2026-01-20")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_every_column_says_what_it_means(table: type[Table]) -> None:
    for column in table.columns():
        assert column.meaning, column.name
        assert column.unit or column.kind != "number", column.name
    assert table.key_columns(), table.file


def test_every_reference_names_a_table() -> None:
    files = {table.file for table in TABLES}
    assert {column.references for table in TABLES for column in table.columns()} - {""} <= files


def test_every_measure_has_a_name_in_both_languages() -> None:
    for measure in measures().values():
        assert measure.title("en") and measure.title("zh") and measure.meaning("en") and measure.meaning("zh")
        assert measure.title("en") != measure.title("zh")
