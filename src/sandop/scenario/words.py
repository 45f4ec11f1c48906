"""Names and spans as the reader says them, for decisions and for the director's summary."""

from __future__ import annotations

from collections.abc import Sequence

from sandop.network import Activities, Customers, Items, Network, Resources, Suppliers
from sandop.wording import Language, say


def span_of(labels: Sequence[str], language: Language) -> str:
    """ "in Feb 2026", or "in 3 months, Feb 2026 to Jun 2026"; labels in their order."""
    which = "one" if len(labels) == 1 else "weeks" if "W" in labels[0] else "many"
    return say(f"span.{which}", language, first=labels[0], last=labels[-1], count=len(labels))


def name_of(table: Activities | Customers | Items | Resources | Suppliers, id: str, language: Language) -> str:
    """The name of a row in the reader's language; its id where it has none."""
    if id not in table.position:
        return id
    place = table.position[id]
    return str((table.name_zh if language == "zh" else table.name)[place] or table.name[place] or id)


def subject_name(network: Network, subject: str, language: Language) -> str:
    """What a decision is about, its ids by their names: "IRRIGATION" is Irrigation project."""
    tables = (network.resources, network.suppliers, network.items, network.customers, network.activities)
    said = []
    for id in subject.split(" · "):
        table = next((table for table in tables if id in table.position), network.items)
        said.append(name_of(table, id, language))
    return " · ".join(said)


def limit_name(network: Network, kind: str, limit: str, language: Language) -> str:
    """A limit of the shortage list in words: a resource, a supplier, an item from a supplier, else its ids."""
    if kind == "capacity":
        return name_of(network.resources, limit, language)
    if kind == "supplier":
        return name_of(network.suppliers, limit, language)
    parts = limit.split(" · ")
    if kind == "purchase" and len(parts) == 3:
        item, supplier = name_of(network.items, parts[0], language), name_of(network.suppliers, parts[2], language)
        return say("limit.purchase", language, item=item, supplier=supplier)
    return limit
