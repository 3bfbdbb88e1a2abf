"""Every table of the song, part by part."""

from songsheet.song.facts.models import Dispute, Fact, FactScope, FactValue
from songsheet.song.market.models import Asker, Evidence, JourneyStage, Line, Persona, Question, Segment

__all__ = [
    "Asker", "Dispute", "Evidence", "Fact", "FactScope", "FactValue", "JourneyStage", "Line", "Persona",
    "Question", "Segment",
]  # fmt: skip
