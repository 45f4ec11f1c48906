"""The settings are safe before they are convenient: what the environment may say, and what follows from it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sandop_web.environment import WrongSetting, email_of, public_address, secret_key, sign_on_of

HTTPS = {"SANDOP_URL": "https://sop.example.com"}
_VISIT = """
import json, django
django.setup()
from django.core.management import call_command
from django.conf import settings
from django.test import Client
call_command("migrate", verbosity=0)
from sandop_web.store.models import User
User.objects.create_user("dana", password="pump-casting-42")
plain = Client(SERVER_NAME="sop.example.com").get("/sign-in/")
browser = Client(SERVER_NAME="sop.example.com")
asked = browser.get("/sign-in/", secure=True)
entered = browser.post("/sign-in/", {"username": "dana", "password": "pump-casting-42"}, secure=True)
chosen = browser.post("/language/", {"language": "zh"}, secure=True)
elsewhere = Client(SERVER_NAME="evil.example").get("/sign-in/", secure=True)
cookies = {
    name: {word: cookie[word] for word in ("secure", "httponly", "samesite")}
    for answer in (asked, entered, chosen) for name, cookie in answer.cookies.items()
}
print(json.dumps({
    "plain": [plain.status_code, plain.headers.get("Location")],
    "headers": dict(asked.headers), "cookies": cookies, "elsewhere": elsewhere.status_code,
    "key": settings.SECRET_KEY, "debug": settings.DEBUG, "entered": entered.status_code,
}))
"""

_VISIT_LOCALHOST = """
import json, sys, django
django.setup()
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
from sandop_web.store.models import User
User.objects.create_user("dana", password="pump-casting-42")
browser = Client(enforce_csrf_checks=True, HTTP_HOST=sys.argv[1], HTTP_X_FORWARDED_PROTO="https")
plain = Client(HTTP_HOST=sys.argv[1]).get("/sign-in/")
token = browser.get("/sign-in/").cookies["csrftoken"].value
form = {"username": "dana", "password": "pump-casting-42", "csrfmiddlewaretoken": token}
elsewhere = browser.post("/sign-in/", form, HTTP_ORIGIN="https://evil.example")
entered = browser.post("/sign-in/", form, HTTP_ORIGIN="https://localhost:8443")
cookies = {name: cookie["secure"] for name, cookie in sorted(browser.cookies.items())}
print(json.dumps({
    "plain": plain.status_code, "entered": entered.status_code, "cookies_secure": cookies,
    "elsewhere": elsewhere.status_code,
}))
"""


def run(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A fresh process with nothing in its environment but what a server would have."""
    kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    said = {"DJANGO_SETTINGS_MODULE": "sandop_web.settings", "SANDOP_HOME": str(home), "PYTHONWARNINGS": "ignore"}
    return subprocess.run(
        [sys.executable, *arguments], env={**kept, **said, **environment}, capture_output=True, text=True, timeout=120
    )


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a browser sees of a workbench behind https."""
    told = run(tmp_path_factory.mktemp("home"), "-c", _VISIT, **HTTPS)
    assert told.returncode == 0, told.stderr
    answer: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return answer


def test_the_framework_finds_nothing_to_warn_of(tmp_path: Path) -> None:
    told = run(tmp_path, "-m", "django", "check", "--deploy", "--fail-level", "WARNING", **HTTPS)
    assert told.returncode == 0, told.stderr
    assert "no issues (0 silenced)" in told.stdout


def test_plain_http_is_sent_on_to_https(visit: dict[str, Any]) -> None:
    assert visit["plain"] == [301, "https://sop.example.com/sign-in/"]


def test_the_browser_is_told_to_come_by_https_from_now_on(visit: dict[str, Any]) -> None:
    assert visit["headers"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


def test_every_cookie_is_kept_from_scripts_from_plain_http_and_from_other_sites(visit: dict[str, Any]) -> None:
    assert set(visit["cookies"]) == {"sessionid", "csrftoken", "sandop_language"}
    for cookie in visit["cookies"].values():
        assert cookie == {"secure": True, "httponly": True, "samesite": "Lax"}


def test_another_host_name_is_not_answered(visit: dict[str, Any]) -> None:
    assert visit["elsewhere"] == 400
    assert visit["entered"] == 302 and visit["debug"] is False


def test_the_secret_key_is_made_at_random_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first, second = secret_key({}, tmp_path / "one"), secret_key({}, tmp_path / "two")
    assert first != second and len(first) >= 80
    assert secret_key({}, tmp_path / "one") == first
    assert stat.S_IMODE((tmp_path / "one" / "secret-key").stat().st_mode) == 0o600


def test_a_short_secret_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="50 characters"):
        secret_key({"SANDOP_SECRET_KEY": "secret"}, tmp_path)
    assert secret_key({"SANDOP_SECRET_KEY": "k" * 50}, tmp_path) == "k" * 50


@pytest.mark.parametrize(
    "url", ["http://sop.example.com", "http://192.168.1.5:8000", "sop.example.com", "ftp://x", ""]
)
def test_an_address_where_passwords_would_travel_in_the_open_is_refused(url: str) -> None:
    with pytest.raises(WrongSetting, match="SANDOP_URL"):
        public_address(url)


@pytest.mark.parametrize("url", ["https://example.com/sop", "https://example.com?sop", "https://me@example.com"])
def test_the_workbench_has_a_host_name_of_its_own(url: str) -> None:
    with pytest.raises(WrongSetting, match="SANDOP_URL"):
        public_address(url)


@pytest.mark.parametrize("host", ["localhost:8443", "localhost"], ids=["the proxy names the port", "or not"])
def test_a_proxy_with_tls_on_this_machine_is_as_strict(tmp_path: Path, host: str) -> None:
    told = run(tmp_path, "-c", _VISIT_LOCALHOST, host, SANDOP_URL="https://localhost:8443")
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout.splitlines()[-1]) == {
        "plain": 301,
        "entered": 302,
        "cookies_secure": {"csrftoken": True, "sessionid": True},
        "elsewhere": 403,
    }


def test_http_is_for_this_machine_alone(tmp_path: Path) -> None:
    assert public_address("http://127.0.0.1:8000").loopback
    assert public_address("https://sop.example.com/").secure
    told = run(tmp_path, "-m", "django", "check", SANDOP_URL="http://sop.example.com")
    assert told.returncode != 0 and "must begin with https://" in told.stderr


def test_a_provider_is_reached_by_https_and_with_a_proof_key() -> None:
    said = {"SANDOP_OIDC_ISSUER": "https://id.example.com/", "SANDOP_OIDC_CLIENT_ID": "sandop"}
    (app,) = sign_on_of(said)
    assert app["settings"] == {"server_url": "https://id.example.com", "oauth_pkce_enabled": True}
    assert sign_on_of({}) == []
    with pytest.raises(WrongSetting, match="https"):
        sign_on_of({**said, "SANDOP_OIDC_ISSUER": "http://id.example.com"})
    with pytest.raises(WrongSetting, match="CLIENT_ID"):
        sign_on_of({"SANDOP_OIDC_ISSUER": "https://id.example.com"})


def test_passwords_do_not_go_to_a_mail_server_in_the_open() -> None:
    assert email_of("smtp://u:p@mail.example:587").start_tls
    assert email_of("smtps://u:p@mail.example").tls
    with pytest.raises(WrongSetting, match="SANDOP_EMAIL_URL"):
        email_of("mail.example")
