"""The mails that carry a link: an invitation, and what somebody gets who forgot their password."""

import logging
from smtplib import SMTPException

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from songsheet.team.inviting import Invited
from songsheet.team.models import House, Member

log = logging.getLogger(__name__)


def link_of(invited: Invited) -> str:
    """The whole address of the link; it is shown and sent once and kept nowhere."""
    return f"{settings.ENVIRONMENT.url}{invited.path}"


def send_invitation(invited: Invited, house: House) -> bool:
    """Send the link to the member's address; whether it went out: without a server it does not."""
    if not invited.member.email:
        return False
    words = {"member": invited.member, "house": house, "link": link_of(invited)}
    subject = f"Your access to Songsheet at {house}" if house.name else "Your access to Songsheet"
    text = render_to_string("team/invitation.txt", words)
    return _send(subject, text, invited.member.email) and sends_mail()


def sends_mail() -> bool:
    """Whether mail goes out at all: without a server it is written into the data directory."""
    return not settings.EMAIL_BACKEND.endswith(".filebased.EmailBackend")


def send_password_link(member: Member) -> bool:
    """Send a member the link that sets a new password; whether it went to the server."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(member)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(member), token])
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    words = {"member": member, "link": f"{settings.ENVIRONMENT.url}{path}", "hours": hours}
    subject, text = _("A new password for Songsheet"), render_to_string("team/password.txt", words)
    return _send(subject, text, member.email)


def _send(subject: str, text: str, address: str | None) -> bool:
    try:
        send_mail(subject, text, None, [address or ""])
    except (SMTPException, OSError) as error:
        log.warning("a link could not be mailed: %s", type(error).__name__)
        return False
    return True
