"""The example client and the notebook work as they are printed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import cast
import pytest
from programs import ProgramOf
from pytest_django.live_server_helper import LiveServer

from sandop.io import write_folder
from sandop_web.store.models import Version

DOCS = Path(__file__).parents[3] / "docs"
sys.path.insert(0, str(DOCS))

from api_client import Refused, Sandop  # noqa: E402

ROW = list(cast.company_plan().sheets["orders"].rows.keys[0])


def _code() -> list[str]:
    cells = json.loads((DOCS / "notebook.ipynb").read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


@pytest.mark.django_db(transaction=True)
def test_the_example_client_reads_edits_and_hears_refusals(
    live_server: LiveServer, program_of: ProgramOf, version: Version
) -> None:
    sop = Sandop(live_server.url, company="small", token=program_of("dana").key)
    assert sop.get("/me")["person"] == "dana"
    rows = list(sop.rows(f"/versions/{version.pk}/reports/kpis", limit=4))
    assert len(rows) == sop.get(f"/versions/{version.pk}/reports/kpis")["total"] > 4
    cell = {"measure": "sales_forecast", "row": ROW, "period": "2026-01", "expected": None, "value": 7.0}
    assert sop.edit(version.pk, [cell], why="an order")
    with pytest.raises(Refused) as no:
        sop.edit(version.pk, [cell], why="the same order")
    assert (no.value.status, no.value.conflicts[0]["found"]) == (409, 7.0)
    job = sop.post(f"/versions/{version.pk}/run", why="with the order")["job"]
    sop.post(f"/jobs/{job}/cancel")
    assert sop.wait(job, every=0.01)["state"] == "cancelled"


def test_the_library_part_of_the_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(cast.company_plan(), tmp_path / "plan")
    monkeypatch.setenv("SANDOP_PLAN", str(tmp_path / "plan"))
    told: dict[str, object] = {}
    for code in _code():
        if "api_client" in code:
            break
        exec(code, told)
    assert {"orders", "month"} <= told.keys()


@pytest.mark.django_db(transaction=True)
def test_the_api_part_of_the_notebook_runs(
    live_server: LiveServer, program_of: ProgramOf, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No worker runs here, so the job is called off as soon as it is waited for."""
    told: dict[str, object] = {}
    exec("import os\nimport numpy as np\nimport polars as pl", told)
    for name, value in (("URL", live_server.url), ("COMPANY", "small"), ("TOKEN", program_of("dana").key)):
        monkeypatch.setenv(f"SANDOP_{name}", value)
    monkeypatch.setattr(Sandop, "wait", lambda sop, job: sop.post(f"/jobs/{job}/cancel") or sop.get(f"/jobs/{job}"))
    for code in _code()[3:]:
        exec(code, told)
    assert told["ended"]["state"] == "cancelled"
    assert told["compared"]["measures"][0]["measure"] == "sales_forecast"
