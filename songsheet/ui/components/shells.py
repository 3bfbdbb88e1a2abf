"""What holds other things: the empty place, menus, dialogs, sections, tables, entries of a story, toasts."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from songsheet.ui.components.controls import button
from songsheet.ui.components.html import NOTHING, attributes, icon, markup, maybe_icon, only_for_readers
from songsheet.ui.components.marks import kbd
from songsheet.ui.components.times import when

SIDES = {"theirs": "theirs-did", "ours": "we-did", "told": "we-did", "changed": "changed"}


def empty_state(
    title: str, why: str, *, step_label: str = "", step_url: str = "", go: bool = False
) -> SafeString:
    """An empty place that teaches: what belongs here, why, and the one step to get it."""
    step = button(step_label, href=step_url, kind="go" if go else "plain") if step_label else NOTHING
    return markup('<div class="empty"><h2>{}</h2><p>{}</p>{}</div>', title, why, step)


def trouble(title: str, *, kept: str = "", step_label: str = "", step_url: str = "") -> SafeString:
    """What happened, what was kept, what to do."""
    step = button(step_label, href=step_url) if step_label else NOTHING
    return markup('<div class="trouble" role="alert"><p>{}</p><p>{}</p>{}</div>', title, kept, step)


def toast(
    says: str, *, undo_url: str = "", csrf: str = "", open_url: str = "", open_label: str = ""
) -> SafeString:
    """What happened, in the past tense, with Undo where it can be undone; it stays while it is looked at."""
    again = NOTHING
    if undo_url:
        again = markup(
            '<form method="post" action="{}" data-undo>'
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
            '<input type="hidden" name="next" value="">'
            '<button type="submit" data-key="z" data-label="{}" aria-keyshortcuts="z">{}{}</button></form>',
            undo_url,
            csrf,
            _("Undo"),
            _("Undo"),
            kbd("z"),
        )
    elif open_url:
        again = markup('<a href="{}">{}</a>', open_url, open_label or _("Open"))
    shut = markup(
        '<button type="button" class="shut" data-shut aria-label="{}">{}</button>', _("Close"), icon("remove")
    )
    return markup('<div class="toast" data-toast>{}<p>{}</p>{}{}</div>', icon("check"), says, again, shut)


def menu(content: SafeString, *, id: str, label: str, from_below: bool = False) -> SafeString:
    """A menu: opened by what names its id in `popovertarget`; on a phone `from_below` lies at the foot."""
    marks = {
        "class": f"menu{' sheet-up' if from_below else ''}",
        "id": id,
        "popover": "auto",
        "aria-label": label,
    }
    return markup('<div{} role="group" data-menu>{}</div>', attributes(marks), content)


def dialog(content: SafeString, *, id: str, title: str, broad: bool = False) -> SafeString:
    """Something that must be answered before going on; opened by a button with `opens`."""
    shut = button(_("Close"), kind="bare", icon="remove", only_icon=True)
    return markup(
        '<dialog class="dialog{}" id="{}" aria-labelledby="{}-title"><header><h2 id="{}-title">{}</h2>'
        '<form method="dialog">{}</form></header>{}</dialog>',
        " broad" if broad else "",
        id,
        id,
        id,
        title,
        SafeString(shut.replace('type="button"', 'type="submit"')),
        content,
    )


def drop(*, name: str, label: str, hint: str = "", accept: str = "") -> SafeString:
    """Where files are dropped or chosen, inside a `<form data-upload>`; shows what was sent of them."""
    marks = {"type": "file", "id": f"drop-{name}", "name": name, "accept": accept}
    return markup(
        '<div class="drop" data-drop>{}<label class="big" for="drop-{}">{}</label><p class="soft">{}</p>'
        '<input{} multiple required><ul class="files" data-files></ul>'
        '<span class="btn" aria-hidden="true">{}</span></div>'
        '<div class="progress" hidden><span data-sent="{}" data-read="{}"></span>'
        '<progress value="0" max="1" aria-label="{}"></progress></div>',
        icon("upload"),
        name,
        label,
        hint,
        attributes(marks),
        _("Choose files"),
        _("%(done)s of %(whole)s sent, about %(left)s s left"),
        _("Sent; the server reads them"),
        _("Sending"),
    )


def section(content: SafeString, *, title: str, note: str = "", id: str = "") -> SafeString:
    """A part of a page under its heading; `note` is a count or a word beside it."""
    said = markup('<span class="quiet">{}</span>', note) if note else NOTHING
    return markup(
        '<section class="section"{}><header><h2>{}</h2>{}</header>{}</section>',
        attributes({"id": id}),
        title,
        said,
        content,
    )


def table(content: SafeString, *, label: str) -> SafeString:
    """A table that scrolls inside itself on a narrow screen and can be reached by keyboard there."""
    return markup(
        '<div class="scroll" role="region" aria-label="{}" tabindex="0">'
        '<table class="grid-table">{}</table></div>',
        label,
        content,
    )


def entry(
    content: SafeString, *, side: str, at: datetime, now: datetime, icon_name: str = "", under: str = ""
) -> SafeString:
    """One sentence of a story. `theirs` is filled, `ours` a ring, `told` carries the wave, `changed` a dot.

    `under` hangs below the sentence: the buyer's words, or what they were told.
    """
    if side not in SIDES:
        raise ValueError(f"an entry is one of {', '.join(SIDES)}, not {side!r}")
    who = {
        "theirs": pgettext("whose deed", "They:"),
        "ours": pgettext("whose deed", "We:"),
        "told": pgettext("whose deed", "They were told:"),
        "changed": pgettext("whose deed", "Changed:"),
    }[side]
    return markup(
        '<li class="entry {}"><span class="mark">{}</span><p class="say">{} {}</p>{}{}</li>',
        SIDES[side],
        maybe_icon("wave" if side == "told" and not icon_name else icon_name),
        only_for_readers(who),
        content,
        when(at, now, style="story"),
        markup('<div class="under">{}</div>', under) if under else NOTHING,
    )


def told(content: SafeString) -> SafeString:
    """What they were told, under the deed that told it."""
    return markup('<div class="told">{}<span>{}</span></div>', icon("wave"), content)


def prop(content: SafeString, label: str, *, title: str = "") -> SafeString:
    """One name and value of a list of properties (`<dl class="props">`)."""
    return markup("<div><dt>{}</dt><dd{}>{}</dd></div>", label, attributes({"title": title}), content)


def menu_item(item: Mapping[str, str]) -> SafeString:
    """A line of a menu: `label`, `url` (or `get`, what opens as a dialog), and perhaps `icon` and `key`."""
    marks = {"data-key": item.get("key", ""), "data-label": item["label"] if item.get("key") else ""}
    if "get" in item:
        marks |= {"type": "button", "hx-get": item["get"], "hx-target": "#dialogs", "hx-swap": "innerHTML"}
    tag = "button" if "get" in item else "a"
    return markup(
        '<{} class="item"{}>{}<span class="grow">{}</span>{}</{}>',
        tag,
        attributes({"href": item.get("url", ""), **marks}),
        maybe_icon(item.get("icon", "")),
        item["label"],
        kbd(item["key"]) if item.get("key") else NOTHING,
        tag,
    )
