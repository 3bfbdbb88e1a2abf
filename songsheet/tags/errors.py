"""What the tags part refuses."""

from songsheet.base.refusals import Refusal


class NoTag(Refusal):
    """A tag is a word or two."""

    code = "no_tag"


class CannotBeTagged(Refusal):
    """Only buyers, companies, leads and deals carry tags."""

    code = "cannot_be_tagged"
