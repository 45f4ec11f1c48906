"""Each key figure leads to its causes: its formula taken apart node by node, so that the parts add up to it."""

import pytest
from html_reading import ReadPage, troubles_of
from pytest import approx
from stage import Act, Browser

from sandop.pack.figures import known, number, rows, text
from sandop.pack.page import Table
from sandop_web.access import NothingThere
from sandop_web.queries.steps import page_of_step
from sandop_web.queries.steps.causes import key_figure_explained
from sandop_web.queries.steps.causes.kinds import KINDS
from sandop_web.queries.steps.causes.ratio import Peak, harm
from sandop_web.queries.steps.reading import read_step
from sandop_web.store.models import MasterChange, Version

pytestmark = pytest.mark.usefixtures("cycle")


@pytest.mark.parametrize("kpi", sorted(KINDS))
def test_its_parts_make_up_the_figure_of_the_scorecard_on_every_level(act: Act, kpi: str) -> None:
    reading = read_step(by=act("eve"), version=Version.objects.get(), needs=KINDS[kpi].needs)
    found = rows(reading.month, "kpis", kpi=kpi)
    value = number(found[0].get("value")) if found else float("nan")
    for ratio in KINDS[kpi].made(reading):
        assert known(value) and ratio.value == approx(value, abs=2e-6)
        if isinstance(ratio, Peak):
            assert max(one.figure for one in ratio.portions(base=0.9)) == approx(value, abs=2e-6)
            continue
        for base in (0.0, 0.5, value):
            assert sum(one.effect for one in ratio.portions(base=base)) == approx(value - base, abs=1e-5)


def test_every_figure_with_a_value_has_causes(act: Act) -> None:
    reading = read_step(by=act("eve"), version=Version.objects.get(), needs=KINDS["fill_rate"].needs)
    judged = [text(row["kpi"]) for row in rows(reading.month, "kpis") if known(number(row.get("value")))]
    without = [kpi for kpi in judged if not any(isinstance(one, Table) for one in causes(act, kpi))]
    assert judged and without == []


def causes(act: Act, kpi: str) -> tuple[object, ...]:
    return key_figure_explained(by=act("eve"), kpi=kpi).causes


@pytest.mark.parametrize(
    ("better", "value", "base", "effect", "harmful"),
    [
        ("high", 0.9, 1.0, -0.1, True),
        ("high", 0.9, 1.0, 0.1, False),
        ("low", 1.1, 1.0, 0.1, True),
        ("near", -0.02, 0.0, -0.01, True),
        ("near", -0.02, 0.0, 0.01, False),
        ("near", 0.02, 0.0, 0.01, True),
    ],
)
def test_what_makes_it_miss_depends_on_which_way_is_better(
    better: str, value: float, base: float, effect: float, harmful: bool
) -> None:
    assert (harm(effect, better=better, value=value, base=base) > 0) is harmful


def test_the_tiles_of_the_meeting_lead_to_the_causes_and_on_to_the_step(act: Act, client_of: Browser) -> None:
    tiles = page_of_step(by=act("eve"), step="sop_meeting").tiles
    browser = client_of("vic")
    for tile in tiles:
        page = browser.get(f"/c/small/{tile.section}/")
        assert tile.section.startswith("kpi/") and page.status_code == 200, tile
        ways = [one.attributes["href"] or "" for one in ReadPage(page.content.decode()).all("a")]
        onward = [way for way in ways if "/step/" in way and "sop_meeting" not in way and way.count("/") > 5]
        assert all(browser.get(way).status_code == 200 for way in onward), tile.section


@pytest.mark.parametrize("person", ["eve", "sally", "vic"])
def test_the_pages_are_whole_in_both_languages(client_of: Browser, person: str) -> None:
    browser = client_of(person)
    for language in ("en", "zh"):
        browser.cookies["sandop_language"] = language
        for page in ("kpi/fill_rate/", "kpi/utilisation_peak/", "kpi/stock_days/", "meeting/packet/"):
            answer = browser.get(f"/c/small/{page}")
            assert answer.status_code == 200 and not troubles_of(answer.content.decode(), language), page


def test_beside_another_page_it_comes_without_the_frame(client_of: Browser) -> None:
    answer = client_of("vic").get("/c/small/kpi/fill_rate/", headers={"X-Beside": "1"})
    assert answer["X-Beside"] == "1" and "<html" not in answer.content.decode()


def test_a_target_is_set_with_its_reason_and_keeps_its_history(client_of: Browser) -> None:
    form = {"target": "91%", "tolerance": "2%", "why": "the board asked for it"}
    assert client_of("fiona").post("/c/small/kpi/fill_rate/target/", form).status_code == 303
    kept = MasterChange.objects.get(table="goals", column="target")
    assert (kept.key, kept.after, kept.why) == (["fill_rate"], 0.91, "the board asked for it")
    page = client_of("vic").get("/c/small/kpi/fill_rate/").content.decode()
    assert "the board asked for it" in page and "91%" in page


def test_a_target_that_is_no_number_comes_back_as_it_was_typed(client_of: Browser) -> None:
    form = {"target": "high", "tolerance": "2%", "why": "the board asked for it"}
    answer = client_of("fiona").post("/c/small/kpi/fill_rate/target/", form)
    assert answer.status_code == 400 and "the board asked for it" in answer.content.decode()
    assert not MasterChange.objects.exists()


def test_who_sets_no_targets_sees_no_form_and_is_refused(client_of: Browser) -> None:
    page = ReadPage(client_of("dana").get("/c/small/kpi/fill_rate/").content.decode())
    assert not [one for one in page.all("input") if one.attributes.get("name") == "target"]
    form = {"target": "91%", "tolerance": "2%", "why": "easier"}
    assert client_of("dana").post("/c/small/kpi/fill_rate/target/", form).status_code == 403


def test_a_figure_that_does_not_exist_is_not_there(act: Act, client_of: Browser) -> None:
    with pytest.raises(NothingThere):
        key_figure_explained(by=act("eve"), kpi="happiness")
    assert client_of("eve").get("/c/small/kpi/happiness/").status_code == 404
    assert client_of("olga").get("/c/small/kpi/fill_rate/").status_code == 404
