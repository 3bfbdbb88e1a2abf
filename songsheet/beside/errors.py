"""What webhooks refuse."""

from songsheet.base.refusals import Conflict, NotFound, Refusal


class NoSuchWebhook(NotFound):
    code = "no_such_webhook"

    def __init__(self) -> None:
        super().__init__("There is no such webhook. Look for it on the page of webhooks.")


class NoSuchDelivery(NotFound):
    code = "no_such_delivery"

    def __init__(self) -> None:
        super().__init__("There is no such delivery. Those that arrived are kept for thirty days.")


class NoSuchKind(Refusal):
    """An event type that there is not, or that the asker may not hear of."""

    code = "no_such_kind"


class IsStopped(Conflict):
    """A webhook that stands still sends nothing."""

    code = "webhook_stands_still"
