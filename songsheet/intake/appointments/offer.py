"""What an appointment page offers: how long, where, when, with whom, and what it asks. Pure."""

from datetime import timedelta
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StrictBool, StringConstraints, model_validator

from songsheet.intake.event import Given, Line, Name
from songsheet.intake.forms.definition import Becomes, Definition, FormField, KeyOrNone, Said, Title
from songsheet.intake.spoken.saying import say

#: phone: we call them. video: at an address. ours, theirs: where somebody sits. other: as the words say.
Way = Literal["phone", "video", "ours", "theirs", "other"]
Purpose = Literal["mail", "call", "post"]
Asks = Literal["", "asked", "needed"]
STEPS = (5, 10, 15, 20, 30, 45, 60, 90, 120)


def _step(minutes: int) -> int:
    if minutes not in STEPS:
        raise ValueError(f"Times begin every {', '.join(map(str, STEPS))} minutes. Choose one of these.")
    return minutes


class Offer(Given):
    """A page as it stands now; each meeting keeps what it was booked under."""

    title: Title
    intro: Said = ""
    thanks: Said = "Thank you. We look forward to it."
    about: Line = "What is it about?"
    button: Line = "Book this time"
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[a-z]{2})?$")] = "en"
    colour: Annotated[str, StringConstraints(pattern=r"^(#[0-9a-f]{6})?$")] = ""
    minutes: Annotated[int, Field(ge=15, le=120)] = 30
    step: Annotated[int, AfterValidator(_step)] = 30
    before: Annotated[int, Field(ge=0, le=240)] = 0
    after: Annotated[int, Field(ge=0, le=240)] = 0
    notice: Annotated[int, Field(ge=0, le=336)] = 4
    days: Annotated[int, Field(ge=1, le=180)] = 30
    way: Way = "phone"
    place: Line = ""
    phone: Asks = "asked"
    company: StrictBool = True
    purposes: Annotated[list[Purpose], Field(max_length=3)] = []
    members: Annotated[list[KeyOrNone], Field(min_length=1, max_length=50)]
    #: lead: of whoever has the meeting. routed: a lead that goes by the agreed rules.
    becomes: Literal["lead", "routed", "story"] = "lead"
    source: Name = ""
    campaign: KeyOrNone = ""

    @model_validator(mode="after")
    def _holds_together(self) -> "Offer":
        if len(set(self.members)) != len(self.members) or "" in self.members:
            raise ValueError("Name each member once.")
        if len(set(self.purposes)) != len(self.purposes):
            raise ValueError("Ask for each consent once.")
        if self.way == "video" and not _is_address(self.place):
            raise ValueError("A video call needs its address. It begins with https://.")
        if self.way in ("ours", "other") and not self.place:
            raise ValueError("Say where it is, so that they find it.")
        return self

    @property
    def length(self) -> timedelta:
        """How long a meeting is."""
        return timedelta(minutes=self.minutes)

    @property
    def is_by_phone(self) -> bool:
        """Whether we need a number to call."""
        return self.way == "phone"


def asks(offer: Offer) -> Definition:
    """What a visitor is asked once a time is chosen: a form like any other, confirmed by mail."""
    fields = [
        FormField(name="name", label="Your name", means="name", required=True),
        FormField(name="mail", kind="mail", label="Your mail address", required=True),
    ]
    needs = offer.is_by_phone or offer.phone == "needed"
    if needs or offer.phone:
        fields.append(FormField(name="phone", kind="phone", label="Your phone number", required=needs))
    if offer.company:
        fields.append(FormField(name="company", label="Your company", means="company"))
    if offer.about:
        fields.append(FormField(name="about", kind="long", label=offer.about, means="question"))
    words = {"mail": "You may write to me by mail", "call": "You may call me", "post": "You may send me post"}
    for purpose in offer.purposes:
        fields.append(FormField(name=f"may_{purpose}", kind="consent", label=words[purpose], purpose=purpose))
    becomes: Becomes = "story" if offer.becomes == "story" else "lead"
    spoken = [one.model_copy(update={"label": say(offer.language, one.label)}) for one in fields]
    button = say(offer.language, offer.button or "Book this time")
    return Definition(
        title=offer.title, fields=spoken, button=button, thanks=say(offer.language, offer.thanks),
        language=offer.language, colour=offer.colour, becomes=becomes, confirm=True,
        source=offer.source, campaign=offer.campaign,
    )  # fmt: skip


def where(offer: Offer) -> str:
    """Where it takes place, in words for everybody."""
    if offer.way == "phone":
        return "By phone: we call the number that you gave"
    if offer.way == "theirs":
        return f"At your place: {offer.place}" if offer.place else "At your place"
    return f"Video call: {offer.place}" if offer.way == "video" else offer.place


def _is_address(place: str) -> bool:
    try:
        parts = urlsplit(place)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and " " not in place
