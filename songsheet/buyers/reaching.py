"""The mails and phones of one person, set as a whole by somebody who sees them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from songsheet.buyers.errors import MailIsAnothers
from songsheet.buyers.identity import normal_phone
from songsheet.buyers.models import Mail, Person, Phone
from songsheet.buyers.queries import family_of


def set_mails(person: Person, mails: Sequence[str], *, at: datetime) -> bool:
    """Exactly these addresses, normal and held, from now on; says whether something changed.

    What a record that was merged into the person has, and is still given, stays with that record.
    """
    owner = Mail.objects.filter(address__in=mails, gone_at=None).exclude(_of(person)).first()
    if owner is not None:
        raise MailIsAnothers(owner.address, owner.person.whole.key)
    held = Mail.objects.filter(_of(person), gone_at=None)
    known = set(held.values_list("address", flat=True))
    gone = held.exclude(address__in=mails).update(gone_at=at)
    fresh = [Mail(person=person, address=mail) for mail in mails if mail not in known]
    return bool(Mail.objects.bulk_create(fresh)) or gone > 0


def set_phones(person: Person, given: Iterable[str], *, at: datetime) -> bool:
    """Exactly these numbers from now on, as with mails; says whether something changed."""
    numbers = list(dict.fromkeys(map(normal_phone, given)))
    held = Phone.objects.filter(_of(person), gone_at=None)
    known = set(held.values_list("number", flat=True))
    gone = held.exclude(number__in=numbers).update(gone_at=at)
    fresh = [Phone(person=person, number=number) for number in numbers if number not in known]
    return bool(Phone.objects.bulk_create(fresh)) or gone > 0


def _of(person: Person) -> Q:
    return Q(person__in=list(family_of(person)))
