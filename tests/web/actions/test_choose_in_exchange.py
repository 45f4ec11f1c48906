"""Which number is wanted is remembered; the plan does not change before it is accepted."""

import pytest
from exchange_stage import brought, cell_of, choose, reviewed
from planning import WEST, closed_doors, forecast, held, say_forecast
from stage import Act, Browser

from sandop_web.access import NothingThere
from sandop_web.access.exchange.refusals import ExchangeIsOver
from sandop_web.actions.exchange import choose_in_exchange, discard_exchange
from sandop_web.store.models import Exchange, Version


def test_a_choice_is_remembered_and_moves_the_totals_of_the_review(act: Act, version: Version) -> None:
    exchange = brought(act, version)
    before, after = reviewed(act, exchange).groups[0].before, reviewed(act, exchange).groups[0].after
    assert before is not None and after == before + 30.0 + 20.0 + 40.0
    cell = cell_of(act, exchange, 120.0)
    choose_in_exchange(by=act("dana"), exchange=exchange, choices=[choose(cell, "theirs")])
    review = reviewed(act, exchange)
    assert (review.tally.ready, review.groups[0].after) == (2, before + 30.0 + 40.0)
    assert held(version, "sales_forecast", WEST) == 100.0


def test_a_settled_conflict_is_open_again_when_the_plan_moves_on(act: Act, version: Version) -> None:
    exchange = brought(act, version)
    say_forecast(act("wes"), version, forecast(WEST, 90.0, before=100.0))
    choose_in_exchange(by=act("dana"), exchange=exchange, choices=[choose(cell_of(act, exchange, 120.0), "mine")])
    assert reviewed(act, exchange).tally.undecided == 0
    say_forecast(act("wes"), version, forecast(WEST, 80.0, before=90.0))
    assert reviewed(act, exchange).tally.undecided == 1


def test_cells_of_other_files_and_other_people_are_let_alone(act: Act, version: Version) -> None:
    exchange = brought(act, version)
    cell = cell_of(act, exchange, 120.0)
    with pytest.raises(NothingThere):
        choose_in_exchange(by=act("max"), exchange=exchange, choices=[choose(cell, "theirs")])
    discard_exchange(by=act("dana"), exchange=exchange)
    with pytest.raises(ExchangeIsOver):
        choose_in_exchange(by=act("dana"), exchange=exchange, choices=[choose(cell, "theirs")])
    assert Exchange.objects.get().cells.exclude(choice="").count() == 0


def test_the_page_remembers_and_its_doors(act: Act, client_of: Browser, version: Version) -> None:
    exchange = brought(act, version)
    cell = cell_of(act, exchange, 120.0)
    path = f"/c/small/exchange/{exchange}/choose/"
    sent = {f"seen-{cell.cell}": "100.0", f"choice-{cell.cell}": "theirs"}
    closed_doors(client_of, path, sent)
    assert reviewed(act, exchange).tally.ready == 3
    assert client_of("dana").post(path, sent)["Location"].endswith(f"/exchange/{exchange}/")
    assert reviewed(act, exchange).tally.ready == 2
    fragment = client_of("dana").post(path, {**sent, "all": "mine"}, headers={"HX-Request": "true"})
    assert fragment.status_code == 200 and 'id="tally"' in fragment.text and "<html" not in fragment.text
    assert reviewed(act, exchange).tally.ready == 3
    assert client_of("dana").post(path, {**sent, "all": "both"}).status_code == 400
