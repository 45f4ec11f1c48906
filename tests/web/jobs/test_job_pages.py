"""The pages of long work, in both languages."""

from __future__ import annotations

import pytest
from jobs_stage import anna
from stage import NOW, Act, Browser

from sandop.findings import Finding, Severity, Where
from sandop_web.actions.founding import open_demo_company
from sandop_web.actions.jobs import start_month
from sandop_web.jobs.works import WORKS
from sandop_web.queries.jobs import job_view, jobs_of
from sandop_web.store.jobs import Line, claim, failed, failure, report
from sandop_web.store.models import Job, User, Version

FOUND = Finding(Severity.ERROR, "jobs.zip_name", Where("items.csv", 7, "family"), {"name": "../x.csv"})


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest, company: object) -> str:
    User.objects.update(language=request.param)
    return str(request.param)


@pytest.fixture
def job(act: Act, version: Version) -> int:
    return start_month(by=act("sam"), version=version.pk)


def test_a_job_that_goes_on_says_how_far_it_is_and_renews_itself(client_of: Browser, language: str, job: int) -> None:
    held = claim(worker="w", at=NOW)
    assert held is not None
    report(held, progress=0.4, lines=[Line("jobs.made.demand", {"findings": 3})], at=NOW)
    page = client_of("sam").get(f"/c/small/jobs/{job}/").text
    assert '<meta http-equiv="refresh"' in page and 'value="40"' in page
    assert {"en": "Demand plan made, 3 findings", "zh": "需求计划完成，3条提示"}[language] in page
    assert f"/c/small/jobs/{job}/cancel/" in page
    assert f"/c/small/jobs/{job}/cancel/" not in client_of("dana").get(f"/c/small/jobs/{job}/").text


def test_calling_off_is_offered_to_whoever_asked_and_may_and_to_the_sop_manager(act: Act, job: int) -> None:
    offered = {person for person in ("sam", "max", "dana", "vic") if job_view(by=act(person), job=job).may_cancel}
    assert offered == {"sam", "max"}
    assert not job_view(by=act("sam", read_only=True), job=job).may_cancel


def test_a_job_that_came_to_nothing_says_why_and_what_to_do(client_of: Browser, language: str, job: int) -> None:
    held = claim(worker="w", at=NOW)
    assert held is not None
    failed(held, why=failure("jobs.process_died"), at=NOW, more={"findings": [FOUND.as_plain()]})
    page = client_of("sam").get(f"/c/small/jobs/{job}/").text
    assert "refresh" not in page and "items.csv" in page and "family" in page and "../x.csv" in page
    assert {"en": "want of memory", "zh": "内存不足"}[language] in page
    assert {"en": ">error<", "zh": ">错误<"}[language] in page
    assert "../x.csv" not in client_of("wes").get(f"/c/small/jobs/{job}/").text


def test_the_list_shows_what_was_started_last_first(client_of: Browser, language: str, job: int, act: Act) -> None:
    page = client_of("vic").get("/c/small/jobs/").text
    assert f"/c/small/jobs/{job}/" in page and "/c/small/jobs/import/" not in page
    assert "/c/small/jobs/import/" in client_of("tom").get("/c/small/jobs/").text
    assert [view.number for view in jobs_of(by=act("vic"))] == [job]


@pytest.mark.parametrize("address", ["/c/small/jobs/", "/c/small/jobs/1/", "/c/small/jobs/import/"])
def test_outsiders_find_nothing(client_of: Browser, job: int, address: str) -> None:
    assert client_of("olga").get(address).status_code == 404
    assert client_of("").get(address).status_code == 302


def test_founders_see_their_own_companies_on_the_way(client_of: Browser, language: str) -> None:
    number = open_demo_company(by=anna(), company="pumps")
    User.objects.update(language=language)
    page = client_of("anna").get("/new-company/").text
    assert f"/new-company/jobs/{number}/" in page
    assert {"en": "Open Commonwealth Medicines", "zh": "创建联邦药品"}[language] in page
    assert client_of("anna").get(f"/new-company/jobs/{number}/").status_code == 200
    User.objects.create_user("otto", is_staff=True)
    assert client_of("otto").get(f"/new-company/jobs/{number}/").status_code == 404


@pytest.mark.parametrize("work", WORKS)
def test_every_work_has_a_title_in_both_languages(act: Act, job: int, work: str) -> None:
    Job.objects.update(work=work)
    titles = {job_view(by=act(person), job=job).title for person in ("sam",)}
    assert titles and not any("jobs.work" in title for title in titles)
