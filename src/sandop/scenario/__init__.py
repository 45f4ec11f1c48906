"""The chain of a month, what could be decided about it, and its signature."""

from sandop.scenario.approval import ARBITER, require_signable, require_signer, verify_month
from sandop.scenario.chain import STEPS, festival_of, run_steps
from sandop.scenario.gap import cover_of
from sandop.scenario.kept import Kept, in_order, keep_month, kept_month
from sandop.scenario.month import CERTIFICATE, Month
from sandop.tables import Report

__all__ = [
    "ARBITER",
    "CERTIFICATE",
    "STEPS",
    "Kept",
    "Month",
    "Report",
    "cover_of",
    "festival_of",
    "in_order",
    "keep_month",
    "kept_month",
    "require_signable",
    "require_signer",
    "run_steps",
    "verify_month",
]
