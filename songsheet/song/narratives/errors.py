"""What narratives refuse."""

from songsheet.base.refusals import NotFound, Refusal


class NoSuchNarrative(NotFound):
    """There is no such narrative."""

    code = "no_such_narrative"

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no narrative {key[:60]}. It may be archived.")


class NarrativeRefused(Refusal):
    """A telling that cannot be taken up like this."""

    code = "narrative_refused"
