"""A total for a family, a region or a customer is spread over its rows, and they add up to it.

capacity_regular is one row; the forecast of March, once said: A·E 300, A·W 100, B·E nothing.
"""

import pytest
from planning import B_EAST, EAST, LINE, WEST, address, closed_doors, forecast, held, say_forecast
from stage import Act, Browser

from sandop_web.access import NotUnderstood, NotYourRole, WhyMissing
from sandop_web.actions.spreading import DoesNotAddUp, NoRowsThere, TotalHasMoved, spread_total
from sandop_web.store.models import Change, Version


def _spread(act: Act, person: str, version: Version, total: float, expected: float | None, **wanted: str) -> str:
    return spread_total(
        by=act(person),
        version=version.pk,
        measure="sales_forecast",
        wanted=wanted,
        period="2026-03",
        total=total,
        expected_total=expected,
        why="the family grows",
    )


@pytest.fixture
def said(act: Act, version: Version) -> None:
    say_forecast(act("dana"), version, forecast(EAST, 300.0), forecast(WEST, 100.0))


@pytest.mark.usefixtures("said")
def test_the_rows_share_the_total_in_proportion_and_who_said_nothing_says_nothing(act: Act, version: Version) -> None:
    _spread(act, "dana", version, 600.0, 400.0, family="DOM")
    assert held(version, "sales_forecast", EAST) == 450.0
    assert held(version, "sales_forecast", WEST) == 150.0
    assert held(version, "sales_forecast", B_EAST) is None


@pytest.mark.usefixtures("said")
def test_the_rows_add_up_to_the_last_decimal(act: Act, version: Version) -> None:
    _spread(act, "dana", version, 1000.001, 400.0, item="A")
    parts = [held(version, "sales_forecast", row) or 0.0 for row in (EAST, WEST)]
    assert round(sum(parts), 3) == 1000.001


def test_where_nobody_has_spoken_the_computed_demand_says_how(act: Act, version: Version) -> None:
    _spread(act, "dana", version, 1000.0, None, region="East")
    parts = {row: held(version, "sales_forecast", row) or 0.0 for row in (EAST, B_EAST)}
    assert round(sum(parts.values()), 3) == 1000.0
    assert parts[EAST] > parts[B_EAST] > 0  # A sells twice as well as B
    assert held(version, "sales_forecast", WEST) is None


@pytest.mark.usefixtures("said")
def test_sally_spreads_over_the_rows_of_the_east_alone(act: Act, version: Version) -> None:
    _spread(act, "sally", version, 330.0, 300.0, family="DOM")
    assert held(version, "sales_forecast", EAST) == 330.0
    assert held(version, "sales_forecast", WEST) == 100.0


@pytest.mark.usefixtures("said")
def test_sally_finds_no_rows_in_the_west(act: Act, version: Version) -> None:
    with pytest.raises(NoRowsThere):
        _spread(act, "sally", version, 330.0, 100.0, customer="W")


@pytest.mark.usefixtures("said")
def test_a_total_that_moved_is_shown_with_both_values(act: Act, version: Version) -> None:
    with pytest.raises(TotalHasMoved) as refused:
        _spread(act, "dana", version, 600.0, 350.0, family="DOM")
    assert "350" in refused.value.text("en") and "400" in refused.value.text("en")


def test_prices_have_no_total(act: Act, version: Version) -> None:
    with pytest.raises(DoesNotAddUp):
        spread_total(
            by=act("fiona"),
            version=version.pk,
            measure="price",
            wanted={"item": "A"},
            period="2026-03",
            total=300.0,
            expected_total=200.0,
            why="x",
        )


def test_a_period_or_number_that_cannot_be(act: Act, version: Version) -> None:
    for period, total in (("2031-01", 5.0), ("2026-03", float("inf"))):
        with pytest.raises(NotUnderstood):
            spread_total(
                by=act("dana"),
                version=version.pk,
                measure="sales_forecast",
                wanted={},
                period=period,
                total=total,
                expected_total=None,
                why="x",
            )


def test_the_wrong_role_and_no_reason(act: Act, version: Version) -> None:
    with pytest.raises(NotYourRole):
        _spread(act, "sam", version, 5.0, None)
    with pytest.raises(WhyMissing):
        spread_total(
            by=act("dana"),
            version=version.pk,
            measure="sales_forecast",
            wanted={},
            period="2026-03",
            total=1.0,
            expected_total=None,
            why="",
        )


def test_the_page_spreads_and_its_doors(client_of: Browser, version: Version) -> None:
    path = address(version, "sheet/capacity_regular/spread/")
    sent = {"period": "2026-03", "total": "600", "was-2026-03": "560", "why": "a shift more"}
    closed_doors(client_of, path, sent)
    assert not Change.objects.exists()
    assert client_of("sam").post(path, sent).status_code == 303
    assert held(version, "capacity_regular", LINE) == 600.0
