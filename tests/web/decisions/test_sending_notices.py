"""What is told goes out by e-mail and webhook, to a server that really listens; what fails is tried again."""

import datetime as dt
import http.server
import json
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from django.core import mail
from pytest_django import Settings
from stage import NOW

from sandop_web.actions.sending import ATTEMPTS, Sent, send_outgoing
from sandop_web.actions.telling import tell, tell_everybody
from sandop_web.queries.notices import deliveries
from sandop_web.store.models import Company, Member, Outgoing, User

pytestmark = pytest.mark.usefixtures("company")


class Robot(http.server.BaseHTTPRequestHandler):
    """A group robot: keeps what it is sent, answers what the test wants."""

    heard: ClassVar[list[tuple[str, dict[str, Any]]]] = []
    status: ClassVar[int] = 200
    answer: ClassVar[bytes] = b'{"errcode": 0, "errmsg": "ok"}'

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        Robot.heard.append((self.path, json.loads(self.rfile.read(length))))
        self.send_response(Robot.status)
        if Robot.status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(Robot.answer)))
        self.end_headers()
        self.wfile.write(Robot.answer)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture
def robot() -> Iterator[str]:
    """The address of a robot on this machine."""
    Robot.heard, Robot.status, Robot.answer = [], 200, b'{"errcode": 0, "errmsg": "ok"}'
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Robot)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/robot?key=k"
    server.shutdown()
    server.server_close()


def _hook(kind: str, url: str) -> None:
    Company.objects.update(rules={"webhooks": [{"kind": kind, "url": url}]})


def _tell(person: str = "sam") -> None:
    values = {"number": 7, "title": "Rig", "name": {"en": "Max", "zh": "马克斯"}, "day": dt.date(2026, 1, 21)}
    member = Member.objects.get(person=person)
    tell(member_id=member.pk, message="decisions.told.reopened", values=values, link="decisions/7/", at=NOW)


def _tell_everybody() -> None:
    values = {"name": {"en": "Eve", "zh": "伊芙"}, "month": "2026-01", "hash": "1234"}
    company = Company.objects.get()
    tell_everybody(company_id=company.pk, message="decisions.told.signed", values=values, link="sign/", at=NOW)


@pytest.mark.parametrize("kind", ["wecom", "dingtalk"])
def test_a_robot_gets_a_text_in_its_form_with_the_page_it_is_about(robot: str, kind: str) -> None:
    User.objects.filter(username="sam").update(language="en")
    _hook(kind, robot)
    _tell()
    assert send_outgoing(at=NOW) == Sent(1, 0)
    [(path, heard)] = Robot.heard
    assert path == "/robot?key=k" and heard["msgtype"] == "text"
    assert "To Sam: Max reopened decision 7, Rig" in heard["text"]["content"]
    assert heard["text"]["content"].endswith("http://127.0.0.1:8000/c/small/decisions/7/")


def test_a_group_reads_both_languages_and_is_called_by_no_name(robot: str) -> None:
    _hook("generic", robot)
    _tell_everybody()
    assert send_outgoing(at=NOW) == Sent(1, 0)
    [(_, heard)] = Robot.heard
    assert heard["text"] == "伊芙签批了2026年1月的计划：版本1234\nEve has signed the plan of Jan 2026: version 1234"
    assert heard["link"] == "http://127.0.0.1:8000/c/small/sign/"


def test_what_was_sent_is_not_sent_again(robot: str) -> None:
    _hook("generic", robot)
    _tell()
    send_outgoing(at=NOW)
    assert send_outgoing(at=NOW + dt.timedelta(days=2)) == Sent(0, 0)
    assert len(Robot.heard) == 1


@pytest.mark.parametrize(
    ("status", "answer"), [(500, b""), (302, b""), (200, b'{"errcode": 93000, "errmsg": "invalid"}'), (200, b"hm")]
)
def test_a_robot_that_does_not_take_it_is_asked_five_times_with_growing_pauses(
    robot: str, status: int, answer: bytes
) -> None:
    _hook("wecom", robot)
    _tell()
    Robot.status, Robot.answer = status, answer
    at, pauses = NOW, []
    for _ in range(ATTEMPTS):
        assert send_outgoing(at=at) == Sent(0, 1)
        assert send_outgoing(at=at) == Sent(0, 0)
        following = Outgoing.objects.get().next_at
        pauses.append(following - at)
        at = following
    assert send_outgoing(at=at + dt.timedelta(days=9)) == Sent(0, 0)
    assert pauses == sorted(pauses) and pauses[0] < pauses[-1]
    assert len(Robot.heard) == ATTEMPTS and all(path.startswith("/robot") for path, _ in Robot.heard)
    trouble = Outgoing.objects.get().trouble
    assert trouble and "key=k" not in trouble


def test_a_robot_that_recovers_gets_it(robot: str) -> None:
    _hook("generic", robot)
    _tell()
    Robot.status = 503
    send_outgoing(at=NOW)
    Robot.status = 200
    assert send_outgoing(at=NOW + dt.timedelta(hours=1)) == Sent(1, 0)
    assert Outgoing.objects.get().trouble == ""


def test_nobody_at_the_address_is_a_trouble_and_no_crash(act: Any) -> None:
    _hook("generic", "http://127.0.0.1:9/robot")
    _tell()
    assert send_outgoing(at=NOW) == Sent(0, 1)
    seen = deliveries(by=act("max"))
    assert (seen.waiting, seen.failed) == (1, 0) and seen.trouble[0].startswith("NotDelivered")


def test_a_workbench_in_the_open_does_not_reach_into_its_own_network(robot: str, settings: Settings) -> None:
    _hook("generic", robot.replace("http://", "https://"))
    _tell()
    settings.ADDRESS = SimpleNamespace(loopback=False, url="https://sop.example.com")
    assert send_outgoing(at=NOW) == Sent(0, 1)
    assert Robot.heard == [] and "not a public https address" in Outgoing.objects.get().trouble


def test_an_e_mail_is_written_in_the_readers_language_or_in_both(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example"
    User.objects.filter(username="sam").update(language="zh")
    _tell("sam")
    _tell("dana")
    assert send_outgoing(at=NOW) == Sent(2, 0)
    sam, dana = mail.outbox
    assert sam.to == ["sam@small.example"] and sam.subject.startswith("[Sandop Small Pumps] 马克斯")
    assert "Max reopened" not in sam.body and "http://127.0.0.1:8000/c/small/decisions/7/" in sam.body
    assert "马克斯" in dana.body and "Max reopened" in dana.body


def test_a_line_break_in_a_title_does_not_reach_the_head_of_an_e_mail(settings: Settings) -> None:
    settings.EMAIL_HOST = "mail.example"
    values = {"number": 7, "title": "Rig\r\nBcc: all@x.example", "name": {"en": "M", "zh": "马"}, "day": NOW.date()}
    member = Member.objects.get(person="sam")
    tell(member_id=member.pk, message="decisions.told.reopened", values=values, link="", at=NOW)
    assert send_outgoing(at=NOW) == Sent(1, 0)
    assert mail.outbox[0].to == ["sam@small.example"] and mail.outbox[0].bcc == []


def test_no_more_than_wanted_go_out_at_once(robot: str) -> None:
    _hook("generic", robot)
    for _ in range(3):
        _tell()
    assert send_outgoing(at=NOW, limit=2) == Sent(2, 0)
    assert send_outgoing(at=NOW, limit=2) == Sent(1, 0)
