"""An S&OP sheet worked out on paper: pumps (DOM) and spares in kg (two units to the kg).

DOM            Nov   Dec |  Jan   Feb   Mar
bookings       106   100 |  100   120    90
shipments      106    94 |   96   128    90
lost                     |    0     2     0
backlog          0     6 |   10     0     0     6 + 100 - 96 = 10; 10 + 120 - 128 - 2 = 0
production     100    95 |   80   130    90
adjustments      5     0 |   -3     6     0     Jan: 4 received - 10 sent + 3 open transfer
stock           59    60 |   41    49    49     60 + 80 - 96 - 3 = 41; 41 + 130 - 128 + 6 = 49

SPARE, units             |  Jan   Feb   Mar
bookings, shipments      |   40    40    40
production               |   48    60     0     an open order, then a planned purchase
adjustments              |   -8   -13    -9     a tenth of a spare goes into every pump started
stock (80 before)        |   80    87    38
"""

import pytest

from family_cases import case, with_last_version
from sandop.scenario.family_sheet import family_sheet
from sandop.scenario.month import Month

MONTHS = ("2025-11", "2025-12", "2026-01", "2026-02", "2026-03")


def cells(month: Month, family: str, line: str, version: str) -> dict[str, float]:
    rows, _ = family_sheet(month=month)
    return {
        str(row["period"]): float(str(row["value"]))
        for row in rows
        if (row["family"], row["line"], row["version"]) == (family, line, version)
    }


@pytest.mark.parametrize(
    ("line", "actual", "planned"),
    [
        ("bookings", [106, 100], [100, 120, 90]),
        ("shipments", [106, 94], [96, 128, 90]),
        ("backlog", [0, 6], [10, 0, 0]),
        ("production", [100, 95], [80, 130, 90]),
        ("adjustments", [5, 0], [-3, 6, 0]),
        ("stock", [59, 60], [41, 49, 49]),
    ],
)
def test_pumps_are_as_on_paper(line: str, actual: list[float], planned: list[float]) -> None:
    was = cells(case(), "DOM", line, "actual")
    assert [was[label] for label in MONTHS[:2]] == pytest.approx(actual)
    assert list(cells(case(), "DOM", line, "new").values()) == pytest.approx(planned)


@pytest.mark.parametrize(
    ("line", "kilograms"),
    [
        ("bookings", [20, 20, 20]),
        ("production", [24, 30, 0]),
        ("adjustments", [-4, -6.5, -4.5]),
        ("stock", [40, 43.5, 19]),
    ],
)
def test_spares_are_counted_in_their_plan_unit(line: str, kilograms: list[float]) -> None:
    assert list(cells(case(), "SPARE", line, "new").values()) == pytest.approx(kilograms)


def test_every_identity_holds() -> None:
    _, checks = family_sheet(month=case())
    assert {row["identity"] for row in checks} == {
        "identity.backlog",
        "identity.stock",
        "identity.opening_stock",
        "identity.known_backlog",
    }
    assert all(row["holds"] for row in checks)


def test_old_plan_difference_and_cumulative_stand_beside_each_other() -> None:
    """Bookings of pumps: November was forecast at 90, December planned at 100, January at 120, February at 90.

    actual, new   106   100   100   120    90
    old            90   100   120    90
    difference     16     0   -20    30
    cumulative     16    16    -4    26
    """
    month = with_last_version(case())
    assert list(cells(month, "DOM", "bookings", "old").values()) == [90, 100, 120, 90]
    assert list(cells(month, "DOM", "bookings", "difference").values()) == [16, 0, -20, 30]
    assert list(cells(month, "DOM", "bookings", "cumulative").values()) == [16, 16, -4, 26]
    assert cells(month, "DOM", "stock", "difference")["2026-01"] == 41 - 49
    assert not cells(month, "DOM", "stock", "cumulative"), "levels do not cumulate"
