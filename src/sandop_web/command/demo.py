"""A demo company in the workbench, with an account for each of its people, and served if wanted."""

from __future__ import annotations

import datetime as dt
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import click

from sandop.wording import Language
from sandop_web.command.ready import get_ready, in_language, said, tell

FOUNDER = "founder"
PEOPLE_FILE = "people.txt"
MEETING_IN = 16  # days until the meeting of the first cycle, or the next working day: the data are closed today


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in."""

    name: str
    role: str
    scope: str
    user: str
    password: str


@click.command()
@click.argument("company", type=click.Choice(["pumps", "medicines"]))
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Its plan folder with the results of its month; left out, both are made.",
)
@click.option("--serve", "serve_it", is_flag=True, help="Serve the workbench afterwards, on this machine alone.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@in_language
def demo(company: str, folder: Path | None, serve_it: bool, port: int, lang: Language) -> None:
    """Open a demo company in the workbench, with an account for each of its people. One that is open is kept.

    \b
    Example:  sandop-web demo pumps --serve
    """
    from sandop_web.command.serving import Serving, free_port, run

    port = free_port(port, lang) if serve_it else port
    get_ready(address=f"http://127.0.0.1:{port}")
    from django.conf import settings

    from sandop_web.store.migrating import migrate

    migrate()
    file = settings.HOME / PEOPLE_FILE
    title = _title(company, lang)
    if _is_open(company):
        tell("jobs.demo.kept", lang, company=title, file=_shown(file))
    else:
        tell("jobs.demo.founding", lang, company=title)
        _open(company, folder, file, lang)
    if serve_it:
        run(Serving(port=port), lang)


def _open(company: str, folder: Path | None, file: Path, language: Language) -> None:
    from django.conf import settings

    founder = _founder()
    slug = _founded(company, folder, founder, language)
    _open_cycle(slug)
    table = _table(_accounts(slug, founder, language), language)
    _keep(file, f"{settings.ADDRESS.url}/c/{slug}/\n{table}")
    tell("jobs.demo.founded", language, company=_title(company, language), url=f"{settings.ADDRESS.url}/c/{slug}/")
    tell("jobs.demo.people", language, file=_shown(file))
    click.echo(table)


def _title(company: str, language: Language) -> str:
    from sandop_demo.companies import companies

    return companies()[company].title(language)


def _is_open(company: str) -> bool:
    from sandop_web.store.models import Company

    return Company.objects.filter(name=_title(company, "en"), invented=company == "pumps").exists()


def _founder() -> Account:
    """The account that opens companies; made anew its password is known, kept it is not."""
    from django.utils import timezone

    from sandop_web.actions.founding import make_founder

    password = secrets.token_urlsafe(9)
    made = make_founder(name=FOUNDER, password=password, at=timezone.now())
    return Account("", "", "", FOUNDER, password if made else "")


def _founded(company: str, folder: Path | None, founder: Account, language: Language) -> str:
    """The company's short name, after its plan and month were made or read from the folder."""
    from sandop_web.jobs.task import Task
    from sandop_web.jobs.works import found_demo
    from sandop_web.store.models import User

    def show(_: float | None, message: str, values: Mapping[str, Any]) -> None:
        click.echo("  " + said(message, language, **values))

    user = User.objects.get(username=founder.user)
    where = {"folder": str(folder)} if folder else {}
    task = Task({"company": company, "joining": False, **where}, language, user.pk, "", show)
    return str(found_demo.work(task)().said["company"])


def _open_cycle(company: str) -> None:
    """The first cycle, so that its steps can be walked through at once, and what its plan asks to be decided."""
    from django.utils import timezone

    from sandop.cycle import country_days_off, is_working_day
    from sandop_web.access import actor_of
    from sandop_web.access.roles import SOP_MANAGER
    from sandop_web.actions.cycle import open_cycle
    from sandop_web.actions.decisions import take_up_decisions
    from sandop_web.store.models import Member, Version
    from sandop_web.store.plans import read_network

    member = Member.objects.filter(company__slug=company, role=SOP_MANAGER).order_by("pk")[0]
    by = actor_of(user=member.user, company=company, at=timezone.now(), through="job")
    day = by.today + dt.timedelta(days=MEETING_IN)
    version = Version.objects.get(company__slug=company)
    country = next(str(country) for country in read_network(version).sites.country)
    off = country_days_off(country=country, years=(day.year, day.year + 1))
    while not is_working_day(day, days_off=off.off, days_worked=off.worked):
        day += dt.timedelta(days=1)
    open_cycle(by=by, month=version.start, meeting=day, country=country, why="demo")
    take_up_decisions(by=by)


def _accounts(company: str, founder: Account, language: Language) -> list[Account]:
    """An account with a new password for every person, and the founder's."""
    from sandop.cycle import roles
    from sandop_web.actions.founding import give_passwords
    from sandop_web.store.models import Member

    members = Member.objects.filter(company__slug=company).exclude(user__username=FOUNDER).order_by("pk")
    passwords = {member.person: secrets.token_urlsafe(9) for member in members}
    give_passwords(company=company, passwords=passwords)
    made = [
        Account(
            name=member.name_zh if language == "zh" and member.name_zh else member.name,
            role=roles()[member.role][language],
            scope=" · ".join(part for part in (member.region, member.family) if part),
            user=member.user.get_username(),
            password=passwords[member.person],
        )
        for member in members.select_related("user")
    ]
    opens = said("jobs.demo.founder", language)
    return [*made, Account(opens, "", "", founder.user, founder.password)] if founder.password else made


def _table(accounts: list[Account], language: Language) -> str:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("person", "role", "scope", "user", "password"):
        table.add_column(said(f"jobs.demo.{heading}", language), no_wrap=True)
    for account in accounts:
        table.add_row(account.name, account.role, account.scope, account.user, account.password)
    text = StringIO()
    Console(file=text, width=120, highlight=False, markup=False).print(table)
    return text.getvalue()


def _keep(file: Path, text: str) -> None:
    """Write the passwords where only the owner of the machine account can read them."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as kept:
        kept.write(text + "\n")


def _shown(file: Path) -> str:
    """The file as one would type it from here."""
    return os.path.relpath(file)
