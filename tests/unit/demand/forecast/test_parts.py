"""The parts of the forecast against what can be reckoned by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from sandop.demand.forecast import ForecastSettings, forecast_series
from sandop.demand.forecast.cleanse import cleanse
from sandop.demand.forecast.festival import festival_effect
from sandop.demand.forecast.intermittent import intermittent_levels
from sandop.demand.forecast.patterns import classify
from sandop.demand.forecast.portfolio import growing_naive, portfolio_forecast
from sandop.demand.forecast.ranges import measured_scatter, prior_scatter, summed_deviation
from sandop.demand.forecast.scale import seasonal_naive_error, typical_size
from sandop.demand.forecast.seasonal import centred_average, row_median, seasonal_indices, two_seasons
from sandop.demand.forecast.smoothing import (
    damped_steps,
    least_squares_slope,
    likelihood_weights,
    opening_trend,
    smooth,
    trend_grid,
)
from sandop.demand.forecast.sporadic import demand_exceeded, monthly_deviation
from sandop.demand.forecast.windows import origins, windows_at

BLANK = np.nan


def test_smoothing_is_gardner_and_mckenzies_recursion() -> None:
    """Every member, step by step in plain arithmetic, for a series that begins two months late."""
    values = np.array([[3.0, 5, 4, 6, 8, 7, 9, 12], [0.0, 0, 4, 6, 8, 7, 9, 12]])
    start = np.array([0, 2])
    grid = trend_grid()
    opening = opening_trend(values=values, start=start, season=12)
    run = smooth(values=values, start=start, slope=np.zeros(2), opening_trend=opening, grid=grid)
    for series in range(2):
        seen = values[series, start[series] :]
        for member in (0, 17, 63, len(grid.gain) - 1):
            alpha, beta, phi = grid.gain[member], grid.share[member], grid.damping[member]
            trend, squares = opening[series], 0.0
            level = float(np.median(seen[:5])) - trend * 3
            for value in seen:
                error = value - (level + phi * trend)
                level, trend = level + phi * trend + alpha * error, phi * trend + alpha * beta * error
                squares += error**2
            assert run.level[series, member] == pytest.approx(level)
            assert run.trend[series, member] == pytest.approx(trend)
            assert run.squared_error[series, member] == pytest.approx(squares / len(seen))


def test_slope_of_a_straight_line_is_its_slope() -> None:
    line = np.array([[1.0, 3, 5, 7, 9], [99, 99, 2, 1, 0]])
    assert least_squares_slope(values=line, start=np.array([0, 2])) == pytest.approx([2, -1])
    assert opening_trend(values=line[:1], start=np.array([0]), season=12) == pytest.approx([2.0])


def test_the_likelier_member_weighs_more() -> None:
    weights = likelihood_weights(squared_error=np.array([[1.0, 2.0, 4.0]]), steps=np.array([2.0]))
    assert weights == pytest.approx(np.array([[4 / 7, 2 / 7, 1 / 7]]))


def test_a_damped_trend_carries_less_and_less() -> None:
    assert damped_steps(damping=np.array([0.5, 1.0]), horizon=3) == pytest.approx(
        np.array([[0.5, 0.75, 0.875], [1, 2, 3]])
    )


def test_the_centred_average_of_a_line_is_the_line() -> None:
    line = np.arange(20.0)[None, :]
    for season, lost in ((12, 6), (5, 2)):
        average = centred_average(values=line, season=season)[0]
        assert np.isnan(average[:lost]).all() and np.isnan(average[-lost:]).all()
        assert average[lost:-lost] == pytest.approx(line[0, lost:-lost])


def test_seasonal_indices_are_found_and_noise_is_shrunk_to_none() -> None:
    season = np.sin(np.arange(12) / 6 * np.pi)
    found = seasonal_indices(ratio=np.tile(season, 5)[None, 3:], season=12)
    assert np.roll(found.index[0], 3) == pytest.approx(season, abs=1e-3)
    assert found.strength[0] > 0.99
    draw = np.random.default_rng(0)
    noise = seasonal_indices(ratio=draw.normal(0, 1, (200, 60)), season=12)
    assert noise.strength.mean() < 0.2


def test_one_strike_makes_no_season() -> None:
    ratio = np.random.default_rng(1).normal(0, 0.01, (1, 60))
    ratio[0, 30] = -3.0
    assert np.abs(seasonal_indices(ratio=ratio, season=12, limit=4.0).index).max() < 0.05


def test_recent_years_weigh_more_in_the_second_variant() -> None:
    """The June peak halves in the last two of six years."""
    year = np.zeros(12)
    year[5] = 1.0
    level, recent = two_seasons(values=np.r_[np.tile(year, 4), np.tile(year / 2, 2)][None, :], season=12)
    assert recent.index[0, 5] < level.index[0, 5]


def test_the_median_skips_blanks() -> None:
    assert row_median(np.array([[1.0, BLANK, 5], [BLANK, 7, BLANK]]), axis=1) == pytest.approx([3, 7])
    assert np.isnan(row_median(np.array([[BLANK, BLANK]]), axis=1)).all()


def test_scale_and_naive_error_by_hand() -> None:
    history = np.array([[2.0, 4, 6, 8]])
    assert typical_size(history=history, season=1) == pytest.approx([5.0])
    assert seasonal_naive_error(history=history, season=2) == pytest.approx([4.0])
    assert seasonal_naive_error(history=history, season=12) == pytest.approx([2.0])
    assert seasonal_naive_error(history=history[:, :1], season=12) == pytest.approx([0.0])


def test_the_naive_grows_by_half_of_last_years_growth() -> None:
    history = np.r_[np.full(12, 100.0), np.full(12, 120.0)][None, :]
    naive = growing_naive(scaled=history, horizon=24, season=12)[0]
    assert naive[:12] == pytest.approx(np.full(12, 110.0 + 20.0))
    assert naive[12:] == pytest.approx(np.full(12, 120 * (1 + (0.5 + 0.4) / 6)))


def test_the_portfolio_refuses_a_blank_inside() -> None:
    with pytest.raises(ValueError, match="blank"):
        portfolio_forecast(history=np.array([[1.0, BLANK, 3.0]]), horizon=2)


def test_series_of_any_length_are_worked_in_any_chunk_alike() -> None:
    draw = np.random.default_rng(3)
    history = draw.gamma(4, 10, (30, 40))
    for series in range(30):
        history[series, : series % 25] = BLANK
    whole = portfolio_forecast(history=history, horizon=6)
    pieces = portfolio_forecast(history=history, horizon=6, chunk=7)
    assert pieces.mean == pytest.approx(whole.mean, rel=1e-9)


@pytest.mark.parametrize(
    ("history", "pattern"),
    [
        ([10, 11, 9, 10, 12, 9], "smooth"),
        ([1, 30, 2, 1, 60, 1], "erratic"),
        ([0, 5, 0, 5, 0, 0, 5, 0], "intermittent"),
        ([0, 1, 0, 50, 0, 0, 3, 0], "lumpy"),
        ([0, 0, 0], "silent"),
        ([5, 5, 5, *[0] * 12], "ended"),
    ],
)
def test_patterns_are_those_of_syntetos_and_boylan(history: list[float], pattern: str) -> None:
    assert classify(history=np.array([history], dtype=float), season=12).pattern[0] == pattern


def test_the_interval_counts_from_the_first_demand() -> None:
    found = classify(history=np.array([[0, 0, 4.0, 0, 4.0, 0]]), season=12)
    assert found.interval[0] == pytest.approx(2.0)


def test_intermittent_methods_agree_on_a_steady_part() -> None:
    """Six units every third month: two a month, SBA a little less by its correction."""
    history = np.tile([0, 0, 6.0], 30)[None, :]
    sba, tsb, imapa = intermittent_levels(history=history, interval=np.array([3.0]))[0]
    assert 1.75 < sba < 2.0
    assert tsb == pytest.approx(2.0, rel=0.25) and imapa == pytest.approx(2.0, rel=0.1)


def test_a_part_that_fades_is_forecast_lower_than_its_mean() -> None:
    history = np.r_[np.tile([0, 6.0], 15), np.zeros(7)][None, :]
    levels = intermittent_levels(history=history, interval=np.array([2.0]))[0]
    assert levels[1] < history.mean() and levels[2] < history.mean()


def test_the_range_of_a_part_is_made_of_its_lots() -> None:
    """Lots of 5 in 20 % of months: exceeded once in ten is 5, and nothing when demands come a quarter as often."""
    near = np.r_[np.zeros(24), np.full(6, 5.0)][None, :]
    assert demand_exceeded(near=near, chance=0.1, stretch=np.array([1.0])) == pytest.approx([5.0])
    assert demand_exceeded(near=near, chance=0.1, stretch=np.array([0.25])) == pytest.approx([0.0])
    assert demand_exceeded(near=near, chance=0.5, stretch=np.array([1.0])) == pytest.approx([0.0])


def test_a_part_with_one_demand_is_not_certain() -> None:
    near = np.array([[0.0, 0, 0, 9]])
    assert monthly_deviation(near=near, level=np.array([2.25]))[0] > 3.5


def test_blanks_are_filled_along_trend_and_season() -> None:
    year = 100 * np.exp(0.5 * np.sin(np.arange(12) / 6 * np.pi))
    whole = np.tile(year, 4)[None, :]
    holed = whole.copy()
    holed[0, [9, 20, 31]] = BLANK
    mended = cleanse(history=holed, season=12)
    assert mended.blank.sum() == 3
    assert mended.history == pytest.approx(whole, rel=0.12)


def test_an_outlier_that_comes_every_year_is_a_season() -> None:
    draw = np.random.default_rng(4)
    history = 100 + draw.normal(0, 2, (1, 48))
    history[0, 3::12] = 500
    assert not cleanse(history=history, season=12).outlier.any()


def test_a_series_seen_through_stock_outs_only_is_taken_as_it_is() -> None:
    history = np.full((1, 20), 8.0)
    mended = cleanse(history=history, season=12, censored=np.ones((1, 20), bool))
    assert np.array_equal(mended.history, history) and not mended.censored.any()


def spring_festival(months: int) -> np.ndarray:
    """Share of the fifteen days around the New Year in each month from 2021-01."""
    days = ["2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17"]
    share = np.zeros(months)
    for day in map(dt.date.fromisoformat, days):
        for offset in range(-7, 8):
            near = day + dt.timedelta(days=offset)
            place = (near.year - 2021) * 12 + near.month - 1
            if 0 <= place < months:
                share[place] += 1 / 15
    return share


def festive_company(effect: float, noise: float = 0.08) -> np.ndarray:
    draw = np.random.default_rng(21)
    level = np.exp(draw.normal(5, 1, (40, 1)))
    return np.asarray(level * np.exp(effect * spring_festival(66) + draw.normal(0, noise, (40, 66))))


def test_spring_festival_moves_between_january_and_february() -> None:
    whole = festive_company(-0.6)
    settings = ForecastSettings(learned=False)
    asked = {"history": whole[:, :48], "horizon": 18, "settings": settings}
    plain, festive = forecast_series(**asked), forecast_series(festival=spring_festival(66), **asked)  # type: ignore[arg-type]
    weeks = [0, 1, 12, 13]  # January and February of both years
    assert np.expm1(-0.6) == pytest.approx(festive.report.festival.mean(), abs=0.08)
    error_plain = np.abs(plain.point - whole[:, 48:])[:, weeks].sum()
    assert np.abs(festive.point - whole[:, 48:])[:, weeks].sum() < 0.6 * error_plain
    assert "festival" in festive.report.why(0, "en")


def test_no_effect_of_the_festival_is_made_up() -> None:
    effect = festival_effect(
        history=festive_company(0.0)[:, :48], festival=spring_festival(66), season=12, family=np.arange(40) // 20
    )
    assert np.abs(effect.size).max() < 0.05


def test_families_feel_the_festival_in_their_own_way() -> None:
    history = np.vstack([festive_company(-0.6), festive_company(0.5)])[:, :48]
    effect = festival_effect(history=history, festival=spring_festival(66), season=12, family=np.repeat([0, 1], 40))
    assert effect.size[:40].mean() == pytest.approx(-0.6, abs=0.1)
    assert effect.size[40:].mean() == pytest.approx(0.5, abs=0.1)


def test_a_festival_that_ends_before_history_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="festival"):
        festival_effect(history=np.ones((1, 12)), festival=np.ones(6), season=12, family=np.zeros(1, int))


def test_what_history_is_freed_of_returns() -> None:
    history = festive_company(-0.4)[:, :48]
    effect = festival_effect(history=history, festival=spring_festival(96), season=12, family=np.zeros(40, int))
    again = effect.removed(history) * np.exp(effect.past)
    assert again == pytest.approx(history)
    assert effect.restored(np.ones((40, 48))) == pytest.approx(np.exp(effect.ahead))


def test_without_a_past_the_range_is_the_usual_one() -> None:
    prior = prior_scatter(6)
    assert np.array_equal(measured_scatter(errors=[], sizes=[], horizon=6).high, prior.high)
    few = measured_scatter(errors=[np.ones((1, 6))], sizes=[np.ones((1, 6))], horizon=6)
    assert few.high == pytest.approx(prior.high, rel=0.15), "one window says little"


def test_many_errors_make_their_own_range() -> None:
    error = np.random.default_rng(0).normal(0, 2, (4000, 4))
    scatter = measured_scatter(errors=[error], sizes=[np.ones((4000, 4))], horizon=4)
    assert scatter.high[0] == pytest.approx(2 * 1.2816, rel=0.06)
    assert scatter.low[0] == pytest.approx(-2 * 1.2816, rel=0.06)
    assert scatter.summed == pytest.approx(2 * np.sqrt([1, 2, 3, 4]), rel=0.06)
    halved = measured_scatter(errors=[error], sizes=[np.ones((4000, 4))], horizon=4, shrinkage=0.5)
    assert halved.high == pytest.approx(scatter.high / 2)


def test_horizons_never_seen_widen_further() -> None:
    error = np.random.default_rng(0).normal(0, 2, (2000, 12))
    error[:, 6:] = BLANK
    scatter = measured_scatter(errors=[error], sizes=[np.ones((2000, 12))], horizon=12)
    assert (np.diff(scatter.high[7:]) > 0).all()


def test_part_months_are_interpolated_in_variance() -> None:
    scatter = measured_scatter(errors=[], sizes=[], horizon=3)
    size = np.full((3, 3), 2.0)
    half, one, two = summed_deviation(scatter=scatter, size=size, months=np.array([0.5, 1.0, 2.0]))
    assert one == pytest.approx(2 * scatter.summed[0]) and two == pytest.approx(2 * scatter.summed[1])
    assert half == pytest.approx(one / np.sqrt(2))


def test_origins_always_include_one_whole_horizon_back() -> None:
    for series in (1, 100, 5000):
        chosen = origins(series=series, months=60, horizon=18, season=12, least=24, most_windows=24_000)
        assert 18 in chosen and max(chosen) <= 36 and chosen == sorted(chosen)
    assert origins(series=5, months=20, horizon=18, season=12, least=24, most_windows=100) == []


def test_a_window_knows_nothing_after_its_origin() -> None:
    """Changing the last six months changes no forecast made six months before."""
    draw = np.random.default_rng(2)
    history = draw.gamma(5, 10, (8, 40))
    changed = history.copy()
    changed[:, -6:] *= 10
    asked = {"offset": 6, "horizon": 9, "season": 12, "least": 24, "most": 100, "seed": 0}
    before, after = windows_at(history=history, **asked), windows_at(history=changed, **asked)  # type: ignore[arg-type]
    assert before is not None and after is not None
    assert np.array_equal(before.portfolio.mean, after.portfolio.mean)
    assert np.array_equal(before.actual[:, :6], history[:, -6:]) and np.isnan(before.actual[:, 6:]).all()


def test_too_young_series_have_no_windows() -> None:
    asked = {"horizon": 3, "season": 12, "least": 24, "most": 10, "seed": 0}
    assert windows_at(history=np.ones((2, 20)), offset=3, **asked) is None  # type: ignore[arg-type]
    assert windows_at(history=np.ones((2, 20)), offset=20, **asked) is None  # type: ignore[arg-type]
    drawn = windows_at(history=np.ones((50, 40)), offset=3, **asked)  # type: ignore[arg-type]
    assert drawn is not None and len(drawn.rows) == 10
