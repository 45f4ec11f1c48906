"""What people do on their own account, in whatever company or in none: choose a language and a way to say large
numbers, choose a password."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from sandop.wording import LANGUAGES, LARGE_NUMBERS, Language, LargeNumbers
from sandop_web.access import Actor, NotUnderstood, WebRefusal, action
from sandop_web.store.models import User
from sandop_web.wording import say


class PasswordTooWeak(WebRefusal):
    """The password is too easily guessed."""

    message = "people.password_too_weak"
    status = 400


@action
def set_language(*, by: Actor, language: Language) -> None:
    """Answer this person in the language from now on, wherever they sign in. Raises NotUnderstood."""
    if language not in LANGUAGES:
        field, wanted = say("people.language", by.language), ", ".join(LANGUAGES)
        raise NotUnderstood(field=field, value=language, wanted=wanted)
    User.objects.filter(pk=by.user_id).update(language=language)


@action
def set_number_form(*, by: Actor, large_numbers: LargeNumbers) -> None:
    """Say large amounts to this person in millions or, in Chinese, in 万 and 亿, wherever they sign in. Raises
    NotUnderstood."""
    if large_numbers not in LARGE_NUMBERS:
        field, wanted = say("people.number_form", by.language), ", ".join(LARGE_NUMBERS)
        raise NotUnderstood(field=field, value=large_numbers, wanted=wanted)
    User.objects.filter(pk=by.user_id).update(large_numbers=large_numbers)


@action
def choose_password(*, by: Actor, password: str) -> None:
    """Set the person's own password; other sessions of theirs end, and invitations to them lapse. Raises
    PasswordTooWeak."""
    user = User.objects.get(pk=by.user_id)
    try:
        validate_password(password, user)
    except ValidationError:
        raise PasswordTooWeak() from None
    user.set_password(password)
    user.save(update_fields=["password"])
