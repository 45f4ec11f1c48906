"""Making a file of a plan."""

import io
import zipfile
from pathlib import Path

import pytest
from jobs_stage import do, zipped
from stage import NOW, Act, Browser

from sandop.io import check
from sandop.plan import input_hash
from sandop.scenario import STEPS, Month, kept_month, run_steps
from sandop_web.access import NothingThere, NotUnderstood, NotYourRole
from sandop_web.actions.jobs import NothingComputed, WholeCompanyOnly, export_plan
from sandop_web.jobs.brought import look_through
from sandop_web.store.models import Company, Document, Job, Version
from sandop_web.store.plans import read_month, read_plan, write_version


@pytest.fixture
def version(company: Company) -> Version:
    """The plan as it is once it was read from a file, with its month."""
    plan = look_through(name="plan.zip", content=zipped()).plan
    assert plan is not None
    month = run_steps(month=Month(plan))
    return write_version(
        company=company, title="2026-01", purpose="plan", plan=plan, month=month, made_by=None, at=NOW
    )


def _file(act: Act, version: Version, form: str) -> Document:
    made = do(export_plan(by=act("dana"), version=version.pk, form=form))
    return Document.objects.get(pk=made.document)


def test_the_workbook_reads_back_as_the_same_plan(act: Act, version: Version, tmp_path: Path) -> None:
    made = _file(act, version, "workbook")
    (tmp_path / "plan.xlsx").write_bytes(bytes(made.content))
    plan = check(tmp_path / "plan.xlsx").plan
    assert plan is not None and input_hash(plan) == input_hash(read_plan(version))


def test_the_folder_holds_plan_and_results(act: Act, version: Version, tmp_path: Path) -> None:
    made = _file(act, version, "folder")
    with zipfile.ZipFile(io.BytesIO(bytes(made.content))) as archive:
        archive.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    plan = check(folder).plan
    assert plan is not None
    kept = kept_month(folder=folder, plan=plan, inputs=input_hash(plan)).month
    assert set(kept.steps) == set(STEPS) and kept.result_hash == read_month(version).result_hash


def test_the_pack_is_a_workbook_named_for_company_and_month(act: Act, version: Version) -> None:
    made = _file(act, version, "pack")
    assert made.name == "Small Pumps 2026-01 v1 meeting pack.xlsx" and bytes(made.content).startswith(b"PK")


def test_a_part_of_the_company_is_not_given_the_whole_plan(act: Act, version: Version) -> None:
    with pytest.raises(WholeCompanyOnly):
        export_plan(by=act("sally"), version=version.pk, form="workbook")


def test_a_month_that_was_not_run_has_no_pack(act: Act, version: Version) -> None:
    Version.objects.update(steps=["forecast"])
    with pytest.raises(NothingComputed):
        export_plan(by=act("dana"), version=version.pk, form="pack")


def test_an_unknown_form_is_not_understood(act: Act, version: Version) -> None:
    with pytest.raises(NotUnderstood):
        export_plan(by=act("dana"), version=version.pk, form="pdf")


def test_a_viewer_takes_no_files_away_and_nothing_is_there_for_a_wrong_number(act: Act, version: Version) -> None:
    with pytest.raises(NotYourRole):
        export_plan(by=act("vic"), version=version.pk, form="pack")
    with pytest.raises(NothingThere):
        export_plan(by=act("dana"), version=version.pk + 1, form="pack")


def test_the_page_leads_to_the_job_and_the_file_to_those_who_see_everything(
    act: Act, client_of: Browser, version: Version
) -> None:
    address = f"/c/small/plan/{version.pk}/export/"
    assert client_of("").post(address, {"form": "pack"}).status_code == 302 and not Job.objects.exists()
    assert client_of("olga").post(address, {"form": "pack"}).status_code == 404
    assert client_of("dana").get(address).status_code == 405
    assert client_of("dana").post(address, {"form": "pack"}).status_code == 303
    assert client_of("wes").post(address, {"form": "pack"}).status_code == 403
    Document.objects.create(
        company_id=act("dana").company_id,
        name='钱塘泵业 "2026".xlsx',
        media_type="text/html",
        size=3,
        hash="",
        content=b"abc",
        user_id=act("dana").user_id,
        made_at=act("dana").at,
    )
    file = f"/c/small/documents/{Document.objects.get().pk}/"
    given = client_of("dana").get(file)
    assert given.content == b"abc" and given["X-Content-Type-Options"] == "nosniff"
    assert given["Content-Disposition"].startswith("attachment") and "\n" not in given["Content-Disposition"]
    assert [client_of(person).get(file).status_code for person in ("sally", "olga", "")] == [404, 404, 302]
