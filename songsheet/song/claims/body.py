"""The body of a version: what was given by name, read, bounded, and hashed in its one form."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from songsheet.base.text import clean
from songsheet.song.claims.errors import ClaimRefused, ClaimWithoutProof, NoSuchClaim
from songsheet.song.claims.models import ClaimVersion, Proof, Risk
from songsheet.song.facts.acts import scope_read
from songsheet.song.facts.models import Fact
from songsheet.song.market.acts import live
from songsheet.song.market.models import JourneyStage, Persona, Segment
from songsheet.song.predicate.reading import LONGEST, parsed
from songsheet.song.predicate.tree import names, printed
from songsheet.song.predicate.weighing import must_fit

#: What a version consists of, in the order in which it is hashed and shown.
FIELDS = (
    "statement", "wordings", "predicate", "proof", "qualifier", "risk", "product", "market", "segment",
    "personas", "stages",
)  # fmt: skip
MOST_WORDINGS, MOST_FOR = 20, 50
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{2,4})?")


def write(version: ClaimVersion, given: Mapping[str, Any]) -> list[str]:
    """Put what was given into a version that is not saved yet; returns what it changed, by name."""
    unknown = sorted(set(given) - set(FIELDS))
    if unknown:
        raise ClaimRefused(f"A claim has no {', '.join(unknown)[:60]}. It has {', '.join(FIELDS)}.")
    before = body_of(version)
    for name, value in given.items():
        if name in _READ:
            setattr(version, name, _READ[name](value))
    places = {name: given[name] for name in ("product", "market", "segment") if name in given}
    if places:
        _place(version, places)
    if not version.predicate and version.proof is None:
        raise ClaimWithoutProof(
            "Say which facts it rests on, such as guarantee.days >= 30, or choose a proof.",
            field="predicate",
        )
    version.facts = names(parsed(version.predicate)) if version.predicate else []
    after = body_of(version)
    version.hash = hash_of(after)
    return [name for name in FIELDS if before[name] != after[name]]


def body_of(version: ClaimVersion) -> dict[str, Any]:
    """What is signed: everything that is said, and what it rests on."""
    return {
        "statement": version.statement, "wordings": version.wordings, "predicate": version.predicate,
        "proof": version.proof.key if version.proof else "", "qualifier": version.qualifier,
        "risk": str(version.risk), "product": version.product, "market": version.market,
        "segment": version.segment.key if version.segment else "", "personas": version.personas,
        "stages": version.stages,
    }  # fmt: skip


def hash_of(body: Mapping[str, Any]) -> str:
    """The sha256 over the one form of a body."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _place(version: ClaimVersion, given: Mapping[str, Any]) -> None:
    now = {
        "product": version.product,
        "market": version.market,
        "segment": version.segment.key if version.segment else "",
    } | {name: value or "" for name, value in given.items()}
    scope = scope_read(now["product"], now["market"], now["segment"])
    version.product, version.market = scope.product, scope.market
    version.segment = Segment.objects.get(key=scope.segment) if scope.segment else None


def _statement(given: str) -> str:
    words = " ".join(clean(given, 500, field="statement").split())
    if not words:
        raise ClaimRefused("Write what we say, in a sentence that a buyer understands.", field="statement")
    return words


def _wordings(given: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    read = []
    for one in given:
        language = str(one.get("language", "")).strip().lower()
        words = " ".join(clean(str(one.get("text", "")), 500, field="wordings").split())
        if not _LANGUAGE.fullmatch(language) or not words:
            raise ClaimRefused(
                "A wording has a language by its code, such as de, and words.", field="wordings"
            )
        read.append({"language": language, "text": words})
    if len(read) > MOST_WORDINGS:
        raise ClaimRefused(f"A claim has at most {MOST_WORDINGS} wordings. Leave some out.", field="wordings")
    return read


def _predicate(given: str) -> str:
    text = clean(given, LONGEST, field="predicate")
    if not text:
        return ""
    tree = parsed(text)
    mentioned = names(tree)
    if not mentioned:
        raise ClaimRefused("It speaks of no fact. Name one, such as returns >= 30 days.", field="predicate")
    must_fit(tree, dict(Fact.objects.filter(name__in=mentioned).values_list("name", "kind")))
    return printed(tree)


def _proof(given: str | None) -> Proof | None:
    if not given:
        return None
    found = Proof.objects.filter(key=given, gone_at=None).first()
    if found is None:
        raise NoSuchClaim(given)
    return found


def _risk(given: str) -> str:
    if given not in Risk.values:
        raise ClaimRefused(f"A claim is one of {', '.join(Risk.values)}. Choose one.", field="risk")
    return given


def _keys(model: type[Persona] | type[JourneyStage], field: str, given: Sequence[str]) -> list[str]:
    keys = sorted(set(given))
    if len(keys) > MOST_FOR:
        raise ClaimRefused(f"At most {MOST_FOR}; without any it is for all.", field=field)
    return [str(live(model, key, field).key) for key in keys]


_READ: dict[str, Any] = {
    "statement": _statement,
    "wordings": _wordings,
    "predicate": _predicate,
    "proof": _proof,
    "qualifier": lambda given: " ".join(clean(given, 500, field="qualifier").split()),
    "risk": _risk,
    "personas": lambda given: _keys(Persona, "personas", given),
    "stages": lambda given: _keys(JourneyStage, "stages", given),
}
