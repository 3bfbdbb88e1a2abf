"""Who speaks in a text, and of whom: us, a buyer, somebody else; by language."""

import re

OTHERS = {
    "en": re.compile(
        r"\b(?:competitors?|rivals?|web ?shops?|online shops?|other (?:firms?|makers?|suppliers?|shops?|"
        r"houses|vendors?)|"
        r"others (?:promise|say|offer|claim|write|give)|some (?:shops?|suppliers?|firms?|makers?)|"
        r"elsewhere you|their (?:ads?|site|page|leaflet|brochure|website|offer|terms|word)|they (?:say|"
        r"said|promised?|offer(?:ed)?|"
        r"give|gave|do|will|claim(?:ed)?|write|wrote|deliver|charge)|theirs|third part(?:y|ies)|rental firm|"
        r"(?:your|my|our|own|old|present|current) (?:own |old |present |current )?(?:supplier|landlord|"
        r"dealer next door|neighbours?|caterer|bank|insurer|"
        r"telephone company|removers?)|"
        r"it says on|the (?:ad|advert|advertisement|sticker|label) (?:says|said|read)|its maker|"
        r"another (?:firm|maker|shop|"
        r"supplier|house)|my car|^(?:he|she)|(?:many|most|some|several|other|certain|big|large|a|an|one|"
        r"the) (?:\w+ ){0,3}(?:dealers?|retailers?|"
        r"houses?|companies|providers?|vendors?|suppliers|shops?|stores?|makers?|sellers?|"
        r"sites?) (?:promise|offer|give|say|"
        r"advertise|claim|repair|deliver|ship|write|allow|guarantee)s?|next door (?:says|offers|promises)|"
        r"(?:discounter|furniture giant|chain|retailer|marketplace)s?)\b"
    ),
    "de": re.compile(
        r"\b(?:mitbewerb\w*|wettbewerb\w*|konkurren\w*|andere(?:r|n)? (?:anbieter|hersteller|firmen|"
        r"handler)\w*|"
        r"nicht von uns|der anbieter|ein anbieter|beim anbieter|versandhandler|online ?shop\w*|discounter|"
        r"nachbar\w*|vermieter\w*)\b"
    ),
    "fr": re.compile(
        r"\b(?:concurren\w*|enseigne\w*|d['’ ]autres (?:fournisseurs|marques|maisons|fabricants)|"
        r"certains fournisseurs|"
        r"un site|traiteur|prestataire|bailleur|voisin\w*|rivale?s?)\b"
    ),
}
#: How a sentence goes on about those of the one before.
THEY = re.compile(r"(?:they|theirs|it|two|one|all|he|she|sie|ils?|elles?|dort|those)\b")
#: How a sentence goes on about the time of the one before, and how one ends what stood before it.
THEN = re.compile(
    r"^(?:back then|at that time|then|damals|a l epoque|in those days)"
    r"|\b(?:was|were|had|came|gab|hatten|war|waren|avions|etait)\b"
)
OVER_NOW = re.compile(r"\b(?:those days|its gone|is gone|are gone|the rule went|no longer|ended)\b")
#: Somebody with a name promises: "Deskwerk gives 60 days".
NAMED = re.compile(
    r"\b([A-ZÄÖÜÉ][\w&-]+(?: (?:& )?[A-Z][\w&-]+)*) "
    r"(?:gives?|gave|offers?|offered|promises|promised|says|said|claims|claimed|delivers|ships|advertises|"
    r"advertised|guarantees|"
    r"bietet|verspricht|wirbt|liefert|gibt|promet|offre|livre|garantit|annonce)\b"
)
#: Whoever speaks behind such a name asks; what is said belongs to the buyer until the next name.
BUYER_SPEAKS = re.compile(
    r"(?:^|(?<=[.!?/\n] ))\s*(?:buyer|visitor|customer|client|lead|prospect|kundin|kunde|interessent\w*|"
    r"besucher\w*|client\w*|"
    r"acheteu\w+|visiteu\w+|q|frage|question)\s*:",
    re.I | re.M,
)
WE_SPEAK = re.compile(
    r"(?:^|(?<=[.!?/\n] ))\s*(?:guide|agent|we|us|sales|advisor|team|berater\w*|wir|nous|conseill\w+|a|"
    r"antwort|reponse|"
    r"answer|reply)\s*:",
    re.I | re.M,
)
#: Who promises, and to whom; in a tender by their role.
OURS = {
    "en": re.compile(
        r"\b(?:we|our|ours|us|you|your|yours|i|my|me|were|well|youll|bidder|supplier|tenderer|contractor|"
        r"lets)\b"
    ),
    "de": re.compile(r"\b(?:wir|uns|unser\w*|sie|ihr\w*|ihnen|ich|mein\w*|bieter\w*|auftragnehmer\w*)\b"),
    "fr": re.compile(r"\b(?:nous|notre|nos|vous|votre|vos|je|mon|ma|mes|soumissionnaire|titulaire)\b"),
}
#: Those of whom a sentence speaks without us in it.
THIRD = {
    "en": re.compile(
        r"\b(?:they|their|them|theirs|he|she|his|her|its|promises|offers|gives|claims|advertises|boasts|"
        r"swears|sells|says|"
        r"writes|announces)\b"
    ),
    "de": re.compile(
        r"\b(?:verspricht|bietet|wirbt|gibt|verkauft|schreibt|behauptet|er|dort|deren|dessen)\b"
    ),
    "fr": re.compile(r"\b(?:promet|offre|annonce|vend|ecrit|pretend|ils?|elles?|leurs?|chez eux)\b"),
}
