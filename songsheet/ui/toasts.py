"""What happened, told on the next page: past tense, with the way back where there is one."""

from django.contrib import messages
from django.http import HttpRequest


def tell(request: HttpRequest, says: str, *, undo_url: str = "") -> None:
    """Leave a toast for the next page; Undo posts to `undo_url` with `next`, the page to come back to."""
    messages.success(request, says, extra_tags=undo_url)
