"""Small things in a line: figures, money, chips, badges, faces, quotes, progress, keys."""

from collections.abc import Mapping

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from songsheet.base.money import Money
from songsheet.ui.components.html import NOTHING, attributes, markup, maybe_icon


def kbd(key: str) -> SafeString:
    """A key that helps here; hidden on a phone."""
    return markup("<kbd>{}</kbd>", key)


def notso(text: str) -> SafeString:
    """What is not so: the wavy line, used for nothing else."""
    return markup('<span class="notso">{}</span>', text)


def quote(text: str, *, voice: str = "theirs") -> SafeString:
    """Words with a bar: `theirs` the buyer said, `ours` you may say, `along` must be said along with it."""
    if voice not in {"theirs", "ours", "along"}:
        raise ValueError(f"a quote has the voice theirs, ours or along, not {voice!r}")
    marks = voice if voice == "along" else f"{voice} words"
    return markup('<blockquote class="{}">{}</blockquote>', marks, text)


def money(value: "Money | Mapping[str, int] | None", *, unknown: str = "") -> SafeString:
    """An amount with its currency; several currencies stand beside each other and are never added."""
    if value is None:
        return markup('<span class="quiet">{}</span>', unknown) if unknown else NOTHING
    if isinstance(value, Money):
        return markup('<data class="money" value="{}">{}</data>', value.minor, value.format())
    amounts = [Money(minor, currency) for currency, minor in sorted(value.items())]
    if not amounts:
        return money(None, unknown=unknown)
    return format_html_join(" + ", "{}", ((money(one),) for one in amounts))


def figure(
    value: object, url: str = "", *, title: str = "", name: str = "", light: bool = False
) -> SafeString:
    """A number in its sentence that opens what it counts; without a `url` it is plain text.

    `title` tells definition, version and position on hover; `name` says the whole thing to a screen reader.
    """
    says = f"{value:,}" if isinstance(value, int) else value
    if not url:
        return markup("<span{}>{}</span>", attributes({"title": title}), says)
    marks = {"class": "fig light" if light else "fig", "href": url, "title": title, "aria-label": name}
    return markup("<a{}>{}</a>", attributes(marks), says)


def chip(
    label: str, *, url: str = "", icon: str = "", chosen: bool = False, remove_url: str = "", menu: str = ""
) -> SafeString:
    """A filter or a property; with `remove_url` a cross takes it away, with `menu` it opens that menu."""
    inner = markup("{}{}", maybe_icon(icon), label)
    if remove_url:
        off = markup(
            '<a class="chip-off" href="{}" aria-label="{}">{}</a>',
            remove_url,
            _("Remove %(filter)s") % {"filter": label},
            maybe_icon("remove"),
        )
        return markup('<span class="chip">{}{}</span>', inner, off)
    if menu:
        marks = attributes({"popovertarget": menu, "aria-haspopup": "true"})
        return markup('<button type="button" class="chip"{}>{}{}</button>', marks, inner, maybe_icon("down"))
    if url:
        marks = attributes({"href": url, "aria-current": "true" if chosen else None})
        return markup('<a class="chip"{}>{}</a>', marks, inner)
    return markup('<span class="chip">{}</span>', inner)


def badge(label: str, *, kind: str = "", icon: str = "", title: str = "") -> SafeString:
    """How something stands. Grey; `soon` and `late` only where it asks for haste."""
    if kind not in {"", "soon", "late"}:
        raise ValueError(f"a badge is plain, soon or late, not {kind!r}")
    marks = attributes({"class": f"badge {kind}".strip(), "title": title})
    return markup("<span{}>{}{}</span>", marks, maybe_icon(icon), label)


def initials(name: str) -> str:
    """`Suzanne Okafor` → `SO`; of one word its first two letters."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    letters = words[0][0] + words[-1][0] if len(words) > 1 else (words[0][:2] if words else "?")
    return letters.upper()


def avatar(name: str, *, size: str = "") -> SafeString:
    """A face made of two letters; the name stands beside it, so it is hidden from screen readers."""
    if size not in {"", "small", "large"}:
        raise ValueError(f"an avatar is small, large or of the usual size, not {size!r}")
    return markup('<span class="{}" aria-hidden="true">{}</span>', f"avatar {size}".strip(), initials(name))


def bar(value: int, whole: int, *, kind: str = "") -> SafeString:
    """A bar as wide as its part of the whole; the number beside it says it, so readers do not meet it."""
    width = round(100 * value / whole, 1) if whole else 0
    return markup(
        '<svg class="{}" aria-hidden="true"><rect width="{}%" height="4" rx="2"></rect></svg>',
        f"bar {kind}".strip(),
        width,
    )


def progress(value: int, whole: int, *, label: str, left: str = "") -> SafeString:
    """Real progress: what is being done, how much of it is done, and the time left in words."""
    return markup(
        '<div class="progress"><span>{}</span><span class="meta">{}</span>'
        '<progress value="{}" max="{}" aria-label="{}"></progress></div>',
        label,
        left or _("%(done)s of %(whole)s") % {"done": f"{value:,}", "whole": f"{whole:,}"},
        value,
        max(whole, 1),
        label,
    )
