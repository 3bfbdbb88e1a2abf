"""A form is filled in, confirmed and taken in; what looks strange waits; nothing typed is lost."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from songsheet.buyers.events import ConsentChanged, ConsentTextWritten
from songsheet.buyers.models import Consent, Mail, Person
from songsheet.buyers.wording_actions import write_consent_text
from songsheet.flows.erase_person import erase_person
from songsheet.intake.forms.actions import change_form, make_form
from songsheet.intake.forms.answer_actions import drop, let_in, take_drop_back
from songsheet.intake.forms.definition import Definition
from songsheet.intake.forms.events import AnswerLetIn, FormMade
from songsheet.intake.forms.mail_actions import let_lapse, send_confirmation
from songsheet.intake.forms.models import Form, FormAnswer
from songsheet.intake.forms.stamps import BITS, confirm_token, has_worked, read_stamp, stamp
from songsheet.intake.visitors.models import Recognised
from songsheet.journal.testing import assert_recorded
from songsheet.leads.actions import end_lead
from songsheet.leads.enquiries.models import Enquiry
from songsheet.leads.heard.events import HeardOfUs
from songsheet.leads.heard.models import Heard
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting, as_member
from songsheet.team.queries import now
from songsheet.touches.models import Source, Touch

FIELDS: list[dict[str, Any]] = [
    {"name": "name", "label": "Your name", "means": "name", "required": True},
    {"name": "mail", "kind": "mail", "label": "Your mail", "required": True},
    {"name": "company", "label": "Company", "means": "company"},
    {"name": "size", "kind": "choice", "label": "How many seats", "options": ["Up to 50", "More"]},
    {"name": "many", "kind": "number", "label": "How many exactly", "shown_if": "size", "shown_is": "More"},
    {"name": "heard", "kind": "heard", "label": "How did you hear of us?", "options": ["A friend", "A fair"]},
    {"name": "asks", "kind": "long", "label": "What do you want to know?", "means": "question"},
]
NEWS = {"name": "news", "kind": "consent", "label": "Send me news", "purpose": "mail"}
TYPED = {
    "name": "Nils Åberg",
    "mail": "Nils@Lakeside.example",
    "asks": "What does a quote for 80 chairs cost?",
}
NEVER = "5 - 3 {{7*7}} <script>alert(1)</script>"


@pytest.fixture
def by(cast: dict[str, Any]) -> Acting:
    return as_member(cast["ruth"])


@pytest.fixture
def form(by: Acting) -> Form:
    return make_form(name="Quote", body=body(), by=by, at=now())


@pytest.fixture
def public() -> Client:
    return Client(enforce_csrf_checks=True)


def body(*more: dict[str, Any], **given: Any) -> Definition:
    return Definition.model_validate({"title": "Ask for a quote", "fields": [*FIELDS, *more], **given})


def shown(form: Form, ago: int = 60) -> str:
    return stamp(form.key, form.number, at=now() - timedelta(seconds=ago))


def work_for(mark: str) -> str:
    return next(str(n) for n in range(1_000_000) if has_worked(mark, str(n)))


def filled(form: Form, **given: Any) -> dict[str, Any]:
    return {**TYPED, "_stamp": shown(form), **given}


def test_an_answer_stands_in_the_story_and_its_question_becomes_a_lead_with_its_source(
    form: Form, by: Acting, public: Client
) -> None:
    assert_recorded(FormMade, form=form.key)
    Source.objects.create(name="Trade fair", name_folded="trade fair")
    page = public.get(f"/f/{form.key}?utm_source=Trade+Fair&utm_campaign=x&visitor=nobody").content.decode()
    assert "Songsheet" not in re.sub(r"<(link|script)[^>]*>", "", page)
    hidden = dict(re.findall(r'type="hidden" name="(_\w+)" value="([^"]*)"', page))
    assert hidden["_utm_source"] == "Trade Fair"
    given = {**TYPED, **hidden, "_stamp": shown(form), "many": "12", "heard": "A fair", "size": "Up to 50"}
    done = public.post(f"/in/forms/{form.key}", given)
    assert (done.status_code, done["Location"]) == (303, f"/f/{form.key}/thanks")
    again = public.post(f"/in/forms/{form.key}", given)
    assert (again.status_code, FormAnswer.objects.count()) == (303, 1)
    person, touch, lead = Person.objects.get(), Touch.objects.get(), Lead.objects.get()
    assert (person.name, person.company and person.company.domain) == ("Nils Åberg", "lakeside.example")
    assert (touch.kind, touch.direction, touch.person_id) == ("form", "in", person.pk)
    assert touch.text == "How many seats: Up to 50 · How did you hear of us? A fair"
    assert lead.wants == TYPED["asks"]
    assert lead.source is not None
    assert lead.source.name == "Trade fair"
    heard = Heard.objects.get()
    assert (heard.said, heard.lead, heard.source) == ("A fair", lead, lead.source)
    assert_recorded(HeardOfUs, heard=heard.key, lead=lead.key, source="Trade fair")
    answer = FormAnswer.objects.get()
    assert (answer.state, answer.person, answer.lead_key) == ("taken", person, lead.key)
    assert answer.network == "127.0.0.0/24"
    end_lead(lead.key, Lead.State.RELEASED, reason="x", by=by, at=now())
    erase_person(person.key, by=by, at=now())
    answer.refresh_from_db()
    assert (answer.said, answer.mail, answer.network, answer.click_ids) == ({}, "", "", {})
    assert Heard.objects.get().said == ""


def test_who_is_known_stays_as_they_are(form: Form, by: Acting, public: Client, at: datetime) -> None:
    known = Person.objects.create(name="Nils A.", name_folded="nils a.", met_at=at)
    Mail.objects.create(person=known, address="nils@lakeside.example")
    visitor = str(uuid4())
    asked = filled(form, name="Not Nils", _visitor=visitor)
    assert public.post(f"/in/forms/{form.key}", asked).status_code == 303
    recognised = Recognised.objects.get(visitor__token=visitor)
    assert (recognised.person, recognised.how) == (known, "form")
    known.refresh_from_db()
    assert (Person.objects.count(), known.name, known.company_id) == (1, "Nils A.", None)
    assert Touch.objects.get().person == known


def test_what_is_wrong_says_so_at_its_field_and_keeps_what_was_typed(form: Form, public: Client) -> None:
    wrong = filled(form, mail="nobody", name="", company=NEVER, size="Huge")
    answer = public.post(f"/in/forms/{form.key}", wrong)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "This is not a mail address" in said
    assert "Fill this in." in said
    assert "Choose from the answers" in said
    assert "&lt;script&gt;alert(1)" in said
    assert wrong["_stamp"] in said, "the clock runs from the first showing"
    assert not FormAnswer.objects.exists()
    old = public.post(f"/in/forms/{form.key}", filled(form, _stamp=shown(form, ago=90_000)))
    assert (old.status_code, TYPED["asks"] in old.content.decode()) == (422, True)
    assert public.post(f"/in/forms/{form.key}", {"name": "x" * 70_000}).status_code == 413
    assert public.post("/in/forms/form_nothing", TYPED).status_code == 404
    assert public.get("/f/form_nothing").status_code == 404
    assert public.get(f"/in/forms/{form.key}").status_code == 405


def test_a_program_sends_json(form: Form, public: Client) -> None:
    def sent(**given: Any) -> Any:
        return public.post(f"/in/forms/{form.key}", given, content_type="application/json")

    refused = sent(answers={"name": "Nils"}, stamp=shown(form))
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["mail"])
    asked = {"answers": TYPED, "stamp": shown(form), "utm": {"source": "google", "medium": "cpc"}}
    done = sent(**asked)
    assert (done.status_code, done.json()) == (202, {"outcome": "accepted", "confirm": False})
    assert Lead.objects.get().source.name == "Paid search"  # type: ignore[union-attr]
    assert sent(**asked).status_code == 202
    assert FormAnswer.objects.count() == 1
    for bad in ("[1]", "nonsense", '{"answers": 7}', '{"answers": {"name": {"a": 1}}, "utm": [1]}'):
        answer = public.post(f"/in/forms/{form.key}", bad, content_type="application/json")
        assert answer.status_code == 422, bad


def test_until_it_is_confirmed_nothing_happens_and_looking_confirms_nothing(
    by: Acting, public: Client
) -> None:
    text = write_consent_text(purpose="mail", text="Aldermoor writes to me once a month.", by=by, at=now())
    assert_recorded(ConsentTextWritten, wording=text.key, number=1)
    form = make_form(name="News", body=body(NEWS, confirm=True), by=by, at=now())
    page = public.get(f"/f/{form.key}").content.decode()
    assert "Aldermoor writes to me once a month." in page
    given = filled(form, news="yes", _wording=text.key, asks=NEVER)
    assert public.post(f"/in/forms/{form.key}", filled(form, news="yes")).status_code == 422
    done = public.post(f"/in/forms/{form.key}", given)
    assert done["Location"] == f"/f/{form.key}/thanks?confirm=1"
    one = FormAnswer.objects.get()
    assert (one.state, Person.objects.count(), Touch.objects.count()) == ("waits", 0, 0)
    assert send_confirmation(one.key, at=now())
    assert not send_confirmation(one.key, at=now()), "one mail, not two"
    (sent,) = mail.outbox
    assert sent.to == ["nils@lakeside.example"]
    assert not any(word in f"{sent.body}{sent.subject}" for word in ("Nils", "alert", "{{7*7}}"))
    link = next(word for word in str(sent.body).split() if word.startswith("http"))
    path = "/f/" + link.partition("/f/")[2]
    for _ in range(3):
        looked = public.get(path)
        assert (looked.status_code, "alert" in looked.content.decode()) == (200, False)
        assert public.head(path).status_code == 200
    assert not Person.objects.exists()
    newer = write_consent_text(purpose="mail", text="Aldermoor writes to me weekly.", by=by, at=now())
    assert newer.number == 2
    assert "It is confirmed" in public.post(path).content.decode()
    assert public.post(path).status_code == 200, "again changes nothing"
    consent = Consent.objects.get()
    assert (consent.purpose, consent.granted, consent.wording, consent.source) == (
        "mail",
        True,
        text,
        one.key,
    )
    assert_recorded(ConsentChanged, answer="agreed")
    assert (Touch.objects.count(), Enquiry.objects.count()) == (1, 1)
    for forged in (one.key, f"{one.key}.{'0' * 40}", confirm_token("filled_" + "0" * 26), "x"):
        assert public.post(f"/f/{form.key}/confirm/{forged}").status_code == 404


def test_what_nobody_confirms_is_forgotten(by: Acting, public: Client) -> None:
    form = make_form(name="News", body=body(confirm=True), by=by, at=now())
    public.post(f"/in/forms/{form.key}", filled(form))
    one = FormAnswer.objects.get()
    send_confirmation(one.key, at=now())
    assert let_lapse(at=now() + timedelta(days=2)) == 0
    assert let_lapse(at=now() + timedelta(days=4)) == 1
    one.refresh_from_db()
    assert (one.state, one.said, one.mail) == ("lapsed", {}, "")
    assert public.post(f"/f/{form.key}/confirm/{confirm_token(one.key)}").status_code == 404


def test_what_looks_strange_waits_for_a_member(form: Form, by: Acting, public: Client) -> None:
    def sent(**given: Any) -> FormAnswer:
        assert public.post(f"/in/forms/{form.key}", filled(form, **given)).status_code == 303
        return FormAnswer.objects.latest("id")

    quick = shown(form, ago=3)
    assert sent(_stamp=quick, _work=work_for(quick), mail="a@x.example").state == "taken"
    assert sent(_stamp=shown(form, ago=3), mail="b@x.example").reasons == [
        "It was filled in faster than a person types."
    ]
    assert sent(homepage="https://spam.example", mail="c@x.example").state == "held"
    other = make_form(name="Other", body=body(), by=by, at=now())
    assert sent(_stamp=shown(other), mail="d@x.example").reasons[0].startswith("It did not come from")
    held = sent(mail="e@x.example")
    assert held.reasons == ["Many answers came from the same network within ten minutes."]
    assert Touch.objects.count() == 1
    let_in(held.key, by=by, at=now())
    assert_recorded(AnswerLetIn, answer=held.key)
    assert (Touch.objects.count(), FormAnswer.objects.get(key=held.key).state) == (2, "taken")
    bad = FormAnswer.objects.filter(state="held").latest("id")
    drop(bad.key, by=by, at=now())
    take_drop_back(bad.key, by=by, at=now())
    assert FormAnswer.objects.get(key=bad.key).state == "held"
    FormAnswer.objects.bulk_create(
        FormAnswer(
            form=form, shown=bad.shown, mark=uuid4(), submission="x", state="dropped", came_at=now(),
            network="127.0.0.0/24",
        )
        for _ in range(60)
    )  # fmt: skip
    assert public.post(f"/in/forms/{form.key}", filled(form, mail="z@x.example")).status_code == 429


def test_a_form_says_what_is_missing_and_keeps_its_versions(form: Form, by: Acting, public: Client) -> None:
    refused: list[tuple[Callable[[], Any], str]] = [
        (lambda: body(NEWS), "counts once its mail address is confirmed"),
        (lambda: body({"name": "name", "label": "x"}), "Two fields are called"),
        (lambda: body({"name": "homepage", "label": "x"}), "a name of ours"),
        (lambda: body({"name": "a", "label": "x", "shown_if": "size", "shown_is": "None"}), "does not offer"),
        (
            lambda: body({"name": "a", "label": "x", "shown_if": "b", "shown_is": "y"}),
            "does not stand before",
        ),
        (lambda: make_form(name="x", body=body(NEWS, confirm=True), by=by, at=now()), "no consent text"),
        (lambda: make_form(name="x", body=body(sites=["site_" + "0" * 26]), by=by, at=now()), "sites"),
    ]
    for asked, says in refused:
        with pytest.raises(Exception, match=says):
            asked()
    before = shown(form)
    change_form(form.key, body=body({"name": "more", "label": "More", "required": True}), by=by, at=now())
    assert public.post(f"/in/forms/{form.key}", filled(form, _stamp=before)).status_code == 303
    form.refresh_from_db()
    assert (form.number, FormAnswer.objects.get().shown.number) == (2, 1)
    assert public.post(f"/in/forms/{form.key}", filled(form)).status_code == 422
    change_form(form.key, is_open=False, by=by, at=now())
    assert public.get(f"/f/{form.key}").status_code == 404
    assert read_stamp(form.key, before + "0") is None
    assert BITS >= 12
