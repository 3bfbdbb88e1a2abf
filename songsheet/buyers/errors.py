"""What the buyers part refuses."""

from songsheet.base.refusals import Conflict, NotAllowed, NotFound, Refusal


class NoSuchPerson(NotFound):
    code = "no_such_person"

    def __init__(self, key: str) -> None:
        super().__init__(
            f"There is no person {key[:60]}. They may have been part of an import that was undone."
        )


class NoSuchCompany(NotFound):
    code = "no_such_company"

    def __init__(self, key: str) -> None:
        super().__init__(
            f"There is no company {key[:60]}. It may have been part of an import that was undone."
        )


class MailIsAnothers(Conflict):
    """The mail address belongs to somebody else; who, by key."""

    code = "mail_is_anothers"

    def __init__(self, mail: str, person: str) -> None:
        super().__init__(
            f"{mail} belongs to another person. Open them, or correct the address.",
            field="mails",
            person=person,
        )


class DomainIsAnothers(Conflict):
    """The domain belongs to another company; which, by key."""

    code = "domain_is_anothers"

    def __init__(self, domain: str, company: str) -> None:
        super().__init__(
            f"{domain} belongs to another company. Open it, or correct the website.",
            field="domain",
            company=company,
        )


class AlreadyOne(Conflict):
    """Both keys mean the same record."""

    code = "already_one"

    def __init__(self, other: str, into: str) -> None:
        super().__init__(f"{other[:60]} and {into[:60]} are one record already. There is nothing to merge.")


class NotMerged(Conflict):
    """There is no merge of this record to undo."""

    code = "not_merged"

    def __init__(self, key: str) -> None:
        super().__init__(f"{key[:60]} is not merged into another record. Give the key of one that is.")


class MergeIsForPeople(NotAllowed):
    """A machine wants to make one of two."""

    code = "merge_is_for_people"

    def __init__(self) -> None:
        super().__init__("Only a person may make one record of two. An import may suggest it.")


class NoSuchPair(NotFound):
    code = "no_such_pair"

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no suggestion {key[:60]}. One of the two may be gone. Look at the list.")


class ReasonMissing(Refusal):
    """A mark that nobody must be contacted is lifted on a screen without a word why."""

    code = "reason_missing"

    def __init__(self) -> None:
        super().__init__("Say why they may be contacted again.", field="reason")


class NoSuchConsentText(NotFound):
    """A version of a consent text that is not there."""

    code = "no_such_consent_text"

    def __init__(self) -> None:
        super().__init__("There is no such consent text. Look for it on the page of consent texts.")
