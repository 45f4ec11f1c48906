"""Content is named by what it says, comes back to the last bit, and is not believed when it was altered."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sandop.plan import Values
from sandop_web.remembering import Remembered
from sandop_web.store.models import Chunk, Entry, Version
from sandop_web.store.packing import ContentIsDamaged, pack, unpack
from sandop_web.store.plans import read_sheet
from sandop_web.store.sheets import Head, open_block, open_head, pack_block, pack_head
from small_company import HORIZON

DRAWN = np.random.default_rng(5).gamma(2.0, 50.0, (256, 12))
BLANK = np.where(DRAWN > 100.0, np.nan, np.round(DRAWN, 3))


@pytest.mark.parametrize(
    "values",
    [
        np.round(DRAWN, 3),
        BLANK,
        np.full((3, 2), np.nan),
        -np.round(DRAWN, 3),
        np.round(DRAWN, 3) * 1e9,
        DRAWN,
        np.full((2, 2), 1e300),
        np.empty((0, 12)),
    ],
    ids=["as stored", "blanks", "all blank", "negative", "large", "more decimals", "very large", "no rows"],
)
def test_numbers_come_back_to_the_last_bit(values: Values) -> None:
    np.testing.assert_array_equal(open_block(unpack(pack_block("demand", values))), values)


def test_the_name_says_what_is_in_it_and_not_how_it_is_packed() -> None:
    same, other = np.round(DRAWN, 2), np.round(DRAWN, 2) + 1.0
    assert pack_block("demand", same).hash == pack_block("revenue", same).hash  # three decimals, two decimals
    assert pack_block("demand", same).hash != pack_block("demand", other).hash


def test_numbers_as_stored_take_less_than_half() -> None:
    assert len(pack_block("demand", np.round(DRAWN, 3)).content) < DRAWN.nbytes / 2


def test_heads_come_back_with_rows_in_the_order_they_were_kept() -> None:
    head = Head(("item", "customer"), (("B", "E"), ("A", "东 部"), ("A", "E")), HORIZON)
    opened = open_head(unpack(pack_head(head)))
    assert (opened.grain, opened.keys, opened.periods) == (head.grain, head.keys, HORIZON)
    assert opened.rows.keys == (("A", "E"), ("A", "东 部"), ("B", "E"))
    with pytest.raises(ValueError, match="separator"):
        pack_head(Head(("item", "customer"), (("A\x1fB", "E"),), HORIZON))


def test_altered_content_is_not_believed() -> None:
    packed = pack(b"what was agreed")
    with pytest.raises(ContentIsDamaged, match="something else"):
        unpack(dataclasses.replace(packed, content=pack(b"what was not").content))
    with pytest.raises(ContentIsDamaged, match="cannot be opened"):
        unpack(dataclasses.replace(packed, content=packed.content[:-4]))


def test_a_sheet_with_a_damaged_block_is_not_read(version: Version) -> None:
    entry = Entry.objects.get(version=version, kind="input", name="price", block=0)
    other = Chunk.objects.create(hash="0" * 64, content=pack(b"nothing of the kind").content)
    Entry.objects.filter(pk=entry.pk).update(chunk=other)
    with pytest.raises(ContentIsDamaged):
        read_sheet(version, "input", "price")


def test_the_longest_unused_is_forgotten_first() -> None:
    kept = Remembered(room=10)
    kept.keep("a", "A", 4)
    kept.keep("b", "B", 4)
    assert kept.get("a") == "A"
    kept.keep("c", "C", 4)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == ("A", None, "C")
    kept.keep("huge", "H", 11)
    assert (kept.get("huge"), kept.get("a")) == (None, "A")
