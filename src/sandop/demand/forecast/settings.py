"""How a forecast is to be made."""

from __future__ import annotations

from dataclasses import dataclass

# However short the season, this many periods are looked at where they are there.
LEAST_PERIODS = 240


@dataclass(frozen=True, kw_only=True)
class ForecastSettings:
    """
    season          periods in a season: 12 for months
    learned         whether a learned correction may improve the mean where it proves itself
    cleansed        whether single months far out of line are mended before fitting
    longest         seasons of history looked at; what is older says little
    least_window    observations an earlier origin must have had to judge by it
    most_windows    earlier origins looked back from, over all series: bounds time and memory
    most_rows       rows the learned correction is trained on
    """

    season: int = 12
    learned: bool = True
    cleansed: bool = True
    longest: int = 20
    least_window: int = 24
    most_windows: int = 24_000
    most_rows: int = 150_000

    @property
    def most_periods(self) -> int:
        """Periods of history looked at."""
        return max(self.longest * self.season, LEAST_PERIODS)

    def __post_init__(self) -> None:
        for name in ("season", "longest", "least_window", "most_windows", "most_rows"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be 1 or more, got {getattr(self, name)}")
