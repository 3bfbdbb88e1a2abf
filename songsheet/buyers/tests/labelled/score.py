"""Precision and recall of the suggestions over the labelled set, class by class.

`python -m songsheet.buyers.tests.labelled.score` prints both parts; docs/duplicates.md states them.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from songsheet.buyers.matching.companies import KnownCompany, compare_companies, read_company
from songsheet.buyers.matching.companies import company_blocks as blocks_of_company
from songsheet.buyers.matching.finding import MOST_IN_A_BLOCK
from songsheet.buyers.matching.people import Known, blocks, compare, read
from songsheet.buyers.tests.labelled import by_hand, by_hand_companies
from songsheet.buyers.tests.labelled.crowds import crowd
from songsheet.buyers.tests.labelled.make import made, made_companies
from songsheet.buyers.tests.labelled.registry import lines

#: (part, what, class, whether they are one, whether they are suggested)
Line = tuple[str, str, str, bool, bool]
SEEDS = {"tuned": 1, "held out": 2026}
EACH = 60


def _person(parts: list[str]) -> Known:
    name, mails, phones, company, domain, place = (parts + [""] * 6)[:6]
    return Known(name, "", "", tuple(mails.split()), (phones,) if phones else (), company, domain, place)


def _company(parts: list[str]) -> KnownCompany:
    return KnownCompany(*(parts + [""] * 4)[:4])


def judged() -> Iterator[Line]:
    """Every pair, and what was found: it is suggested if a block brings it up and the weights agree."""
    for part, people, companies in _parts():
        for name, same, one, other in people:
            a, b = read(one), read(other)
            yield part, "people", name, same, bool(blocks(a) & blocks(b)) and compare(a, b).is_suggested
        for name, same, firm, its in companies:
            c, d = read_company(firm), read_company(its)
            met = blocks_of_company(c) & blocks_of_company(d)
            yield part, "companies", name, same, bool(met) and compare_companies(c, d).is_suggested


def _parts() -> Iterator[
    tuple[str, list[tuple[str, bool, Known, Known]], list[tuple[str, bool, KnownCompany, KnownCompany]]]
]:
    hands = {
        "tuned": (by_hand.SAME, by_hand.DIFFERENT, by_hand_companies.SAME, by_hand_companies.DIFFERENT),
        "held out": (
            by_hand.HELD_OUT_SAME,
            by_hand.HELD_OUT_DIFFERENT,
            by_hand_companies.HELD_OUT_SAME,
            by_hand_companies.HELD_OUT_DIFFERENT,
        ),
    }
    for part, (same, different, same_companies, different_companies) in hands.items():
        people = list(made(SEEDS[part], EACH))
        companies = list(made_companies(SEEDS[part], EACH))
        for text, are_one in ((same, True), (different, False)):
            people += [("by hand", are_one, _person(a), _person(b)) for a, b in by_hand.pairs(text)]
        for text, are_one in ((same_companies, True), (different_companies, False)):
            companies += [("by hand", are_one, _company(a), _company(b)) for a, b in by_hand.pairs(text)]
        yield part, people, companies


def figures(part: str, what: str) -> tuple[float, float, dict[tuple[str, bool], tuple[int, int]]]:
    """Precision, recall, and per class how many of how many are right."""
    right, wrong, missed = 0, 0, 0
    classes: dict[tuple[str, bool], list[bool]] = defaultdict(list)
    for its_part, its_what, name, same, suggested in judged():
        if (its_part, its_what) == (part, what):
            classes[name, same].append(same == suggested)
            right += same and suggested
            wrong += suggested and not same
            missed += same and not suggested
    each = {key: (sum(found), len(found)) for key, found in classes.items()}
    return right / max(right + wrong, 1), right / max(right + missed, 1), each


Pairs = set[tuple[int, int]]


def among(records: Iterable[tuple[int, Known]]) -> tuple[Pairs, Pairs]:
    """(which are one, which are suggested) of many records together, by number, as the sweep does it."""
    given = list(records)
    known = [read(its) for _, its in given]
    sharing: dict[str, list[int]] = defaultdict(list)
    same: dict[str, list[int]] = defaultdict(list)
    for number, (who, _) in enumerate(given):
        same[str(who)].append(number)
        for block in blocks(known[number]):
            sharing[block].append(number)
    met = _pairs_of(those for those in sharing.values() if len(those) <= MOST_IN_A_BLOCK)
    return _pairs_of(same.values()), {
        (one, other) for one, other in met if compare(known[one], known[other]).is_suggested
    }


def _pairs_of(groups: Iterable[list[int]]) -> Pairs:
    return {pair for those in groups for pair in combinations(those, 2)}


def rates(one: Pairs, suggested: Pairs) -> tuple[float, float]:
    """Precision and recall."""
    return len(one & suggested) / max(len(suggested), 1), len(one & suggested) / max(len(one), 1)


#: What is judged together, by name; the seeds are held out.
TOGETHER: dict[str, Callable[[], Iterable[tuple[int, Known]]]] = {
    "registry": lambda: lines(2027, 4_000),
    "crowds": lambda: crowd(2027),
}

if __name__ == "__main__":
    for name, records in TOGETHER.items():
        are, found = among(records())
        precision, recall = rates(are, found)
        sys.stdout.write(f"{name}: {len(are)} are one, precision {precision:.1%}, recall {recall:.1%}\n")
    for part in SEEDS:
        for what in ("people", "companies"):
            precision, recall, classes = figures(part, what)
            sys.stdout.write(f"{what}, {part}: precision {precision:.1%}, recall {recall:.1%}\n")
            for (name, same), (count, of) in classes.items():
                sys.stdout.write(
                    f"  {name.replace('_', ' ')} ({'one' if same else 'two'}): {count} of {of} right\n"
                )
