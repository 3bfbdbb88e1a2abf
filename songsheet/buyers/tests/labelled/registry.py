"""A registry of private people, damaged as files are; held out: of this damage no weight was tuned.

Like the public sets for linking records: names, house number, street, suburb, postcode, phone. Names are as
unevenly spread as in life. A second record has one to four wounds: a slip of the key beside, of the ear, of
the scanner, a letter more, less or exchanged, a blank field, fields exchanged, a short form, a word more.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from random import Random

from songsheet.buyers.matching.people import Known

_GIVEN = """
isabella lachlan joshua emiily thomas benjamin jack william georgia olivia matthew samuel daniel
ella charlotte mia harrison nicholas hannah sophie caitlin liam jessica james jacob alexander chloe
emma zachary ethan ruby luke holly madison ryan riley grace bailey brianna abbey hayden cooper zoe
amelia kirra finn tahlia dylan keely blake lauren mitchell kyle joel imogen alana jordan tara brodie
stephanie natalie isaac adam christian connor rhys xavier angus taj jasmine erin sienna eliza
maddison lily logan noah max callum oscar paige lucy chelsea bethany phoebe katelyn annabelle
mikayla claudia tiffany vanessa nathan aidan gabriel sebastian dominic marcus oliver toby spencer
"""
_FAMILY = """
white clarke green campbell nguyen ryan reid webb dixon mcgregor rudd hall george ward morrison
matthews beattie coleman lombardi kranz pascoe goode mccarthy burford stanley wheatley lodge
chandler noble berry blake eglinton paine roche belperio vincent reynolds kilgariff petersen hoang
weidenbach schumacher dolan crouch egan glass hawkins donaldson stephenson naumenko laing bergamin
jolly bishop heerey thorpe waller miles ebert zilm swierczuk drysdale brock menzies maitland
hathaway winter tomkins carbone sherriff mariani fotopoulos kuznetsov papas okonkwo hollingsworth
devereaux quigley abernathy lindner rasmussen vukovic tsang ferreira mukherjee santamaria bielski
"""
_STREETS = """
hoddle macgregor jansz wilari tauss crisp ashburner burrowes chisholm duffy ellerston goodchild
heagney jukes kambalda lhotsky mugglestone namatjira osburn petterd rafferty sulman temperley
verbrugghen weathers yallourn clisby antill stretton bandjalong nullarbor paperbark wattle banksia
summit ridge quarry orchard harvest
"""
_SUBURBS = """
toowoomba woodvale ballarat yarraville cessnock bundaberg mandurah frankston penrith glenelg albury
nambour katoomba warrnambool kiama echuca lismore bathurst ulladulla tamworth mildura geraldton
cairns nowra orange
"""
_SHORT = {
    "thomas": "tom", "benjamin": "ben", "william": "bill", "matthew": "matt", "samuel": "sam",
    "daniel": "dan",
    "nicholas": "nick", "joshua": "josh", "james": "jim", "alexander": "alex", "stephanie": "steph",
    "zachary": "zach", "jessica": "jess", "nathan": "nate", "gabriel": "gabe",
}  # fmt: skip
_EAR = (("ph", "f"), ("c", "k"), ("ie", "y"), ("ei", "ie"), ("ck", "k"), ("z", "s"), ("tt", "t"), ("ll", "l"))
_SCANNER = (("l", "1"), ("o", "0"), ("m", "rn"), ("s", "5"), ("g", "q"), ("e", "c"), ("h", "b"), ("i", "l"))
_ENDS = ("street", "place", "crescent", "court")
_BEFORE = ("unit 3", "rosedale", "flat 1")
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")


@dataclass(frozen=True)
class Entry:
    """A line of the registry."""

    given: str
    family: str
    number: str
    street: str
    suburb: str
    postcode: str
    phone: str

    @property
    def known(self) -> Known:
        """As a person of ours."""
        place = " ".join((self.number, self.street, self.postcode, self.suburb))
        return Known("", self.given, self.family, (), (self.phone,) if self.phone else (), place=place)


class Registry:
    """Makes people, and the second lines about them, from one source of chance."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)

    def entry(self) -> Entry:
        """Somebody; the first names of each list are those of many."""
        suburb = self._uneven(_SUBURBS.split())
        return Entry(
            self._uneven(_GIVEN.split()),
            self._uneven(_FAMILY.split()),
            str(self.chance.randint(1, 220)),
            f"{self._uneven(_STREETS.split())} {self.chance.choice(_ENDS)}",
            suburb,
            str(2000 + sum(map(ord, suburb)) % 900 + self.chance.randrange(3)),
            f"0{self.chance.choice('23478')} {self.chance.randint(10_000_000, 99_999_999)}",
        )

    def _uneven(self, words: list[str]) -> str:
        return words[int(len(words) * self.chance.random() ** 1.8)]

    def relative(self, one: Entry) -> Entry:
        """Who lives at the same address and is called otherwise, by the same phone."""
        other = self.entry()
        while _SHORT.get(other.given, other.given) == _SHORT.get(one.given, one.given):
            other = self.entry()
        return replace(one, given=other.given)

    def damaged(self, one: Entry) -> Entry:
        """A second line about somebody."""
        for _ in range(self.chance.choice((1, 1, 2, 2, 3, 4))):
            name = self.chance.choice(_WOUNDED)
            roll = self.chance.random()
            if roll < 0.12:
                one = replace(one, **{name: ""}) if name != "family" else one
            elif roll < 0.18:
                one = replace(one, given=one.family, family=one.given)
            elif roll < 0.22:
                one = replace(one, street=one.suburb, suburb=one.street)
            elif roll < 0.30 and one.given in _SHORT:
                one = replace(one, given=_SHORT[one.given])
            elif roll < 0.34:
                one = replace(
                    one, street=f"{self.chance.choice(('unit 3', 'rosedale', 'flat 1'))} {one.street}"
                )
            else:
                one = replace(one, **{name: self._slip(getattr(one, name))})
        return one

    def _slip(self, word: str) -> str:
        pairs = self.chance.choice((_EAR, _SCANNER, ()))
        heard = [(a, b) for a, b in pairs if a in word]
        if heard:
            return word.replace(*self.chance.choice(heard), 1)
        if len(word) < 2:
            return word
        at, kind = self.chance.randrange(len(word)), self.chance.randrange(4)
        if kind == 0:
            return word[:at] + word[at + 1 :]
        if kind == 1:
            return word[:at] + self.chance.choice(_row(word[at])) + word[at:]
        if kind == 2:
            return word[:at] + self.chance.choice(_row(word[at])) + word[at + 1 :]
        return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


_WOUNDED = [one.name for one in fields(Entry)]


def _row(letter: str) -> str:
    return next((row for row in _KEYBOARD if letter in row), "aeiou")


def lines(seed: int, people: int) -> Iterator[tuple[int, Known]]:
    """(who it is, the line): of four people each two have a second line, and one a relative at home."""
    it = Registry(seed)
    who = 0
    for number in range(people):
        one = it.entry()
        who += 1
        yield who, one.known
        if number % 2 == 0:
            yield who, it.damaged(one).known
        elif number % 4 == 1:
            who += 1
            yield who, it.relative(one).known
