"""Entries of a version and the chunks they point at: written in bulk, opened by hash."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Q

from sandop_web.remembering import Remembered
from sandop_web.store.contents import open_findings, open_proof, open_report, open_settings, open_table
from sandop_web.store.models import Chunk, Entry, Version
from sandop_web.store.models.plan import HEAD
from sandop_web.store.packing import Packed, unpack
from sandop_web.store.remembering import remembered
from sandop_web.store.sheets import open_block, open_head

T = TypeVar("T")
SHEET_KINDS = (Entry.Kind.INPUT, Entry.Kind.VINTAGE, Entry.Kind.PREVIOUS, Entry.Kind.RESULT)
WHOLE = 0  # block number of what comes in one piece
_AT_ONCE = 500  # rows a statement: databases limit the values they take
_TRIES = 5
_OPENERS: Mapping[str, Callable[[bytes], Any]] = {
    Entry.Kind.SETTINGS: open_settings,
    Entry.Kind.TABLE: open_table,
    Entry.Kind.REPORT: open_report,
    Entry.Kind.FINDINGS: open_findings,
    Entry.Kind.PROOF: open_proof,
}


@dataclass(frozen=True)
class Piece:
    """Content and its place in a version."""

    kind: str
    name: str
    block: int
    packed: Packed


@dataclass(frozen=True)
class Place:
    """What stands where in a version: `chunk` and `hash` name the content."""

    kind: str
    name: str
    block: int
    chunk: int
    hash: str


class ContentIsMissing(RuntimeError):
    """A version points at content that is not there."""


def write_pieces(*, version: Version, pieces: Sequence[Piece]) -> None:
    """Write the chunks that are not there yet and the entries that point at them. The caller holds the transaction
    (`locks.writing`)."""
    chunks = chunk_ids(packed=[piece.packed for piece in pieces])
    Entry.objects.bulk_create(
        [
            Entry(
                version=version,
                kind=piece.kind,
                name=piece.name,
                block=piece.block,
                chunk_id=chunks[piece.packed.hash],
            )
            for piece in pieces
        ],
        batch_size=_AT_ONCE,
    )


def chunk_ids(*, packed: Iterable[Packed]) -> dict[str, int]:
    """Hash → id of the chunk, made where it is not there yet. In the order of hashes, so that two writers of the
    same content wait for each other but never both."""
    wanted = {one.hash: one for one in packed}
    found = _known(wanted)
    missing = [Chunk(hash=name, content=wanted[name].content) for name in sorted(wanted.keys() - found)]
    Chunk.objects.bulk_create(missing, batch_size=_AT_ONCE, ignore_conflicts=True)
    return {**found, **_known([chunk.hash for chunk in missing])}


def _known(hashes: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for names in _portions(list(hashes)):
        found.update(Chunk.objects.filter(hash__in=names).values_list("hash", "pk"))
    return found


def places(
    version: Version,
    *,
    kinds: Sequence[str] = (),
    names: Sequence[str] | None = None,
    blocks: Sequence[int] = (),
    wanted: Q | None = None,
) -> list[Place]:
    """Entries of the version in the order of kind, name and block; left out, all kinds, names, blocks. `wanted` says
    in one go what a list of kinds and a list of names cannot."""
    found = Entry.objects.filter(version=version)
    found = found.filter(wanted) if wanted is not None else found
    found = found.filter(kind__in=kinds) if kinds else found
    found = found.filter(name__in=names) if names is not None else found
    found = found.filter(block__in=blocks) if blocks else found
    rows = found.order_by("kind", "name", "block").values_list("kind", "name", "block", "chunk_id", "chunk__hash")
    return [Place(*row) for row in rows]


def opened(
    version: Version, *, kinds: Sequence[str] = (), names: Sequence[str] | None = None, blocks: Sequence[int] = ()
) -> dict[Place, Any]:
    """Place → what stands there: head or block of a sheet, settings, table, report, findings, proof.

    An edit may take a chunk out of use between the look at the entries and the look at the chunks; then both are
    looked at again. Raises ContentIsMissing where content stays away, ContentIsDamaged where it was altered.
    """
    return read_again(lambda: open_all(places(version, kinds=kinds, names=names, blocks=blocks)))


def read_again(read: Callable[[], T]) -> T:
    """What `read` gives, tried again where content was taken out of use and thrown away while it was being read.
    Raises ContentIsMissing where it stays away."""
    for _ in range(_TRIES):
        try:
            return read()
        except ContentIsMissing:
            continue
    return read()


def open_places(wanted: Sequence[Place], memory: Remembered = remembered) -> dict[Place, Any]:
    """Place → its content, opened; places whose chunk is gone are left out. What `memory` holds is not read again."""
    known = {place.hash: memory.get(place.hash) for place in wanted}
    unknown = {place.chunk: place for place in wanted if known[place.hash] is None}
    for chunk, content in _contents(list(unknown)):
        place = unknown[chunk]
        known[place.hash] = _open(place, unpack(Packed(place.hash, content)), memory)
    return {place: known[place.hash] for place in wanted if known[place.hash] is not None}


def open_all(wanted: Sequence[Place], memory: Remembered = remembered) -> dict[Place, Any]:
    """Place → its content, opened, as `open_places`. Raises ContentIsMissing where one has been thrown away since it
    was named."""
    contents = open_places(wanted, memory)
    if len(contents) < len(set(wanted)):
        raise ContentIsMissing("a version points at content that is not in the store")
    return contents


def _contents(chunks: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    for portion in _portions(chunks):
        for chunk, content in Chunk.objects.filter(pk__in=portion).values_list("pk", "content"):
            yield chunk, bytes(content)


def _open(place: Place, content: bytes, memory: Remembered) -> Any:
    """The content opened, and remembered: what is no array takes about four times its bytes."""
    if place.kind in SHEET_KINDS:
        value = open_head(content) if place.block == HEAD else open_block(content)
    else:
        value = _OPENERS[place.kind](content)
    is_block = place.kind in SHEET_KINDS and place.block != HEAD
    memory.keep(place.hash, value, len(content) * (1 if is_block else 4))
    return value


def _portions(many: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(many), _AT_ONCE):
        yield many[start : start + _AT_ONCE]
