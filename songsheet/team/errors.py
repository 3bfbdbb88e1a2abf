"""What the team part refuses."""

from songsheet.base.refusals import Conflict, NotAllowed, NotFound, Refusal


class RightMissing(NotAllowed):
    """The member's role does not include this."""

    code = "right_missing"


class NoSuchMember(NotFound):
    code = "no_such_member"


class MailTaken(Conflict):
    """Another member signs in with this address."""

    code = "mail_taken"


class LastAdministrator(Conflict):
    """Nobody would be left who can manage the team."""

    code = "last_administrator"


class LinkDoesNotHold(NotFound):
    """An invitation link that was used, has expired, or never was."""

    code = "link_does_not_hold"


class PasswordRefused(Refusal):
    """A password that is short, common, or like the member's own name or address."""

    code = "password_refused"


class NotAPlaceholder(Conflict):
    """Only somebody who is known from another system alone can turn out to be a member."""

    code = "not_a_placeholder"


class UnknownScope(Refusal):
    code = "unknown_scope"


class NotJoined(Conflict):
    """Somebody who has not opened their invitation, or has left: a key of theirs would open nothing."""

    code = "not_joined"


class NotADemo(Conflict):
    """Something that only the demo company can do."""

    code = "not_a_demo"


class NoSuchJump(Refusal):
    """The demo's clock is to go where it cannot."""

    code = "no_such_jump"


class NoSuchView(NotFound):
    """A view that is not there, or is somebody else's own."""

    code = "no_such_view"

    def __init__(self) -> None:
        super().__init__("There is no such view. It may be private, or archived.")


class NotYourView(NotAllowed):
    """A shared view that somebody else keeps."""

    code = "not_your_view"


class TooManyViews(Conflict):
    code = "too_many_views"


class NoSuchList(NotFound):
    code = "no_such_list"


class NoSuchField(NotFound):
    """A declaration that is not there."""

    code = "no_such_declared_field"


class FieldIsThere(Conflict):
    """Another field of the same kind is called so."""

    code = "field_is_there"


class FieldRefused(Refusal):
    """A declaration that cannot be made like this."""

    code = "field_refused"


class TooManyFields(Conflict):
    code = "too_many_fields"


class NotConfirmed(Refusal):
    """What was typed to confirm who somebody is does not fit."""

    code = "not_confirmed"


class HoursRefused(Refusal):
    """Working hours, leave or skills that cannot be so."""

    code = "hours_refused"


class NeverDue(Refusal):
    """A promise over a calendar on which nothing is worked."""

    code = "never_due"

    def __init__(self) -> None:
        super().__init__(
            "Nothing is worked on this calendar for ten years, so this would never be due. "
            "Give hours, or end the leave."
        )


class NoSuchTime(NotFound):
    """A day or a leave that no calendar holds."""

    code = "no_such_time"
