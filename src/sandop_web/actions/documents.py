"""Files that people bring: what may come in at all, judged by content and never by name."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath
from typing import Literal

from django.conf import settings

from sandop_web.access import Actor, WebRefusal
from sandop_web.store.documents import keep_document

PlanFile = Literal["workbook", "folder"]
MEDIA_TYPES: dict[str, str] = {
    "workbook": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pack": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "folder": "application/zip",
}
SETTINGS_FILE = "plan.toml"


class FileTooLarge(WebRefusal):
    """The file is larger than the workbench takes."""

    message = "jobs.file_too_large"
    status = 413


class FileIsEmpty(WebRefusal):
    """There is nothing in the file, or none was chosen."""

    message = "jobs.file_is_empty"
    status = 400


class NotAPlanFile(WebRefusal):
    """The file is neither a workbook nor a plan folder in a zip."""

    message = "jobs.not_a_plan_file"
    status = 415


def require_size(size: int) -> None:
    """Raises FileTooLarge where a file of so many bytes is more than the workbench takes."""
    if size > settings.UPLOAD_LIMIT:
        raise FileTooLarge(most=settings.UPLOAD_LIMIT / 1024**2)


def plan_file(*, name: str, content: bytes) -> PlanFile:
    """What kind of plan the file holds. Raises FileTooLarge, FileIsEmpty, NotAPlanFile."""
    require_size(len(content))
    if not content:
        raise FileIsEmpty()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise NotAPlanFile(name=plain_name(name)) from None
    if "xl/workbook.xml" in names:
        return "workbook"
    if any(PurePosixPath(inside).name == SETTINGS_FILE and inside.count("/") <= 1 for inside in names):
        return "folder"
    raise NotAPlanFile(name=plain_name(name))


def plain_name(name: str) -> str:
    """The file's name without the folders of the computer it comes from, at most 200 characters."""
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in bare if letter.isprintable())[-200:] or "plan"


def keep_plan_file(*, by: Actor, name: str, content: bytes) -> int:
    """Keep a plan that somebody brought until it has been looked through; its number. Raises as `plan_file`."""
    kind = plan_file(name=name, content=content)
    return keep_document(
        name=plain_name(name),
        media_type=MEDIA_TYPES[kind],
        content=content,
        user_id=by.user_id,
        company_id=by.company_id or None,
        at=by.at,
    )
