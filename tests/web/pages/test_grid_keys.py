"""The grid's list of keys: a line of words for every line that the script knows, in the same order."""

from __future__ import annotations

import re
from pathlib import Path

import sandop_web
from sandop.wording import messages

KEYS = Path(sandop_web.__file__).parent / "static/scripts/grid/keys.js"


def test_the_list_of_keys_has_words_for_every_key_of_the_script_and_no_others() -> None:
    known = re.findall(r'\{ id: "(\w+)", presses', KEYS.read_text(encoding="utf-8"))
    worded = [name.removeprefix("grid.key.") for name in messages() if name.startswith("grid.key.")]
    assert known and sorted(known) == sorted(worded)
    assert all("|" in message.text("zh") for name, message in messages().items() if name.startswith("grid.key."))
