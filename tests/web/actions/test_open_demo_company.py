"""Opening a demo company."""

import cast
import pytest
from jobs_stage import anna, do
from stage import Act, Browser

from sandop.scenario import STEPS
from sandop_demo.demo import Demo
from sandop_web.access import NotUnderstood, NotYourRole
from sandop_web.actions.founding import open_demo_company
from sandop_web.actions.jobs import SuchWorkIsRunning
from sandop_web.jobs.works import found_demo
from sandop_web.store.models import Company, Job, Version

pytestmark = pytest.mark.django_db


def test_its_month_is_run_and_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The small company stands in for the demo company, whose building takes half a minute."""
    small = type("Small", (), {"build": staticmethod(lambda: Demo(cast.company_plan(), {}))})
    monkeypatch.setattr(found_demo, "companies", lambda: {"pumps": small})
    slug = do(open_demo_company(by=anna(), company="pumps")).said["company"]
    version = Version.objects.get(company__slug=slug)
    assert version.steps == list(STEPS) and version.verified


def test_an_unknown_company_is_not_understood() -> None:
    with pytest.raises(NotUnderstood):
        open_demo_company(by=anna(), company="bicycles")


def test_it_is_built_once_at_a_time() -> None:
    open_demo_company(by=anna(), company="pumps")
    with pytest.raises(SuchWorkIsRunning):
        open_demo_company(by=anna(), company="pumps")
    open_demo_company(by=anna(), company="medicines")


def test_members_of_a_company_open_none(act: Act) -> None:
    with pytest.raises(NotYourRole):
        open_demo_company(by=act("eve"), company="pumps")


def test_the_page_is_for_founders_alone(client_of: Browser) -> None:
    address = "/new-company/demo/"
    assert client_of("").post(address, {"company": "pumps"}).status_code == 302
    assert client_of("olga").post(address, {"company": "pumps"}).status_code == 403
    anna()
    assert client_of("anna").get(address).status_code == 405
    assert client_of("anna").post(address, {"company": "bicycles"}).status_code == 400
    assert not Job.objects.exists()
    led = client_of("anna").post(address, {"company": "pumps"})
    assert led["Location"] == f"/new-company/jobs/{Job.objects.get().pk}/"
    assert Company.objects.count() == 1
