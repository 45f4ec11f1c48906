"""Another reason for one's own change; the one it was made with stays on record."""

from __future__ import annotations

import pytest
from gridding import A_EAST, DEMAND, MARCH, cell, closed, opened, typed
from planning import address
from stage import Act, Browser

from sandop_web.access import NothingThere, WhyMissing
from sandop_web.actions.grid import ReasonIsTheirs, amend_reason
from sandop_web.queries.why import number_explained
from sandop_web.store.models import AmendedReason, Change, Version
from sandop_web.store.refusals import VersionIsPublished


@pytest.fixture
def batch(act: Act, version: Version) -> str:
    return typed(act("dana"), version, cell(A_EAST, None, 330.0), why="tender").batch


def test_the_reason_is_amended_and_the_first_one_is_kept(act: Act, version: Version, batch: str) -> None:
    said = amend_reason(by=act("dana"), version=version.pk, batch=batch, why="tender moved to March")
    assert (said.first, said.before, said.why) == ("tender", "tender", "tender moved to March")
    kept = AmendedReason.objects.get()
    assert (kept.person, kept.before, kept.why) == ("dana", "tender", "tender moved to March")
    assert Change.objects.latest("pk").why == "tender"


def test_grid_and_history_tell_the_reason_that_holds(act: Act, version: Version, batch: str) -> None:
    amend_reason(by=act("dana"), version=version.pk, batch=batch, why="second")
    amend_reason(by=act("dana"), version=version.pk, batch=batch, why="third")
    mark = next(mark for mark in opened(act("sam"), version, DEMAND).marks if mark.cells == 1)
    assert (mark.why, mark.first, mark.batch) == ("third", "tender", batch)
    at = {"item": "A", "customer": "E"}
    told = number_explained(by=act("sam"), version=version.pk, measure="sales_forecast", period=MARCH, at=at)
    assert [change.why for change in told.changes] == ["third"]


def test_the_same_reason_again_leaves_no_trace(act: Act, version: Version, batch: str) -> None:
    amend_reason(by=act("dana"), version=version.pk, batch=batch, why=" tender ")
    assert not AmendedReason.objects.exists()


def test_a_reason_is_given_by_who_made_the_change(act: Act, version: Version, batch: str) -> None:
    with pytest.raises(ReasonIsTheirs):
        amend_reason(by=act("max"), version=version.pk, batch=batch, why="mine")
    with pytest.raises(NothingThere):
        amend_reason(by=act("olga"), version=version.pk, batch=batch, why="mine")
    with pytest.raises(WhyMissing):
        amend_reason(by=act("dana"), version=version.pk, batch=batch, why=" ")
    for unknown in ("nothing", "0" * 32):
        with pytest.raises(NothingThere):
            amend_reason(by=act("dana"), version=version.pk, batch=unknown, why="mine")


def test_what_is_signed_keeps_its_reasons(act: Act, version: Version, batch: str) -> None:
    Version.objects.filter(pk=version.pk).update(state=Version.State.PUBLISHED)
    with pytest.raises(VersionIsPublished):
        amend_reason(by=act("dana"), version=version.pk, batch=batch, why="later")


def test_the_page(client_of: Browser, version: Version, batch: str) -> None:
    path = address(version, "grid/amend/")
    closed(client_of, path, {"batch": batch, "why": "later"})
    answer = client_of("dana").post(path, {"batch": batch, "why": "later"}, content_type="application/json")
    assert (answer.status_code, answer.json()["why"]) == (200, "later")
