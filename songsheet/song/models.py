"""Every table of the song, part by part."""

from songsheet.song.market.models import Asker, Evidence, JourneyStage, Line, Persona, Question, Segment

__all__ = ["Asker", "Evidence", "JourneyStage", "Line", "Persona", "Question", "Segment"]
