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


def test_the_figures_are_told_by_class() -> None:
    for name in ("known.toml", "held_out.toml"):
        print(f"\n{name}\n{figures(name).told()}")
        assert sum(figures(name).labels.values()) > 0
