"""The one shape of an event that comes in, whichever door it takes."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
)

#: Clocks of others may run ahead of ours by so much; what is later has not happened yet.
AHEAD = timedelta(minutes=10)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)

#: What can happen. `page_view` and `click` become hits of a visitor, `enquiry` is sorted by its kind, `known`
#: says who a visitor is and nothing else; any other is a touch of its kind.
EventType = Literal[
    "page_view", "click", "known", "enquiry", "visit", "form", "call", "mail", "meeting", "webinar",
    "download", "advertisement", "other",
]  # fmt: skip


def without_nul(text: str) -> str:
    """The same; refused where no column could hold it."""
    if "\x00" in text:
        raise ValueError("A NUL character cannot be kept. Leave it out.")
    return text


def not_too_early(at: datetime) -> datetime:
    """The same; refused where it is before anything that counts here."""
    if at < EARLIEST:
        raise ValueError("This is before the year 2000. Give the time at which it happened.")
    return at


_TRIMMED = StringConstraints(strip_whitespace=True)
Line = Annotated[str, _TRIMMED, StringConstraints(max_length=200), AfterValidator(without_nul)]
Name = Annotated[str, _TRIMMED, StringConstraints(max_length=120), AfterValidator(without_nul)]
Address = Annotated[str, _TRIMMED, StringConstraints(max_length=2000), AfterValidator(without_nul)]
Words = Annotated[str, StringConstraints(max_length=4000), AfterValidator(without_nul)]


class Given(BaseModel):
    """What somebody outside sends: unknown fields are refused, so that nothing is dropped unseen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WhoIn(Given):
    """Whom it is about: by our key, or by what they are known by; a mail address alone identifies."""

    key: Annotated[str, StringConstraints(pattern=r"^person_[0-9a-z]{26}$")] | None = None
    mail: Annotated[str, _TRIMMED, StringConstraints(max_length=254)] = ""
    phone: Annotated[str, _TRIMMED, StringConstraints(max_length=40)] = ""
    name: Line = ""
    title: Line = ""
    company: Line = ""
    website: Address = ""
    country: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")] = ""
    language: Annotated[str, StringConstraints(max_length=10, pattern=r"^[A-Za-z-]*$")] = ""
    external_id: Line = ""


class PageIn(Given):
    """The page on which it happened; of its address the query is read for campaign marks and not kept."""

    url: Address
    title: Line = ""
    referrer: Address = ""


class UtmIn(Given):
    """Campaign marks as they stood in the address; their case is kept."""

    source: Name = ""
    medium: Name = ""
    campaign: Name = ""
    term: Name = ""
    content: Name = ""


class ConsentIn(Given):
    """What they allowed or refused, and which wording they saw."""

    purpose: Literal["mail", "call", "post", "tracking", "opens"]
    granted: StrictBool
    wording: Annotated[str, StringConstraints(max_length=40)] = ""


class EventIn(Given):
    """Something that a buyer did with us. `id` is its sender's, and counts once for each `system`, for ever.

    `at` is when it happened: without it, when it arrived. More than ten minutes ahead it is held back.
    """

    id: Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(without_nul)]
    type: EventType
    at: Annotated[AwareDatetime, AfterValidator(not_too_early)] | None = None
    system: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$")] = "api"
    visitor: UUID | None = None
    person: WhoIn | None = None
    page: PageIn | None = None
    link: Annotated[str, StringConstraints(max_length=40)] = ""
    source: Name = ""
    campaign: Annotated[str, _TRIMMED, StringConstraints(max_length=300), AfterValidator(without_nul)] = ""
    utm: UtmIn | None = None
    click_ids: dict[Annotated[str, Field(max_length=20)], Annotated[str, Field(max_length=200)]] = Field(
        default_factory=dict, max_length=10
    )
    heard_from: Line = ""
    direction: Literal["in", "out", ""] = "in"
    member: Annotated[str, StringConstraints(max_length=254)] = ""
    subject: Annotated[str, StringConstraints(max_length=500), AfterValidator(without_nul)] = ""
    text: Words = ""
    status: Annotated[str, StringConstraints(max_length=60), AfterValidator(without_nul)] = ""
    seconds: Annotated[int, Field(ge=0, le=604_800)] | None = None
    consents: Annotated[list[ConsentIn], Field(max_length=8)] = Field(default_factory=list)


class Arrived(BaseModel):
    """What the inbox keeps of one event: the event itself, and how it came.

    `by` is the key of the API key that sent it. `agent` and `network` (cut to /24 or /48), `method` and
    `prefetch` are what its request said, where a browser or a mail gateway made it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    event: EventIn
    by: str = ""
    agent: str = ""
    network: str = ""
    method: str = ""
    prefetch: bool = False
