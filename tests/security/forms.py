"""The forms of our pages as a browser would fill them in: free texts take a text, the rest is as offered."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

#: What is typed where not any text is taken.
_TYPED = {
    "email": "una@aldermoor.example", "date": "2026-05-20", "number": "1", "url": "https://example.com/x",
    "tel": "+442071838751",
    "datetime-local": "2026-05-20T10:00", "time": "10:00", "month": "2026-05", "color": "#112233",
}  # fmt: skip
_SENT = ("post", "put", "patch")


@dataclass
class Form:
    """Where it is sent, and what with; `texts` are the fields that take any text."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    has_file: bool = False

    def filled(self, text: str) -> dict[str, str]:
        return self.values | dict.fromkeys(self.texts, text)


class _Forms(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address, self.found = address, list[Form]()
        self.now: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = given.get("hx-post") or given.get("action") or self.address.partition("?")[0]
            posts = "hx-post" in given or given.get("method", "").lower() in _SENT
            self.now = Form(action) if posts else None
        elif self.now is not None and given.get("name"):
            self._field(self.now, tag, given)
        elif self.now is not None and tag == "option" and self.select:
            chosen = "selected" in given or not self.now.values.get(self.select)
            if chosen:
                self.now.values[self.select] = given.get("value", "")

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, kind = given["name"], given.get("type", "text")
        if tag == "select":
            self.select = name
            form.values[name] = ""
        elif tag == "textarea" or (tag == "input" and kind in ("text", "search")):
            form.texts.append(name)
        elif tag == "input" and kind == "file":
            form.has_file = True
        elif tag == "input" and kind in _TYPED:
            form.values[name] = _TYPED[kind]
        elif tag in ("input", "button") and name not in form.values and kind != "password":
            form.values[name] = given.get("value", "on")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        elif tag == "form" and self.now is not None:
            self.found.append(self.now)
            self.now = None


def forms_in(address: str, text: str) -> list[Form]:
    """The forms of a page that write, and take any text."""
    reading = _Forms(address)
    reading.feed(text)
    reading.close()
    return [one for one in reading.found if one.texts and not one.has_file]
