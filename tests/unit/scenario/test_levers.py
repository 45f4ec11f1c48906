"""What pulling a lever costs."""

from typing import Any

import numpy as np
import pytest

from sandop.network import Resources
from sandop.scenario.levers import _extra_hour

REGULAR = {"resource": "LINE", "site": "P", "regular_cost": 40.0, "overtime_cost": 60.0}
STAFFED = {**REGULAR, "hours_per_worker": 160.0, "wage": 8000.0}


@pytest.mark.parametrize(
    ("line", "beyond"),
    [
        (REGULAR, 20.0),
        ({**REGULAR, "extra_cost": 75.0}, 35.0),
        ({**REGULAR, "extra_cost": 30.0}, 0.0),
        (STAFFED, 50.0),
        ({**STAFFED, "wage": 1600.0}, 20.0),
        ({**STAFFED, "extra_cost": 75.0}, 35.0),
    ],
)
def test_an_extra_hour_costs_overtime_or_its_workers_wage(line: dict[str, Any], beyond: float) -> None:
    """Beyond the regular 40: overtime 20; an hour of a worker paid 8,000 for 160 hours is 50; a price said wins."""
    assert np.isclose(_extra_hour(Resources.of([line]), 0), beyond)
