"""Of which kind an enquiry is, by the rules that were agreed; and by which rule and which words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from songsheet.agreements.kinds.enquiry_sorting import (
    ENQUIRY_SORTING,
    SORTS,
    EnquirySorting,
    SortingRule,
)
from songsheet.agreements.queries import version_in_force
from songsheet.agreements.terms import listed
from songsheet.base.text import fold

#: Sorted by somebody of us, by no rule.
BY_HAND = "hand"


@dataclass(frozen=True, slots=True)
class Sorted:
    """The kind; the rule that decided, from 1, 0 for none; and what of the rule was found."""

    kind: str
    rule: int = 0
    by: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreed:
    """The rules that hold: of this version, or the starter's until one is signed."""

    terms: EnquirySorting
    version: str = ""


def agreed(at: datetime) -> Agreed:
    """The rules in force; the starter's until some are signed."""
    version = version_in_force(ENQUIRY_SORTING.name, at)
    if version is None:
        return Agreed(ENQUIRY_SORTING.starter())
    return Agreed(ENQUIRY_SORTING.body.model_validate(version.body), version.key)


def sort(terms: EnquirySorting, text: str, *, source: str = "", addresses: Iterable[str] = ()) -> Sorted:
    """The first rule that fits decides: its words as whole words, its sources, or domains with what is under
    them. Nothing fits: what was agreed for that, buying as long as nothing else was."""
    folded, domains = fold(text), [one.rpartition("@")[2].lower() for one in addresses]
    for number, rule in enumerate(terms.rules, 1):
        by, words = _found(rule, folded, fold(source), domains)
        if words:
            return Sorted(rule.kind, number, by, tuple(words))
    return Sorted(terms.otherwise.kind)


def _found(rule: SortingRule, text: str, source: str, domains: Sequence[str]) -> tuple[str, list[str]]:
    if words := [one for one in rule.mentions if re.search(rf"(?<!\w){re.escape(fold(one))}(?!\w)", text)]:
        return "mentions", words
    if words := [one for one in rule.sources if source and fold(one) == source]:
        return "source", words
    return "domain", [
        one for one in rule.domains if any(its == one or its.endswith(f".{one}") for its in domains)
    ]


def why(kind: str, sorted_by: Mapping[str, Any]) -> str:
    """By what an enquiry was sorted, in words: the rule, and what of it was found."""
    words = listed([f"“{one}”" for one in sorted_by.get("words", ())], last=_("and"))
    said = {"n": sorted_by.get("rule"), "words": words, "kind": SORTS.get(kind, kind)}
    by = sorted_by.get("by", "")
    if by == "mentions":
        return _("Rule %(n)s, %(kind)s: they mention %(words)s.") % said
    if by == "source":
        return _("Rule %(n)s, %(kind)s: it came from %(words)s.") % said
    if by == "domain":
        return _("Rule %(n)s, %(kind)s: they write from %(words)s.") % said
    if by == BY_HAND:
        return _("Somebody of us chose the kind.")
    return _("No rule fits, so it counts as %(kind)s.") % said
