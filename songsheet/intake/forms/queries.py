"""Reads of forms and answers."""

from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from songsheet.intake.forms.definition import Definition
from songsheet.intake.forms.errors import NoSuchAnswer, NoSuchForm
from songsheet.intake.forms.models import Form, FormAnswer, FormVersion
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

MOST_SHOWN = 50
State = FormAnswer.State


def forms_seen_by(viewer: Acting) -> QuerySet[Form]:
    """The forms, for who makes them."""
    viewer.must(Right.FRONT)
    return Form.objects.filter(gone_at=None).select_related("made_by").order_by("-id")


def counts_of(forms: list[Form]) -> dict[int, dict[str, int]]:
    """By form and state, how many answers there are."""
    counted: dict[int, dict[str, int]] = {}
    every = FormAnswer.objects.filter(form__in=forms).values_list("form_id", "state")
    for form, state, count in every.annotate(Count("id")).order_by():
        counted.setdefault(form, {})[state] = count
    return counted


def form_for(viewer: Acting, key: str) -> Form:
    """One form."""
    found = forms_seen_by(viewer).filter(key=key).first()
    if found is None:
        raise NoSuchForm
    return found


def version_of(form: Form, number: int | None = None) -> FormVersion:
    """A form as it is shown now, or as it was shown under a number."""
    return FormVersion.objects.get(form=form, number=number or form.number)


def open_form(key: str) -> Form:
    """The form that a visitor fills in."""
    found = Form.objects.filter(key=key, gone_at=None, is_open=True).first()
    if found is None:
        raise NoSuchForm
    return found


def definition_of(version: FormVersion) -> Definition:
    """What a version asks."""
    return Definition.model_validate(version.body)


def answers_of(form: Form, *, state: str = "", before: str = "", most: int = MOST_SHOWN) -> list[FormAnswer]:
    """What was answered, the newest first; `before` is the key of the last one seen."""
    found = FormAnswer.objects.filter(form=form).select_related("person__root", "shown", "ended_by")
    found = found.filter(state=state) if state else found
    if before:
        last = FormAnswer.objects.filter(form=form, key=before).first()
        if last is None:
            raise NoSuchAnswer
        found = found.filter(id__lt=last.pk)
    return list(found.order_by("-id")[:most])


def answer_for(viewer: Acting, form: str, key: str) -> FormAnswer:
    """One answer to a form."""
    viewer.must(Right.FRONT)
    found = FormAnswer.objects.filter(form__key=form, form__gone_at=None, key=key)
    one = found.select_related("form", "shown", "person__root", "ended_by").first()
    if one is None:
        raise NoSuchAnswer
    return one


def how_many(
    network: str, submission: str, mail: str, *, at: datetime, within: timedelta
) -> tuple[int, int, int]:
    """Answers before: of this network lately, of this showing of a form, of this address in a day."""
    every = FormAnswer.objects.all()
    lately = every.filter(network=network, came_at__gt=at - within).count() if network else 0
    again = every.filter(submission=submission).count() if submission else 0
    day = at - timedelta(days=1)
    mailed = every.filter(mail=mail, came_at__gt=day, shown__body__confirm=True) if mail else every.none()
    return lately, again, mailed.count()
