"""A client that brings people in for as long as it is let: `python -m songsheet.config.tests.loading SEED`.

It prints the key of each person once the answer was there: what it printed must never be lost.
"""

import sys
import time


def main(seed: str) -> None:
    """Bring people in, one act each; whatever the server does, go on as soon as it is there again."""
    from songsheet.config.prepare import ready

    ready()
    from django.db import Error, connection

    from songsheet.base.refusals import Refusal
    from songsheet.buyers.actions import meet_person
    from songsheet.buyers.adopt import PersonRow
    from songsheet.team.acting import as_system
    from songsheet.team.queries import now

    number = 0
    while True:
        number += 1
        row = PersonRow(name=f"Load {seed} {number}", mails=(f"load-{seed}-{number}@load.example",))
        try:
            person = meet_person(row, by=as_system("load"), at=now())
        except (Error, Refusal):
            connection.close()
            time.sleep(0.05)
            continue
        print(person.key, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
