"""The data of a month as they were closed, and what became of them since."""

from __future__ import annotations

from sandop.measures import measures
from sandop_web.store.models import Cycle, Entry

STOCK_TABLES = ("opening_stock", "open_orders")


def closed_measures() -> list[str]:
    """Measures that the data close freezes."""
    return [name for name, known in measures().items() if known.step == "data_close" and known.direction == "input"]


def snapshot_holds(cycle: Cycle) -> bool:
    """True where the data were closed and nothing of what was closed has changed since."""
    return cycle.snapshot_id is not None and _closed(cycle.version_id) == _closed(cycle.snapshot_id)


def snapshot_before(cycle: Cycle) -> Cycle | None:
    """The last cycle before this one whose data were closed."""
    earlier = Cycle.objects.filter(company_id=cycle.company_id, month__lt=cycle.month, snapshot__isnull=False)
    return earlier.select_related("snapshot", "version").order_by("-month").first()


def _closed(version_id: int) -> set[tuple[str, str, int, int]]:
    """What a version holds of the closed data: content is compared by its chunks."""
    found = Entry.objects.filter(version_id=version_id)
    sheets = found.filter(kind=Entry.Kind.INPUT, name__in=closed_measures())
    tables = found.filter(kind=Entry.Kind.TABLE, name__in=STOCK_TABLES)
    columns = ("kind", "name", "block", "chunk_id")
    return {*sheets.values_list(*columns), *tables.values_list(*columns)}
