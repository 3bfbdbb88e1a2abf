"""The components as template tags, built into every template.

A misspelt argument fails when the template compiles. What a component means stands with its function in
`songsheet/ui/components`. Tags that speak of time read `now` from the context, else the request's own time.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django import template
from django.forms.boundfield import BoundField
from django.template.base import Node, Parser, TextNode, Token, VariableDoesNotExist, VariableNode
from django.template.context import Context
from django.utils.html import json_script
from django.utils.safestring import SafeString

from songsheet.ui.components import controls, html, marks, rail, rows, shells, times
from songsheet.ui.spelled import phone, spoken

register = template.Library()

#: Tags that need nothing but their arguments; the name of the function is the name of the tag.
for _plain in (
    html.asset,
    controls.button,
    controls.options,
    controls.seg,
    marks.avatar,
    marks.badge,
    marks.bar,
    marks.chip,
    marks.kbd,
    marks.money,
    marks.notso,
    marks.progress,
    marks.quote,
    rail.rail_groups,
    rail.rail_items,
    rows.cell_value,
    rows.list_rows,
    shells.drop,
    shells.empty_state,
    shells.menu_item,
    shells.trouble,
):
    register.simple_tag(_plain)

#: Tags around a content: `{% section title="Now" %}…{% endsection %}`.
for _around in (
    shells.dialog,
    shells.menu,
    shells.prop,
    shells.section,
    shells.table,
    shells.told,
    controls.boxed,
):
    register.simple_block_tag(_around)


@register.tag
def icon(parser: Parser, token: Token) -> Node:
    """A drawing beside a word; one named in the template is drawn once, when the template is read."""
    _, name = token.split_contents()
    if name[0] == name[-1] and name[0] in "\"'":
        return TextNode(html.icon(name[1:-1]))
    return VariableNode(parser.compile_filter(f"{name}|drawn"))


register.filter("drawn", html.icon)
register.simple_tag(marks.figure, name="fig")
register.filter("spoken", spoken)
register.filter("phone", phone)


class NoTimeInContext(VariableDoesNotExist):
    """A tag that speaks of time stands in a template rendered without `now`."""


def _now(context: Context) -> datetime:
    now = context.get("now") or getattr(context.get("request"), "at", None)
    if not isinstance(now, datetime):
        raise NoTimeInContext("this template speaks of time: render it with the request, or pass `now`")
    return now


def _csrf(context: Context) -> str:
    return str(context.get("csrf_token", ""))


@register.simple_tag(takes_context=True)
def when(context: Context, at: datetime | None, *, style: str = "relative", unknown: str = "") -> SafeString:
    """A moment, relative, exact on hover; see `times.when`. Nothing known: `unknown`."""
    return times.when(at, _now(context), style=style) if at else SafeString(unknown)


@register.simple_tag(takes_context=True)
def left(
    context: Context,
    due: datetime,
    *,
    since: datetime | None = None,
    soon: datetime | None = None,
    about: str = "",
) -> SafeString:
    """The time that is left of a promise; see `times.left`."""
    return times.left(due, _now(context), since=since, soon=soon, about=about)


@register.simple_tag(takes_context=True)
def act(
    context: Context,
    label: str,
    url: str,
    *,
    kind: str = "plain",
    icon: str = "",
    key: str = "",
    target: str = "",
    swap: str = "",
    confirm: str = "",
    fields: Mapping[str, object] | None = None,
    version: int | None = None,
    only_icon: bool = False,
    small: bool = False,
    title: str = "",
) -> SafeString:
    """A button that changes something: a form of its own with token and `version`; see `controls.act`."""
    sent = dict(fields or {}) | ({} if version is None else {"version": version})
    return controls.act(
        label,
        url,
        csrf=_csrf(context),
        kind=kind,
        icon=icon,
        key=key,
        target=target,
        swap=swap,
        confirm=confirm,
        fields=sent,
        only_icon=only_icon,
        small=small,
        title=title,
    )


@register.simple_tag
def field(
    bound: BoundField,
    *,
    label: str = "",
    hint: str = "",
    error: str = "",
    theirs: str = "",
    hide_label: bool = False,
) -> SafeString:
    """A form's field with its label, hint and error; see `controls.field`."""
    return controls.field(bound, label=label, hint=hint, error=error, theirs=theirs, hide_label=hide_label)


@register.simple_tag(takes_context=True)
def toast(
    context: Context, says: str, *, undo_url: str = "", open_url: str = "", open_label: str = ""
) -> SafeString:
    """What happened, with Undo where there is a way back; see `shells.toast`."""
    return shells.toast(
        says, undo_url=undo_url, csrf=_csrf(context), open_url=open_url, open_label=open_label
    )


@register.simple_block_tag(takes_context=True)
def entry(
    context: Context, content: SafeString, *, side: str, at: datetime, icon: str = "", under: str = ""
) -> SafeString:
    """One sentence of a story; see `shells.entry`."""
    return shells.entry(content, side=side, at=at, now=_now(context), icon_name=icon, under=under)


@register.simple_tag(takes_context=True)
def html_attributes(context: Context) -> SafeString:
    """Theme and folded rail as the reader left them, from their cookies, so that nothing flashes."""
    request = context.get("request")
    cookies = request.COOKIES if request else {}
    theme, rail = cookies.get("theme"), cookies.get("rail")
    return html.attributes(
        {
            "data-theme": theme if theme in {"light", "dark"} else None,
            "data-rail": "folded" if rail == "folded" else None,
        }
    )


@register.simple_tag
def page_words() -> SafeString:
    """The script's words, as data for it."""
    return json_script(times.page_words(), "page-words")


@register.filter
def relative(at: datetime, now: datetime) -> str:
    """`{{ at|relative:now }}`: how far it is from now, in words."""
    return times.relative(at, now)


@register.filter
def day_heading(day: date, today: date) -> times.DayHeading:
    """`{{ day|day_heading:today }}` has `.name` (Today) and `.also` (Tuesday 12 May)."""
    return times.day_heading(day, today)


@register.filter
def initials(name: str) -> str:
    """`{{ name|initials }}`: two letters."""
    return marks.initials(name)
