"""How we met a buyer: the first touch and the last, and what they say themselves."""

from dataclasses import dataclass, field
from datetime import datetime

from songsheet.buyers.models import Person
from songsheet.journal.sql import rows
from songsheet.touches.models import Touch

#: The source of a touch is that of the pages seen in it, else that of its campaign.
_SOURCE = """
coalesce((select source.name from intake_hit hit join touches_source source on source.id = hit.source_id
           where hit.touch_key = touch.key and hit.touch_key <> '' order by hit.at, hit.id limit 1),
         (select source.name from touches_campaign campaign join touches_source source
              on source.id = campaign.source_id where campaign.id = touch.campaign_id), '')"""
_ENDS = """select touch.* from touches_touch touch
            where touch.person_id in (table family) and touch.gone_at is null and touch.kind <> 'note'"""
_MET = f"""
with family as (select id from buyers_person where id = %(person)s or root_id = %(person)s),
first as ({_ENDS} order by touch.at, touch.id limit 1),
last as ({_ENDS} order by touch.at desc, touch.id desc limit 1)
select 'first' as what, touch.kind as words, touch.at, {_SOURCE} from first as touch
 union all
select 'last', touch.kind, touch.at, {_SOURCE} from last as touch where id not in (select id from first)
 union all
(select 'said', heard.said, heard.at, coalesce(source.name, '')
   from leads_heard heard left join touches_source source on source.id = heard.source_id
  where heard.person_id in (table family) order by heard.at desc, heard.id desc limit 20)
"""


@dataclass(frozen=True, slots=True)
class Told:
    """A touch at one end of the story, or an answer: in words, and the source that it has or means."""

    words: str
    at: datetime
    source: str


@dataclass(slots=True)
class Met:
    """The first touch and the last; `said` is what the buyer answered, the newest first."""

    first: Told | None = None
    last: Told | None = None
    said: list[Told] = field(default_factory=list)


def met(person: Person) -> Met:
    """How we met a buyer, with all of whom they are made: one statement."""
    found = Met()
    for what, words, at, source in rows(_MET, {"person": person.id}):
        if what == "said":
            found.said.append(Told(words, at, source))
        else:
            setattr(found, what, Told(Touch.Kind(words).label.capitalize(), at, source))
    return found
