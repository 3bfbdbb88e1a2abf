"""What buyers do about their own data."""

from songsheet.journal.events import Event
from songsheet.journal.subjects import EnquiryKey, PersonKey, sample_key


class HeldDataShown(
    Event,
    name="intake.held_data_shown",
    version=1,
    says="Saw what we hold about them",
    side="theirs",
    icon="eye",
    sample={"person": sample_key("person")},
):
    """A buyer proved an address by a code and saw what we hold."""

    person: PersonKey


class ErasureAsked(
    Event,
    name="intake.erasure_asked",
    version=1,
    says="Asked to be erased",
    side="theirs",
    icon="stop",
    sample={"person": sample_key("person"), "enquiry": sample_key("enquiry")},
):
    """A buyer asked to be erased: nobody contacts them from now on, and somebody owes the answer."""

    person: PersonKey
    enquiry: EnquiryKey
