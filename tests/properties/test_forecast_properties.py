"""What holds for the forecast of every company, however odd its history."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st

from sandop.demand.forecast import ForecastSettings, forecast_series

MEAN_ONLY = ForecastSettings(learned=False)
Floats = npt.NDArray[np.float64]


@st.composite
def histories(draw: st.DrawFn) -> Floats:
    """One to four series of up to forty months: late beginnings, blanks, empty months, sizes far apart."""
    months = draw(st.integers(1, 40))
    figure = st.one_of(st.just(0.0), st.just(float("nan")), st.floats(1e-3, 1e7))
    rows = draw(st.lists(st.lists(figure, min_size=months, max_size=months), min_size=1, max_size=4))
    return np.array(rows)


@given(history=histories(), horizon=st.integers(1, 30))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_every_forecast_is_a_number_in_order_and_never_negative(history: Floats, horizon: int) -> None:
    forecast = forecast_series(history=history, horizon=horizon, settings=MEAN_ONLY)
    for values in (forecast.point, forecast.p10, forecast.p50, forecast.p90):
        assert values.shape == (len(history), horizon)
        assert np.isfinite(values).all() and (values >= 0).all()
    assert (forecast.p10 <= forecast.p50).all() and (forecast.p50 <= forecast.p90).all()
    assert (forecast.p10 <= forecast.point).all() and (forecast.point <= forecast.p90).all()


@given(history=histories())
@settings(max_examples=40, deadline=None, derandomize=True)
def test_no_forecast_leaves_what_history_makes_believable(history: Floats) -> None:
    """Within a year and a half never beyond several times the largest month ever seen."""
    forecast = forecast_series(history=history, horizon=18, settings=MEAN_ONLY)
    largest = np.nan_to_num(history).max(axis=1)
    assert (forecast.point.max(axis=1) <= 10 * largest + 1e-9).all()


@given(history=histories(), lengths=st.lists(st.floats(0, 24), min_size=2, max_size=2))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_a_longer_lead_time_never_has_a_smaller_spread(history: Floats, lengths: list[float]) -> None:
    forecast = forecast_series(history=history, horizon=12, settings=MEAN_ONLY)
    short, long = (
        forecast.spread_over(months=np.full(len(history), length)) for length in (min(lengths), max(lengths))
    )
    assert (short <= long * (1 + 1e-9)).all()


@given(history=histories(), horizon=st.integers(1, 8))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_the_order_of_the_rows_does_not_matter(history: Floats, horizon: int) -> None:
    plain = forecast_series(history=history, horizon=horizon, settings=MEAN_ONLY)
    turned = forecast_series(history=history[::-1], horizon=horizon, settings=MEAN_ONLY)
    np.testing.assert_array_equal(plain.point[::-1], turned.point)
    np.testing.assert_array_equal(plain.p90[::-1], turned.p90)
