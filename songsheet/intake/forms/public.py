"""What a request to a public form says beside the answers, and how the form is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest

from songsheet.buyers.models import ConsentText
from songsheet.buyers.wordings import texts_now
from songsheet.intake.door.asked import cut
from songsheet.intake.forms.answer_actions import Came
from songsheet.intake.forms.definition import Definition, FormField
from songsheet.intake.forms.reading import Typed
from songsheet.intake.forms.stamps import has_worked, read_stamp
from songsheet.intake.links.hosts import CLICK_IDS
from songsheet.intake.spoken.saying import say_refusal

#: Inputs of ours begin with an underscore; fields of a form never do. The trap is the one that does not.
TRAP = "homepage"
_MARKS = ("source", "medium", "campaign", "term", "content")
_ABOUT = {"referrer": 253, "page": 500, "visitor": 36}
Given = Mapping[str, Sequence[str]]


@dataclass(slots=True)
class Question:
    """One field as it is drawn: with what was typed, and what is wrong with it."""

    asks: FormField
    values: list[str] = field(default_factory=list)
    wrong: str = ""
    text: ConsentText | None = None
    only: str = ""

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""


def questions(form: Definition, given: Given, typed: Typed | None = None) -> list[Question]:
    """The fields in their order; of what is shown by another one, it is said by which."""
    texts = texts_now({one.purpose for one in form.fields if one.purpose}, form.language)
    labels = {one.name: one.label for one in form.fields}
    return [
        Question(
            asks=one,
            values=[str(value).replace("\x00", "") for value in given.get(one.name, ())],
            wrong=say_refusal(form.language, typed.wrong.get(one.name, "")) if typed else "",
            text=texts.get(one.purpose) if one.kind == "consent" else None,
            only=labels.get(one.shown_if, ""),
        )
        for one in form.fields
    ]


def carried(request: HttpRequest) -> dict[str, str]:
    """What the address of the page says of where they came from; the form carries it in hidden inputs."""
    asked = request.GET
    found = {f"_utm_{name}": asked.get(f"utm_{name}", "")[:120] for name in _MARKS}
    found |= {f"_click_{name}": asked.get(name, "")[:200] for name in CLICK_IDS}
    before = asked.get("referrer") or request.headers.get("Referer", "")
    given = {"referrer": _host(before), "page": _without_query(asked.get("page", ""))}
    given["visitor"] = asked.get("visitor", "")
    found |= {f"_{name}": given[name][:most] for name, most in _ABOUT.items()}
    return {name: value.replace("\x00", "") for name, value in found.items() if value}


def came(request: HttpRequest, key: str, given: Given) -> Came:
    """How an answer came: the marks that its page carried, the stamp of that form, and the network."""

    def one(name: str, most: int = 200) -> str:
        return str(next(iter(given.get(name, ())), "")).replace("\x00", "")[:most]

    text = one("_stamp")
    stamp = read_stamp(key, text)
    return Came(
        submission=stamp.nonce if stamp else one("_id", 64),
        stamp=stamp,
        trapped=bool(one(TRAP).strip()),
        worked=stamp is not None and has_worked(text, one("_work")),
        network=network_of(request),
        referrer=_host(one("_referrer", 2000)),
        page=_without_query(one("_page", 2000)),
        visitor=_uuid(one("_visitor")),
        utm={name: said for name in _MARKS if (said := one(f"_utm_{name}", 120).strip())},
        click_ids={name: said for name in CLICK_IDS if (said := one(f"_click_{name}"))},
        wordings=_wordings(given),
    )


def network_of(request: HttpRequest) -> str:
    """The network of who asks: /24, or /48 of the longer ones. No whole address is kept."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    return cut(request.META.get("REMOTE_ADDR", ""), forwarded)


def _wordings(given: Given) -> dict[str, str]:
    """The consent texts that were shown, by purpose: only those that there are."""
    keys = [str(key)[:40].replace("\x00", "") for key in given.get("_wording", ())][:8]
    return dict(ConsentText.objects.filter(key__in=keys).order_by("number").values_list("purpose", "key"))


def _host(address: str) -> str:
    try:
        return (urlsplit(address if "//" in address else f"//{address}").hostname or "")[:253]
    except ValueError:
        return ""


def _without_query(address: str) -> str:
    """Host and path; what else an address holds may name somebody."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.hostname or ''}{parts.path}"[:500] if parts.scheme in ("http", "https") else ""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def bodies(given: Mapping[str, Any]) -> Given:
    """The same shape from a JSON body: `answers` by field, and what the page would have carried."""
    found: dict[str, list[str]] = {}
    answers = given.get("answers")
    for name, value in answers.items() if isinstance(answers, dict) else ():
        if not str(name).startswith("_"):
            found[str(name)] = [_text(one) for one in (value if isinstance(value, list) else [value])]
    for name in ("id", "stamp", "work", *_ABOUT):
        found[f"_{name}"] = [_text(given.get(name))]
    for prefix, within in (("_utm_", given.get("utm")), ("_click_", given.get("click_ids"))):
        for name, value in within.items() if isinstance(within, dict) else ():
            found[f"{prefix}{name}"] = [_text(value)]
    wordings = given.get("wordings")
    found["_wording"] = [_text(one) for one in wordings] if isinstance(wordings, list) else []
    return found


def _text(value: Any) -> str:
    if value is True:
        return "yes"
    return str(value) if isinstance(value, str | int | float) and value is not False else ""
