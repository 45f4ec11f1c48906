"""The cast: one company, everybody who matters in a test of who may do what.

Eve    gm               executive, final arbiter
Max    sop_manager      runs the cycle
Dana   demand_planner   demand, the whole company
Sally  sales            sales, region East only (customer E)
Wes    sales            sales, region West only (customer W)
Marc   marketing
Sam    supply_planner   supply
Olaf   operations_head  chairs the supply review
Hana   sales_head       chairs the demand review
Cora   supply_chain_head  chairs execution
Pia    purchasing
Fiona  finance          may decide 50,000 alone
Tom    data_owner
Vic    viewer           sees, does nothing
Olga   -                an outsider: has an account here, in no company
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from sandop.network import Customers, Network, People
from sandop.plan import Plan
from sandop.scenario import Month, run_steps
from small_company import plan as small_plan

PASSWORD = "pump-casting-42"
ROLES = {
    "eve": "gm",
    "max": "sop_manager",
    "dana": "demand_planner",
    "sally": "sales",
    "wes": "sales",
    "marc": "marketing",
    "sam": "supply_planner",
    "olaf": "operations_head",
    "hana": "sales_head",
    "cora": "supply_chain_head",
    "pia": "purchasing",
    "fiona": "finance",
    "tom": "data_owner",
    "vic": "viewer",
}
REGIONS = {"sally": "East", "wes": "West"}
AUTHORITY = {"fiona": 50_000.0, "max": 100_000.0, "olaf": 200_000.0, "hana": 200_000.0}


def people() -> People:
    """The members of the company, as its plan names them."""
    return People.of(
        {
            "person": person,
            "name": person.title(),
            "name_zh": f"{person.title()}（中）",
            "role": role,
            "region": REGIONS.get(person, ""),
            "authority": AUTHORITY.get(person, 0.0),
        }
        for person, role in ROLES.items()
    )


@cache
def company_plan() -> Plan:
    """The small company with this cast; customer E lies in the East and is Sally's, W in the West and is Wes's."""
    plan = small_plan()
    places = {"E": ("East", "sally"), "W": ("West", "wes")}
    customers = [
        {**row, "region": places[row["customer"]][0], "salesperson": places[row["customer"]][1]}
        for row in plan.network.customers.rows()
    ]
    tables = {**plan.network.tables(), "people": people(), "customers": Customers.of(customers)}
    goals = [{**row, "owner": "sam"} for row in plan.network.goals.rows()]
    tables["goals"] = type(plan.network.goals).of(goals)
    return replace(plan, network=Network.of(**tables))


@cache
def company_month() -> Month:
    """Its whole month, computed once for all tests of a process."""
    return run_steps(month=Month(company_plan()))
