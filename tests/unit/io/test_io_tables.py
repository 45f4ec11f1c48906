"""Dirt in the master tables: types, limits, doubled rows, unknown ids, near twins."""

from pathlib import Path

import numpy as np

from io_cases import FILES, found, messages, read
from sandop.findings import Severity


def test_wrong_types_are_named_cell_by_cell(tmp_path: Path) -> None:
    loaded = read(
        tmp_path,
        items="item,family,value,strategy,launch\nTEA-1,POT,12 CNY,MTX,2026-W03\nCLAY,POT,,mts,26-Jan\n",
        resources="resource,site,whole_workers\nKILN,P1,maybe\n",
    )
    assert found(loaded, "number_with_unit").values == {"cell": "12 CNY", "column": "value", "unit": "currency/unit"}
    assert found(loaded, "not_a_choice").values["choices"] == "MTS, MTO, ATO, ETO"
    assert found(loaded, "week_for_month").where.row == 2
    assert found(loaded, "ambiguous_period").where.row == 3
    assert found(loaded, "blank_required").where.column == "value"
    assert found(loaded, "not_a_flag").values["cell"] == "maybe"


def test_choices_and_flags_are_read_in_the_planners_own_writing(tmp_path: Path) -> None:
    loaded = read(
        tmp_path,
        items="item,family,value,strategy,kind\nTEA-1,POT,10,mto,Finished\nCLAY,POT,1,,RAW\n",
        resources="resource,site,whole_workers\nKILN,P1,是\n",
    )
    assert loaded.plan is not None
    assert loaded.plan.network.items.strategy.tolist() == ["MTS", "MTO"]
    assert loaded.plan.network.resources.whole_workers.tolist() == [True]


def test_numbers_outside_of_their_limits_are_errors(tmp_path: Path) -> None:
    loaded = read(tmp_path, processes="process,item,site,good_share\nFIRE,TEA-1,P1,1.2\n")
    finding = found(loaded, "outside_limits")
    assert (finding.values["low"], finding.values["high"]) == ("0.01", "1")


def test_negative_stock_is_an_error_of_its_own(tmp_path: Path) -> None:
    finding = found(read(tmp_path, opening_stock="item,site,quantity\nTEA-1,DC,(100)\n"), "negative_stock")
    assert finding.where.row == 2
    assert finding.values["cell"] == "(100)"


def test_a_doubled_key_names_both_rows(tmp_path: Path) -> None:
    loaded = read(tmp_path, opening_stock="item,site,quantity\nTEA-1,DC,1\nCLAY,P1,1\nTEA-1,DC ,2\n")
    finding = found(loaded, "duplicate")
    assert (finding.where.row, finding.values["first"], finding.values["key"]) == (4, 2, "TEA-1 · DC")


def test_an_unknown_id_comes_with_the_nearest_known_one(tmp_path: Path) -> None:
    loaded = read(tmp_path, opening_stock="item,site,quantity\ntea-1,DC,1\nQQQ,DC,1\n")
    unknown = {f.values["id"]: f.values["nearest"] for f in loaded.findings if f.message == "io.unknown_id"}
    assert unknown == {"tea-1": "TEA-1", "QQQ": "–"}


def test_ids_that_differ_by_case_width_or_blanks_are_near_twins(tmp_path: Path) -> None:
    loaded = read(tmp_path, items=FILES["items.csv"] + "Tea 1,,POT,,pot,3\nＣＬＡＹ,,POT,,pot,3\n")
    twins = [f for f in loaded.findings if f.message == "io.twins"]
    assert [(f.values["one"], f.values["other"], f.where.row, f.values["first"]) for f in twins] == [
        ("TEA-1", "Tea 1", 4, 2),
        ("CLAY", "ＣＬＡＹ", 5, 3),
    ]
    assert {f.severity for f in twins} == {Severity.WARNING}


def test_one_id_in_two_unicode_forms_is_one_id(tmp_path: Path) -> None:
    """É as one character in one file, as E and an accent in the other; a blank at the end of a third."""
    loaded = read(
        tmp_path,
        items="item,family,unit,value\nTEA-1,POT,pot,10\nCLAY,POT,pot,1\nCAF\u00c9,POT,pot,1\n",
        opening_stock="item,site,quantity\nCAFE\u0301,DC,5\nTEA-1\u3000,DC,1\n",
    )
    assert messages(loaded) == ["spaces_around"]
    assert loaded.plan is not None
    assert loaded.plan.network.opening_stock.item.tolist() == ["CAF\u00c9", "TEA-1"]


def test_dates_in_several_forms_are_read_and_doubtful_ones_named(tmp_path: Path) -> None:
    orders = "order,kind,item,site,party,due,quantity\n" + "".join(
        f"PO-{i},purchase,CLAY,P1,PIT,{due},5\n"
        for i, due in enumerate(("2026-01-20", "2026/1/20", "20260120", "20.1.2026", "2026年1月20日", "46042"))
    )
    loaded = read(tmp_path, open_orders=orders)
    assert messages(loaded) == ["excel_serial"]
    assert loaded.plan is not None
    assert set(loaded.plan.network.open_orders.due) == {np.datetime64("2026-01-20")}
    doubtful = read(tmp_path, open_orders=orders + "PO-9,purchase,CLAY,P1,PIT,03/04/2026,5\n")
    assert found(doubtful, "ambiguous_date").where.row == 8


def test_the_order_of_dates_is_a_setting(tmp_path: Path) -> None:
    loaded = read(
        tmp_path,
        plan_toml=FILES["plan.toml"] + 'date_order = "dmy"\n',
        open_orders="order,kind,item,site,party,due,quantity\nPO-1,purchase,CLAY,P1,PIT,03/04/2026,5\n",
    )
    assert loaded.plan is not None
    assert loaded.plan.network.open_orders.due[0] == np.datetime64("2026-04-03")


def test_percentages_are_shares(tmp_path: Path) -> None:
    loaded = read(tmp_path, customers="customer,region,site,priority,rebate\nSHOP,East,DC,1,7%\nKEY,West,DC,1,\n")
    assert loaded.plan is not None
    assert loaded.plan.network.customers.rebate.tolist() == [0.0, 0.07]
    assert found(loaded, "unusual_numbers").values["cell"] == "7%"
