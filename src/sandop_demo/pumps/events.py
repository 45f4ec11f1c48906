"""What happens to demand besides level, season and festival: dated events, known or yet to come."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods, month_number
from sandop_demo.pumps.customers import BUYER

Values = NDArray[np.float64]

LOST_CUSTOMER = ("DIST-N2", "2025-09")  # customer, first month without orders
PROMOTION = ("2024-09", "DOM", "East", 0.35, -0.12)  # month, family, region, gain, loss in the month after
PRE_BUYING = ("2024-02", 0.06, -0.06)  # month before the price rise, gain, loss in the month after
RISE_EFFECT = -0.02  # lasting loss of demand from the price rise
STOCK_OUTS = (  # item, site, month, share of the month without stock
    ("DOM-J075", "DC-E", "2024-06", 0.35),
    ("DOM-J075", "DC-E", "2024-07", 0.50),
    ("SEW-W220", "DC-S", "2025-05", 0.30),
)
LAUNCH_RAMP = 8  # months to grow to the steady demand
GONE_RAMP = 6  # months in which an item that leaves loses its demand
CANNIBALS = {"CIR-R100": ("2024-05", 0.25)}  # item that loses: month of the launch that takes from it, share
# What will come of the trade-in campaign that marketing plans (it hopes for 25 %).
CAMPAIGN = ("2026-06", "DOM", "South", 0.17, 0.3)  # month, family, region, gain, share of it bought forward


def effects(family: str, customer: str, periods: Periods) -> Values:
    """Factor of all events on the demand of one family and customer, (period,)."""
    now = np.array([month_number(label) for label in periods.labels], dtype=np.float64)
    events = _lost(customer, now) * _promoted(family, customer, now) * _price_rise(family, now)
    return events * _campaign(family, customer, now)


def life(item: str, launch: str, phase_out: str, periods: Periods) -> Values:
    """Growth of a new item and fading of one that leaves, (period,)."""
    now = np.array([month_number(label) for label in periods.labels], dtype=np.float64)
    share = np.ones(len(periods))
    if launch:
        share *= np.clip((now - month_number(launch) + 1) / LAUNCH_RAMP, 0, 1)
    if phase_out:
        share *= np.clip((month_number(phase_out) - now + 1) / GONE_RAMP, 0, 1)
    if item in CANNIBALS:
        month, taken = CANNIBALS[item]
        share *= 1 - taken * np.clip((now - month_number(month) + 1) / LAUNCH_RAMP, 0, 1)
    return share


def _lost(customer: str, now: Values) -> Values:
    lost, month = LOST_CUSTOMER
    return np.where((customer == lost) & (now >= month_number(month)), 0.0, 1.0)


def _promoted(family: str, customer: str, now: Values) -> Values:
    month, promoted, region, gain, loss = PROMOTION
    if family != promoted or BUYER[customer].region != region:
        return np.ones(len(now))
    return _at(now, month, gain, loss)


def _price_rise(family: str, now: Values) -> Values:
    month, gain, loss = PRE_BUYING
    if family not in ("DOM", "GAR", "CIR", "SEW"):
        return np.ones(len(now))
    return _at(now, month, gain, loss) * np.where(now > month_number(month), 1 + RISE_EFFECT, 1.0)


def _campaign(family: str, customer: str, now: Values) -> Values:
    month, promoted, region, gain, forward = CAMPAIGN
    if family != promoted or BUYER[customer].region != region:
        return np.ones(len(now))
    return _at(now, month, gain, -forward * gain)


def _at(now: Values, month: str, gain: float, loss: float) -> Values:
    place = now - month_number(month)
    return np.where(place == 0, 1 + gain, np.where(place == 1, 1 + loss, 1.0))
