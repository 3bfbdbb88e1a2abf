"""What is kept for how long, by purpose: a literal table, read by `flows.retention`."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path

import orjson
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from songsheet.buyers.queries import people_of
from songsheet.flows.erase_person import erase_person
from songsheet.flows.retention.people import LOST, NEVER_ANSWERED, WITHDRAWN, people_over
from songsheet.flows.retention.rules import Purpose
from songsheet.flows.retention.visits import drop_visit, visits_over
from songsheet.imports.models import Import
from songsheet.imports.store import folder_of, throw_away
from songsheet.intake.visitors.retaining_acts import drop_hits, drop_visitors, hits_over, visitors_over
from songsheet.journal.act import together
from songsheet.leads.actions import end_lead
from songsheet.leads.models import Lead
from songsheet.team.acting import Acting

_ENDED = (Import.State.FINISHED, Import.State.FAILED, Import.State.UNDONE)


def _erase(key: str, by: Acting, at: datetime) -> None:
    """What is still open is released first: nobody waits for a lead without a name."""
    with together():
        for lead in Lead.objects.filter(
            person__in=people_of(key), ended_at=None, gone_at=None, at_rest=False
        ).values_list("key", flat=True):
            end_lead(lead, Lead.State.RELEASED, reason="Kept longer than its term", by=by, at=at)
        erase_person(key, by=by, at=at)


def _imports_over(until: datetime, most: int) -> list[str]:
    """Imports that ended before, and whose files still lie there."""
    ended = Import.objects.filter(state__in=_ENDED, made_at__lt=until).order_by("id")
    keys = ended.exclude(finished_at__gte=until).exclude(undone_at__gte=until).values_list("key", flat=True)
    return list(islice((key for key in keys if any(folder_of(key).iterdir())), most))


def _drop_files(key: str, by: Acting, at: datetime) -> None:
    throw_away(key)


def _logs_over(until: datetime, most: int) -> list[str]:
    """Logs in the data directory with a line that was written before, each as `time path`."""
    found = sorted(Path(settings.ENVIRONMENT.home).glob("*.log"))
    return [f"{until.isoformat()} {path}" for path in found if any(_older(path, until))][:most]


def _older(path: Path, until: datetime) -> Iterator[bool]:
    """Whether lines were written before, line by line, up to the first that was not."""
    with path.open("rb") as file:
        for line in file:
            at = _written(line)
            if at is not None and at >= until:
                return
            yield at is not None


def _drop_lines(key: str, by: Acting, at: datetime) -> None:
    """Take the old lines out of a log that somebody may be writing: in its place."""
    until, _space, path = key.partition(" ")
    log = Path(path)
    count = sum(1 for _line in _older(log, datetime.fromisoformat(until)))
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[count:]))


def _written(line: bytes) -> datetime | None:
    try:
        said = orjson.loads(line)
        return datetime.fromisoformat(said["at"])
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        return None


PURPOSES: Mapping[str, Purpose] = {
    "never_answered": Purpose(
        _("Leads that never answered"),
        _("Who never called, wrote or met us is erased so long after the last that happened."),
        partial(people_over, NEVER_ANSWERED),
        _erase,
    ),
    "lost": Purpose(
        _("Leads that ended, and no contact since"),
        _("Who has no open lead and no won deal is erased so long after the last contact."),
        partial(people_over, LOST),
        _erase,
    ),
    "withdrawn": Purpose(
        _("Consent withdrawn"),
        _("Who said no and agrees to nothing is erased so long after the no."),
        partial(people_over, WITHDRAWN),
        _erase,
    ),
    "visits": Purpose(
        _("Visits of web pages"),
        _("The visit goes from the story; the person stays."),
        visits_over,
        drop_visit,
    ),
    "hits": Purpose(
        _("Pages seen and links opened"),
        _("Each page and click by itself; the visits in the stories and the counts by day stay."),
        hits_over,
        sweep=drop_hits,
    ),
    "visitors": Purpose(
        _("Browsers that did not come back"),
        _("So long after they came last they are forgotten, with whose they were and what they looked at."),
        visitors_over,
        sweep=drop_visitors,
    ),
    "import_files": Purpose(
        _("Files of imports"),
        _("The files as they were sent, and the rejected rows; what came in stays."),
        _imports_over,
        _drop_files,
    ),
    "logs": Purpose(
        _("Logs"),
        _("Older lines of the logs in the data directory."),
        _logs_over,
        _drop_lines,
    ),
}
