"""The words of links: sources that are agreed on, media that we know, and what is near to one that is not."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from songsheet.base.text import clean, fold
from songsheet.intake.links.errors import NotInTheVocabulary
from songsheet.intake.links.hosts import MEDIA, PAID
from songsheet.intake.links.whence import kind_of, spelled
from songsheet.touches.models import Source

MARKS = ("source", "medium", "campaign", "term", "content")
#: Offered where a link is made: the usual spelling of each medium.
OFFERED = (
    "cpc", "paid-social", "display", "email", "social", "organic", "affiliate", "referral", "print", "event",
    "video", "sms",
)  # fmt: skip


def vocabulary() -> dict[str, str]:
    """The agreed sources, folded name → name."""
    return dict(Source.objects.values_list("name_folded", "name"))


def source_called(name: str) -> Source | None:
    """The agreed source of this name; one that is not agreed on is refused, with those that are near."""
    wanted = clean(name, 120, field="source")
    if not wanted:
        return None
    found = Source.objects.filter(name_folded=fold(wanted)).first()
    if found is None:
        raise _unknown("source", wanted, vocabulary().values(), "Agree on it first: campaigns name sources")
    return found


def marks_of(given: Mapping[str, str], source: Source | None, campaign: str) -> dict[str, str]:
    """The campaign marks that a link adds; what is not given follows from its source and campaign."""
    marks = {name: clean(given.get(name, ""), 120, field=f"utm_{name}") for name in MARKS}
    if any(re.search(r"[\x00-\x1f\x7f]", mark) for mark in marks.values()):
        raise NotInTheVocabulary("A campaign mark holds no control characters.", field="utm_campaign")
    words = vocabulary()
    if marks["source"] and fold(marks["source"]) not in words and not kind_of(marks["source"]):
        raise _unknown("utm_source", marks["source"], words.values(), "Use a source of the vocabulary")
    if marks["medium"] and spelled(marks["medium"]) not in {*MEDIA, *PAID}:
        raise _unknown("utm_medium", marks["medium"], [*OFFERED, *MEDIA], "Use one that reports know")
    marks["source"] = marks["source"] or (fold(source.name) if source else "")
    marks["campaign"] = marks["campaign"] or (campaign[:120] if marks["source"] else "")
    return {name: mark for name, mark in marks.items() if mark}


def _unknown(field: str, word: str, words: Iterable[str], advice: str) -> NotInTheVocabulary:
    by_fold = {fold(one): one for one in words}
    near = [by_fold[one] for one in get_close_matches(fold(word), list(by_fold), n=3, cutoff=0.6)]
    meant = " or ".join(f"“{one}”" for one in near)
    advice = f"Did you mean {meant}?" if near else f"{advice}."
    return NotInTheVocabulary(
        f"“{word[:60]}” is not among the agreed words. {advice}", field=field, near=near
    )
