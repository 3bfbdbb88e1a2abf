"""A visit as a sentence: which pages, how long, and where they came from."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from songsheet.intake.links.whence import DIRECT
from songsheet.intake.visitors.queries import NAMED, Visit


def visited(person: str, visit: Visit) -> str:
    """Who looked at what."""
    named = list(dict.fromkeys(title for title in visit.titles if title))[:NAMED]
    more = len(visit.titles) - len(named)
    if more > 0:
        named.append(ngettext("%(n)d more page", "%(n)d more pages", more) % {"n": more})
    pages = _(" and ").join(filter(None, (", ".join(named[:-1]), named[-1]))) if named else _("a page")
    said = _("%(person)s looked at %(pages)s") % {"person": person, "pages": pages}
    if visit.seconds >= 60:
        said += _(" (%(n)s min)") % {"n": round(visit.seconds / 60)}
    if visit.source and visit.source != DIRECT.source:
        said += _(", from %(source)s") % {"source": visit.source}
    return said
