"""The song of this house as a document."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from songsheet.song.claims.models import Claim
from songsheet.song.claims.queries import claims_seen_by
from songsheet.song.facts.models import Fact
from songsheet.song.facts.queries import facts_seen_by, stated_at
from songsheet.song.facts.values import typed_again
from songsheet.song.market.models import JourneyStage, Persona, Segment
from songsheet.song.market.queries import lines, personas, questions, segments, stages
from songsheet.song.narratives.queries import narratives
from songsheet.song.paper.files import Document
from songsheet.team.acting import Acting


def song_of(viewer: Acting, at: datetime) -> Document:
    """Market, facts as they stand, claims and narratives, each thing by its name."""
    called = {
        model: dict(model._default_manager.values_list("key", "name"))
        for model in (Segment, Persona, JourneyStage)
    }
    return Document(
        _market(viewer),
        _facts(viewer, at, called[Segment]),
        [_claim(one, called) for one in claims_seen_by(viewer).order_by("id")],
        _narratives(viewer, called),
    )


def _market(viewer: Acting) -> dict[str, Any]:
    said: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in lines(viewer):
        said[one.line.persona_id][one.line.kind].append(one.line.text)
    return _full(
        {
            "segment": [_full({"name": one.name, "about": one.about}) for one in segments(viewer)],
            "persona": [
                _full(
                    {
                        "name": one.name,
                        "segment": one.segment.name if one.segment else "",
                        "about": one.about,
                        **{kind: sorted(texts) for kind, texts in said[one.id].items()},
                    }
                )
                for one in personas(viewer)
            ],
            "stage": [_full({"name": one.name, "about": one.about}) for one in stages(viewer)],
            "question": [
                _full(
                    {
                        "text": one.question.text,
                        "stage": one.question.stage.name if one.question.stage else "",
                        "personas": [who.name for who in one.personas],
                        "phrases": one.question.phrases,
                    }
                )
                for one in questions(viewer)
            ],
        }
    )


def _facts(viewer: Acting, at: datetime, called: dict[str, str]) -> list[dict[str, Any]]:
    stated = stated_at(at)
    return [_fact(one, stated.get(one.name, []), called) for one in facts_seen_by(viewer).order_by("name")]


def _fact(fact: Fact, each: list[Any], called: dict[str, str]) -> dict[str, Any]:
    says = [
        _full(
            {
                "value": typed_again(fact.kind, one.value),
                "product": one.where.product,
                "market": one.where.market,
                "segment": called.get(one.where.segment, ""),
            }
        )
        for one in sorted(each, key=lambda one: (one.where.weight(), one.where))
    ]
    plain = ("name", "label", "kind", "unit", "choices", "source", "review_on")
    known = {name: getattr(fact, name) for name in plain}
    return _full({**known, "owner": fact.owner.name, "says": says})


def _claim(claim: Claim, called: Any) -> dict[str, Any]:
    one = claim.shown
    assert one is not None
    plain = ("statement", "qualifier", "predicate", "risk", "product", "market", "wordings")
    return _full(
        {
            **{name: getattr(one, name) for name in plain},
            "state": claim.state,
            "proof": one.proof.title if one.proof else "",
            "segment": one.segment.name if one.segment else "",
            "personas": sorted(called[Persona][key] for key in one.personas),
            "stages": sorted(called[JourneyStage][key] for key in one.stages),
        }
    )


def _narratives(viewer: Acting, called: Any) -> list[dict[str, Any]]:
    plain = ("name", "problem", "turning_point", "outcome", "feeling", "reason", "spoken", "written",
             "customer", "permission")  # fmt: skip
    said = dict(Claim.objects.values_list("key", "statement"))
    return [
        _full(
            {
                **{name: getattr(one, name) for name in plain},
                "claims": [said[key] for key in one.claims],
                "personas": sorted(called[Persona][key] for key in one.personas),
                "stages": sorted(called[JourneyStage][key] for key in one.stages),
            }
        )
        for one in narratives(viewer).order_by("id")
    ]


def _full(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}
