"""Runs as a process of its own: opens one workbook within a limit of memory and writes its cells as JSON.

It imports nothing of the library, so that it starts at once, and what goes wrong in it ends this process only.
Call: python -I workbook_reader.py WORKBOOK BYTES
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import Any


def limit_memory(most: int) -> None:
    """No more than `most` bytes of address space, where the system can say so."""
    try:
        import resource
    except ImportError:  # not on Windows; the time limit remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def cell_text(cell: Any) -> str:
    """A cell as the text it would be in a CSV file."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        text = repr(cell)
        return text[:-2] if text.endswith(".0") else text
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ", timespec="seconds")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def sheets_of(path: str) -> dict[str, Any]:
    """Worksheet → rows of text from the first row on; hidden and merged sheets by name."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    found: dict[str, Any] = {"sheets": {}, "hidden": [], "merged": []}
    with CalamineWorkbook.from_path(path) as workbook:
        for known in workbook.sheets_metadata:
            if known.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(known.name)
            rows = sheet.to_python(skip_empty_area=False)
            found["sheets"][known.name] = [[cell_text(cell) for cell in row] for row in rows]
            if known.visible is not SheetVisibleEnum.Visible:
                found["hidden"].append(known.name)
            if sheet.merged_cell_ranges:
                found["merged"].append(known.name)
    return found


def main(arguments: list[str]) -> int:
    """Exit codes: 0 read, 3 out of memory, 4 the workbook cannot be read."""
    path, most = arguments
    limit_memory(int(most))
    try:
        found = sheets_of(path)
    except MemoryError:
        return 3
    except Exception:  # whatever the file does to the reader, the answer is the same: it cannot be read
        return 4
    json.dump(found, sys.stdout, ensure_ascii=True, separators=(",", ":"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
