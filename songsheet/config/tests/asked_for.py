"""What each address of the map asks for: a new one that writes, or that only some may read, says it here."""

from songsheet.config.rail import RAIL
from songsheet.doors.pages import FORMATS
from songsheet.team.roles import Right

#: Address that writes, or its first word → the right it asks for. None: who is signed in; OPEN: nobody.
OPEN = "open"
WRITES: dict[str, Right | str | None] = {
    "imports": Right.IMPORT,
    "api/v1/imports": Right.IMPORT,
    **{f"api/v1/{one}": Right.WORK for one in ("people", "companies", "leads", "deals", "touches", "tasks")},
    **dict.fromkeys(["webhooks", "api/v1/webhooks"], Right.HOUSE),
    **dict.fromkeys(["incoming", "hooks", "api/v1/held-back", "api/v1/hooks"], Right.FRONT),
    "in/hooks/<str:key>": OPEN,
    **dict.fromkeys(["api/v1/campaigns", "api/v1/sources"], Right.SPEND),
    "api/v1/members": Right.TEAM,
    **dict.fromkeys(["api/v1/leaks", "api/v1/mendings"], Right.WORK),
    "leads/<str:key>/take": Right.WORK,
    **dict.fromkeys(
        ["handoffs", "returns", "verdicts", "api/v1/handoffs", "api/v1/returns", "api/v1/verdicts"],
        Right.WORK,
    ),
    **dict.fromkeys(["clocks", "api/v1/clocks"], Right.WORK),
    "api/v1/leads/<key>/take": Right.WORK,
    **dict.fromkeys(["enquiries", "api/v1/enquiries"], Right.ANSWER),
    **dict.fromkeys(["buyers/<str:key>/enquiries", "leads/<str:key>/enquiry"], Right.ANSWER),
    "buyers": Right.WORK,
    "duplicates": Right.WORK,
    "api/v1/duplicates": Right.WORK,
    "companies": Right.WORK,
    "buyers/<str:key>/owner": Right.OFFER,
    "buyers/<str:key>/owner/<str:lead>/undo": Right.WORK,
    "buyers/<str:key>/touches": Right.WORK,
    "buyers/<str:key>/touches/<str:touch>/undo": Right.WORK,
    "buyers/<str:key>/erase": Right.ERASE,
    "delete api/v1/people/<key>": Right.ERASE,
    "buyers/<str:key>/tasks": Right.WORK,
    **dict.fromkeys(["notes", "tasks"], Right.WORK),
    "letters/mendings/<str:key>/undo": Right.WORK,
    "letters": Right.WORK,
    **dict.fromkeys(["routing/start", "api/v1/routing/preview"], Right.OFFER),
    "bulk": Right.WORK,
    "api/v1/bulk": Right.WORK,
    "leads/board/move": Right.WORK,
    "buyers/<str:key>/leads": Right.WORK,
    **dict.fromkeys([f"leads/<str:key>/{what}" for what in ("undo", "end", "deal")], Right.WORK),
    **dict.fromkeys([f"deals/<str:key>/{what}" for what in ("step", "end", "reopen")], Right.WORK),
    "deals/board/move": Right.WORK,
    "team/invite": Right.TEAM,
    "team/<str:key>": Right.TEAM,
    "team/<str:key>/invite": Right.TEAM,
    "team/<str:key>/leave": Right.TEAM,
    "team/<str:key>/keys": Right.TEAM,
    "team/<str:key>/is": Right.TEAM,
    "team/<str:key>/is-not": Right.TEAM,
    "team/<str:key>/hours": Right.TEAM,
    "team/<str:key>/hours/skills": Right.TEAM,
    "team/<str:key>/hours/days": Right.TEAM,
    "team/<str:key>/hours/days/<str:day>/back": Right.TEAM,
    "team/<str:key>/hours/leave": Right.TEAM,
    "team/<str:key>/hours/leave/<str:leave>/back": Right.TEAM,
    "parked/<str:reader>/restart": Right.PARKED,
    "parked/<str:reader>/<int:position>/retry": Right.PARKED,
    "parked/<str:reader>/<int:position>/dismiss": Right.PARKED,
    "keys/<str:key>/end": Right.TEAM,
    "settings": Right.HOUSE,
    **dict.fromkeys(["settings/retention", "settings/retention/look"], Right.ERASE),
    **dict.fromkeys(["api/v1/house", "api/v1/custom-fields"], Right.HOUSE),
    **dict.fromkeys(["join/<str:token>", "guest/<str:token>"], OPEN),
    **dict.fromkeys(["f", "m", "in/forms/<str:key>", "privacy"], OPEN),
    **dict.fromkeys(["forms", "consent-texts", "api/v1/forms", "api/v1/consent-texts"], Right.FRONT),
    **dict.fromkeys(["song", "api/v1/claims", "api/v1/claim-versions", "api/v1/questions"], Right.PROPOSE),
    "api/v1/facts": Right.STATE,
    **dict.fromkeys(
        [
            "song/facts/new",
            "song/facts/<str:fact>/change",
            "song/facts/<str:fact>/review",
            "song/facts/<str:fact>/withdraw",
            "song/disputes/<str:dispute>/answer",
        ],
        Right.STATE,
    ),
    **dict.fromkeys(["appointments", "api/v1/appointment-pages"], Right.WORK),
    **dict.fromkeys([f"appointments/calendars/{what}" for what in ("add", "feed", "feed/end")], Right.ANSWER),
    **dict.fromkeys(
        [f"appointments/calendars/<str:calendar>/{what}" for what in ("read", "end")], Right.ANSWER
    ),
    **dict.fromkeys(["meetings", "api/v1/meetings"], Right.ANSWER),
    **dict.fromkeys(["meetings/<str:key>/let-in", "meetings/<str:key>/drop"], Right.FRONT),
    "look-as": None,
    "demo/jump": None,
    **dict.fromkeys(["notices", "api/v1/notices"], Right.SAVE),
    "views": Right.SAVE,
    "api/v1/views": Right.SAVE,
    "lists": Right.WORK,
    **dict.fromkeys(["agreements", "api/v1/agreements", "duties"], Right.PROPOSE),
    "load/move": Right.OFFER,
    "sources": Right.SPEND,
    "found": Right.PROPOSE,
    **dict.fromkeys(["links", "sites", "api/v1/links", "api/v1/sites"], Right.FRONT),
    **dict.fromkeys(["agreements/deputies", "agreements/deputies/<str:key>/end"], Right.TEAM),
}
#: The journal: a list that leaves the house is written down there, whoever reads it.
NOTED = {"journal_entry", "journal_head", "journal_about"}
#: Address, or its first word, that only some may read → the right it asks for.
READS: dict[str, Right | None] = {
    "appointments/new": None,  # one's own with one right, any with another
    "buyers/merge": Right.WORK,
    "buyers/new": Right.WORK,
    "companies/new": Right.WORK,
    "companies/merge": Right.WORK,
    "buyers/<str:key>/erase": Right.ERASE,
    "buyers/<str:key>/export": Right.ERASE,
    "api/v1/people/<key>/export": Right.ERASE,
    "buyers/<str:key>/owner": Right.OFFER,
    "buyers/<str:key>/tasks": Right.WORK,
    "buyers/<str:key>/leads": Right.WORK,
    **dict.fromkeys([f"leads/<str:key>/{what}" for what in ("end", "deal")], Right.WORK),
    **dict.fromkeys([f"deals/<str:key>/{what}" for what in ("step", "end")], Right.WORK),
    "tasks/new": Right.WORK,
    **dict.fromkeys(
        [
            "handoffs/<str:key>/return",
            "handoffs/<str:key>/answers",
            "returns/<str:key>/answer",
            "verdicts/<str:key>/answer",
            "verdicts/on/<str:about>",
        ],
        Right.WORK,
    ),
    "clocks/<str:key>/pause": Right.WORK,
    "team/invite": Right.TEAM,
    "settings": Right.HOUSE,
    "settings/retention": Right.ERASE,
    "song/facts/new": Right.STATE,
    "routing": Right.OFFER,
    **dict.fromkeys(["forms", "consent-texts", "api/v1/forms", "api/v1/consent-texts"], Right.FRONT),
    **dict.fromkeys(
        ["links/new", "links/<str:key>/change", "sites/new", "sites/<str:key>/change"], Right.FRONT
    ),
    "api/v1/webhooks": Right.HOUSE,
    **dict.fromkeys(["incoming/held", "incoming/held/<str:key>"], Right.FRONT),
    **dict.fromkeys(["hooks", "api/v1/held-back", "api/v1/hooks"], Right.FRONT),
    **{
        f"{name}.{form}": Right.EXPORT
        for name in (
            "buyers",
            "companies",
            "leads",
            "deals",
            "letters/leads",
            "promises/all",
            "touches",
            "tasks",
            "campaigns",
            "returns",
            "enquiries",
            "verdicts",
            "links",
            "found/people",
            "song/claims",
        )
        for form in FORMATS
    },
    **{url.lstrip("/"): right for section in RAIL for _, _, url, _, right in section if right != Right.LOOK},
}
#: What changes without anybody having done anything: who is signed in, how often somebody tried.
NOT_COUNTED = {"django_session", "config_cache", "django_migrations", "doors_asked"}
#: How the API refuses what one may not do; what was sent is looked at before who sent it.
REFUSED = {403, 404, 422}
SIGNING_IN = ("accounts/", "health", "ready", "metrics", "join/", "guest/", "f/", "m/", "in/", "privacy")
