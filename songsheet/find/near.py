"""Words spelled nearly so: numbers that such words share, and how many errors lie between two.

What is left of two words after taking letters out of both is the same if few errors lie between them; those
remainders, as numbers, are stored with each word of a name. Only the first letters are varied: the rest is
compared when the word is at hand.
"""

from itertools import combinations
from zlib import crc32

#: So many letters of a word are varied.
_VARIED = 7
#: A word of so many letters may be typed with two errors, a shorter one with one.
LONG = 8
#: What is shorter is not taken for a misspelt word.
LEAST = 4


def errors_in(word: str) -> int:
    """With how many errors a word may be typed."""
    return 2 if len(word) >= LONG else 1


def shared(word: str, errors: int) -> list[int]:
    """Numbers of what is left of a word without up to so many of its first letters."""
    start = word[:_VARIED]
    left = {
        "".join(letter for place, letter in enumerate(start) if place not in out)
        for count in range(errors + 1)
        for out in combinations(range(len(start)), count)
    }
    return sorted({crc32(one.encode()) - 2**31 for one in left})


def stored(word: str) -> list[int]:
    """The numbers that stand with a word."""
    return shared(word, errors_in(word))


def asked(typed: str) -> list[int]:
    """The numbers by which the words are found that a typed one may mean; a long one may lack letters."""
    return shared(typed, 2 if len(typed) >= LONG - 2 else 1)


def distance(one: str, other: str, most: int) -> int:
    """Letters missed, added, mistaken or swapped between two words; more than `most` is `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        two_before, before, row = before, row, [i]
        for j, its in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:
            return most + 1
    return min(row[-1], most + 1)
