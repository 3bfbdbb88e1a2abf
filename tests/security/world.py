"""A house with one of each thing, and every address of it: generated, so that a new route is asked too."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile

from songsheet.agreements.comment_actions import comment, comment_as_guest, invite_guest
from songsheet.agreements.models import Version
from songsheet.beside.models import Delivery, Webhook
from songsheet.buyers.merge_actions import COMPANIES, PEOPLE, merge
from songsheet.buyers.models import (
    Company,
    CompanySuggestion,
    Consent,
    DoNotContact,
    ExternalId,
    Mail,
    Person,
    PersonSuggestion,
    Phone,
)
from songsheet.buyers.wording_actions import write_consent_text
from songsheet.clocks.models import Clock
from songsheet.config.api import api
from songsheet.config.tests.test_matrix import PAGES
from songsheet.deals.models import Deal, Stage
from songsheet.desk.standing import refresh_all
from songsheet.flows.bulk.change_many import Chosen, Wanted, change_many
from songsheet.flows.models import Mending
from songsheet.handoffs.models import Return
from songsheet.handoffs.verdicts.models import Verdict
from songsheet.intake.appointments.calendar_actions import make_feed
from songsheet.intake.appointments.models import BusyFeed, Meeting
from songsheet.intake.appointments.offer import Offer, asks
from songsheet.intake.appointments.page_actions import make_page
from songsheet.intake.appointments.queries import offer_of
from songsheet.intake.appointments.tokens import token_of
from songsheet.intake.forms.actions import make_form
from songsheet.intake.forms.building import STARTER
from songsheet.intake.forms.definition import Definition
from songsheet.intake.forms.models import FormAnswer
from songsheet.intake.forms.queries import version_of
from songsheet.intake.forms.stamps import confirm_token
from songsheet.intake.hooks.sealing import seal
from songsheet.intake.links.models import Link
from songsheet.intake.models import HeldBack, Hook, HookSecret
from songsheet.intake.privacy.actions import ask
from songsheet.intake.sites.models import Site
from songsheet.journal.models import Parked
from songsheet.leads.enquiries.models import Enquiry
from songsheet.leads.models import Lead
from songsheet.notices.models import Notice
from songsheet.song.claims.actions import draft_claim, propose_version
from songsheet.song.claims.force_actions import put_in_force
from songsheet.song.facts.actions import state_fact
from songsheet.song.facts.dispute_actions import dispute_fact
from songsheet.song.market.actions import add_line, add_persona, add_question, add_segment, add_stage
from songsheet.song.narratives.actions import add_narrative
from songsheet.tags.models import Tag, Tagged
from songsheet.team.acting import as_member
from songsheet.team.actions import invite_member, issue_key
from songsheet.team.models import CustomField, Member, SavedView
from songsheet.team.queries import now
from songsheet.touches.models import Campaign, Source, Task, Touch
from songsheet.touches.note_actions import attach
from tests.security.spoiling import MARKUP, draft, finished

SCHEMA = api.get_openapi_schema()
OPERATIONS = sorted(
    (path, method, given) for path, each in SCHEMA["paths"].items() for method, given in each.items()
)
#: By first word and placeholder → what stands there, where it is not the key of the thing itself.
_NAMED = {
    ("lists", "name"): "people",
    ("lists", "column"): "title",
    ("letters", "name"): "never_contacted",
    ("leaks", "name"): "never_contacted",
    ("buyers", "name"): "title",
    ("duplicates", "what"): "people",
    ("settings", "on"): "person",
    ("agreements", "kind"): "qualified_lead",
    ("agreements", "clause"): "enough",
    ("today", "name"): "decisions",
}
#: What an operation must be asked with.
QUERIES = {
    f"/api/v1/{one}/external": {"system": "other", "id": "7"}
    for one in ("people", "companies", "leads", "deals", "touches", "tasks", "campaigns")
} | {"/api/v1/search": {"q": "x"}}
#: Not ours to read: what allauth draws, an asset, and what the API answers for what is not there.
LEFT_OUT = ("accounts/", "^api", "health", "ready", "metrics", "in/script.js")

#: Where nobody has to be signed in: each opens by its own key, code or token, or is for everybody.
OUTSIDE = ("join/", "guest/", "f/", "m/", "in/", "privacy")


def pages() -> list[str]:
    """The patterns of all pages and partials."""
    return [one for one in PAGES if not one.startswith(LEFT_OUT)]


def addresses(known: dict[str, str]) -> list[str]:
    """Every page and partial of something that is there, and the same page of what stands otherwise."""
    more = [
        "buyers/merge?a={buyers}&b={twin}", "companies/merge?a={companies}&b={company_twin}", "find?q=x",
        "imports/{finished}", "imports/{finished}/mapping.toml", "imports/{finished}/rejected.csv",
        "buyers?open={buyers}", "companies?open={companies}", "leads?open={leads}", "deals?open={deals}",
        "leads?group=state", "deals?group=stage", "duties/change?duty=Website",
    ]  # fmt: skip
    return [filled(one, known) for one in pages()] + ["/" + one.format(**known) for one in more]


def filled(pattern: str, known: dict[str, str], value: str = "") -> str:
    """The address of something that is there; with a value, that value where its key stands."""
    plain = pattern.removeprefix("/").removeprefix("api/v1/")
    word, last = plain.split("/")[0].split(".")[0], plain.split("/")[-1]

    def stands(found: re.Match[str]) -> str:
        name = found[2] or found[3]
        if found[1]:
            return "1"
        named = known.get(f"{word}/{last}", known.get(name, known.get(word, "nothing")))
        return value or _NAMED.get((word, name)) or named

    return "/" + re.sub(r"<(int:)?(?:\w+:)?(\w+)>|\{(\w+)\}", stands, pattern).removeprefix("/")


def build(cast: dict[str, Member], at: datetime) -> dict[str, str]:
    """One of each thing, and its key by the first word of the addresses it is met at."""
    tom, ruth = cast["tom"], cast["ruth"]
    for on in ("person", "company", "lead", "deal", "campaign"):
        field = CustomField.objects.create(on=on, name="shoe", label="Shoe", type="text")
    known = _selling(tom, at)
    known |= _beside(known, ruth, at) | _agreed(ruth) | _asked(ruth) | _front(ruth, at) | _met(ruth)
    known |= _sung(ruth, at)
    view = SavedView.objects.create(
        listing="people", name="x", owner=ruth, shared=True, pinned=True, made_at=at
    )
    Parked.objects.create(reader="standing", position=1, keys=[known["leads"]], error=MARKUP, state="parked")
    key, _ = issue_key(member=tom, scopes=["read"], label="x", by=as_member(ruth), at=at)
    invited = invite_member(email="owen@aldermoor.example", name="x", by=as_member(ruth), at=now())
    refresh_all()
    return known | {
        "team": tom.key, "members": tom.key, "keys": key.key, "join": invited.token, "views": view.key,
        "imports": draft(ruth), "finished": finished(ruth, at), "settings": field.key,
        "custom-fields": field.key,
    }  # fmt: skip


def _asked(ruth: Member) -> dict[str, str]:
    """A form with an answer that waits for a member, and one that waits to be confirmed."""
    form = make_form(name="x", body=Definition.model_validate(STARTER), by=as_member(ruth), at=now())
    held, waits = (
        FormAnswer.objects.create(
            form=form, shown=version_of(form), mark=uuid4(), submission="x", state=state, came_at=now(),
            said={"name": MARKUP, "question": MARKUP}, reasons=["x"], mail="s@brightwater.example",
        )
        for state in ("held", "waits")
    )  # fmt: skip
    return {
        "forms": form.key, "f": form.key, "in": form.key, "answer": held.key,
        "f/<str:token>": confirm_token(waits.key),
        "privacy": ask("x@brightwater.example", network="x", at=now()).key,
        "consent-texts": write_consent_text(
            purpose="mail", text="I want your news.", language="en", by=as_member(ruth), at=now()
        ).key,
    }  # fmt: skip


def _sung(ruth: Member, at: datetime) -> dict[str, str]:
    """A market, a fact that is doubted, a claim in force with a draft of its next version, a narrative."""
    given: dict[str, Any] = {"by": as_member(ruth), "at": at}
    segment = add_segment(name="x", **given)
    persona, stage = add_persona(name="x", segment=segment.key, **given), add_stage(name="x", **given)
    add_line(persona=persona.key, kind="pain", text="x", **given)
    asked = add_question(text="x", phrases=["x"], stage=stage.key, personas=[persona.key], **given)
    fact = state_fact(name="hotline", label="x", kind="text", value="x", source="x", **given)
    offer = state_fact(name="shipping.free", label="x", kind="offer", value="not offered", **given)
    said = draft_claim(statement="x", predicate="not shipping.free", qualifier="x", **given)
    put_in_force(said.key, seen=said.hash, **given)
    draft = propose_version(said.claim.key, statement="y", **given)
    doubted = dispute_fact(offer.name, words="x", **given)
    told = add_narrative(
        name="x", problem="x", turning_point="x", outcome="x", claims=[said.claim.key], **given
    )
    return {
        "facts": fact.name, "fact": fact.name, "claim": said.claim.key, "claims": said.claim.key,
        "claim-versions": draft.key, "version": draft.key, "questions": asked.key, "thing": asked.key,
        "dispute": doubted.key, "narrative": told.key, "what": "stage",
    }  # fmt: skip


def _met(ruth: Member) -> dict[str, str]:
    """A page of free times with an appointment, and a calendar that says when somebody is busy."""
    page = make_page(Offer(title="x", members=[ruth.key], place="x"), by=as_member(ruth), at=now())
    begins = now() + timedelta(days=3)
    clock = Clock.objects.create(kind="meeting", about=page.key, started_at=now(), due_at=begins, member=ruth)
    meeting = Meeting.objects.create(
        page=page, member=ruth, person=Person.objects.order_by("id").first(), clock=clock, state="booked",
        begins_at=begins, ends_at=begins + timedelta(minutes=30), title="x", place="x", zone="UTC",
        came_at=now(), mark=uuid4(), submission="x", asked=asks(offer_of(page)).model_dump(mode="json"),
        said={"name": MARKUP, "about": MARKUP}, reasons=["x"], mail="s@brightwater.example",
    )  # fmt: skip
    Clock.objects.filter(id=clock.id).update(about=meeting.key)
    feed = BusyFeed.objects.create(
        member=ruth, host="example.com", sealed=seal("https://example.com/x"), made_at=now(), failure="x"
    )
    _feed, secret = make_feed(by=as_member(ruth), at=now())
    return {
        "appointments": page.key, "appointment-pages": page.key, "m": page.key, "meetings": meeting.key,
        "calendar": feed.key, "m/<str:token>.ics": secret, "m/<str:token>": token_of(meeting.key),
        "m/move": token_of(meeting.key), "m/cancel": token_of(meeting.key),
    }  # fmt: skip


def _front(ruth: Member, at: datetime) -> dict[str, str]:
    """A link for somebody, and a site."""
    link = Link.objects.create(
        token="x" * 22, name="x", target="https://example.com/x", utm={"source": "x"}, member=ruth,
        made_at=at, person=Person.objects.first(), source=Source.objects.first(), check_said="x",
        checked_at=at,
    )  # fmt: skip
    site = Site.objects.create(name="x", origins=["https://example.com"], made_at=at)
    return {"links": link.key, "sites": site.key}


def _agreed(ruth: Member) -> dict[str, str]:
    """A draft that a guest may read, with what was said to it."""
    draft = Version.objects.get(agreement__kind="qualified_lead", number=1)
    given: dict[str, Any] = {"by": as_member(ruth), "at": now()}
    _, token = invite_guest(draft.key, name="x", days=7, **given)
    comment(draft.key, clause="enough", text="x", **given)
    comment_as_guest(token, clause="", text="x", at=given["at"])
    sorting = Version.objects.get(agreement__kind="enquiry_sorting", number=1)
    return {"agreements": draft.key, "agreements/sorting": sorting.key, "guest": token}


def _selling(tom: Member, at: datetime) -> dict[str, str]:
    """A buyer with a lead and a deal, and what was said and is to be done."""
    custom = {"shoe": "42"}
    company, other = (
        Company.objects.create(name=name, met_at=at, custom=custom, owner=tom) for name in ("Alder", "Birch")
    )
    person, twin, third = (
        Person.objects.create(name=name, company=company, met_at=at, custom=custom, owner=tom)
        for name in ("Suzanne", "Susanne", "Sue")
    )
    Mail.objects.create(person=person, address="s@brightwater.example")
    Phone.objects.create(person=person, number="+442071838750")
    ExternalId.objects.create(person=person, system="other", kind="person", external_id="7")
    Consent.objects.create(person=person, purpose="mail", granted=True, since=at, evidence="x")
    DoNotContact.objects.create(person=person, channel="call", reason="x", since=at)
    source = Source.objects.create(name="Fair", name_folded="fair")
    campaign = Campaign.objects.create(name="Spring", source=source, custom=custom)
    clock = Clock.objects.create(
        kind="first_answer", about=person.key, started_at=at, due_at=at + timedelta(hours=1), member=tom
    )
    lead = Lead.objects.create(
        clock=clock, person=person, company=company, came_at=at, wants="x", owner=tom,
        source=source, campaign=campaign, custom=custom,
    )  # fmt: skip
    deal = Deal.objects.create(
        lead=lead, opened_at=at, name="x", next_step="x", next_step_on=at.date(), custom=custom, owner=tom,
        stage=Stage.objects.first(), amount=100, margin=10, currency="EUR",
    )  # fmt: skip
    about: dict[str, Any] = {"person": person, "lead_key": lead.key, "member": tom, "subject": "x"}
    touch = Touch.objects.create(kind="note", at=at, text="x", **about)
    task = Task.objects.create(made_at=at, due_at=at, **about)
    file = attach(touch.key, ContentFile(b"x", "x.txt"), by=as_member(tom), at=at)
    Clock.objects.filter(id=clock.id).update(about=lead.key)
    Tagged.objects.create(tag=Tag.objects.create(name="x", name_folded="x"), about=person.key)
    pair = PersonSuggestion.objects.create(first=person, second=twin, confidence=9700, made_at=at)
    CompanySuggestion.objects.create(first=company, second=other, confidence=9700, made_at=at)
    merge(PEOPLE, person.key, third.key, by=as_member(tom), at=at)
    came_back = Return.objects.create(
        lead=lead, reason="other", words="x", returned_by=tom, at=at, state="agreed", answer="x", changes="x",
        answered_by=tom, answered_at=at,
    )  # fmt: skip
    promised = Clock.objects.create(
        kind="enquiry_answer", about=person.key, started_at=at, due_at=at + timedelta(hours=1), member=tom
    )
    enquiry = Enquiry.objects.create(
        person=person, kind="billing", text="x", came_at=at, owner=tom, clock=promised, source=source,
        campaign=campaign, company=company, why="x",
    )  # fmt: skip
    Clock.objects.filter(id=promised.id).update(about=enquiry.key)
    judged = Verdict.objects.create(
        lead=lead, says="misinformed", words="x", given_by=tom, at=at, state="answered", answer="x",
        answered_by=tom, answered_at=at,
    )  # fmt: skip
    gone = Company.objects.create(name="Alder Ltd", met_at=at)
    merge(COMPANIES, company.key, gone.key, by=as_member(tom), at=at)
    return {
        "buyers": person.key, "people": person.key, "companies": company.key, "leads": lead.key,
        "deals": deal.key, "story": person.key, "touches": touch.key, "tasks": task.key, "touch": touch.key,
        "task": task.key, "lead": lead.key, "campaigns": campaign.key, "lists": person.key,
        "notes": touch.key, "file": file.key, "duplicates": pair.key, "twin": twin.key,
        "company_twin": other.key, "handoffs": lead.key, "returns": came_back.key,
        "enquiries": enquiry.key, "verdicts": judged.key, "about": lead.key, "clocks": clock.key,
        "load": tom.key,
    }  # fmt: skip


def _beside(known: dict[str, str], ruth: Member, at: datetime) -> dict[str, str]:
    """What was done with many, and who is told."""
    told = {"cause": "mention", "about": known["notes"], "by": ruth.key, "because": 1, "at": at}
    notice = Notice.objects.create(member=ruth, **told)
    change = change_many(
        "people", Chosen((known["buyers"],)), Wanted("tag", value="y"), by=as_member(ruth), at=at
    )
    mending = Mending.objects.create(kind="ask", by=ruth.key, at=at, done={known["leads"]: "x"})
    webhook = Webhook.objects.create(
        label="x", url="https://example.com/x", made_by=ruth, made_at=at, stopped_why="x"
    )
    delivery = Delivery.objects.create(
        webhook=webhook, kind="leads.lead_taken", body="{}", made_at=at, due_at=at,
        tries=[{"at": at.isoformat(), "code": 500, "text": MARKUP, "took": 1}],
    )  # fmt: skip
    hook = Hook.objects.create(
        name="x", shape="mapped", signing="standard", source="x", made_by=ruth, made_at=at
    )
    secrets = [HookSecret.objects.create(hook=hook, sealed="x", made_at=at) for _ in range(2)]
    held = HeldBack.objects.create(
        door="hook", feed=hook.key, mark=uuid4(), body=MARKUP, problem=MARKUP, field="x", received_at=at
    )
    return {
        "hooks": hook.key, "secret": secrets[0].key, "incoming": held.key, "held-back": held.key,
        "bulk": change.key, "mendings": mending.key, "webhooks": webhook.key, "delivery": delivery.key,
        "notices": notice.key,
    }  # fmt: skip
