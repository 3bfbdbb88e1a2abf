"""Event types of these tests."""

from typing import Any

from songsheet.journal.events import Event
from songsheet.journal.subjects import LeadKey, PersonKey, sample_key


class Tried(
    Event,
    name="tests.tried",
    version=2,
    says="{by} tried {lead} with {how}",
    side="ours",
    icon="flask-conical",
    sample={"lead": sample_key("lead"), "person": None, "number": 1, "how": "care"},
):
    """Somebody tried something on a lead."""

    lead: LeadKey
    person: PersonKey | None = None
    number: int = 0
    how: str = "care"

    @classmethod
    def from_v1(cls, body: dict[str, Any]) -> dict[str, Any]:
        """The first version did not say how."""
        return {"how": "nothing", **body}


class Echoed(
    Event,
    name="tests.echoed",
    version=1,
    says="{lead} echoed",
    side="theirs",
    icon="ear",
    sample={"lead": sample_key("lead")},
):
    """A reader answered a try."""

    lead: LeadKey


class Gathered(
    Event,
    name="tests.gathered",
    version=1,
    says="{by} gathered {leads}",
    side="changed",
    icon="layers",
    sample={"leads": [sample_key("lead", 1), sample_key("lead", 2)]},
):
    """Several leads in one entry."""

    leads: list[LeadKey]
