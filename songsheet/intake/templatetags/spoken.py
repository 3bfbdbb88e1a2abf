"""`{% say "Send" %}`: the sentence in the language that the context names as `spoken`."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

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


@register.simple_tag(takes_context=True)
def say_weekday(context: dict[str, Any], day: date, zone: str = "") -> str:
    """A day with its name of the week; of an instant, the day in a zone."""
    there = day.astimezone(ZoneInfo(zone)).date() if isinstance(day, datetime) else day
    return saying.say_weekday(context.get("spoken", saying.ENGLISH), there)
