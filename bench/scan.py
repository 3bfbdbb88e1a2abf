"""A text as long as a brochure of forty pages, held against 500 claims: `python -m bench.scan [WORDS] [CLAIMS]`."""

import random
import sys
import time

from songsheet.content.scan import Claim, Song, scan
from tests.passages.test_scanner import _read, the_song

WORDS, CLAIMS = 20_000, 500


def many_claims(count: int) -> Song:
    """The claims of the passages, and more of the same words put together anew."""
    song, dice = the_song(), random.Random(7)
    words = sorted({word for claim in song.claims for word in " ".join(claim.wordings["en"]).split()})
    more = [
        Claim(f"more-{at}", text := " ".join(dice.sample(words, dice.randint(5, 9))), {"en": [text]})
        for at in range(count - len(song.claims))
    ]
    return Song.of([*song.claims, *more], song.facts, names=song.names)


def long_text(count: int) -> str:
    """Passages of the known half, shuffled into paragraphs until there are enough words."""
    dice, parts, words = random.Random(7), [], 0
    passages = [each["text"] for each in _read("known.toml")["passages"] if each["language"] == "en"]
    while words < count:
        parts.append(dice.choice(passages))
        words += len(parts[-1].split())
    return "\n\n".join(parts)


def main() -> None:
    count, claims = (int(each) for each in (sys.argv[1:] + [str(WORDS), str(CLAIMS)][len(sys.argv) - 1 :]))
    song, text = many_claims(claims), long_text(count)
    began = time.perf_counter()
    scan("We deliver.", language="en", song=song)
    built = time.perf_counter() - began
    began, busy = time.perf_counter(), time.process_time()
    found = scan(text, language="en", song=song)
    took, busy = time.perf_counter() - began, time.process_time() - busy
    print(
        f"{len(text.split()):,} words, {len(song.claims)} claims, {len(song.facts)} facts: {took:.2f} s ({busy:.2f} s of processor time), "
        f"{len(found)} proposals; the index {built:.2f} s once"
    )


if __name__ == "__main__":
    main()
