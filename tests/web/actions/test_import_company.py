"""Opening a company with its own data."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from jobs_stage import anna, do, zip_of, zipped
from stage import Act, Browser

from sandop_web.access import NotYourRole
from sandop_web.actions.documents import NotAPlanFile
from sandop_web.actions.founding import import_company
from sandop_web.actions.jobs import SuchWorkIsRunning
from sandop_web.jobs.task import RefusedWith
from sandop_web.store.models import Company, Document, Job

pytestmark = pytest.mark.django_db


def test_a_plan_folder_becomes_a_company() -> None:
    outcome = do(import_company(by=anna(), file_name="C:\\plans\\own.zip", content=zipped()))
    assert Company.objects.get().slug == outcome.said["company"] == "small-pumps"
    assert Document.objects.get().name == "own.zip"


def test_nothing_is_half_loaded() -> None:
    broken = zip_of({"plan.toml": b"[company]\nname = 1\n"})
    with pytest.raises(RefusedWith) as refused:
        do(import_company(by=anna(), file_name="own.zip", content=broken))
    assert refused.value.more["findings"] and not Company.objects.exists()


def test_the_same_file_is_looked_through_once_at_a_time() -> None:
    import_company(by=anna(), file_name="own.zip", content=zipped())
    with pytest.raises(SuchWorkIsRunning):
        import_company(by=anna(), file_name="again.zip", content=zipped())


def test_what_is_no_plan_is_refused() -> None:
    with pytest.raises(NotAPlanFile):
        import_company(by=anna(), file_name="own.zip", content=b"no zip")


def test_members_of_a_company_open_none(act: Act) -> None:
    with pytest.raises(NotYourRole):
        import_company(by=act("max"), file_name="own.zip", content=zipped())


def test_the_page_is_for_founders_alone(client_of: Browser) -> None:
    address = "/new-company/upload/"
    assert client_of("").post(address, {"plan": SimpleUploadedFile("own.zip", zipped())}).status_code == 302
    assert client_of("eve").post(address, {"plan": SimpleUploadedFile("own.zip", zipped())}).status_code == 403
    assert client_of("eve").get("/new-company/").status_code == 403
    anna()
    browser: Client = client_of("anna")
    assert browser.get(address).status_code == 405
    assert not Job.objects.exists()
    led = browser.post(address, {"plan": SimpleUploadedFile("own.zip", zipped())})
    page = f"/new-company/jobs/{Job.objects.get().pk}/"
    assert led["Location"] == page
    assert browser.get(page).status_code == 200 and client_of("eve").get(page).status_code == 403
    again = browser.post(address, {"plan": SimpleUploadedFile("own.zip", zipped())})
    assert again.status_code == 409 and page in again.text
