"""What is asked when a hook is made or changed on its page."""

from typing import Annotated

from pydantic import AfterValidator, Field

from songsheet.doors.commands import Command


def _plain(text: str) -> str:
    if "\x00" in text:
        raise ValueError("It holds a NUL character, which cannot be stored.")
    return text


Line = Annotated[str, AfterValidator(_plain)]


class ChangeHook(Command):
    """What a hook is called, and the source of what comes by it."""

    name: Line = Field(min_length=1, max_length=120, description="Name")
    source: Line = Field(
        "",
        max_length=120,
        description="Source",
        json_schema_extra={"hint": "Given to what brings no source and no campaign marks of its own."},
    )


class MakeHook(ChangeHook):
    """A new hook; the secret where the provider makes it."""

    shape: Line = Field("typeform", max_length=20, description="What sends by it")
    signing: Line = Field("", max_length=20, description="How it signs")
    secret: Line = Field(
        "",
        max_length=200,
        description="Secret",
        json_schema_extra={
            "hint": "For Zoom, Twilio, SendGrid and Aircall, which make it. We make the others."
        },
    )
