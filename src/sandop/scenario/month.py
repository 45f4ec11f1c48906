"""The month's results: what every step hands to the next, to the pack and to the version that is signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sandop.findings import Finding
from sandop.plan import Plan, Sheet, sheets_hash
from sandop.supply import Certificate
from sandop.tables import Report

CERTIFICATE = "certificate.npz"


@dataclass(frozen=True, eq=False)
class Month:
    """A plan and what has been computed from it so far.

    sheets    result measure → sheet
    reports   name → flat table (its columns stand with the function that makes it)
    findings  what the steps noticed
    proofs    file name → content of what proves the plan (the certificate)
    steps     the steps made so far
    """

    plan: Plan
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    reports: Mapping[str, Report] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    proofs: Mapping[str, bytes] = field(default_factory=dict)
    steps: tuple[str, ...] = ()

    def adding(
        self,
        *,
        sheets: Mapping[str, Sheet] | None = None,
        reports: Mapping[str, Report] | None = None,
        findings: Sequence[Finding] = (),
    ) -> Month:
        """The month with more results; sheets are rounded as they are stored."""
        stored = {name: sheet.rounded() for name, sheet in (sheets or {}).items()}
        return replace(
            self,
            sheets={**self.sheets, **stored},
            reports={**self.reports, **(reports or {})},
            findings=self.findings + tuple(findings),
        )

    def proven(self, certificate: Certificate) -> Month:
        """The month with the proof of its supply plan."""
        return replace(self, proofs={**self.proofs, CERTIFICATE: certificate.to_bytes()})

    @property
    def result_hash(self) -> str:
        """SHA-256 over all result sheets as stored."""
        return sheets_hash(self.sheets)
