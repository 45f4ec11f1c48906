"""Two versions beside each other in money: the bridge adds up at every node, leads further down, stays in scope."""

import math

import pytest
from jobs_stage import do
from stage import Act, Browser

from sandop_web.access import NothingThere
from sandop_web.actions.jobs import start_month
from sandop_web.actions.scenario_changes import change_in_scenario
from sandop_web.actions.scenarios import branch_scenario
from sandop_web.queries.merging import merge_outlook
from sandop_web.queries.scenarios import compare_scenarios, money_apart
from sandop_web.queries.scenarios.bridging import LEVELS, effect_names
from sandop_web.store.models import Job, User, Version


@pytest.fixture
def dearer(act: Act, version: Version) -> Version:
    """Sam's scenario, solved: 5 % dearer and 4 % less is sold."""
    made = branch_scenario(by=act("sam"), version=version.pk, title="Dearer", why="what if")
    for measure, amount in (("price", 5.0), ("demand_given", -4.0)):
        change_in_scenario(
            by=act("sam"),
            version=made,
            measure=measure,
            wanted={},
            first="2026-01",
            last="2026-12",
            way="percent",
            amount=amount,
            why="the market bears it",
        )
    do(start_month(by=act("sam"), version=made))
    Job.objects.update(state=Job.State.DONE)
    return Version.objects.get(pk=made)


@pytest.mark.parametrize("line", ["margin", "revenue"])
@pytest.mark.parametrize("level", LEVELS)
def test_every_row_adds_up_and_the_rows_make_up_the_whole(
    act: Act, version: Version, dearer: Version, line: str, level: str
) -> None:
    view = money_apart(by=act("vic"), base=version.pk, other=dearer.pk, line=line, level=level)
    assert view.total is not None and view.bridged
    for one in (*view.bridged, view.total):
        assert round(one.start + math.fsum(one.effects), 2) == one.end
    for place in range(len(effect_names())):
        assert round(math.fsum(one.effects[place] for one in view.bridged), 2) == view.total.effects[place]
    effects = dict(zip(effect_names(), view.total.effects))
    assert effects["price"] > 0 and effects["volume"] and not effects["new"] and not effects["lost"]


def test_the_whole_is_the_margin_of_the_key_figures(act: Act, version: Version, dearer: Version) -> None:
    view = money_apart(by=act("vic"), base=version.pk, other=dearer.pk)
    assert view.months == ("2026-01", "2026-12") and view.headline.startswith("“Dearer” earns")
    assert view.total is not None
    figures = compare_scenarios(by=act("vic"), versions=[version.pk, dearer.pk]).figures[0]
    margin = next(row for row in figures.rows if "Margin" in str(row.cells[0]))  # type: ignore[union-attr]
    assert margin.cells[1].value == pytest.approx(view.total.start)  # type: ignore[union-attr]
    assert margin.cells[2].value == pytest.approx(view.total.end)  # type: ignore[union-attr]


def test_inside_a_customer_its_items_make_up_the_customer(act: Act, version: Version, dearer: Version) -> None:
    everybody = money_apart(by=act("vic"), base=version.pk, other=dearer.pk, level="customer")
    east = next(one for one in everybody.bridged if one.node == "E")
    inside = money_apart(by=act("vic"), base=version.pk, other=dearer.pk, level="item", within={"customer": "E"})
    assert inside.total is not None and inside.total.effects == east.effects
    assert [one.name for one in inside.within] == ["East"] and "customer" not in inside.levels
    with pytest.raises(NothingThere):
        money_apart(by=act("vic"), base=version.pk, other=dearer.pk, within={"customer": "nobody"})


def test_sally_sees_the_money_of_the_east_alone(act: Act, version: Version, dearer: Version) -> None:
    hers = money_apart(by=act("sally"), base=version.pk, other=dearer.pk, level="customer")
    assert [one.node for one in hers.bridged] == ["E"]


def test_what_to_choose_is_said_with_who_assumes_what_and_why(act: Act, version: Version, dearer: Version) -> None:
    view = compare_scenarios(by=act("vic"), versions=[version.pk, dearer.pk])
    assert view.advice and {(one.person, one.why) for one in view.assumptions} == {("Sam", "the market bears it")}


def test_what_follows_from_merging_is_said_beforehand(act: Act, client_of: Browser, dearer: Version) -> None:
    outlook = merge_outlook(by=act("sam"), version=dearer.pk)
    assert len(outlook.lines) == 2 and outlook.results and outlook.refused
    assert {one.what for one in outlook.not_yours} == {"Price", "Demand given"}
    assert not merge_outlook(by=act("max"), version=dearer.pk).refused
    text = client_of("sam").get(f"/c/small/plan/{dearer.pk}/merge/").text
    assert "You cannot merge this" in text and "must be run again" in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_part_opens_and_every_number_leads_on(
    client_of: Browser, version: Version, dearer: Version, language: str
) -> None:
    User.objects.update(language=language)
    sides = f"v={version.pk}&v={dearer.pk}"
    for part in ("", "&part=service", "&part=decisions", "&part=assumptions", "&part=nonsense"):
        assert client_of("vic").get(f"/c/small/scenarios/compare/?{sides}{part}").status_code == 200, part
    page = client_of("vic").get(f"/c/small/scenarios/compare/?{sides}").text
    assert f"/plan/{dearer.pk}/why/" in page and f"/plan/{version.pk}/why/" in page
    assert "/scenarios/compare/money/" in page
    for asked in ("", "&of=revenue&by=month", "&by=item&family=DOM", "&month=2026-03", "&by=nonsense&of=nonsense"):
        answer = client_of("vic").get(f"/c/small/scenarios/compare/money/?{sides}{asked}")
        assert answer.status_code == 200 and "scenarios." not in answer.text.split("<main")[1].split("href")[0], asked


def test_beside_another_page_the_bridge_comes_without_its_frame(
    client_of: Browser, version: Version, dearer: Version
) -> None:
    path = f"/c/small/scenarios/compare/money/?v={version.pk}&v={dearer.pk}"
    answer = client_of("vic").get(path, headers={"X-Beside": "1"})
    assert answer.headers["X-Beside"] == "1" and "<main" not in answer.text


def test_others_find_nothing_and_one_version_alone_is_no_bridge(
    client_of: Browser, version: Version, dearer: Version
) -> None:
    path = f"/c/small/scenarios/compare/money/?v={version.pk}"
    assert client_of("vic").get(path).status_code == 404
    assert client_of("olga").get(f"{path}&v={dearer.pk}").status_code == 404
    assert client_of("").get(f"{path}&v={dearer.pk}").status_code == 302
    assert client_of("vic").get(f"{path}&v={dearer.pk + 99}").status_code == 404
