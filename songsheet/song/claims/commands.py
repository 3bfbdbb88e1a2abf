"""The form of a claim: what we say, what it rests on, for whom."""

from typing import Any

from django import forms
from pydantic import Field

from songsheet.doors.commands import Command, form_of
from songsheet.song.claims.models import ClaimVersion, Proof, Risk
from songsheet.song.market.models import JourneyStage, Persona, Segment
from songsheet.team.queries import member_choices


class SayClaim(Command):
    """What we say, and what must be true for it."""

    statement: str = Field(
        max_length=500, description="What we say", json_schema_extra={"hint": "As a buyer reads it."}
    )
    qualifier: str = Field(
        "", max_length=500, description="What is always said along",
        json_schema_extra={"hint": "Such as: on orders above 500 EUR."},
    )  # fmt: skip
    predicate: str = Field(
        "", max_length=1000, description="Which facts must be so",
        json_schema_extra={"hint": "Such as: guarantee.offered and guarantee.days >= 30"},
    )  # fmt: skip
    proof: str = Field("", max_length=40, description="Or it rests on a proof")
    risk: Risk = Field(
        Risk.PLAIN, description="Risk",
        json_schema_extra={"hint": "All but a plain one is signed by both sides."},
    )  # fmt: skip
    persona: str = Field("", max_length=40, description="For the persona")
    stage: str = Field("", max_length=40, description="At the stage")
    market: str = Field("", max_length=80, description="In the market",
                        json_schema_extra={"hint": "Empty: said everywhere."})  # fmt: skip
    product: str = Field("", max_length=80, description="For the product")
    segment: str = Field("", max_length=40, description="For the segment")
    german: str = Field("", max_length=500, description="In German")


class DraftClaim(SayClaim):
    """A claim that nobody has made yet."""

    owner: str = Field("", max_length=40, description="Who answers for it")


def claim_form(command: type[Command], **how: Any) -> forms.Form:
    """The form with what there is to choose from."""
    form = form_of(command, **how)
    offered: dict[str, list[tuple[str, str]]] = {
        "proof": _named(Proof.objects.filter(gone_at=None).values_list("key", "title")),
        "persona": _named(Persona.objects.filter(gone_at=None).values_list("key", "name")),
        "stage": _named(
            JourneyStage.objects.filter(gone_at=None).order_by("place").values_list("key", "name")
        ),
        "segment": _named(Segment.objects.filter(gone_at=None).values_list("key", "name")),
        "owner": member_choices(),
    }
    for name, choices in offered.items():
        if name in form.fields:
            before = form.fields[name]
            form.fields[name] = forms.ChoiceField(
                choices=[("", "—"), *choices], label=before.label, required=False, help_text=before.help_text
            )
    return form


def _named(rows: Any) -> list[tuple[str, str]]:
    return [(key, name) for key, name in rows]


def claimed_of(given: SayClaim) -> dict[str, Any]:
    """What the action takes of a form."""
    values = given.model_dump(exclude={"persona", "stage", "german"})
    wordings = [{"language": "de", "text": given.german}] if given.german else []
    one = {"personas": given.persona, "stages": given.stage}
    return {**values, "wordings": wordings, **{name: [key] if key else [] for name, key in one.items()}}


def values_of(version: ClaimVersion) -> dict[str, Any]:
    """A version as the form shows it."""
    german = next((one["text"] for one in version.wordings if one["language"] == "de"), "")
    plain = ("statement", "qualifier", "predicate", "risk", "market", "product")
    return {
        **{name: getattr(version, name) for name in plain},
        "proof": version.proof.key if version.proof else "",
        "segment": version.segment.key if version.segment else "",
        "persona": version.personas[0] if version.personas else "",
        "stage": version.stages[0] if version.stages else "",
        "german": german,
    }
