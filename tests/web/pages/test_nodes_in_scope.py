"""Reports that name their rows by level and node are cut to the reader's scope like any other."""

from __future__ import annotations

import cast
import pytest
from stage import Act

from sandop_web.access import report_in_scope

NODES = {
    ("total", ""): True,
    ("family", "DOM"): True,
    ("region", "East"): True,
    ("region", "West"): False,
    ("item", "A"): True,
    ("series", "A | DC | E"): True,
    ("series", "A | DC | W"): False,
    ("leaf", "A|E"): True,
    ("leaf", "A|W"): False,
    ("contributor", "sally"): True,
    ("contributor", "wes"): False,
}


@pytest.mark.parametrize(("node", "seen"), NODES.items())
@pytest.mark.usefixtures("company")
def test_sally_sees_the_nodes_of_her_region(act: Act, node: tuple[str, str], seen: bool) -> None:
    report = [{"level": level, "node": name, "wmape": 0.1} for level, name in NODES]
    kept = report_in_scope(by=act("sally"), report=report, network=cast.company_plan().network)
    assert (node in {(row["level"], row["node"]) for row in kept}) is seen


@pytest.mark.usefixtures("company")
def test_those_who_see_the_company_see_every_node(act: Act) -> None:
    report = [{"level": level, "node": name} for level, name in NODES]
    assert report_in_scope(by=act("dana"), report=report, network=cast.company_plan().network) == report


@pytest.mark.usefixtures("company")
def test_a_shared_limit_names_only_the_customers_one_may_see(act: Act) -> None:
    report = [{"kind": "capacity", "limit": "LINE", "items": "A", "customers": "W, E"}]
    kept = report_in_scope(by=act("sally"), report=report, network=cast.company_plan().network)
    assert kept == [{"kind": "capacity", "limit": "LINE", "items": "A", "customers": "E"}]
