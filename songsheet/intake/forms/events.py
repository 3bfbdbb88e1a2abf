"""What happens to forms and their answers; what was typed stands in the answer and the touch."""

from typing import Annotated, Any

from songsheet.journal.events import Event
from songsheet.journal.subjects import Subject, sample_key

FormKey = Annotated[str, Subject("form")]
FilledKey = Annotated[str, Subject("filled")]
_FORM: dict[str, Any] = {"form": sample_key("form"), "number": 1}
_ANSWER: dict[str, Any] = {"answer": sample_key("filled"), "form": sample_key("form")}


class FormMade(
    Event,
    name="intake.form_made",
    version=1,
    says="{by} made a form",
    side="changed",
    icon="note",
    sample=_FORM,
):
    """A form can be filled in from now on."""

    form: FormKey
    number: int


class FormChanged(
    Event,
    name="intake.form_changed",
    version=1,
    says="{by} changed a form: {fields}",
    side="changed",
    icon="note",
    sample={**_FORM, "fields": "fields, title"},
):
    """A form was changed, closed or opened; `number` is the version that is shown."""

    form: FormKey
    number: int
    fields: str


class AnswerLetIn(
    Event,
    name="intake.answer_let_in",
    version=1,
    says="{by} let an answer in that looked strange",
    side="changed",
    icon="check",
    sample=_ANSWER,
):
    """An answer that waited for a member goes its way."""

    answer: FilledKey
    form: FormKey


class AnswerDropped(
    Event,
    name="intake.answer_dropped",
    version=1,
    says="{by} dropped an answer that looked strange",
    side="changed",
    icon="stop",
    sample=_ANSWER,
):
    """An answer that waited for a member is nobody's."""

    answer: FilledKey
    form: FormKey
