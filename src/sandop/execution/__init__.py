"""Execution: the approved plan as a master production schedule in lots and weeks, and the time fences it keeps."""

from sandop.execution.availability import Availability, availability
from sandop.execution.breaks import FenceBreaks, fence_breaks
from sandop.execution.changeable import first_changeable
from sandop.execution.fences import Fences, fences
from sandop.execution.frozen import frozen_production, kept_weeks
from sandop.execution.lots import by_week, in_lots
from sandop.execution.release import Schedule, release
from sandop.execution.rough_cut import RoughCut, rough_cut, week_load

__all__ = [
    "Availability",
    "FenceBreaks",
    "Fences",
    "RoughCut",
    "Schedule",
    "availability",
    "by_week",
    "fence_breaks",
    "fences",
    "first_changeable",
    "frozen_production",
    "in_lots",
    "kept_weeks",
    "release",
    "rough_cut",
    "week_load",
]
