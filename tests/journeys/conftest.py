"""The demo company in a real browser: a copy of it for each file of journeys, served as people serve it.

SANDOP_JOURNEY_HOME names a folder with a demo company that is ready (quicker while a journey is written); left out,
one is made first. SANDOP_PICTURES=yes writes the pictures of the documents anew.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from workbench import Workbench, as_users_have_it, chromium, served

REPOSITORY = Path(__file__).resolve().parents[2]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker("journey")


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the demo company is open, its month run. It is copied, never served."""
    ready = os.environ.get("SANDOP_JOURNEY_HOME", "")
    if ready:
        return Path(ready)
    made = tmp_path_factory.mktemp("demo")
    programs = Path(sys.executable).parent
    for command in (
        [programs / "sandop", "demo", "pumps", made / "plan", "--run"],
        [programs / "sandop-web", "demo", "pumps", "--folder", made / "plan"],
    ):
        subprocess.run(command, env=as_users_have_it(made / "home"), check=True, capture_output=True, cwd=made)
    return made / "home"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window. It ends with the file: its event loop would be in the way of other tests."""
    program = chromium()
    if not program:
        if os.environ.get("SANDOP_NEEDS_CHROMIUM"):
            pytest.fail("Chromium is not installed: apt-get install chromium")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def served_company(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Address and home of a copy of the demo company, served with its worker as long as the file's journeys last."""
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(demo_home, home)
    with served(home) as address:
        yield address, home


@pytest.fixture
def workbench(browser: Browser, served_company: tuple[str, Path]) -> Iterator[Workbench]:
    """The served company with people who come and go; any script error or unexpected answer fails the journey."""
    address, home = served_company
    house = Workbench(browser, f"{address}/c/qiantang-pumps/", home, REPOSITORY)
    yield house
    house.leave()
    assert house.troubles == []
