"""What a form asks: its fields, when each is shown, and what becomes of the answers. Pure."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictBool, StringConstraints, model_validator

from songsheet.intake.event import Given, Line, Name

Kind = Literal["text", "long", "mail", "phone", "choice", "several", "number", "date", "consent", "heard"]
#: What a text says about whoever fills it in.
Means = Literal["", "name", "company", "title", "question"]
#: story: it stands in their story and nothing more. enquiry: the question is sorted by its kind. lead: they
#: want to buy.
Becomes = Literal["story", "enquiry", "lead"]
CHOSEN = ("choice", "several", "heard")
#: Names of inputs that are ours.
RESERVED = frozenset({"homepage"})
YES = "yes"


def _plain(text: str) -> str:
    if any(ord(letter) < 32 and letter not in "\n\r\t" for letter in text):
        raise ValueError("It holds a control character. Leave it out.")
    return text.replace("\r\n", "\n")


_STRIPPED = StringConstraints(strip_whitespace=True, max_length=2000)
Said = Annotated[str, _STRIPPED, AfterValidator(_plain)]
Title = Annotated[Line, StringConstraints(min_length=1), AfterValidator(_plain)]
FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
KeyOrNone = Annotated[str, StringConstraints(max_length=40, pattern=r"^([a-z]+_[0-9a-z]{26})?$")]


class FormField(Given):
    """One question. With `shown_if` it is asked only where that field was answered by `shown_is`."""

    name: FieldName
    kind: Kind = "text"
    label: Title
    hint: Line = ""
    required: StrictBool = False
    options: Annotated[list[Title], Field(max_length=40)] = []
    means: Means = ""
    purpose: Literal["", "mail", "call", "post", "opens"] = ""
    shown_if: str = ""
    shown_is: Line = ""

    @model_validator(mode="after")
    def _fits(self) -> "FormField":
        if self.name in RESERVED:
            raise ValueError(f"“{self.name}” is a name of ours. Choose another one.")
        if self.kind in ("choice", "several") and not self.options:
            raise ValueError(f"“{self.label}” needs the answers to choose from.")
        if len(set(self.options)) != len(self.options):
            raise ValueError(f"“{self.label}” offers the same answer twice.")
        if self.kind == "consent" and not self.purpose:
            raise ValueError(f"“{self.label}” needs what they allow by it.")
        if self.means == "question" and self.kind not in ("text", "long"):
            raise ValueError("The question is a text. Choose a text for it.")
        return self


class Definition(Given):
    """A form as it is filled in; each version of it stays as it was shown."""

    title: Title
    intro: Said = ""
    fields: Annotated[list[FormField], Field(min_length=1, max_length=40)]
    button: Annotated[Line, AfterValidator(_plain)] = "Send"
    thanks: Said = "Thank you. We have what you wrote."
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[a-z]{2})?$")] = "en"
    colour: Annotated[str, StringConstraints(pattern=r"^(#[0-9a-f]{6})?$")] = ""
    becomes: Becomes = "enquiry"
    confirm: StrictBool = False
    source: Name = ""
    campaign: KeyOrNone = ""
    sites: Annotated[list[KeyOrNone], Field(max_length=20)] = []

    @model_validator(mode="after")
    def _holds_together(self) -> "Definition":
        before: dict[str, FormField] = {}
        for one in self.fields:
            if one.name in before:
                raise ValueError(f"Two fields are called “{one.name}”. Call one of them otherwise.")
            if one.shown_if:
                _must_be_shown(one, before)
            before[one.name] = one
        for means in ("name", "company", "title", "question"):
            if sum(one.means == means for one in self.fields) > 1:
                raise ValueError(f"Two fields say the {means}. Let one of them say it.")
        for kind in ("mail", "phone", "heard"):
            if sum(one.kind == kind for one in self.fields) > 1:
                raise ValueError(f"Two fields are of the kind {kind}. One is enough.")
        self._has_what_it_needs()
        return self

    def _has_what_it_needs(self) -> None:
        mail = next((one for one in self.fields if one.kind == "mail"), None)
        is_sure = mail is not None and mail.required and not mail.shown_if
        if self.confirm and not is_sure:
            raise ValueError("Confirming by mail needs a mail field that is required and always shown.")
        if any(one.kind == "consent" for one in self.fields) and not self.confirm:
            raise ValueError(
                "A consent counts once its mail address is confirmed: else anybody could give it for "
                "somebody else. Switch confirming by mail on."
            )
        if self.becomes == "enquiry" and not self.field_that("question"):
            raise ValueError("An enquiry needs the field that is their question. Say which one it is.")
        if not (mail or any(one.kind == "phone" for one in self.fields) or self.field_that("name")):
            raise ValueError(
                "Ask for a name, a mail address or a phone number: else nobody knows who it was."
            )

    def field_that(self, means: Means) -> FormField | None:
        """The field that says the name, the company, the title or the question."""
        return next((one for one in self.fields if one.means == means), None)


def _must_be_shown(one: FormField, before: dict[str, FormField]) -> None:
    asked = before.get(one.shown_if)
    if asked is None:
        raise ValueError(f"“{one.label}” is shown by a field that does not stand before it.")
    offered = asked.options if asked.kind in CHOSEN else [YES] if asked.kind == "consent" else None
    if offered is None:
        raise ValueError(f"“{one.label}” can be shown by a choice or a consent alone.")
    if one.shown_is not in offered and not (asked.kind == "heard" and not offered):
        raise ValueError(f"“{one.label}” is shown by an answer that “{asked.label}” does not offer.")
