"""Where the page of a record shows the house's own fields of it: `{% own_fields "person" "people" key %}`."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from songsheet.team.fields.declared import fields_on

register = template.Library()


@register.simple_tag
def own_fields(on: str, listing: str, key: str) -> SafeString | str:
    """A place that fetches them; nothing where the kind has none."""
    if not fields_on(on):
        return ""
    address = reverse("own_fields", args=[listing, key])
    return format_html('<div hx-get="{}" hx-trigger="load" hx-swap="outerHTML"></div>', address)
