"""Milliseconds of the planning grid at 10,000 rows x 18 months: run python tests/bench/grid_bench.py [rows]

A company is written to a new SQLite store, served as people serve it, and opened in headless Chromium. Printed: from
the address to painted numbers, opening all rows, a grand total typed until it is repainted, and 50 x 18 cells pasted
until the server has saved them. Beside them what a plain HTML table of as many numbers takes.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from io_bench import company
from playwright.sync_api import Page, sync_playwright

from sandop.plan import Plan, Sheet
from sandop.scenario import Month

sys.path.insert(0, str(Path(__file__).parents[1] / "journeys"))
from workbench import chromium, served

AT = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
PERSON, PASSWORD = "dana", "grid-bench-2026"
INPUTS, RESULTS = ("sales_forecast", "budget_volume"), ("statistical", "consensus", "demand")
MONTHS, PASTED = 18, 50
RUNS = 5
SHOWN = "?view=demand&levels=item,customer&measures=sales_forecast"

_PAINTED = """() => new Promise((done) => {
  const look = () => (document.querySelector("[id^=cell-]") ? done(performance.now()) : requestAnimationFrame(look));
  look();
})"""
_TYPED = """() => new Promise((done) => {
  const began = performance.now();
  const field = document.getElementById("grid-typing");
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
})"""
_OPENED = """() => new Promise((done) => {
  const began = performance.now();
  document.querySelector("#grid-depth button:last-child").click();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
})"""
_SAVED = """(text) => new Promise((done) => {
  const voice = document.getElementById("grid-live");
  const grid = document.getElementById("grid");
  const clipboard = new DataTransfer();
  clipboard.setData("text/plain", text);
  const began = performance.now();
  let painted = 0;
  new MutationObserver((_, watch) => {
    if (!voice.textContent) return;
    watch.disconnect();
    done([painted, performance.now() - began]);
  }).observe(voice, { childList: true });
  grid.focus();
  document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true }));
  requestAnimationFrame(() => (painted = performance.now() - began));
})"""
_ANSWERED = """() => performance.getEntriesByType("resource")
  .filter(({ name }) => name.includes("/grid/edit/")).map(({ duration }) => duration)"""
_PLAIN = """([rows, months]) => {
  const line = (row) => ({ name: `row ${row}`, ...Array.from({ length: months }, (_, month) => row * month + 0.5) });
  const text = JSON.stringify(Array.from({ length: rows }, (_, row) => line(row)));
  const began = performance.now();
  const cells = (row) => Object.values(row).map((value) => `<td>${value}</td>`).join("");
  const lines = JSON.parse(text).map((row) => `<tr>${cells(row)}</tr>`);
  document.body.innerHTML = `<table>${lines.join("")}</table>`;
  document.body.getBoundingClientRect();
  return performance.now() - began;
}"""


def planned(rows: int) -> tuple[Plan, Month]:
    """Items sold to ten customers, every number of the horizon drawn and none blank."""
    plan = company(rows)
    sold, horizon = plan.sheets["orders"].rows, plan.calendar.horizon
    draw = np.random.default_rng(7)
    drawn = {
        name: Sheet(name, sold, horizon, draw.integers(20, 900, (rows, MONTHS)) * 1.0) for name in INPUTS + RESULTS
    }
    plan = replace(plan, sheets=plan.sheets | {name: drawn[name] for name in INPUTS})
    return plan, Month(plan, sheets={name: drawn[name] for name in RESULTS}, steps=("forecast",))


def founded(rows: int) -> None:
    """The company with its demand planner, in the store that SANDOP_HOME names."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "sandop_web.settings"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from sandop_web.store.models import Company, Member, User, Version
    from sandop_web.store.plans import write_version

    made = Company.objects.create(slug="bench", name="Bench", currency="CNY", made_at=AT)
    user = User.objects.create_user(PERSON, f"{PERSON}@bench.example", PASSWORD)
    Member.objects.create(company=made, user=user, person=PERSON, name="Dana", role="sop_manager")
    plan, month = planned(rows)
    purpose = Version.Purpose.PLAN
    write_version(company=made, title="bench", purpose=purpose, plan=plan, month=month, made_by=None, at=AT)


def told(name: str, milliseconds: list[float], limit: float = 0.0) -> None:
    """The median beside what it may be at most."""
    took = statistics.median(milliseconds)
    most = f"   at most {limit:6.0f} ms{'' if took <= limit else '   OVER'}" if limit else ""
    print(f"{name:<52}{took:9.1f} ms{most}", flush=True)


def signed_in(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("[name=username]", PERSON)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()


def measured(page: Page, grid: str, rows: int) -> None:
    """One line a figure."""
    painted = []
    for _ in range(RUNS):
        page.goto(grid + SHOWN, wait_until="commit")
        painted.append(page.evaluate(_PAINTED))
    told("open the grid, until numbers are painted", painted, 1500)
    page.wait_for_selector("#grid-status:not(:empty)")
    told(f"open all {rows:,} rows", [page.evaluate(_OPENED)])
    told("total typed, until all is repainted", [_total(page, text) for text in ("6000000", "+1%", "*1.01")], 150)
    page.locator("#grid-why-field").fill("bench")
    page.locator("#grid-why-field").press("Enter")
    page.wait_for_selector("#grid-live:not(:empty)", state="attached", timeout=60_000)
    page.wait_for_selector("#planning:not(.saving)", timeout=60_000)
    pasted = [_pasted(page, turn) for turn in range(RUNS)]
    told(f"{PASTED} x {MONTHS} cells pasted, until repainted", [first for first, _ in pasted])
    told(f"{PASTED} x {MONTHS} cells pasted, until saved", [last for _, last in pasted], 300)
    told("of that, until the server had answered", page.evaluate(_ANSWERED)[-RUNS:])
    page.goto("about:blank")
    told(f"for comparison: {rows:,} rows of JSON as an HTML table", [page.evaluate(_PLAIN, [rows, MONTHS])])


def _total(page: Page, text: str) -> float:
    page.locator("#grid").press("Control+Home")
    page.locator("#grid").press("0")
    page.locator("#grid-typing").fill(text)
    took: float = page.evaluate(_TYPED)
    page.locator("#grid").focus()
    return took


def _pasted(page: Page, turn: int) -> tuple[float, float]:
    """From the paste to the repaint, and to the word of the server."""
    cells = [[str(1000 * (turn + 1) + row + month) for month in range(MONTHS)] for row in range(PASTED)]
    page.locator("#grid").press("Control+Home")
    page.locator("#grid").press("ArrowDown")
    page.locator("#grid").press("ArrowDown")
    first, last = page.evaluate(_SAVED, "\n".join("\t".join(row) for row in cells))
    return first, last


def main() -> int:
    """Zero where everything could be measured; without Chromium there is nothing to measure."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    if not chromium():
        print("Chromium is not installed: left out")
        return 0
    with tempfile.TemporaryDirectory() as home:
        os.environ["SANDOP_HOME"] = home
        founded(rows)
        with served(Path(home)) as address, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            signed_in(page, address)
            measured(page, f"{address}/c/bench/plan/1/grid/", rows)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
