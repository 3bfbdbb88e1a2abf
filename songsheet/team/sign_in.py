"""How members sign in: allauth brings the mechanics; nobody signs up by themselves."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from songsheet.base.text import fold
from songsheet.team.models import Member


class MemberAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No open sign-up: one becomes a member by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_email(self, email: str) -> str:
        return fold(email)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of the mail: at the address of the settings, whatever host was asked."""
        return f"{settings.ENVIRONMENT.url}{urlsplit(super().get_reset_password_from_key_url(key)).path}"

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        if "email" in credentials:
            credentials["email"] = fold(credentials["email"])
        return super().authenticate(request, **credentials)


def display_name(member: Member) -> str:
    return member.name
