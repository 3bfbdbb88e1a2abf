"""First sentences that both sides have signed, by tier and source: fixed words around the buyer's own."""

import re
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import AfterValidator, Field

from songsheet.agreements.terms import Kind, MaybeLine, Names, Part, Terms

#: What can be merged into one, and what it stands for. Replaced as data; nothing is compiled.
FIELDS = ("given_name", "company", "wants", "source", "campaign", "member")
_FIELD = re.compile(r"\{([^{}]*)\}")
AnyTier = Literal["any", "hot", "ready", "concierge", "nurture"]


def _fields_are_known(text: str) -> str:
    plain = " ".join(text.split())
    unknown = [name for name in _FIELD.findall(plain) if name not in FIELDS]
    if unknown or set("{}") & set(_FIELD.sub("", plain)):
        known = ", ".join(f"{{{name}}}" for name in FIELDS)
        raise ValueError(f"It holds braces around something else. What is merged in is one of {known}.")
    return plain


Sentence = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_fields_are_known)]


def fields_of(text: str) -> list[str]:
    """What is merged into a sentence."""
    return _FIELD.findall(text)


def merged(text: str, values: dict[str, str]) -> str:
    """The sentence with these values in place of its fields, whatever they hold."""
    return _FIELD.sub(lambda found: values[found[1]], text)


class Snippet(Part):
    """One first sentence; the closest by tier and source is taken, an earlier one before a later."""

    text: Sentence = Field(title="Sentence", description="May hold {given_name}, {company}, {wants} …")
    tier: AnyTier = Field("any", title="Tier")
    source: MaybeLine = Field("", title="Source, empty for any")

    def says(self, names: Names) -> str:
        """Such as: A hot lead from Webinar: “…”."""
        who = _("Any lead") if self.tier == "any" else _("A %(tier)s lead") % {"tier": self.tier}
        where = _(" from %(source)s") % {"source": self.source} if self.source else ""
        return f"{who}{where}: “{self.text}”"


class Snippets(Terms):
    """The sentences that there are."""

    sentences: Annotated[list[Snippet], Field(min_length=1, max_length=200)] = Field(title="First sentences")


def starter() -> Snippets:
    """A start: the buyer's own words first, then who writes."""
    hot = "Hello {given_name}, you wrote “{wants}”. I am {member}. When today may I call you?"
    said = "Hello {given_name}, you wrote “{wants}”. I am {member}, and would like to know what it is for."
    came = "Hello {given_name}, I am {member}. You came to us by {source}. What made you look?"
    plain = "Hello, I am {member}. You asked us something. What would you like to know first?"
    return Snippets(
        sentences=[
            Snippet(text=hot, tier="hot"), Snippet(text=said), Snippet(text=came), Snippet(text=plain)
        ]
    )  # fmt: skip


SNIPPETS = Kind(
    "snippets",
    gettext_lazy("First sentences"),
    gettext_lazy("With which words a buyer is met, by tier and source."),
    Snippets,
    starter,
)
