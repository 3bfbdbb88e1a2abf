"""What puts tags on records and takes them off; many at once as one by one."""

from collections.abc import Sequence
from datetime import datetime

from songsheet.base import bulk
from songsheet.base.adopting import MOST, TooManyRows
from songsheet.base.ids import prefix_of
from songsheet.base.text import clean, fold
from songsheet.journal.act import Record, act
from songsheet.journal.entries import Lane
from songsheet.tags.errors import CannotBeTagged, NoTag
from songsheet.tags.events import RecordTagged, RecordUntagged, TagMade
from songsheet.tags.models import TAGGED, Tag, tag_key
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


def tag(keys: Sequence[str], name: str, *, by: Acting, at: datetime, lane: Lane = "live") -> list[str]:
    """Put the tag of this name on these records, at most 2,000; returns those that did not carry it."""
    by.must(Right.WORK)
    _must_carry(keys)
    with act(by=by.actor, at=at, lane=lane) as record:
        chosen = _tag_named(name, record)
        found = bulk.rows(
            """insert into tags_tagged (about, tag_id)
               select about, %s from unnest(%s::text[]) with ordinality as given(about, nth)
                order by about on conflict do nothing returning about""",
            [chosen.id, list(dict.fromkeys(keys))],
        )
        fresh = [about for (about,) in found]
        record.bulk(RecordTagged, [{"record": one, "tag": chosen.key} for one in fresh], [at] * len(fresh))
    return fresh


def untag(keys: Sequence[str], name: str, *, by: Acting, at: datetime, lane: Lane = "live") -> list[str]:
    """Take the tag of this name off these records, at most 2,000; returns those that carried it."""
    by.must(Right.WORK)
    _must_carry(keys)
    with act(by=by.actor, at=at, lane=lane) as record:
        chosen = Tag.objects.filter(name_folded=fold(name), gone_at=None).first()
        if chosen is None:
            return []
        found = bulk.rows(
            "delete from tags_tagged where tag_id = %s and about = any(%s::text[]) returning about",
            [chosen.id, list(keys)],
        )
        freed = sorted(about for (about,) in found)
        record.bulk(RecordUntagged, [{"record": one, "tag": chosen.key} for one in freed], [at] * len(freed))
    return freed


def _must_carry(keys: Sequence[str]) -> None:
    if len(keys) > MOST:
        raise TooManyRows(f"{len(keys)} records; at most {MOST} in one call")
    for key in keys:
        if prefix_of(key) not in TAGGED:
            raise CannotBeTagged(f"{key[:60]} carries no tags. Tag a buyer, a company, a lead or a deal.")


def _tag_named(name: str, record: Record) -> Tag:
    """The tag of this name; a new one is made, one that is gone comes back."""
    words = clean(name, 60, field="tag")
    if not fold(words):
        raise NoTag("A tag is a word or two. Write one.", field="tag")
    made = bulk.rows(
        """insert into tags_tag (key, name, name_folded) values (%s, %s, %s)
               on conflict (name_folded) do update set gone_at = null where tags_tag.gone_at is not null
        returning key""",
        [tag_key(), words, fold(words)],
    )
    for (key,) in made:
        record(TagMade(tag=key))
    return Tag.objects.get(name_folded=fold(words))
