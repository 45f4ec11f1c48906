"""What the command line says when a month is odd, a file cannot be written, or the command itself is wrong."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from sandop.calendar import Periods
from sandop.io import write_folder
from sandop.network import Lanes, Network
from sandop.plan import Plan, Settings, Sheet
from sandop_cli.main import main
from small_company import HORIZON, plan, without


def sandop(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def folder_of(tmp_path: Path) -> Callable[[Plan], Path]:
    def written(made: Plan) -> Path:
        write_folder(made, tmp_path / "small")
        return tmp_path / "small"

    return written


def _with(made: Plan, section: str, **settings: object) -> Plan:
    said = made.settings.model_dump()
    said[section].update(settings)
    return replace(made, settings=Settings.model_validate(said))


def _no_lanes(made: Plan) -> Plan:
    return made.with_network(Network.of(**{**made.network.tables(), "lanes": Lanes.of()}))


def test_what_a_month_noticed_is_said_again_when_it_is_opened_again(folder_of: Callable[[Plan], Path]) -> None:
    folder = folder_of(plan())
    first, second = sandop("run", folder), sandop("run", folder)
    assert "over its capacity" in first.output and "over its capacity" in second.output
    assert first.exit_code == second.exit_code == 1
    anew = json.loads(sandop("supply", folder, "--json").output)
    assert not any(found["message"] == "week_over_capacity" for found in anew["findings"]), "its schedule is gone"


@pytest.mark.parametrize(
    "words",
    [
        ("check", "/no/such/folder"),
        ("approve", "."),
        ("plan",),
        ("template", "x", "--name", "X", "--currency", "EUR", "--start", "26"),
        ("cycle", "--meeting", "2026-02-01"),
        ("cycle", "--meeting", "2026-02-02", "--country", "XQ"),
        ("template", ".", "--name", "X", "--currency", "EUR", "--start", "2026-01"),
    ],
)
def test_a_machine_gets_one_object_for_every_mistake(words: tuple[str, ...]) -> None:
    answered = sandop(*words, "--json")
    said = json.loads(answered.output)
    assert answered.exit_code == 2 and (said.get("error") or said.get("refused"))


def test_help_needs_no_object() -> None:
    assert sandop("check", "--json", "--help").exit_code == 0


def test_a_blank_number_is_null_to_a_machine(capsys: pytest.CaptureFixture[str]) -> None:
    from sandop_cli.screen import write_answer

    write_answer({"used": float("nan"), "limit": float("inf"), "rows": [{"value": np.float64(2.5)}]})
    assert json.loads(capsys.readouterr().out) == {"used": None, "limit": None, "rows": [{"value": 2.5}]}


def test_a_file_that_cannot_be_written_is_said_in_words(folder_of: Callable[[Plan], Path]) -> None:
    folder = folder_of(plan())
    (folder / "packs").write_text("a file where the packs should go", encoding="utf-8")
    for words in (("run", folder), ("convert", folder, folder / "plan.toml")):
        refused, spoken = sandop(*words, "--lang", "zh"), sandop(*words, "--json")
        assert refused.exit_code == spoken.exit_code == 2
        assert isinstance(refused.exception, SystemExit) and "原有内容未受影响" in refused.output
        assert json.loads(spoken.output)["error"]


def test_stopped_from_the_keyboard_it_says_so(
    folder_of: Callable[[Plan], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sandop_cli.verbs.steps.open_desk", stopped)
    ended = sandop("run", folder_of(plan()))
    assert ended.exit_code == 130 and "Nothing is half written" in ended.output


def test_damaged_results_are_not_called_changed_inputs(folder_of: Callable[[Plan], Path]) -> None:
    folder = folder_of(plan())
    sandop("demand", folder)
    (folder / "results" / "demand.csv").write_text("x\n", encoding="utf-8")
    said = sandop("demand", folder).output
    assert "results have been changed" in said and "inputs have changed" not in said


def test_a_month_that_is_all_there_is_still_says_its_revenue(folder_of: Callable[[Plan], Path]) -> None:
    """One planned month, and no actuals that would make up a year with it."""
    made = _with(plan(), "time", months=1)
    months = Periods.months("2026-01", 1)
    cut = {
        name: Sheet(name, sheet.rows, months, sheet.values[:, :1]) if sheet.periods == HORIZON else sheet
        for name, sheet in made.sheets.items()
    }
    said = sandop("run", folder_of(replace(made, sheets=cut))).output
    assert "2026-01: revenue 57," in said


def test_a_year_without_sales_says_so(folder_of: Callable[[Plan], Path]) -> None:
    made = plan()
    silent = {name: made.sheets[name].with_values(made.sheets[name].values * 0) for name in ("orders", "shipments")}
    assert "2026: revenue 0 CNY" in sandop("run", folder_of(made.with_sheets(**silent))).output


def test_above_budget_there_is_no_gap_to_cover(folder_of: Callable[[Plan], Path]) -> None:
    made = plan()
    said = sandop(
        "run",
        folder_of(
            made.with_sheets(
                budget_revenue=made.sheet("budget_revenue").with_values(made.sheet("budget_revenue").values / 2)
            )
        ),
    ).output
    assert "above the budget" in said and "of the gap" not in said


def test_demand_that_nothing_can_bring_is_not_called_served(folder_of: Callable[[Plan], Path]) -> None:
    """Without lanes the distribution centre sells its opening stock and then nothing."""
    said = sandop("run", folder_of(_no_lanes(plan())))
    assert said.exit_code == 1
    assert "Nothing is short" not in said.output and "No limit is short, yet 3 demand series" in said.output
    assert "nothing brings more of it" in said.output and "Demand series that nothing supplies: 3" in said.output


def test_a_plan_of_given_demand_has_nothing_to_forecast(folder_of: Callable[[Plan], Path]) -> None:
    made = without(plan(), "orders", "shipments", "revenue_actual")
    given = Sheet.of("demand_given", HORIZON, {("A", "DC", "E"): [100.0] * 12})
    said = sandop("forecast", folder_of(made.with_sheets(demand_given=given)))
    assert said.exit_code in (0, 1) and "nothing to forecast" in said.output


def test_a_decision_shows_what_it_earns_beside_its_worth_in_penalties(folder_of: Callable[[Plan], Path]) -> None:
    said = sandop("run", folder_of(plan())).output
    assert "10% more hours" in said and "earns " in said and "at the plan's penalties" in said


def test_forecasts_go_to_csv_or_parquet_only(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("unique_id,ds,y\na,2026-01,5\n", encoding="utf-8")
    refused = sandop("forecast", tmp_path / "in.csv", "--horizon", "3", "--out", tmp_path / "out.xlsx")
    assert refused.exit_code == 2 and ".parquet" in refused.output and not (tmp_path / "out.xlsx").exists()
