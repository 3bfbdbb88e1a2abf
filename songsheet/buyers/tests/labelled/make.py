"""Pairs made with a fixed seed: a record and what people, forms and files make of it, class by class."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any

from songsheet.buyers.matching.companies import KnownCompany
from songsheet.buyers.matching.people import Known

GIVEN_WORDS = """
James Mary Robert Patricia Michael Linda Susan Thomas Margaret Daniel Nancy Matthew Ashley Steven
Emma Olivia Lucas Mia Noah Hannah Jürgen Günther Björn Søren Zoë René José Łukasz Małgorzata Priya
Arjun Chidi Ngozi Yuki Haruto Fatima Omar Leila Carlos Lucia Marco Giulia Pierre Camille Ingrid
Astrid Pavel Jana Katarina
"""
FAMILY_WORDS = """
Smith Johnson Brown Taylor Anderson Thompson Robinson Walker Wright Mitchell Müller Schäfer Größmann
Köhler Sørensen Åkerman Lindqvist Kowalski Wojciechowski Novák Dvořák García Fernández Rodríguez
Santos Oliveira Rossi Ferrari Esposito Dubois Lefèvre Moreau Okafor Adeyemi Nwosu Patel Sharma
Krishnan Tanaka Yamamoto Haddad Ivanov Petrov Sokolov Papadopoulos Horváth Nagy McDonald O'Brien
Fitzgerald Vandenberg Janssen
"""
FIRMS_WORDS = """
Northgate Bluepeak Harbourline Kestrel Lumenta Oakfield Rivermark Solvane Telmara Ventora Wexley
Zephyra Ardent Brightwell Cobalt Driftwood Everline Fernhill Granitex Hollow Inkwell Juniper
Kingsmere Larkspur Maplewood
"""
TRADES_WORDS = """
Consulting Dental Freight Software Textiles Brewing Optics Printing Robotics Catering
"""
GIVEN = GIVEN_WORDS.split()
FAMILY = FAMILY_WORDS.split()
FIRMS = FIRMS_WORDS.split()
TRADES = TRADES_WORDS.split()
FORMS = ("Ltd", "GmbH", "Inc.", "S.A.", "AG", "B.V.", "LLC", "Sp. z o.o.", "SARL", "A/S")
SHORT = {
    "James": "Jim", "Robert": "Bob", "Patricia": "Pat", "Michael": "Mike", "Susan": "Sue", "Thomas": "Tom",
    "Margaret": "Peggy", "Daniel": "Dan", "Matthew": "Matt", "Steven": "Steve", "José": "Pepe",
}  # fmt: skip
UMLAUTS = {"ü": "ue", "ö": "oe", "ä": "ae", "ß": "ss", "ø": "oe", "å": "a", "ł": "l", "é": "e", "á": "a"}
CYRILLIC = {"Ivanov": "Иванов", "Petrov": "Петров", "Sokolov": "Соколов", "Pavel": "Павел", "Marco": "Марко"}


def ascii_of(text: str) -> str:
    for one, other in {**UMLAUTS, "'": "", "ë": "e", "è": "e", "í": "i", "ř": "r", "ą": "a"}.items():
        text = text.replace(one, other)
    return "".join(letter for letter in text if letter.isascii())


class Maker:
    """Makes pairs from one source of chance."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def person(self) -> Known:
        """Somebody whole."""
        chance = self.random
        given, family = chance.choice(GIVEN), chance.choice(FAMILY)
        firm = f"{chance.choice(FIRMS)} {chance.choice(TRADES)}"
        domain = firm.lower().replace(" ", "") + ".example"
        local = ascii_of(f"{given}.{family}".lower())
        phone = f"+4420{chance.randint(10_000_000, 99_999_999)}"
        return Known(f"{given} {family}", given, family, (f"{local}@{domain}",), (phone,), firm, domain)

    def slip(self, word: str) -> str:
        """One letter lost, doubled, mistaken or swapped, not the first."""
        at = self.random.randrange(1, len(word) - 1)
        kind = self.random.randrange(4)
        if kind == 0:
            return word[:at] + word[at + 1 :]
        if kind == 1:
            return word[:at] + word[at] + word[at:]
        if kind == 2:
            return word[:at] + self.random.choice("aeioubdgklmnprst") + word[at + 1 :]
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    def again(self, one: Known, **more: Any) -> Known:
        """The same person without the mail that a second record would lack, now and then the phone too."""
        gone: dict[str, Any] = {"mails": ()}
        if self.random.random() < 0.5:
            gone["phones"] = ()
        return replace(one, **{**gone, **more})


def _named(one: Known, given: str, family: str) -> dict[str, Any]:
    return {"name": f"{given} {family}", "given": given, "family": family}


def initials(it: Maker) -> tuple[Known, Known]:
    one = it.person()
    return one, it.again(one, **_named(one, one.given[0] + ".", one.family))


def typos(it: Maker) -> tuple[Known, Known]:
    one = it.person()
    return one, it.again(one, **_named(one, one.given, it.slip(one.family)))


def tags(it: Maker) -> tuple[Known, Known]:
    one = it.person()
    mail = one.mails[0].replace("@", f"+{it.random.choice(('crm', 'news', 'webinar'))}@")
    return one, it.again(one, mails=(mail,), phones=(), company="", domain="", **_named(one, one.given, ""))


def dots(it: Maker) -> tuple[Known, Known]:
    one = it.person()
    local = one.mails[0].split("@")[0]
    one = replace(one, mails=(f"{local}@gmail.com",))
    other = f"{local.replace('.', '')}@{it.random.choice(('gmail.com', 'googlemail.com'))}"
    return one, it.again(one, mails=(other,), phones=())


def phones(it: Maker) -> tuple[Known, Known]:
    one = it.person()
    national = "0" + one.phones[0].removeprefix("+44")
    spaced = f"{national[:3]} {national[3:7]} {national[7:]}"
    return one, it.again(one, phones=(spaced,), company="", domain="")


def nicknames(it: Maker) -> tuple[Known, Known]:
    one = it.person()
    while one.given not in SHORT:
        one = it.person()
    return one, it.again(one, **_named(one, SHORT[one.given], one.family))


def legal_forms(it: Maker) -> tuple[Known, Known]:
    one = it.person()
    return one, it.again(one, domain="", company=f"{one.company} {it.random.choice(FORMS)}")


def transliterated(it: Maker) -> tuple[Known, Known]:
    one = it.person()
    while ascii_of(one.name) == one.name and one.family not in CYRILLIC:
        one = it.person()
    if one.family in CYRILLIC:
        given = CYRILLIC.get(one.given, one.given)
        return one, it.again(one, **_named(one, given, CYRILLIC[one.family]))
    return one, it.again(one, **_named(one, ascii_of(one.given), ascii_of(one.family)))


def swapped(it: Maker) -> tuple[Known, Known]:
    one = it.person()
    return one, it.again(one, **_named(one, one.family, one.given))


def other_company(it: Maker) -> tuple[Known, Known]:
    one, other = it.person(), it.person()
    while other.company == one.company:
        other = it.person()
    local = one.mails[0].split("@")[0]
    named: dict[str, Any] = _named(one, one.given, one.family)
    return one, replace(other, **named, mails=(f"{local}@{other.domain}",))


def family_members(it: Maker) -> tuple[Known, Known]:
    one, other = it.person(), it.person()
    while other.given[0] == one.given[0]:
        other = it.person()
    mail = f"{ascii_of(one.family.lower())}s@gmail.com"
    one = replace(one, mails=(mail,), company="", domain="")
    return one, replace(one, **_named(one, other.given, one.family), mails=(mail,))


def switchboard(it: Maker) -> tuple[Known, Known]:
    one, other = it.person(), it.person()
    while other.family == one.family or other.given[0] == one.given[0]:
        other = it.person()
    local = other.mails[0].split("@")[0]
    return one, replace(other, company=one.company, domain=one.domain, phones=one.phones,
                        mails=(f"{local}@{one.domain}",))  # fmt: skip


def colleagues_of_one_name(it: Maker) -> tuple[Known, Known]:
    one, other = it.person(), it.person()
    while other.given[0] == one.given[0]:
        other = it.person()
    local = ascii_of(f"{other.given}.{one.family}".lower())
    return one, replace(one, **_named(one, other.given, one.family), phones=other.phones,
                        mails=(f"{local}@{one.domain}",))  # fmt: skip


def strangers_of_one_name(it: Maker) -> tuple[Known, Known]:
    one, other = it.person(), it.person()
    number = it.random.randint(2, 99)
    local = one.mails[0].split("@")[0].replace(".", "")
    one = replace(one, company="", domain="", mails=(f"{local}@gmail.com",))
    return one, replace(one, phones=other.phones, mails=(f"{local}{number}@gmail.com",))


def shared_mailbox(it: Maker) -> tuple[Known, Known]:
    one, other = switchboard(it)
    mail = f"{it.random.choice(('info', 'office', 'sales'))}@{one.domain}"
    return replace(one, mails=(mail,)), replace(other, mails=(mail,))


Makes = Callable[[Maker], tuple[Known, Known]]
SAME: dict[str, Makes] = {
    one.__name__: one
    for one in (initials, typos, tags, dots, phones, nicknames, legal_forms, transliterated, swapped)
}
DIFFERENT: dict[str, Makes] = {
    one.__name__: one
    for one in (other_company, family_members, switchboard, colleagues_of_one_name, strangers_of_one_name,
                shared_mailbox)
}  # fmt: skip


def made(seed: int, each: int) -> Iterator[tuple[str, bool, Known, Known]]:
    """(class, whether they are one, one, other): so many of each class."""
    it = Maker(seed)
    for makes, same in ((SAME, True), (DIFFERENT, False)):
        for name, make in makes.items():
            for _ in range(each):
                yield name, same, *make(it)


def made_companies(seed: int, each: int) -> Iterator[tuple[str, bool, KnownCompany, KnownCompany]]:
    """The same of companies."""
    it = Maker(seed)
    chance = it.random
    for _ in range(each):
        one = it.person()
        form = chance.choice(FORMS)
        yield ("legal form", True, KnownCompany(f"{one.company} {form}", one.domain, "GB"),
               KnownCompany(one.company, chance.choice(("", one.domain)), "GB"))  # fmt: skip
        yield ("typo", True, KnownCompany(one.company, one.domain, "GB"),
               KnownCompany(it.slip(one.company), chance.choice(("", one.domain)), "GB"))  # fmt: skip
        yield (
            "spaces",
            True,
            KnownCompany(one.company, one.domain),
            KnownCompany(one.company.replace(" ", "")),
        )
        other = it.person()
        while other.company.split()[0] == one.company.split()[0]:
            other = it.person()
        its = other.domain
        yield ("one trade", False, KnownCompany(one.company, one.domain),
               KnownCompany(f"{other.company.split()[0]} {one.company.split()[1]}", its))  # fmt: skip
        trade = next(it for it in TRADES if it not in one.company)
        first = one.company.split()[0]
        yield ("one first word", False, KnownCompany(one.company, one.domain),
               KnownCompany(f"{first} {trade}", f"{first}{trade}.example".lower()))  # fmt: skip
        yield ("other country", False, KnownCompany(first, f"{first}.de".lower(), "DE"),
               KnownCompany(first, f"{first}-group.com".lower(), "US"))  # fmt: skip
