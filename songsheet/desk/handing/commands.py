"""What can be typed about a lead's questions, when it goes back, and when that is answered."""

from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from songsheet.doors.commands import Command


class How(TextChoices):
    """How a return can be answered."""

    AGREED = "agreed", _("You are right: this changes")
    CORRECTED = "corrected", _("Put right: offer it again")
    DISPUTED = "disputed", _("I see it differently: the heads decide")


class GiveBack(Command):
    """Why a lead goes back."""

    returned_as: str = Field(max_length=40, description="Why it goes back")
    words: str = Field("", max_length=1000, description="In your own words")
    look_again_on: date | None = Field(None, description="Not ready: look again on")


class Note(Command):
    """What a buyer said to a question of the definition."""

    asks: str = Field(max_length=200, description="Question")
    words: str = Field(max_length=1000, description="What they said")


class Answer(Command):
    """The answer to a return."""

    how: How = Field(description="Your answer")
    words: str = Field("", max_length=1000, description="What you say to it")
    changes: str = Field("", max_length=1000, description="What changes from now on")
