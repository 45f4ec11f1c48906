"""`sandop-web` from the shell."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from jobs_stage import zipped

from sandop.io import Ledger
from sandop_web.jobs.zipped import unpack_folder

COMMAND = [sys.executable, "-m", "sandop_web.command"]
PATIENCE = 120


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An own home with an embedded database."""
    said = {"SANDOP_HOME": str(tmp_path / "home"), "DJANGO_SETTINGS_MODULE": "sandop_web.settings"}
    return {
        **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SANDOP_URL")},
        **said,
    }


def _run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words], env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _forty_browsers_stay_connected(port: int) -> None:
    """Each reads a page and keeps its line open, idle, as browsers do; the last one is let in like the first."""
    lines = [http.client.HTTPConnection("127.0.0.1", port, timeout=10) for _ in range(40)]
    for line in lines:
        line.request("GET", "/sign-in/")
        answer = line.getresponse()
        assert (answer.status, bool(answer.read())) == (200, True)
    for line in lines:
        line.close()


def test_the_first_account_is_made_once_and_its_password_shown_once(environment: dict[str, str]) -> None:
    made = _run(environment, "founder", "anna")
    assert made.returncode == 0 and re.search(r"Password: \S{16}", made.stdout)
    again = _run(environment, "founder", "anna", "--lang", "zh")
    assert again.returncode == 1 and "anna" in again.stderr and "密码：" not in again.stderr


def test_check_says_what_is_missing(environment: dict[str, str]) -> None:
    assert _run(environment, "check").returncode == 1
    assert _run(environment, "migrate").returncode == 0
    assert _run(environment, "check").returncode == 0
    assert _run(environment, "collect-garbage").returncode == 0


def test_a_wrong_setting_ends_with_its_own_words(environment: dict[str, str]) -> None:
    ended = _run({**environment, "SANDOP_URL": "http://sop.example.com"}, "check")
    assert ended.returncode == 1 and "https://" in ended.stderr and "Traceback" not in ended.stderr


def test_nobody_serves_beyond_this_machine_without_tls_before_it(environment: dict[str, str]) -> None:
    ended = _run(environment, "serve", "--bind", "0.0.0.0", "--port", str(_free_port()))
    assert ended.returncode == 1 and "SANDOP_URL" in ended.stderr


def test_a_demo_company_is_opened_from_a_folder_once_and_served(environment: dict[str, str], tmp_path: Path) -> None:
    folder = unpack_folder(content=zipped(), name="p.zip", target=tmp_path / "plan", ledger=Ledger())
    first = _run(environment, "demo", "pumps", "--folder", str(folder))
    assert first.returncode == 0, first.stderr
    people = tmp_path / "home" / "people.txt"
    assert stat.S_IMODE(people.stat().st_mode) == 0o600 and "eve" in people.read_text(encoding="utf-8")
    port = _free_port()
    serving = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port)], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert serving.stdout is not None
        assert any(str(port) in line for line in serving.stdout)
        assert urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=30).status == 200
        _forty_browsers_stay_connected(port)
    finally:
        serving.send_signal(signal.SIGTERM)
        assert serving.wait(PATIENCE) == 0
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)
        except (urllib.error.URLError, ConnectionError):
            return
    raise AssertionError("something still listens")
