"""Make a file of a version: workbook, zipped folder with the results, or meeting pack."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from sandop.io import write_folder, write_workbook
from sandop.pack import write_pack
from sandop.plan import input_hash
from sandop.scenario import Month, keep_month
from sandop.wording import Language
from sandop_web.access.versions import version_of
from sandop_web.actions.documents import MEDIA_TYPES
from sandop_web.jobs.task import Outcome, Task, Write
from sandop_web.jobs.zipped import zip_folder
from sandop_web.store.documents import keep_document
from sandop_web.store.plans import read_month
from sandop_web.wording import say

_SUFFIXES = {"workbook": ".xlsx", "folder": ".zip", "pack": ".xlsx"}


def work(task: Task) -> Write:
    """Raises NothingThere."""
    by, form = task.actor(), str(task.arguments["form"])
    version = version_of(by=by, version=task.arguments["version"])
    month = read_month(version)
    task.line("jobs.plan_read", progress=0.3, changes=version.changes.count())
    name = _name(month, form, version.number, task.language)
    with TemporaryDirectory(prefix="sandop-export-") as made:
        content = _WRITERS[form](month, Path(made), name, task.language)
    task.line("jobs.file_made", progress=0.9, name=name + _SUFFIXES[form])

    def write() -> Outcome:
        document = keep_document(
            name=name + _SUFFIXES[form],
            media_type=MEDIA_TYPES[form],
            content=content,
            user_id=by.user_id,
            company_id=by.company_id,
            at=task.actor().at,
        )
        return Outcome({"version": version.pk}, document)

    return write


def _name(month: Month, form: str, number: int, language: Language) -> str:
    """Company, month, version and what it is: a file is found again by its name."""
    company, start = month.plan.settings.company, month.plan.settings.time.start
    named = company.name_zh if language == "zh" and company.name_zh else company.name
    plain = "".join("-" if letter in '\\/:*?"<>|' or not letter.isprintable() else letter for letter in named)
    return f"{plain[:80]} {start} v{number} {say(f'jobs.form.{form}', language)}"


def _workbook(month: Month, folder: Path, name: str, language: Language) -> bytes:  # noqa: ARG001
    file = folder / "plan.xlsx"
    write_workbook(month.plan, file, language=language)
    return file.read_bytes()


def _folder(month: Month, folder: Path, name: str, language: Language) -> bytes:  # noqa: ARG001
    target = folder / "plan"
    write_folder(month.plan, target)
    if month.steps:
        keep_month(folder=target, month=month, inputs=input_hash(month.plan), noticed={"": month.findings})
    return zip_folder(target, named=name)


def _pack(month: Month, folder: Path, name: str, language: Language) -> bytes:  # noqa: ARG001
    return write_pack(month=month, path=folder / "pack.xlsx", language=language).read_bytes()


_WRITERS: dict[str, Callable[[Month, Path, str, Language], bytes]] = {
    "workbook": _workbook,
    "folder": _folder,
    "pack": _pack,
}
