"""Everything at the front doors, once the stories stand: what is there already is left as it is."""

from collections.abc import Mapping
from datetime import timedelta

from songsheet.base.adopting import Ref
from songsheet.buyers.actions import record_consent
from songsheet.buyers.models import Consent, ConsentText, Person
from songsheet.config.demo.company import TUESDAY
from songsheet.config.demo.front.answers import Answers
from songsheet.config.demo.front.arrived import hold_some_back, keep_what_came
from songsheet.config.demo.front.booked import take_bookings
from songsheet.config.demo.front.looks import LATER, Looks
from songsheet.config.demo.front.opening import open_doors
from songsheet.config.demo.front.places import map_places
from songsheet.config.demo.front.strangers import Strangers
from songsheet.config.demo.front.stray import DROP
from songsheet.config.demo.front.tables import MEANINGS, WORDS
from songsheet.intake.forms.answer_actions import drop
from songsheet.intake.forms.models import FormAnswer
from songsheet.journal.act import together
from songsheet.leads.heard.actions import HeardRow, heard_of_us, say_what_means
from songsheet.leads.heard.models import Heard
from songsheet.leads.models import Lead
from songsheet.team.acting import as_member, as_system
from songsheet.team.models import Member
from songsheet.team.queries import now
from songsheet.touches.adopt import sources_named

#: Whoever allowed mails by a form since then has the text that they read.
_WITH_TEXT = TUESDAY - timedelta(days=60)


def load_front_doors(campaigns: Mapping[str, Ref], *, seed: int, scale: float) -> None:
    """Doors, visitors, answers, and what could not be read."""
    ahead = TUESDAY - now()
    sources = sources_named(WORDS)
    with together():
        doors = open_doors(campaigns)
    with together():
        Looks(doors, sources, seed).keep_all(ahead)
        Strangers(doors, sources, seed, scale).keep_all(ahead)
    with together():
        Answers(seed).keep_all()
        _look_at_answers()
        _consents()
        _heard()
        keep_what_came(doors, ahead)
        hold_some_back(doors, ahead)
        map_places(doors)
        take_bookings()


def _look_at_answers() -> None:
    bea = as_member(Member.objects.get(name="Bea Fairley"))
    for answer in FormAnswer.objects.filter(state="held", mail__in=DROP).order_by("id"):
        drop(answer.key, by=bea, at=answer.came_at + timedelta(hours=6))


def _heard() -> None:
    """How they said that they heard of us, and which of their words Tom said mean what."""
    if Heard.objects.exists():
        return
    us = as_system("forms")
    told = FormAnswer.objects.filter(state="taken", said__has_key="heard").select_related("person")
    keys = list(told.exclude(lead_key="").values_list("lead_key", flat=True))
    leads = Lead.objects.in_bulk(keys, field_name="key")
    for answer in told.order_by("came_at"):
        assert answer.person is not None
        row = HeardRow(
            (answer.person.pk, answer.person.key), answer.said["heard"], leads.get(answer.lead_key)
        )
        heard_of_us(row, by=us, at=answer.came_at)
    tom = as_member(Member.objects.get(name="Tom Lindqvist"))
    for number, (words, source) in enumerate(MEANINGS):
        say_what_means(words, source, by=tom, at=TUESDAY - timedelta(days=40, minutes=number))


def _consents() -> None:
    """What they allowed by a form, and who said no to being remembered and allowed it later."""
    us = as_system("forms")
    texts = {text.key: text for text in ConsentText.objects.all()}
    given = FormAnswer.objects.filter(state="taken", came_at__gte=_WITH_TEXT).exclude(wordings={})
    for answer in given.select_related("person", "form", "shown").order_by("came_at"):
        assert answer.person is not None
        text, at = texts[answer.wordings["mail"]], answer.confirmed_at or answer.came_at
        if Consent.objects.filter(person=answer.person, wording=text).exists():
            continue
        title = answer.shown.body["title"]
        record_consent(
            answer.person.key, purpose="mail", granted=True, by=us, at=at, wording=text, source=answer.key,
            evidence=f"Form “{title}”, confirmed by mail",
        )  # fmt: skip
    tracking = ConsentText.objects.get(purpose="tracking", language="en")
    for mail, allowed_at in LATER.items():
        person = Person.objects.get(mails__address=mail)
        if Consent.objects.filter(person=person, purpose="tracking").exists():
            continue
        for granted, at, said in (
            (False, allowed_at - timedelta(days=5), "Said no on our site"),
            (True, allowed_at, "Allowed it on our site"),
        ):
            record_consent(
                person.key, purpose="tracking", granted=granted, by=us, at=at, evidence=said, wording=tracking
            )
