"""Reads of buyers: who a viewer sees, and who is meant by the start of a name, mail address or company."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet, Value

from songsheet.base.text import fold
from songsheet.buyers.models import LAST_WORD, Company, Mail, Person, Phone
from songsheet.team.acting import Acting
from songsheet.team.roles import Right


def people_seen_by(viewer: Acting) -> QuerySet[Person]:
    """The people that the viewer may see, with what a row of the list shows; merged ones as their root."""
    viewer.must(Right.LOOK)
    return (
        Person.objects.filter(gone_at=None, root=None)
        .select_related("company", "owner")
        .prefetch_related(
            Prefetch("mails", queryset=Mail.objects.filter(gone_at=None).order_by("id")),
            Prefetch("phones", queryset=Phone.objects.filter(gone_at=None).order_by("id")),
        )
    )


def companies_seen_by(viewer: Acting) -> QuerySet[Company]:
    """The companies that the viewer may see; merged ones under their root alone."""
    viewer.must(Right.LOOK)
    return Company.objects.filter(gone_at=None, root=None).select_related("owner")


@dataclass(frozen=True)
class Hits:
    """Ids of people and companies that some words mean; not `complete` when more matched."""

    people: list[int]
    companies: list[int]
    complete: bool


def called(words: str, most: int) -> Hits:
    """Who is meant by the start of a name, last name, mail address or company; one statement.

    Each search uses an index of its own, which an OR over joins would not.
    """
    start = fold(words)
    people = Person.objects.filter(gone_at=None)
    companies = Company.objects.filter(gone_at=None, name_folded__startswith=start).values("id")[: most + 1]
    by_last_word = people.alias(last_word=LAST_WORD).filter(last_word__startswith=start)
    by_mail = Mail.objects.filter(gone_at=None, address__startswith=start)
    searches = [
        people.filter(name_folded__startswith=start).values_list(_IS_PERSON, "id"),
        by_last_word.values_list(_IS_PERSON, "id"),
        by_mail.values_list(_IS_PERSON, "person_id"),
        people.filter(company__in=companies).values_list(_IS_PERSON, "id"),
    ]
    of_people, *others = (one.order_by()[: most + 1] for one in searches)
    hits = list(of_people.union(*others, companies.values_list(_IS_COMPANY, "id")))
    found = [[id_ for kind, id_ in hits if kind == wanted] for wanted in ("person", "company")]
    return Hits(found[0][:most], found[1][:most], complete=all(len(ids) <= most for ids in found))


_IS_PERSON, _IS_COMPANY = Value("person"), Value("company")
