"""For every plan: what is written is read again with the same hash, from a folder and from a workbook."""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from io_cases import FILES
from sandop.calendar import Periods
from sandop.findings import Severity
from sandop.io import read_folder, read_workbook, write_folder, write_workbook
from sandop.io.cell_texts import number_text
from sandop.io.numbers import read_numbers
from sandop.network import (
    Bills,
    Customers,
    Families,
    Items,
    Network,
    OpenOrders,
    Priorities,
    Processes,
    Sites,
    Sources,
    Suppliers,
)
from sandop.plan import Plan, Rows, Settings, Sheet, input_hash

IDS = st.text(alphabet='abcXYZ019-_.,;"壶东é /', min_size=1, max_size=6).map(str.strip).filter(bool)
NAMES = st.text(alphabet='ab,;"\n 茶=+#', max_size=6).map(str.strip)
AMOUNTS = st.floats(0, 1e9, allow_nan=False).map(lambda value: round(value, 3))
CELLS = st.one_of(st.just(float("nan")), st.just(0.0), AMOUNTS)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    items = draw(st.lists(IDS, min_size=1, max_size=4, unique=True))
    customers = draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
    site = draw(IDS)
    network = Network.of(
        families=Families.of([{"family": "F", "name": draw(NAMES)}]),
        items=Items.of([_item(draw, item) for item in items]),
        sites=Sites.of([{"site": site}]),
        customers=Customers.of([{"customer": c, "site": site, "priority": "1"} for c in customers]),
        priorities=Priorities.of([{"priority": "1", "late": draw(AMOUNTS), "lost": 2.0}]),
        processes=Processes.of([{"process": "P", "item": items[0], "site": site, "cost": draw(AMOUNTS)}]),
        bills=Bills.of([{"process": "P", "component": item, "quantity": draw(AMOUNTS)} for item in items[1:]]),
        suppliers=Suppliers.of([{"supplier": "S"}]),
        sources=Sources.of([{"item": item, "site": site, "supplier": "S", "price": draw(AMOUNTS)} for item in items]),
        open_orders=OpenOrders.of([_order(items[0], site, draw)]),
    )
    stated = {
        "company": {"name": draw(NAMES) or "x", "currency": "CNY"},
        "time": {"start": "2026-01", "months": 3, "history_start": "2025-10"},
    }
    plan = Plan(Settings.model_validate(stated), network)
    return _with_sheets(draw, plan, [(item, site, customer) for item in items for customer in customers])


def _item(draw: st.DrawFn, item: str) -> dict[str, Any]:
    blank = draw(st.booleans())
    return {
        "item": item,
        "family": "F",
        "value": draw(AMOUNTS),
        "name_zh": draw(NAMES),
        "stock_days": None if blank else draw(AMOUNTS),
        "launch": "" if blank else "2026-02",
    }


def _order(item: str, site: str, draw: st.DrawFn) -> dict[str, Any]:
    due = np.datetime64("2026-01-01") + draw(st.integers(0, 400))
    return {"order": "1", "kind": "purchase", "item": item, "site": site, "party": "S", "due": due, "quantity": 5.0}


def _with_sheets(draw: st.DrawFn, plan: Plan, keys: list[tuple[str, str, str]]) -> Plan:
    calendar = plan.calendar
    chosen = st.lists(st.sampled_from(keys), min_size=1, unique=True)

    def sheet(name: str, periods: Periods) -> Sheet:
        rows = Rows.of(("item", "site", "customer"), draw(chosen))
        cells = draw(st.lists(CELLS, min_size=len(rows) * len(periods), max_size=len(rows) * len(periods)))
        return Sheet(name, rows, periods, np.array(cells).reshape(len(rows), len(periods)))

    brought = {
        "orders": sheet("orders", calendar.history),
        "sales_forecast": sheet("sales_forecast", calendar.horizon),
    }
    return Plan(
        settings=plan.settings,
        network=plan.network,
        sheets=brought,
        vintages={"2025-11": sheet("demand", Periods.months("2025-11", 4))},
        previous={
            "deliveries": sheet("deliveries", Periods.months("2025-12", 3)),
            "backlog": sheet("backlog", Periods.weeks("2025-12", 1)),
        },
    )


@settings(max_examples=25, deadline=None, derandomize=True)
@given(plans())
def test_a_folder_reads_back_as_the_plan_that_was_written(plan: Plan) -> None:
    with tempfile.TemporaryDirectory() as place:
        write_folder(plan, Path(place) / "plan")
        loaded = read_folder(Path(place) / "plan")
    assert loaded.plan is not None, [finding.as_row() for finding in loaded.findings]
    assert input_hash(loaded.plan) == input_hash(plan)


@settings(max_examples=6, deadline=None, derandomize=True)
@given(plans(), st.sampled_from(["en", "zh"]))
def test_a_workbook_reads_back_as_the_plan_that_was_written(plan: Plan, language: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        write_workbook(plan, Path(place) / "plan.xlsx", language=language)  # type: ignore[arg-type]
        loaded = read_workbook(Path(place) / "plan.xlsx")
    assert loaded.plan is not None, [finding.as_row() for finding in loaded.findings]
    assert input_hash(loaded.plan) == input_hash(plan)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_reads_back_as_itself(value: float) -> None:
    assert read_numbers([number_text(value)]).values[0] == value


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.lists(st.text(max_size=8), max_size=5))
def test_no_text_at_all_makes_reading_numbers_fail(cells: list[str]) -> None:
    read = read_numbers(cells)
    faulty = {place for places in read.faults.values() for place in places}
    assert all(np.isnan(read.values[place]) for place in faulty)
    assert np.isfinite(read.values[[i for i, cell in enumerate(cells) if cell.isdecimal() and cell.isascii()]]).all()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.sampled_from(["plan.toml", "items.csv", "orders.csv", "bills.csv"]), st.binary(max_size=60))
def test_no_bytes_at_all_make_reading_a_folder_fail(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / name).write_bytes(content)
        loaded = read_folder(Path(place))
    assert loaded.plan is None
    assert all(finding.text("zh") for finding in loaded.findings)


EDITS = st.lists(
    st.tuples(
        st.sampled_from(sorted(FILES)),
        st.integers(0, 400),
        st.integers(0, 12),
        st.one_of(
            st.text(alphabet='0123456789,;."\n\r-年月日(%)[]=W/a ', max_size=6),
            st.sampled_from(
                ["\0", "\ufeff", "０１", "(5)", "1,234", "2026-W05", "nan", "é", "9" * 5000, "፩፪", "0000-01"]
            ),
        ),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(EDITS)
def test_no_edit_of_a_folder_makes_reading_it_fail(edits: list[tuple[str, int, int, str]]) -> None:
    files = dict(FILES)
    for name, start, length, text in edits:
        start %= len(files[name]) + 1
        files[name] = files[name][:start] + text + files[name][start + length :]
    with tempfile.TemporaryDirectory() as place:
        for name, content in files.items():
            (Path(place) / name).write_text(content, encoding="utf-8", newline="")
        loaded = read_folder(Path(place))
    assert (loaded.plan is None) == bool(loaded.counts[Severity.ERROR])
    for finding in loaded.findings:
        assert finding.text("zh")
        assert finding.remedy("en")
    if loaded.plan is not None:
        assert input_hash(loaded.plan)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=4), st.integers(0, 3))
def test_no_damage_to_a_workbook_makes_reading_it_fail(damage: list[tuple[int, int]], cut: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        write_workbook(_tiny(), Path(place) / "plan.xlsx")
        content = bytearray((Path(place) / "plan.xlsx").read_bytes())
        for start, byte in damage:
            content[start % len(content)] = byte
        (Path(place) / "plan.xlsx").write_bytes(bytes(content[: len(content) - cut * 1000]))
        loaded = read_workbook(Path(place) / "plan.xlsx")
    assert (loaded.plan is None) == bool(loaded.counts[Severity.ERROR])


def _tiny() -> Plan:
    network = Network.of(
        families=Families.of([{"family": "F"}]),
        items=Items.of([{"item": "A", "family": "F", "value": 1.0}]),
        sites=Sites.of([{"site": "P"}]),
    )
    stated = {"company": {"name": "x", "currency": "CNY"}, "time": {"start": "2026-01", "history_start": "2025-10"}}
    return Plan(Settings.model_validate(stated), network)
