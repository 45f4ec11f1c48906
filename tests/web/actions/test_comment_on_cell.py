"""Saying something of a cell: who may, who sees it, and whom it names is told."""

from __future__ import annotations

import pytest
from gridding import A_EAST, A_WEST, DEMAND, FAMILY, ITEM_A, closed, opened
from planning import address
from stage import Act, Browser

from sandop_web.access import NothingThere, NotUnderstood
from sandop_web.access.grid.wishes import NoSuchCell
from sandop_web.actions.grid import GridComment, comment_on_cell
from sandop_web.actions.grid.commenting import MOST_CHARACTERS, CommentIsEmpty, CommentIsLong
from sandop_web.actions.scenarios import branch_scenario
from sandop_web.store.models import CellComment, Notice, Version


def _say(
    act: Act, person: str, version: Version, at: dict[str, str], text: str = "Really?", measure: str = "demand"
) -> GridComment:
    return comment_on_cell(by=act(person), version=version.pk, measure=measure, at=at, period="2026-03", text=text)


def _seen(act: Act, person: str, version: Version) -> list[tuple[str, int | None]]:
    return [(comment.text, comment.node) for comment in opened(act(person), version, DEMAND).comments]


def test_a_comment_stands_at_its_cell_for_everybody_who_sees_the_cell(act: Act, version: Version) -> None:
    said = _say(act, "dana", version, ITEM_A, " Too much? ")
    assert (said.person, said.name, said.text, said.resolved) == ("dana", "Dana", "Too much?", False)
    assert _seen(act, "sam", version) == [("Too much?", 2)]


def test_a_comment_on_the_west_is_not_seen_in_the_east(act: Act, version: Version) -> None:
    _say(act, "dana", version, A_WEST)
    _say(act, "dana", version, FAMILY, "the whole family")
    assert _seen(act, "sally", version) == []
    assert len(_seen(act, "vic", version)) == 2


def test_sallys_comment_on_a_total_speaks_of_her_region(act: Act, version: Version) -> None:
    _say(act, "sally", version, FAMILY)
    assert CellComment.objects.get().cell == {"region": "East", "family": "DOM"}
    assert _seen(act, "wes", version) == []
    assert _seen(act, "dana", version) == [("Really?", 1)]


def test_whom_a_comment_names_is_told_and_sees_it(act: Act, version: Version) -> None:
    _say(act, "dana", version, A_WEST, "@sally, @nobody and @dana: can you take this over?")
    (notice,) = Notice.objects.all()
    assert notice.member.person == "sally" and notice.link.startswith(f"plan/{version.pk}/grid/")
    assert notice.values["row"] == {"en": "Domestic pumps · Pump A · West", "zh": "家用泵 · 泵A · 西部"}
    assert _seen(act, "sally", version) == []  # her grid has no such row; the notice says it all


def test_a_scenario_begins_without_comments(act: Act, version: Version) -> None:
    _say(act, "dana", version, ITEM_A)
    own = Version.objects.get(pk=branch_scenario(by=act("dana"), version=version.pk, title="what if", why="try"))
    assert _seen(act, "dana", own) == []


def test_what_cannot_be_said(act: Act, version: Version) -> None:
    with pytest.raises(CommentIsEmpty):
        _say(act, "dana", version, ITEM_A, "  ")
    with pytest.raises(CommentIsLong):
        _say(act, "dana", version, ITEM_A, "x" * (MOST_CHARACTERS + 1))
    for at, measure in (({"family": "NO"}, "demand"), (FAMILY, "no_measure")):
        with pytest.raises(NoSuchCell):
            _say(act, "dana", version, at, measure=measure)
    with pytest.raises(NotUnderstood):
        _say(act, "dana", version, {"colour": "red"})
    with pytest.raises(NoSuchCell):
        _say(act, "sally", version, A_WEST)
    with pytest.raises(NothingThere):
        _say(act, "olga", version, A_EAST)
    assert not CellComment.objects.exists()


def test_the_page_takes_a_comment_and_its_doors(client_of: Browser, version: Version) -> None:
    path = address(version, "grid/comment/")
    sent = {"measure": "demand", "at": ITEM_A, "period": "2026-03", "text": "Really?"}
    closed(client_of, path, sent)
    assert not CellComment.objects.exists()
    answer = client_of("dana").post(path, sent, content_type="application/json")
    assert answer.json()["comment"]["text"] == "Really?"
