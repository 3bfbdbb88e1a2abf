"""The flow picture of the letters: from source through hands to outcome; each ribbon opens its leads."""

from collections import Counter
from urllib.parse import urlencode

from songsheet.desk.letters.asked import UNKNOWN
from songsheet.desk.letters.count import chosen
from songsheet.desk.letters.hands import HANDS, hands_of, role_words
from songsheet.desk.letters.kinds import UNPROMISED
from songsheet.desk.letters.letter import Letters
from songsheet.desk.models import Outcome
from songsheet.journal.sql import rows
from songsheet.team.models import House
from songsheet.ui.flow import draw
from songsheet.ui.picture import Link, Node, Picture, Tone

MOST_SOURCES = 8
BEYOND, NOBODY = "other sources", "nobody"

#: What came of leads, gathered for the picture: key → words, tone, outcomes.
ENDS: dict[str, tuple[str, Tone, tuple[Outcome, ...]]] = {
    "bought": ("Bought", "won", (Outcome.WON,)),
    "deal": ("In a deal", "plain", (Outcome.OPEN_DEAL,)),
    "worked": ("Being worked", "plain", (Outcome.WORKING, Outcome.NURTURING)),
    "no_answer": ("Without an answer", "plain", (Outcome.NO_ANSWER,)),
    "ended": (
        "Ended",
        "plain",
        (Outcome.LOST, Outcome.NO_DECISION, Outcome.RELEASED, Outcome.DISQUALIFIED),
    ),
    "promised": ("First contact promised", "plain", (Outcome.NEVER_CONTACTED, Outcome.NEVER_TAKEN)),
    "between": ("Fell between hands", "lost", (Outcome.NEVER_CONTACTED, Outcome.NEVER_TAKEN)),
}
_END_OF = {outcome.value: end for end, (_, _, outcomes) in ENDS.items() for outcome in outcomes}

Flow = Counter[tuple[str, str, str]]


def picture_of(told: Letters, house: House) -> Picture:
    """Where the leads that are asked for came from, in whose hands they are, what came of them."""
    flow = _flow(told, house)
    names = [name for name, _ in _by_source(flow).most_common(MOST_SOURCES)]
    query = _Query(told, names)
    nodes = [
        *(Node(f"s:{name}", name, 0, query.to(source=name)) for name in names),
        Node(f"s:{BEYOND}", "Other sources", 0, query.to(source=BEYOND)),
        *(Node(f"h:{name}", role_words(name), 1, query.to(hands=name)) for name in HANDS),
        Node(f"h:{NOBODY}", "Nobody", 1, query.to(hands=NOBODY), "lost"),
        *(Node(f"e:{key}", words, 2, query.to(end=key), tone) for key, (words, tone, _) in ENDS.items()),
    ]
    first: Counter[tuple[str, str]] = Counter()
    second: Counter[tuple[str, str]] = Counter()
    for (source, hands, end), leads in flow.items():
        first[source if source in names else BEYOND, hands] += leads
        second[hands, end] += leads
    links = [
        Link(f"s:{source}", f"h:{hands}", leads, query.to(source=source, hands=hands))
        for (source, hands), leads in first.items()
    ]
    links += [
        Link(f"h:{hands}", f"e:{end}", leads, query.to(hands=hands, end=end))
        for (hands, end), leads in second.items()
    ]
    return draw(nodes, links)


def _by_source(flow: Flow) -> Counter[str]:
    total: Counter[str] = Counter()
    for (source, _, _), leads in flow.items():
        total[source] += leads
    return total


def _flow(told: Letters, house: House) -> Flow:
    condition, values = chosen(told.asked, house)
    flow: Flow = Counter()
    for source, role, outcome, leads, promised in rows(
        f"""select coalesce(source.name, %(unknown)s), member.role, outcome, sum(leads), sum(promised)
              from (select source_id, owner_id, outcome, count(*) as leads,
                           count(*) filter (where not ({UNPROMISED})) as promised
                      from desk_standing where {condition} group by 1, 2, 3) as stood
              left join touches_source source on source.id = source_id
              left join team_member member on member.id = owner_id
             group by 1, 2, 3""",
        {**values, "unknown": UNKNOWN, "at": told.at},
    ):
        hands, end = hands_of(role) if role else NOBODY, _END_OF[outcome]
        still_promised = int(promised) if end == "between" else 0
        flow[source, hands, "promised"] += still_promised
        flow[source, hands, end] += int(leads) - still_promised
    return flow


class _Query:
    """Addresses of the list behind a part of the picture, for the days that are asked for."""

    def __init__(self, told: Letters, shown: list[str]) -> None:
        self.days = {
            "from": told.asked.first.isoformat() if told.asked.first else "",
            "until": told.asked.last.isoformat() if told.asked.last else "",
        }
        self.shown = shown

    def to(self, *, source: str = "", hands: str = "", end: str = "") -> str:
        """The list of the leads that came from here, in these hands, to this end."""
        given = {
            "source": "" if source == BEYOND else source,
            "apart": "|".join(self.shown) if source == BEYOND else "",
            "hands": hands,
            "outcome": ",".join(one.name.lower() for one in ENDS[end][2]) if end else "",
            "promised": {"promised": "yes", "between": "no"}.get(end, ""),
            **self.days,
        }
        return "/letters/leads?" + urlencode({name: value for name, value in given.items() if value})
