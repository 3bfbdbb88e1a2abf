"""What links refuse."""

from songsheet.base.refusals import NotFound, Refusal


class NoSuchLink(NotFound):
    code = "no_such_link"

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no link {key[:60]}. Look for it on the page of links.")


class NotATargetOfALink(Refusal):
    """An address that nobody is sent to."""

    code = "not_a_target"


class NotInTheVocabulary(Refusal):
    """A source or medium that nobody has agreed on; `near` are those that look like it."""

    code = "not_in_the_vocabulary"


class EndsBeforeItBegins(Refusal):
    """A link that would be over before it is made."""

    code = "ends_before_it_begins"
