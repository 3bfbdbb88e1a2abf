"""What happens to places: which question of buyers they answer."""

from typing import Annotated

from songsheet.journal.events import Event
from songsheet.journal.subjects import Subject, sample_key

PlaceKey = Annotated[str, Subject("place")]
QuestionKey = Annotated[str, Subject("question")]
_PLACE = {"place": sample_key("place"), "question": sample_key("question")}


class PlaceAnswers(
    Event,
    name="intake.place_answers",
    version=1,
    says="{by} said which question of buyers a place of ours answers",
    side="changed",
    icon="place",
    sample={**_PLACE, "kind": "site"},
):
    """Pages, a link, a form or a campaign of ours answer this question of buyers."""

    place: PlaceKey
    question: QuestionKey
    kind: str


class PlaceAnswersNoMore(
    Event,
    name="intake.place_answers_no_more",
    version=1,
    says="{by} took a place of ours off its question",
    side="changed",
    icon="undo",
    sample=_PLACE,
):
    """The place answers no question any more."""

    place: PlaceKey
    question: QuestionKey
