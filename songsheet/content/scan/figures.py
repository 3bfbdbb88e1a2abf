"""A number as such: in figures with stops and commas, or written out."""

from songsheet.content.scan.lexicon.numerals import NUMBERS, ORDINARY, TIMES
from songsheet.content.scan.words import Word

LARGEST = 1e12


def number_at(words: list[Word], at: int, language: str) -> tuple[float | None, int]:
    """The number that begins here, and its last word."""
    figure = figure_of(words[at].read)
    numbers, times = NUMBERS[language], TIMES[language]
    total: float | None = figure
    end = at
    if figure is None:
        if words[at].read in times and words[at].read not in ("k", "m"):
            total = float(times[words[at].read])
        elif words[at].read in numbers:
            total = float(numbers[words[at].read])
        else:
            return _hundred(words, at, language)
    while total is not None and end + 1 < len(words):
        following = words[end + 1].read
        if following in times and not (following == "m" and figure is None):
            total, end = total * times[following] if words[end].read not in times else total, end + 1
        elif figure is None and following in numbers and _adds(total, numbers[following]):
            total = 80.0 if (total, following[:5]) == (4, "vingt") else total + numbers[following]
            end += 1
        elif figure is None and following in ("and", "et", "und") and end + 2 < len(words):
            tail = numbers.get(words[end + 2].read)
            if tail is None or not ((total >= 100 and tail < 100) or (following == "et" and tail in (1, 11))):
                break
            total, end = total + tail, end + 2
        else:
            break
    return (total if total is not None and total <= LARGEST else None), end


def _adds(total: float, following: int) -> bool:
    if total == 4 and following == 20:
        return True
    small = 10 if total < 100 and total % 10 == 0 and total not in (60, 80) else 20
    return (
        (total >= 20 and total % 10 == 0 and 0 < following < small)
        or (total == 10 and 7 <= following <= 9)
        or (total >= 100 and total % 100 == 0 and following < 100)
    )


def _hundred(words: list[Word], at: int, language: str) -> tuple[float | None, int]:
    """A hundred, a thousand."""
    if words[at].read in ORDINARY[language] and at + 1 < len(words):
        times = TIMES[language].get(words[at + 1].read)
        if times and words[at + 1].read not in ("k", "m"):
            return float(times), at + 1
    return None, at


def figure_of(word: str) -> float | None:
    if not word[:1].isdigit() or len(word) > 15:
        return None
    if "," in word or "." in word:
        head, _, tail = word.replace(",", ".").rpartition(".")
        plain = head.replace(".", "")
        text = plain + tail if len(tail) == 3 else f"{plain}.{tail}"
    else:
        text = word
    try:
        return float(text)
    except ValueError:
        return None
