"""Calling off the opening of a company."""

import pytest
from jobs_stage import anna
from stage import NOW, Act, Browser

from sandop_web.access import NothingThere, NotYourRole, founder_of
from sandop_web.actions.founding import cancel_founding, open_demo_company
from sandop_web.actions.jobs import JobHasEnded
from sandop_web.store.models import Job, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def job() -> int:
    return open_demo_company(by=anna(), company="pumps")


def test_who_asked_for_it_may(job: int) -> None:
    cancel_founding(by=anna(), job=job)
    assert Job.objects.get().state == "cancelled"
    with pytest.raises(JobHasEnded):
        cancel_founding(by=anna(), job=job)


def test_another_founder_finds_nothing(job: int) -> None:
    other = User.objects.create_user("otto", is_staff=True)
    with pytest.raises(NothingThere):
        cancel_founding(by=founder_of(user=other, at=NOW), job=job)


def test_members_of_a_company_may_not(act: Act, job: int) -> None:
    with pytest.raises(NotYourRole):
        cancel_founding(by=act("max"), job=job)


def test_the_page_is_for_founders_alone(client_of: Browser, job: int) -> None:
    address = f"/new-company/jobs/{job}/cancel/"
    assert client_of("").post(address).status_code == 302
    assert client_of("eve").post(address).status_code == 403
    assert client_of("anna").get(address).status_code == 405
    assert Job.objects.get().state == "queued"
    assert client_of("anna").post(address)["Location"] == f"/new-company/jobs/{job}/"
    assert Job.objects.get().state == "cancelled"
