"""Forms are made, changed, closed and taken out; each change of what is asked is a version."""

from datetime import datetime

from songsheet.base.adopting import named
from songsheet.base.refusals import Stale
from songsheet.base.text import clean
from songsheet.buyers.wordings import texts_now
from songsheet.intake.forms.definition import Definition
from songsheet.intake.forms.errors import FormNeeds, NoSuchForm
from songsheet.intake.forms.events import FormChanged, FormMade
from songsheet.intake.forms.models import Form, FormVersion
from songsheet.intake.forms.queries import definition_of, version_of
from songsheet.intake.sites.models import Site
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.roles import Right
from songsheet.touches.models import Campaign


def make_form(*, name: str, body: Definition, by: Acting, at: datetime) -> Form:
    """A form that can be filled in at once."""
    by.must(Right.FRONT)
    called = _must_be_called(name)
    _must_stand(body)
    with act(by=by.actor, at=at) as record:
        form = Form.objects.create(name=called, made_at=at, made_by=by.member)
        _write(form, body, by=by, at=at)
        record(FormMade(form=form.key, number=1))
    return form


def change_form(
    key: str,
    *,
    by: Acting,
    at: datetime,
    name: str | None = None,
    body: Definition | None = None,
    is_open: bool | None = None,
    version: int | None = None,
) -> Form:
    """What is asked, how it is called, whether it is open; the same again changes nothing."""
    by.must(Right.FRONT)
    called = _must_be_called(name) if name is not None else None
    if body is not None:
        _must_stand(body)
    with act(by=by.actor, at=at) as record:
        form = _held(key)
        if version is not None and version != form.version:
            raise Stale("Somebody changed this form since you opened it. Look at it again.")
        changed = []
        if called is not None and called != form.name:
            form.name = called
            changed.append("name")
        if is_open is not None and is_open != form.is_open:
            form.is_open = is_open
            changed.append("is_open")
        if body is not None and body != definition_of(version_of(form)):
            form.number += 1
            _write(form, body, by=by, at=at)
            changed.append("fields")
        if changed:
            form.version += 1
            form.save()
            record(FormChanged(form=form.key, number=form.number, fields=named(changed)))
    return form


def take_form_out(key: str, *, by: Acting, at: datetime) -> None:
    """Nobody fills it in any more; what was answered stays in the stories."""
    by.must(Right.FRONT)
    with act(by=by.actor, at=at) as record:
        form = _held(key)
        form.gone_at, form.is_open = at, False
        form.version += 1
        form.save()
        record(FormChanged(form=form.key, number=form.number, fields="gone"))


def _must_be_called(name: str) -> str:
    called = clean(name, 120, field="name")
    if not called:
        raise FormNeeds("Give the form a name, by which you find it here.", field="name")
    return called


def _must_stand(body: Definition) -> None:
    """What a form names is there: the consent texts, the sites, the campaign."""
    purposes = {one.purpose for one in body.fields if one.kind == "consent"}
    missing = sorted(purposes - set(texts_now(purposes, body.language)))
    if missing:
        raise FormNeeds(
            f"There is no consent text for {missing[0]}. Write it first, on the page of consent texts.",
            field="fields",
        )
    sites = set(Site.objects.filter(key__in=body.sites, gone_at=None).values_list("key", flat=True))
    if set(body.sites) - sites:
        raise FormNeeds("One of the sites is not there any more. Choose again.", field="sites")
    if body.campaign and not Campaign.objects.filter(key=body.campaign, gone_at=None).exists():
        raise FormNeeds("There is no such campaign. Choose one of the register.", field="campaign")


def _write(form: Form, body: Definition, *, by: Acting, at: datetime) -> None:
    FormVersion.objects.create(
        form=form, number=form.number, body=body.model_dump(mode="json"), made_at=at, made_by=by.member
    )


def _held(key: str) -> Form:
    form = Form.objects.select_for_update(of=("self",), no_key=True).filter(key=key, gone_at=None).first()
    if form is None:
        raise NoSuchForm
    return form
