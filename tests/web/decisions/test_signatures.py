"""A signature can be checked by everybody, against the content itself."""

import importlib

import pytest
from django.db import connection
from meeting import ready_to_sign
from stage import Act

from sandop_web.access import NothingThere
from sandop_web.actions.signing import sign_plan
from sandop_web.queries.signatures import signatures, signing_sheet, verify_signature
from sandop_web.store.models import Entry, Signature, Version
from sandop_web.store.plans import read_network
from sandop_web.store.sealing import grouped

pytestmark = pytest.mark.usefixtures("cycle")


def test_it_holds_over_the_content_as_it_was_signed(act: Act) -> None:
    version = ready_to_sign(act("eve"))
    root = sign_plan(by=act("eve"), version=version, why="agreed")
    checked = verify_signature(by=act("vic"), version=version)
    assert checked.holds and checked.found == checked.signed == root


def test_it_does_not_hold_over_content_altered_behind_the_workbench(act: Act) -> None:

    version = ready_to_sign(act("eve"))
    sign_plan(by=act("eve"), version=version, why="agreed")
    importlib.import_module("sandop_web.store.migrations.0002_guards").lift_guards(connection)
    price, cost = (
        Entry.objects.filter(version_id=version, kind="result", name=name, block__gte=0).first()
        for name in ("revenue", "margin")
    )
    assert price is not None and cost is not None
    Entry.objects.filter(pk=price.pk).update(chunk=cost.chunk)
    checked = verify_signature(by=act("vic"), version=version)
    assert not checked.holds


def test_to_check_one_takes_nothing_away_from_what_others_have_open(act: Act) -> None:
    version = ready_to_sign(act("eve"))
    sign_plan(by=act("eve"), version=version, why="agreed")
    network = read_network(Version.objects.get(pk=version)).items
    verify_signature(by=act("vic"), version=version)
    assert read_network(Version.objects.get(pk=version)).items is network


def test_what_was_not_signed_has_no_signature_to_check(act: Act) -> None:
    with pytest.raises(NothingThere):
        verify_signature(by=act("vic"), version=Version.objects.get().pk)


def test_the_sheet_before_the_signer_shows_money_key_figures_and_decisions(act: Act) -> None:
    ready_to_sign(act("eve"))
    sheet = signing_sheet(by=act("eve"))
    assert sheet is not None
    assert ("Revenue", "2026", 809_701.98) in [(row.title, row.year, row.plan) for row in sheet.money]
    assert "Fill rate" in [row.title for row in sheet.kpis]
    assert [line.state for line in sheet.decisions] == ["approved", "approved"]
    assert not sheet.substitutes


def test_others_see_the_sheet_but_do_not_sign(act: Act) -> None:
    ready_to_sign(act("eve"))
    sheet = signing_sheet(by=act("max"))
    assert sheet is not None and not sheet.may_sign and not sheet.is_signer


def test_a_hash_is_read_in_groups() -> None:
    assert grouped("0123456789abcdef0") == "01234567 89abcdef 0"


def test_signatures_are_listed_for_everybody_in_the_company(act: Act) -> None:
    assert signatures(by=act("vic")) == ()
    sign_plan(by=act("eve"), version=ready_to_sign(act("eve")), why="agreed")
    [line] = signatures(by=act("vic"))
    assert line.root_hash == Signature.objects.get().root_hash and line.start == "2026-01"
