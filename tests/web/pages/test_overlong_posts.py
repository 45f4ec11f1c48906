"""What is too much for one request is refused in words, changes nothing, and its sender hears of it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from html_reading import ReadPage, troubles_of

from sandop_web.screens.overlong import ReadToTheEnd
from sandop_web.store.models import Change, Version

Browser = Callable[[str], Client]
LARGE = 6 * 1024 * 1024
SAID = {"en": "too much to be sent at once", "zh": "一次提交的内容过多"}


def _address(version: Version, page: str) -> str:
    return f"/c/small/plan/{version.pk}/{page}"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("fields", [{"why": "x" * LARGE}, {f"now|{row}|2026-01": "1" for row in range(5_001)}])
def test_a_form_that_is_too_large_is_answered_in_words(
    client_of: Browser, version: Version, fields: dict[str, str], language: str
) -> None:
    client = client_of("dana")
    client.cookies["sandop_language"] = language
    form = "application/x-www-form-urlencoded"
    response = client.post(_address(version, "sheet/sales_forecast/edit/"), urlencode(fields), content_type=form)
    assert response.status_code == 413
    html = response.content.decode()
    assert troubles_of(html, language) == []
    assert SAID[language] in ReadPage(html).first("h1").text
    assert not Change.objects.exists()


def test_the_grid_hears_it_as_it_hears_every_refusal(client_of: Browser, version: Version) -> None:
    response = client_of("dana").post(
        _address(version, "grid/edit/?view=demand"), "x" * LARGE, content_type="application/json"
    )
    assert response.status_code == 413
    assert SAID["en"] in json.loads(response.content)["refusal"]


@pytest.mark.parametrize("brought", [0, 100, LARGE])
def test_what_a_page_did_not_read_is_read_before_it_answers(brought: int) -> None:
    sent = io.BytesIO(b"x" * brought)
    answer = ReadToTheEnd(lambda _: HttpResponse("no"))(_with_body(sent, brought))
    assert answer.status_code == 200
    assert sent.read() == b""


def test_nobody_reads_for_ever(settings: Any) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024
    sent = io.BytesIO(b"x" * LARGE)
    ReadToTheEnd(lambda _: HttpResponse("no"))(_with_body(sent, LARGE))
    assert len(sent.read()) == LARGE - 2 * 1024 * 1024


def _with_body(sent: io.BytesIO, length: int) -> HttpRequest:
    """A request as a server hands it over: its body still on the line."""
    environ = RequestFactory().post("/", content_type="text/plain").environ
    return WSGIRequest({**environ, "wsgi.input": sent, "CONTENT_LENGTH": str(length)})
