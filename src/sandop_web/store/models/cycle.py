"""The cycle of a month: its steps and days, who gave what, what came late, what was restated."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sandop_web.store.models.people import Company, Member
from sandop_web.store.models.plan import Version


class Cycle(models.Model):
    """One month's cycle. `version` is the plan people work on, `snapshot` the data as they were closed."""

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="cycles")
    month = models.CharField(max_length=7)  # first planned month
    meeting = models.DateField()
    country = models.CharField(max_length=3, default="CN")  # whose holidays count
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    outcome = models.CharField(max_length=20, blank=True)  # approved, last_plan_stays; empty while open
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="cycles")
    snapshot = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="+")
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    data_closed_by = models.CharField(max_length=100, blank=True)
    data_closed_at = models.DateTimeField(null=True)
    restated = models.JSONField(default=list)  # key figures as they were known then and as restated
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["company", "month"], name="one_cycle_a_month"),
            models.UniqueConstraint(
                fields=["company"], condition=models.Q(state="open"), name="one_open_cycle_a_company"
            ),
        ]


class DayEdit(models.Model):
    """A day off or a make-up day that the company has announced, for everybody or for one site."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="day_edits")
    site = models.CharField(max_length=100, blank=True)  # empty: the calendar of the cycle
    day = models.DateField()
    worked = models.BooleanField()
    person = models.CharField(max_length=100)
    at = models.DateTimeField()
    why = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["company", "site", "day"], name="one_word_per_day"),
        ]


class CycleStep(models.Model):
    """A step of a cycle and how far it is."""

    class State(models.TextChoices):
        WAITING = "waiting"
        OPEN = "open"
        SUBMITTED = "submitted"
        SIGNED = "signed"

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField()
    day = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "step"], name="one_step_of_a_name"),
        ]
        ordering: ClassVar = ["place"]


class StepEvent(models.Model):
    """What became of a step: opened, submitted, signed, reopened, sent_back. Append-only."""

    step = models.ForeignKey(CycleStep, on_delete=models.CASCADE, related_name="events")
    what = models.CharField(max_length=20)
    person = models.CharField(max_length=100)
    role = models.CharField(max_length=40)
    at = models.DateTimeField()
    why = models.TextField(blank=True)
    unticked = models.JSONField(default=dict)  # line of the checklist that was not ticked → why it was signed so


class StepInput(models.Model):
    """What a step needs before it opens, from whom, and whether it is there."""

    class State(models.TextChoices):
        MISSING = "missing"
        DELIVERED = "delivered"
        SUBSTITUTED = "substituted"

    step = models.ForeignKey(CycleStep, on_delete=models.CASCADE, related_name="inputs")
    input = models.CharField(max_length=40)  # id in the cycle template
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    for_person = models.CharField(max_length=100, blank=True)  # salesperson whose customers it speaks of; empty: all
    state = models.CharField(max_length=12, choices=State, default=State.MISSING)
    substitute = models.CharField(max_length=20, blank=True)  # last_agreed, statistical, silence, none
    person = models.CharField(max_length=100, blank=True)  # who delivered or substituted
    at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["step", "input", "owner", "for_person"], name="one_input_per_owner"),
        ]


class Tick(models.Model):
    """A line of a step's checklist that somebody has ticked off."""

    step = models.ForeignKey(CycleStep, on_delete=models.CASCADE, related_name="ticks")
    line = models.PositiveSmallIntegerField()
    person = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["step", "line"], name="ticked_once")]


class LateInput(models.Model):
    """Numbers handed in after their step was closed: they wait for the next cycle unless they weigh too much."""

    class State(models.TextChoices):
        WAITING = "waiting"  # for the next cycle
        WEIGHTY = "weighty"  # over the threshold: the S&OP manager decides
        ADMITTED = "admitted"  # into this cycle: the step was reopened
        TAKEN_UP = "taken_up"  # by the next cycle
        OUTDATED = "outdated"  # the numbers it was meant for had moved, or their months were over
        REFUSED = "refused"

    UNDECIDED: ClassVar = (State.WAITING, State.WEIGHTY)

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="late_inputs")
    step = models.CharField(max_length=20)
    member = models.ForeignKey(Member, on_delete=models.PROTECT)
    at = models.DateTimeField()
    why = models.TextField()
    cells = models.JSONField()  # list of {measure, row, period, before, after}
    share = models.FloatField()  # change of the family it touches most, share of its total
    state = models.CharField(max_length=10, choices=State)
    decided_by = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_why = models.TextField(blank=True)


class TableQuality(models.Model):
    """How good a table or measure was when the data were closed, and who answers for it."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="qualities")
    name = models.CharField(max_length=60)  # table or measure
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True)
    rows = models.PositiveIntegerField()
    score = models.FloatField()  # 0 to 1
    faults = models.JSONField(default=list)  # findings that cost it: [message, count]

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["cycle", "name"], name="one_score_per_table")]


class Restatement(models.Model):
    """A closed figure that is not what it was when the month before was closed."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="restatements")
    measure = models.CharField(max_length=60)
    row = models.JSONField()
    period = models.CharField(max_length=10)
    before = models.FloatField(null=True)
    after = models.FloatField(null=True)
    noticed_at = models.DateTimeField()
