"""The texts of consent: each change is a version, and what people read stays as they read it."""

from datetime import datetime

from songsheet.base import bulk
from songsheet.base.text import TextRefused, clean
from songsheet.buyers.allowed import must_be_a_purpose
from songsheet.buyers.events import ConsentTextWritten
from songsheet.buyers.models import ConsentText
from songsheet.buyers.wordings import newest
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.roles import Right

_REALM = 41


def write_consent_text(
    *, purpose: str, text: str, by: Acting, at: datetime, language: str = "en"
) -> ConsentText:
    """What people read from now on when they are asked for a purpose; the same again changes nothing."""
    by.must(Right.FRONT)
    must_be_a_purpose(purpose)
    words = clean(text, 2000, field="text")
    if len(words) < 10:
        raise TextRefused("Write what they allow, and to whom, in whole sentences.", field="text")
    spoken = clean(language, 10, field="language").lower()
    if not spoken.replace("-", "").isalpha() or not spoken.isascii():
        raise TextRefused("Give the language by its code, such as en or pt-br.", field="language")
    with act(by=by.actor, at=at) as record:
        bulk.hold(_REALM, [f"{purpose} {spoken}"])
        before = newest(purpose, spoken)
        if before is not None and before.text == words:
            return before
        made = ConsentText.objects.create(
            purpose=purpose, language=spoken, number=before.number + 1 if before else 1, text=words,
            since=at, by=by.member,
        )  # fmt: skip
        record(ConsentTextWritten(wording=made.key, purpose=purpose, language=spoken, number=made.number))
    return made
