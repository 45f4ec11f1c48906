"""A workbook that is put aside changes nothing, and its file is kept no longer."""

import pytest
from exchange_stage import brought, reviewed
from planning import EAST, closed_doors, held
from stage import Act, Browser

from sandop_web.access import NothingThere
from sandop_web.access.exchange.refusals import ExchangeIsOver
from sandop_web.actions.exchange import discard_exchange
from sandop_web.store.models import Document, Exchange, Version


def test_nothing_of_it_is_taken_and_its_file_is_gone(act: Act, version: Version) -> None:
    exchange = brought(act, version)
    assert discard_exchange(by=act("dana"), exchange=exchange) == version.pk
    assert Exchange.objects.get().state == "discarded" and not Document.objects.exists()
    assert held(version, "sales_forecast", EAST) == 300.0
    assert reviewed(act, exchange).exchange.state == "discarded"
    with pytest.raises(ExchangeIsOver) as refused:
        discard_exchange(by=act("dana"), exchange=exchange)
    assert "put aside" in refused.value.text("en") and "放弃" in refused.value.text("zh")


def test_nobody_puts_aside_what_somebody_else_has_brought(act: Act, version: Version) -> None:
    exchange = brought(act, version)
    for person in ("max", "sally"):
        with pytest.raises(NothingThere):
            discard_exchange(by=act(person), exchange=exchange)
    assert Exchange.objects.get().state == "open"


def test_the_page_puts_aside_and_its_doors(act: Act, client_of: Browser, version: Version) -> None:
    path = f"/c/small/exchange/{brought(act, version)}/discard/"
    closed_doors(client_of, path, {})
    assert Exchange.objects.get().state == "open"
    assert client_of("dana").post(path)["Location"] == f"/c/small/plan/{version.pk}/exchange/"
    assert Exchange.objects.get().state == "discarded"
