"""What is slow, behind, parked, full or badly set: one sentence each, with what to do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from songsheet.config import doctor_machine, doctor_work


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; where it is not well, `says` is what to do."""

    about: str
    well: bool
    says: str


#: What is looked at, in this order: each gives (well, sentence) for as many things as it sees.
LOOKED_AT: dict[str, Callable[[], Iterator[tuple[bool, str]]]] = {
    "schema": doctor_machine.schema,
    "database": doctor_machine.database,
    "clock": doctor_machine.clock,
    "disk": doctor_machine.disk,
    "settings": doctor_machine.settings_of_the_machine,
    "backup": doctor_machine.last_backup,
    "readers": doctor_work.readers,
    "parked": doctor_work.parked,
    "jobs": doctor_work.jobs,
    "imports": doctor_work.imports,
    "slow": doctor_work.slow,
    "tables": doctor_work.tables,
    "fields": doctor_work.own_fields,
}


def findings() -> list[Finding]:
    """Everything that was looked at, also what is well; without its schema, nothing that rests on it."""
    found = []
    for about, look in LOOKED_AT.items():
        found += [Finding(about, well, says) for well, says in look()]
        if about == "schema" and not found[-1].well:
            break
    return found
