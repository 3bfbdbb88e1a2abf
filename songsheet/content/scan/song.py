"""What a scan is held against: claims and facts as plain values, and what it proposes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Words = Mapping[str, Sequence[str]]


class Kind(StrEnum):
    """Why words were proposed; `near` is a wording with typing errors, `variant` one in other words."""

    EXACT = "exact"
    VARIANT = "variant"
    INFLECTION = "inflection"
    ORDER = "order"
    NEAR = "near"
    NUMBER = "number"
    NOT_OFFERED = "not_offered"
    UNQUALIFIED = "unqualified"


@dataclass(frozen=True, slots=True)
class Claim:
    """What we say, in one version: its wordings and required qualifiers by language."""

    key: str
    statement: str
    wordings: Words
    qualifier: Words = field(default_factory=dict)
    predicate: str = ""
    risk: str = "plain"
    version: int = 1


@dataclass(frozen=True, slots=True)
class Fact:
    """What is true: `value` in minor units, basis points, or as many as `unit` says."""

    key: str
    says: str
    type: str
    value: object
    unit: str = ""
    before: object = None
    scope: Mapping[str, str] = field(default_factory=dict)
    words: Words = field(default_factory=dict)

    @property
    def offered(self) -> bool:
        return self.value != "not offered"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words of a text that say something: of which claim or fact, how, how sure (0 to 1), and why."""

    start: int
    end: int
    words: str
    kind: Kind
    key: str
    sure: float
    why: str


@dataclass(frozen=True, eq=False)
class Song:
    """All claims and facts of a company, ready to hold texts against; built once, never changed."""

    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...]
    names: tuple[str, ...] = ()
    today: date | None = None

    @classmethod
    def of(
        cls,
        claims: Sequence[Claim],
        facts: Sequence[Fact],
        *,
        names: Sequence[str] = (),
        today: date | None = None,
    ) -> "Song":
        """The order in which they are given means nothing."""
        return cls(
            tuple(sorted(claims, key=lambda claim: (claim.key, claim.version))),
            tuple(sorted(facts, key=lambda fact: fact.key)),
            tuple(sorted(names)),
            today,
        )
