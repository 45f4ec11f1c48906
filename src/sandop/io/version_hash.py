"""The name of a version: one hash over its inputs, results and reports, the same in a plan folder and in a database.

version hash = SHA-256 over {input hash, result hash, reports hash}
reports hash = SHA-256 over {report: SHA-256 of its CSV as it is stored}
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sandop.io.results import report_csv
from sandop.plan import Sheet, sheets_hash
from sandop.tables import Report


def version_hash(*, input_hash: str, sheets: Mapping[str, Sheet], reports: Mapping[str, Report]) -> str:
    """The name of the version with these inputs, result sheets and reports.

    Raises ValueError for a report whose rows differ in their columns.
    """
    hashes = {name: hashlib.sha256(report_csv(name, report)[1]).hexdigest() for name, report in reports.items()}
    parts = version_parts(input_hash=input_hash, result_hash=sheets_hash(sheets), report_hashes=hashes)
    return name_of_parts(parts)


def version_parts(*, input_hash: str, result_hash: str, report_hashes: Mapping[str, str]) -> dict[str, str]:
    """What the name is taken over; `report_hashes` is the SHA-256 of each report's CSV."""
    return {"input_hash": input_hash, "result_hash": result_hash, "reports_hash": digest_of(dict(report_hashes))}


def name_of_parts(parts: Mapping[str, str]) -> str:
    """The name of the version with these parts."""
    return digest_of(dict(parts))


def digest_of(value: Any) -> str:
    """SHA-256 of a value that JSON knows, its keys in order."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
