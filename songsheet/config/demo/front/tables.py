"""What Aldermoor's front doors are called: pages, links, consent texts. Literal tables."""

from dataclasses import dataclass

MAIN, NOTES = "https://www.aldermoor.example", "https://notes.aldermoor.example"
#: As a touch says it → path and title of the page.
PAGES = {
    "the page on delivery": ("/delivery", "Delivery"),
    "the page on fitting": ("/fitting", "Fitting"),
    "prices": ("/prices", "Prices"),
    "leasing in plain words": ("/leasing", "Leasing in plain words"),
    "a story of a practice in Bristol": ("/stories/bristol", "A practice in Bristol"),
    "the chair configurator": ("/chairs", "Chairs"),
    "sit-stand desks": ("/desks", "Sit-stand desks"),
    "who we are": ("/about", "Who we are"),
    "returns": ("/returns", "Returns"),
    "the floor planner": ("/planner", "Floor planner"),
    "reception desks": ("/reception", "Reception desks"),
    "questions and answers": ("/questions", "Questions and answers"),
}
START = ("/", "Aldermoor: rooms that work")
#: The site that only counts.
ARTICLES = (
    ("/quiet-rooms", "How quiet is quiet?"),
    ("/what-a-move-costs", "What a move costs"),
    ("/chairs-and-backs", "Chairs and backs"),
    ("/twice-a-week", "A desk twice a week"),
    ("/oak", "Where our oak comes from"),
)


@dataclass(frozen=True)
class Leading:
    """A tracked link: where it leads, of which source and campaign, and on which day it ends."""

    name: str
    path: str
    source: str
    campaign: str = ""
    medium: str = ""
    content: str = ""
    ends: str = ""


def _read(line: str) -> Leading:
    return Leading(*(part.strip() for part in line.split("|")))


#: name | leads to | source | campaign | medium | content | ends
LINKS = tuple(
    _read(line)
    for line in """
Invitation, June webinar|/webinars/june|Webinars|June webinar|email||2025-06-25
Invitation, September webinar|/webinars/september|Webinars|September webinar|email||2025-10-01
Invitation, November webinar|/webinars/november|Webinars|November webinar|email||2025-11-26
Invitation, February webinar|/webinars/february|Webinars|February webinar|email||2026-02-25
Invitation, March webinar|/webinars/march|Webinars|March webinar|email||2026-03-25
Invitation, A practice that calms|/webinars/practice|Webinars|May webinar: A practice that calms|email
Stand in Birmingham, code on the wall|/fairs/birmingham|Fairs|Fair, Birmingham|event|wall
Stand in Gothenburg, code on the table|/fairs/gothenburg|Fairs|Fair, Gothenburg|event|table
Stand in Cologne, code on the card|/fairs/cologne|Fairs|Fair, Cologne|event|card
Advertisement on our name|/|Search advertising|Search, our name|cpc|name
Advertisement A, desks|/desks|Search advertising|Search, desks, advertisement A|cpc|a
Advertisement B, practices|/reception|Search advertising|Search, practices, advertisement B|cpc|b
Advertisement on leasing|/leasing|Search advertising|Search, leasing|cpc|leasing
Advertisement in Germany|/de|Search advertising|Search, Germany|cpc|de
Practice guide|/guides/practice|Website|Practice guide|referral
Moving guide|/guides/moving|Website|Moving guide|referral
Samples, card in the parcel|/samples|Website|Fabric samples by post|print|parcel
Guide, directory of the trade|/guides|Website|Guide download form|referral|directory
Architects’ circle, their list|/architects|Partners|Architects’ circle|affiliate
Norrland Kontor, their page|/norrland|Partners|Norrland Kontor|affiliate
Fit-out partners, their page|/ireland|Partners|Fit-out partners, Ireland|affiliate
Mail to the list, spring|/desks|Bought lists|Bought list, spring|email|spring
Mail to the list, summer|/desks|Bought lists|Bought list, summer|email|summer
Card for friends|/friends|Referrals|Friends of the house|print|card
Open day, invitation|/open-day|Referrals|Open day, Bristol|email
Our address in signatures|/|Website||email|signature
Recommended by a customer|/friends|Referrals||referral
Named by an architect|/architects|Partners||referral
Mailing: Leasing in plain words|/leasing|Mail||email|leasing
Mailing: What a move costs|/guides/moving|Mail||email|moving
Mailing: Rooms we fitted|/stories/bristol|Mail||email|rooms
""".strip().splitlines()
)
#: Links of one person's own: name of the link, whose by their mail, where it leads, day and hour. The first
#: visit after it came by it; who was not here since did not open it.
PERSONAL = (
    ("Delivery, for Suzanne", "s.okafor@brightwater.example", "/delivery", "2026-04-30", 17),
    ("Fitting dates, for Anke", "a.vogel@isar.example", "/fitting", "2026-05-10", 9),
    ("Numbers for 26 seats, for Henrik", "h.sorby@nordlys.example", "/prices", "2026-05-06", 10),
    ("Two stories, for Joris", "j.de-wit@kade.example", "/stories/bristol", "2026-05-08", 15),
)
#: Words of the vocabulary that arrive by themselves.
WORDS = ("Direct", "Organic search", "Mail", "Social media", "AI assistants", "Other websites")
#: Words of buyers and the source that they mean.
MEANINGS = (
    ("colleague", "Referrals"), ("friend", "Referrals"), ("architect", "Partners"),
    ("google", "Search advertising"), ("webinar", "Webinars"), ("stand", "Fairs"),
)  # fmt: skip
#: How those come who were here before: source, the page before, weight.
AGAIN = (
    ("Direct", "", 46),
    ("Organic search", "www.google.com", 20),
    ("Organic search", "www.bing.com", 5),
    ("Organic search", "duckduckgo.com", 3),
    ("Mail", "outlook.live.com", 9),
    ("Social media", "www.linkedin.com", 8),
    ("AI assistants", "chatgpt.com", 4),
    ("AI assistants", "www.perplexity.ai", 2),
    ("Other websites", "officetalk.example", 3),
)
#: What browsers call themselves, and how many in a hundred use it.
AGENTS = (
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 "
     "Safari/537.36", 48),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 "
     "Safari/605.1.15", 17),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
     "Version/18.4 Mobile/15E148 Safari/604.1", 19),
    ("Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 "
     "Mobile Safari/537.36", 8),
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0", 8),
)  # fmt: skip
#: Programs: what they call themselves, their network, and what gives them away.
GATEWAY = (AGENTS[0][0], "40.94.27.0/24", "the network of a mail gateway or a robot")
CRAWLERS = (
    ("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "157.55.39.0/24",
     "calls itself a robot"),
    ("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
     "2001:db8:bad::/48", "calls itself a robot"),
    ("LinkScanner/2.1 (+https://scanner.example)", "2001:db8:5ca::/48", "calls itself a robot"),
)  # fmt: skip

#: Purpose, language, since, text.
CONSENTS = (
    ("mail", "en", "2025-03-12", "Aldermoor may send me mails about offices and furniture. I can end it with "
     "one click in each of them."),
    ("mail", "en", "2026-01-12", "Aldermoor may send me at most two mails a month about offices and "
     "furniture, and sees whether I open their links. I can end it with one click in each of them."),
    ("mail", "de", "2025-09-15", "Aldermoor darf mir höchstens zweimal im Monat über Büros und Möbel "
     "schreiben. Ich kann das in jeder Nachricht mit einem Klick beenden."),
    ("call", "en", "2025-09-15", "Aldermoor may call me about what I asked, on working days between nine and "
     "five."),
    ("tracking", "en", "2025-03-12", "Aldermoor may remember which of its pages this browser saw, so that "
     "who answers me knows what I read."),
)  # fmt: skip
