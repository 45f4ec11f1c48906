"""A draft becomes a version nobody can change, named by the hash the command line would give it."""

from __future__ import annotations

import datetime as dt

from sandop.io import version_hash
from sandop.plan import input_hash
from sandop_web.store import locks
from sandop_web.store.entries import Place, opened, places
from sandop_web.store.models import Entry, Version
from sandop_web.store.plans import change_count, month_of
from sandop_web.store.refusals import ResultsAreStale, VersionKeepsMoving

_TRIES = 5


def publish_version(*, version: Version, at: dt.datetime) -> str:
    """Freeze the version as it is and return its root hash: the version hash of its inputs, results and reports.

    The hashes are taken before the version is locked, and taken again where somebody edited it meanwhile.
    Raises VersionIsPublished; ResultsAreStale where its results do not belong to its inputs; VersionKeepsMoving.
    """
    for _ in range(_TRIES):
        contents = opened(version)
        month = month_of(contents)
        inputs = input_hash(month.plan)
        root = version_hash(input_hash=inputs, sheets=month.sheets, reports=month.reports)
        with locks.replacing(version) as held:
            if places(held) == list(contents):
                _require_fresh(held, list(contents))
                for each in (held, version):
                    each.input_hash, each.result_hash, each.root_hash = inputs, month.result_hash, root
                    each.state, each.published_at = Version.State.PUBLISHED, at
                held.save(update_fields=["input_hash", "result_hash", "root_hash", "state", "published_at"])
                return root
    raise VersionKeepsMoving(title=version.title, number=version.number)


def _require_fresh(version: Version, found: list[Place]) -> None:
    computed = any(place.kind == Entry.Kind.RESULT for place in found)
    changes = change_count(version)
    if computed and version.results_of != changes:
        raise ResultsAreStale(title=version.title, number=version.number, count=changes - (version.results_of or 0))
