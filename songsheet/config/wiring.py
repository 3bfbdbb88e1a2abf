"""Who hears what: one literal table of the journal's readers. A reader keeps its name for life."""

from songsheet.desk.standing import READER as STANDING
from songsheet.journal.reader import Reader

READERS: list[Reader] = [STANDING]
