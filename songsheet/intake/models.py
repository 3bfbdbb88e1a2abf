"""Every table of intake, part by part."""

from songsheet.intake.appointments.models import BookingPage, BusyFeed, Meeting, MeetingFeed
from songsheet.intake.forms.models import Form, FormAnswer, FormVersion
from songsheet.intake.found.models import Place
from songsheet.intake.held.models import Round
from songsheet.intake.hooks.models import Hook, HookSecret
from songsheet.intake.inbox.models import HeldBack, Inbox, Raw, Seen
from songsheet.intake.links.models import Link
from songsheet.intake.privacy.models import Ask
from songsheet.intake.sites.models import Site
from songsheet.intake.visitors.models import Count, Hit, Recognised, Visitor

__all__ = [
    "Ask", "BookingPage", "BusyFeed", "Count", "Form", "FormAnswer", "FormVersion", "HeldBack", "Hit", "Hook",
    "HookSecret", "Inbox", "Link", "Meeting", "MeetingFeed", "Place", "Raw", "Recognised", "Round", "Seen",
    "Site", "Visitor",
]  # fmt: skip
