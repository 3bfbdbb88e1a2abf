"""What can be typed when a promise is paused."""

from datetime import date

from pydantic import Field

from songsheet.doors.commands import Command


class Pause(Command):
    """Until when, and why."""

    until: date = Field(description="Until")
    why: str = Field(max_length=200, description="Why, in a few words")
