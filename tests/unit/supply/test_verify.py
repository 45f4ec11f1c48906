"""A plan is verified without the solver, and a tampered one is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import sandop.supply
from sandop.plan import Plan, Sheet
from sandop.supply import Certificate, SupplyPlan, Verification, check_file, plan_supply, verify_supply
from sandop.supply.checker import check
from supply_cases import no_targets, one_line, red_tomato, steel

Case = tuple[Plan, Sheet, SupplyPlan]


@pytest.fixture(scope="module")
def steel_plan() -> Case:
    made, demand = steel()
    return made, demand, plan_supply(plan=made, demand=demand, targets=no_targets(made))


def verified(case: Case, **changed: object) -> Verification:
    made, demand, result = case
    given = {"plan": made, "demand": demand, "sheets": result.sheets, "certificate": result.certificate, **changed}
    return verify_supply(targets=no_targets(made), **given)  # type: ignore[arg-type]


def messages(outcome: Verification) -> set[str]:
    assert all(finding.text("zh") and finding.remedy() for finding in outcome.findings)
    return {finding.message for finding in outcome.findings}


def tampered(certificate: Certificate, **arrays: object) -> Certificate:
    changed = {**certificate.arrays, **arrays}
    return Certificate(changed, check(changed), certificate.claimed)


def test_an_honest_plan_is_verified(steel_plan: Case) -> None:
    outcome = verified(steel_plan)
    assert outcome.holds
    assert outcome.checked.gap == pytest.approx(0, abs=1e-12)


def test_a_stored_certificate_reads_back_and_is_checked_from_its_file_alone(steel_plan: Case, tmp_path: Path) -> None:
    certificate = steel_plan[2].certificate
    file = tmp_path / "certificate.npz"
    certificate.save(file)
    again = Certificate.load(file)
    assert again.as_row()["primal"] == certificate.primal
    assert np.isnan(again.claimed)
    assert check_file(file) == certificate.checked
    first = file.read_bytes()
    again.save(file)
    assert file.read_bytes() == first


def test_verifying_needs_no_solver(steel_plan: Case, tmp_path: Path) -> None:
    file = tmp_path / "certificate.npz"
    steel_plan[2].certificate.save(file)
    program = (
        "import sys; sys.modules['highspy'] = None\n"
        "from sandop.supply import verify_supply, check_file\n"
        f"from pathlib import Path; print(check_file(Path({str(file)!r})).holds())"
    )
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "True\n"
    )


def test_a_sheet_somebody_changed_is_refused(steel_plan: Case) -> None:
    sheets = dict(steel_plan[2].sheets)
    sheets["production"] = sheets["production"].with_values(sheets["production"].values * 1.01)
    del sheets["closing_stock"]
    outcome = verified(steel_plan, sheets=sheets)
    assert [f.values["sheet"] for f in outcome.findings] == ["closing_stock", "production"]


def test_a_sheet_with_rows_of_its_own_is_refused(steel_plan: Case) -> None:
    made = steel_plan[0]
    more = Sheet.of("lost", made.calendar.horizon, {("bands", "MILL", "ALL"): [0] * 4, ("x", "MILL", "ALL"): [1] * 4})
    assert "supply.verify.sheet_differs" in messages(
        verified(steel_plan, sheets={**steel_plan[2].sheets, "lost": more})
    )


def test_a_plan_for_other_inputs_is_refused(steel_plan: Case) -> None:
    demand = steel_plan[1]
    outcome = verified(steel_plan, demand=demand.with_values(demand.values * 1.1))
    assert "supply.verify.other_program" in messages(outcome)
    assert "row_upper" in str(outcome.findings[0].values["parts"]) or "row_lower" in str(
        outcome.findings[0].values["parts"]
    )


def test_a_plan_for_other_masters_of_another_size_is_refused(steel_plan: Case) -> None:
    made, demand = one_line()
    outcome = verified((made, demand, steel_plan[2]))
    assert messages(outcome) == {"supply.verify.other_program"}


def test_a_plan_that_breaks_a_limit_is_refused(steel_plan: Case) -> None:
    certificate = steel_plan[2].certificate
    x = certificate.arrays["x"].copy()
    x[np.argmax(x)] += 50.0
    assert "supply.verify.limit_broken" in messages(verified(steel_plan, certificate=tampered(certificate, x=x)))


def test_a_plan_that_is_not_the_best_is_refused(steel_plan: Case) -> None:
    certificate = steel_plan[2].certificate
    y = certificate.arrays["y"] * 0.9
    assert messages(verified(steel_plan, certificate=tampered(certificate, y=y))) == {
        "supply.verify.gap",
        "supply.verify.sheet_differs",
    }


def test_whole_workers_are_checked_to_be_whole() -> None:
    made, demand = red_tomato(whole=True)
    result = plan_supply(plan=made, demand=demand, targets=no_targets(made), confirm_top=0)
    x = result.certificate.arrays["x"].copy()
    whole = np.flatnonzero(result.certificate.arrays["whole"])
    x[whole[0]] += 0.5
    assert tampered(result.certificate, x=x).checked.fraction == pytest.approx(0.5)
    outcome = verified((made, demand, result), certificate=tampered(result.certificate, x=x))
    assert "supply.verify.limit_broken" in messages(outcome)


def test_a_certificate_that_is_not_whole_is_refused(steel_plan: Case) -> None:
    arrays = steel_plan[2].certificate.arrays
    with pytest.raises(ValueError, match="lacks"):
        check({name: value for name, value in arrays.items() if name != "y"})
    with pytest.raises(ValueError, match="sizes"):
        check({**arrays, "x": arrays["x"][1:]})
    with pytest.raises(ValueError, match="sizes"):
        check({**arrays, "rows": arrays["rows"] + 10_000})
    with pytest.raises(ValueError, match="not numbers"):
        check({**arrays, "x": arrays["x"] * np.nan})


def test_a_free_quantity_that_prices_would_pay_for_has_no_bound() -> None:
    """least x - y, x + y <= 3, y without limit or cost floor: at price 0 nothing bounds y."""
    arrays = {
        "cost": np.array([1.0, -1.0]),
        "lower": np.zeros(2),
        "upper": np.full(2, np.inf),
        "row_lower": np.array([-np.inf]),
        "row_upper": np.array([3.0]),
        "starts": np.array([0, 1, 2]),
        "rows": np.zeros(2, dtype=int),
        "values": np.ones(2),
        "whole": np.zeros(2, dtype=bool),
        "constant": 0.0,
        "x": np.array([0.0, 3.0]),
        "y": np.array([-1.0]),
    }
    assert check(arrays).gap == 0.0
    assert check({**arrays, "y": np.array([0.0])}).bound == -np.inf
    assert check({**arrays, "y": np.array([5.0])}).bound == -np.inf


def test_the_package_tells_an_unknown_name_plainly() -> None:
    with pytest.raises(AttributeError, match="no attribute 'oracle'"):
        _ = sandop.supply.oracle
