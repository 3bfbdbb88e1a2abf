"""What takes a promise back: denied, asked, somebody else's, gone, or only imagined; by language."""

import re

NEGATORS = {
    "en": frozenset(
        [
            "not",
            "no",
            "never",
            "cannot",
            "nobody",
            "none",
            "neither",
            "nor",
            "without",
            "dont",
            "doesnt",
            "wont",
            "cant",
            "isnt",
            "arent",
            "nothing",
            "excludes",
            "exclude",
            "excluded",
            "excluding",
            "rather",
            "instead",
            "unable",
            "refuse",
            "decline",
            "declined",
            "hardly",
            "nowhere",
            "except",
            "wouldnt",
            "couldnt",
            "havent",
            "hasnt",
            "didnt",
        ]
    ),
    "de": frozenset(
        [
            "nicht",
            "kein",
            "keine",
            "keinen",
            "keinem",
            "keiner",
            "keines",
            "nie",
            "niemals",
            "niemand",
            "ohne",
            "nichts",
            "weder",
        ]
    ),
    "fr": frozenset(["pas", "jamais", "aucun", "aucune", "ni", "sans", "rien", "personne", "non"]),
}
#: "If you are not happy": a condition, and no denial.
CONTENT = frozenset(
    [
        "happy",
        "satisfied",
        "content",
        "delighted",
        "pleased",
        "right",
        "convinced",
        "sure",
        "zufrieden",
        "gefallt",
        "glucklich",
        "satisfait",
        "satisfaits",
        "convaincu",
        "convaincus",
        "content",
        "contents",
        "what",
        "quite",
        "hoped",
        "expected",
    ]
)
#: The answer no, as a sentence of its own behind what was asked or said.
NO_BEHIND = {
    "en": re.compile(
        r"^(?:no\b|not (?:here|with us|ours|so|true)|we do(?: not|nt)\b|it is not\b|"
        r"that is not\b|"
        r"this is not\b|neither\b|"
        r"none of (?:this|that)|that is (?:wrong|untrue|a mistake)|both are (?:wrong|untrue))"
    ),
    "de": re.compile(r"^(?:nein\b|das (?:ist|stimmt) (?:nicht|falsch)|wir nicht|stimmt nicht)"),
    "fr": re.compile(r"^(?:non\b|c est faux|ce n est pas|pas chez nous)"),
}
#: Denials of something beside the promise: no questions asked, no need to wait.
NO_MATTER = frozenset(
    [
        "questions",
        "question",
        "fuss",
        "need",
        "matter",
        "small",
        "hidden",
        "catch",
        "reason",
        "hurry",
        "stress",
        "worries",
        "worry",
        "problem",
        "strings",
        "idea",
        "doubt",
        "extra",
        "additional",
        "supplementary",
        "later",
        "more",
        "less",
        "only",
        "longer",
        "charge",
        "fee",
        "surprise",
        "surprises",
        "paperwork",
        "exception",
        "exceptions",
    ]
)
#: A promise is not told as a story of what was.
TOLD = {
    "en": re.compile(
        r"\b(?:was|were|went|took|came|rode|saw|lasted|waited|needed|told|spent|lost|won|broke|drove|sat|"
        r"(?<!you )(?<!has )(?<!have )had|celebrated)\b"
    ),
    "de": re.compile(
        r"\b(?:war|waren|wurde|wurden|hatte|hatten|kam|kamen|ging|gingen|stand|standen|fuhr|fuhren|"
        r"dauerte|begann)\b"
    ),
    "fr": re.compile(
        r"\b(?:etait|etaient|avait|avaient|avons eu|a ete|ont ete|fut|furent|a dure|est venu|sont venus|"
        r"ont mis|a mis)\b"
    ),
}
#: These deny only what follows them: "each desk holds 120 kg without a sigh".
BEFORE_ONLY = frozenset(["without", "sans", "ohne", "rather", "instead", "except", "excluding", "hardly"])
#: A denial with one of these behind it says that something happens, but only then.
UNTIL = frozenset(["before", "until", "unless", "till", "bevor", "ehe", "avant", "que", "than"])
DENIES = {
    "en": re.compile(
        r"\b(?:not something we|not part of|beyond what we|outside (?:the|our) scope|ruled out|"
        r"may not promise|"
        r"we (?:stay|keep) (?:away|out)|is wrong|was wrong|a mistake|take (?:something|that|it) back|"
        r"by others|let separately|not ours to|leave (?:that|it|this) to|your electrician|wrong to (?:say|"
        r"print))\b"
    ),
    "de": re.compile(r"\b(?:gibt es (?:bei uns )?nicht|nicht von uns|ausgeschlossen|leider|irrtum|falsch)\b"),
    "fr": re.compile(
        r"\b(?:ne (?:faisons|proposons|offrons)|n['’ ]y touchons|reste l['’ ]affaire|erreur|desole\w*)\b"
    ),
}
PAST = {
    "en": re.compile(
        r"\b(?:used to|we once|before the|out of date|outdated|old (?:price list|brochure|leaflet|terms)|"
        r"until last|back then|at that time|at the time|in those days|those days|long ago|once upon|"
        r"there was a time|"
        r"until (?:the end of )?(?:last|[a-z]+ )?(?:19|20)(?:[01]\d|2[0-5])|in (?:[a-z]+ )?(?:19|"
        r"20)(?:[01]\d|2[0-5])\b|"
        r"ended (?:in|on|the|that|with)|no longer|any ?more|expired|discontinued|(?:of|from) (?:19|"
        r"20)(?:[01]\d|2[0-5])|"
        r"last (?:november|december|january|spring|summer|autumn|winter|year|century|march|october)|"
        r"our first years|"
        r"its gone|is gone|are gone|are over|is over|in the past|formerly|previously|the old days|"
        r"was dropped|has been dropped|"
        r"were the days|years ago|our founder|stopped in|gave (?:that|it|this) up|given up|till (?:19|"
        r"20)\d\d|before (?:19|20)\d\d|"
        r"(?:was|were) withdrawn|closed (?:that|it) in|the rule went|up to (?:19|20)\d\d)\b"
    ),
    "de": re.compile(
        r"\b(?:bis (?:ende |anfang |[a-z]+ )?(?:19|20)(?:[01]\d|2[0-5])|fruher|damals|seinerzeit|einst|"
        r"vor (?:19|20)\d\d|ehemals|nicht mehr|vorbei|"
        r"im jahr(?:e)? (?:19|20)(?:[01]\d|2[0-5])|(?:19|20)(?:[01]\d|2[0-5]) (?:gab|hatten|boten|haben)|"
        r"eingestellt|"
        r"letzte[sn] jahr\w*|vor jahren|abgeschafft|ausgelaufen)\b"
    ),
    "fr": re.compile(
        r"\b(?:autrefois|jadis|a l['’ ]epoque|jusqu['’ ]en (?:19|20)\d\d|jusqu['’ ]a (?:fin )?(?:19|"
        r"20)\d\d|naguere|"
        r"en (?:19|20)(?:[01]\d|2[0-5])|ne [\w ]{1,20} plus|n['’ ][\w ]{1,20} plus|l['’ ]an dernier|"
        r"annee derniere|avant (?:19|20)\d\d|"
        r"il y a (?:longtemps|\w+ ans)|ancienne (?:offre|brochure))\b"
    ),
}
IMAGINED = {
    "en": re.compile(
        r"\b(?:suppose|supposing|imagine|what if|if only|perhaps|maybe|would (?:be|have|need|cost|mean|"
        r"make|require)|magic wand|hypothetical\w*|were there|were we|had we|not decided|"
        r"should (?:the|we|you|it) (?:\w+ ){0,2}(?:later|ever|require|one day)|even if we|assume|assuming|"
        r"thought experiment|"
        r"if (?:we|it|there|our|one|a|the|every|you|that|they|i)(?: \w+){0,6} (?:did|were|had|gave|"
        r"offered|paid|could|would|was|"
        r"came|took|went|made|promised|let|delivered|started|began|sold|threw)|would (?:have|need|want|"
        r"cost|mean|be|like)\b.*\bif\b|"
        r"\bif\b.*\bwould|we could one day|one day we (?:may|might)|in a perfect world|"
        r"in an ideal world|dream of|wish we could|ideas? for|would we|considered|considering|"
        r"thinking about|thinking of)\b"
    ),
    "de": re.compile(
        r"\b(?:angenommen|wenn (?:\w+ ){1,7}(?:ware|waren|hatte|hatten|konnte|wurde|gabe)|vielleicht|"
        r"wurden wir|wenn wir (?:\w+ ){0,6}(?:wurden|hatten|konnten|waren|boten|gaben)|was ware|hatten wir|"
        r"gabe es|ware es|stellen sie sich vor|gesetzt den fall|falls wir|boten wir)\b"
    ),
    "fr": re.compile(
        r"\b(?:si nous (?:\w+ ){0,3}\w+ions|si (?:\w+ ){1,5}\w+(?:ait|aient)|peut etre|si l['’ ]on \w+ait|"
        r"imagin\w+|supposons|et si|si c['’ ]etait|faudrait|serait|"
        r"aurait|aurions|pourrions|dans un monde)\b"
    ),
}
ASKED = {
    "en": re.compile(
        r"\b(?:(?<!you )ask(?:s|ed|ing)? (?:\w+ ){0,3}(?:if|whether|for|about|us|at)|wonder(?:s|ed|"
        r"ing)? (?:if|whether)|"
        r"(?:want|wants|wanted|like|likes) to know|question \d+|firm [a-z] asked|somebody asked|"
        r"requirement \d+|"
        r"let (?:us|me) know (?:if|whether)|please (?:state|confirm|tick|indicate|say)|requested|"
        r"would like|enquir\w+|inquir\w+)\b"
    ),
    "de": re.compile(
        r"\b(?:fragt\w*|frage ob|ob (?:wir|sie|die|der|das)|wissen ob|mochte\w* wissen|anfrage)\b"
    ),
    "fr": re.compile(r"\b(?:demand\w+ si|est ce que|question \d+|savoir si|se demande)\b"),
}
#: Things beside the offer: what is said of them is no promise about what is sold.
BESIDE = {
    "en": re.compile(
        r"\b(?:newsletters?|catalogues?|catalogs?|brochures?|tickets?|app|software|accounts?|website|"
        r"web page|webinar|"
        r"coffee machines?|beans|bulbs?|lifts?|elevators?|ideas|samples? (?:card|book)|swatch\w*|"
        r"postcards?|calendar|"
        r"parking|wifi|wi fi|podcast|magazine|guidebook|ebook|e book|white paper|plants?|flowers|pictures|"
        r"printer\w*|copier|phones? plan|phone contracts?|mobile contracts?|fair stands?|seminars?|speech|"
        r"mugs?|t shirts?|configurator|password|download|caretaker|train|hotel|flight|menu|lunch|"
        r"sandwich\w*|cake)\b"
    ),
    "de": re.compile(
        r"\b(?:newsletter|katalog\w*|prospekt\w*|software|app|konto|eintritt\w*|karten|kaffeemaschine\w*|"
        r"webinar|muster|"
        r"zeitschrift|parkplatz\w*|kalender|broschure\w*|drucker\w*|pflanzen)\b"
    ),
    "fr": re.compile(
        r"\b(?:newsletter|lettre d['’ ]information|catalogue\w*|brochure\w*|logiciel|application|"
        r"carnet\w*|billet\w*|"
        r"traiteur|repas|parking|cafe|machine a cafe|echantillon\w*|plantes?|webinaire|secrets|idees|"
        r"abonnement)\b"
    ),
}
