"""A zipped plan folder is looked through before anything is unpacked."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest
from jobs_stage import zip_of

from sandop.io import Ledger
from sandop_web.jobs.zipped import Limits, unpack_folder, zip_folder


def _refused(content: bytes, target: Path, limits: Limits | None = None) -> set[str]:
    """Message ids of why the zip is not unpacked; nothing may lie outside the target."""
    ledger = Ledger()
    unpacked = unpack_folder(
        content=content, name="p.zip", target=target / "in", ledger=ledger, limits=limits or Limits()
    )
    assert unpacked is None and {path.name for path in target.iterdir()} <= {"in"}
    return {finding.message for finding in ledger.findings()}


def test_a_folder_comes_back_as_it_went_in(tmp_path: Path) -> None:
    (tmp_path / "plan" / "vintages").mkdir(parents=True)
    (tmp_path / "plan" / "plan.toml").write_text("a = 1")
    (tmp_path / "plan" / "vintages" / "2025-12.csv").write_text("item")
    content = zip_folder(tmp_path / "plan", named="钱塘泵业 2026-01")
    assert content == zip_folder(tmp_path / "plan", named="钱塘泵业 2026-01")
    back = unpack_folder(content=content, name="p.zip", target=tmp_path / "back", ledger=Ledger())
    assert back is not None
    assert {str(file.relative_to(back)) for file in back.rglob("*.*")} == {"plan.toml", "vintages/2025-12.csv"}


def test_files_at_the_top_and_what_a_computer_adds_by_itself(tmp_path: Path) -> None:
    content = zip_of({"plan.toml": b"", "items.csv": b"", "__MACOSX/._items.csv": b"", ".DS_Store": b""})
    back = unpack_folder(content=content, name="p.zip", target=tmp_path / "back", ledger=Ledger())
    assert back is not None and {file.name for file in back.iterdir()} == {"plan.toml", "items.csv"}


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/evil.csv", "a/../../evil.csv", "..\\evil.csv", "C:evil.csv"])
def test_a_name_that_leads_outside_is_refused(tmp_path: Path, name: str) -> None:
    assert _refused(zip_of({"plan.toml": b"", name: b"x"}), tmp_path) == {"jobs.zip_name"}


def test_a_name_twice_is_refused(tmp_path: Path) -> None:
    assert _refused(zip_of({"plan.toml": b"", "items.csv": b"", "ITEMS.csv": b""}), tmp_path) == {"jobs.zip_name"}


def test_a_link_is_refused(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        link = zipfile.ZipInfo("items.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert _refused(made.getvalue(), tmp_path) == {"jobs.zip_name"}


def test_what_lies_too_deep_is_refused(tmp_path: Path) -> None:
    assert _refused(zip_of({"p/plan.toml": b"", "p/a/b/c/d.csv": b""}), tmp_path) == {"jobs.zip_depth"}


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    content = zip_of({f"{number}.csv": b"" for number in range(11)})
    assert _refused(content, tmp_path, Limits(files=10)) == {"jobs.zip_files"}


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    content = zip_of({"plan.toml": b"x" * 2_000})
    assert _refused(content, tmp_path, Limits(unpacked_bytes=1_000)) == {"jobs.zip_bomb"}
    assert _refused(zip_of({"a.csv": b"0" * 11_000_000}), tmp_path) == {"jobs.zip_bomb"}


def test_a_zip_that_lies_about_its_sizes_is_not_believed(tmp_path: Path) -> None:
    content = zip_of({"plan.toml": b"x" * 200_000})
    lying = content.replace((200_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != content
    assert _refused(lying, tmp_path, Limits(unpacked_bytes=1_000)) <= {"jobs.zip_bomb", "jobs.zip_damaged"}


def test_a_zip_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    assert _refused(zip_of({"plan.toml": b"x"})[:-30], tmp_path) == {"jobs.zip_damaged"}
