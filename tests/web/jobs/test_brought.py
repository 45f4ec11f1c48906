"""A file that was brought is opened by a process that may fail alone."""

from __future__ import annotations

from random import Random

import cast
import pytest
from jobs_stage import zip_of, zipped

from sandop.findings import Severity
from sandop.plan import input_hash
from sandop_web.jobs.brought import look_through


def test_a_sound_plan_is_loaded() -> None:
    brought = look_through(name="plan.zip", content=zipped())
    assert brought.plan is not None and len(brought.plan.network.items) == len(cast.company_plan().network.items)
    assert input_hash(brought.plan) == input_hash(look_through(name="again.zip", content=zipped()).plan)  # type: ignore[arg-type]


def test_errors_come_first_and_nothing_is_loaded() -> None:
    broken = zip_of({"plan.toml": b"[company]\nname = 1\n", "notes.csv": b"a,b\n1,2\n"})
    brought = look_through(name="plan.zip", content=broken)
    severities = [finding.severity for finding in brought.findings]
    assert brought.plan is None and severities[0] is Severity.ERROR
    assert severities == sorted(severities, key=list(Severity).index)


def test_too_little_memory_is_a_finding_not_a_crash() -> None:
    # The limit stops new memory only, and the reader starts with some to spare: no file of this size fits in that.
    heavy = zip_of({"plan.toml": b"name = '" + Random(4).randbytes(10_000_000).hex().encode() + b"'\n"})
    brought = look_through(name="plan.zip", content=heavy, memory_bytes=50_000_000)
    assert brought.plan is None and [f.message for f in brought.findings] == ["jobs.file_too_heavy"]


def test_too_little_time_is_a_finding() -> None:
    brought = look_through(name="plan.zip", content=zipped(), seconds=0.01)
    assert brought.plan is None and [f.message for f in brought.findings] == ["jobs.file_too_slow"]


def test_a_zip_that_leads_outside_is_a_finding() -> None:
    brought = look_through(name="plan.zip", content=zip_of({"plan.toml": b"", "../x.csv": b""}))
    assert brought.plan is None and [f.message for f in brought.findings] == ["jobs.zip_name"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_finding_reads_in_both_languages(language: str) -> None:
    (found,) = look_through(name="plan.zip", content=zip_of({"plan.toml": b"", "../x.csv": b""})).findings
    assert "../x.csv" in found.text(language) and found.remedy(language)  # type: ignore[arg-type]
