"""Revoking a token."""

import pytest
from stage import NOW, Act, Browser

from sandop_web.access import NothingThere, TokenReadsOnly, TokenUnknown
from sandop_web.access.tokens import actor_of_token
from sandop_web.actions.tokens import make_token, revoke_token
from sandop_web.store.models import Token


@pytest.fixture
def key(act: Act) -> str:
    """A key of Dana's."""
    return make_token(by=act("dana"), name="notebook", scope="write", days=30)


def test_a_revoked_token_opens_nothing(act: Act, key: str) -> None:
    assert actor_of_token(key=key, at=NOW).person == "dana"
    revoke_token(by=act("dana"), token=Token.objects.get().pk)
    with pytest.raises(TokenUnknown):
        actor_of_token(key=key, at=NOW)


def test_the_sop_manager_may_revoke_anybodys(act: Act, key: str) -> None:
    revoke_token(by=act("max"), token=Token.objects.get().pk)
    assert Token.objects.get().revoked_at == NOW


def test_a_colleague_may_not(act: Act, key: str) -> None:
    with pytest.raises(NothingThere):
        revoke_token(by=act("sam"), token=Token.objects.get().pk)
    with pytest.raises(NothingThere):
        revoke_token(by=act("olga"), token=Token.objects.get().pk)
    with pytest.raises(TokenReadsOnly):
        revoke_token(by=act("dana", read_only=True), token=Token.objects.get().pk)
    assert Token.objects.get().revoked_at is None


def test_the_page_revokes_and_keeps_others_out(client_of: Browser, key: str) -> None:
    address = f"/c/small/tokens/{Token.objects.get().pk}/revoke/"
    assert client_of("").post(address).status_code == 302
    assert client_of("olga").post(address).status_code == 404
    assert client_of("sam").post(address).status_code == 404
    assert client_of("dana").get(address).status_code == 405
    assert client_of("dana").post(address).status_code == 303
    assert Token.objects.get().revoked_at is not None
