"""What was typed into Aldermoor's forms: behind each form of a story the answer, and the strays."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple

import orjson

from songsheet.base import bulk
from songsheet.base.ids import many_keys
from songsheet.buyers.models import ConsentText
from songsheet.config.demo.company import BEGINS, TUESDAY
from songsheet.config.demo.front.questions import CONTACT, FORMS, GUIDE, RFP, SIZES, WEBINAR
from songsheet.config.demo.front.rows import Browser
from songsheet.config.demo.front.stray import stray
from songsheet.config.demo.staging import london
from songsheet.intake.forms.models import Form, FormAnswer, FormVersion
from songsheet.intake.inbox.put_actions import hash_of

SAMPLES = "Fabric samples by post"
_GUIDES = {"Practice guide", "Moving guide", "Guide download form"}
_TYPED = """
select touch.external_id, touch.key, touch.at, touch.subject, touch.text, person.id, person.name,
       coalesce(mail.address, ''), coalesce(company.name, ''), coalesce(company.people_count, 0),
       coalesce(lead.key, ''), coalesce(lead.wants, ''), coalesce(source.name, ''), coalesce(ran.name, ''),
       (select visitor.token from intake_recognised told
          join intake_visitor visitor on visitor.id = told.visitor_id
         where told.person_id = person.id order by told.id limit 1),
       exists (select from buyers_consent said where said.person_id = person.id and said.purpose = 'mail'
                and said.granted)
  from touches_touch touch join buyers_person person on person.id = touch.person_id
  left join buyers_company company on company.id = person.company_id
  left join leads_lead lead on lead.key = touch.lead_key and touch.lead_key <> ''
  left join touches_source source on source.id = lead.source_id
  left join touches_campaign ran on ran.id = coalesce(touch.campaign_id, lead.campaign_id)
  left join lateral (select address from buyers_mail where person_id = person.id and gone_at is null
                      order by id limit 1) as mail on true
 where touch.kind = 'form' and touch.direction = 'in' and touch.system = 'aldermoor' and touch.gone_at is null
   and touch.at >= %s and touch.at < %s order by touch.at, touch.id
"""
COLUMNS = (
    "key", "form_id", "shown_id", "mark", "submission", "state", "came_at", "said", "wordings", "mail",
    "reasons", "utm", "click_ids", "referrer", "page", "visitor", "network", "mailed_at", "tries",
    "confirmed_at", "ended_at", "person_id", "touch_key", "enquiry_key", "lead_key",
)  # fmt: skip
#: How people say that they heard of us, by the source that is recorded; and what some say whatever it is.
_HEARD = {
    "Referrals": ("A colleague told me", "From a friend who bought from you", "Recommended"),
    "Search advertising": ("Google", "Searched for reception desks", "Google, an advertisement"),
    "Fairs": ("At a fair", "Your stand in Cologne"),
    "Webinars": ("Your webinar", "A webinar in spring"),
    "Partners": ("Our architect", "Architect"),
    "Bought lists": ("You wrote to me",),
    "Website": ("Your website", "Google", "Found your guide"),
}
_OTHERWISE = ("A colleague told me", "A colleague told me", "A podcast, I think", "LinkedIn", "No idea")


class Typed(NamedTuple):
    """A form that somebody filled in, as their story tells it."""

    external: str
    touch: str
    at: datetime
    subject: str
    text: str
    person: int
    name: str
    mail: str
    company: str
    size: int
    lead: str
    wants: str
    source: str
    campaign: str
    visitor: Any
    may_mail: bool


class Answers:
    """The answers to every form, the oldest first."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.forms = {form.name: form for form in Form.objects.filter(name__in=FORMS)}
        self.shown: dict[str, list[FormVersion]] = {name: [] for name in FORMS}
        for version in (
            FormVersion.objects.filter(form__name__in=FORMS).select_related("form").order_by("number")
        ):
            self.shown[version.form.name].append(version)
        self.texts = list(ConsentText.objects.filter(purpose="mail", language="en").order_by("number"))

    def keep_all(self) -> None:
        """Month by month; what is there is left as it is."""
        if FormAnswer.objects.exists():
            return
        first, month = BEGINS, timedelta(days=30)
        while first < TUESDAY:
            until = min(first + month, TUESDAY)
            typed = [Typed(*row) for row in bulk.rows(_TYPED, [first, until])]
            lines = [line for one in typed if (line := self._line(one))]
            lines += [line for at, line in self._stray() if first <= at < until]
            lines.sort(key=lambda line: line[6])
            bulk.copy_in("intake_formanswer", COLUMNS, lines)
            first = until

    def _stray(self) -> Iterator[tuple[datetime, tuple[Any, ...]]]:
        for one in stray(self.forms, self.version_at, self.text_at):
            yield one[6], one

    def version_at(self, name: str, at: datetime) -> FormVersion | None:
        """The form as it was shown then."""
        return next((one for one in reversed(self.shown[name]) if one.made_at <= at), None)

    def text_at(self, at: datetime) -> ConsentText | None:
        """What people read then when they allowed mails."""
        return next((one for one in reversed(self.texts) if one.since <= at), None)

    def _line(self, one: Typed) -> tuple[Any, ...] | None:
        name = _form_of(one)
        shown = self.version_at(name, one.at) if name else None
        if shown is None:
            return None
        rng = Random(f"{self.seed} typed {one.external}")
        said = _said(name, one, {field["name"] for field in shown.body["fields"]}, rng)
        text = self.text_at(one.at) if "news" in said else None
        confirmed = (
            one.at + timedelta(minutes=rng.lognormvariate(1.8, 1.0)) if shown.body["confirm"] else None
        )
        mailed = one.at + timedelta(seconds=4) if confirmed else None
        return (
            *many_keys("filled", 1), self.forms[name].pk, shown.pk,
            str(hash_of("aldermoor answer", one.external)),
            hash_of("aldermoor stamp", one.external).hex[:22], "taken", one.at, _json(said),
            _json({"mail": text.key} if text else {}), one.mail, "[]", "{}", "{}", "", _PAGE[name],
            str(one.visitor) if one.visitor else None, Browser.drawn(rng).network, mailed, 0, confirmed,
            confirmed or one.at, one.person, one.touch, "", one.lead,
        )  # fmt: skip


_PAGE = {
    CONTACT: "www.aldermoor.example/ask", GUIDE: "www.aldermoor.example/guides",
    WEBINAR: "www.aldermoor.example/webinars", RFP: "www.aldermoor.example/tenders",
}  # fmt: skip


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _form_of(one: Typed) -> str:
    """Which form it was; samples are asked for on a page of another system."""
    if one.campaign == SAMPLES:
        return ""
    if one.campaign in _GUIDES or "guide" in one.subject.lower():
        return GUIDE
    if one.source == "Webinars":
        return WEBINAR
    return RFP if one.source == "Partners" and one.at >= london("2025-10-01", 11) else CONTACT


def _said(name: str, one: Typed, asked: set[str], rng: Random) -> dict[str, Any]:
    """Their answers to what was asked then."""
    question = one.text or one.wants
    said: dict[str, Any] = {"name": one.name, "mail": one.mail}
    if one.company:
        said["company"] = one.company
    if name == GUIDE:
        said["how_many"] = _size(one.size)
        question = question if rng.random() < 0.5 else ""
    if name == WEBINAR:
        topics = ["Leasing", "Fitting while you work", "Quiet rooms", "Reception"]
        said["topics"] = sorted(rng.sample(topics, rng.choice([1, 1, 2, 3])), key=topics.index)
        question = question if rng.random() < 0.3 else ""
    if name == RFP:
        said["seats"] = str(max(12, one.size // 2))
        said["until"] = (one.at + timedelta(days=rng.randrange(14, 40))).date().isoformat()
    if name == CONTACT and one.source in _HEARD and rng.random() < 0.6:
        said["heard"] = rng.choice(_OTHERWISE if rng.random() < 0.25 else _HEARD[one.source])
    if question:
        said["question"] = question
    if one.may_mail:
        said["news"] = "yes"
    return {field: value for field, value in said.items() if field in asked and value}


def _size(people: int) -> str:
    if not people:
        return SIZES[4]
    return SIZES[0] if people < 10 else SIZES[1] if people < 50 else SIZES[2] if people < 250 else SIZES[3]
