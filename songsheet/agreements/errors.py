"""What the agreements part refuses."""

from typing import Any

from pydantic import ValidationError

from songsheet.base.refusals import Conflict, NotAllowed, NotFound, Refusal


class NoSuchKind(NotFound):
    code = "no_such_agreement"

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no agreement called “{name[:60]}”. Look at the list of agreements.")


class NoSuchVersion(NotFound):
    code = "no_such_version"

    def __init__(self) -> None:
        super().__init__("There is no such version of an agreement. Look at the list of agreements.")


class NoSuchClause(NotFound):
    code = "no_such_clause"


class NoSuchComment(NotFound):
    code = "no_such_comment"


class BodyRefused(Refusal):
    """A body that does not have the form of its kind."""

    code = "body_refused"

    @classmethod
    def of(cls, error: ValidationError) -> "BodyRefused":
        """What is wrong, by the place where it stands."""
        errors: dict[str, list[str]] = {}
        for one in error.errors():
            where = ".".join(str(part) for part in one["loc"]) or "body"
            errors.setdefault(where, []).append(str(one["msg"]).removeprefix("Value error, "))
        where, sentences = next(iter(errors.items()))
        sentence = f"{len(errors)} places cannot be used; the first is {where}: {sentences[0]}"
        return cls(sentence, errors=errors)

    @property
    def errors(self) -> dict[str, list[str]]:
        """Place → what is wrong there."""
        found: dict[str, Any] = self.extra.get("errors", {})
        return found


class NotInThatState(Conflict):
    """What was asked does not fit how the version stands."""

    code = "not_in_that_state"


class SomethingIsOffered(Conflict):
    """Another version is on the table, or signed and waiting for its day."""

    code = "something_is_offered"


class ReadAgain(Conflict):
    """The text is not the one that was read."""

    code = "read_again"


class CannotSign(NotAllowed):
    """The member holds no key of this side."""

    code = "cannot_sign"


class SignedAlready(Conflict):
    code = "signed_already"


class NotADeputy(Refusal):
    """Somebody who cannot be named as deputy of a side."""

    code = "not_a_deputy"


class DayIsOver(Refusal):
    code = "day_is_over"


class LinkIsOver(NotFound):
    """A guest's link that has expired, was withdrawn, or never was."""

    code = "link_is_over"

    def __init__(self) -> None:
        super().__init__("This link is over, or was withdrawn. Ask whoever sent it for another.")


class TooManyComments(Conflict):
    code = "too_many_comments"
