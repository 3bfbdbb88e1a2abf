"""How members sign in: allauth brings the mechanics; nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.views import PasswordResetView
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from songsheet.base.text import fold_address
from songsheet.team.errors import NotConfirmed
from songsheet.team.jobs import ask_for_link
from songsheet.team.mail import sends_mail
from songsheet.team.models import Member


class MemberAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No open sign-up: one becomes a member by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_email(self, email: str) -> str:
        return fold_address(email)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Only who signs in already gets a link, at the address that is kept of them."""
        if isinstance(user, Member) and user.is_active:
            ask_for_link(user)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        if "email" in credentials:
            credentials["email"] = fold_address(credentials["email"])
        return super().authenticate(request, **credentials)


class Forgotten(PasswordResetView):  # type: ignore[misc]
    """Asking for a link that sets a new password; where no mail goes out, it says whom to ask instead."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return {**super().get_context_data(**more), "sends_mail": sends_mail()}

    def post(self, request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        answer: HttpResponse = (super().post if sends_mail() else self.get)(request, *given, **named)
        return answer


def confirmed(request: HttpRequest, email: str, password: str, code: str) -> Member:
    """The member whose address and password these are, and whose second factor, where they have one.

    Somebody beside whoever is signed in: nobody is signed in by it. Tries are counted as at the door.
    """
    try:
        member = get_adapter(request).authenticate(request, email=email, password=password)
    except ValidationError as error:
        raise NotConfirmed(" ".join(error.messages)) from None
    if not isinstance(member, Member) or not member.is_active:
        raise NotConfirmed("Address and password do not fit together. Type them again.")
    factors = list(Authenticator.objects.filter(user=member).exclude(type=Authenticator.Type.RECOVERY_CODES))
    typed = [one for one in factors if one.type == Authenticator.Type.TOTP]
    if factors and not any(one.wrap().validate_code(code.strip()) for one in typed):
        raise NotConfirmed(
            f"{member.name} has a second factor. Type its code, or sign at a device of their own."
        )
    return member


def display_name(member: Member) -> str:
    return member.name
