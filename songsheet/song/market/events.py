"""What changes in the market as we understand it. These texts are ours and may stand in entries."""

from songsheet.journal.events import Event
from songsheet.journal.subjects import MarketKey, sample_key

_QUESTION = {"thing": sample_key("question"), "what": "question"}


class MarketAdded(
    Event,
    name="song.market_added",
    version=1,
    says="{by} added the {what} “{text}”",
    side="changed",
    icon="song",
    sample={**_QUESTION, "text": "What does delivery cost?"},
):
    """A segment, persona, stage, line or question was added. `under` is the persona of a line."""

    thing: MarketKey
    what: str
    text: str
    under: MarketKey | None = None


class MarketChanged(
    Event,
    name="song.market_changed",
    version=1,
    says="{by} changed {fields} of the {what} “{text}”",
    side="changed",
    icon="edit",
    sample={**_QUESTION, "text": "What does delivery cost?", "fields": ["phrases"], "version": 2},
):
    """Something of the market is understood otherwise; `text` is what it is called now."""

    thing: MarketKey
    what: str
    text: str
    fields: list[str]
    version: int


class MarketArchived(
    Event,
    name="song.market_archived",
    version=1,
    says="{by} archived the {what} “{text}”",
    side="changed",
    icon="archive",
    sample={**_QUESTION, "text": "What does delivery cost?"},
):
    """It is shown no more; what was said of it stays."""

    thing: MarketKey
    what: str
    text: str


class MarketBroughtBack(
    Event,
    name="song.market_brought_back",
    version=1,
    says="{by} brought the {what} “{text}” back",
    side="changed",
    icon="undo",
    sample={**_QUESTION, "text": "What does delivery cost?"},
):
    """What was archived is shown again."""

    thing: MarketKey
    what: str
    text: str


class EvidenceNoted(
    Event,
    name="song.evidence_noted",
    version=1,
    says="{by} noted where buyers said so",
    side="changed",
    icon="talk",
    sample={**_QUESTION, "positions": [7]},
):
    """Buyers said so: in the entries at these positions."""

    thing: MarketKey
    what: str
    positions: list[int]
