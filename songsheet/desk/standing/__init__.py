"""How each lead stands: one narrow derived row per lead, kept up by a reader and recomputable at any time."""

from songsheet.desk.standing.reader import READER, hear, position
from songsheet.desk.standing.refresh import refresh, refresh_all

__all__ = ["READER", "hear", "position", "refresh", "refresh_all"]
