"""Settling what was said of a cell: whoever sees it may, once."""

from __future__ import annotations

import pytest
from gridding import A_WEST, ITEM_A, closed, opened
from planning import address
from stage import Act, Browser

from sandop_web.access import NothingThere
from sandop_web.actions.grid import comment_on_cell, resolve_comment
from sandop_web.actions.grid.commenting import CommentIsSettled
from sandop_web.store.models import CellComment, Version


def _said(act: Act, version: Version, at: dict[str, str], person: str = "dana") -> int:
    return comment_on_cell(
        by=act(person), version=version.pk, measure="demand", at=at, period="2026-03", text="Really?"
    ).id


def test_a_settled_comment_says_who_settled_it(act: Act, version: Version) -> None:
    settled = resolve_comment(by=act("sam"), comment=_said(act, version, ITEM_A))
    assert settled.resolved and settled.resolved_by == "Sam"
    (shown,) = opened(act("dana"), version).comments
    assert shown.resolved and shown.text == "Really?"


def test_a_comment_is_settled_once(act: Act, version: Version) -> None:
    comment = _said(act, version, ITEM_A)
    resolve_comment(by=act("sam"), comment=comment)
    with pytest.raises(CommentIsSettled) as refused:
        resolve_comment(by=act("dana"), comment=comment)
    assert "Sam" in refused.value.text("en")


def test_who_does_not_see_a_comment_does_not_settle_it(act: Act, version: Version) -> None:
    comment = _said(act, version, A_WEST)
    for person in ("sally", "olga"):
        with pytest.raises(NothingThere):
            resolve_comment(by=act(person), comment=comment)
    with pytest.raises(NothingThere):
        resolve_comment(by=act("dana"), comment=comment + 1)
    assert resolve_comment(by=act("wes"), comment=comment).resolved


def test_the_page_settles_a_comment_and_its_doors(act: Act, client_of: Browser, version: Version) -> None:
    path, sent = address(version, "grid/resolve/"), {"id": _said(act, version, ITEM_A)}
    closed(client_of, path, sent)
    assert CellComment.objects.get().resolved_at is None
    answer = client_of("dana").post(path, sent, content_type="application/json")
    assert answer.json()["comment"]["resolved"] is True
