"""Why something was proposed, in a sentence that a person can check."""

from songsheet.content.scan.claims import Said
from songsheet.content.scan.song import Fact, Kind

_CLAIM = {
    Kind.EXACT: "repeats *{key}* word for word",
    Kind.INFLECTION: "says *{key}* with the same words in other forms: “{text}”",
    Kind.ORDER: "says *{key}* with its words in another order: “{text}”",
    Kind.NEAR: "says *{key}* but for typing errors: “{text}”",
    Kind.VARIANT: "says the same as *{key}* in other words: “{text}”",
}


def why_claim(said: Said) -> str:
    return _CLAIM[said.kind].format(key=said.wording.claim.key, text=said.wording.text)


def why_unqualified(said: Said, qualifier: str) -> str:
    return f"says *{said.wording.claim.key}* without what must stand with it: “{qualifier}”"


def why_number(fact: Fact, words: str) -> str:
    """Says 60 days where *returns.days* is 30 days."""
    return f"says {words} where *{fact.key}* is {told(fact)}" + (
        f"; it was {told(fact, fact.before)} before" if fact.before is not None else ""
    )


def why_offered(fact: Fact) -> str:
    return f"offers what we do not offer, *{fact.key}*: {fact.says[:1].lower()}{fact.says[1:]}"


def told(fact: Fact, value: object = None) -> str:
    """What a fact says, as a person would write it."""
    value = fact.value if value is None else value
    if isinstance(value, bool) or not isinstance(value, int):
        return str(value)
    if fact.type == "money":
        return f"{value / 100:,.2f} {fact.unit}".replace(".00", "")
    if fact.type == "percentage":
        return f"{value / 100:g} %"
    return f"{value} {fact.unit}".strip()
