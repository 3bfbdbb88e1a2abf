"""What can be typed about a verdict."""

from pydantic import Field

from songsheet.doors.commands import Command


class Judge(Command):
    """A verdict, with a sentence where one likes."""

    says: str = Field(max_length=12, description="Your verdict")
    words: str = Field("", max_length=1000, description="In a sentence, if you like")


class AnswerVerdict(Command):
    """The answer to a verdict."""

    words: str = Field(max_length=1000, description="What changes from now on")
