"""A song as files and back: TOML for market, facts and claims, Markdown for each narrative."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import tomli_w

from songsheet.base.refusals import Refusal
from songsheet.base.text import fold


class PaperRefused(Refusal):
    """A file that is not one of a song."""

    code = "paper_refused"


@dataclass
class Document:
    """A song without keys of ours: things are called by their names. Empty values are left out."""

    market: dict[str, Any] = field(default_factory=dict)
    facts: list[dict[str, Any]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    narratives: list[dict[str, Any]] = field(default_factory=list)


#: The texts of a narrative and their headings, in the order of the file.
HEADINGS = {
    "problem": "The problem", "turning_point": "The turning point", "outcome": "The outcome",
    "feeling": "For feeling", "reason": "For reason", "spoken": "On the phone", "written": "In writing",
}  # fmt: skip
_NAMES = {heading: name for name, heading in HEADINGS.items()}
_MARK = "+++"
_LONGEST_NAME = 40


def written(song: Document) -> dict[str, str]:
    """The files of a song, by their paths."""
    files = {
        "market.toml": tomli_w.dumps(song.market),
        "facts.toml": tomli_w.dumps({"fact": song.facts}),
        "claims.toml": tomli_w.dumps({"claim": song.claims}),
    }
    for number, one in enumerate(song.narratives, 1):
        name = re.sub(r"[^a-z0-9]+", "-", fold(str(one.get("name", ""))))[:_LONGEST_NAME].strip("-")
        files[f"narratives/{number:03}-{name or 'untitled'}.md"] = _told(one)
    return files


def read(files: Mapping[str, str]) -> Document:
    """The song that files hold; a file that cannot be read is refused by its name."""
    market = _toml("market.toml", files.get("market.toml", ""))
    facts = _toml("facts.toml", files.get("facts.toml", "")).get("fact", [])
    claims = _toml("claims.toml", files.get("claims.toml", "")).get("claim", [])
    for name, rows in (("facts.toml", facts), ("claims.toml", claims)):
        if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
            raise PaperRefused(f"{name} is to hold tables in double brackets. Export a song to see its form.")
    told = sorted(path for path in files if path.startswith("narratives/") and path.endswith(".md"))
    return Document(market, facts, claims, [_telling(path, files[path]) for path in told])


def _toml(path: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PaperRefused(f"{path} cannot be read: {error}. Mend it, then import again.") from None


def _told(one: Mapping[str, Any]) -> str:
    head = {name: value for name, value in one.items() if name not in HEADINGS}
    parts = [f"{_MARK}\n{tomli_w.dumps(head)}{_MARK}\n"]
    parts += [
        f"\n## {heading}\n\n{_escaped(one[name])}\n" for name, heading in HEADINGS.items() if one.get(name)
    ]
    return "".join(parts)


def _escaped(text: str) -> str:
    """A line of a text that looks like a heading is marked, so that it is read as text."""
    return "\n".join("\\" + line if re.match(r"\\*## ", line) else line for line in text.split("\n"))


def _telling(path: str, text: str) -> dict[str, Any]:
    begins, _, rest = text.partition(f"{_MARK}\n")
    head, mark, body = rest.partition(f"\n{_MARK}\n") if not rest.startswith(_MARK) else ("", _MARK, rest[4:])
    if begins or not mark:
        raise PaperRefused(f"{path} is to begin with its names between two lines of {_MARK}.")
    one = _toml(path, head)
    heading, lines = "", list[str]()
    for line in [*body.split("\n"), "## "]:
        if not line.startswith("## "):
            lines.append(line[1:] if re.match(r"\\+## ", line) else line)
            continue
        said = "\n".join(lines).strip("\n")
        if heading and said:
            one[_NAMES[heading]] = said
        elif said:
            raise PaperRefused(f"{path} says something before its first heading. Move it below one.")
        heading, lines = line[3:], []
        if heading and heading not in _NAMES:
            raise PaperRefused(f"{path} has the heading “{heading[:60]}”. There are: {', '.join(_NAMES)}.")
    return one
