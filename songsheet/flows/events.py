"""What happens to many records at once (each has entries of its own), and what is taken out for a person."""

from songsheet.journal.events import Event
from songsheet.journal.subjects import BulkKey, PersonKey, RecordKey, sample_key


class ManyChanged(
    Event,
    name="flows.many_changed",
    version=1,
    says="{by} changed {changed} {what} at once",
    side="changed",
    icon="table",
    sample={
        "bulk": sample_key("bulk"), "what": "leads", "act": "set", "field": "tier", "rows": 3, "changed": 2,
        "refused": 1,
    },
):  # fmt: skip
    """A change of many records ran to its end."""

    bulk: BulkKey
    what: str
    act: str
    field: str = ""
    rows: int
    changed: int
    refused: int


class ManyChangedBack(
    Event,
    name="flows.many_changed_back",
    version=1,
    says="{by} undid a change of many records: {undone} are as they were, {stayed} stay",
    side="changed",
    icon="undo",
    sample={"bulk": sample_key("bulk"), "undone": 2, "stayed": 0},
):
    """A change of many records was undone."""

    bulk: BulkKey
    undone: int
    stayed: int


class RecordBroughtBack(
    Event,
    name="flows.record_brought_back",
    version=1,
    says="{by} took this out of the archive",
    side="changed",
    icon="archive",
    sample={"record": sample_key("lead")},
):
    """A record that was archived is shown again."""

    record: RecordKey


class PersonTakenOut(
    Event,
    name="flows.person_taken_out",
    version=1,
    says="{by} took out what is known of {person}",
    side="ours",
    icon="download",
    sample={"person": sample_key("person")},
):
    """Everything known of a person left the house as a file, for them."""

    person: PersonKey


class RetentionSet(
    Event,
    name="flows.retention_set",
    version=1,
    says="{by} set how long {purpose} is kept: {months} months",
    side="changed",
    icon="settings",
    sample={"purpose": "lost", "months": 24, "before": None},
):
    """The term of a purpose changed; no months is for ever."""

    purpose: str
    months: int | None
    before: int | None


class RetentionRan(
    Event,
    name="flows.retention_ran",
    version=1,
    says="The term of {purpose} was over for {found}: {gone} went",
    side="ours",
    icon="stop",
    sample={"purpose": "lost", "months": 24, "found": 12, "gone": 12},
):
    """By night went what was kept longer than its term; each person has an entry of their own."""

    purpose: str
    months: int
    found: int
    gone: int
