"""The pages of a workbook: the headline says how it stands, conflicts come first, and everything works by forms."""

from __future__ import annotations

import datetime as dt

import pytest
from browsing import AtTheBrowser, words_of
from django.core.files.uploadedfile import SimpleUploadedFile
from exchange_stage import WHY, brought, cell_of, edited_offline, reviewed
from planning import EAST, WEST, forecast, held, say_forecast
from stage import NOW, Act, Browser

from exchange_workbooks import FORECAST, Workbook, brought_back
from sandop_web.access import NothingThere
from sandop_web.access.grid.asked import GridAsked
from sandop_web.actions.scenarios import branch_scenario
from sandop_web.queries.exchange import exporting
from sandop_web.queries.exchange.exporting import TooManyRows, export_grid
from sandop_web.queries.exchange.reviewing import exchange_of, exchanges_of, file_of_exchange
from sandop_web.store.jobs import clear_away
from sandop_web.store.models import Change, Document, Exchange, ExchangeCell, Version

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_what_the_grid_shows_is_what_the_workbook_holds(act: Act, client_of: Browser, version: Version) -> None:
    edited_offline(act, version)
    answer = client_of("dana").get(f"/c/small/plan/{version.pk}/grid/export/?measures=sales_forecast&from=2026-03")
    assert answer.status_code == 200 and answer["Content-Type"] == XLSX
    assert answer["Content-Disposition"].startswith("attachment") and "no-store" in answer["Cache-Control"]
    book = Workbook(answer.content)
    assert [book.holds(book.at("DOM", *row)) for row in (("A", "E"), ("A",), ("B", "E"), ())] == [
        "300",
        "400",
        "",
        "400",
    ]
    assert list(book.sheets()) == ["Plan", "About this file", "sandop"]


@pytest.mark.parametrize(
    ("period", "heads"),
    [
        ("months", ["Mar 26", "Apr 26", "May 26", "All months"]),
        ("quarters", ["Mar 26", "Q1 2026", "Apr 26", "May 26", "Q2 2026"]),
        ("years", ["Mar 26", "Apr 26", "May 26", "2026"]),
    ],
)
def test_sums_stand_beside_the_months_that_may_be_changed(
    act: Act, client_of: Browser, version: Version, period: str, heads: list[str]
) -> None:
    edited_offline(act, version)
    asked = f"?measures=sales_forecast&measures=statistical&from=2026-03&periods=3&period={period}"
    out = Workbook(client_of("dana").get(f"/c/small/plan/{version.pk}/grid/export/{asked}").content)
    assert out.plan()[3][-len(heads) :] == heads
    last = "" if period == "quarters" else "400"  # nobody has spoken of the months after March
    assert out.plan()[4][-1].strip("–") == last
    april = out.typed(out.at("DOM", "A", "E", period="2026-04"), 77.0)
    (cell,) = brought_back(act("dana"), version.pk, april).cells
    assert (cell.period, cell.mine) == ("2026-04", 77.0)


def test_the_workbook_speaks_the_readers_language(act: Act, client_of: Browser, version: Version) -> None:
    browser = client_of("dana")
    browser.cookies["sandop_language"] = "zh"
    book = Workbook(browser.get(f"/c/small/plan/{version.pk}/grid/export/").content)
    told = " ".join(" ".join(row) for row in book.sheets()["使用说明"])
    assert "小泵厂" in told and "如何导回" in told and "Dana（中）" in told


def test_a_viewer_takes_a_workbook_out_and_sees_what_they_cannot_do(client_of: Browser, version: Version) -> None:
    vic = client_of("vic")
    book = Workbook(vic.get(f"/c/small/plan/{version.pk}/grid/export/?measures=sales_forecast").content)
    assert "locked" in " ".join(" ".join(row) for row in book.sheets()["About this file"])
    page = vic.get(f"/c/small/plan/{version.pk}/exchange/")
    assert page.status_code == 200 and 'name="workbook"' not in page.text


def test_a_view_too_large_for_a_workbook_says_how_to_make_it_smaller(
    act: Act, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 3)
    with pytest.raises(TooManyRows) as refused:
        export_grid(by=act("dana"), version=version.pk, asked=FORECAST)
    assert "at most 3" in refused.value.text("en") and "产品族" in refused.value.remedy("zh")


def test_from_the_file_to_the_plan_by_forms_alone(act: Act, client_of: Browser, version: Version) -> None:
    """Dana uploads, keeps the plan's number of the west, gives a reason, and accepts the rest."""
    workbook, dana = edited_offline(act, version), AtTheBrowser(client_of("dana"))
    upload = SimpleUploadedFile("march.xlsx", workbook.content)
    sent = client_of("dana").post(f"/c/small/plan/{version.pk}/exchange/upload/", {"workbook": upload})
    page = sent["Location"]
    assert "3 cells to look through: 3 changed" in dana.reads(page)
    west = cell_of(act, Exchange.objects.get().pk, 120.0)
    dana.does(page, "/choose/", "", **{f"choice-{west.cell}": "theirs"})
    form = next(form for form in dana.forms(page, "/choose/"))
    answer = dana.client.post(page + "accept/", {**_ticked(act, form.fields), "why": WHY})
    assert answer.status_code == 303
    assert "2 of 3 cells taken into the plan" in dana.reads(page)
    assert [held(version, "sales_forecast", row) for row in (EAST, WEST)] == [330.0, 100.0]


def _ticked(act: Act, fields: dict[str, str]) -> dict[str, str]:
    """What a browser sends of radio buttons that are set as the page sets them."""
    cells = {str(cell.cell): cell.choice for cell in reviewed(act, Exchange.objects.get().pk).cells}
    return {
        name: cells[name.removeprefix("choice-")] if name.startswith("choice-") else value
        for name, value in fields.items()
    }


def test_conflicts_come_first_with_both_values_and_who_changed_the_plan(
    act: Act, client_of: Browser, version: Version
) -> None:
    exchange = brought(act, version)
    say_forecast(act("wes", at=NOW + dt.timedelta(hours=1)), version, forecast(WEST, 90.0, before=100.0))
    review = reviewed(act, exchange)
    assert [cell.state for cell in review.cells] == ["conflict", "changed", "changed"]
    words = words_of(client_of("dana").get(f"/c/small/exchange/{exchange}/"))
    assert "3 cells to look through: 1 in conflict with the plan, 2 changed" in words
    first = words[words.index("Note") :]
    assert first.index("100") < first.index("90") < first.index("120") < first.index("· Jan 5, 2026")
    assert "talked to the customer" in first


def test_filters_and_groups_narrow_the_cells(act: Act, version: Version) -> None:
    exchange = brought(act, version)
    say_forecast(act("wes"), version, forecast(WEST, 90.0, before=100.0))
    assert reviewed(act, exchange, state="conflict").count == 1
    assert reviewed(act, exchange, measure="statistical").count == 0
    assert reviewed(act, exchange, top="DOM").count == 3
    group = reviewed(act, exchange).groups[0]
    assert (group.label, group.cells, group.conflicts) == ("DOM", 3, 1)


def test_many_cells_are_paged(act: Act, version: Version) -> None:
    exchange = brought(act, version)
    row = ExchangeCell.objects.filter(exchange=exchange).first()
    assert row is not None
    for place in range(10, 230):
        row.pk, row.place = None, place
        row.save(force_insert=True)
    review = reviewed(act, exchange)
    assert (len(review.cells), review.count, review.pages) == (100, 223, 3)
    last = reviewed(act, exchange, page=9)  # type: ignore[arg-type]
    assert (last.page, len(last.cells)) == (3, 23)


def test_somebody_elses_file_is_not_there(act: Act, client_of: Browser, version: Version) -> None:
    exchange = brought(act, version)
    for person in ("max", "sally"):
        with pytest.raises(NothingThere):
            exchange_of(by=act(person), exchange=exchange)
        with pytest.raises(NothingThere):
            file_of_exchange(by=act(person), exchange=exchange)
        assert exchanges_of(by=act(person), version=version.pk) == ()
        assert client_of(person).get(f"/c/small/exchange/{exchange}/").status_code == 404
    assert client_of("dana").get(f"/c/small/exchange/{exchange}/file/").status_code == 200


def test_the_file_waits_with_its_exchange_however_long(act: Act, version: Version) -> None:
    exchange = brought(act, version)
    clear_away(before=NOW + dt.timedelta(days=900))
    name, content = file_of_exchange(by=act("dana"), exchange=exchange)
    assert name == "march.xlsx" and content.startswith(b"PK")
    Exchange.objects.update(state="accepted")
    clear_away(before=NOW + dt.timedelta(days=900))
    assert not Document.objects.exists() and Exchange.objects.exists()


def test_a_file_of_a_scenario_changes_the_scenario_alone(act: Act, version: Version) -> None:
    from exchange_workbooks import taken_out

    edited_offline(act, version)
    scenario = Version.objects.get(
        pk=branch_scenario(by=act("dana"), version=version.pk, title="More pumps", why="try")
    )
    out = taken_out(act("dana"), scenario.pk, GridAsked(measures=("sales_forecast",), levels=FORECAST.levels))
    exchange = brought(act, scenario, out.typed(out.at("DOM", "A", "E"), 350.0))
    assert reviewed(act, exchange).exchange.version_title == "More pumps"
    assert not Change.objects.filter(version=version, after=350.0).exists()
