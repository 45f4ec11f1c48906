"""The learned correction: it helps where the past shows it, and stands back where not."""

from __future__ import annotations

import numpy as np

from sandop.demand.forecast import ForecastSettings, forecast_series
from sandop.demand.forecast.features import features, names
from sandop.demand.forecast.portfolio import portfolio_forecast
from sandop.demand.forecast.scale import typical_size


def saturating(series: int, months: int) -> np.ndarray:
    """Every item grows by a fifth a month for a while and then falls back: no model of the portfolio knows that, but
    the company's past shows it again and again."""
    draw = np.random.default_rng(31)
    phase = (np.arange(months)[None, :] + draw.integers(0, 9, (series, 1))) % 9
    level = np.exp(draw.normal(5, 1, (series, 1)))
    return np.asarray(level * 1.2 ** np.minimum(phase, 8 - phase) * np.exp(draw.normal(0, 0.03, (series, months))))


def test_what_the_company_does_again_and_again_is_learned() -> None:
    whole = saturating(60, 90)
    asked = {"history": whole[:, :78], "horizon": 12}
    mean = forecast_series(settings=ForecastSettings(learned=False), **asked)  # type: ignore[arg-type]
    learned = forecast_series(**asked)  # type: ignore[arg-type]
    assert (learned.report.corrected > 0).all() and (learned.report.gate == "").all()
    error = np.abs(learned.point - whole[:, 78:]).sum() / np.abs(mean.point - whole[:, 78:]).sum()
    assert error < 0.85
    assert "backtest" in learned.report.why(0, "en") and "回测" in learned.report.why(0, "zh")


def test_pure_chance_is_not_mistaken_for_knowledge() -> None:
    """Demand of 100 with noise: with or without the correction the forecast is as near to 100."""
    history = 100 + np.random.default_rng(32).normal(0, 10, (80, 66))
    forecast = forecast_series(history=history, horizon=12)
    mean = forecast_series(history=history, horizon=12, settings=ForecastSettings(learned=False))
    assert np.abs(forecast.point - 100).mean() <= 1.02 * np.abs(mean.point - 100).mean()


def test_few_series_and_short_histories_stay_with_the_mean_and_say_so() -> None:
    draw = np.random.default_rng(33)
    few = forecast_series(history=draw.gamma(9, 10, (3, 60)), horizon=6)
    short = forecast_series(history=draw.gamma(9, 10, (40, 30)), horizon=12)
    asked = forecast_series(history=draw.gamma(9, 10, (40, 30)), horizon=12, settings=ForecastSettings(learned=False))
    assert set(few.report.gate) == {"few_series"}
    assert set(short.report.gate) == {"short_history"}
    assert set(asked.report.gate) == {"not_wanted"}
    for forecast in (few, short, asked):
        assert not forecast.report.corrected.any()
        assert len(forecast.report.why(0, "zh")) > 10


def test_features_are_free_of_the_unit_and_as_many_as_their_names() -> None:
    history = np.random.default_rng(34).gamma(9, 10, (5, 40))
    tables = []
    for factor in (1.0, 1000.0):
        past = history * factor
        portfolio = portfolio_forecast(history=past, horizon=4)
        tables.append(features(past=past, portfolio=portfolio, unit=typical_size(history=past, season=12), season=12))
    assert tables[0].shape == (5, 4, len(names()))
    np.testing.assert_allclose(tables[0], tables[1], rtol=1e-3, atol=1e-5)
    place = names().index("same_month_1")
    mean = portfolio_forecast(history=history, horizon=4).mean
    expected = (history[:, 28:32] - mean) / typical_size(history=history, season=12)[:, None]
    np.testing.assert_allclose(tables[0][:, :, place], expected, rtol=1e-4)
