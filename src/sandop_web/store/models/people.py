"""Companies, their people, what these did, and the keys of their programs."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower


class User(AbstractUser):
    """Somebody who can sign in. What they may do is said by their memberships, nowhere else."""

    language = models.CharField(max_length=2, default="", blank=True)  # en, zh; empty: as the browser says
    large_numbers = models.CharField(max_length=7, default="", blank=True)  # million, wan; empty: million

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="one_user_per_email", condition=~models.Q(email=""))
        ]

    @property
    def claimed(self) -> bool:
        """True once somebody has made the account their own: chosen a password, or signed in."""
        return self.has_usable_password() or self.last_login is not None


class Company(models.Model):
    """A company that plans here."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200, blank=True)
    currency = models.CharField(max_length=8)
    invented = models.BooleanField(default=False)  # a demo company: every page says so
    time_zone = models.CharField(max_length=64, default="Asia/Shanghai")
    rules = models.JSONField(default=dict, blank=True)  # ground rules the company has changed from their defaults
    days_behind = models.PositiveIntegerField(default=0)  # a demo company lives so many days before our today
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.slug


class Member(models.Model):
    """A person's place in a company: role, scope and authority. The people table of a plan is where they come from
    when the company is made; afterwards this row counts."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="members")
    person = models.CharField(max_length=100)  # id in the plan's people table
    name = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=40)
    region = models.CharField(max_length=100, blank=True)  # empty: all
    family = models.CharField(max_length=100, blank=True)  # empty: all
    authority = models.FloatField(default=0.0)  # plan currency that may be decided alone
    authority_units = models.FloatField(null=True, blank=True)  # plan units; null: no limit in volume
    active = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["company", "user"], name="one_place_in_a_company"),
            models.UniqueConstraint(fields=["company", "person"], name="one_member_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} of {self.company_id}"


class Token(models.Model):
    """A key with which a program acts for a member. Only its digest is kept."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the key
    scope = models.CharField(max_length=10)  # read, write, calendar
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)


class Deed(models.Model):
    """One action somebody took, whatever door they came through. Append-only."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="deeds", null=True)
    person = models.CharField(max_length=100)
    role = models.CharField(max_length=40)
    action = models.CharField(max_length=60)
    through = models.CharField(max_length=10)  # page, api, job
    why = models.TextField(blank=True)
    arguments = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["company", "at"]), models.Index(fields=["company", "person", "at"])]
