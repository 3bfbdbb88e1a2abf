"""What happens to narratives. Their texts may name a customer, so they stand in the narrative alone."""

from songsheet.journal.events import Event
from songsheet.journal.subjects import NarrativeKey, RecordKey, sample_key

_NARRATIVE = {"narrative": sample_key("narrative"), "customer": sample_key("company")}


class NarrativeAdded(
    Event,
    name="song.narrative_added",
    version=1,
    says="{by} added a narrative",
    side="changed",
    icon="book",
    sample=_NARRATIVE,
):
    """A telling was added; with a customer it is about them, as they allowed."""

    narrative: NarrativeKey
    customer: RecordKey | None = None


class NarrativeChanged(
    Event,
    name="song.narrative_changed",
    version=1,
    says="{by} changed {fields} of a narrative",
    side="changed",
    icon="edit",
    sample={**_NARRATIVE, "fields": ["outcome"], "version": 2},
):
    """It is told otherwise."""

    narrative: NarrativeKey
    fields: list[str]
    version: int
    customer: RecordKey | None = None


class NarrativeArchived(
    Event,
    name="song.narrative_archived",
    version=1,
    says="{by} archived a narrative",
    side="changed",
    icon="archive",
    sample={**_NARRATIVE, "version": 2},
):
    """It is told no more."""

    narrative: NarrativeKey
    version: int
    customer: RecordKey | None = None
