"""What happens in the song: the journal learns the events of each part of it from here."""

from songsheet.song.claims import events as of_claims  # noqa: F401
from songsheet.song.facts import events as of_facts  # noqa: F401
from songsheet.song.market import events as of_the_market  # noqa: F401
from songsheet.song.narratives import events as of_narratives  # noqa: F401
