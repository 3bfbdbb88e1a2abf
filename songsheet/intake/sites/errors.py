"""What sites refuse."""

from songsheet.base.refusals import NotFound, Refusal


class NoSuchSite(NotFound):
    code = "no_such_site"

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no site {key[:60]}. Look for it on the page of sites.")


class NotAnOrigin(Refusal):
    """Something that is not where pages of a site stand."""

    code = "not_an_origin"


class NotASite(Refusal):
    """A site without what it needs."""

    code = "not_a_site"
