"""Files of a plan as people bring them, somebody who opens companies, and a job done here and now."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cast
from stage import NOW

from sandop.io import write_folder
from sandop.plan import Plan
from sandop_web.access import Actor, founder_of
from sandop_web.jobs.task import Outcome, Task
from sandop_web.jobs.works import work_named
from sandop_web.jobs.zipped import zip_folder
from sandop_web.store.models import Job, User


@cache
def zipped(start: str = "2026-01", currency: str = "CNY") -> bytes:
    """The small company's plan folder as a zip, starting with this month."""
    plan = cast.company_plan()
    time = plan.settings.time.model_copy(update={"start": start})
    company = plan.settings.company.model_copy(update={"currency": currency})
    settings = plan.settings.model_copy(update={"time": time, "company": company})
    with TemporaryDirectory() as made:
        write_folder(Plan(settings, plan.network, plan.sheets), Path(made) / "plan")
        return zip_folder(Path(made) / "plan", named="plan")


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def anna() -> Actor:
    """Anna, who may open companies and is in none; she signs in as `anna`."""
    user = User.objects.filter(username="anna").first()
    made = user or User.objects.create_user("anna", password=cast.PASSWORD, is_staff=True)
    return founder_of(user=made, at=NOW)


def do(number: int) -> Outcome:
    """The work of a job, computed and written without a worker; raises what the work raises."""
    job = Job.objects.select_related("company").get(pk=number)
    said: list[tuple[float | None, str, Mapping[str, Any]]] = []
    slug = job.company.slug if job.company else ""
    task = Task(job.arguments, "en", job.user_id, slug, lambda *told: said.append(told))
    outcome = work_named(job.work)(task)()
    shares = [progress for progress, _, _ in said if progress is not None]
    assert said and shares == sorted(shares)
    return outcome
