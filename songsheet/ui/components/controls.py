"""What is pressed or filled in: buttons, acts, fields, segments."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.forms.boundfield import BoundField
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from songsheet.ui.components.html import NOTHING, attributes, markup, maybe_icon, safe
from songsheet.ui.components.marks import kbd

KINDS = {"plain": "", "go": " go", "bare": " bare", "text": " bare text", "danger": " danger"}


def button(
    label: str,
    *,
    kind: str = "plain",
    icon: str = "",
    key: str = "",
    href: str = "",
    type: str = "button",
    name: str = "",
    value: str = "",
    form: str = "",
    get: str = "",
    target: str = "",
    swap: str = "",
    opens: str = "",
    menu: str = "",
    id: str = "",
    only_icon: bool = False,
    small: bool = False,
    disabled: bool = False,
    title: str = "",
) -> SafeString:
    """A verb. `go` is the one primary of a page, `bare` a word, `text` a coloured word, `danger` ends it.

    `key` is the letter that presses it. `href` makes it a link. `get`/`target`/`swap` fetch a part of a page;
    `opens` shows the dialog and `menu` the popover of that id. `only_icon` keeps the label for ears.
    """
    if kind not in KINDS:
        raise ValueError(f"a button is one of {', '.join(KINDS)}, not {kind!r}")
    marks: dict[str, object] = {
        "class": f"btn{KINDS[kind]}{' square' if only_icon else ''}{' small' if small else ''}",
        "id": id,
        "data-key": key,
        "data-label": label if key else "",
        "aria-keyshortcuts": key,
        "aria-label": label if only_icon else "",
        "title": title or (label if only_icon else ""),
        "hx-get": get,
        "hx-target": target,
        "hx-swap": swap,
        "data-opens": opens,
    }
    words = NOTHING if only_icon else markup("{}", label)
    inner = markup("{}{}{}", maybe_icon(icon), words, kbd(_shown(key)) if key and not only_icon else NOTHING)
    if href:
        return markup("<a{}>{}</a>", attributes({"href": href, **marks}), inner)
    if menu:
        marks |= {"popovertarget": menu, "aria-haspopup": "true"}
    marks |= {"name": name, "value": value, "form": form, "disabled": disabled}
    return markup('<button type="{}"{}>{}</button>', type, attributes(marks), inner)


def _shown(key: str) -> str:
    return {"Enter": _("Enter"), "Escape": _("Esc")}.get(key, key)


def options(choices: Iterable[tuple[object, object]], value: object = None) -> SafeString:
    """The options of a `<select>` of (value, label), the current one selected."""
    return SafeString(
        "".join(
            [
                f'<option value="{safe(given)}"{" selected" if given == value else ""}>{safe(label)}</option>'
                for given, label in choices
            ]
        )
    )


def act(
    label: str,
    url: str,
    *,
    csrf: str,
    kind: str = "plain",
    icon: str = "",
    key: str = "",
    target: str = "",
    swap: str = "",
    confirm: str = "",
    fields: Mapping[str, object] | None = None,
    only_icon: bool = False,
    small: bool = False,
    title: str = "",
) -> SafeString:
    """A verb that changes something: a form of its own, so that it works before any script has come.

    With `target` the answer replaces that part of the page. `fields` travel along (`{"version": 3}`).
    """
    htmx: dict[str, object] = {"hx-target": target, "hx-swap": swap, "hx-confirm": confirm}
    htmx = {"hx-post": url, "hx-disabled-elt": "find button", **htmx} if target else {"data-confirm": confirm}
    hidden = {"csrfmiddlewaretoken": csrf, **(fields or {})}
    return markup(
        '<form class="contents" method="post" action="{}"{}>{}{}</form>',
        url,
        attributes(htmx),
        format_html_join("", '<input type="hidden" name="{}" value="{}">', hidden.items()),
        button(
            label, kind=kind, icon=icon, key=key, type="submit", only_icon=only_icon, small=small, title=title
        ),
    )


def field(
    bound: BoundField,
    *,
    label: str = "",
    hint: str = "",
    error: str = "",
    theirs: str = "",
    hide_label: bool = False,
) -> SafeString:
    """A form's field: label, control with what was typed, then the error or the hint.

    `theirs` is what somebody else wrote meanwhile (a stale write): it is shown, and what was typed stays.
    """
    said = error or " ".join(str(one) for one in bound.errors)
    about = hint or str(bound.help_text or "")
    ids = [
        f"{bound.auto_id}-{part}"
        for part, there in (("said", said), ("hint", about), ("theirs", theirs))
        if there
    ]
    marks: dict[str, Any] = {"aria-describedby": " ".join(ids) or False}
    if said:
        marks["aria-invalid"] = "true"
    control = bound.as_widget(attrs=marks)
    return boxed(
        control,
        label=label or str(bound.label),
        for_id=bound.id_for_label or bound.auto_id,
        hint=about,
        error=said,
        theirs=theirs,
        hide_label=hide_label,
    )


def boxed(
    content: SafeString,
    *,
    label: str,
    for_id: str,
    hint: str = "",
    error: str = "",
    theirs: str = "",
    hide_label: bool = False,
) -> SafeString:
    """The box around a control written by hand; point its aria-describedby at `ID-said` and `ID-hint`."""
    lines: Sequence[tuple[str, str, str]] = (
        ("said", "wrong", error),
        ("theirs", "meanwhile", theirs and _("Meanwhile somebody wrote: %(value)s") % {"value": theirs}),
        ("hint", "hint", hint),
    )
    below = format_html_join(
        "",
        '<p class="{}" id="{}-{}">{}</p>',
        ((kind, for_id, part, says) for part, kind, says in lines if says),
    )
    shown = attributes({"for": for_id, "class": "sr" if hide_label else None})
    return markup('<div class="field"><label{}>{}</label>{}{}</div>', shown, label, content, below)


def seg(items: Sequence[Mapping[str, Any]], *, label: str) -> SafeString:
    """One of few: each item has `label`, `url`, and may have `count` and `current`."""
    links = (
        (
            attributes({"href": item["url"], "aria-current": "true" if item.get("current") else None}),
            item["label"],
            markup(' <span class="n">{}</span>', item["count"]) if item.get("count") is not None else NOTHING,
        )
        for item in items
    )
    return markup(
        '<nav class="seg" aria-label="{}">{}</nav>', label, format_html_join("", "<a{}>{}{}</a>", links)
    )
