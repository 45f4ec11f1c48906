"""The company as it stands: products, customers, sites, resources, processes, lanes, suppliers, opinions."""

from sandop.network.making import (
    Bills,
    Lanes,
    OpeningStock,
    OpenOrders,
    Processes,
    Resources,
    Routings,
    Sources,
    Suppliers,
)
from sandop.network.network import TABLES, Network
from sandop.network.opinions import Activities, Goals, Launches, Overrides
from sandop.network.products import Customers, Families, Items, People, Priorities, Sites, Terms

__all__ = [
    "TABLES",
    "Activities",
    "Bills",
    "Customers",
    "Families",
    "Goals",
    "Items",
    "Lanes",
    "Launches",
    "Network",
    "OpenOrders",
    "OpeningStock",
    "Overrides",
    "People",
    "Priorities",
    "Processes",
    "Resources",
    "Routings",
    "Sites",
    "Sources",
    "Suppliers",
    "Terms",
]
