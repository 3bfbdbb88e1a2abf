"""Two companies compared, and the blocks under which those that may be one are found."""

from dataclasses import dataclass
from functools import lru_cache

from songsheet.buyers.matching.contacts import site
from songsheet.buyers.matching.letters import latin, resembles, slips, sounded
from songsheet.buyers.matching.places import compare_places, place_of
from songsheet.buyers.matching.weights import COMPANIES, Verdict, weigh

#: Legal forms, once points are gone (G.m.b.H. is gmbh by then) and in any place of a name.
_FORMS_WORDS = """
ab ag as asa aps a/s bhd bv bvba co company corp corporation cv dac doo eg ehf eood eirl gbr gesmbh
gmbh inc incorporated kg kgaa kft kk lda limited limitada llc llp lp ltd ltda mbh nv nyrt ood ohg oy
oyj ou plc pte pty pvt rt sa sae sapa sarl sas sasu sc sca se sl slu snc spa spzoo spz sro srl su
uab ug zrt aktiengesellschaft gesellschaft haftungsbeschrankt sp oo ooo zao oao tov ae epe ike
"""
_FORMS = frozenset(_FORMS_WORDS.split())
_SMALL_WORDS = """
the and und et y & of for
"""
_SMALL = frozenset(_SMALL_WORDS.split())
#: Words that tell one branch of a group from another.
_BRANCHES_WORDS = """
north south east west nord sud est ouest uk usa us germany deutschland france italia italy espana
spain austria osterreich switzerland schweiz suisse polska poland nederland netherlands belgium
belgique europe asia america americas africa australia canada mexico brasil brazil india china japan
emea apac london paris berlin munich munchen hamburg madrid vienna wien zurich holding holdings
international bank insurance logistics energy pharma media foods properties capital real estate
verlag stiftung foundation
"""
_BRANCHES = frozenset(_BRANCHES_WORDS.split())


@dataclass(frozen=True)
class KnownCompany:
    """What of a company is compared."""

    name: str = ""
    domain: str = ""
    country: str = ""
    place: str = ""


@dataclass(frozen=True)
class ReadCompany:
    """A company's values in the form in which they are compared."""

    core: str = ""
    branch: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    domain: str = ""
    site: str = ""
    country: str = ""
    place: tuple[str, ...] = ()


def words_of(name: str) -> list[str]:
    """The words of a company's name without its legal form; the name itself where nothing is left."""
    plain = latin(name.replace(".", "").replace("&", " and ").replace("/", ""))
    words = plain.split()
    kept = [word for word in words if word not in _FORMS and word not in _SMALL]
    return kept or words


@lru_cache(maxsize=50_000)
def core(name: str) -> str:
    """What a company is called, as it sounds."""
    return " ".join(sounded(word) for word in words_of(name))


def read_company(known: KnownCompany) -> ReadCompany:
    """A name without its legal form, the site without its ending."""
    words = words_of(known.name)
    return ReadCompany(
        core=core(known.name),
        branch=frozenset(words[1:]) & _BRANCHES,
        numbers=frozenset(word for word in words if word.isdigit()),
        domain=known.domain.lower(),
        site=site(known.domain) if known.domain else "",
        country=known.country.upper(),
        place=place_of(known.place),
    )


def resembling(one: str, other: str) -> bool:
    """Whether two cores are one but for a slip, for spaces, or for the order of words."""
    if one.replace(" ", "") == other.replace(" ", "") or sorted(one.split()) == sorted(other.split()):
        return True
    return len(one) >= 6 and len(other) >= 6 and resembles(one, other)


def compare_companies(one: ReadCompany, other: ReadCompany) -> Verdict:
    """How sure it is that two companies are one, and why."""
    found = [_compare_names(one, other)] if one.core and other.core else []
    if one.site and other.site:
        same = "site same" if one.domain == other.domain else "site name same"
        found.append(same if one.site == other.site else "site differs")
    if one.country and other.country:
        found.append("country same" if one.country == other.country else "country differs")
    found += compare_places(one.place, other.place)
    if one.branch != other.branch or one.numbers != other.numbers:
        found.append("branch differs")
    return weigh(found, COMPANIES)


def _compare_names(one: ReadCompany, other: ReadCompany) -> str:
    if one.core.replace(" ", "") == other.core.replace(" ", ""):
        return "name same"
    if resembling(one.core, other.core):
        return "name resembles"
    a, b = one.core.split(), other.core.split()
    if a[0] == b[0] and len(a[0]) >= 5 and slips(one.core, other.core) > 2 and 1 in (len(a), len(b)):
        return "name in part"
    return "name differs"


def company_blocks(one: ReadCompany) -> set[str]:
    """Under what they are found: the beginning of the name, its words together, the site."""
    found = set()
    if one.core:
        squeezed = one.core.replace(" ", "")
        found |= {f"core {one.core}", f"start {squeezed[:5]}", f"words {' '.join(sorted(one.core.split()))}"}
    if one.site:
        found.add(f"site {one.site}")
    return found
