"""How much agreement and disagreement weigh: log2 of how much likelier each is between two of one buyer.

After Fellegi and Sunter: the weights of the fields add up; PRIOR is how unlikely two records that share a
block are one to begin with. Who changes a weight runs the labelled set and states both figures
(docs/duplicates.md).
"""

from dataclasses import dataclass

#: Two records that merely share a block are rarely one.
PRIOR = -6.0
#: From this confidence on two records are suggested.
SUGGESTED = 0.8

PEOPLE: dict[str, float] = {
    "family same": 4.5,
    "family resembles": 3.5,
    "family in part": 2.5,
    "family initial": 1.0,
    "family differs": -7.0,
    "given same": 3.5,
    "given short form": 3.0,
    "given resembles": 2.5,
    "given initial": 1.5,
    "given differs": -8.0,
    "names swapped": 7.0,
    "mailbox same": 9.0,
    "mailbox resembles": 5.0,
    "mailbox name same": 3.5,
    "mailbox shared": 1.0,
    "mail differs": -0.5,
    "phone same": 5.0,
    "phone shared": 1.0,
    "phone resembles": 1.5,
    "phone differs": -0.5,
    "company same": 4.0,
    "company resembles": 2.0,
    "company differs": -5.0,
    "place same": 2.5,
    "place resembles": 2.0,
    "place differs": -1.0,
    "generation differs": -12.0,
}
COMPANIES: dict[str, float] = {
    "name same": 9.0,
    "name resembles": 7.5,
    "name in part": 2.5,
    "name differs": -8.0,
    "site same": 5.0,
    "site name same": 3.5,
    "site differs": -4.0,
    "country same": 0.5,
    "country differs": -6.0,
    "phone same": 3.0,
    "place same": 3.0,
    "place resembles": 2.0,
    "place differs": -2.0,
    "branch differs": -12.0,
}
#: What people read of it; a reason that speaks against is not said.
REASONS: dict[str, str] = {
    "family same": "same family name",
    "family resembles": "family names differ by a slip",
    "family in part": "one family name is part of the other",
    "family initial": "the family name fits an initial",
    "given same": "same given name",
    "given short form": "one given name is short for the other",
    "given resembles": "given names differ by a slip",
    "given initial": "the given name fits an initial",
    "names swapped": "given and family name are swapped",
    "mailbox same": "same mailbox",
    "mailbox resembles": "mail addresses differ by a slip",
    "mailbox name same": "same name before the @",
    "phone same": "same phone number",
    "phone resembles": "phone numbers differ by a slip",
    "company same": "same company",
    "company resembles": "companies are called alike",
    "place same": "same address",
    "place resembles": "addresses differ by a slip",
    "name same": "same name",
    "name resembles": "names differ by a slip",
    "name in part": "one name is part of the other",
    "site same": "same website",
    "site name same": "same website but for its ending",
    "country same": "same country",
}


@dataclass(frozen=True)
class Verdict:
    """How sure it is that two records are one, between 0 and 1, and what agreed or did not."""

    confidence: float
    found: tuple[str, ...]

    @property
    def is_suggested(self) -> bool:
        """Sure enough to be shown to somebody."""
        return self.confidence >= SUGGESTED

    @property
    def reasons(self) -> list[str]:
        """What speaks for it, in words."""
        return [REASONS[one] for one in self.found if one in REASONS]


def weigh(found: list[str], weights: dict[str, float]) -> Verdict:
    """Add up what was found."""
    total = PRIOR + sum(weights[one] for one in found)
    return Verdict(1 / (1 + 2 ** -max(min(total, 60), -60)), tuple(found))
