"""Lead times as shares of periods."""

from __future__ import annotations

import numpy as np
import pytest

from sandop.calendar import Periods
from sandop.supply.timing import arriving_shares, edges, leaving_shares, months_of

MONTHS = edges(Periods.months("2027-01", 3))
MONTH = 30.4375


def test_without_a_lead_time_everything_leaves_when_it_arrives() -> None:
    assert np.array_equal(leaving_shares(MONTHS, 0.0), np.eye(3))


def test_a_quarter_of_a_month_moves_a_quarter_of_the_need_one_month_earlier() -> None:
    """arrives in    leaves in Jan  Feb  Mar
    Jan                     1    .    .      what would have left in December leaves at once
    Feb                     .25  .75  .
    Mar                     .    .25  .75
    """
    assert leaving_shares(MONTHS, MONTH / 4).tolist() == [[1, 0, 0], [0.25, 0.75, 0], [0, 0.25, 0.75]]


def test_nothing_arrives_within_a_whole_lead_time() -> None:
    assert leaving_shares(MONTHS, MONTH).tolist() == [[0, 0, 0], [1, 0, 0], [0, 1, 0]]
    assert leaving_shares(MONTHS, 1.5 * MONTH).tolist() == [[0, 0, 0], [1, 0, 0], [0.5, 0.5, 0]]


def test_nothing_planned_leaves_before_the_first_free_period() -> None:
    assert leaving_shares(MONTHS, MONTH / 2, 1).tolist() == [[0, 0, 0], [0, 1, 0], [0, 0.5, 0.5]]
    assert leaving_shares(MONTHS, 0.0, 3).sum() == 0


def test_what_leaves_late_arrives_after_the_horizon() -> None:
    shares = arriving_shares(MONTHS, MONTH / 4)
    assert shares.tolist() == [[0.75, 0.25, 0], [0, 0.75, 0.25], [0, 0, 0.75]]


def test_cut_weeks_follow_their_days() -> None:
    """January 2027 begins on a Friday: its first week has three days, so that of the seven days of the second
    week, sent three days before, three leave in the first."""
    weeks = Periods.weeks("2027-01", 1)
    edge = edges(weeks)
    assert edge.tolist() == [0, 3, 10, 17, 24, 31]
    assert leaving_shares(edge, 3.0)[1].tolist() == pytest.approx([3 / 7, 4 / 7, 0, 0, 0])
    assert months_of(weeks)[1] == pytest.approx(7 / MONTH)


@pytest.mark.parametrize("days", [0.0, 3.0, 20.0, 30.4375, 47.3, 200.0])
def test_what_arrives_has_left(days: float) -> None:
    total = leaving_shares(MONTHS, days).sum(axis=1)
    assert np.all(np.isclose(total, 1.0) | (total == 0.0))
