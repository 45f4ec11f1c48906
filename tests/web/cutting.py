"""The cuts of the small company's plan, for tests of how sales answers them."""

from __future__ import annotations

from sandop.plan import Key
from sandop_web.access import Actor
from sandop_web.queries.steps.cuts import cuts_of
from sandop_web.store.cuts import Cut, cuts_of_report
from sandop_web.store.models import Version
from sandop_web.store.plans import read_network, read_report


def cut_of(customer: str) -> Cut:
    """The dearest cut of a customer in the only version there is."""
    version = Version.objects.get()
    found = cuts_of_report(read_report(version, "unserved"), read_network(version))
    return next(cut for cut in found if cut.customer == customer)


def said_to(by: Actor, key: Key) -> str:
    """The state of a cut as the reader sees it."""
    lines = cuts_of(by=by, customer=key[2]).lines
    return next(line.state for line in lines if (line.item, line.site, line.customer) == key)
