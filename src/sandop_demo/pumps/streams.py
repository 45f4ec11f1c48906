"""What sales says: people with habits, each forecasting the customers he or she answers for.

A forecast = habit x noise x (knowledge x what is coming + (1 - knowledge) x the same month a year ago). Knowledge
is what the person feels of the market's mean; the rest is last year's number, as people do. Nobody sees orders
that have not come. Made in month m, it knows the orders up to m - 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.plan import Sheet
from sandop_demo.pumps.customers import BUYER
from sandop_demo.pumps.world import HISTORY, World
from sandop_demo.seeds import stream
from sandop_demo.sheets import spoken

Values = NDArray[np.float64]

FIRST_SPOKEN = 24  # month of history from which past forecasts are kept: 2024-01
YEAR = 12


@dataclass(frozen=True)
class Habit:
    """How a person forecasts.

    bias        factor on everything; quarter_end adds to the last month of a quarter (hockey stick)
    knowledge   weight of what is coming against last year's number, share
    noise       scatter of a single number, share
    speaks      months ahead for which the person says anything
    step        numbers are rounded to this
    """

    person: str
    habit: str
    bias: float
    quarter_end: float
    knowledge: float
    noise: float
    speaks: int
    step: float


HABITS = (
    Habit("zhao", "optimist", 1.11, 0.05, 0.5, 0.06, 18, 5.0),
    Habit("sun", "sandbagger", 0.88, 0.0, 0.5, 0.05, 12, 5.0),
    Habit("lin", "careful", 1.00, 0.0, 0.8, 0.04, 6, 1.0),
    Habit("he", "knows the projects", 1.03, 0.0, 0.7, 0.08, 12, 1.0),
    Habit("gao", "anchored on last year", 1.02, 0.0, 0.1, 0.03, 18, 20.0),
)
HABIT = {habit.person: habit for habit in HABITS}


def sales_forecast(world: World) -> Sheet:
    """What sales says at the start of the plan, (row, month); blank where nobody speaks."""
    ahead = np.arange(world.months)
    values = _said(world, HISTORY, ahead)
    return spoken(Sheet("sales_forecast", world.market.rows, world.horizon, values))


def past_forecasts(world: World, start: int, stop: int) -> Sheet:
    """What was said of each drawn month start..stop before it began (lag 1), (row, month)."""
    columns = [
        _said(world, month, np.array([0]))[:, 0] if month >= FIRST_SPOKEN else np.full(len(world.market.rows), np.nan)
        for month in range(start, stop)
    ]
    values = np.stack(columns, axis=1)
    months = world.drawn.slice(start, stop)
    return spoken(Sheet("sales_forecast_past", world.market.rows, months, values))


def _said(world: World, made: int, ahead: NDArray[np.int64]) -> Values:
    """What everyone says in month `made` of the months `ahead` of it (0 is `made` itself), (row, ahead)."""
    rows = world.market.rows
    coming = world.market.mean[:, made + ahead]
    a_year_ago = np.where(
        _unsold_a_year_ago(world, made + ahead), coming, _a_year_ago(world.market.orders[:, :made], made + ahead)
    )
    person = np.array([BUYER[customer].salesperson for customer in rows.column("customer")])
    values = np.full(coming.shape, np.nan)
    for habit in HABITS:
        mine = person == habit.person
        view = habit.knowledge * coming[mine] + (1 - habit.knowledge) * a_year_ago[mine]
        view = np.where(coming[mine] == 0, 0.0, view) * _leaning(world, habit, made, made + ahead, int(mine.sum()))
        values[mine] = np.where(ahead < habit.speaks, np.round(view / habit.step) * habit.step, np.nan)
    return values


def _a_year_ago(known: Values, months: NDArray[np.int64]) -> Values:
    """Orders of the same month in the last year that is known, (row, month)."""
    last = known.shape[1] - 1
    years = -(-np.maximum(months - last, 1) // YEAR)
    return known[:, np.maximum(months - YEAR * years, 0)]


def _unsold_a_year_ago(world: World, months: NDArray[np.int64]) -> NDArray[np.bool_]:
    """True where the item was not sold a year before: there is no number to lean on, (row, month)."""
    launch = {one.item: world.periods.position.get(one.launch, 0) for one in world.finished}
    first = np.array([launch[item] for item in world.market.rows.column("item")])
    return np.asarray((first[:, None] > 0) & (months[None, :] - YEAR < first[:, None]))


def _leaning(world: World, habit: Habit, made: int, months: NDArray[np.int64], count: int) -> Values:
    """Bias, hockey stick and noise, (row, month): one stream per person and month in which the forecast is made."""
    draw = stream(world.seed, "sales", habit.person, world.periods.labels[made])
    noise = draw.normal(1, habit.noise, (24, count))[: len(months)].T
    return np.asarray(habit.bias * (1 + habit.quarter_end * (months % 3 == 2)) * noise)
