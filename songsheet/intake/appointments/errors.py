"""What appointments refuse."""

from songsheet.base.refusals import Conflict, NotAllowed, NotFound, Refusal, TooMany


class NoSuchPage(NotFound):
    code = "no_such_appointment_page"

    def __init__(self) -> None:
        super().__init__("There is no such page. It may have been closed, or a letter is missing.")


class NoSuchMeeting(NotFound):
    code = "no_such_meeting"

    def __init__(self) -> None:
        super().__init__("There is no such appointment. Look for it on the page of appointments.")


class NoSuchCalendar(NotFound):
    code = "no_such_calendar"

    def __init__(self) -> None:
        super().__init__("There is no such calendar. It may have been taken out.")


class MeetingLinkOver(NotFound):
    """A link of a mail that is no longer good, or never was."""

    code = "link_over"

    def __init__(self) -> None:
        super().__init__("This link is not good any more. Choose a time once more.")


class PageNeeds(Refusal):
    """Something an appointment page cannot do without."""

    code = "appointment_page_needs"


class TimeTaken(Conflict):
    """Somebody was faster, or it is no time of this page."""

    code = "time_taken"

    def __init__(self) -> None:
        super().__init__("This time is not free any more. Choose another one; what you typed is kept.")


class NobodyFree(Conflict):
    """Whoever is to have the meeting is not free then."""

    code = "nobody_free"


class NotSoNow(Conflict):
    """What became of the meeting before does not permit it."""

    code = "not_so_now"


class NotYourMeeting(NotAllowed):
    """Another member has it."""

    code = "not_your_meeting"


class NotYourPage(NotAllowed):
    """A page of a team, or of another member."""

    code = "not_your_page"


class CalendarRefused(Refusal):
    """An address that is no calendar, or one that cannot be read."""

    code = "calendar_refused"


class TooManyBookings(TooMany):
    """Far more bookings from one network than people make."""

    code = "too_many_bookings"
