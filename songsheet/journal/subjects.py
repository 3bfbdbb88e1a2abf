"""Key types of event fields; each names what an entry is about and becomes one row of `about`."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from songsheet.base.ids import ALPHABET, BODY_PATTERN


@dataclass(frozen=True, slots=True)
class Subject:
    """Marks a field that holds the key of something with this prefix."""

    prefix: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.str_schema(pattern=f"^{self.prefix}_{BODY_PATTERN}$")


PersonKey = Annotated[str, Subject("person")]
CompanyKey = Annotated[str, Subject("company")]
LeadKey = Annotated[str, Subject("lead")]
QueueKey = Annotated[str, Subject("queue")]
DealKey = Annotated[str, Subject("deal")]
StageKey = Annotated[str, Subject("stage")]
TouchKey = Annotated[str, Subject("touch")]
TaskKey = Annotated[str, Subject("task")]
SourceKey = Annotated[str, Subject("source")]
CampaignKey = Annotated[str, Subject("campaign")]
MemberKey = Annotated[str, Subject("member")]
ApiKeyKey = Annotated[str, Subject("key")]
ImportKey = Annotated[str, Subject("import")]
DayKey = Annotated[str, Subject("day")]
LeaveKey = Annotated[str, Subject("leave")]
ClockKey = Annotated[str, Subject("clock")]
HouseKey = Annotated[str, Subject("house")]
LinkKey = Annotated[str, Subject("link")]
ViewKey = Annotated[str, Subject("view")]
FieldKey = Annotated[str, Subject("field")]
AgreementKey = Annotated[str, Subject("agreement")]
VersionKey = Annotated[str, Subject("version")]
TagKey = Annotated[str, Subject("tag")]
BulkKey = Annotated[str, Subject("bulk")]
ReturnKey = Annotated[str, Subject("return")]
EnquiryKey = Annotated[str, Subject("enquiry")]
VerdictKey = Annotated[str, Subject("verdict")]
WordingKey = Annotated[str, Subject("wording")]
FactKey = Annotated[str, Subject("fact")]
ClaimKey = Annotated[str, Subject("claim")]
ClaimVersionKey = Annotated[str, Subject("claimversion")]
ProofKey = Annotated[str, Subject("proof")]
NarrativeKey = Annotated[str, Subject("narrative")]
DisputeKey = Annotated[str, Subject("dispute")]
#: What the market is made of.
MarketKey = Annotated[str, Subject("(?:segment|persona|journeystage|line|question)")]
#: What can be tagged or archived, whichever kind it is of.
RecordKey = Annotated[str, Subject("(?:person|company|lead|deal)")]
#: What something can be promised about: a record of any kind.
PromisedKey = Annotated[str, Subject("[a-z]+")]


def sample_key(prefix: str, number: int = 1) -> str:
    """A well-formed key for samples, always the same."""
    return f"{prefix}_{'0' * 25}{ALPHABET[number]}"
