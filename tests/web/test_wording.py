"""Every sentence of the workbench exists in both languages, names the same places, and is used."""

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

import sandop_web
from sandop.wording import messages, read_messages

HOME = Path(sandop_web.__file__).parent
SENTENCES = read_messages(HOME / "wording", "*.csv")
SAID_IN_TEMPLATES = re.compile(r"{%\s*say\s+'([\w.]+)'|{%\s*say\s+\"([\w.]+)\"")
SAID_IN_CODE = re.compile(r"""["']((?:\w+)\.[\w.]+)["']""")
HAN = re.compile(r"[一-鿿]")
SOURCES = HOME.parent
# Every file of sentences: the workbench's, the library's, the command line's.
FILES = sorted((*(HOME / "wording").glob("*.csv"), *SOURCES.rglob("messages.csv")))
COLUMNS = ["id", "en", "zh", "remedy_en", "remedy_zh"]
A_WORD = re.compile(r"[a-z]{3,}")
# What both languages write alike: names, keys of the keyboard, what is to be typed; the name of the other language.
NAMES = re.compile(r"Excel|Sandop|Webhook|English|Ctrl|Shift|Enter|Esc|Alt|Delete|`[^`]*`")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|TBD|fuzzy|untranslated)\b|待译|待翻译|未翻译|\?\?")
# A comma of the wrong language beside a Chinese character.
HALF_WIDTH = re.compile(r"[一-鿿] ?[,;:?!](?![\w|])|[,;:?!](?=[一-鿿])|[一-鿿]\.(?:\s|$)")
SAYS_HOW_TO_TYPE = {"cycle.late_line_wanted"}  # there the comma is what must be typed


class Anything:
    """A value that can be written in every form."""

    def __format__(self, form: str) -> str:
        return "1"


def _places(sentence: str) -> set[str]:
    return set(re.findall(r"{(\w+)", sentence))


def _counts(sentence: str) -> set[str]:
    """Places that only choose between one and many ("waits", "wait"): the other language need not name them."""
    return _places(sentence) - set(re.findall(r"{(\w+)(?!\w|:\|)", sentence))


def _name_the_same(here: str, there: str) -> bool:
    return _places(here) - _counts(here) <= _places(there) and _places(there) - _counts(there) <= _places(here)


def _said(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _without_places(sentence: str) -> str:
    return NAMES.sub("", re.sub(r"\{[^}]*\}", "", sentence))


def _fill(sentence: str) -> str:
    """The sentence with something in every place; raises where it cannot be filled."""
    one_or_many = re.sub(r"\{\w+:\|([^|{}]*)\|[^|{}]*\}", r"\1", sentence)
    return one_or_many.format_map(defaultdict(Anything))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_row_has_its_cells(file: Path) -> None:
    """A comma that nobody quoted moves half a sentence into the next column."""
    with file.open(encoding="utf-8", newline="") as lines:
        heading, *rows = list(csv.reader(lines))
    assert heading in (COLUMNS, COLUMNS[:3])
    assert [row for row in rows if len(row) != len(heading)] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_sentence_is_finished_in_its_language(file: Path) -> None:
    """Chinese is no copy of the English, English has no Chinese left in it, and nothing is marked as unfinished."""
    troubles = []
    for row in _said(file):
        for en, zh in ((row["en"], row["zh"]), (row.get("remedy_en") or "", row.get("remedy_zh") or "")):
            left = _without_places(zh)
            if A_WORD.search(left) and not HAN.search(left):
                troubles.append((row["id"], "not Chinese", zh))
            if (
                HAN.search(_without_places(en).replace("万", "").replace("亿", ""))
                and row["id"] != "shell.other_language"
            ):
                troubles.append((row["id"], "not English", en))
            if UNFINISHED.search(f"{en} {zh}"):
                troubles.append((row["id"], "unfinished", f"{en} {zh}"))
    assert troubles == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_sentence_can_be_filled_and_is_punctuated_in_its_language(file: Path) -> None:
    troubles = []
    for row in _said(file):
        for sentence in filter(None, (row["en"], row["zh"], row.get("remedy_en"), row.get("remedy_zh"))):
            try:
                _fill(sentence)
            except (ValueError, KeyError, IndexError) as trouble:
                troubles.append((row["id"], str(trouble), sentence))
            if HALF_WIDTH.search(_without_places(sentence)) and row["id"] not in SAYS_HOW_TO_TYPE:
                troubles.append((row["id"], "half-width punctuation", sentence))
    assert troubles == []


def _templates() -> list[Path]:
    return sorted((HOME / "templates").rglob("*.html"))


@pytest.mark.parametrize("message", sorted(SENTENCES))
def test_both_languages_name_the_same_places(message: str) -> None:
    sentence = SENTENCES[message]
    assert sentence.en and sentence.zh
    assert _name_the_same(sentence.en, sentence.zh)
    assert _name_the_same(sentence.remedy_en, sentence.remedy_zh)
    assert bool(sentence.remedy_en) == bool(sentence.remedy_zh)


def test_every_sentence_a_page_says_exists() -> None:
    said = {
        (path.name, one or other)
        for path in _templates()
        for one, other in SAID_IN_TEMPLATES.findall(path.read_text(encoding="utf-8"))
    }
    known = messages().keys() | SENTENCES.keys()
    assert said and not {(page, message) for page, message in said if message not in known}


def test_every_sentence_is_said_somewhere() -> None:
    """A sentence whose id is put together (`"job.state." + state`) counts where its beginning is said."""
    texts = [path.read_text(encoding="utf-8") for path in (*_templates(), *sorted(HOME.rglob("*.py")))]
    whole = "\n".join(texts)
    begun = {match for text in texts for match in re.findall(r"""["']([\w.]+\.)(?:["'{]|\Z)""", text)}
    silent = [
        message
        for message in SENTENCES
        if message not in whole and not any(message.startswith(beginning) for beginning in begun)
    ]
    assert not silent


def test_no_page_holds_a_sentence_of_its_own() -> None:
    """Words between tags come from message ids, so that no page is English in Chinese or Chinese in English."""
    found = []
    for path in _templates():
        text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL)
        text = re.sub(r'[\w-]+="[^"]*"', "", re.sub(r"<[^>]*>", " ", text))  # a block may hold an attribute alone
        words = " ".join(NAMES.sub("", text).split())
        if HAN.search(words) or re.search(r"[A-Za-z]{3,}", words):
            found.append((path.name, words[:80]))
    assert not found
