"""How long reading, understanding and checking a file of leads takes: `python bench/reading.py [ROWS]`.

The bar is 60 µs of processor time a row, and memory that does not grow with the file.
"""

import csv
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from songsheet.imports.planning import plan, read_records
from songsheet.imports.presets import recognise

HEADERS = [
    *["LEADID", "Last Name", "Company", "Lead Owner", "Email", "Mobile", "Website", "Industry"],
    *["Lead Source", "Lead Status", "Created Time", "CONVERTED"],
]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
SOURCES = ["Web Research", "Trade Show", "Cold Call", "Partner", "Online Store"]
STATES = ["Contacted", "Not Contacted", "Junk Lead", "Pre Qualified", "Contact in Future"]


def write(path: Path, rows: int) -> None:
    """Leads as a CRM would export them; one in a thousand has a mail address that is none."""
    chance = random.Random(1)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(HEADERS)
        for at in range(rows):
            firm = at % 20_000
            mail = f"Person.{at}@Firm{firm}.example" if at % 1000 else "no mail"
            day = f"{1 + at % 28:02} {MONTHS[at % 12]}, 2021 {at % 24:02}:{at % 60:02}:{at % 59:02}"
            phone = f"805-{200 + at % 700}-{at % 10_000:04}"
            row = [at + 1, f"Name{at % 5000}", f"Company {firm}", f"Owner {at % 11}", mail, phone]
            row += [f"firm{firm}.example", "Pharma", chance.choice(SOURCES), chance.choice(STATES), day, "No"]
            out.writerow(row)


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "leads.csv"
        write(path, rows)
        began = time.process_time()
        recognised = recognise([path])
        made = plan([path], recognised.mapping)
        planned = time.process_time()
        taken = rejected = 0
        for chunk in read_records(made, made.steps[0]):
            taken += len(chunk.parts[-1].rows)
            rejected += len(chunk.rejections)
        ended = time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{rows:,} rows, {taken:,} taken, {rejected:,} rejected")
    print(f"looked over in {planned - began:.2f} s, read in {ended - planned:.2f} s")
    print(f"{(ended - began) / rows * 1e6:.1f} µs a row, {memory:.0f} MB at most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
