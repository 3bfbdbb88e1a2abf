"""The cast: eight people whom tests, pictures and documents share (DEMO); conftest makes the rows."""

from dataclasses import dataclass
from datetime import UTC, datetime

#: A Tuesday, 10:12: the time of the demo and of the tests.
TUESDAY = datetime(2026, 5, 12, 10, 12, tzinfo=UTC)


@dataclass(frozen=True)
class CastMember:
    """One of us, as the tests know them."""

    name: str
    role: str
    email: str


PRIYA = CastMember("Priya Raman", "guide", "priya.raman@aldermoor.example")
TOM = CastMember("Tom Lindqvist", "marketing_manager", "tom.lindqvist@aldermoor.example")
DIANE = CastMember("Diane Mercer", "concierge", "diane.mercer@aldermoor.example")
AMARA = CastMember("Amara Diallo", "cro", "amara.diallo@aldermoor.example")
JONAS = CastMember("Jonas Weber", "metrics", "jonas.weber@aldermoor.example")
INES = CastMember("Ines Carvalho", "remarkables", "ines.carvalho@aldermoor.example")
RUTH = CastMember("Ruth Abara", "owner", "ruth.abara@aldermoor.example")
CAST = (RUTH, AMARA, JONAS, PRIYA, DIANE, TOM, INES)

#: The buyer of the letters, at Brightwater Dental in Bristol.
SUZANNE = {
    "name": "Suzanne Okafor",
    "given_name": "Suzanne",
    "family_name": "Okafor",
    "mail": "s.okafor@brightwater.example",
    "phone": "+441174960142",
    "title": "Managing partner",
    "company": "Brightwater Dental",
}
