"""What happens to facts. Their texts are no buyer's: what is true of us may stand in entries."""

from songsheet.journal.events import Event
from songsheet.journal.subjects import DisputeKey, FactKey, MemberKey, sample_key

_FACT = {"fact": sample_key("fact"), "name": "returns.days"}
_SAYS = {**_FACT, "value": "30 days", "since": "2026-05-12T10:12:00+00:00"}


class FactStated(
    Event,
    name="song.fact_stated",
    version=1,
    says="{by} stated the fact {name}: {value}",
    side="changed",
    icon="song",
    sample={**_SAYS, "label": "Returns", "kind": "duration", "owner": sample_key("member")},
):
    """A fact was stated for the first time, with what it says from when on."""

    fact: FactKey
    name: str
    label: str
    kind: str
    owner: MemberKey
    value: str
    since: str
    until: str = ""
    where: str = ""


class FactChanged(
    Event,
    name="song.fact_changed",
    version=1,
    says="{by} changed the fact {name} from {before} to {value}",
    side="changed",
    icon="edit",
    sample={**_SAYS, "before": "60 days", "version": 2},
):
    """From an instant on a fact says something new; what rests on it must be looked at again."""

    fact: FactKey
    name: str
    before: str
    value: str
    since: str
    version: int
    until: str = ""
    where: str = ""
    why: str = ""


class FactDescribed(
    Event,
    name="song.fact_described",
    version=1,
    says="{by} changed {fields} of the fact {name}",
    side="changed",
    icon="edit",
    sample={**_FACT, "fields": ["owner"], "owner": sample_key("member"), "version": 2},
):
    """Its label, unit, choices, owner, source or day of review changed; what it says did not."""

    fact: FactKey
    name: str
    fields: list[str]
    owner: MemberKey
    version: int


class FactReviewed(
    Event,
    name="song.fact_reviewed",
    version=1,
    says="{by} looked at the fact {name} again: it stands",
    side="changed",
    icon="check",
    sample={**_FACT, "next_on": "2026-11-12", "version": 2},
):
    """Its owner looked at it again by its day and it stands; the next day is `next_on`, or none."""

    fact: FactKey
    name: str
    next_on: str
    version: int


class FactWithdrawn(
    Event,
    name="song.fact_withdrawn",
    version=1,
    says="{by} withdrew the fact {name}",
    side="changed",
    icon="stop",
    sample={**_FACT, "why": "We left the market.", "version": 2},
):
    """From now on nobody says whether it is so; what rests on it is not known to hold."""

    fact: FactKey
    name: str
    why: str
    version: int


class FactDisputed(
    Event,
    name="song.fact_disputed",
    version=1,
    says="{by} doubts the fact {name}",
    side="changed",
    icon="question",
    sample={**_FACT, "dispute": sample_key("dispute")},
):
    """Somebody doubts that it is so; its owner answers. The words stand in the dispute alone."""

    fact: FactKey
    name: str
    dispute: DisputeKey


class DisputeAnswered(
    Event,
    name="song.dispute_answered",
    version=1,
    says="{by} answered the doubt about {name}",
    side="changed",
    icon="talk",
    sample={**_FACT, "dispute": sample_key("dispute")},
):
    """The owner of the fact has answered."""

    fact: FactKey
    name: str
    dispute: DisputeKey


class DisputeSettled(
    Event,
    name="song.dispute_settled",
    version=1,
    says="{by} settled the doubt about {name}",
    side="changed",
    icon="check",
    sample={**_FACT, "dispute": sample_key("dispute")},
):
    """Whoever doubted it doubts it no more, or whoever leads has decided."""

    fact: FactKey
    name: str
    dispute: DisputeKey
