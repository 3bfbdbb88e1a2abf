"""What stands in Aldermoor's touches, deals and tasks: subjects, and what buyers said, in their words."""


def _lines(text: str) -> list[str]:
    return text.split("|")


#: What a buyer wants, in one line of the list.
WANTS = _lines(
    "{n} desks and a reception, fitted by {month}|Lease or buy {n} seats, both side by side|"
    "{n} sit-stand desks for a second floor|Chairs for {n}, before the audit in {month}|"
    "Quiet rooms and {n} desks for a new team|Refit of two floors, {n} people, room by room|"
    "Meeting tables for three rooms, {n} seats|Storage and {n} desks after a merger|"
    "A move in {month}, {n} people, old desks taken back|{n} desks for people who are in twice a week"
)
#: Words of a form or a first mail.
ASKS = _lines(
    "We move in {month} and need {n} desks. Is the fitting in the price?|"
    "Can you send numbers for {n} seats, bought and leased?|"
    "Our last refit took nine days. How long do you need for {n} people?|"
    "We cannot shut for a week because of desks. Can you fit in the evenings?|"
    "What does delivery cost to our town? We have no lift.|Do you take old furniture back?|"
    "Three quotes, three different things. Can somebody explain yours?|"
    "I need something my partners can sign by {month}.|"
    "Is there a practice near us that you fitted? We would like to see one.|"
    "{n} people, two sites, one invoice. Is that possible?|What happens if {month} slips?|"
    "Could we try four chairs before we order {n}?"
)
ANSWERS = _lines(
    "It is {n} people now, not fewer.|We compare two offers and see no difference yet.|"
    "My partner wants to read the terms on returns.|The date holds: {month}.|"
    "Please call after four, I see patients until then.|The budget goes to the board next week.|"
    "That is more than we thought. What can we leave out?|Thank you, that answers it.|"
    "Who pays if the floor plan is wrong?|We like the oak. Is it in stock?|Send me the leasing again, please."
)
CALLS = _lines(
    "First call: heard what they need|Called about the date|Called about delivery and fitting|"
    "Talked through the floor plan|Called: asked who else decides|Called about the two quotes|"
    "Called to hear whether the plan fits|Called about leasing"
)
CALLS_AGAIN = CALLS[1:]
CALL_NOTES = _lines(
    "Wants one price that names delivery and fitting.|Decides with a partner; both must like the chairs.|"
    "Went badly last time: was the site manager for nine days.|Compares us with a web shop.|"
    "Patients keep coming, so room by room.|Needs it before the lease ends.|"
    "Asked twice about returns. Said what is true.|Would lease if it can be bought out after three years.|"
    "Has no electrician yet; I sent the plan for one.|Not reached; left word with reception."
)
MAILS = _lines(
    "Your questions, answered one by one|Numbers for {n} seats|The floor plan we spoke of|"
    "Fitting dates in writing|What delivery to you costs|Two practices near you that we fitted|"
    "Leasing and buying, side by side|A short summary of our call"
)
MEETINGS = _lines(
    "Visit on site with tape measure|Floor plan gone through together|Showroom visit|"
    "Chairs tried by the team|Proposal read together"
)
PAGES = _lines(
    "the page on delivery|the page on fitting|prices|leasing in plain words|a story of a practice in Bristol|"
    "the chair configurator|sit-stand desks|who we are|returns|the floor planner|reception desks|"
    "questions and answers"
)
#: By the language of the buyer's country.
SEARCHES = {
    "en": _lines(
        "reception desk dental practice|office furniture lease|sit stand desks office|desks with fitting|"
        "refit office one week|aldermoor furniture"
    ),
    "de": _lines("Büromöbel Leasing|Schreibtische mit Aufbau|Praxis Empfangstresen|Büroeinrichtung mieten"),
    "sv": _lines("kontorsmöbler leasing|höj- och sänkbara skrivbord|kontor inredning pris"),
}
NEXT_STEPS = _lines(
    "Send the proposal with the fitting dates|Visit with operations|Numbers for leasing|Call after their "
    "board|Find a reference nearby|Send the floor plan|Agree who signs|Confirm the delivery zone"
)
TASKS = _lines(
    "Call about the date|Send numbers|Ask who signs besides them|Send the floor plan|Hear what the board "
    "said|Name two practices nearby|Put the fitting dates in writing"
)
MONTHS = _lines("January|February|March|April|May|June|July|August|September|October|November|December")

LOST = _lines(
    "Price alone decided|Chose a web shop|No difference seen to the other offer|Delivery took too long|"
    "Believed shipping was free|Kept the old furniture"
)
NO_DECISION = _lines(
    "Project stopped|Board did not decide|Could not choose between the options|Moved to next year"
)
RELEASED = _lines(
    "We are not right for you: two desks only|We are not right for you: they need cabling|Too far to fit"
)
DISQUALIFIED_PRIVATE = _lines(
    "Wrong target: a student|Wrong target: a private buyer|Looking for a job|Cannot be reached"
)
DISQUALIFIED = _lines(
    "Wrong target: too small to fit|No budget this year|Already bought|Competitor|Cannot be reached|"
    "Wanted one chair only"
)
SWEPT = "Never followed up; closed at the baseline"
DO_NOT = ("Asked not to be called again", "No longer with the company", "Said no in writing")
#: Untrue claims of the old material: name → how a buyer met it, and what it said.
UNTRUE = {
    "Shipping is free": ("Read “Furnishing a practice”, edition 2", "It said: shipping is free."),
    "You get your money back": (
        "Asked our speaker about returns",
        "He answered: you get your money back, no questions.",
    ),
    "We install power and data": ("Read advertisement B", "It said: power and data installed in a week."),
}
