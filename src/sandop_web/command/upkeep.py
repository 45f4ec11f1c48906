"""Small verbs for whoever keeps the workbench: accounts, migrations, a look at the settings, room on the disk."""

from __future__ import annotations

import secrets

import click

from sandop.wording import Language
from sandop_web.command.ready import get_ready, in_language, said, tell


@click.command()
@click.argument("name")
@in_language
def founder(name: str, lang: Language) -> None:
    """Make an account that may open companies; its password is shown once.

    \b
    Example:  sandop-web founder anna
    """
    get_ready()
    from django.utils import timezone

    from sandop_web.actions.founding import make_founder
    from sandop_web.store.migrating import migrate as bring_up_to_date

    bring_up_to_date()
    password = secrets.token_urlsafe(12)
    if not make_founder(name=name, password=password, at=timezone.now()):
        raise click.ClickException(said("jobs.founder.there", lang, user=name))
    tell("jobs.founder.made", lang, user=name, password=password)


@click.command()
@in_language
def migrate(lang: Language) -> None:
    """Bring the database to this release; `serve` does so by itself."""
    get_ready()
    from sandop_web.store.migrating import migrate as bring_up_to_date

    bring_up_to_date()
    tell("jobs.migrated", lang)


@click.command()
@in_language
def check(lang: Language) -> None:
    """Say which settings hold, whether the database answers and the pages have scripts; exit code 1 where not."""
    get_ready()
    from django.conf import settings
    from django.contrib.staticfiles.finders import find
    from django.db import connection

    from sandop_web.store.migrating import missing_migrations

    named = settings.DATABASES["default"]["NAME"]
    tell(
        "jobs.check.settings",
        lang,
        url=settings.ADDRESS.url,
        database=f"{connection.vendor} {named}",
        home=settings.HOME,
    )
    missing = missing_migrations()
    if missing:
        raise click.ClickException(said("jobs.check.migrations", lang, count=missing))
    if find("vendor/versions.json") is None:
        raise click.ClickException(said("jobs.check.scripts", lang))
    tell("jobs.check.clean", lang)


@click.command()
@in_language
def collect_garbage(lang: Language) -> None:
    """Throw away content that no version refers to any more; workers do so daily."""
    get_ready()
    from sandop_web.store.garbage import collect_garbage as collect

    tell("jobs.garbage", lang, count=collect())
