"""Which pages, links and forms of Aldermoor answer which question of buyers; and whose the visits are."""

from songsheet.base import bulk
from songsheet.config.demo.front.opening import Doors
from songsheet.config.demo.front.questions import GUIDE
from songsheet.config.demo.staging import london
from songsheet.intake.forms.models import Form
from songsheet.intake.found.actions import map_place
from songsheet.song.market.actions import add_question
from songsheet.song.market.models import Question
from songsheet.team.acting import Acting, as_member
from songsheet.team.models import Member

#: Question → the pages, links and forms that answer it. Nobody finds us with the last one.
_ASKED: dict[str, tuple[str, ...]] = {
    "What does delivery to us cost?": ("/delivery",),
    "How long does the fitting take, and can we stay open?": ("/fitting",),
    "Lease or buy: which is cheaper for us?": ("/leasing", "/prices", "Advertisement on leasing"),
    "What does a practice like ours need?": (
        "/reception", "Advertisement B, practices", "Practice guide", GUIDE,
    ),
    "What does a move cost?": ("Moving guide", "Mailing: What a move costs"),
    "Who has done this near us?": ("/stories", "Recommended by a customer", "Card for friends"),
    "Which chair is right for backs like ours?": ("/chairs",),
    "Can we send it back?": (),
}  # fmt: skip
#: A visit with pages of ours behind it is ours: no other system told of it.
_OURS = """
update touches_touch touch set system = '', external_id = ''
 where touch.kind = 'visit' and touch.system = 'aldermoor'
   and exists (select from intake_hit hit where hit.touch_key = touch.key and hit.touch_key <> '')
"""


def map_places(doors: Doors) -> None:
    """Tom said in April what answers what."""
    tom = as_member(Member.objects.get(name="Tom Lindqvist"))
    forms = {form.name: form.key for form in Form.objects.all()}
    at = london("2026-04-14", 10)
    for asked, places in _ASKED.items():
        question = _question(asked, tom)
        for place in places:
            if place.startswith("/"):
                map_place(doors.main.key, question, path=place, by=tom, at=at)
            else:
                map_place(forms.get(place) or doors.links[place].key, question, by=tom, at=at)


def _question(asked: str, by: Acting) -> str:
    there = Question.objects.filter(text=asked, gone_at=None).first()
    return there.key if there else add_question(text=asked, by=by, at=london("2026-04-14", 9, 30)).key


def own_visits() -> None:
    """Once the stories are in: from then on nobody brings them in again."""
    bulk.execute(_OURS)
