"""The secret in the mails to a buyer: by it they confirm, move and cancel. No state is kept."""

import hmac

from django.utils.crypto import salted_hmac


def token_of(meeting: str) -> str:
    """The meeting's key with 160 bits that only this installation can make."""
    return f"{meeting}.{_signature(meeting)}"


def meant_by(token: str) -> str:
    """The key of the meeting that a token opens; empty where it is none of ours."""
    meeting, _dot, signature = token.partition(".")
    return meeting if hmac.compare_digest(_signature(meeting).encode(), signature.encode()) else ""


def _signature(meeting: str) -> str:
    made = salted_hmac("songsheet.intake.appointments", meeting, algorithm="sha256")
    return made.hexdigest()[:40]
