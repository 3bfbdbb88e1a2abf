"""How members sign in: allauth brings the mechanics; nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from songsheet.base.text import fold
from songsheet.team.models import Member


class MemberAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No open sign-up: one becomes a member by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_email(self, email: str) -> str:
        return fold(email)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        if "email" in credentials:
            credentials["email"] = fold(credentials["email"])
        return super().authenticate(request, **credentials)


def display_name(member: Member) -> str:
    return member.name
