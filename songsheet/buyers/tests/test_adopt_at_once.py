"""However many bring one address in at once, it is one person."""

import threading
from datetime import datetime
from typing import Any

from django.db import connections

from songsheet.base.refusals import Busy
from songsheet.buyers.adopt import CompanyRow, PersonRow, adopt_companies, adopt_people
from songsheet.buyers.events import CompanyMet, PersonMet
from songsheet.buyers.models import Company, Mail, Person
from songsheet.journal.testing import recorded
from songsheet.team.acting import as_import

THREADS = 8
ROUNDS = 6
SHARED = 12


def test_eight_who_bring_the_same_addresses_at_once_make_one_person_of_each(
    own_database: str, cast: dict[str, Any], at: datetime
) -> None:
    failed: list[BaseException] = []
    together = threading.Barrier(THREADS)

    def bring(number: int) -> None:
        by = as_import(f"import_0000000000000000000000000{number}")
        try:
            for turn in range(ROUNDS):
                rows = [PersonRow(name=f"P{n}", mails=(f"p{turn}.{n}@firm.example",)) for n in range(SHARED)]
                rows += [PersonRow(name=f"Own {number}", mails=(f"own{number}.{turn}@firm.example",))]
                if number % 2:
                    rows.reverse()
                together.wait()
                adopt_companies([CompanyRow(domain=f"firm{turn}.example")], by=by, at=at)
                for some in (rows, *[[row] for row in rows]):
                    adopt_people(some, by=by, at=at)
        except (Exception, Busy) as error:  # noqa: BLE001
            failed.append(error)
            together.abort()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=bring, args=[number]) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    people = ROUNDS * (SHARED + THREADS)
    assert Person.objects.count() == Mail.objects.count() == len(recorded(PersonMet)) == people
    assert Company.objects.count() == len(recorded(CompanyMet)) == ROUNDS
