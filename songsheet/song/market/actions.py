"""What changes the market as we understand it: adding, changing, archiving, noting who said so."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from songsheet.base import bulk
from songsheet.base.refusals import Stale
from songsheet.journal.act import Record, act
from songsheet.song.errors import NoSuchEntry, NotSung
from songsheet.song.market.acts import ask_by, held, live, must_be_new, read_values
from songsheet.song.market.events import (
    EvidenceNoted,
    MarketAdded,
    MarketArchived,
    MarketBroughtBack,
    MarketChanged,
)
from songsheet.song.market.kinds import KINDS, kind_of
from songsheet.song.market.models import Evidence, JourneyStage, Line, Persona, Question, Segment
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

#: So many entries are noted as evidence in one act.
MOST_NOTED = 500
#: Places of stages leave room for one between two.
_STEP = 10
#: Held while something is added, so that two do not add the same.
_REALM = 52


def add_segment(*, name: str, by: Acting, at: datetime, about: str = "") -> Segment:
    """A part of the market that we sell to."""
    made: Segment = _add("segment", by, at, name=name, about=about)
    return made


def add_persona(
    *, name: str, by: Acting, at: datetime, about: str = "", segment: str | None = None
) -> Persona:
    """Somebody who buys; `segment` is the key of the one they belong to."""
    made: Persona = _add("persona", by, at, name=name, about=about, segment=segment)
    return made


def add_stage(
    *, name: str, by: Acting, at: datetime, about: str = "", place: int | None = None
) -> JourneyStage:
    """A step of the buyer's journey; without a place it comes last."""
    by.must(Right.PROPOSE)
    if place is None:
        last = JourneyStage.objects.filter(gone_at=None).order_by("-place").first()
        place = last.place + _STEP if last else _STEP
    made: JourneyStage = _add("journeystage", by, at, name=name, about=about, place=place)
    return made


def add_line(*, persona: str, kind: str, text: str, by: Acting, at: datetime) -> Line:
    """Something that hurts or moves a persona."""
    by.must(Right.PROPOSE)
    whose = live(Persona, persona, "persona")
    made: Line = _add("line", by, at, under=whose, text=text, kind=kind)
    return made


def add_question(
    *,
    text: str,
    by: Acting,
    at: datetime,
    phrases: Sequence[str] = (),
    stage: str | None = None,
    personas: Sequence[str] = (),
) -> Question:
    """What buyers ask, the phrases in which they do; stage and personas by their keys."""
    made: Question = _add("question", by, at, text=text, phrases=phrases, stage=stage, personas=personas)
    return made


def _add(prefix: str, by: Acting, at: datetime, *, under: Persona | None = None, **values: Any) -> Any:
    by.must(Right.PROPOSE)
    kind = KINDS[prefix]
    with act(by=by.actor, at=at) as record:
        bulk.hold(_REALM, [prefix])
        read = read_values(kind, values)
        personas = read.pop("personas", [])
        row: Any = kind.model(**read, **({"persona": under} if under else {}))
        must_be_new(kind, row)
        row.save(force_insert=True)
        if personas:
            ask_by(row.id, personas)
        told = {"thing": row.key, "what": kind.word, "text": str(row)}
        record(MarketAdded(**told, under=under.key if under else None))
    return row


def change_market(key: str, *, by: Acting, at: datetime, version: int | None = None, **values: Any) -> Any:
    """Change what is named of a segment, persona, stage, line or question; the same again changes nothing."""
    by.must(Right.PROPOSE)
    kind = kind_of(key)
    with act(by=by.actor, at=at) as record:
        bulk.hold(_REALM, [key.partition("_")[0]])
        row = held(key)
        if version not in (None, row.version):
            raise Stale("Somebody changed this since you read it. Look at it again.", version=row.version)
        read = read_values(kind, values)
        changed = []
        if "personas" in read and ask_by(row.id, read.pop("personas")):
            changed.append("personas")
        for name, value in read.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
                changed.append(name)
        changed = [name for name in kind.fields if name in changed]
        if not changed:
            return row
        must_be_new(kind, row)
        row.version += 1
        row.save()
        told = {"thing": key, "what": kind.word, "text": str(row)}
        record(MarketChanged(**told, fields=changed, version=row.version))
    return row


def archive_market(key: str, *, by: Acting, at: datetime) -> Any:
    """Show it no more; what was said of it stays. A persona takes no lines along: they wait with it."""
    return _stands(key, at, by=by, at=at)


def bring_market_back(key: str, *, by: Acting, at: datetime) -> Any:
    """Show again what was archived."""
    return _stands(key, None, by=by, at=at)


def _stands(key: str, gone_at: datetime | None, *, by: Acting, at: datetime) -> Any:
    by.must(Right.PROPOSE)
    kind = kind_of(key)
    with act(by=by.actor, at=at) as record:
        row = held(key)
        if (row.gone_at is None) == (gone_at is None):
            return row
        if gone_at is None:
            must_be_new(kind, row)
        row.gone_at = gone_at
        row.version += 1
        row.save(update_fields=["gone_at", "version"])
        _tell(record, MarketArchived if gone_at else MarketBroughtBack, key, kind.word, str(row))
    return row


def _tell(record: Record, event: Any, key: str, what: str, text: str) -> None:
    record(event(thing=key, what=what, text=text))


def note_evidence(key: str, positions: Sequence[int], *, by: Acting, at: datetime) -> list[int]:
    """Note the entries in which buyers said so, of a line or a question; returns those that were new."""
    by.must(Right.PROPOSE)
    kind = kind_of(key)
    if kind.word not in ("line", "question"):
        raise NotSung("Buyers say what hurts them and what they ask. Note it at a line or a question.")
    wanted = sorted(set(positions))
    if len(wanted) > MOST_NOTED:
        raise NotSung(f"{len(wanted)} entries; at most {MOST_NOTED} at once. Send the rest again.")
    with act(by=by.actor, at=at) as record:
        held(key)
        _must_be_of_buyers(wanted)
        there = Evidence.objects.filter(about=key, position__in=wanted)
        known = set(there.values_list("position", flat=True))
        fresh = [one for one in wanted if one not in known]
        Evidence.objects.bulk_create(
            Evidence(about=key, position=one, noted_by=by.member, noted_at=at) for one in fresh
        )
        if fresh:
            record(EvidenceNoted(thing=key, what=kind.word, positions=fresh))
    return fresh


def _must_be_of_buyers(positions: Sequence[int]) -> None:
    found = bulk.rows(
        """select distinct position from journal_about
            where position = any(%s::bigint[]) and key like 'person\\_%%'""",
        [list(positions)],
    )
    missing = sorted(set(positions) - {position for (position,) in found})
    if missing:
        raise NoSuchEntry(
            f"No entry about a buyer stands at {', '.join(map(str, missing[:5]))}. Take positions of stories."
        )
