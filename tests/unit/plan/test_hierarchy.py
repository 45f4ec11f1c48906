"""The nodes of a small company, counted by hand.

row      0    1    2    3    4
family   DOM  IND  DOM  DOM  IND
item     A    C    A    B    C
customer E    E    W    E    W

node     0    1    2    3    4    5    6    7    8    9    10
         all  DOM  A    E    W    B    E    IND  C    E    W
"""

import numpy as np

from sandop.plan.hierarchy import Hierarchy

AT = Hierarchy.of(
    {
        "family": np.array(["DOM", "IND", "DOM", "DOM", "IND"], dtype=object),
        "item": np.array(["A", "C", "A", "B", "C"], dtype=object),
        "customer": np.array(["E", "E", "W", "E", "W"], dtype=object),
    },
    5,
)
HELD = np.array([[300.0, np.nan], [50.0, 7.0], [100.0, np.nan], [np.nan, np.nan], [10.0, 3.0]])


def test_nodes_stand_in_pre_order() -> None:
    assert AT.level.tolist() == [0, 1, 2, 3, 3, 2, 3, 1, 2, 3, 3]
    assert AT.parent.tolist() == [-1, 0, 1, 2, 2, 1, 5, 0, 7, 8, 8]
    assert AT.end.tolist() == [11, 7, 5, 4, 5, 7, 7, 11, 11, 10, 11]
    assert AT.label == ("", "DOM", "A", "E", "W", "B", "E", "IND", "C", "E", "W")


def test_every_row_has_its_deepest_node() -> None:
    assert AT.leaf.tolist() == [3, 9, 4, 6, 10]


def test_totals_skip_blanks_and_all_blank_stays_blank() -> None:
    totals = AT.totals(HELD)
    assert totals[:, 0].tolist()[:5] == [460.0, 400.0, 400.0, 300.0, 100.0]
    assert np.isnan(totals[5, 0]) and totals[7, 0] == 60.0
    assert np.isnan(totals[1, 1]) and totals[0, 1] == 10.0


def test_a_node_is_found_by_its_labels_from_the_top_down() -> None:
    assert AT.node({}) == 0
    assert AT.node({"family": "DOM", "item": "B"}) == 5
    assert AT.node({"item": "B"}) is None  # its family is left out
    assert AT.node({"family": "DOM", "item": "C"}) is None
    assert AT.node({"family": "DOM", "colour": "red"}) is None
    assert AT.path(10) == {"family": "IND", "item": "C", "customer": "W"}


def test_without_levels_there_is_the_grand_total_alone() -> None:
    alone = Hierarchy.of({}, 2)
    assert len(alone) == 1 and alone.totals(np.ones((2, 1))).tolist() == [[2.0]]


def test_without_rows_the_grand_total_is_blank() -> None:
    nothing = Hierarchy.of({"family": np.array([], dtype=object)}, 0)
    assert len(nothing) == 1 and np.isnan(nothing.totals(np.ones((0, 2)))).all()
