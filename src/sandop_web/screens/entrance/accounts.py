"""Signing in and out, changing the password, accepting an invitation: Django's own views in our words."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.contrib.auth.views import LoginView, PasswordChangeView, PasswordResetConfirmView
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sandop_web.access import guest_of
from sandop_web.actions.account import choose_password
from sandop_web.actions.inviting import invitation_tokens, invited
from sandop_web.screens.entrance.form_errors import sentences_of
from sandop_web.screens.language import language_of
from sandop_web.screens.single_sign_on import provider_name
from sandop_web.wording import say

_PASSWORD_DOOR = "django.contrib.auth.backends.ModelBackend"
_GONE = 410


class _InOurWords:
    """What a form says about itself, by message ids."""

    request: HttpRequest

    def render_to_response(self, context: dict[str, Any], **more: Any) -> HttpResponse:
        """The page, with the form's troubles as sentences."""
        form = context.get("form")
        context["troubles"] = sentences_of(form, language_of(self.request)) if form is not None else []
        answer: HttpResponse = super().render_to_response(context, **more)  # type: ignore[misc]
        return answer


@method_decorator(require_http_methods(["GET", "HEAD", "POST"]), name="dispatch")
class SignIn(_InOurWords, LoginView):
    """Sign in with user name and password, or through the company's own provider where one is set up."""

    template_name = "entrance/sign_in.html"
    redirect_authenticated_user = True
    extra_context = {"provider": provider_name}  # noqa: RUF012
    authentication_form: type[AuthenticationForm] = AuthenticationForm


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@method_decorator(login_required, name="dispatch")
class ChangePassword(_InOurWords, PasswordChangeView):
    """Change one's own password; the other sessions end."""

    template_name = "entrance/password.html"
    form_class = PasswordChangeForm

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """The old password was right, the new one is good."""
        user, language = self.request.user, language_of(self.request)
        assert user.is_authenticated
        by = guest_of(user=user, at=timezone.now(), language=language)
        choose_password(by=by, password=form.cleaned_data["new_password1"])
        user.refresh_from_db()
        update_session_auth_hash(self.request, user)
        messages.success(self.request, say("people.password_changed", language))
        return redirect("companies")


@method_decorator(require_http_methods(["GET", "HEAD", "POST"]), name="dispatch")
class AcceptInvitation(_InOurWords, PasswordResetConfirmView):
    """Choose the first password, or a new one, by the link of an invitation; then one is signed in.

    The token leaves the address at once and waits in the session, so that no other page hears of it.
    """

    template_name = "entrance/invitation.html"
    form_class: type[SetPasswordForm[Any]] = SetPasswordForm
    token_generator = invitation_tokens

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """As Django does; the address says `uid`."""
        return super().dispatch(request, *args, uidb64=kwargs["uid"], **kwargs)

    def get_user(self, uidb64: str) -> Any:
        """Whom the invitation is for."""
        return invited(uidb64)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """The link holds and the password is good."""
        assert self.user is not None
        by = guest_of(user=self.user, at=timezone.now(), language=language_of(self.request))
        choose_password(by=by, password=form.cleaned_data["new_password1"])
        self.user.refresh_from_db()
        login(self.request, self.user, _PASSWORD_DOOR)
        return redirect("companies")

    def render_to_response(self, context: dict[str, Any], **more: Any) -> HttpResponse:
        """The page, or that the invitation is no longer good."""
        if not self.validlink:
            more["status"] = _GONE
        return super().render_to_response(context, **more)
