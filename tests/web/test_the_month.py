"""A month of the small company, told through its pages: from the data close of January to the cycle of February.

Fiona, Olaf and Eve read Chinese, the others English. Wes says nothing all month. The castings are short and so are
the hours of LINE; a scenario with more overtime comes into the plan after the supply review was signed and opened
again. Every form is sent as it stands on its page.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import cast
import pytest
from browsing import AtTheBrowser
from django.core.files.uploadedfile import SimpleUploadedFile
from jobs_stage import do, zipped
from stage import NOW, Browser

from sandop.cycle import step as template
from sandop.io import check, version_hash
from sandop.plan import input_hash
from sandop.scenario import kept_month
from sandop_web.jobs.brought import look_through
from sandop_web.store import jobs
from sandop_web.store.models import ActionItem, Company, Decision, Signature, User, Version
from sandop_web.store.plans import write_version

IN_CHINESE = ("fiona", "olaf", "eve")
SALES_FORECAST, OVERTIME = "sheet/sales_forecast/", "sheet/capacity_overtime/"
At = Callable[[str], AtTheBrowser]


class Calendar:
    """The day of the story; no clock of the machine is asked."""

    def __init__(self) -> None:
        self.now = NOW

    def is_now(self, day: str) -> None:
        self.now = dt.datetime.combine(dt.date.fromisoformat(day), NOW.timetz())


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    """Nine in the morning of whatever day the story has come to."""
    told = Calendar()
    monkeypatch.setattr("django.utils.timezone.now", lambda: told.now)
    return told


@pytest.fixture
def version(company: Company) -> Version:
    """January's plan as it was read from a file; nobody has run it yet."""
    plan = look_through(name="january.zip", content=zipped()).plan
    assert plan is not None
    return write_version(
        company=company, title="2026-01", purpose="plan", plan=plan, month=None, made_by=None, at=NOW
    )


@pytest.fixture
def at(client_of: Browser) -> At:
    """`at("sally")`: Sally at her browser, signed in today, in her language."""
    User.objects.filter(username__in=IN_CHINESE).update(language="zh")
    return lambda person: AtTheBrowser(client_of(person))


def test_the_month_from_data_close_to_the_next_cycle(
    at: At, calendar: Calendar, version: Version, tmp_path: Path
) -> None:
    _the_cycle_is_opened(at)
    _month_is_run(at, "dana", version.pk)
    _the_data_are_closed(at)
    calendar.is_now("2026-01-08")
    _the_business_is_reviewed(at)
    calendar.is_now("2026-01-12")
    _demand_is_reviewed(at, version)
    _sally_hears_of_an_order_too_late(at)
    calendar.is_now("2026-01-15")
    _supply_is_reviewed(at, version)
    _a_scenario_comes_into_the_plan(at, version)
    calendar.is_now("2026-01-19")
    _pre_sop_is_held(at, version)
    calendar.is_now("2026-01-21")
    _decisions_are_made(at)
    _eve_signs_the_plan(at, version)
    _the_signed_plan_is_the_exported_one(at, version, tmp_path)
    calendar.is_now("2026-01-29")
    _the_plan_is_carried_out(at)
    calendar.is_now("2026-02-03")
    _february_begins_with_what_waited(at)


def _the_cycle_is_opened(at: At) -> None:
    said = at("max").does(
        "cycle/open/?month=2026-01&meeting=2026-01-21&country=CN", "/cycle/open/now/", why="January"
    )
    assert "0 of 7 steps signed" in said
    assert "Sales forecast by salesperson and customer" in at("wes").reads("")


def _the_data_are_closed(at: At) -> None:
    _lines_are_ticked(at, "data_close", "max")
    at("tom").is_refused("cycle/data/", "/cycle/data/close/", why=" ")
    at("tom").does("cycle/data/", "/cycle/data/close/", why="December is booked")
    _inputs_come(at, "data_close")
    _stands_in(at, "data_close", "production_receipts", "none", why="the plant counts by hand")
    _is_signed(at, "data_close", by="max")


def _the_business_is_reviewed(at: At) -> None:
    _inputs_come(at, "business_review")
    at("max").does("step/business_review/work/", "/business_review/open/")
    _lines_are_ticked(at, "business_review", "max")
    _is_signed(at, "business_review", by="max")


def _demand_is_reviewed(at: At, version: Version) -> None:
    """Sally speaks for the East, Wes does not for the West."""
    page = f"plan/{version.pk}/{SALES_FORECAST}"
    sally = at("sally")
    (sheet,) = sally.forms(page, "/sales_forecast/edit/")
    row = next(name for name, held in sheet.fields.items() if held == json.dumps(["A", "DC", "E"])).split("|")[1]
    said = sally.does(
        page,
        "/sales_forecast/edit/",
        why="the dealers have ordered",
        **{f"now|{row}|2026-{month:02}": "280" for month in range(2, 8)},
    )
    assert "6 cells changed" in said
    assert "280" in at("dana").reads(page)
    assert at("wes").forms(page, "/sales_forecast/edit/"), "Wes may speak, too"
    _inputs_come(at, "demand_review")
    assert "(Wes)" in at("max").reads("cycle/")
    _stands_in(at, "demand_review", "sales_forecast", "statistical", why="Wes is travelling")
    at("hana").does("step/demand_review/work/", "/demand_review/open/")
    _month_is_run(at, "dana", version.pk)
    seen = at("hana").reads("step/demand_review/substitutes/")
    assert "Wes is travelling" in seen and "statistics" in seen.lower()
    _lines_are_ticked(at, "demand_review", "hana")
    _is_signed(at, "demand_review", by="hana", submitted_by="dana")


def _sally_hears_of_an_order_too_late(at: At) -> None:
    """The demand review is signed: one cell of the sheet is closed, and a little more waits for the next cycle."""
    page = "cycle/late/"
    said = at("sally").does(
        page, "/late/hand-in/", cells="sales_forecast, A|DC|E, 2026-08, , 262", why="an order by phone"
    )
    assert "an order by phone" in said


def _supply_is_reviewed(at: At, version: Version) -> None:
    _inputs_come(at, "supply_review")
    at("olaf").does("step/supply_review/work/", "/supply_review/open/")
    _lines_are_ticked(at, "supply_review", "olaf")
    _is_signed(at, "supply_review", by="olaf", submitted_by="sam")


def _a_scenario_comes_into_the_plan(at: At, version: Version) -> None:
    """Sam tries more overtime. The supply review is signed: Olaf opens it again before Max may merge."""
    sam, plan = at("sam"), f"plan/{version.pk}/"
    assert "More overtime" in sam.does(plan, "/branch/", title="More overtime")
    scenario = Version.objects.get(title="More overtime").pk
    page = f"plan/{scenario}/{OVERTIME}"
    more = {f"now|0|2026-{month:02}": "60" for month in range(4, 8)}
    sam.does(page, "/capacity_overtime/edit/", why="the crew agrees", **more)
    _month_is_run(at, "sam", scenario)
    compared = sam.reads(f"plan/compare/?a={version.pk}&b={scenario}")
    assert "Overtime capacity" in compared and "Key figures side by side" in compared
    merge = f"plan/{scenario}/merge/"
    assert "signed" in at("max").is_refused(merge, "/merge/now/", why="agreed with the crew")
    at("olaf").does("step/supply_review/work/", "/supply_review/reopen/", why="more overtime")
    at("max").does(merge, "/merge/now/", why="agreed with the crew")
    assert "60" in at("olaf").reads(f"plan/{version.pk}/{OVERTIME}")
    _month_is_run(at, "sam", version.pk)
    _is_signed(at, "supply_review", by="olaf", submitted_by="sam")


def _pre_sop_is_held(at: At, version: Version) -> None:
    _inputs_come(at, "pre_sop")
    at("max").does("step/pre_sop/work/", "/pre_sop/open/")
    _lines_are_ticked(at, "pre_sop", "max")
    _is_signed(at, "pre_sop", by="max")
    page = f"plan/{version.pk}/{OVERTIME}"
    refused = at("sam").is_refused(page, "/capacity_overtime/edit/", why="one more", **{"now|0|2026-09": "50"})
    assert "has been signed" in refused and "late input" in refused


def _decisions_are_made(at: At) -> None:
    """What lies within Fiona's limit she decides; the test rig is beyond it and goes to Eve, and so does the rest."""
    _inputs_come(at, "sop_meeting")
    at("max").does("step/sop_meeting/work/", "/sop_meeting/open/")
    fiona, eve = at("fiona"), at("eve")
    seals = _is_asked(at, "New seals", "40000")
    rig = _is_asked(at, "A test rig", "80000")
    fiona.does(f"decisions/{seals}/", "/decide/", outcome="approved", chosen="b", why="两年收回")
    assert not fiona.forms(f"decisions/{rig}/", "/decide/")
    fiona.does(f"decisions/{rig}/", "/escalate/", why="超出我的授权额度")
    assert "A test rig" in eve.reads("")
    eve.does(f"decisions/{rig}/", "/decide/", outcome="conditional", chosen="b", conditions="先租三个月", why="质量")
    for number in range(1, seals):
        eve.does(f"decisions/{number}/", "/decide/", outcome="approved", why="按建议执行")


def _is_asked(at: At, title: str, money: str) -> int:
    """Dana puts a decision on the list that Pia shall see to; its number."""
    ways = {"text-1": "Leave it", "text-2": "Buy it", "money-2": money, "recommended": "2"}
    at("dana").does("decisions/", "/decisions/add/", title=title, owner="pia", **ways)
    return Decision.objects.get(subject=title).number


def _eve_signs_the_plan(at: At, version: Version) -> None:
    """She signs the hash that the page shows, once; everybody may check it."""
    eve = at("eve")
    (form,) = eve.forms("sign/", "/sign/now/")
    said = eve.does("sign/", "/sign/now/", conditions="先租三个月", why="同意")
    signature = Signature.objects.get(version=version)
    assert form.fields["expected_hash"] == signature.root_hash and _grouped(signature.root_hash) in said
    assert not eve.forms("sign/", "/sign/now/")
    assert "The signature holds" in at("vic").reads(f"sign/{version.pk}/check/")
    assert not at("sam").forms(f"plan/{version.pk}/{OVERTIME}", "/capacity_overtime/edit/")
    _lines_are_ticked(at, "sop_meeting", "eve")
    _is_signed(at, "sop_meeting", by="eve")


def _the_signed_plan_is_the_exported_one(at: At, version: Version, folder: Path) -> None:
    """What Dana carries away in a folder has the hash that Eve signed."""
    dana = at("dana")
    dana.does(f"plan/{version.pk}/", "/export/", button="folder")
    content = dana.client.get(f"/c/small/documents/{_a_worker_comes()}/").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    (brought,) = folder.iterdir()
    plan = check(brought).plan
    assert plan is not None
    inputs = input_hash(plan)
    month = kept_month(folder=brought, plan=plan, inputs=inputs).month
    found = version_hash(input_hash=inputs, sheets=month.sheets, reports=month.reports)
    assert found == Signature.objects.get(version=version).root_hash


def _the_plan_is_carried_out(at: At) -> None:
    """Cora runs execution; Pia says what became of the rig; Max closes a cycle that ended with an approved plan."""
    at("cora").does("step/execution/work/", "/execution/open/")
    rig = ActionItem.objects.get(decision__subject="A test rig").number
    said = at("pia").does(
        "actions/", f"/actions/{rig}/report/", state="done", effect="75,000", remark="rented for three months"
    )
    assert "75,000" in said
    _lines_are_ticked(at, "execution", "cora")
    _is_signed(at, "execution", by="cora")
    at("max").does("cycle/close/", "/cycle/close/now/", why="all is signed")
    assert "the plan was approved" in at("vic").reads("cycle/")


def _february_begins_with_what_waited(at: At) -> None:
    """Tom brings February's data; with its cycle comes the order that Sally heard of too late."""
    form = at("tom").forms("jobs/import/", "/jobs/import/upload/")[0]
    brought = SimpleUploadedFile("february.zip", zipped("2026-02"))
    at("tom").client.post(form.action, {**form.fields, "plan": brought, "why": "January is booked"})
    _a_worker_comes()
    said = at("max").does(
        "cycle/open/?month=2026-02&meeting=2026-02-26&country=CN", "/cycle/open/now/", why="February"
    )
    assert "Cycle Feb 2026: 0 of 7 steps signed" in said
    february = Version.objects.get(start="2026-02")
    assert "262" in at("sally").reads(f"plan/{february.pk}/{SALES_FORECAST}")
    assert "taken up" in at("sally").reads("cycle/late/")
    assert "2026年1月" in at("eve").reads(""), "January's plan is in force until February's is signed"


# What people do again and again


def _inputs_come(at: At, step: str) -> None:
    """Everybody delivers what they owe, as far as its numbers are there."""
    for person in cast.ROLES:
        browser = at(person)
        for form in browser.forms(f"step/{step}/work/", f"/{step}/deliver/"):
            owed = {name: form.fields[name] for name in ("input", "owner")}
            browser.tries(f"step/{step}/work/", f"/{step}/deliver/", owed)


def _stands_in(at: At, step: str, wanted: str, substitute: str, *, why: str) -> None:
    """Max records what stands in for an input that did not come."""
    at("max").does(f"step/{step}/work/", f"/{step}/substitute/", on={"input": wanted}, substitute=substitute, why=why)


def _lines_are_ticked(at: At, step: str, person: str) -> None:
    """Every line of the checklist."""
    for line in range(len(template(step).checklist())):
        at(person).does(f"step/{step}/work/", f"/{step}/tick/", on={"line": str(line)})


def _is_signed(at: At, step: str, *, by: str, submitted_by: str = "") -> None:
    """Submitted by who did the work, the chair unless named, and signed by its chair."""
    at(submitted_by or by).does(f"step/{step}/work/", f"/{step}/submit/")
    at(by).does(f"step/{step}/work/", f"/{step}/sign/")
    assert at(by).forms(f"step/{step}/work/", f"/{step}/sign/") == []


def _month_is_run(at: At, person: str, version: int) -> None:
    """A planner asks for it and a worker does it."""
    assert "waiting" in at(person).does(f"plan/{version}/", "/run/")
    _a_worker_comes()


def _a_worker_comes() -> int | None:
    """The job that waits is done; its document."""
    from django.utils import timezone

    held = jobs.claim(worker="the stage", at=timezone.now())
    assert held is not None
    outcome = do(held.job)
    jobs.done(held, outcome=outcome.said, document_id=outcome.document, at=timezone.now())
    return outcome.document


def _grouped(root_hash: str) -> str:
    """The hash as pages show it, in groups of eight."""
    return " ".join(root_hash[place : place + 8] for place in range(0, len(root_hash), 8))
