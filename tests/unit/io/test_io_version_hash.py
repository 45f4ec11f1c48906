"""One hash names a version, wherever it is kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sandop.calendar import Periods
from sandop.io import publish, version_hash
from sandop.plan import Sheet

SHEETS = {"demand": Sheet.of("demand", Periods.months("2026-01", 2), {("A", "DC", "E"): [1.0, np.nan]})}
REPORTS = {"kpis": [{"kpi": "fill_rate", "value": 0.97}], "nothing": []}


def test_the_name_of_a_published_folder_is_the_hash_of_its_content(tmp_path: Path) -> None:
    wanted = version_hash(input_hash="aa", sheets=SHEETS, reports=REPORTS)
    signed = {"start": "2026-01", "who": "eve", "when": "2026-01-21"}
    assert publish(tmp_path, sheets=SHEETS, reports=REPORTS, input_hash="aa", **signed) == wanted


def test_inputs_results_and_reports_each_count() -> None:
    other = {"demand": SHEETS["demand"].filled()}
    hashes = {
        version_hash(input_hash="aa", sheets=SHEETS, reports=REPORTS),
        version_hash(input_hash="bb", sheets=SHEETS, reports=REPORTS),
        version_hash(input_hash="aa", sheets=other, reports=REPORTS),
        version_hash(input_hash="aa", sheets=SHEETS, reports={}),
    }
    assert len(hashes) == 4
