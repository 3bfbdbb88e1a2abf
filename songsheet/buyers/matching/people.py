"""Two people compared, and the blocks under which those who may be one are found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from songsheet.buyers.matching.companies import core, resembling
from songsheet.buyers.matching.contacts import (
    is_shared,
    mailbox,
    number,
    resembling_numbers,
    said_by,
    same_number,
    site,
)
from songsheet.buyers.matching.letters import latin, resembles, slips, sounded
from songsheet.buyers.matching.nicknames import root_of, same_name
from songsheet.buyers.matching.places import compare_places, place_of
from songsheet.buyers.matching.weights import PEOPLE, Verdict, weigh

_TITLES_WORDS = """
mr mrs ms miss dr prof sir herr frau mme mlle ing dipl mag phd msc mba md esq
"""
_TITLES = frozenset(_TITLES_WORDS.split())
_GENERATIONS = {"jr": 2, "junior": 2, "jun": 2, "sr": 1, "senior": 1, "sen": 1, "ii": 2, "iii": 3}
_PARTICLES_WORDS = """
van von de der den del della di da dos du la le el al bin ibn ter ten zu af
"""
_PARTICLES = frozenset(_PARTICLES_WORDS.split())


@dataclass(frozen=True)
class Known:
    """What of a person is compared; `company` is a name, `domain` its website, `place` an address."""

    name: str = ""
    given: str = ""
    family: str = ""
    mails: Sequence[str] = ()
    phones: Sequence[str] = ()
    company: str = ""
    domain: str = ""
    place: str = ""
    company_id: int | None = None


@dataclass(frozen=True)
class Read:
    """A person's values in the form in which they are compared."""

    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    generation: int = 0
    mails: frozenset[str] = frozenset()
    phones: Sequence[str] = field(default=())
    company: str = ""
    company_id: int | None = None
    domain: str = ""
    place: tuple[str, ...] = ()


def read(known: Known) -> Read:
    """Names as they sound, mailboxes, sites."""
    given, family, generation = _names(known)
    mails = frozenset(map(mailbox, known.mails))
    domain = site(known.domain) if known.domain else next(filter(None, map(site, sorted(mails))), "")
    return Read(given, family, generation, mails, tuple(known.phones), core(known.company),
                known.company_id, domain, place_of(known.place))  # fmt: skip


def _names(known: Known) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    generation = 0
    if known.family:
        given, family = latin(known.given).split(), latin(known.family).split()
    else:
        whole = known.name or f"{known.given} {known.family}"
        before, comma, after = whole.partition(",")
        if comma and latin(after) not in _GENERATIONS:
            whole = f"{after} {before}"
        words = latin(whole).split()
        if not words and known.mails:
            words = next(filter(None, map(said_by, known.mails)), [])
        words = [word for word in words if word not in _TITLES]
        generation = next((_GENERATIONS[word] for word in words if word in _GENERATIONS), 0)
        words = [word for word in words if word not in _GENERATIONS]
        at = next((n for n, word in enumerate(words) if n and word in _PARTICLES), max(len(words) - 1, 1))
        given, family = words[:at], words[at:]
    generation = generation or next((_GENERATIONS[word] for word in family if word in _GENERATIONS), 0)
    given = [word for word in given if word not in _TITLES]
    family = [word for word in family if word not in _GENERATIONS and word not in _PARTICLES] or family
    return tuple(map(sounded, given)), tuple(map(sounded, family)), generation


#: The best that is said of two whose names differ.
_APART = ("mailbox shared", "phone shared", "company same", "place same")


@lru_cache(maxsize=1_000)
def _settled(names: tuple[str, ...]) -> tuple[bool, Verdict | None]:
    """Whether names differ, and the verdict, where nothing that agrees besides would bring them together."""
    apart = any(said.endswith("differs") for said in names)
    hopeless = apart and not weigh([*names, *_APART], PEOPLE).is_suggested
    return apart, weigh(list(names), PEOPLE) if hopeless else None


def compare(one: Read, other: Read) -> Verdict:
    """How sure it is that two people are one, and why."""
    names = _compare_names(one, other)
    apart, settled = _settled(tuple(names))
    if settled is not None:
        return settled
    found = names + _compare_mails(one, other, apart)
    found += _compare_phones(one, other, apart or not names)  # a switchboard alone says nothing
    found += _compare_companies(one, other)
    found += compare_places(one.place, other.place)
    if one.generation and other.generation and one.generation != other.generation:
        found.append("generation differs")
    return weigh(found, PEOPLE)


def _compare_names(one: Read, other: Read) -> list[str]:
    given, family = _given(one.given, other.given), _family(one.family, other.family)
    whole = one.given and one.family and other.given and other.family
    if (
        whole
        and "differs" in (given, family)
        and _is_alike(one.given, other.family)
        and _is_alike(one.family, other.given)
    ):
        return ["names swapped"]
    if family == "differs" and (_has(one, other.family) or _has(other, one.family)):
        family = "in part"
    return [f"{name} {so}" for name, so in (("family", family), ("given", given)) if so]


def _is_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return _given(one, other) in ("same", "short form", "resembles")


def _has(one: Read, family: tuple[str, ...]) -> bool:
    """Whether a family name stands among the later given names: García of Sofia García López."""
    return bool(set(family) & set(one.given[1:]))


def _given(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """How given names agree; of several names the first two that agree best."""
    if not one or not other:
        return ""
    best = "differs"
    for a in one:
        for b in other:
            so = _words(a, b)
            if _RANK.index(so) < _RANK.index(best):
                best = so
    if best in ("same", "initial") and (one[0] != other[0]) and _words(one[0], other[0]) == "differs":
        return "initial" if best == "same" else "differs"
    return best


_RANK = ("same", "short form", "resembles", "initial", "differs")


@lru_cache(maxsize=200_000)
def _words(a: str, b: str) -> str:
    if a == b:
        return "same" if len(a) > 1 else "initial"
    if len(a) == 1 or len(b) == 1:
        return "initial" if a[:1] == b[:1] else "differs"
    if same_name(a, b):
        return "short form"
    return "resembles" if resembles(a, b) or _one_long_slip(a, b) else "differs"


def _one_long_slip(a: str, b: str) -> bool:
    """Short names, where only a letter was left out at the end: Ana and Anna sound alike already."""
    return min(len(a), len(b)) == 3 and a[:3] == b[:3] and slips(a, b) == 1


def _family(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    if not one or not other:
        return ""
    a, b = "".join(one), "".join(other)
    if a == b:
        return "same" if len(a) > 1 else "initial"
    if len(a) == 1 or len(b) == 1:
        return "initial" if a[0] == b[0] else "differs"
    if resembles(a, b):
        return "resembles"
    return "in part" if set(one) & set(other) else "differs"


def _compare_mails(one: Read, other: Read, apart: bool) -> list[str]:
    if not one.mails or not other.mails:
        return []
    both = one.mails & other.mails
    if both:
        return ["mailbox shared" if apart or all(map(is_shared, both)) else "mailbox same"]
    if apart:
        return ["mail differs"]
    pairs = [(a, b) for a in one.mails for b in other.mails if not is_shared(a) and not is_shared(b)]
    if any(len(a.partition("@")[0]) >= 5 and slips(a, b) == 1 and not _other_digits(a, b) for a, b in pairs):
        return ["mailbox resembles"]
    locals_ = [(a.partition("@")[0], b.partition("@")[0]) for a, b in pairs]
    if any(a.replace(".", "") == b.replace(".", "") and len(a) >= 6 for a, b in locals_):
        return ["mailbox name same"]
    return ["mail differs"]


def _other_digits(a: str, b: str) -> bool:
    return [c for c in a if c.isdigit()] != [c for c in b if c.isdigit()]


def _compare_phones(one: Read, other: Read, apart: bool) -> list[str]:
    if not one.phones or not other.phones:
        return []
    if any(same_number(a, b) for a in one.phones for b in other.phones):
        return ["phone shared" if apart else "phone same"]
    if not apart and any(resembling_numbers(a, b) for a in one.phones for b in other.phones):
        return ["phone resembles"]
    return ["phone differs"]


def _compare_companies(one: Read, other: Read) -> list[str]:
    if one.company_id is not None and one.company_id == other.company_id:
        return ["company same"]
    if one.domain and one.domain == other.domain:
        # of two without a company it may be a provider that nobody listed
        return ["company same"] if one.company or other.company else []
    if one.company and other.company:
        if one.company == other.company:
            return ["company same"]
        return ["company resembles" if resembling(one.company, other.company) else "company differs"]
    return ["company differs"] if one.domain and other.domain else []


def blocks(one: Read) -> set[str]:
    """Under what they are found: mailboxes, their names, numbers, and a name at a company."""
    found = {f"mail {mail}" for mail in one.mails if not is_shared(mail)}
    for mail in one.mails:
        local = mail.partition("@")[0].replace(".", "")
        if len(local) >= 6 and not is_shared(mail):
            found.add(f"local {local}")
    found |= {f"phone {digits[-7:]}" for digits in map(number, one.phones) if digits}
    return found | set(_name_blocks(one)) | set(_place_blocks(one))


def _place_blocks(one: Read) -> Iterable[str]:
    """The numbers of the address together, and each with the beginning of a name."""
    numbers = [word for word in one.place if any(map(str.isdigit, word))][:2]
    if len(numbers) > 1:
        yield " ".join(("address", *sorted(numbers)))
    for name in (*one.given[:1], *one.family[-1:]):
        if len(name) > 1:
            yield from (f"lives {number} {root_of(name)[:3]}" for number in numbers)


def _name_blocks(one: Read) -> Iterable[str]:
    given, family = one.given[:1], one.family[-1:]
    if given and family:
        first, last = root_of(given[0]), family[0]
        if len(first) > 1 and len(last) > 1:
            yield " ".join(("name", *sorted((first, last))))
    for where in {one.domain, one.company} - {""}:
        if given and family:
            yield " ".join(("initials", where, *sorted((given[0][0], family[0][0]))))
        for word in (*given, *family):
            if len(word) > 2:
                yield f"at {where} {root_of(word)[:4]}"
