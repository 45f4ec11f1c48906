"""A workbook that comes back is kept with what differs in it, and the plan does not change."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from exchange_stage import brought, edited_offline, reviewed
from stage import Act, Browser

from exchange_workbooks import brought_back, taken_out
from sandop_web.access import NothingThere, NotYourRole
from sandop_web.access.exchange.refusals import NothingDiffers
from sandop_web.actions.documents import FileTooLarge
from sandop_web.actions.exchange import bring_exchange
from sandop_web.store.models import Change, Document, Exchange, Version


def test_it_is_kept_with_its_file_and_nothing_of_the_plan_changes(act: Act, version: Version) -> None:
    workbook = edited_offline(act, version)
    changes = Change.objects.count()
    exchange = Exchange.objects.get(pk=brought(act, version, workbook))
    assert exchange.document is not None and bytes(exchange.document.content) == workbook.content
    assert (exchange.file_name, exchange.made_by, exchange.state) == ("march.xlsx", "Dana", "open")
    assert reviewed(act, exchange.pk).tally.changed == 3
    assert Change.objects.count() == changes


def test_a_workbook_in_which_nothing_differs_is_not_kept(act: Act, version: Version) -> None:
    edited_offline(act, version)
    with pytest.raises(NothingDiffers):
        brought(act, version, taken_out(act("dana"), version.pk))
    assert not Exchange.objects.exists() and not Document.objects.exists()


def test_it_goes_only_into_the_version_it_was_read_for(act: Act, version: Version) -> None:
    read = brought_back(act("dana"), version.pk, edited_offline(act, version))
    with pytest.raises(NothingThere):
        bring_exchange(by=act("dana"), version=version.pk + 1, brought=read)
    with pytest.raises(NotYourRole):
        bring_exchange(by=act("vic"), version=version.pk, brought=read)


def test_a_file_larger_than_the_workbench_takes(act: Act, version: Version, settings: object) -> None:
    workbook = edited_offline(act, version)
    settings.UPLOAD_LIMIT = 100  # type: ignore[attr-defined]
    with pytest.raises(FileTooLarge):
        brought(act, version, workbook)


def test_the_page_takes_the_file_and_its_doors(act: Act, client_of: Browser, version: Version) -> None:
    address, content = f"/c/small/plan/{version.pk}/exchange/upload/", edited_offline(act, version).content

    def form() -> dict[str, object]:
        return {"workbook": SimpleUploadedFile("march.xlsx", content)}

    assert client_of("").post(address, form()).status_code == 302
    assert client_of("olga").post(address, form()).status_code == 404
    assert client_of("vic").post(address, form()).status_code == 403
    assert client_of("dana").get(address).status_code == 405
    assert not Exchange.objects.exists()
    assert client_of("dana").post(address, form())["Location"] == f"/c/small/exchange/{Exchange.objects.get().pk}/"


def test_what_is_wrong_with_the_file_is_said_beside_the_form(client_of: Browser, version: Version) -> None:
    address = f"/c/small/plan/{version.pk}/exchange/upload/"
    answer = client_of("dana").post(address, {"workbook": SimpleUploadedFile("x.xlsx", b"item;month")})
    assert answer.status_code == 400 and 'name="workbook"' in answer.text
    assert "not an Excel workbook" in answer.text
    assert client_of("dana").post(address, {}).status_code == 400
