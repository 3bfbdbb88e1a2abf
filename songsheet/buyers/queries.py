"""Reads of buyers: who a viewer sees, and who is meant by the start of a name, mail address or company."""

from typing import Any

from django.db.models import Prefetch, QuerySet

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


def people_called(words: str) -> list[QuerySet[Any]]:
    """Searches that each give ids of people: by name, last word of the name, mail address, and company."""
    start = fold(words)
    people = Person.objects.filter(gone_at=None)
    return [
        people.filter(name_folded__startswith=start).values("id"),
        people.alias(last_word=LAST_WORD).filter(last_word__startswith=start).values("id"),
        Mail.objects.filter(gone_at=None, address__startswith=start).values("person_id"),
        people.filter(company__in=company_called(words)).values("id"),
    ]


def company_called(words: str) -> QuerySet[Any]:
    """Ids of companies whose name begins so."""
    return Company.objects.filter(gone_at=None, name_folded__startswith=fold(words)).values("id")
