"""What can be typed on a buyer page."""

from datetime import date
from typing import Literal

from pydantic import Field

from songsheet.doors.commands import Command


class LogTouch(Command):
    """A call, mail, meeting or note, in a few words."""

    kind: Literal["call", "mail", "meeting", "note"] = Field("call", description="What it was")
    direction: Literal["out", "in"] = Field("out", description="Who reached out")
    subject: str = Field(max_length=500, description="What it was about")
    text: str = Field("", max_length=10_000, description="What they said, or what you agreed")
    minutes: int | None = Field(None, ge=0, le=1440, description="Minutes")


class PlanTask(Command):
    """Something to do by a day."""

    subject: str = Field(max_length=500, description="What is to be done")
    due_on: date = Field(description="By when")
