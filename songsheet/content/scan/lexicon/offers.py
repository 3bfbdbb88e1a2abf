"""What buyers are promised again and again, as ideas that stand together; a fact's name names its offer."""

from songsheet.content.scan.lexicon import of_words

#: Ideas in a fact's name that make it this offer; then the ideas of which one set must stand in a clause.
OFFERS: dict[str, tuple[frozenset[str], tuple[frozenset[str], ...]]] = {
    "free_delivery": (
        frozenset({"deliver", "free"}),
        (
            frozenset({"deliver", "free"}),
            frozenset({"frei_haus"}),
            frozenset({"van", "free"}),
            frozenset({"deliver", "include"}),
            frozenset({"deliver", "we_bear"}),
            frozenset({"deliver", "charge", "none"}),
        ),
    ),
    "money_back": (
        frozenset({"money_back"}),
        (
            frozenset({"money_back"}),
            frozenset({"refund", "all_money"}),
            frozenset({"refund", "in_full"}),
            frozenset({"return", "all_money"}),
        ),
    ),
    "price_match": (
        frozenset({"price", "match"}),
        (frozenset({"match_price"}), frozenset({"match", "cheaper"}), frozenset({"match", "rival"})),
    ),
    "next_day": (
        frozenset({"deliver", "next_day"}),
        (
            frozenset({"deliver", "next_day"}),
            frozenset({"furniture", "next_day"}),
            frozenset({"order", "next_day"}),
        ),
    ),
    "building_work": (frozenset({"do_work"}), (frozenset({"building_work", "do_work"}),)),
    "removal": (
        frozenset({"removal"}),
        (
            frozenset({"removal"}),
            frozenset({"your_things", "elsewhere_to"}),
            frozenset({"your_things", "store_it"}),
        ),
    ),
    "hire": (frozenset({"hire", "short"}), (frozenset({"hire", "short"}),)),
    "other_makes": (frozenset({"repair", "other_makes"}), (frozenset({"repair", "other_makes"}),)),
    "cancel": (
        frozenset({"lease", "cancel"}),
        (frozenset({"cancel", "any_time", "lease"}), frozenset({"no_term"})),
    ),
}
#: Words of a fact's name that say nothing of what it is.
EMPTY_NAMES = of_words(
    """
    service services offer offering offered price gb eu number from
    """
)
#: Of an offer's name the price is a part.
EMPTY_OFFERS = frozenset(["service", "services", "offer", "offering", "offered"])
#: An offer may be spread over so many words.
WIDEST_OFFER = 8
