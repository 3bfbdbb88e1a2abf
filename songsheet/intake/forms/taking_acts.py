"""An answer becomes part of a story: the person, what they said, what they allowed, what they asked."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q

from songsheet.base.adopting import Ref
from songsheet.base.text import fold
from songsheet.buyers.actions import meet_company, meet_person, record_consent
from songsheet.buyers.adopt import CompanyRow, PersonRow
from songsheet.buyers.identity import company_domain
from songsheet.buyers.known import people_meant
from songsheet.buyers.models import ConsentText, Person
from songsheet.intake.event import UtmIn
from songsheet.intake.forms.definition import Definition
from songsheet.intake.forms.models import FormAnswer
from songsheet.intake.forms.reading import lines
from songsheet.intake.links.whence import DIRECT, NOWHERE, whence
from songsheet.intake.sites.models import Site
from songsheet.intake.visitors.actions import recognise
from songsheet.intake.visitors.models import Recognised
from songsheet.intake.visitors.queries import first_source
from songsheet.leads.actions import lead_came
from songsheet.leads.adopt_leads import LeadRow
from songsheet.leads.enquiries.actions import MOST_WANTED, EnquiryRow, enquiry_came
from songsheet.leads.enquiries.models import Enquiry
from songsheet.leads.heard.actions import HeardRow, heard_of_us
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting, as_system
from songsheet.touches.actions import log_touch
from songsheet.touches.adopt import TouchRow, sources_named
from songsheet.touches.models import Campaign, Source

#: Strangers fill forms in: what follows is done by the system, whoever let them in.
BY: Acting = as_system("forms")


def take_in(answer: FormAnswer, form: Definition, *, at: datetime) -> None:
    """Everything that an answer brings, in the act that is open; the row is saved by who holds it."""
    person = whom(answer, form, at=at)
    ref = (person.pk, person.key)
    answer.person, answer.state, answer.ended_at = person, FormAnswer.State.TAKEN, at
    campaign = campaign_of(answer, form)
    touch = TouchRow(
        kind="form", direction="in", at=answer.came_at, person=ref, campaign=campaign, subject=form.title,
        text=_text(answer, form, person), external=("forms", answer.key),
    )  # fmt: skip
    answer.touch_key = log_touch(touch, by=BY, at=at).key
    if answer.visitor is not None:
        recognise(answer.visitor, ref, how=Recognised.How.FORM, by=BY, at=answer.came_at)
    record_consents(answer, form, person, at=at)
    question = _said(answer, form, "question")
    source = source_of(answer, form)
    enquiry: Enquiry | None = None
    lead: Lead | None = None
    if form.becomes == "enquiry" and question:
        asked = EnquiryRow(
            ref, question, source=source, campaign=campaign, addresses=(answer.mail,) if answer.mail else ()
        )
        enquiry = enquiry_came(asked, by=BY, at=at)
        answer.enquiry_key = enquiry.key
        lead = enquiry.lead
    elif form.becomes == "lead":
        wants = " ".join((question or form.title).split())[:MOST_WANTED]
        row = LeadRow(person=ref, source=source, campaign=campaign, wants=wants)
        lead = lead_came(row, by=BY, at=at)
    answer.lead_key = lead.key if lead else ""
    if said := _of_kind(answer, form, "heard"):
        heard_of_us(HeardRow(ref, said, lead, enquiry), by=BY, at=answer.came_at)


def _text(answer: FormAnswer, form: Definition, person: Person) -> str:
    """What they said beyond what stands elsewhere: their mail, their consents, the question that is asked."""
    asked = form.field_that("question")
    beside = {one.name for one in form.fields if one.kind in ("mail", "consent")}
    if asked and form.becomes == "enquiry":
        beside.add(asked.name)
    called = form.field_that("name")
    if called and answer.said.get(called.name) == person.name:
        beside.add(called.name)
    left = {name: value for name, value in answer.said.items() if name not in beside}
    return " · ".join(
        f"{label.rstrip(':')}{'' if label.endswith('?') else ':'} {value}"
        for label, value in lines(form, left)
    )


def source_of(answer: FormAnswer, form: Definition) -> tuple[int, str] | None:
    """Where they came from: what the address and the page before say, else where we met this visitor first,
    else what the form says. Of their visits before this one nothing but that is told."""
    words = dict(Source.objects.values_list("name_folded", "name"))
    utm = UtmIn.model_validate(answer.utm) if answer.utm else None
    found = whence(answer.referrer, utm, answer.click_ids, _own_hosts(), words)
    if found in (DIRECT, NOWHERE) and answer.visitor is not None and (met := first_source(answer.visitor)):
        return met
    name = found.source if found not in (DIRECT, NOWHERE) else form.source or found.source
    return (sources_named([name])[name], name) if name else None


def _own_hosts() -> set[str]:
    origins = Site.objects.filter(gone_at=None).values_list("origins", flat=True)
    hosts = {urlsplit(origin).hostname or "" for every in origins for origin in every}
    return hosts | {settings.ENVIRONMENT.host}


def campaign_of(answer: FormAnswer, form: Definition) -> Ref | None:
    """What the address names, else what the form names; a stranger's word makes none."""
    marked = answer.utm.get("campaign", "")
    named = Q(name=marked) | Q(key=marked) if marked else Q(key=form.campaign)
    found = Campaign.objects.filter(named, gone_at=None).order_by("-id").first()
    if found is None and marked and form.campaign:
        found = Campaign.objects.filter(key=form.campaign, gone_at=None).first()
    return (found.pk, found.key) if found else None


def _said(answer: FormAnswer, form: Definition, means: str) -> str:
    asked = form.field_that(means)  # type: ignore[arg-type]
    value = answer.said.get(asked.name, "") if asked else ""
    return value if isinstance(value, str) else ", ".join(value)


def _of_kind(answer: FormAnswer, form: Definition, kind: str) -> str:
    found = next((answer.said.get(one.name, "") for one in form.fields if one.kind == kind), "")
    return str(found)


def whom(answer: FormAnswer, form: Definition, *, at: datetime) -> Person:
    """Who is known stays as they are: what strangers type never overwrites."""
    name, phone = _said(answer, form, "name"), _of_kind(answer, form, "phone")
    by_phone = people_meant((), (), [(phone, fold(name))]) if phone and name else []
    known = people_meant((), [answer.mail], ()) if answer.mail else by_phone
    if known:
        return Person.objects.get(id=known[0]).whole
    row = PersonRow(
        name=name, title=_said(answer, form, "title")[:200],
        mails=(answer.mail,) if answer.mail else (), phones=(phone,) if phone and not by_phone else (),
    )  # fmt: skip
    company = _said(answer, form, "company")
    if company and not company_domain(answer.mail):
        met = meet_company(CompanyRow(name=company), by=BY, at=at)
        row.company = (met.pk, met.key)
    return meet_person(row, by=BY, at=at)


def record_consents(answer: FormAnswer, form: Definition, person: Person, *, at: datetime) -> None:
    given = [one for one in form.fields if one.kind == "consent" and answer.said.get(one.name)]
    keys = [answer.wordings.get(one.purpose, "") for one in given]
    texts = {one.key: one for one in ConsentText.objects.filter(key__in=keys)}
    for one in given:
        record_consent(
            person.key,
            purpose=one.purpose,
            granted=True,
            by=BY,
            at=at,
            since=answer.confirmed_at or at,
            evidence=f"Form “{form.title}”, confirmed by mail"[:200],
            wording=texts.get(answer.wordings.get(one.purpose, "")),
            source=answer.key,
        )
