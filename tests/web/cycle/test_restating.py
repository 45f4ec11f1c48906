"""The accuracy of a cycle, as it was known then and with the history known now."""

from __future__ import annotations

from dataclasses import replace

import cast
import pytest
from month import february
from stage import NOW

from sandop.plan import Sheet
from sandop.scenario import Month, run_steps
from sandop_web.store.models import Company, Cycle, Member
from sandop_web.store.plans import write_version
from sandop_web.store.restating import figures_restated
from small_company import HISTORY

EAST, WEST = ("A", "DC", "E"), ("A", "DC", "W")


def test_a_forecast_that_was_right_is_wrong_once_the_sales_are_restated(company: Company) -> None:
    """December was forecast at its beginning exactly as it sold; then 50 more of A are found in the East."""
    plan = cast.company_plan()
    orders = plan.sheet("orders")
    said = Sheet("demand", orders.rows, HISTORY.slice(35, 36), orders.values[:, 35:])
    plan = replace(plan, vintages={"2025-12": said})
    month = run_steps(month=Month(plan))
    told = {"company": company, "purpose": "plan", "made_by": None, "at": NOW}
    then = write_version(title="January", plan=plan, month=month, **told)
    now = write_version(
        title="February", plan=february({EAST: orders.at(EAST, "2025-12") + 50.0}), month=None, **told
    )
    before = Cycle.objects.create(
        company=company,
        month="2026-01",
        meeting=NOW.date(),
        version=then,
        opened_by=Member.objects.get(person="max"),
        opened_at=NOW,
    )
    figures = {(row["figure"], row["of"]): row for row in figures_restated(before=before, now=now)}
    bias, of_family = figures["forecast_bias", ""], figures["family_wmape", "DOM"]
    assert bias["then"] == pytest.approx(0.0) and float(str(bias["restated"])) < -0.03
    assert of_family["then"] == pytest.approx(0.0) and float(str(of_family["restated"])) > 0.03
    assert figures["fill_rate", ""]["then"] == figures["fill_rate", ""]["restated"]
