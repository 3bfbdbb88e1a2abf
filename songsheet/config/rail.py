"""The rail: which pages there are, in what order, and the right that each asks for. A literal table."""

from songsheet.team.roles import Right

#: Sections of (name, label, address, icon, right).
RAIL: list[list[tuple[str, str, str, str, Right]]] = [
    [
        ("today", "Today", "/", "today", Right.LOOK),
        ("letters", "Letters", "/letters", "letters", Right.LOOK),
        ("song", "Song sheet", "/song", "song", Right.LOOK),
        ("tasks", "Tasks", "/tasks", "task", Right.LOOK),
        ("calendar", "Calendar", "/calendar", "calendar", Right.LOOK),
    ],
    [
        ("buyers", "Buyers", "/buyers", "buyers", Right.LOOK),
        ("leads", "Leads", "/leads", "leads", Right.LOOK),
        ("enquiries", "Enquiries", "/enquiries", "question", Right.LOOK),
        ("returns", "Returns", "/returns", "undo", Right.LOOK),
        ("deals", "Deals", "/deals", "deals", Right.LOOK),
        ("touches", "Touches", "/touches", "talk", Right.LOOK),
        ("campaigns", "Campaigns", "/campaigns", "campaigns", Right.LOOK),
        ("duplicates", "Duplicates", "/duplicates", "merge", Right.LOOK),
        ("forbidden", "Do not contact", "/do-not-contact", "stop", Right.LOOK),
    ],
    [
        ("incoming", "Incoming", "/incoming", "leads", Right.LOOK),
        ("found", "Get found", "/found", "place", Right.LOOK),
        ("said", "Said and recorded", "/sources/said", "talk", Right.LOOK),
        ("links", "Links", "/links", "link", Right.LOOK),
        ("forms", "Forms", "/forms", "note", Right.FRONT),
        ("appointments", "Appointments", "/appointments", "calendar", Right.LOOK),
        ("sites", "Sites", "/sites", "visit", Right.LOOK),
        ("hooks", "Hooks", "/hooks", "handoff", Right.FRONT),
    ],
    [
        ("imports", "Imports", "/imports", "imports", Right.IMPORT),
        ("agreements", "Agreements", "/agreements", "agreements", Right.LOOK),
        ("promises", "Promises", "/promises", "check", Right.LOOK),
        ("duties", "Duties", "/duties", "board", Right.LOOK),
        ("load", "Load", "/load", "numbers", Right.LOOK),
        ("team", "Team", "/team", "team", Right.LOOK),
        ("parked", "Parked work", "/parked", "parked", Right.PARKED),
        ("webhooks", "Webhooks", "/webhooks", "send", Right.HOUSE),
        ("settings", "Settings", "/settings", "settings", Right.HOUSE),
    ],
]
