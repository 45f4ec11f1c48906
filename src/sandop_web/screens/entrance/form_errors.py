"""What Django's forms object to, in our words: each of its codes has a sentence."""

from __future__ import annotations

from django.forms import BaseForm

from sandop.wording import Language, messages
from sandop_web.wording import say


def sentences_of(form: BaseForm, language: Language) -> list[str]:
    """What is wrong with the form as it was sent, each once."""
    codes = (error.code or "" for errors in form.errors.as_data().values() for error in errors)
    return [say(_message(code), language) for code in dict.fromkeys(codes)]


def _message(code: str) -> str:
    message = f"people.error.{code}"
    return message if message in messages() else "people.error.other"
