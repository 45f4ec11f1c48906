"""Do the numbers make sense: returns, negative values, blanks inside the horizon, rates, prices, hours, dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Calendar
from sandop.findings import Severity, Where
from sandop.io.check_network import Pair
from sandop.io.ledger import Ledger
from sandop.io.read_sheets import SheetRead
from sandop.io.read_tables import TablesRead, key_text
from sandop.plan import Key, Settings

SheetsRead = Mapping[str, SheetRead]
_RETURNS = ("orders", "shipments", "revenue_actual", "production_actual", "stock_actual")
_MAY_BE_NEGATIVE = (*_RETURNS, "budget_volume", "budget_revenue", "budget_margin", "le_revenue", "le_margin")
_TO_THE_END = ("price", "rate", "capacity_regular", "demand_given")


def check_values(read: SheetRead, ledger: Ledger) -> None:
    """Signs and limits of one measure."""
    name, values = read.sheet.name, read.sheet.values
    if name in _RETURNS:
        _negatives(read, values < 0, ledger)
    elif name not in _MAY_BE_NEGATIVE:
        _each_cell(read, Severity.ERROR, "io.negative", values < 0, ledger)
    if name == "stocked_out":
        _each_cell(read, Severity.ERROR, "io.share_over_one", values > 1, ledger)
    if name in ("rate", "budget_rate"):
        _each_cell(read, Severity.ERROR, "io.rate_of_zero", values == 0, ledger)
    _holes(read, ledger)
    if name in _TO_THE_END:
        _ends_early(read, ledger)


def _negatives(read: SheetRead, negative: NDArray[np.bool_], ledger: Ledger) -> None:
    """Returns and corrections are real: they stay, and their total is named."""
    if not negative.any():
        return
    row, column = np.argwhere(negative)[0]
    total = read.sheet.values[negative].sum()
    ledger.warning(
        "io.negative_history",
        Where(read.file, read.rows[row], read.sheet.periods.labels[column]),
        measure=read.sheet.name,
        count=int(negative.sum()),
        total=f"{total:,.12g}",
        share=f"{-total / max(np.nansum(np.abs(read.sheet.values)), 1e-12):.1%}",
    )


def _each_cell(read: SheetRead, severity: Severity, message: str, mask: NDArray[np.bool_], ledger: Ledger) -> None:
    sheet, width = read.sheet, len(read.sheet.periods)

    def describe(place: int) -> tuple[int, str, dict[str, object]]:
        row, column = divmod(place, width)
        values: dict[str, object] = {
            "measure": sheet.name,
            "key": key_text(sheet.rows.keys[row]),
            "value": f"{sheet.values[row, column]:g}",
            "period": sheet.periods.labels[column],
        }
        return read.rows[row], sheet.periods.labels[column], values

    ledger.each(severity, message, read.file, np.flatnonzero(mask).tolist(), describe)


def inner_blanks(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """True where a blank in `values` (row, period) lies between its row's first and last number."""
    known = ~np.isnan(values)
    before = np.logical_or.accumulate(known, axis=1)
    after = np.logical_or.accumulate(known[:, ::-1], axis=1)[:, ::-1]
    return ~known & before & after


def _holes(read: SheetRead, ledger: Ledger) -> None:
    holes = inner_blanks(read.sheet.values)
    if not holes.any():
        return
    row, column = np.argwhere(holes)[0]
    history = read.sheet.name in ("orders", "shipments", "revenue_actual", "production_actual")
    message = "io.blank_in_history" if history else "io.blank_inside"
    where = Where(read.file, read.rows[row], read.sheet.periods.labels[column])
    values = {"count": int(holes.sum()), "series": int(holes.any(axis=1).sum()), "measure": read.sheet.name}
    if history or read.sheet.name in ("price", "rate", "capacity_regular", "demand_given"):
        ledger.warning(message, where, **values)
    else:
        ledger.note(message, where, **values)


def _ends_early(read: SheetRead, ledger: Ledger) -> None:
    known = ~np.isnan(read.sheet.values)
    if not known.any():
        return
    last = int(np.flatnonzero(known.any(axis=0))[-1])
    left = len(read.sheet.periods) - 1 - last
    if left:
        ledger.warning(
            "io.ends_early",
            Where(read.file),
            measure=read.sheet.name,
            last=read.sheet.periods.labels[last],
            count=left,
        )


def sold_pairs(tables: TablesRead, sheets: SheetsRead) -> dict[Pair, Where]:
    """(item, site) at which demand is to be expected → where it says so: planned demand, orders of the last twelve
    months, launches."""
    sold: dict[Pair, Where] = {}
    for name in ("demand_given", "sales_forecast", "orders"):
        if name in sheets:
            read = sheets[name]
            values = read.sheet.values[:, -12:] if name == "orders" else read.sheet.values
            for row in np.flatnonzero((values > 0).any(axis=1)):
                item, site, _ = read.sheet.rows.keys[row]
                sold.setdefault((item, site), Where(read.file, read.rows[row], "site"))
    customers, launches = tables["customers"], tables["launches"]
    site_of = dict(zip(customers.texts("customer"), customers.texts("site")))
    for i, (item, customer) in enumerate(zip(launches.texts("item"), launches.texts("customer"))):
        if customer in site_of:
            sold.setdefault((item, site_of[customer]), launches.where(i, "item"))
    return sold


def check_demand(tables: TablesRead, sheets: SheetsRead, ledger: Ledger) -> None:
    """There is something to forecast or a demand plan; a given plan without history behind it has no blanks."""
    given, orders = sheets.get("demand_given"), sheets.get("orders")
    if given is None and orders is None and not len(tables["launches"].table):
        ledger.warning("io.no_demand", Where("orders"))
    if given is None:
        return
    launches = tables["launches"]
    launched = set(zip(launches.texts("item"), launches.texts("customer")))
    spoken = _spoken(orders)
    keys = given.sheet.rows.keys
    alone = np.array([key not in spoken and (key[0], key[2]) not in launched for key in keys], dtype=bool)
    blank = np.isnan(given.sheet.values) & alone.reshape(-1, 1)
    _each_cell(given, Severity.ERROR, "io.blank_demand", blank, ledger)


def _spoken(read: SheetRead | None) -> set[Key]:
    """Rows in which anything has been said."""
    if read is None:
        return set()
    known: NDArray[np.bool_] = np.any(~np.isnan(read.sheet.values), axis=1)
    return {key for key, any_known in zip(read.sheet.rows.keys, known) if any_known}


def check_money(tables: TablesRead, sheets: SheetsRead, settings: Settings, ledger: Ledger) -> None:
    """Foreign currencies have a rate; what is sold has a price."""
    home = settings.company.currency
    rates = sheets.get("rate")
    rated = {} if rates is None else {key[0]: rates.sheet.values[i] for i, key in enumerate(rates.sheet.rows.keys)}
    planned = settings.time.months
    for name in ("customers", "sources"):
        read = tables[name]
        for i, currency in enumerate(read.texts("currency")):
            if not currency or currency == home:
                continue
            known = rated.get(currency)
            if known is None or np.isnan(known[-planned:]).all():
                ledger.error("io.no_rate", read.where(i, "currency"), currency=currency, home=home)
            elif np.isnan(known[-planned:]).any():
                ledger.add_once(
                    Severity.WARNING, "io.blank_rate", read.where(i, "currency"), currency=currency, home=home
                )
    _prices(tables, sheets, ledger)


def _prices(tables: TablesRead, sheets: SheetsRead, ledger: Ledger) -> None:
    sold = {(key[0], key[2]) for name in ("demand_given", "sales_forecast") for key in _spoken(sheets.get(name))}
    sold |= {(key[0], key[2]) for key in _recent(sheets.get("orders"))}
    launches = tables["launches"]
    sold |= set(zip(launches.texts("item"), launches.texts("customer")))
    if not sold:
        return
    if "price" not in sheets:
        ledger.note("io.no_prices", Where("price"))
        return
    priced = _spoken(sheets["price"])
    lacking = sorted(sold - priced)
    ledger.each(
        Severity.WARNING,
        "io.no_price",
        sheets["price"].file,
        range(len(lacking)),
        lambda i: (0, "", {"item": lacking[i][0], "customer": lacking[i][1]}),
    )


def _recent(read: SheetRead | None) -> set[Key]:
    if read is None:
        return set()
    sold: NDArray[np.bool_] = np.any(read.sheet.values[:, -12:] > 0, axis=1)
    return {key for key, some in zip(read.sheet.rows.keys, sold) if some}


def check_hours(tables: TablesRead, sheets: SheetsRead, ledger: Ledger) -> None:
    """Every resource that is used says how many hours it has."""
    resources = tables["resources"]
    hours = _spoken(sheets.get("capacity_regular"))
    used = set(tables["routings"].texts("resource"))
    sized = ~np.isnan(np.asarray(resources.table.hours_per_worker))  # type: ignore[attr-defined]
    names = resources.texts("resource")
    silent = [i for i, name in enumerate(names) if name in used and not sized[i] and (name,) not in hours]
    ledger.each(
        Severity.WARNING,
        "io.no_capacity",
        resources.file,
        silent,
        lambda i: (resources.rows[i], "resource", {"resource": names[i]}),
    )


def check_times(tables: TablesRead, calendar: Calendar, ledger: Ledger) -> None:
    """Overrides inside the horizon; receipts that are overdue or come after it."""
    months = set(calendar.horizon.month_labels)
    overrides = tables["overrides"]
    _places(
        tables,
        "overrides",
        [i for i, period in enumerate(overrides.texts("period")) if period and period not in months],
        "io.override_outside",
        "period",
        ledger,
        Severity.WARNING,
    )
    orders = tables["open_orders"]
    due = np.asarray(orders.table.due)  # type: ignore[attr-defined]
    start, end = np.datetime64(calendar.horizon.starts[0]), np.datetime64(calendar.horizon.end)
    customer = np.array(orders.texts("kind"), dtype=object) == "customer"
    overdue = np.flatnonzero((due < start) & ~customer).tolist()
    _places(tables, "open_orders", overdue, "io.overdue_receipt", "due", ledger, Severity.NOTE)
    _places(
        tables,
        "open_orders",
        np.flatnonzero(due >= end).tolist(),
        "io.due_after_plan",
        "due",
        ledger,
        Severity.NOTE,
    )


def _places(
    tables: TablesRead,
    name: str,
    places: Sequence[int],
    message: str,
    column: str,
    ledger: Ledger,
    severity: Severity,
) -> None:
    read = tables[name]
    key = read.table.key_columns()[0]
    names, cells = read.texts(key), read.texts(column)
    ledger.each(
        severity, message, read.file, places, lambda i: (read.rows[i], column, {"name": names[i], "cell": cells[i]})
    )
