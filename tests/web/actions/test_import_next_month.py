"""Bringing in next month's data."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from jobs_stage import do, zip_of, zipped
from stage import Act, Browser

from sandop_web.access import NotYourRole, WhyMissing
from sandop_web.actions.documents import FileIsEmpty, FileTooLarge, NotAPlanFile
from sandop_web.actions.jobs import SuchWorkIsRunning, WholeCompanyOnly, import_next_month
from sandop_web.jobs.task import RefusedWith
from sandop_web.store.models import Document, Job, Member, Version

WHY = "February"


def test_the_file_becomes_a_new_version_and_nobody_changes_role(act: Act, version: Version) -> None:
    roles = dict(Member.objects.values_list("person", "role"))
    outcome = do(import_next_month(by=act("tom"), file_name="feb.zip", content=zipped("2026-02"), why=WHY))
    new = Version.objects.get(pk=outcome.said["version"])
    assert (new.start, new.number, new.state) == ("2026-02", version.number + 1, "draft")
    assert dict(Member.objects.values_list("person", "role")) == roles


def test_a_file_with_an_error_loads_nothing_and_says_where(act: Act, version: Version) -> None:
    broken = zip_of({"plan.toml": b"[company]\nname = 1\n", "items.csv": b"item\n"})
    with pytest.raises(RefusedWith) as refused:
        do(import_next_month(by=act("tom"), file_name="feb.zip", content=broken, why=WHY))
    assert refused.value.more["findings"][0]["severity"] == "error"
    assert Version.objects.count() == 1


def test_one_file_is_looked_through_at_a_time(act: Act, version: Version) -> None:
    import_next_month(by=act("tom"), file_name="feb.zip", content=zipped(), why=WHY)
    with pytest.raises(SuchWorkIsRunning):
        import_next_month(by=act("max"), file_name="feb.zip", content=zipped(), why=WHY)


def test_what_is_no_plan_is_refused_by_content_whatever_its_name(act: Act, settings: object) -> None:
    for content in (b"item,site", b"MZ", zip_of({"other.txt": b""}), b"PK\x03\x04"):
        with pytest.raises(NotAPlanFile):
            import_next_month(by=act("tom"), file_name="plan.xlsx", content=content, why=WHY)
    with pytest.raises(FileIsEmpty):
        import_next_month(by=act("tom"), file_name="plan.xlsx", content=b"", why=WHY)
    settings.UPLOAD_LIMIT = 100  # type: ignore[attr-defined]
    with pytest.raises(FileTooLarge):
        import_next_month(by=act("tom"), file_name="plan.xlsx", content=zipped(), why=WHY)
    assert not Document.objects.exists()


def test_a_reason_and_the_right_role_and_the_whole_company_are_needed(act: Act) -> None:
    with pytest.raises(WhyMissing):
        import_next_month(by=act("tom"), file_name="feb.zip", content=zipped(), why=" ")
    with pytest.raises(NotYourRole):
        import_next_month(by=act("dana"), file_name="feb.zip", content=zipped(), why=WHY)
    Member.objects.filter(person="tom").update(region="East")
    with pytest.raises(WholeCompanyOnly):
        import_next_month(by=act("tom"), file_name="feb.zip", content=zipped(), why=WHY)


def test_the_page_takes_the_file(client_of: Browser, settings: object) -> None:
    address = "/c/small/jobs/import/upload/"

    def form() -> dict[str, object]:
        return {"plan": SimpleUploadedFile("feb.zip", zipped()), "why": WHY}

    assert client_of("").post(address, form()).status_code == 302 and not Job.objects.exists()
    assert client_of("olga").post(address, form()).status_code == 404
    assert client_of("vic").post(address, form()).status_code == 403
    assert client_of("tom").get(address).status_code == 405
    assert client_of("tom").post(address, {"why": WHY}).status_code == 400
    assert client_of("tom").post(address, form())["Location"] == f"/c/small/jobs/{Job.objects.get().pk}/"
    settings.UPLOAD_LIMIT = 1_000  # type: ignore[attr-defined]
    assert client_of("tom").post(address, form()).status_code == 413
    far_larger = SimpleUploadedFile("feb.zip", b"PK" + bytes(100_000))
    answer = client_of("tom").post(address, {"plan": far_larger, "why": WHY})
    assert answer.status_code == 413 and Document.objects.count() == 1
