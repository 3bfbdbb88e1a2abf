"""Which agreed source somebody means by what they said. Pure."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from songsheet.base.text import fold

#: Words of buyers → the sources that they can mean; the first that is in the vocabulary counts. Folded.
_NEAR: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("colleague", "friend", "neighbour", "recommended", "recommendation", "referred", "word of mouth",
         "told me", "a customer of yours", "kollege", "kollegin", "freund", "freundin", "empfehlung",
         "empfohlen", "collegue", "ami", "amie", "bouche a oreille", "recommandation", "conseille"),
        ("Referral", "Referrals", "Recommendation", "Word of mouth", "Customer referral"),
    ),
    (
        ("trade fair", "trade show", "fair", "exhibition", "booth", "messe", "messestand", "salon", "foire"),
        ("Trade show", "Trade shows", "Trade fair", "Fair", "Event", "Events"),
    ),
    (
        ("chatgpt", "copilot", "perplexity", "gemini", "an assistant", "chatbot"),
        ("AI assistants",),
    ),
    (
        ("linkedin", "facebook", "instagram", "youtube", "tiktok", "xing", "social media", "social network"),
        ("Social media", "Organic social", "Social"),
    ),
    (
        ("google", "bing", "duckduckgo", "ecosia", "search", "searched", "searching", "gegoogelt", "suche",
         "suchmaschine", "internetsuche", "recherche", "moteur de recherche"),
        ("Organic search", "Search", "Paid search"),
    ),
    (
        ("advert", "advertisement", "ad", "banner", "billboard", "anzeige", "werbung", "plakat", "publicite",
         "annonce"),
        ("Advertising", "Advertisement", "Display", "Paid search"),
    ),
    (("newsletter", "mailing", "e-mail", "email", "mail"), ("Mail", "Email", "Newsletter", "Email campaign")),
    (("webinar", "seminar", "webinaire"), ("Webinar", "Webinars", "Seminar")),
    (
        ("magazine", "newspaper", "press", "an article", "zeitung", "zeitschrift", "journal", "la presse"),
        ("Press", "Public relations", "PR"),
    ),
    (("your website", "website", "web site", "webseite", "site web"), ("Website", "Direct")),
)  # fmt: skip
#: A name of the vocabulary that is shorter is looked for as the whole answer alone.
_SHORTEST = 4
_AS_NEAR = 0.84


def meant_by(said: str, vocabulary: Mapping[str, str], told: Mapping[str, str]) -> str:
    """The name of the source that these words mean, or nothing. `vocabulary` and `told` by folded words: the
    agreed sources, and what members said that words mean, which goes before all but a source's own name."""
    words = fold(said)
    if not words:
        return ""
    if words in vocabulary:
        return vocabulary[words]
    if words in told:
        return told[words]
    for known, shortest in ((told, 1), (vocabulary, _SHORTEST)):
        within = [one for one in known if len(one) >= shortest and _holds(words, one)]
        if within:
            return known[max(within, key=lambda one: (len(one), one))]
    near = get_close_matches(words, sorted(vocabulary), n=1, cutoff=_AS_NEAR)
    return vocabulary[near[0]] if near else _by_near_words(words, vocabulary)


def _by_near_words(words: str, vocabulary: Mapping[str, str]) -> str:
    for spoken, sources in _NEAR:
        if any(_holds(words, one) for one in spoken):
            for name in sources:
                if fold(name) in vocabulary:
                    return vocabulary[fold(name)]
    return ""


def _holds(words: str, phrase: str) -> bool:
    """Whether the phrase stands in it as whole words."""
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", words) is not None
