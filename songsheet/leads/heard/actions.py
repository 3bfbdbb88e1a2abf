"""A buyer says how they heard of us; a member says which source some words mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from songsheet.base import bulk
from songsheet.base.adopting import Ref
from songsheet.base.text import clean, fold
from songsheet.journal.act import act
from songsheet.leads.enquiries.models import Enquiry
from songsheet.leads.heard.errors import NoSuchMeaning, NoSuchSourceOfWords, NothingSaid
from songsheet.leads.heard.events import HeardOfUs, WordsMean, WordsMeanNoMore
from songsheet.leads.heard.meaning import meant_by
from songsheet.leads.heard.models import Heard, Meaning
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting
from songsheet.team.roles import Right
from songsheet.touches.models import Source

_REALM = 43
LONGEST = 200
_UNKNOWN = "There is no source “{name}” among the agreed words. Choose one of them."


@dataclass(frozen=True, slots=True)
class HeardRow:
    """What somebody said of how they heard of us, and with which lead or enquiry of theirs, if any."""

    person: Ref
    said: str
    lead: Lead | None = None
    enquiry: Enquiry | None = None


def heard_of_us(row: HeardRow, *, by: Acting, at: datetime) -> Heard:
    """Keep what a buyer said, as they said it, and what it means where that is known."""
    by.must(Right.ANSWER)
    said = clean(" ".join(row.said.split())[:LONGEST], LONGEST, field="said")
    if not said:
        raise NothingSaid("Write down what they said.", field="said")
    source = _sources().get(fold(meant_by(said, _vocabulary(), _told())))
    with act(by=by.actor, at=at) as record:
        one = Heard.objects.create(
            person_id=row.person[0], lead=row.lead, enquiry=row.enquiry, said=said,
            folded=fold(said)[:LONGEST], source=source, at=at,
        )  # fmt: skip
        record(
            HeardOfUs(
                heard=one.key,
                person=row.person[1],
                lead=row.lead.key if row.lead else None,
                enquiry=row.enquiry.key if row.enquiry else None,
                source=source.name if source else "",
            )
        )
    return one


def say_what_means(words: str, source: str, *, by: Acting, at: datetime) -> Meaning:
    """Answers that hold these words mean this source: those there are, and those to come."""
    by.must(Right.SPEND)
    given = clean(" ".join(words.split())[:LONGEST], LONGEST, field="words")
    if not fold(given):
        raise NothingSaid("Say which words of buyers you mean.", field="words")
    meant = _sources().get(fold(source))
    if meant is None:
        raise NoSuchSourceOfWords(_UNKNOWN.format(name=source[:60]), field="source")
    with act(by=by.actor, at=at) as record:
        bulk.hold(_REALM, [fold(given)])
        one = Meaning.objects.filter(folded=fold(given), gone_at=None).first()
        if one is not None and one.source == meant:
            return one
        if one is None:
            one = Meaning(words=given, folded=fold(given)[:LONGEST], made_at=at, made_by=by.member)
        one.source = meant
        one.save()
        record(WordsMean(meaning=one.key, source=meant.name, answers=read_again()))
    return one


def take_meaning_back(key: str, *, by: Acting, at: datetime) -> None:
    """The words mean nothing by themselves again."""
    by.must(Right.SPEND)
    with act(by=by.actor, at=at) as record:
        rows = Meaning.objects.select_for_update(of=("self",), no_key=True)
        one = rows.filter(key=key, gone_at=None).first()
        if one is None:
            raise NoSuchMeaning
        one.gone_at = at
        one.save(update_fields=["gone_at"])
        record(WordsMeanNoMore(meaning=key, answers=read_again()))


def read_again() -> int:
    """Read every answer again, each different one once; how many mean something else now. Erased words keep
    what they meant."""
    vocabulary, told, ids = _vocabulary(), _told(), {name: one.pk for name, one in _sources().items()}
    found = bulk.rows("select distinct folded from leads_heard where folded <> '' order by folded")
    meant = [(words, ids.get(fold(meant_by(words, vocabulary, told)))) for (words,) in found]
    if not meant:
        return 0
    return bulk.execute(
        """update leads_heard it set source_id = given.source
             from unnest(%s::text[], %s::bigint[]) as given(words, source)
            where it.folded = given.words and it.source_id is distinct from given.source""",
        [list(column) for column in zip(*meant, strict=True)],
    )


def _sources() -> dict[str, Source]:
    return {one.name_folded: one for one in Source.objects.all()}


def _vocabulary() -> Mapping[str, str]:
    return dict(Source.objects.values_list("name_folded", "name"))


def _told() -> Mapping[str, str]:
    return dict(Meaning.objects.filter(gone_at=None).order_by("id").values_list("folded", "source__name"))
