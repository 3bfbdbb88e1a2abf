"""The mail that carries an invitation."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from songsheet.team.inviting import Invited
from songsheet.team.models import House

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
    try:
        send_mail(subject, render_to_string("team/invitation.txt", words), None, [invited.member.email])
    except (SMTPException, OSError) as error:
        log.warning("an invitation could not be mailed: %s", type(error).__name__)
        return False
    return not settings.EMAIL_BACKEND.endswith(".filebased.EmailBackend")
