"""What Aldermoor has agreed: signed on the first day as one department, and one that waits for a key."""

from datetime import datetime, time, timedelta

from songsheet.agreements.actions import edit, offer, propose
from songsheet.agreements.kinds.qualified_lead import Criterion, Enough, QualifiedLead, Question
from songsheet.agreements.kinds.responsibilities import Responsibilities
from songsheet.agreements.kinds.responsibilities import starter as every_duty
from songsheet.agreements.kinds.tiers_and_routing import (
    Gates,
    LastResort,
    Marks,
    SameCompany,
    TierRule,
    TiersAndRouting,
)
from songsheet.agreements.models import Version
from songsheet.agreements.signing_actions import sign
from songsheet.agreements.terms import Terms
from songsheet.config.demo.company import BASELINE, TUESDAY, ZONE
from songsheet.team.acting import Acting, as_member
from songsheet.team.models import Member

FOR_MARKETING, FOR_SALES = "Tom Lindqvist", "Marcus Thorne"
_FIRST_DAY = datetime.combine(BASELINE, time(9, 30), ZONE)
_MONDAY = TUESDAY - timedelta(days=1)
#: Duty → owner, deputy, minutes a week. What is not here nobody has; Priya has too much.
_DUTIES = {
    "Sales material": ("Carla Steiner", "Tom Lindqvist", 240),
    "Direct mail": ("Jude Ellery", "Bea Fairley", 120),
    "Website": ("Rohan Mehta", "Bea Fairley", 480),
    "Generating leads": ("Tom Lindqvist", "Bea Fairley", 360),
    "Communication with customers": ("Bea Fairley", "Ines Carvalho", 240),
    "Promotions and programmes that create leads": ("Bea Fairley", "Jude Ellery", 300),
    "Awareness": ("Carla Steiner", "", 180),
    "Advertising": ("Rohan Mehta", "Carla Steiner", 420),
    "Telemarketing": ("Lena Hoffmann", "Diane Mercer", 300),
    "Email campaigns": ("Jude Ellery", "Bea Fairley", 480),
    "Hunting for new business": ("Conor Daly", "Hannah Whitlock", 300),
    "Visiting and servicing customers": ("Priya Raman", "Conor Daly", 720),
    "Following up all leads and the pre-qualified ones": ("Diane Mercer", "Lena Hoffmann", 600),
    "Solving customers' issues": ("Peter Walsh", "Priya Raman", 900),
    "Chasing past-due accounts": ("Gwen Harcourt", "", 240),
    "Networking": ("Marcus Thorne", "Matthias Roth", 180),
    "Communications and proposals": ("Priya Raman", "Katja Nowak", 780),
    "Securing and answering RFPs": ("Marcus Thorne", "Priya Raman", 360),
    "Solving billing issues": ("Gwen Harcourt", "Peter Walsh", 300),
    "Appointments with decision makers": ("Priya Raman", "Elin Sjöberg", 420),
    "Forecasting revenue from accounts, prospects and suspects": ("Marcus Thorne", "Amara Diallo", 120),
    "Projecting opportunities": ("Marcus Thorne", "Amara Diallo", 60),
    "Keeping the CRM up to date": ("Priya Raman", "Conor Daly", 480),
}


def agree() -> None:
    """Sign what is signed, as long as it is not; offer what waits for sales."""
    tom, marcus = (as_member(Member.objects.get(name=name)) for name in (FOR_MARKETING, FOR_SALES))
    both = [tom, marcus]
    for kind, terms in _signed().items():
        _sign(kind, both, _FIRST_DAY, terms)
    if not Version.objects.filter(agreement__kind="qualified_lead", number=2).exists():
        propose("qualified_lead", body=_sharper().model_dump(mode="json"), by=tom, at=_MONDAY)
    _sign("qualified_lead", [tom], _MONDAY, number=2)


def _signed() -> dict[str, Terms | None]:
    """What both signed on the first day; without terms of their own the starter."""
    return {
        "service_levels": None,
        "leak_thresholds": None,
        "return_reasons": None,
        "expectations": None,
        "qualified_lead": _definition(),
        "tiers_and_routing": _routing(),
        "responsibilities": _board(),
    }


def _sign(
    kind: str, members: list[Acting], at: datetime, terms: Terms | None = None, number: int = 1
) -> None:
    draft = Version.objects.filter(agreement__kind=kind, number=number, state=Version.State.DRAFT).first()
    if draft is None:
        return
    if terms:
        draft = edit(draft.key, terms.model_dump(mode="json"), seen=draft.hash, by=members[0], at=at)
    offer(draft.key, by=members[0], at=at)
    for member in members:
        sign(draft.key, hash=draft.hash, by=member, at=at)


def _definition() -> QualifiedLead:
    """Firms of 20 to 500 people where Aldermoor delivers, that may be contacted and ask for something."""
    return QualifiedLead(
        criteria=[
            Criterion(name="Can be reached", about="completeness", looks_at="mail", test="is_known",
                      needed=True),
            Criterion(name="May be contacted", about="permission", looks_at="consent", test="is_known",
                      needed=True),
            Criterion(name="We deliver there", about="fit", looks_at="country", test="is_one_of",
                      values=["GB", "IE", "DE", "SE"], needed=True),
            Criterion(name="Large enough", about="fit", looks_at="people_count", test="at_least", number=20,
                      points=30),
            Criterion(name="Not too large", about="fit", looks_at="people_count", test="at_most", number=500,
                      points=10),
            Criterion(name="Says what they want", about="interest", looks_at="wants", test="is_known",
                      points=30),
            Criterion(name="Came to us", about="interest", looks_at="touches", test="at_least", number=2,
                      points=20),
            Criterion(name="Recently", about="interest", looks_at="days_since_touch", test="at_most",
                      number=30, points=10),
        ],
        enough=Enough(points=60),
        questions=[Question(asks="By when do they want to sit there?"), Question(asks="Who else decides?")],
    )  # fmt: skip


def _sharper() -> QualifiedLead:
    """What marketing offers since Monday: no firm that is too small, and a date that was asked for."""
    before = _definition()
    small = [
        one.model_copy(update={"needed": True}) if one.name == "Large enough" else one
        for one in before.criteria
    ]
    asked = [before.questions[0].model_copy(update={"needed": True}), *before.questions[1:]]
    return before.model_copy(update={"criteria": small, "questions": asked})


def _routing() -> TiersAndRouting:
    return TiersAndRouting(
        tiers=[
            TierRule(tier="hot", points=90, mentions=["call me", "quote", "asked for a call"], to="guide",
                     method="round_robin", queue="Website"),
            TierRule(tier="ready", points=60, to="guide", method="account_owner", queue="Website"),
            TierRule(tier="concierge", points=20, to="concierge", method="least_loaded", queue="Website"),
            TierRule(tier="nurture", points=0, to="marketer", method="queue", queue="Website"),
        ],
        gates=Gates(),
        same_company=SameCompany(),
        marks=Marks(
            deal_seekers=["discount", "cheapest", "best price"],
            named_accounts=["mistral.example", "tamar.example"],
        ),
        weights=[],
        last_resort=LastResort(queue="Website", shout_after=60),
    )  # fmt: skip


def _board() -> Responsibilities:
    """Every duty of the two sides; nobody has social media, cold calls and call sheets."""
    keys = dict(Member.objects.values_list("name", "key"))
    before = every_duty()
    duties = []
    for duty in before.duties:
        owner, deputy, minutes = _DUTIES.get(duty.name, ("", "", 0))
        whose = {"owner": keys.get(owner, ""), "deputy": keys.get(deputy, ""), "minutes_a_week": minutes}
        duties.append(duty.model_copy(update=whose))
    return before.model_copy(update={"duties": duties})
