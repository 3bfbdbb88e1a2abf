"""Typing errors: what somebody may have meant whose words are nowhere, from the words of all names."""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from songsheet.base import bulk
from songsheet.find.near import LEAST, asked, distance, errors_in
from songsheet.find.words import NAME, Asked, any_of

#: So many other spellings of a word are tried, and so many records asked which of them they hold.
MOST_SPELLINGS, MOST_ASKED = 12, 300


def nearly(typed: Asked, kinds: Sequence[int]) -> str:
    """The words with other spellings in the place of those that are in no name, so that something is found.

    Of several spellings the one that most records hold; nothing when none of them is found.
    """
    spellings = {word: [word, *spelled_like(word)] for word in typed.words}
    if all(len(its) == 1 for its in spellings.values()):
        return ""
    query = " & ".join(
        any_of([form for one in its for form in (NAME + one, one)]) for its in spellings.values()
    )
    each = " union all ".join(
        f"""(select tsvector_to_array(words) from find_found
              where kind = {kind} and words @@ %(query)s::tsquery limit {MOST_ASKED})"""
        for kind in kinds
    )
    with transaction.atomic():
        bulk.execute("set local enable_seqscan = off")
        found = bulk.rows(each, {"query": query})
    chosen: Counter[tuple[str, ...]] = Counter()
    for (held,) in found:
        lexemes = set(held)
        chosen[tuple(_first(its, lexemes) for its in spellings.values())] += 1
    best = max(chosen, key=lambda words: (_kept(words, typed.words), chosen[words]), default=())
    return " ".join(best)


def _first(spellings: Sequence[str], lexemes: set[str]) -> str:
    """The spelling that a record holds, the nearest of them."""
    return next(one for one in spellings if one in lexemes or NAME + one in lexemes)


def _kept(words: Sequence[str], typed: Sequence[str]) -> int:
    return sum(one == other for one, other in zip(words, typed, strict=True))


def spelled_like(word: str) -> list[str]:
    """Words of names that differ from this one by few errors, the nearest first."""
    if len(word) < LEAST:
        return []
    known = bulk.rows("select word from find_word where near && %s::int[]", [asked(word)])
    apart = ((distance(word, one, errors_in(one)), one) for (one,) in known if one != word)
    return [one for far, one in sorted(apart) if far <= errors_in(one)][:MOST_SPELLINGS]
