"""What the market is made of, by the prefix of the key: a literal table."""

from dataclasses import dataclass

from django.db.models import Model, QuerySet

from songsheet.base.ids import prefix_of
from songsheet.song.errors import NotInTheSong
from songsheet.song.market.models import JourneyStage, Line, Persona, Question, Segment


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing: what it is called, the column of its words, how long they are, what else changes."""

    model: type[Model]
    word: str
    named: str
    longest: int
    fields: tuple[str, ...]

    def live(self) -> "QuerySet[Model]":
        """The rows that are not archived."""
        return self.model._default_manager.filter(gone_at=None)


KINDS: dict[str, Kind] = {
    "segment": Kind(Segment, "segment", "name", 120, ("name", "about")),
    "persona": Kind(Persona, "persona", "name", 120, ("name", "about", "segment")),
    "journeystage": Kind(JourneyStage, "stage", "name", 120, ("name", "about", "place")),
    "line": Kind(Line, "line", "text", 500, ("text", "kind")),
    "question": Kind(Question, "question", "text", 500, ("text", "phrases", "stage", "personas")),
}


def kind_of(key: str) -> Kind:
    """The kind of thing that a key names."""
    found = KINDS.get(prefix_of(key))
    if found is None:
        raise NotInTheSong(key)
    return found
