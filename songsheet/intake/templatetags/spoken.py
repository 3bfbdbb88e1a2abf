"""`{% say "Send" %}`: the sentence in the language that the context names as `spoken`."""

from datetime import datetime
from typing import Any

from django import template

from songsheet.intake.spoken import saying
from songsheet.team.queries import house

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: dict[str, Any], english: str, **values: Any) -> str:
    """A sentence; its values are put in as they stand there, and escaped with it."""
    return saying.say(context.get("spoken", saying.ENGLISH), str(english), **values)


@register.simple_tag(takes_context=True)
def say_day(context: dict[str, Any], at: datetime) -> str:
    """A day in words."""
    return saying.say_day(context.get("spoken", saying.ENGLISH), at, house().zone)
