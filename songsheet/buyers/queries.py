"""Reads of buyers: who a viewer sees, and who is meant by the start of a name, mail address or company."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Value, prefetch_related_objects

from songsheet.base.text import fold
from songsheet.buyers.models import GONE, LAST_WORD, NOT_GONE, Company, Mail, Person, Phone
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

MAILS = Prefetch("mails", Mail.objects.filter(gone_at=None).order_by("id"), "mails_there")
PHONES = Prefetch("phones", Phone.objects.filter(gone_at=None).order_by("id"), "phones_there")
_ROOT = Prefetch("root", queryset=Person.objects.select_related("company"))


def people_seen_by(viewer: Acting) -> QuerySet[Person]:
    """The people that the viewer may see, with what a row of the list shows; merged ones as their root."""
    return _people(viewer, gone_at=None)


def archived_people(viewer: Acting) -> QuerySet[Person]:
    """The people who were archived, without those of whom nothing is left."""
    is_somebody = ~Q(name="") | Exists(Mail.objects.filter(person=OuterRef("pk")))
    return _people(viewer, gone_at__isnull=False).filter(is_somebody)


def _people(viewer: Acting, **which: Any) -> QuerySet[Person]:
    viewer.must(Right.LOOK)
    return (
        Person.objects.filter(root=None, **which)
        .select_related("company", "owner")
        .prefetch_related("company__root", *(MAILS, PHONES), Prefetch("others", _with_ways(), "others_there"))
    )


def _with_ways() -> QuerySet[Person]:
    return Person.objects.filter(gone_at=None).prefetch_related(MAILS, PHONES).order_by("id")


def read_wholes(people: Sequence[Person], companies: Sequence[Company | None]) -> None:
    """What of these was merged, and the companies of these people, gets what it was merged into: all of them
    in one statement each, none where nothing was."""
    prefetch_related_objects([one for one in people if one.root_id], _ROOT)
    theirs = [company for one in people for company in (one.company, one.whole.company)]
    prefetch_related_objects([one for one in (*companies, *theirs) if one and one.root_id], "root")


def _each(person: Any) -> list[Any]:
    """The record of a person of `people_seen_by` and those merged into it."""
    return [person, *person.others_there]


def mails_of(person: Person) -> list[str]:
    """The mail addresses of a person of `people_seen_by`, those of records merged into theirs last."""
    return [mail.address for one in _each(person) for mail in one.mails_there]


def phones_of(person: Person) -> list[str]:
    """The phone numbers, in the same order."""
    return [phone.number for one in _each(person) for phone in one.phones_there]


def companies_seen_by(viewer: Acting) -> QuerySet[Company]:
    """The companies that the viewer may see; merged ones under their root alone."""
    viewer.must(Right.LOOK)
    return Company.objects.filter(gone_at=None, root=None).select_related("owner")


def archived_companies(viewer: Acting) -> QuerySet[Company]:
    """The companies that were archived."""
    viewer.must(Right.LOOK)
    return Company.objects.filter(gone_at__isnull=False, root=None).select_related("owner")


@dataclass(frozen=True)
class Hits:
    """Ids of people and companies that some words mean, with all their records; not `complete` when more
    matched."""

    people: list[int]
    companies: list[int]
    complete: bool


def family_of(person: Person) -> dict[int, str]:
    """Id and key of a person's record and of those merged into it; an OR over a join would use no index."""
    merged = Person.objects.filter(root=person).order_by("id").values_list("id", "key")
    return {person.pk: person.key, **dict(merged)}


def people_of(key: str) -> list[int]:
    """The ids of a person's record by any of their keys: the root first, then what was merged into it."""
    return _family(Person, key)


def companies_of(key: str) -> list[int]:
    """The ids of a company's records by any of its keys, the root first."""
    return _family(Company, key)


def _family(model: type[Person] | type[Company], key: str) -> list[int]:
    found = model._default_manager.filter(key=key).values_list("id", "root_id").first()
    if found is None:
        return []
    root = found[1] or found[0]
    return [root, *model._default_manager.filter(root=root).order_by("id").values_list("id", flat=True)]


def called(words: str, most: int, *, hidden: bool = False) -> Hits:
    """Who is meant by the start of a name, last name, mail address or company; one statement.

    Each search uses an index of its own, which an OR over joins would not. With `hidden` also who is
    archived: those are few, and are walked by the index of the archive.
    """
    start = fold(words)
    spans = [NOT_GONE, GONE] if hidden else [NOT_GONE]
    companies = [
        Company.objects.filter(span, name_folded__startswith=start).values("id")[: most + 1] for span in spans
    ]
    searches = [search for span in spans for search in _searches(span, start, companies)]
    of_people, *others = (one.order_by()[: most + 1] for one in searches)
    hits = list(of_people.union(*others, *(one.values_list(_IS_COMPANY, "id") for one in companies)))
    found = [[id_ for kind, id_ in hits if kind == wanted] for wanted in ("person", "company")]
    complete = all(len(ids) <= most for ids in found)
    return Hits(_whole(Person, found[0][:most]), _whole(Company, found[1][:most]), complete)


def _searches(span: Q, start: str, companies: Sequence[QuerySet[Any, Any]]) -> Iterator[QuerySet[Any, Any]]:
    people = Person.objects.filter(span)
    yield people.filter(name_folded__startswith=start).values_list(_IS_PERSON, "id")
    by_last_word = people.alias(last_word=LAST_WORD).filter(last_word__startswith=start)
    yield by_last_word.values_list(_IS_PERSON, "id")
    by_mail = Mail.objects.filter(span, address__startswith=start)
    if span is GONE:
        by_mail = by_mail.filter(person__gone_at__isnull=False)
    yield by_mail.values_list(_IS_PERSON, "person_id")
    for some in companies:
        yield people.filter(company__in=some).values_list(_IS_PERSON, "id")


def _whole(model: type[Person] | type[Company], ids: list[int]) -> list[int]:
    """These records, their roots, and what else was merged into those."""
    rows = model._default_manager.filter(root__isnull=False)
    roots = set(rows.filter(id__in=ids).values_list("root_id", flat=True)) | set(ids)
    return sorted(roots | set(rows.filter(root__in=roots).values_list("id", flat=True)))


_IS_PERSON, _IS_COMPANY = Value("person"), Value("company")
