"""Every sentence of the workbench exists in both languages, names the same places, and is used."""

import re
from pathlib import Path

import pytest

import sandop_web
from sandop.wording import messages, read_messages

HOME = Path(sandop_web.__file__).parent
SENTENCES = read_messages(HOME / "wording", "*.csv")
SAID_IN_TEMPLATES = re.compile(r"{%\s*say\s+'([\w.]+)'|{%\s*say\s+\"([\w.]+)\"")
SAID_IN_CODE = re.compile(r"""["']((?:\w+)\.[\w.]+)["']""")
HAN = re.compile(r"[一-鿿]")


def _places(sentence: str) -> set[str]:
    return set(re.findall(r"{(\w+)", sentence))


def _templates() -> list[Path]:
    return sorted((HOME / "templates").rglob("*.html"))


@pytest.mark.parametrize("message", sorted(SENTENCES))
def test_both_languages_name_the_same_places(message: str) -> None:
    sentence = SENTENCES[message]
    assert sentence.en and sentence.zh
    assert _places(sentence.en) == _places(sentence.zh)
    assert _places(sentence.remedy_en) == _places(sentence.remedy_zh)
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
        words = " ".join(re.sub(r"<[^>]*>", " ", text).split())
        if HAN.search(words) or re.search(r"[A-Za-z]{3,}", words.replace("Sandop", "")):
            found.append((path.name, words[:80]))
    assert not found
