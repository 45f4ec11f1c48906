"""What must be true before a plan is signed; each thing that is not is a refusal that says who can lift it."""

from __future__ import annotations

from sandop.findings import Refusal
from sandop.scenario import STEPS, Month, verify_month
from sandop_web.access.refusals import WebRefusal
from sandop_web.store.models import Cycle, CycleStep, Decision, Signature, Version
from sandop_web.store.plans import change_count
from sandop_web.store.steps import PRE_SOP

MEETING = "sop_meeting"
SMALL = 50_000  # columns of a supply program whose certificate is checked within a page
State = CycleStep.State


class NotTheCyclesPlan(WebRefusal):
    """Only the plan of the open cycle is signed."""

    message = "decisions.not_the_cycles_plan"


class NotInTheMeeting(WebRefusal):
    """The plan is signed in the S&OP meeting, after pre-S&OP was signed."""

    message = "decisions.not_in_the_meeting"


class IsSignedAlready(WebRefusal):
    """The plan has its signature."""

    message = "decisions.is_signed_already"


class DecisionsAreUndecided(WebRefusal):
    """Decisions of the list are open."""

    message = "decisions.are_undecided"


class MonthIsNotWhole(WebRefusal):
    """A step of the month has not been computed."""

    message = "decisions.month_not_whole"


class ResultsAreOlder(WebRefusal):
    """Numbers have changed since the results were computed."""

    message = "decisions.results_are_stale"


class CertificateIsUnchecked(WebRefusal):
    """The certificate of these results has not been checked again."""

    message = "decisions.certificate_unchecked"


class CertificateDoesNotHold(WebRefusal):
    """The supply plan is not what its certificate proves."""

    message = "decisions.certificate_fails"


class HashHasMoved(WebRefusal):
    """The plan is not what the signer was shown."""

    message = "decisions.hash_has_moved"


def obstacles(*, cycle: Cycle, version: Version) -> list[Refusal]:
    """Everything that stands in the way of signing the version now, but for its certificate."""
    found: list[Refusal] = []
    signature = Signature.objects.filter(version=version).select_related("member").first()
    if signature is not None:
        return [IsSignedAlready(name=signature.member.name)]
    if version.pk != cycle.version_id:
        found.append(NotTheCyclesPlan(title=version.title))
    states = dict(cycle.steps.values_list("step", "state"))
    if states.get(PRE_SOP) != State.SIGNED or states.get(MEETING) not in (State.OPEN, State.SUBMITTED):
        found.append(NotInTheMeeting(month=cycle.month))
    undecided = cycle.decisions.filter(state=Decision.State.OPEN).order_by("number")
    if undecided:
        found.append(DecisionsAreUndecided(numbers=", ".join(str(one.number) for one in undecided)))
    missing = [step for step in STEPS if step not in version.steps]
    if missing:
        found.append(MonthIsNotWhole(title=version.title, steps=", ".join(missing)))
    elif version.results_of != change_count(version):
        later = change_count(version) - (version.results_of or 0)
        found.append(ResultsAreOlder(title=version.title, count=later))
    return found


def require_certified(*, version: Version, month: Month) -> None:
    """Raises CertificateIsUnchecked or CertificateDoesNotHold unless the certificate of exactly these results was
    checked when they were computed; of a small plan it is checked here, without the solver."""
    if version.verified and version.verified == month.result_hash:
        return
    rows = month.reports.get("certificate", ())
    if not rows or float(rows[0]["columns"] or 0) > SMALL:
        raise CertificateIsUnchecked()
    try:
        verification = verify_month(month=month)
    except ValueError:  # the stored certificate is not whole
        raise CertificateIsUnchecked() from None
    if not verification.holds:
        checked = verification.checked
        raise CertificateDoesNotHold(gap=checked.gap, violation=checked.violation)
