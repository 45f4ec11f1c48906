"""The served workbench as its people meet it: signing in, looking, and what went wrong on their pages."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

HEIGHT = 900
_PATIENCE = 60  # seconds until the server answers
_STEP = 30  # seconds until a page has done what was asked
_REFUSED = re.compile(r"the server responded with a status of (400|403|404|409|410|422)\b")

expect.set_options(timeout=_STEP * 1_000)  # machines are shared: what is late is not wrong


def chromium() -> str:
    """The installed Chromium; empty where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")


def as_users_have_it(home: Path) -> dict[str, str]:
    """The environment of a workbench whose home is `home`, without what the tests set for themselves."""
    ours = ("DATABASE_URL", "SANDOP_URL", "SANDOP_HOME", "DJANGO_SETTINGS_MODULE")
    return {name: value for name, value in os.environ.items() if name not in ours} | {"SANDOP_HOME": str(home)}


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Serve the company in `home` on a free port of this machine, with its worker; gives the address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [Path(sys.executable).parent / "sandop-web", "serve", "--port", str(port)]
    with (home / "served.log").open("wb") as log:
        server = subprocess.Popen(command, env=as_users_have_it(home), stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}/healthz", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the workbench did not begin to answer")


class Workbench:
    """The company's pages. `troubles` are script errors and answers that nobody expects."""

    def __init__(self, browser: Browser, url: str, home: Path, repository: Path) -> None:
        self.url = url
        self.home = home
        self.troubles: list[str] = []
        self._browser = browser
        self._repository = repository
        self._axe = repository / "node_modules" / "axe-core" / "axe.min.js"
        self._guests: list[BrowserContext] = []
        self._passwords = dict(re.findall(r"(\S+)\s+(\S{12})\s*$", (home / "people.txt").read_text("utf-8"), re.M))

    @property
    def people(self) -> frozenset[str]:
        """Names by which the company's people sign in."""
        return frozenset(self._passwords)

    def sign_in(self, person: str, language: str = "en", width: int = 1440, height: int = HEIGHT) -> Page:
        """A person's own browser, signed in, on the first page of the company."""
        page = self.visit(language, width, height)
        page.goto(self.url)
        page.fill("[name=username]", person)
        page.fill("[name=password]", self._passwords[person])
        page.press("[name=password]", "Enter")
        page.wait_for_url(self.url)
        self._speak(page, language)
        return page

    def sign_in_again(self, page: Page, person: str) -> None:
        """In another window of the same browser, which is closed then."""
        other = page.context.new_page()
        other.goto(self.url)
        other.fill("[name=username]", person)
        other.fill("[name=password]", self._passwords[person])
        other.press("[name=password]", "Enter")
        other.wait_for_url(self.url)
        other.close()

    def visit(self, language: str = "en", width: int = 1440, height: int = HEIGHT) -> Page:
        """A browser in which nobody has signed in yet."""
        guest = self._browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN" if language == "zh" else "en-GB",
            permissions=["clipboard-read", "clipboard-write"],
            accept_downloads=True,
        )
        self._guests.append(guest)
        guest.set_default_timeout(_STEP * 1_000)
        page = guest.new_page()
        page.on("pageerror", lambda error: self.troubles.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._heard(page, message))
        page.on("response", lambda answer: answer.status >= 500 and self.troubles.append(f"{answer.url}: 500"))
        return page

    def go(self, page: Page, address: str) -> Page:
        """To a page of the company, such as "step/pre_sop/"."""
        page.goto(self.url + address)
        return page

    def axe(self, page: Page) -> None:
        """Fails where axe-core finds a serious or critical barrier on the page."""
        assert self.barriers(page) == [], page.url

    def barriers(self, page: Page, *rules: str) -> list[str]:
        """The serious and critical barriers that axe-core finds on the page, by these of its rules; by all, where
        none is named."""
        if not page.evaluate("'axe' in window"):
            page.evaluate(self._axe.read_text(encoding="utf-8"))
        asked = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
        found = page.evaluate("asked => axe.run(document, asked)", asked)
        return [
            f"{rule['id']}: {node['html'][:160]}"
            for rule in found["violations"]
            if rule["impact"] in ("serious", "critical")
            for node in rule["nodes"][:3]
        ]

    def pictures(self, page: Page, name: str) -> None:
        """Pictures for the documents in both languages, where they are to be made anew."""
        if not os.environ.get("SANDOP_PICTURES"):
            return
        for language in ("zh", "en"):
            self._speak(page, language)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=self._repository / "docs" / "images" / f"{name}-{language}.png")

    def leave(self) -> None:
        """Everybody closes their browser."""
        for guest in self._guests:
            guest.close()

    def _speak(self, page: Page, language: str) -> None:
        button = page.locator(f"button[name=language][value={language}]").first
        if button.count():
            button.click()
            expect(page.locator("html")).to_have_attribute("lang", "zh-Hans" if language == "zh" else "en")
            page.wait_for_load_state()

    def _heard(self, page: Page, message: ConsoleMessage) -> None:
        if message.type == "error" and not _REFUSED.search(message.text):
            self.troubles.append(f"{page.url}: {message.text}")
