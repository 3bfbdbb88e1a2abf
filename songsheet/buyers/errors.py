"""What the buyers part refuses."""

from songsheet.base.refusals import NotFound


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
