"""Where the company's notices are sent is changed; never to where the workbench must not reach."""

from types import SimpleNamespace

import pytest
from meeting import at_the_doors
from pytest_django import Settings
from stage import Act, Browser

from sandop_web.access import NotUnderstood, NotYourRole, WhyMissing
from sandop_web.actions.notices import change_webhooks
from sandop_web.actions.webhooks import Webhook, WebhookNotAllowed
from sandop_web.queries.notices import deliveries
from sandop_web.store.models import Company, Deed

pytestmark = pytest.mark.usefixtures("company")
PUBLIC = "https://93.184.216.34/robot/send?key=secret-key"


@pytest.fixture
def in_the_open(settings: Settings) -> None:
    """The workbench serves beyond its own machine."""
    settings.ADDRESS = SimpleNamespace(loopback=False, url="https://sop.example.com")


def test_they_replace_all_others(act: Act) -> None:
    for kind in ("wecom", "dingtalk"):
        change_webhooks(by=act("max"), webhooks=[Webhook(kind=kind, url=PUBLIC)], why="new group")
    assert Company.objects.get().rules["webhooks"] == [{"kind": "dingtalk", "url": PUBLIC}]


def test_other_rules_of_the_company_stay(act: Act) -> None:
    Company.objects.update(rules={"packet_hours": 24})
    change_webhooks(by=act("max"), webhooks=[Webhook(kind="generic", url=PUBLIC)], why="new group")
    assert Company.objects.get().rules["packet_hours"] == 24


def test_the_key_in_an_address_is_neither_shown_nor_recorded(act: Act) -> None:
    change_webhooks(by=act("max"), webhooks=[Webhook(kind="wecom", url=PUBLIC)], why="new group")
    assert deliveries(by=act("max")).webhooks[0].shown == "https://93.184.216.34/…"
    assert "secret-key" not in str(Deed.objects.get(action="change_webhooks").arguments)


@pytest.mark.usefixtures("in_the_open")
@pytest.mark.parametrize(
    "url",
    [
        "http://93.184.216.34/hook",
        "https://127.0.0.1/hook",
        "https://localhost/hook",
        "https://10.0.0.8/hook",
        "https://192.168.1.1/hook",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/hook",
        "https://[::ffff:10.0.0.8]/hook",
        "https://[64:ff9b::a00:8]/hook",
        "https://0.0.0.0/hook",
        "https://user:password@93.184.216.34/hook",
        "https://93.184.216.34:99999/hook",
        "ftp://93.184.216.34/hook",
        "gopher://93.184.216.34/hook",
        "https:///hook",
        "https://no-such-host.invalid/hook",
        "https://93.184.216.34/a b",
    ],
)
def test_what_is_not_public_https_is_refused(act: Act, url: str) -> None:
    with pytest.raises(WebhookNotAllowed):
        change_webhooks(by=act("max"), webhooks=[Webhook(kind="generic", url=url)], why="new group")
    assert "webhooks" not in Company.objects.get().rules


@pytest.mark.usefixtures("in_the_open")
def test_public_https_is_taken(act: Act) -> None:
    change_webhooks(by=act("max"), webhooks=[Webhook(kind="generic", url=PUBLIC)], why="new group")
    assert len(deliveries(by=act("max")).webhooks) == 1


def test_unknown_kinds_and_too_many_are_refused(act: Act) -> None:
    with pytest.raises(NotUnderstood):
        change_webhooks(by=act("max"), webhooks=[Webhook(kind="pigeon", url=PUBLIC)], why="fun")
    with pytest.raises(NotUnderstood):
        change_webhooks(by=act("max"), webhooks=[Webhook(kind="wecom", url=PUBLIC)] * 6, why="all of them")


@pytest.mark.parametrize("person", ["dana", "fiona", "vic"])
def test_only_the_s_and_op_manager_and_the_gm_may_and_they_say_why(act: Act, person: str) -> None:
    with pytest.raises(NotYourRole):
        change_webhooks(by=act(person), webhooks=[], why="quiet")
    with pytest.raises(WhyMissing):
        change_webhooks(by=act("eve"), webhooks=[], why="")


def test_the_page_has_a_door(client_of: Browser) -> None:
    form = {"kind-1": "wecom", "url-1": PUBLIC, "why": "new group"}
    at_the_doors(client_of, "notices/webhooks/change/", who="max", form=form, not_for=("dana", "vic"))
    page = client_of("max").get("/c/small/notices/webhooks/").content.decode()
    assert "93.184.216.34" in page and "secret-key" not in page
    assert client_of("dana").get("/c/small/notices/webhooks/").status_code == 403
