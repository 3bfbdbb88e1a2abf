"""What is typed in about somebody new."""

from pydantic import Field

from songsheet.doors.commands import Command


class MeetBuyer(Command):
    """A person, and what they want from us."""

    name: str = Field(max_length=200, description="Name")
    mail: str = Field("", max_length=254, description="Mail")
    phone: str = Field("", max_length=40, description="Phone, with its country")
    company: str = Field("", max_length=200, description="Company")
    title: str = Field("", max_length=120, description="Title")
    wants: str = Field("", max_length=500, description="What they want: this makes it a lead")
    free: bool = Field(False, description="Leave the lead in the queue, for somebody else")


class MeetCompany(Command):
    """A company."""

    name: str = Field(max_length=200, description="Name")
    domain: str = Field("", max_length=253, description="Website")
    country: str = Field("", max_length=2, description="Country, as two letters")
