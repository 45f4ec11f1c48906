"""Calling work off."""

import pytest
from stage import Act, Browser

from sandop_web.access import NothingThere, NotYourRole
from sandop_web.actions.jobs import JobHasEnded, NotYourJob, cancel_job, start_month
from sandop_web.store.models import Company, Job, Version


@pytest.fixture
def job(act: Act, version: Version) -> int:
    return start_month(by=act("sam"), version=version.pk)


@pytest.mark.parametrize("person", ["sam", "max"])
def test_who_asked_for_it_and_the_sop_manager_may(act: Act, job: int, person: str) -> None:
    cancel_job(by=act(person), job=job)
    assert Job.objects.get().state == "cancelled"


def test_a_running_one_is_asked_to_stop(act: Act, job: int) -> None:
    Job.objects.update(state=Job.State.RUNNING)
    cancel_job(by=act("sam"), job=job)
    assert Job.objects.get().cancel_wanted


def test_others_may_not(act: Act, job: int) -> None:
    with pytest.raises(NotYourJob):
        cancel_job(by=act("dana"), job=job)
    with pytest.raises(NotYourRole):
        cancel_job(by=act("vic"), job=job)


def test_what_has_ended_is_not_cancelled(act: Act, job: int) -> None:
    Job.objects.update(state=Job.State.DONE)
    with pytest.raises(JobHasEnded):
        cancel_job(by=act("sam"), job=job)


def test_a_job_of_another_company_is_not_there(act: Act, job: int) -> None:
    other = Company.objects.create(slug="other", name="Other", currency="CNY", made_at=act("sam").at)
    Job.objects.update(company=other)
    with pytest.raises(NothingThere):
        cancel_job(by=act("max"), job=job)


def test_the_page_cancels_for_members_only(client_of: Browser, job: int) -> None:
    address = f"/c/small/jobs/{job}/cancel/"
    assert client_of("").post(address).status_code == 302 and Job.objects.get().state == "queued"
    assert client_of("olga").post(address).status_code == 404
    assert client_of("sam").get(address).status_code == 405
    assert client_of("dana").post(address).status_code == 403
    assert client_of("sam").post(address)["Location"] == f"/c/small/jobs/{job}/"
    assert Job.objects.get().state == "cancelled"
