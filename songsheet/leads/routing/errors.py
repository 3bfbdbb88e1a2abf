"""What routing refuses."""

from django.utils.translation import gettext as _

from songsheet.base.refusals import Conflict, NotFound


class NothingAgreed(Conflict):
    """Before both sides have signed, nothing is routed."""

    code = "nothing_agreed"

    def __init__(self) -> None:
        super().__init__(
            _("Tiers and routing are not in force. Both sides sign first; give leads by hand until then.")
        )


class NotToRoute(Conflict):
    """Somebody works on the lead, or it rests."""

    code = "not_to_route"


class StaysWhereItIs(Conflict):
    """By what is agreed the lead belongs where it is."""

    code = "stays_where_it_is"


class NobodyAnswers(NotFound):
    """Nobody works here who could answer for a queue."""

    code = "nobody_answers"
