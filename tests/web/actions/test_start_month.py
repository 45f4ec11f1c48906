"""Running the month of a version."""

import pytest
from jobs_stage import do
from stage import Act, Browser

from sandop_web.access import NothingThere, NotYourRole
from sandop_web.actions.jobs import SuchWorkIsRunning, start_month
from sandop_web.store.models import Change, Job, Version
from sandop_web.store.plans import change_count
from sandop_web.store.refusals import VersionIsPublished


def test_a_planner_runs_the_month_and_its_certificate_is_checked(act: Act, version: Version) -> None:
    Version.objects.update(steps=[], results_of=None, verified="")
    number = start_month(by=act("sam"), version=version.pk)
    outcome = do(number)
    version.refresh_from_db()
    assert version.results_of == 0 and "review" in version.steps
    assert version.verified == outcome.said["result_hash"] != ""


def test_running_again_gives_the_same_result(act: Act, version: Version) -> None:
    first = do(start_month(by=act("sam"), version=version.pk))
    Job.objects.update(state=Job.State.DONE)
    assert do(start_month(by=act("dana"), version=version.pk)).said["result_hash"] == first.said["result_hash"]


def test_an_edit_made_meanwhile_leaves_the_results_stale(
    act: Act, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sandop_web.jobs.works import run_month

    def edited_then_read(found: Version) -> object:
        plan = read(found)
        change = {"measure": "price", "row": ["A", "E"], "period": "2026-01", "before": 100.0, "after": 90.0}
        Change.objects.create(
            version=found, person="sam", at=found.made_at, batch="00000000-0000-0000-0000-000000000001", **change
        )
        return plan

    read = run_month.read_plan
    monkeypatch.setattr(run_month, "read_plan", edited_then_read)
    do(start_month(by=act("sam"), version=version.pk))
    version.refresh_from_db()
    assert version.results_of == 0 and change_count(version) == 1


def test_a_version_is_run_once_at_a_time(act: Act, version: Version) -> None:
    first = start_month(by=act("sam"), version=version.pk)
    with pytest.raises(SuchWorkIsRunning) as refused:
        start_month(by=act("dana"), version=version.pk)
    assert refused.value.job == first and str(first) in refused.value.text("zh")


def test_a_published_version_stays_as_it_was_signed(act: Act, version: Version) -> None:
    Version.objects.update(state=Version.State.PUBLISHED)
    with pytest.raises(VersionIsPublished):
        start_month(by=act("sam"), version=version.pk)


@pytest.mark.parametrize("person", ["vic", "sally", "marc"])
def test_who_does_not_plan_does_not_run_the_month(act: Act, version: Version, person: str) -> None:
    with pytest.raises(NotYourRole):
        start_month(by=act(person), version=version.pk)


@pytest.mark.parametrize("number", [0, -1, 2**70])
def test_a_version_of_nobody_is_not_there(act: Act, version: Version, number: int) -> None:
    with pytest.raises(NothingThere):
        start_month(by=act("sam"), version=number)


def test_the_page_starts_it_and_leads_to_the_job_that_is_running(client_of: Browser, version: Version) -> None:
    address = f"/c/small/plan/{version.pk}/run/"
    assert client_of("").post(address).status_code == 302 and not Job.objects.exists()
    assert client_of("olga").post(address).status_code == 404
    assert client_of("sam").get(address).status_code == 405
    assert client_of("vic").post(address).status_code == 403
    started = client_of("sam").post(address)
    assert started.status_code == 303 and started["Location"] == f"/c/small/jobs/{Job.objects.get().pk}/"
    again = client_of("dana").post(address)
    assert again.status_code == 409 and started["Location"] in again.text
