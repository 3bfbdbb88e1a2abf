"""How much of what is labelled the scanner finds, and how often it cries wolf, class by class."""

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from songsheet.content.scan import Claim, Fact, Kind, Proposal, Song, scan

HERE = Path(__file__).parent
#: The scanner's own word for a wording with typing errors.
CLASS_OF = {kind: kind.value for kind in Kind} | {Kind.NEAR: "typo"}


@dataclass
class Figures:
    """Counted as the README says: labels and found, proposals, false ones and wrong keys, by class."""

    labels: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    proposed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    wrong_key: Counter[str] = field(default_factory=Counter)
    silent: Counter[str] = field(default_factory=Counter)
    disturbed: Counter[str] = field(default_factory=Counter)

    def recall(self, name: str) -> float:
        return self.found[name] / self.labels[name]

    def false_alarms(self, name: str) -> float:
        return self.false[name] / max(1, self.proposed[name])

    def told(self) -> str:
        lines = [
            f"{name:12} found {self.found[name]:2} of {self.labels[name]:2}, false {self.false[name]:2} of "
            f"{self.proposed[name]:2} proposed, wrong key {self.wrong_key[name]}"
            for name in sorted(self.labels)
        ]
        quiet = [f"{kind} {self.disturbed[kind]} of {self.silent[kind]}" for kind in sorted(self.silent)]
        return "\n".join([*lines, "true negatives with a proposal: " + ", ".join(quiet)])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text("utf-8"))


def the_song() -> Song:
    song = _read("song.toml")
    claims = [
        Claim(
            each["key"],
            each["statement"],
            each["wordings"],
            each.get("qualifier", {}),
            each.get("predicate", ""),
            each["risk"],
        )
        for each in song["claims"]
    ]
    facts = [
        Fact(
            each["key"],
            each["says"],
            each["type"],
            each["value"],
            each.get("unit", ""),
            each.get("before", {}).get("value"),
            each.get("scope", {}),
        )
        for each in song["facts"]
    ]
    return Song.of(claims, facts, names=("Aldermoor",), today=song["as_of"])


@cache
def figures(name: str) -> Figures:
    song, counted = the_song(), Figures()
    for passage in _read(name)["passages"]:
        proposals = scan(passage["text"], language=passage["language"], song=song)
        _count(counted, passage, proposals)
    return counted


def _count(counted: Figures, passage: dict[str, Any], proposals: list[Proposal]) -> None:
    labels = []
    for label in passage["labels"]:
        start = passage["text"].index(label["words"])
        key = label.get("claim") or label["fact"]
        labels.append((key, start, start + len(label["words"])))
        counted.labels[label["class"]] += 1
        counted.found[label["class"]] += any(
            each.key == key and each.start < labels[-1][2] and start < each.end for each in proposals
        )
    for each in {(each.key, each.start, each.end): each for each in proposals}.values():
        name = CLASS_OF[each.kind]
        met = [key for key, start, end in labels if each.start < end and start < each.end]
        counted.proposed[name] += 1
        counted.false[name] += not met
        counted.wrong_key[name] += bool(met) and each.key not in met
    if not labels:
        counted.silent[passage["negative"]] += 1
        counted.disturbed[passage["negative"]] += bool(proposals)


BAR_FOUND, BAR_FALSE = 0.9, 0.1
#: Of the held-out half: what must be found at least of each class, what may be false of its proposals.
#: A class that meets the bar stands at it, the others a little under what was measured: see the README.
HELD_OUT = {
    "exact": (0.9, 0.1),
    "inflection": (0.9, 0.1),
    "order": (0.9, 0.1),
    "unqualified": (0.9, 0.1),
    "typo": (0.84, 0.1),
    "not_offered": (0.4, 0.5),
    "number": (0.3, 0.35),
    "variant": (0.25, 0.25),
}
MISSED = {"typo", "not_offered", "number", "variant"}


@pytest.mark.parametrize("name", sorted(HELD_OUT))
def test_the_known_half_is_above_the_bar_in_each_class(name: str) -> None:
    """It was built on these: this only tells that nothing was lost."""
    print(figures("known.toml").told())
    assert figures("known.toml").recall(name) >= BAR_FOUND
    assert figures("known.toml").false_alarms(name) <= BAR_FALSE


@pytest.mark.parametrize("name", sorted(HELD_OUT))
def test_the_held_out_half_is_found_as_the_readme_says(name: str) -> None:
    print(figures("held_out.toml").told())
    found, false = HELD_OUT[name]
    assert figures("held_out.toml").recall(name) >= found
    assert figures("held_out.toml").false_alarms(name) <= false


@pytest.mark.parametrize("name", sorted(MISSED))
def test_a_class_that_misses_the_bar_is_not_said_to_reach_it(name: str) -> None:
    """Who lifts one over the bar takes it from the list, here and in the README."""
    counted = figures("held_out.toml")
    assert counted.recall(name) < BAR_FOUND or counted.false_alarms(name) > BAR_FALSE


@pytest.mark.parametrize(
    ("name", "least"), [("contradicted", 0.9), ("not_offered", 0.84), ("said_otherwise", 0.66)]
)
def test_plain_promises_are_found(name: str, least: float) -> None:
    song, rows = the_song(), _read("plain.toml")[name]
    found = [key in {each.key for each in scan(text, language=lang, song=song)} for key, lang, text in rows]
    assert sum(found) / len(found) >= least


def test_plain_sentences_that_promise_nothing_are_left_alone() -> None:
    song, rows = the_song(), _read("plain.toml")["left_alone"]
    disturbed = [text for _, language, text in rows if scan(text, language=language, song=song)]
    assert len(disturbed) / len(rows) <= 0.07
