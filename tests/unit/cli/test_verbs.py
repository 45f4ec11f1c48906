"""The command line as a planner uses it: every verb on a small company, and what it says when something is wrong."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sandop.io import read_folder, write_folder
from sandop.plan import input_hash
from sandop_cli.main import VERBS, main
from small_company import plan


def sandop(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The small company, its month run and signed by Eve."""
    folder = tmp_path_factory.mktemp("companies") / "small"
    write_folder(plan(), folder)
    ran = sandop("run", folder, "--by", "eve", "--why", "agreed")
    assert ran.exit_code in (0, 1), ran.output
    yield folder


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    write_folder(plan(), tmp_path / "small")
    return tmp_path / "small"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_with_an_example(verb: str) -> None:
    help_text = sandop(verb, "--help")
    assert help_text.exit_code == 0
    assert "Example:" in help_text.output and f"sandop {verb}" in help_text.output


def test_the_help_lists_the_month() -> None:
    assert all(verb in sandop("--help").output for verb in VERBS)
    assert sandop("plan").exit_code == 2


def test_a_clean_folder_has_nothing_to_mend(fresh: Path) -> None:
    checked = sandop("check", fresh)
    assert checked.exit_code == 0, checked.output
    assert "Small Pumps: 3 items" in checked.output


def test_check_names_file_row_column_and_remedy_in_the_readers_language(fresh: Path) -> None:
    items = fresh / "items.csv"
    items.write_text(items.read_text(encoding="utf-8").replace("DOM", "DOMM", 1), encoding="utf-8")
    english, chinese = sandop("check", fresh), sandop("check", fresh, "--lang", "zh")
    assert english.exit_code == chinese.exit_code == 2
    assert "items.csv, row 2, family" in english.output and "→" in english.output
    assert "未加载任何数据" in chinese.output


def test_check_speaks_json_to_machines(fresh: Path) -> None:
    (fresh / "lanes.csv").write_text("origin,destination\nP,MOON\n", encoding="utf-8")
    answer = json.loads(sandop("check", fresh, "--json").output)
    assert answer["counts"]["error"] >= 1
    assert {"file", "row", "column", "what", "remedy"} <= set(answer["findings"][0])


def test_a_month_leaves_results_a_signed_version_a_schedule_and_a_pack(company: Path) -> None:
    assert (company / "results" / "month.json").is_file()
    assert len(list((company / "versions").glob("*/version.json"))) == 1
    assert len(list((company / "releases").glob("*/mps.csv"))) == 1
    assert len(list((company / "packs").glob("*.xlsx"))) == 1


def test_the_month_ends_in_a_directors_words(company: Path) -> None:
    said = sandop("run", company, "--by", "eve", "--why", "agreed").output
    for words in ("Small Pumps", "This company is invented", "the budget of", "Short: Assembly, in", "To decide:"):
        assert words in said, words
    assert "总装线" in sandop("run", company, "--by", "eve", "--why", "同意", "--lang", "zh").output


def test_running_again_gives_the_same_version(company: Path) -> None:
    sandop("run", company, "--by", "eve", "--why", "agreed again")
    assert len(list((company / "versions").glob("*/version.json"))) == 1


def test_without_a_signer_nothing_is_approved_or_released(fresh: Path) -> None:
    ran = sandop("run", fresh)
    assert "Nobody has signed" in ran.output
    assert not (fresh / "versions").exists() and not (fresh / "releases").exists()


def test_each_step_says_what_came_out(fresh: Path) -> None:
    assert "3 series forecast over 12 months" in sandop("forecast", fresh).output
    assert "Unconstrained demand" in sandop("demand", fresh).output
    assert "Proven: no plan can cost less" in sandop("supply", fresh).output
    assert "revenue" in sandop("finance", fresh).output


def test_a_step_runs_the_steps_before_it(fresh: Path) -> None:
    answer = json.loads(sandop("supply", fresh, "--json").output)
    assert 0 < answer["served"] <= 1
    assert answer["certificate"]["status"] == "proven"


def test_changed_inputs_make_results_old(fresh: Path) -> None:
    sandop("supply", fresh)
    sheet = fresh / "capacity_regular.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("560", "570"), encoding="utf-8")
    assert "inputs have changed" in sandop("finance", fresh).output


def test_verify_needs_no_solver_and_finds_a_changed_number(fresh: Path) -> None:
    sandop("supply", fresh)
    held = sandop("verify", fresh)
    assert held.exit_code == 0 and "certificate holds" in held.output
    production = fresh / "results" / "production.csv"
    lines = production.read_text(encoding="utf-8").splitlines()
    lines[1] = ",".join([lines[1].split(",")[0], *["1"] * 12])
    production.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert sandop("verify", fresh).exit_code == 2


def test_only_the_arbiter_signs(fresh: Path) -> None:
    sandop("run", fresh)
    refused = sandop("approve", fresh, "--by", "sam", "--why", "agreed")
    assert refused.exit_code == 2 and "final arbiter" in refused.output and "eve" in refused.output
    unknown = sandop("approve", fresh, "--by", "mallory", "--why", "agreed", "--lang", "zh")
    assert unknown.exit_code == 2 and "mallory" in unknown.output
    assert json.loads(sandop("approve", fresh, "--by", "sam", "--why", "x", "--json").output)["refused"]


def test_an_approval_names_hashes_and_conditions(fresh: Path) -> None:
    sandop("run", fresh)
    signed = sandop("approve", fresh, "--by", "eve", "--why", "agreed", "--condition", "overtime capped", "--json")
    answer = json.loads(signed.output)
    record = json.loads((fresh / "versions" / answer["version"] / "version.json").read_text(encoding="utf-8"))
    assert record["conditions"] == ["agreed", "overtime capped"]
    assert record["input_hash"] == answer["input_hash"] == input_hash(read_folder(fresh).plan)  # type: ignore[arg-type]


def test_nothing_is_released_before_it_is_signed(fresh: Path) -> None:
    sandop("run", fresh)
    assert sandop("release", fresh).exit_code == 2


def test_diff_shows_totals_and_cells(company: Path) -> None:
    version = json.loads(sandop("approve", company, "--by", "eve", "--why", "agreed", "--json").output)["version"]
    same = sandop("diff", company, version[:8], "now")
    assert same.exit_code == 0 and "same numbers" in same.output
    sheet = company / "capacity_regular.csv"
    before = sheet.read_text(encoding="utf-8")
    try:
        sheet.write_text(before.replace("560", "600"), encoding="utf-8")
        sandop("supply", company)
        changed = sandop("diff", company, version[:8], "now", "--measure", "production")
        assert changed.exit_code == 1 and "cells differ" in changed.output and "A@P" in changed.output
        rows = json.loads(sandop("diff", company, version[:8], "now", "--measure", "production", "--json").output)
        assert rows["cells"] and rows["totals"]
        assert all(abs(row["change"] - (row["after"] - row["before"])) < 1e-6 for row in rows["cells"])
    finally:
        sheet.write_text(before, encoding="utf-8")
    assert sandop("diff", company, "ffff", "now").exit_code == 2


def test_folder_and_workbook_are_the_same_plan(fresh: Path, tmp_path: Path) -> None:
    book, back = tmp_path / "small.xlsx", tmp_path / "back"
    assert sandop("convert", fresh, book).exit_code == 0
    assert sandop("convert", book, back).exit_code == 0
    hashes = {input_hash(loaded.plan) for loaded in (read_folder(fresh), read_folder(back)) if loaded.plan}
    assert len(hashes) == 1
    assert sandop("convert", book, back).exit_code == 2, "a folder that is in use is not overwritten"


def test_a_template_is_a_folder_to_fill(tmp_path: Path) -> None:
    made = sandop("template", tmp_path / "mine", "--name", "Mine", "--currency", "EUR", "--start", "2026-01")
    assert made.exit_code == 0, made.output
    assert "item,name,name_zh,family" in (tmp_path / "mine" / "items.csv").read_text(encoding="utf-8")
    assert "# First planned month" in (tmp_path / "mine" / "plan.toml").read_text(encoding="utf-8")
    assert "traceback" not in sandop("check", tmp_path / "mine").output.lower()
    assert sandop("supply", tmp_path / "mine").exit_code == 2
    assert (
        sandop("template", tmp_path / "mine", "--name", "M", "--currency", "EUR", "--start", "2026-01").exit_code == 2
    )
    assert (
        "not a month" in sandop("template", tmp_path / "x", "--name", "M", "--currency", "E", "--start", "26").output
    )


def test_past_forecasts_are_made_once_and_kept(fresh: Path) -> None:
    assert sandop("vintages", fresh, "--count", "2").exit_code == 0
    files = sorted((fresh / "vintages").glob("*.csv"))
    assert [file.stem for file in files] == ["2025-11", "2025-12"]
    before = files[0].read_bytes()
    assert "0 past forecasts" in sandop("vintages", fresh, "--count", "2").output
    assert files[0].read_bytes() == before
    demand = json.loads(sandop("demand", fresh, "--json").output)
    assert demand["demand"] > 0


def test_a_long_table_is_forecast_in_kind(tmp_path: Path) -> None:
    lines = ["unique_id,ds,y"] + [f"s,{2020 + i // 12}-{i % 12 + 1:02d},{100 + 10 * (i % 12)}" for i in range(48)]
    (tmp_path / "in.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = sandop("forecast", tmp_path / "in.csv", "--horizon", "6", "--out", tmp_path / "out.csv")
    assert done.exit_code == 0, done.output
    first = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert first[0] == "unique_id,ds,forecast,p10,p50,p90"
    assert first[1].startswith("s,2024-01,")
    assert len(first) == 7


def test_a_long_table_with_faults_is_refused_with_their_rows(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("unique_id,ds,y\ns,2020-01,abc\n", encoding="utf-8")
    refused = sandop("forecast", tmp_path / "in.csv", "--horizon", "6", "--out", tmp_path / "out.csv")
    assert refused.exit_code == 2 and "row 2" in refused.output
    assert sandop("forecast", tmp_path / "in.csv").exit_code == 2
    assert not (tmp_path / "out.csv").exists()


def test_what_is_no_plan_is_said_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(b"not a workbook")
    for source in (tmp_path / "book.xlsx", tmp_path):
        refused = sandop("check", source)
        assert refused.exit_code == 2 and "Traceback" not in refused.output


def test_the_cycle_is_counted_back_from_the_meeting_in_working_days() -> None:
    """The S&OP meeting of January 2026 on Thursday the 29th; 1 January is a holiday."""
    shown = sandop("cycle", "--meeting", "2026-01-29")
    assert shown.exit_code == 0, shown.output
    assert "2026-01-29" in shown.output and "S&OP meeting" in shown.output and "General manager" in shown.output
    step = sandop("cycle", "--meeting", "2026-01-29", "--step", "demand_review", "--lang", "zh")
    assert "需求评审" in step.output and "检查清单" in step.output
    assert sandop("cycle", "--meeting", "2026-02-01").exit_code == 2, "a Sunday"
    assert "XQ" in sandop("cycle", "--meeting", "2026-01-29", "--country", "XQ").output


def test_gaps_and_repeated_rows_of_a_long_table_are_named(tmp_path: Path) -> None:
    """One month is missing: the forecast is made, and the gap is said. One month twice: refused, with its row."""
    months = [f"2020-{month:02d}" for month in (1, 2, 3, 5, 6, 7)]
    for name, labels, code, word in (("gap", months, 0, "zero demand"), ("twice", [*months, "2020-07"], 2, "row 8")):
        lines = ["unique_id,ds,y", *(f"s,{label},10" for label in labels)]
        (tmp_path / "in.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        done = sandop("forecast", tmp_path / "in.csv", "--horizon", "2", "--out", tmp_path / f"{name}.csv")
        assert (done.exit_code, word in done.output) == (code, True), done.output
    assert (tmp_path / "gap.csv").exists() and not (tmp_path / "twice.csv").exists()


def test_a_folder_with_packs_in_it_checks_as_before(fresh: Path) -> None:
    before = sandop("check", fresh, "--json").output
    (fresh / "packs").mkdir()
    assert sandop("check", fresh, "--json").output == before


def test_a_run_that_nobody_may_sign_is_refused_before_it_computes(fresh: Path) -> None:
    for words in (("--by", "sam", "--why", "agreed"), ("--by", "eve")):
        assert sandop("run", fresh, *words).exit_code == 2
    assert not (fresh / "results").exists()
