"""What a planner may expect of the forecast of all series."""

from __future__ import annotations

import numpy as np
import pytest

from sandop.demand.forecast import ForecastSettings, SeriesForecast, forecast_series

MEAN_ONLY = ForecastSettings(learned=False)
BLANK = np.nan


def told(history: object, horizon: int = 12, **asked: object) -> SeriesForecast:
    """The forecast of a few series by the mean alone."""
    asked.setdefault("settings", MEAN_ONLY)
    return forecast_series(history=np.atleast_2d(np.array(history, dtype=float)), horizon=horizon, **asked)  # type: ignore[arg-type]


def company(series: int, months: int, seed: int, noise: float = 0.15) -> np.ndarray:
    """Positive series with level, season and noise of their own."""
    draw = np.random.default_rng(seed)
    level = np.exp(draw.normal(5, 1, (series, 1)))
    wave = draw.uniform(0, 0.5, (series, 1)) * np.sin(np.arange(months) / 6 * np.pi + draw.uniform(0, 6, (series, 1)))
    return np.asarray(level * np.exp(wave + draw.normal(0, noise, (series, months))))


def test_a_seasonal_series_continues_its_season() -> None:
    """Four years of twice the demand in June: the fifth June is twice the other months."""
    year = np.array([100, 100, 100, 100, 100, 200, 100, 100, 100, 100, 100, 100.0])
    point = told(np.tile(year, 4)).point[0]
    assert point == pytest.approx(year, rel=0.01)


def test_a_product_sold_only_in_summer_is_seasonal_and_not_intermittent() -> None:
    year = np.array([0, 0, 0, 0, 50, 100, 100, 50, 0, 0, 0, 0.0])
    forecast = told(np.tile(year, 4))
    assert forecast.report.route[0] == "portfolio"
    assert forecast.point[0] == pytest.approx(year, abs=1.0)


def test_a_trend_goes_on_but_less_than_the_straight_line() -> None:
    point = told(np.arange(1.0, 49.0)).point[0]
    assert (np.diff(point) > 0).all()
    assert 49 < point[-1] < 60


def test_growth_of_thirty_per_cent_a_month_does_not_explode() -> None:
    history = 1.3 ** np.arange(24)
    assert told(history, horizon=60).point.max() < 10 * history[-1]


def test_one_observation_is_repeated_with_a_wide_range() -> None:
    forecast = told([[5.0]])
    assert forecast.point[0] == pytest.approx(np.full(12, 5.0))
    assert (forecast.p10[0] < 4).all() and (forecast.p90[0] > 6).all()


def test_a_constant_stays_constant_and_nearly_certain() -> None:
    forecast = told(np.full(48, 7.0))
    assert forecast.point[0] == pytest.approx(np.full(12, 7.0))
    assert (forecast.p90 - forecast.p10).max() < 0.5


@pytest.mark.parametrize("history", [np.zeros(30), np.full(8, BLANK)])
def test_what_never_sold_is_forecast_at_nothing(history: np.ndarray) -> None:
    forecast = told(history)
    assert forecast.report.pattern[0] == "silent"
    assert not forecast.point.any() and not forecast.p90.any()
    assert forecast.spread_over(months=np.array([3.0]))[0] == 0


def test_what_has_ended_is_forecast_at_nothing() -> None:
    forecast = told([*[20.0] * 24, *[0.0] * 14])
    assert forecast.report.pattern[0] == "ended"
    assert not forecast.point.any()


def test_no_forecast_is_negative_where_history_never_was() -> None:
    falling = np.maximum(np.linspace(100, 1, 36), 0)
    draw = np.random.default_rng(2)
    noisy = np.maximum(draw.normal(3, 4, (40, 40)), 0)
    for forecast in (told(falling, horizon=36), told(noisy, horizon=24)):
        assert (forecast.p10 >= 0).all() and (forecast.point >= 0).all()


def test_history_that_was_negative_may_be_forecast_negative() -> None:
    forecast = told(np.tile([5.0, -5.0, -6.0, 4.0], 12))
    assert (forecast.point < 0).any()


def test_stock_out_months_are_not_read_as_low_demand() -> None:
    """The last four months sold 20 of the usual 100 because there was no stock."""
    history = np.full((1, 36), 100.0)
    history[0, -4:] = 20
    hidden = np.zeros((1, 36), dtype=bool)
    hidden[0, -4:] = True
    seen = told(history, censored=hidden)
    assert seen.point[0] == pytest.approx(np.full(12, 100.0), rel=0.02)
    assert seen.report.stock_outs[0] == 4
    assert told(history).point.mean() < 60


def test_a_stock_out_month_never_lowers_what_was_sold() -> None:
    history = np.full((1, 36), 100.0)
    history[0, 30] = 150
    hidden = np.zeros((1, 36), dtype=bool)
    hidden[0, 30] = True
    settings = ForecastSettings(learned=False, cleansed=False)
    plain = told(history, settings=settings).point
    assert told(history, censored=hidden, settings=settings).point == pytest.approx(plain)


def test_one_wild_month_is_mended_and_reported() -> None:
    draw = np.random.default_rng(5)
    history = 100 + draw.normal(0, 3, 40)
    history[25] = 4000
    forecast = told(history)
    assert forecast.report.outliers[0] == 1
    assert forecast.point.max() < 115
    assert "1" in forecast.report.why(0, "en") and "异常月份" in forecast.report.why(0, "zh")


def test_a_shift_of_level_is_no_outlier() -> None:
    draw = np.random.default_rng(6)
    history = np.r_[100 + draw.normal(0, 3, 30), 300 + draw.normal(0, 3, 8)]
    forecast = told(history)
    assert forecast.report.outliers[0] == 0
    assert forecast.point[0, :3].mean() > 250


def test_a_month_nobody_knows_is_not_a_month_without_demand() -> None:
    history = np.full(30, 50.0)
    history[[7, 19, 20]] = BLANK
    forecast = told(history)
    assert forecast.report.blanks[0] == 3
    assert forecast.point[0] == pytest.approx(np.full(12, 50.0), rel=0.01)


def test_the_mean_of_an_intermittent_part_is_right() -> None:
    """A part asked for in three months of ten, five at a time: 1.5 a month."""
    draw = np.random.default_rng(8)
    history = np.where(draw.random((200, 60)) < 0.3, 5.0, 0.0)
    forecast = told(history)
    sporadic = forecast.report.route == "sporadic"
    assert sporadic.mean() > 0.9
    assert forecast.point[sporadic].mean() == pytest.approx(1.5, rel=0.08)
    assert (forecast.p10[sporadic] == 0).all() and (forecast.p90[sporadic] >= 5).mean() > 0.9


def test_stock_out_months_of_a_spare_part_do_not_lower_its_rate() -> None:
    history = np.where(np.random.default_rng(9).random((1, 60)) < 0.35, 6.0, 0.0)
    hidden = np.zeros(history.shape, dtype=bool)
    hidden[0, 24:36] = True
    censored = history.copy()
    censored[0, 24:36] = 0
    assert told(censored, censored=hidden).point[0, 0] == pytest.approx(told(history).point[0, 0], rel=0.25)
    assert told(censored).point[0, 0] < 0.9 * told(censored, censored=hidden).point[0, 0]


def test_a_single_demand_after_two_years_of_waiting_is_no_monthly_habit() -> None:
    assert told([*[0.0] * 24, 6.0, 0, 0, 0]).point[0, 0] < 1.0


def test_the_same_call_gives_the_same_numbers() -> None:
    history = company(30, 60, seed=1)
    first, again = (forecast_series(history=history, horizon=12, seed=3) for _ in range(2))
    assert np.array_equal(first.point, again.point) and np.array_equal(first.p90, again.p90)


def test_permuted_rows_give_the_same_numbers() -> None:
    history = company(30, 60, seed=1)
    shuffled = np.random.default_rng(0).permutation(30)
    plain = forecast_series(history=history, horizon=12)
    mixed = forecast_series(history=history[shuffled], horizon=12)
    assert (plain.report.corrected > 0).any(), "the learned correction takes part in this test"
    assert np.array_equal(plain.point[shuffled], mixed.point)
    assert np.array_equal(plain.p10[shuffled], mixed.p10)
    assert plain.report.gate[shuffled].tolist() == mixed.report.gate.tolist()


def test_a_thousand_times_the_demand_is_a_thousand_times_the_forecast() -> None:
    history = company(40, 48, seed=4)
    small, large = told(history), told(history * 1000)
    for name in ("point", "p10", "p50", "p90", "size"):
        assert getattr(large, name) == pytest.approx(1000 * getattr(small, name), rel=1e-6)
    months = np.full(40, 2.5)
    assert large.spread_over(months=months) == pytest.approx(1000 * small.spread_over(months=months), rel=1e-6)


@pytest.mark.parametrize("size", [1e-200, 1e200])
def test_very_small_and_very_large_figures_are_forecast_alike(size: float) -> None:
    point = told(np.full(24, size)).point
    assert point == pytest.approx(np.full((1, 12), size), rel=1e-6, abs=0)


def test_eight_of_ten_months_fall_into_the_range() -> None:
    whole = company(300, 72, seed=11)
    forecast = told(whole[:, :60])
    inside = (whole[:, 60:] >= forecast.p10) & (whole[:, 60:] <= forecast.p90)
    assert 0.75 < inside.mean() < 0.87


def test_ranges_are_in_order_and_widen() -> None:
    forecast = told(company(50, 48, seed=12), horizon=24)
    assert (forecast.p10 <= forecast.p50).all() and (forecast.p50 <= forecast.p90).all()
    assert np.array_equal(forecast.p50, forecast.point)
    width = (forecast.p90 - forecast.p10) / forecast.point
    assert width[:, 12:].mean() > width[:, :12].mean()


def test_the_spread_of_a_lead_time_matches_what_sums_of_months_do() -> None:
    whole = company(300, 72, seed=13)
    forecast = told(whole[:, :60])
    for months in (1, 3, 6):
        error = (whole[:, 60 : 60 + months] - forecast.point[:, :months]).sum(axis=1)
        ratio = error / forecast.spread_over(months=np.full(300, float(months)))
        assert 0.75 < np.sqrt(np.mean(ratio**2)) < 1.3


def test_the_spread_grows_with_the_lead_time_whole_or_not() -> None:
    forecast = told(company(5, 48, seed=14))
    lengths = (0.0, 0.5, 1.0, 1.7, 6.0, 12.0, 20.0)
    spreads = np.array([forecast.spread_over(months=np.full(5, length)) for length in lengths])
    assert (spreads[0] == 0).all()
    assert (np.diff(spreads, axis=0) > 0).all()


def test_each_stock_may_have_its_own_lead_time() -> None:
    forecast = told(company(2, 48, seed=14))
    both = forecast.spread_over(months=np.array([1.0, 6.0]))
    assert both[0] == forecast.spread_over(months=np.full(2, 1.0))[0]
    assert both[1] == forecast.spread_over(months=np.full(2, 6.0))[1]


def test_a_negative_lead_time_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="negative"):
        told([[1.0, 2.0]]).spread_over(months=np.array([-1.0]))


def test_a_young_item_borrows_the_season_of_its_family_only() -> None:
    """Family 0 peaks in month 6 of the year; the item launched 8 months ago belongs to it, its twin does not."""
    year = 100 * np.exp(0.6 * np.sin(np.arange(12) / 6 * np.pi))
    grown = np.tile(year, 4)
    young = np.r_[np.full(40, BLANK), year[4:12]]
    history = np.array([grown, grown * 2, young, young])
    forecast = told(history, family=np.array([0, 0, 0, 1]))
    assert forecast.report.borrowed.tolist() == [0, 0, 1, 0]
    assert forecast.point[2] == pytest.approx(year, rel=0.1)
    assert np.abs(forecast.point[3] - year).mean() > 3 * np.abs(forecast.point[2] - year).mean()
    assert "borrowed" in forecast.report.why(2, "en")


def test_four_quarters_or_seven_days_make_a_season_too() -> None:
    week = np.array([1.0, 2, 3, 4, 5, 9, 9])
    assert told(np.tile(week, 8), horizon=7, settings=ForecastSettings(season=7)).point[0] == pytest.approx(week)
    assert told([1.0, 2, 3, 4] * 6, horizon=4, settings=ForecastSettings(season=4)).point[0] == pytest.approx(
        [1, 2, 3, 4]
    )


def test_no_series_give_no_forecast() -> None:
    forecast = forecast_series(history=np.zeros((0, 24)), horizon=6)
    assert forecast.point.shape == (0, 6)
    assert forecast.report.columns()["pattern"].shape == (0,)


def test_every_series_has_a_story_in_both_languages() -> None:
    kinds = [np.full(36, 5.0), np.tile([0, 0, 9.0], 12), np.zeros(36), np.r_[np.full(20, 3.0), np.zeros(16)]]
    forecast = told(np.array(kinds))
    for series in range(4):
        assert forecast.report.why(series, "en") != forecast.report.why(series, "zh")
    assert [sum(forecast.report.weights(i).values()) for i in range(4)] == pytest.approx([1, 1, 0, 0])


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"history": np.zeros(5), "horizon": 3}, "dimensions"),
        ({"history": np.zeros((1, 5)), "horizon": 0}, "horizon"),
        ({"history": np.array([[np.inf]]), "horizon": 1}, "infinite"),
        ({"history": np.zeros((1, 5)), "horizon": 1, "censored": np.zeros((2, 5), bool)}, "censored"),
        ({"history": np.zeros((1, 5)), "horizon": 1, "family": np.zeros(3, int)}, "family"),
        ({"history": np.zeros((1, 5)), "horizon": 1, "festival": np.zeros(5)}, "festival"),
    ],
)
def test_shapes_that_do_not_fit_are_a_mistake(asked: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        forecast_series(**asked)  # type: ignore[arg-type]


def test_settings_below_one_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="season"):
        ForecastSettings(season=0)
