"""What the buyers part refuses."""

from songsheet.base.refusals import Conflict, NotFound


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
