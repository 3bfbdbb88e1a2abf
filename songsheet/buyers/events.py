"""What happens to the record of a buyer."""

from songsheet.journal.events import Event
from songsheet.journal.subjects import CompanyKey, PersonKey, WordingKey, sample_key


class PersonMet(
    Event,
    name="buyers.person_met",
    version=1,
    says="{person} came to be known",
    side="changed",
    icon="buyers",
    sample={"person": sample_key("person"), "company": sample_key("company")},
):
    """A person got a record: from an enquiry, an import, or by hand."""

    person: PersonKey
    company: CompanyKey | None = None


class PersonChanged(
    Event,
    name="buyers.person_changed",
    version=1,
    says="{by} changed {fields} of {person}",
    side="changed",
    icon="buyers",
    sample={"person": sample_key("person"), "fields": "title", "version": 2},
):
    """Fields of a person changed; `fields` names them, their values stay in the row."""

    person: PersonKey
    fields: str
    version: int


class PersonJoinedCompany(
    Event,
    name="buyers.person_joined_company",
    version=1,
    says="{person} is with {company}",
    side="changed",
    icon="buyers",
    sample={"person": sample_key("person"), "company": sample_key("company")},
):
    """We learned which company a person belongs to."""

    person: PersonKey
    company: CompanyKey


class CompanyMet(
    Event,
    name="buyers.company_met",
    version=1,
    says="{company} came to be known",
    side="changed",
    icon="deals",
    sample={"company": sample_key("company")},
):
    """A company got a record."""

    company: CompanyKey


class CompanyChanged(
    Event,
    name="buyers.company_changed",
    version=1,
    says="{by} changed {fields} of {company}",
    side="changed",
    icon="deals",
    sample={"company": sample_key("company"), "fields": "industry", "version": 2},
):
    """Fields of a company changed; `fields` names them."""

    company: CompanyKey
    fields: str
    version: int


class ConsentChanged(
    Event,
    name="buyers.consent_changed",
    version=1,
    says="{person} {answer} to {purpose}",
    side="theirs",
    icon="agreements",
    sample={"person": sample_key("person"), "purpose": "mail", "answer": "agreed"},
):
    """A person allowed (`agreed`) or refused (`said no`) a purpose."""

    person: PersonKey
    purpose: str
    answer: str


class ConsentTextWritten(
    Event,
    name="buyers.consent_text_written",
    version=1,
    says="{by} wrote what people read when they are asked for {purpose}",
    side="changed",
    icon="agreements",
    sample={"wording": sample_key("wording"), "purpose": "mail", "language": "en", "number": 2},
):
    """A text of consent got a version; those before stay as they were read."""

    wording: WordingKey
    purpose: str
    language: str
    number: int


class ContactForbidden(
    Event,
    name="buyers.contact_forbidden",
    version=1,
    says="{person} must not be contacted ({channel})",
    side="changed",
    icon="agreements",
    sample={"person": sample_key("person"), "channel": "any"},
):
    """A person must not be contacted, by one channel or by any."""

    person: PersonKey
    channel: str


class PersonGone(
    Event,
    name="buyers.person_gone",
    version=1,
    says="{person} was taken out of the lists",
    side="changed",
    icon="undo",
    sample={"person": sample_key("person"), "why": "import undone"},
):
    """A person was archived, or what made them was undone."""

    person: PersonKey
    why: str


class CompanyGone(
    Event,
    name="buyers.company_gone",
    version=1,
    says="{company} was taken out of the lists",
    side="changed",
    icon="undo",
    sample={"company": sample_key("company"), "why": "import undone"},
):
    """A company was archived, or what made it was undone."""

    company: CompanyKey
    why: str


class PersonMerged(
    Event,
    name="buyers.person_merged",
    version=1,
    says="{by} merged another record into {into}",
    side="changed",
    icon="merge",
    sample={"person": sample_key("person"), "into": sample_key("person", 2), "fields": "title"},
):
    """A record of a person was merged into another; `fields` were taken over from it."""

    person: PersonKey
    into: PersonKey
    fields: str = ""


class PersonUnmerged(
    Event,
    name="buyers.person_unmerged",
    version=1,
    says="{by} took {person} and {into} apart again",
    side="changed",
    icon="merge",
    sample={"person": sample_key("person"), "into": sample_key("person", 2), "stayed": "title"},
):
    """A merge was undone; `stayed` names fields that somebody changed since."""

    person: PersonKey
    into: PersonKey
    stayed: str = ""


class PeopleToldApart(
    Event,
    name="buyers.people_told_apart",
    version=1,
    says="{by} said that {person} and {other} are two",
    side="changed",
    icon="check",
    sample={"person": sample_key("person"), "other": sample_key("person", 2)},
):
    """Somebody looked at two records that resemble each other: they are not one."""

    person: PersonKey
    other: PersonKey


class PeopleMayBeOne(
    Event,
    name="buyers.people_may_be_one",
    version=1,
    says="{by} took back that {person} and {other} are two",
    side="changed",
    icon="undo",
    sample={"person": sample_key("person"), "other": sample_key("person", 2)},
):
    """Two that somebody had told apart are suggested again."""

    person: PersonKey
    other: PersonKey


class CompanyMerged(
    Event,
    name="buyers.company_merged",
    version=1,
    says="{by} merged another record into {into}",
    side="changed",
    icon="merge",
    sample={"company": sample_key("company"), "into": sample_key("company", 2), "fields": "title"},
):
    """A record of a company was merged into another; `fields` were taken over from it."""

    company: CompanyKey
    into: CompanyKey
    fields: str = ""


class CompanyUnmerged(
    Event,
    name="buyers.company_unmerged",
    version=1,
    says="{by} took {company} and {into} apart again",
    side="changed",
    icon="merge",
    sample={"company": sample_key("company"), "into": sample_key("company", 2), "stayed": "title"},
):
    """A merge was undone; `stayed` names fields that somebody changed since."""

    company: CompanyKey
    into: CompanyKey
    stayed: str = ""


class CompaniesToldApart(
    Event,
    name="buyers.companies_told_apart",
    version=1,
    says="{by} said that {company} and {other} are two",
    side="changed",
    icon="check",
    sample={"company": sample_key("company"), "other": sample_key("company", 2)},
):
    """Somebody looked at two records that resemble each other: they are not one."""

    company: CompanyKey
    other: CompanyKey


class CompaniesMayBeOne(
    Event,
    name="buyers.companies_may_be_one",
    version=1,
    says="{by} took back that {company} and {other} are two",
    side="changed",
    icon="undo",
    sample={"company": sample_key("company"), "other": sample_key("company", 2)},
):
    """Two that somebody had told apart are suggested again."""

    company: CompanyKey
    other: CompanyKey


class ContactAllowed(
    Event,
    name="buyers.contact_allowed",
    version=1,
    says="{by} lifted that {person} must not be contacted ({channel})",
    side="changed",
    icon="agreements",
    sample={"person": sample_key("person"), "channel": "any"},
):
    """A do-not-contact mark was lifted."""

    person: PersonKey
    channel: str
