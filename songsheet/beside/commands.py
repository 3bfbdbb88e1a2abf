"""What is asked when a webhook is added on its page."""

from typing import Annotated

from pydantic import AfterValidator, Field

from songsheet.doors.commands import Command


def _plain(text: str) -> str:
    if "\x00" in text:
        raise ValueError("It holds a NUL character, which cannot be stored.")
    return text


class AddWebhook(Command):
    """Where to send what."""

    url: Annotated[str, AfterValidator(_plain)] = Field(
        min_length=1,
        max_length=500,
        description="Address",
        json_schema_extra={"hint": "Such as https://example.com/hook."},
    )
    label: Annotated[str, AfterValidator(_plain)] = Field("", max_length=120, description="What it is for")
