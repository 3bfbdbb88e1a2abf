"""What can be typed about an enquiry."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from pydantic import Field

from songsheet.agreements.kinds.enquiry_sorting import SORTS
from songsheet.doors.commands import Command
from songsheet.leads.enquiries.models import Enquiry
from songsheet.team.models import Member


class NoteEnquiry(Command):
    """What somebody asks us; without a kind the agreed rules sort it."""

    text: str = Field(max_length=4000, description="What they ask, in their words")
    kind: str = Field("", max_length=12, description="Kind")
    source: str = Field("", max_length=120, description="How it came to us")


class NewEnquiry(Command):
    """Who asks, known or not, and what."""

    name: str = Field(max_length=200, description="Who asks")
    mail: str = Field("", max_length=254, description="Their mail: whoever has it already is meant")
    text: str = Field(max_length=4000, description="What they ask, in their words")
    kind: str = Field("", max_length=12, description="Kind")
    source: str = Field("", max_length=120, description="How it came to us")


class AnswerEnquiry(Command):
    """What was answered."""

    answer: str = Field(max_length=4000, description="What you answered")


class MoveEnquiry(Command):
    """Of which kind it is instead, and why."""

    kind: str = Field(max_length=12, description="It is")
    why: str = Field(max_length=500, description="Why, in a few words")


class GiveEnquiry(Command):
    """Who answers it from now on."""

    member: str = Field(max_length=40, description="Who answers it")


class CloseEnquiry(Command):
    """Why nobody answers it."""

    why: str = Field(max_length=500, description="Why nobody answers it")


def kinds(first: str, *, but: str = "") -> Sequence[tuple[str, str]]:
    """The kinds to choose from, with what stands first for none."""
    return [("", first), *((kind, str(label)) for kind, label in SORTS.items() if kind != but)]


def members_beside(one: Enquiry) -> Sequence[tuple[str, str]]:
    """Who else could answer it."""
    working = Member.objects.active().order_by("name", "id").exclude(id=one.owner.pk if one.owner else 0)
    return [("", _("Choose")), *((each.key, f"{each.name}, {each.get_role_display()}") for each in working)]
