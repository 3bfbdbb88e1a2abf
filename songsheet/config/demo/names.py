"""Invented names by country, and numbers that the authorities keep free for fiction."""


def _words(text: str) -> list[str]:
    return text.split()


#: Country → language, zone, share of the buyers.
COUNTRIES: dict[str, tuple[str, str, float]] = {
    "GB": ("en", "Europe/London", 0.52),
    "DE": ("de", "Europe/Berlin", 0.26),
    "SE": ("sv", "Europe/Stockholm", 0.13),
    "IE": ("en", "Europe/Dublin", 0.09),
}
CURRENCY = {"GB": "GBP", "DE": "EUR", "SE": "EUR", "IE": "EUR"}

GIVEN = {
    "GB": _words(
        "Callum Emeka Hannah Imogen Rhys Noor Gareth Fiona Leila Duncan Priti Owen Marcus Bethan Alistair "
        "Yasmin Oliver Grace Kwame Eilidh Daniel Ruby Tomasz Amira Stuart Nadia Lewis Charlotte Idris Megan "
        "Hugo Saffron"
    ),
    "DE": _words(
        "Anke Jürgen Sabine Matthias Heike Torsten Ulrike Lars Birgit Emre Franziska Holger Ayşe Stefan "
        "Katrin Uwe Marta Björn Petra Florian Antje Cem Silke Andreas Jana Rainer Elif Dirk Nicole Malte "
        "Greta Volker"
    ),
    "SE": _words(
        "Henrik Elin Gustav Åsa Johan Linnea Magnus Sofia Anders Karin Viktor Maja Lars Ingrid Emil Hanna "
        "Nils Frida Olof Ebba Mikael Amina Fredrik Sara Rikard Tuva Kerstin Axel Malin Torbjörn Saga Ulf"
    ),
    "IE": _words(
        "Aoife Conor Niamh Seán Ciara Padraig Orla Declan Sinéad Fergal Róisín Eoin Gráinne Brendan Maeve "
        "Cillian Lucía Darragh Una Cormac Siobhán Tadhg Áine Ronan Deirdre Oisín Caoimhe Liam Nuala Colm "
        "Eimear Shane"
    ),
}
FAMILY = {
    "GB": _words(
        "Okonta Reid Haddad Ashdown Pemberley Whitlock Tregear Bannister Osei Kaur Fairhurst Lockyer Mbeki "
        "Penrose Hollis Varma Stroud Wetherby Achebe Garside Thackray Oyelaran Bramwell Pickles Farrow Desai "
        "Elsworth Nkemelu Hathaway Rowntree Sandhu Cobham Trevelyan Marlow Okeke Denholm"
    ),
    "DE": _words(
        "Vogel Kowalczyk Brandes Lindenau Hoffstedt Yılmaz Krämer Wiesner Oberländer Schomburg Demir "
        "Falkenried Ziegler Petzold Grünwald Rademacher Nowak Tiedemann Achterberg Burghardt Kessler Mertens "
        "Öztürk Steinhöfel Weidner Quandt Haverkamp Lorenz Pohlmann Reuter Seidl Tannert Ulbrich Wendt "
        "Jessen Imhof"
    ),
    "SE": _words(
        "Sørby Lindahl Kvist Bergström Hallqvist Sandell Nyberg Ekström Forslund Wallin Dahlgren Öhman Rosén "
        "Holmér Strandberg Tärnby Ljung Akbari Hedlund Norling Söderman Viklund Brolin Engdahl Fagerlund "
        "Grahn Hassan Isaksson Klang Lagerkvist Mossberg Palmgren Ringdahl Sjödin Thunell Wester"
    ),
    "IE": _words(
        "Ferrer Daly Kinsella Mulvaney Brosnan Gilhooly Tierney O’Rahilly Mac Carney Devane Hanrahan Scully "
        "Fogarty Lacey Twomey Bracken Considine Dillane Enright Furlong Geoghegan Heaney Keaveney Lohan "
        "Moriarty Noonan Prunty Rafferty Sweetman Tuohy Ward Canavan Ahearn Bolger Cusack"
    ),
}
CITIES = {
    "GB": _words("Bristol Leeds Manchester Birmingham Sheffield London Edinburgh Glasgow"),
    "DE": _words("Berlin Frankfurt Hamburg Köln München"),
    "SE": _words("Göteborg Malmö Stockholm"),
    "IE": _words("Dublin Cork Galway"),
}
#: Number blocks kept free for fiction: a city's prefix and how many digits follow.
PHONES: dict[str, tuple[str, int]] = {
    "Bristol": ("+441174960", 3), "Leeds": ("+441134960", 3), "Manchester": ("+441614960", 3),
    "Birmingham": ("+441214960", 3), "Sheffield": ("+441144960", 3), "London": ("+442079460", 3),
    "Edinburgh": ("+441314960", 3), "Glasgow": ("+441414960", 3), "Berlin": ("+493023125", 3),
    "Frankfurt": ("+496990009", 3), "Hamburg": ("+494066969", 3), "Köln": ("+492214710", 3),
    "München": ("+498999998", 3), "Göteborg": ("+463139006", 2), "Malmö": ("+4640628042", 1),
    "Stockholm": ("+468465004", 2), "Dublin": ("+35320911", 4), "Cork": ("+35320914", 4),
    "Galway": ("+35320916", 4),
}  # fmt: skip
FIRST = _words(
    "Brightmoor Nordlys Zielona Fenwick Isar Kade Tamar Mistral Halden Northgate Kvarn Lumen Ostara Pell "
    "Quayside Ravenscar Sable Thornbury Umbra Vesper Wharf Yarrow Zephyr Alder Birken Calder Drift Elm "
    "Ferrow Gable Hazel Inver Juniper Kestrel Larch Merrow Nettle Otter Pike Quill Rowan Stave Tarn Ulm Vale "
    "Willow Arden Bracken Cobalt Dune Ember Fathom Granit Heron Iris Jade Kite Linden Marl Noble Onyx Prism"
)
#: Industry → what such companies call themselves, by country.
TRADES: dict[str, dict[str, str]] = {
    "Dental practices": {"GB": "Dental", "DE": "Praxisverbund", "SE": "Tandvård", "IE": "Dental Care"},
    "Law": {"GB": "Solicitors", "DE": "Rechtsanwälte", "SE": "Advokater", "IE": "Solicitors"},
    "Accounting": {"GB": "Accountants", "DE": "Steuerberatung", "SE": "Redovisning", "IE": "Accountants"},
    "Architecture": {"GB": "Architects", "DE": "Architekten", "SE": "Arkitekter", "IE": "Architects"},
    "Logistics": {"GB": "Freight", "DE": "Logistik", "SE": "Logistik", "IE": "Freight"},
    "Software": {"GB": "Software", "DE": "Software", "SE": "Mjukvara", "IE": "Software"},
    "Food": {"GB": "Foods", "DE": "Lebensmittel", "SE": "Livsmedel", "IE": "Foods"},
    "Surveying": {"GB": "Surveyors", "DE": "Vermessung", "SE": "Mätteknik", "IE": "Surveyors"},
    "Insurance": {"GB": "Insurance", "DE": "Versicherungsdienst", "SE": "Försäkring", "IE": "Insurance"},
    "Education": {"GB": "Training", "DE": "Akademie", "SE": "Utbildning", "IE": "Training"},
}
TITLES = (
    "Practice manager",
    "Office manager",
    "Founder",
    "Facilities lead",
    "Managing partner",
    "Head of operations",
    "Finance director",
    "Head of people",
    "Architect",
    "Assistant to the board",
    "Partner",
    "Site manager",
)
