"""Check a plan folder or workbook: read it and make every check."""

from __future__ import annotations

from pathlib import Path

from sandop.io.assemble import Loaded
from sandop.io.folder import read_folder
from sandop.io.workbook import read_workbook


def check(path: Path) -> Loaded:
    """Read the plan at `path`, a folder or a workbook (any file), with every problem in it."""
    return read_workbook(path) if path.is_file() else read_folder(path)
