"""A moment for cells that know no `now`: the page's own clock turns it into relative words."""

from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from songsheet.ui.components.html import NOTHING, safe
from songsheet.ui.components.times import exact


def when(at: datetime | None) -> SafeString:
    """A `<time>` with the exact moment on hover; without the script its day stands there."""
    if at is None:
        return NOTHING
    day = f"{localtime(at):%-d %b %Y}"
    return SafeString(
        f'<time datetime="{at.isoformat()}" title="{safe(exact(at))}" data-relative>{day}</time>'
    )
