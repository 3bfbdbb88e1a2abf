"""What somebody asks us, sorted by kind: by which words, to whom it goes, and by when it is answered."""

from typing import Annotated, Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import AfterValidator, Field, model_validator

from songsheet.agreements.terms import (
    Kind,
    Line,
    Lines,
    Member,
    Minutes,
    Names,
    Part,
    Terms,
    each_once,
    listed,
    named,
    working,
)
from songsheet.team.roles import Role

Sort = Literal[
    "buying", "issue", "service", "billing", "rfp", "partner", "student", "competitor", "job_seeker"
]
RoleName = Literal[
    "owner", "cro", "metrics", "guide", "concierge", "sales_manager", "marketer", "marketing_manager",
    "remarkables", "service", "finance", "operations", "administrator",
]  # fmt: skip
BUYING: Sort = "buying"
#: Kind of enquiry → what it is called. Whatever is not buying goes to somebody.
SORTS: dict[str, str | Promise] = {
    "buying": gettext_lazy("Buying"),
    "issue": gettext_lazy("Issue"),
    "service": gettext_lazy("Service"),
    "billing": gettext_lazy("Billing"),
    "rfp": gettext_lazy("RFP"),
    "partner": gettext_lazy("Partner"),
    "student": gettext_lazy("Student"),
    "competitor": gettext_lazy("Competitor"),
    "job_seeker": gettext_lazy("Job seeker"),
}
#: Kinds that are none of our business.
OUT_OF_SCOPE = ("student", "competitor", "job_seeker")
_GOING = tuple(kind for kind in SORTS if kind != BUYING)


def _is_domain(domain: str) -> str:
    if "." not in domain or any(sign in domain for sign in " @/:"):
        raise ValueError(f"“{domain}” is no domain of mail addresses. Give one such as example.com.")
    return domain.lower()


Domains = Annotated[list[Annotated[Line, AfterValidator(_is_domain)]], Field(max_length=500)]


class SortingRule(Part):
    """What makes an enquiry one of a kind. The first rule that fits decides."""

    kind: Sort = Field(title="Kind")
    mentions: Lines = Field([], title="When they mention", description="One on each line.")
    sources: Lines = Field([], title="Or it comes from these sources", description="One on each line.")
    domains: Domains = Field(
        [],
        title="Or from mail addresses of these domains",
        description="One on each line, such as example.com.",
    )

    @model_validator(mode="after")
    def _says_when(self) -> "SortingRule":
        if not (self.mentions or self.sources or self.domains):
            raise ValueError("Say when the rule fits: words, sources or domains.")
        return self

    def says(self, names: Names) -> str:
        """Such as: Billing: they mention invoice or overdue."""
        when = []
        if self.mentions:
            when.append(_("they mention %(words)s") % {"words": listed(self.mentions)})
        if self.sources:
            when.append(_("it comes from %(sources)s") % {"sources": listed(self.sources)})
        if self.domains:
            when.append(_("they write from %(domains)s") % {"domains": listed(self.domains)})
        return _("%(kind)s: %(when)s.") % {"kind": SORTS[self.kind], "when": "; ".join(when)}


class Otherwise(Part):
    """What no rule fits. Taking a buyer for somebody else costs more than the other way round."""

    kind: Sort = Field(BUYING, title="Counts as")

    def says(self, names: Names) -> str:
        """The sentence on what is left."""
        return _("What no rule fits counts as: %(kind)s.") % {"kind": SORTS[self.kind]}


class Goes(Part):
    """Who gets a kind of enquiry, and by when it is answered."""

    kind: Sort = Field(title="Kind")
    role: RoleName = Field(title="Goes to the role")
    member: Annotated[Member, Field(title="Or to this member")] = ""
    deputy: Annotated[Member, Field(title="While they are away")] = ""
    minutes: Minutes = Field(title="Answered within working minutes")

    def says(self, names: Names) -> str:
        """Such as: Billing goes to Fay Moreno, else to Finance; answered within 8 working hours."""
        role = str(Role(self.role).label)
        whom = [named(key, names) for key in (self.member, self.deputy) if key]
        said = {
            "kind": SORTS[self.kind],
            "whom": _(", else to ").join([*whom, role]),
            "time": working(self.minutes),
        }
        return _("%(kind)s goes to %(whom)s; answered within %(time)s.") % said


class EnquirySorting(Terms):
    """How enquiries are sorted, and where each kind goes."""

    rules: Annotated[list[SortingRule], Field(max_length=200)] = Field(title="Rules, the first that fits")
    otherwise: Otherwise = Field(title="What no rule fits")
    goes: Annotated[
        list[Goes],
        Field(min_length=len(_GOING), max_length=len(_GOING)),
        AfterValidator(lambda given: each_once(given, "kind")),
    ] = Field(title="Who answers")

    @model_validator(mode="after")
    def _each_kind_goes_somewhere(self) -> "EnquirySorting":
        if {one.kind for one in self.goes} != set(_GOING):
            raise ValueError("Each kind stands there once; buying makes a lead, and goes where leads go.")
        return self

    def goes_of(self, kind: str) -> Goes:
        """Who gets this kind."""
        return next(one for one in self.goes if one.kind == kind)


def starter() -> EnquirySorting:
    """A start: plain words, and the roles whose work it is."""

    def rule(kind: Sort, *mentions: str) -> SortingRule:
        return SortingRule(kind=kind, mentions=list(mentions))

    return EnquirySorting(
        rules=[
            rule("job_seeker", "job application", "my cv", "my resume", "curriculum vitae", "internship",
                 "are you hiring", "vacancy"),
            rule("student", "my thesis", "dissertation", "for my studies", "student project"),
            rule("rfp", "request for proposal", "rfp", "call for tenders", "tender"),
            rule("buying", "a quote", "quotation", "price list", "a demo", "want to buy",
                 "would like to buy"),
            rule("billing", "invoice", "invoices", "overdue", "past due", "credit note", "refund",
                 "payment reminder", "direct debit"),
            rule("issue", "broken", "damaged", "faulty", "defective", "complaint", "does not work",
                 "doesn't work", "not working", "stopped working"),
            rule("service", "warranty claim", "spare part", "spare parts", "repair", "my order", "our order",
                 "delivery date", "maintenance"),
            rule("partner", "reseller", "become a partner", "partnership", "distributor", "distribute your"),
        ],
        otherwise=Otherwise(),
        goes=[_goes(*one) for one in _STARTER],
    )  # fmt: skip


def _goes(kind: Any, role: Any, minutes: int) -> Goes:
    return Goes(kind=kind, role=role, minutes=minutes)


_STARTER = (
    ("issue", "service", 240),
    ("service", "service", 480),
    ("billing", "finance", 480),
    ("rfp", "sales_manager", 960),
    ("partner", "marketing_manager", 960),
    ("student", "marketer", 2400),
    ("competitor", "marketing_manager", 2400),
    ("job_seeker", "operations", 2400),
)

ENQUIRY_SORTING = Kind(
    "enquiry_sorting",
    gettext_lazy("Sorting of enquiries"),
    gettext_lazy("What is a lead and what is not, and who answers the rest by when."),
    EnquirySorting,
    starter,
)
