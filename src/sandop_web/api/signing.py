"""Signing the plan, and checking a signature against the content it covers."""

from __future__ import annotations

from typing import Annotated

from ninja import Router
from ninja.responses import Status
from pydantic import BaseModel, Field

from sandop_web.actions.signing import sign_plan
from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import MADE, made, says
from sandop_web.api.values import Sent, Title, VersionId, Why
from sandop_web.queries.signatures import (
    Checked,
    SignatureLine,
    SigningSheet,
    signatures,
    signing_sheet,
    verify_signature,
)

router = Router()


class Signed(Sent):
    """What is signed."""

    expected_hash: Annotated[
        str,
        Field(pattern="^[0-9a-f ]{64,100}$", description="The root hash the signer was shown; spaces do not count"),
    ]
    conditions: Annotated[list[Title], Field(default_factory=list, max_length=50, description="Conditions, one each")]
    why: Why


class RootHash(BaseModel):
    """What the plan is named by from now on."""

    root_hash: str


@router.get("/signatures", response=says(list[SignatureLine]))
def signed_plans(request: Asked) -> tuple[SignatureLine, ...]:
    """Every plan of the company that was signed, the newest first."""
    return signatures(by=request.auth)


@router.get("/signatures/next", response=says(SigningSheet | None))
def to_be_signed(request: Asked) -> SigningSheet | None:
    """The plan of the open cycle as it would be signed now, or was signed; null where no cycle is open."""
    return signing_sheet(by=request.auth)


@router.post("/versions/{version}/signature", response=says(RootHash, status=MADE))
def sign(request: Asked, version: VersionId, body: Signed) -> Status[RootHash]:
    """Sign the plan of the open cycle and freeze it. The hash that the signer was shown must still be the plan's."""
    return made(RootHash(root_hash=sign_plan(by=request.auth, version=version, **body.model_dump())))


@router.get("/versions/{version}/signature", response=says(Checked))
def check_signature(request: Asked, version: VersionId) -> Checked:
    """Take the hash of a signed version's content again, and say whether the signature holds."""
    return verify_signature(by=request.auth, version=version)
