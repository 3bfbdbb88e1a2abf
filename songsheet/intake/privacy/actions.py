"""Somebody asks what we hold, proves who they are, and changes it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from songsheet.base.text import clean
from songsheet.buyers.actions import change_person, forbid_contact, record_consent
from songsheet.buyers.identity import normal_mail
from songsheet.buyers.models import Mail, Person
from songsheet.intake.privacy.code import HOLDS, MOST_TRIES, code_of, fits, keyed
from songsheet.intake.privacy.errors import AskedOften, AskIsOver, WrongCode
from songsheet.intake.privacy.events import ErasureAsked, HeldDataShown
from songsheet.intake.privacy.models import Ask
from songsheet.intake.spoken.saying import say, spoken_for
from songsheet.journal.act import act
from songsheet.journal.actors import Actor
from songsheet.leads.enquiries.actions import EnquiryRow, enquiry_came
from songsheet.leads.enquiries.models import Enquiry
from songsheet.team.acting import Acting
from songsheet.team.queries import house
from songsheet.team.roles import Right

HOUR = timedelta(hours=1)
MOST_OF_AN_ADDRESS, MOST_OF_A_NETWORK = 5, 30
#: What a buyer may do with what is theirs.
_RIGHTS = frozenset({Right.LOOK, Right.WORK, Right.ANSWER, Right.ERASE})
_ERASE_ME = "Asks us to erase everything that we hold about them."


def as_buyer(person: Person) -> Acting:
    """A buyer acting for themselves; only what this part offers them is within their reach."""
    return Acting(None, Actor("buyer", person.key), _RIGHTS)


def ask(mail: str, *, network: str, at: datetime) -> Ask:
    """Somebody says that this address is theirs. If we know it, a code waits to be mailed there."""
    address = normal_mail(mail)
    asked, place = keyed("address", address), keyed("network", network)
    recent = Ask.objects.filter(made_at__gt=at - HOUR)
    with act(by=Actor("system", "system_privacy"), at=at):
        Ask.objects.filter(made_at__lt=at - timedelta(days=1)).delete()
        if (
            recent.filter(asked=asked).count() >= MOST_OF_AN_ADDRESS
            or recent.filter(network=place).count() >= MOST_OF_A_NETWORK
        ):
            raise AskedOften(_("This was asked often. Try again in an hour."), retry_after=3600)
        held = Mail.objects.filter(address=address, gone_at=None, person__gone_at=None)
        known = held.select_related("person__root").first()
        return Ask.objects.create(
            person=known.person.whole if known else None,
            address=known.address if known else "",
            asked=asked,
            network=place,
            made_at=at,
            until=at + HOLDS,
        )


def send_code(key: str, *, at: datetime) -> bool:
    """Mail the code of a request, once; whether there was one to send."""
    with act(by=Actor("system", "system_privacy"), at=at):
        rows = Ask.objects.select_for_update(of=("self",)).select_related("person")
        one = rows.filter(key=key, sent_at=None).first()
        if one is None or not one.address or one.until < at:
            return False
        spoken = spoken_for(one.person.language if one.person else "")
        words = {"code": code_of(one), "house": house(), "url": settings.ENVIRONMENT.url, "spoken": spoken}
        subject = say(spoken, "Your code: %(code)s", code=code_of(one))
        EmailMessage(subject, render_to_string("intake/privacy/code.txt", words), None, [one.address]).send()
        one.sent_at = at
        one.save(update_fields=["sent_at"])
    return True


def prove(key: str, code: str, *, at: datetime) -> Ask:
    """The code was typed. Five wrong ones end the request, and are counted whatever happens."""
    with act(by=Actor("system", "system_privacy"), at=at) as record:
        one = Ask.objects.select_for_update(of=("self",)).select_related("person").filter(key=key).first()
        if one is None or one.until < at or one.tries >= MOST_TRIES or one.proven_at is not None:
            raise AskIsOver
        one.tries += 1
        right = one.person is not None and fits(one, code)
        if right and one.person is not None:
            one.proven_at = at
            record(HeldDataShown(person=one.person.key))
        one.save(update_fields=["tries", "proven_at"])
    if not right:
        raise WrongCode(
            _("This is not the code. Look at the newest mail from us; after five tries you need a new one."),
            field="code",
        )
    return one


def answer_for_oneself(person: Person, answers: Mapping[str, bool], *, at: datetime) -> None:
    """A buyer allows or refuses purposes on the page about their data."""
    by, evidence = as_buyer(person), _("On the page about their data")
    with act(by=by.actor, at=at):
        for purpose, granted in answers.items():
            record_consent(person.key, purpose=purpose, granted=granted, evidence=evidence, by=by, at=at)


def stop_contact(person: Person, *, at: datetime) -> None:
    """A buyer does not want to hear from us any more, by any channel."""
    forbid_contact(
        person.key, reason=_("Asked for it on the page about their data"), by=as_buyer(person), at=at
    )


def correct_oneself(person: Person, *, name: str, title: str, at: datetime) -> None:
    """A buyer says how they are called and what they do."""
    change_person(
        person.key, name=clean(name, 300, field="name"), title=clean(title, 200, field="title"),
        by=as_buyer(person), at=at,
    )  # fmt: skip


def ask_to_be_erased(person: Person, *, at: datetime) -> Enquiry:
    """A buyer asks to be erased: from now on nobody contacts them, and whoever answers service owes it."""
    by = as_buyer(person)
    with act(by=by.actor, at=at) as record:
        stop_contact(person, at=at)
        row = EnquiryRow((person.pk, person.key), _ERASE_ME, kind="service")
        one = enquiry_came(row, by=by, at=at)
        record(ErasureAsked(person=person.key, enquiry=one.key))
    return one
