"""Bringing a song in from paper: what is new is added, what differs is changed, nothing is taken away.

Keys are never turned by a file: a claim comes as a draft, whatever its file says of its state.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from songsheet.base.text import fold
from songsheet.journal.act import act
from songsheet.song.claims.actions import draft_claim, propose_version
from songsheet.song.claims.models import Claim, ClaimVersion, Proof
from songsheet.song.facts.actions import change_fact, state_fact
from songsheet.song.market.actions import add_line, add_persona, add_question, add_segment, add_stage
from songsheet.song.market.models import JourneyStage, Line, Persona, Segment
from songsheet.song.narratives.actions import add_narrative, change_narrative
from songsheet.song.narratives.models import Narrative
from songsheet.song.paper.files import HEADINGS, Document, PaperRefused
from songsheet.song.paper.queries import song_of
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right

KINDS = tuple(str(one) for one in Line.Kind.values)


def bring_song(song: Document, *, by: Acting, at: datetime) -> dict[str, int]:
    """Bring a song in as one act: all of it or nothing. Says how many of what were added and changed."""
    by.must(Right.PROPOSE)
    with act(by=by.actor, at=at):
        before = song_of(by, at)
        done: Counter[str] = Counter()
        try:
            _market(song.market, before.market, done, by, at)
            for one in song.facts:
                _fact(one, {str(each["name"]): each for each in before.facts}, done, by, at)
            for one in song.claims:
                _claim(one, {fold(str(each["statement"])): each for each in before.claims}, done, by, at)
            for one in song.narratives:
                _narrative(one, {str(each["name"]): each for each in before.narratives}, done, by, at)
        except (KeyError, TypeError, AttributeError) as error:
            raise PaperRefused(
                f"Something in the files has not the form of a song: {error}. Nothing was brought in."
            ) from None
    return dict(done)


def _market(
    given: Mapping[str, Any], there: Mapping[str, Any], done: "Counter[str]", by: Acting, at: datetime
) -> None:
    how: dict[str, Any] = {"by": by, "at": at}

    def new(kind: str, field: str = "name") -> list[Any]:
        known = {fold(one[field]) for one in there.get(kind, [])}
        found = [one for one in given.get(kind, []) if fold(one[field]) not in known]
        done[f"{kind}s added"] += len(found)
        return found

    for one in new("segment"):
        add_segment(name=one["name"], about=one.get("about", ""), **how)
    for one in new("stage"):
        add_stage(name=one["name"], about=one.get("about", ""), **how)
    for one in new("persona"):
        segment = _key(Segment, one["segment"]) if one.get("segment") else None
        add_persona(name=one["name"], about=one.get("about", ""), segment=segment, **how)
    for one in given.get("persona", []):
        persona = Persona.objects.get(name_folded=fold(one["name"]), gone_at=None)
        known = set(Line.objects.filter(persona=persona, gone_at=None).values_list("kind", "text_folded"))
        for kind in KINDS:
            for text in [text for text in one.get(kind, []) if (kind, fold(text)) not in known]:
                add_line(persona=persona.key, kind=kind, text=text, **how)
                done["lines added"] += 1
    for one in new("question", "text"):
        add_question(
            text=one["text"], phrases=one.get("phrases", []),
            stage=_key(JourneyStage, one["stage"]) if one.get("stage") else None,
            personas=[_key(Persona, name) for name in one.get("personas", [])], **how,
        )  # fmt: skip


def _fact(one: dict[str, Any], there: dict[str, Any], done: "Counter[str]", by: Acting, at: datetime) -> None:
    name, places = str(one["name"]), [_place(each) for each in one.get("says", [])]
    if not places:
        raise PaperRefused(f"facts.toml does not say what {name[:60]} says. Give it a table fact.says.")
    known = {tuple(_place(each).items()) for each in there.get(name, {}).get("says", [])}
    rest = places
    if name not in there:
        plain = ("label", "kind", "unit", "source", "review_on", "choices")
        described = {each: one[each] for each in plain if each in one}
        owner = Member.objects.active().filter(name=one.get("owner", "")).first()
        state_fact(name=name, **described, owner=owner.key if owner else "", **places[0], by=by, at=at)
        done["facts added"] += 1
        rest = places[1:]
    for place in [each for each in rest if tuple(each.items()) not in known]:
        change_fact(name, **place, by=by, at=at)
        done["facts changed"] += 1


def _place(says: Mapping[str, Any]) -> dict[str, Any]:
    segment = _key(Segment, says["segment"]) if says.get("segment") else ""
    return {
        "value": str(says["value"]), "product": says.get("product", ""), "market": says.get("market", ""),
        "segment": segment,
    }  # fmt: skip


def _claim(
    one: dict[str, Any], there: dict[str, Any], done: "Counter[str]", by: Acting, at: datetime
) -> None:
    known = there.get(fold(str(one["statement"])))
    if known is not None and _said(known) == _said(one):
        return
    plain = ("statement", "qualifier", "predicate", "risk", "product", "market", "wordings")
    values = {name: one[name] for name in plain if name in one} | {
        "personas": [_key(Persona, name) for name in one.get("personas", [])],
        "stages": [_key(JourneyStage, name) for name in one.get("stages", [])],
        "segment": _key(Segment, one["segment"]) if one.get("segment") else "",
        "proof": _proof(one["proof"]) if one.get("proof") else "",
    }
    if known is None:
        draft_claim(**values, by=by, at=at)
        done["claims drafted"] += 1
        return
    claim = Claim.objects.filter(statement=known["statement"]).first()
    if claim and not ClaimVersion.objects.filter(claim=claim, state=ClaimVersion.State.DRAFT).exists():
        cleared = {"qualifier": "", "predicate": "", "wordings": [], "product": "", "market": ""}
        propose_version(claim.key, **{**cleared, **values}, by=by, at=at)
        done["versions drafted"] += 1


def _said(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name != "state"}


def _narrative(
    one: dict[str, Any], there: dict[str, Any], done: "Counter[str]", by: Acting, at: datetime
) -> None:
    known = there.get(str(one["name"]))
    if known == one:
        return
    texts = ("name", *HEADINGS, "customer", "permission")
    said = dict(Claim.objects.values_list("statement", "key"))
    values = {name: one[name] for name in texts if name in one} | {
        "claims": [said[statement] for statement in one.get("claims", [])],
        "personas": [_key(Persona, name) for name in one.get("personas", [])],
        "stages": [_key(JourneyStage, name) for name in one.get("stages", [])],
    }
    if known is None:
        add_narrative(**values, by=by, at=at)
        done["narratives added"] += 1
    else:
        narrative = Narrative.objects.filter(name=one["name"], gone_at=None).first()
        assert narrative is not None
        change_narrative(narrative.key, **values, by=by, at=at)
        done["narratives changed"] += 1


def _key(model: Any, name: str) -> str:
    found = model.objects.filter(name_folded=fold(name), gone_at=None).first()
    if found is None:
        word = model._meta.verbose_name
        raise PaperRefused(f"There is no {word} called {name[:60]}. Write it into market.toml first.")
    return str(found.key)


def _proof(title: str) -> str:
    found = Proof.objects.filter(title=title, gone_at=None).first()
    if found is None:
        raise PaperRefused(f"There is no proof called {title[:60]}. Enter it first; files bring none.")
    return found.key
