"""Answers that came to nothing yet: some wait for a member, some for a click in a mail."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson

from songsheet.base.ids import many_keys
from songsheet.buyers.models import ConsentText
from songsheet.config.demo.front.questions import CONTACT, GUIDE, WEBINAR
from songsheet.config.demo.staging import london
from songsheet.intake.forms.models import Form, FormVersion
from songsheet.intake.inbox.put_actions import hash_of

FAST = "It was filled in faster than a person types."
TRAPPED = "It filled in a field that no person sees."
NO_PAGE = "It did not come from the page of the form."


@dataclass(frozen=True)
class Stray:
    """An answer that is nobody's yet."""

    form: str
    at: datetime
    state: str
    said: Mapping[str, Any]
    reasons: tuple[str, ...] = ()


_NEWS = {"news": "yes"}
STRAY = (
    Stray(GUIDE, london("2026-03-09", 14, 2), "lapsed", {}),
    Stray(GUIDE, london("2026-03-28", 23, 40), "lapsed", {}),
    Stray(WEBINAR, london("2026-04-02", 8, 15), "lapsed", {}),
    Stray(GUIDE, london("2026-04-19", 11, 31), "lapsed", {}),
    Stray(CONTACT, london("2026-05-06", 3, 12), "held",
          {"name": "Best Price Team", "mail": "offers@bulkseats.example",
           "question": "We rank your furniture shop on page one. Reply for our price list."},
          (FAST, TRAPPED)),
    Stray(CONTACT, london("2026-05-07", 3, 13), "held",
          {"name": "Best Price Team", "mail": "deals@bulkseats.example",
           "question": "Last chance: page one of every search, this week alone."}, (TRAPPED,)),
    Stray(CONTACT, london("2026-05-09", 22, 4), "held",
          {"name": "zxqwv", "mail": "zxqwv@mailbox.example", "question": "asdf asdf"}, (FAST,)),
    Stray(GUIDE, london("2026-05-11", 17, 26), "held",
          {"name": "Tamsin Orchard", "mail": "t.orchard@stpauls.example", "company": "St Paul’s Surgery",
           "how_many": "10 to 49", "question": "We refit the waiting room in autumn.", **_NEWS}, (NO_PAGE,)),
    Stray(GUIDE, london("2026-05-11", 19, 48), "waits",
          {"name": "Owain Prosser", "mail": "o.prosser@cwmvets.example", "company": "Cwm Vets",
           "how_many": "10 to 49", **_NEWS}),
    Stray(GUIDE, london("2026-05-12", 9, 51), "waits",
          {"name": "Jette Winther", "mail": "j.winther@havnegade.example", "company": "Havnegade Klinik",
           "how_many": "10 to 49"}),
    Stray(WEBINAR, london("2026-05-12", 10, 3), "waits",
          {"name": "Rufus Penhaligon", "mail": "r.penhaligon@tregarth.example", "company": "Tregarth Homes",
           "topics": ["Fitting while you work"], **_NEWS}),
)  # fmt: skip
#: A member looked at these and dropped them.
DROP = ("offers@bulkseats.example", "deals@bulkseats.example")


def stray(
    forms: Mapping[str, Form],
    version_at: Callable[[str, datetime], FormVersion | None],
    text_at: Callable[[datetime], ConsentText | None],
) -> Iterator[tuple[Any, ...]]:
    """Each as a row of answers."""
    for number, one in enumerate(STRAY):
        shown, text = version_at(one.form, one.at), text_at(one.at) if "news" in one.said else None
        assert shown is not None
        is_mailed = one.state in ("waits", "lapsed")
        mark = hash_of("aldermoor stray", str(number))
        yield (
            *many_keys("filled", 1), forms[one.form].pk, shown.pk, str(mark), mark.hex[:22], one.state,
            one.at,
            orjson.dumps(one.said).decode(), orjson.dumps({"mail": text.key} if text else {}).decode(),
            one.said.get("mail", ""), orjson.dumps(one.reasons).decode(), "{}", "{}", "", "", None,
            f"2001:db8:{0x2000 + number // 2:x}::/48",
            one.at + timedelta(seconds=5) if is_mailed else None, 0, None,
            one.at + timedelta(days=3, hours=2) if one.state == "lapsed" else None, None, "", "", "",
        )  # fmt: skip
