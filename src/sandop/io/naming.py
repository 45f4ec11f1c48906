"""Names as people type them: cleaned, compared without case and width, and the nearest known one."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Sequence

_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060"))


def cleaned(text: str) -> str:
    """NFC, without blanks around it and without invisible characters."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE)).strip()


def folded(text: str) -> str:
    """What two names have in common that differ by case, width, blanks, dashes or underscores only."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in wide if character not in " _-\t\u2010\u2011\u2012\u2013\u2014")


def cleaned_all(texts: Sequence[str]) -> list[str]:
    """Each text cleaned; every distinct one is looked at once."""
    clean = {text: cleaned(text) for text in set(texts)}
    return [clean[text] for text in texts]


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that was probably meant; empty where none is near."""
    if len(name) > 200:
        return ""
    names = list(known)
    fold = folded(name)
    same = [candidate for candidate in names if folded(candidate) == fold]
    if same:
        return same[0]
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return close[0] if close else ""


def twins(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of different names that differ by case, width, blanks or dashes only."""
    first: dict[str, str] = {}
    pairs = []
    for name in names:
        other = first.setdefault(folded(name), name)
        if other != name:
            pairs.append((other, name))
    return pairs
