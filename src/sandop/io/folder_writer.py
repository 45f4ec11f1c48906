"""Write a plan as a folder: complete or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from sandop.findings import Refusal
from sandop.io.assemble import input_names, table_names
from sandop.io.cell_texts import cell_text, csv_bytes, sheet_rows, table_cells
from sandop.io.changes import changes_as_rows
from sandop.io.folder import CHANGES, SETTINGS
from sandop.io.versions import carry_over
from sandop.io.whole_folders import whole_folder
from sandop.plan import Plan, Settings


class FolderIsNotEmpty(Refusal):
    """The folder holds something already, and nobody said that it may be replaced."""

    message = "io.folder_not_empty"


def write_folder(plan: Plan, path: Path, *, replace: bool = False) -> None:
    """Write the plan's inputs to the folder `path`; reading them gives a plan of the same input hash.

    With `replace` the inputs in an existing folder are exchanged; results, versions and all else stay.
    Raises FolderIsNotEmpty, and ValueError where a table holds a blank that reads back as something else.
    """
    if path.exists() and any(path.iterdir()) and not replace:
        raise FolderIsNotEmpty(folder=path.name)
    with whole_folder(path) as new:
        if path.exists():
            _keep_others(path, new)
        for name, content in folder_files(plan).items():
            file = new / name
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(content)
        if plan.previous:
            carry_over(new, plan.previous, before=plan.settings.time.start)


def folder_files(plan: Plan) -> dict[str, bytes]:
    """Name of each input file → its content."""
    files = {SETTINGS: settings_toml(plan.settings).encode("utf-8")}
    for name, table in plan.network.tables().items():
        if len(table):
            rows = [[cell_text(cell) for cell in row] for row in table_cells(table)]
            files[f"{name}.csv"] = csv_bytes([column.name for column in table.columns()], rows)
    for name, sheet in plan.sheets.items():
        if not len(sheet.rows):
            continue  # a sheet without rows says nothing, as one that is not there
        files[f"{name}.csv"] = csv_bytes(*sheet_rows(sheet))
    for month, sheet in plan.vintages.items():
        files[f"vintages/{month}.csv"] = csv_bytes(*sheet_rows(sheet))
    if plan.changes:
        files[f"{CHANGES}.csv"] = csv_bytes(*changes_as_rows(plan.changes))
    return files


def settings_toml(settings: Settings) -> str:
    """All settings as TOML, section by section."""
    stated = settings.model_dump(mode="json")
    sections: dict[str, Mapping[str, Any]] = {name: part for name, part in stated.items() if isinstance(part, dict)}
    lines = [f"{name} = {_toml(value)}" for name, value in stated.items() if name not in sections]
    for name, part in sections.items():
        lines += ["", f"[{name}]", *(f"{key} = {_toml(value)}" for key, value in part.items())]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, str | bool):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)


def settings_rows(settings: Settings) -> list[tuple[str, str, str, str]]:
    """(section, key, value, meaning) of every setting."""
    rows = []
    for name, field in type(settings).model_fields.items():
        part = getattr(settings, name)
        if not isinstance(part, BaseModel):
            rows.append(("", name, _plain(part), field.description or ""))
            continue
        for key, inner in type(part).model_fields.items():
            rows.append((name, key, _plain(getattr(part, key)), inner.description or ""))
    return rows


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return repr(value) if isinstance(value, float) else str(value)


def _keep_others(old: Path, new: Path) -> None:
    """Everything in the old folder that is no input: linked, not copied, where the disk can do it."""
    inputs = {SETTINGS, "vintages", f"{CHANGES}.csv", *(f"{name}.csv" for name in (*table_names(), *input_names()))}
    for kept in old.iterdir():
        if kept.name in inputs:
            continue
        if kept.is_dir():
            shutil.copytree(kept, new / kept.name, copy_function=_link)
        else:
            _link(kept, new / kept.name)


def _link(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
