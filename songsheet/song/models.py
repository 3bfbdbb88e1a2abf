"""Every table of the song, part by part."""

from songsheet.song.claims.models import Claim, ClaimSignature, ClaimVersion, Proof
from songsheet.song.facts.models import Dispute, Fact, FactScope, FactValue
from songsheet.song.market.models import Asker, Evidence, JourneyStage, Line, Persona, Question, Segment
from songsheet.song.narratives.models import Narrative

__all__ = [
    "Asker", "Claim", "ClaimSignature", "ClaimVersion", "Dispute", "Evidence", "Fact", "FactScope",
    "FactValue", "JourneyStage", "Line", "Narrative", "Persona", "Proof", "Question", "Segment",
]  # fmt: skip
