"""What can be typed about an appointment page, and the form of it."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from pydantic import Field, ValidationError

from songsheet.base.refusals import Refusal
from songsheet.doors.commands import Command
from songsheet.intake.appointments.errors import PageNeeds
from songsheet.intake.appointments.offer import STEPS, Offer
from songsheet.team.acting import Acting
from songsheet.team.models import Member
from songsheet.team.roles import Right
from songsheet.touches.models import Campaign

LENGTHS = (15, 20, 30, 45, 60, 90, 120)
ROOM = (0, 5, 10, 15, 30, 45, 60)


class AddCalendar(Command):
    """A calendar of one's own elsewhere."""

    url: str = Field(
        min_length=1, max_length=2000, description="Its secret address (ICS)",
        json_schema_extra={"hint": "Your calendar calls it the private or secret address in iCal format."},
    )  # fmt: skip


def _minutes(values: tuple[int, ...]) -> list[tuple[int, str]]:
    return [(one, _("%(n)d minutes") % {"n": one} if one else _("None")) for one in values]


class OfferForm(forms.Form):
    """The fields of a page in their order."""

    title = forms.CharField(label=_("Title, as visitors read it"), max_length=200)
    intro = forms.CharField(
        label=_("What stands above the times"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    minutes = forms.TypedChoiceField(label=_("How long"), coerce=int)
    way = forms.ChoiceField(label=_("Where"))
    place = forms.CharField(
        label=_("Its address, or the words for it"), max_length=200, required=False,
        help_text=_("For a video call its address; for a meeting where to come to."),
    )  # fmt: skip
    members = forms.MultipleChoiceField(
        label=_("Who takes the appointments"),
        help_text=_("Of several, whoever is free and has the fewest appointments in that week gets it."),
        widget=forms.CheckboxSelectMultiple,
    )
    step = forms.TypedChoiceField(label=_("Times begin every"), coerce=int)
    before = forms.TypedChoiceField(label=_("Room before"), coerce=int)
    after = forms.TypedChoiceField(label=_("Room after"), coerce=int)
    notice = forms.IntegerField(
        label=_("Least notice, in hours"), min_value=0, max_value=336,
        help_text=_("Nobody books a time that begins sooner."),
    )  # fmt: skip
    days = forms.IntegerField(label=_("How many days ahead"), min_value=1, max_value=180)
    phone = forms.ChoiceField(label=_("Phone number"), required=False)
    company = forms.BooleanField(label=_("Ask for their company"), required=False)
    about = forms.CharField(
        label=_("Ask what it is about"), max_length=200, required=False,
        help_text=_("Leave it empty to ask nothing."),
    )  # fmt: skip
    purposes = forms.MultipleChoiceField(
        label=_("Ask for consent to"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("They read the consent text that stands now; which one is kept."),
    )  # fmt: skip
    becomes = forms.ChoiceField(label=_("A booking is"))
    source = forms.CharField(
        label=_("Source, where nothing else says where they came from"), max_length=120, required=False
    )
    campaign = forms.ChoiceField(label=_("Campaign"), required=False)
    thanks = forms.CharField(
        label=_("What they read once it is booked"), max_length=2000, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    button = forms.CharField(label=_("Its button"), max_length=200, required=False)
    language = forms.CharField(label=_("Its language, such as en"), max_length=5)
    colour = forms.CharField(label=_("Your colour, such as #0d6175"), max_length=7, required=False)


_CHOICES: dict[str, list[tuple[str, Any]]] = {
    "way": [
        ("phone", _("By phone: we call them")), ("video", _("Video call")), ("ours", _("At our place")),
        ("theirs", _("At their place")), ("other", _("Somewhere else")),
    ],
    "phone": [("", _("Do not ask")), ("asked", _("Ask")), ("needed", _("Ask, and need it"))],
    "purposes": [("mail", _("mails")), ("call", _("calls")), ("post", _("letters by post"))],
    "becomes": [
        ("lead", _("A lead of whoever has the appointment")),
        ("routed", _("A lead that goes by the agreed rules of routing")),
        ("story", _("A part of their story, nothing more")),
    ],
}  # fmt: skip


def offer_form(
    viewer: Acting,
    offer: Offer | None = None,
    *,
    typed: QueryDict | None = None,
    refusal: Refusal | None = None,
) -> forms.Form:
    """The form of a page, new or as it stands; with what was typed and why it was refused."""
    form = OfferForm(data=typed) if typed is not None else OfferForm(initial=_initial(viewer, offer))
    campaigns = Campaign.objects.filter(gone_at=None).order_by("-id").values_list("key", "name")[:200]
    choices = {
        **_CHOICES, "minutes": _minutes(LENGTHS), "step": _minutes(STEPS), "before": _minutes(ROOM),
        "after": _minutes(ROOM), "members": _members(viewer), "campaign": [("", _("None")), *campaigns],
    }  # fmt: skip
    for name, given in choices.items():
        form.fields[name].choices = given  # type: ignore[attr-defined]
    for field in form.fields.values():
        if field.required and not isinstance(field, forms.MultipleChoiceField):
            field.widget.attrs["required"] = True
    if refusal is not None:
        form.is_valid()
        for name, sentences in errors_of(refusal).items():
            form.add_error(name if name in form.fields else None, sentences)
    return form


def read_offer(given: QueryDict, stood: Offer | None = None) -> Offer:
    """What was typed as an offer; refused field by field."""
    values: dict[str, Any] = {name: given.get(name, "") for name in OfferForm.base_fields}
    values |= {name: given.getlist(name) for name in ("members", "purposes")}
    values["company"] = "company" in given
    for name in ("minutes", "step", "before", "after", "notice", "days"):
        text = str(values[name])
        values[name] = int(text) if text.isdecimal() and len(text) < 6 else text
    values = {name: value for name, value in values.items() if value != "" or name not in _NEEDED}
    try:
        return Offer.model_validate(values)
    except ValidationError as error:
        raise _refused(error) from None


_NEEDED = {"title", "way", "becomes", "language"}


def errors_of(refusal: Refusal) -> dict[str, list[str]]:
    """The sentences of a refusal by field; under the empty name what is of no field."""
    errors = refusal.extra.get("errors")
    return errors if isinstance(errors, dict) else {refusal.field or "": [refusal.sentence]}


def _refused(error: ValidationError) -> PageNeeds:
    errors: dict[str, list[str]] = {}
    for one in error.errors(include_url=False):
        own = one.get("ctx", {}).get("error")
        name = (
            str(one["loc"][0])
            if one["loc"]
            else "place"
            if "ddress" in str(own) or "where" in str(own)
            else ""
        )
        errors.setdefault(name, []).append(str(own) if own is not None else f"{one['msg']}.")
    return PageNeeds("Some of what was typed cannot be used. Look at the fields.", errors=errors)


def _initial(viewer: Acting, offer: Offer | None) -> dict[str, Any]:
    if offer is not None:
        return offer.model_dump(mode="json")
    me = viewer.member.key if viewer.member else ""
    starter = Offer.model_construct(title="", members=[me] if me else []).model_dump()
    return {name: value for name, value in starter.items() if value is not None}


def _members(viewer: Acting) -> list[tuple[str, str]]:
    """Whom the viewer can name: with the right everybody, else themselves."""
    found = Member.objects.active().order_by("name", "id")
    if not viewer.may(Right.FRONT):
        found = found.filter(pk=viewer.member.pk) if viewer.member else found.none()
    return list(found.values_list("key", "name")[:500])
