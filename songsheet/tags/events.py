"""What happens with tags; the words of a tag stand in its row, entries hold its key."""

from songsheet.journal.events import Event
from songsheet.journal.subjects import RecordKey, TagKey, sample_key


class TagMade(
    Event,
    name="tags.tag_made",
    version=1,
    says="{by} made the tag {tag}",
    side="changed",
    icon="tag",
    sample={"tag": sample_key("tag")},
):
    """A new word to find records by."""

    tag: TagKey


class RecordTagged(
    Event,
    name="tags.record_tagged",
    version=1,
    says="{by} tagged this with {tag}",
    side="changed",
    icon="tag",
    sample={"record": sample_key("lead"), "tag": sample_key("tag")},
):
    """A record carries a tag from now on."""

    record: RecordKey
    tag: TagKey


class RecordUntagged(
    Event,
    name="tags.record_untagged",
    version=1,
    says="{by} took the tag {tag} off this",
    side="changed",
    icon="tag",
    sample={"record": sample_key("lead"), "tag": sample_key("tag")},
):
    """A record carries a tag no more."""

    record: RecordKey
    tag: TagKey
