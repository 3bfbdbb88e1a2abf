"""What happens to agreements. Their texts are no buyer's: what was agreed may stand in entries."""

from songsheet.journal.events import Event
from songsheet.journal.subjects import AgreementKey, LinkKey, MemberKey, VersionKey, sample_key

_SAMPLE = {
    "agreement": sample_key("agreement"),
    "terms": sample_key("version"),
    "kind": "service_levels",
    "number": 2,
}
_HASH = "0" * 64


class VersionDrafted(
    Event,
    name="agreements.version_drafted",
    version=1,
    says="{by} drafted version {number} of {kind}",
    side="changed",
    icon="agreements",
    sample={**_SAMPLE, "hash": _HASH},
):
    """A draft was begun; `counters` is the refused version that it answers."""

    agreement: AgreementKey
    terms: VersionKey
    kind: str
    number: int
    hash: str
    counters: VersionKey | None = None


class VersionEdited(
    Event,
    name="agreements.version_edited",
    version=1,
    says="{by} changed {clauses} in version {number} of {kind}",
    side="changed",
    icon="agreements",
    sample={**_SAMPLE, "hash": _HASH, "clauses": ["attempts"]},
):
    """Clauses of a draft changed. What was offered is a draft again, and `voided` keys were given back."""

    agreement: AgreementKey
    terms: VersionKey
    kind: str
    number: int
    hash: str
    clauses: list[str]
    voided: int = 0


class VersionOffered(
    Event,
    name="agreements.version_offered",
    version=1,
    says="{by} offered version {number} of {kind} to both sides",
    side="changed",
    icon="agreements",
    sample={**_SAMPLE, "hash": _HASH, "decide_by": "2026-05-19"},
):
    """A draft is on the table; both sides are to decide by a day. `asked` are those who hold a key."""

    agreement: AgreementKey
    terms: VersionKey
    kind: str
    number: int
    hash: str
    decide_by: str
    starts_on: str = ""
    asked: list[MemberKey] = []


class VersionSigned(
    Event,
    name="agreements.version_signed",
    version=1,
    says="{member} signed version {number} of {kind} for {signed_for}",
    side="changed",
    icon="key",
    sample={**_SAMPLE, "hash": _HASH, "member": sample_key("member"), "signed_for": "sales"},
):
    """A member turned the key of one side over this hash; with `both_hats` the only member of the house."""

    agreement: AgreementKey
    terms: VersionKey
    kind: str
    number: int
    hash: str
    member: MemberKey
    signed_for: str
    as_deputy: bool = False
    both_hats: bool = False


class VersionInForce(
    Event,
    name="agreements.version_in_force",
    version=1,
    says="Version {number} of {kind} is signed by both sides",
    side="changed",
    icon="check",
    sample={**_SAMPLE, "hash": _HASH, "since": "2026-05-12T10:12:00+00:00"},
):
    """Both keys were turned; in force from `since`, when it closes the version before it."""

    agreement: AgreementKey
    terms: VersionKey
    kind: str
    number: int
    hash: str
    since: str
    before: VersionKey | None = None
    mode: str = "two"


class VersionRefused(
    Event,
    name="agreements.version_refused",
    version=1,
    says="{member} refused version {number} of {kind}",
    side="changed",
    icon="lost",
    sample={**_SAMPLE, "member": sample_key("member"), "why": "Fifteen minutes at night is too short"},
):
    """A side will not sign this; `counter` is the draft it proposes in its place."""

    agreement: AgreementKey
    terms: VersionKey
    kind: str
    number: int
    member: MemberKey
    why: str
    counter: VersionKey | None = None


class VersionWithdrawn(
    Event,
    name="agreements.version_withdrawn",
    version=1,
    says="{by} withdrew version {number} of {kind}",
    side="changed",
    icon="undo",
    sample={**_SAMPLE, "why": "Overtaken"},
):
    """A draft or an offer was taken off the table."""

    agreement: AgreementKey
    terms: VersionKey
    kind: str
    number: int
    why: str = ""


class VersionStopped(
    Event,
    name="agreements.version_stopped",
    version=1,
    says="{member} stopped version {number} of {kind}",
    side="changed",
    icon="stop",
    sample={**_SAMPLE, "member": sample_key("member"), "why": "The night shift left"},
):
    """One key ended what both had signed. `again` is the version that goes on, where this had not begun."""

    agreement: AgreementKey
    terms: VersionKey
    kind: str
    number: int
    member: MemberKey
    why: str
    again: VersionKey | None = None


class DeputyNamed(
    Event,
    name="agreements.deputy_named",
    version=1,
    says="{by} named {member} to sign for {signs_for}",
    side="changed",
    icon="key",
    sample={"member": sample_key("member"), "signs_for": "sales"},
):
    """A member may sign for their side from now on."""

    member: MemberKey
    signs_for: str


class DeputyEnded(
    Event,
    name="agreements.deputy_ended",
    version=1,
    says="{by} took the key of {signs_for} from {member}",
    side="changed",
    icon="key",
    sample={"member": sample_key("member"), "signs_for": "sales"},
):
    """A member signs for their side no more."""

    member: MemberKey
    signs_for: str


class CalledToTheTable(
    Event,
    name="agreements.called_to_the_table",
    version=1,
    says="{members} were called to the table: version {number} of {kind} was not decided in time",
    side="changed",
    icon="bell",
    sample={**_SAMPLE, "members": [sample_key("member")]},
):
    """The day to decide is over: those who cannot sign are asked to bring the sides together."""

    agreement: AgreementKey
    terms: VersionKey
    kind: str
    number: int
    members: list[MemberKey]


class VersionCommented(
    Event,
    name="agreements.version_commented",
    version=1,
    says="{by} commented on version {number} of {kind}",
    side="changed",
    icon="note",
    sample={**_SAMPLE, "clause": "attempts", "member": sample_key("member")},
):
    """A member, or a guest by their link, said something to a clause; the words stand in the comment."""

    agreement: AgreementKey
    terms: VersionKey
    kind: str
    number: int
    clause: str = ""
    member: MemberKey | None = None
    guest: LinkKey | None = None


class GuestInvited(
    Event,
    name="agreements.guest_invited",
    version=1,
    says="{by} invited a guest to comment on version {number} of {kind}",
    side="changed",
    icon="link",
    sample={**_SAMPLE, "guest": sample_key("link"), "until": "2026-05-26T10:12:00+00:00"},
):
    """Somebody outside may read the version and comment, by a link, for a while."""

    agreement: AgreementKey
    terms: VersionKey
    kind: str
    number: int
    guest: LinkKey
    until: str


class GuestLinkEnded(
    Event,
    name="agreements.guest_link_ended",
    version=1,
    says="{by} withdrew a guest's link",
    side="changed",
    icon="link",
    sample={"terms": sample_key("version"), "guest": sample_key("link")},
):
    """A guest's link opens nothing any more; what they said stays."""

    terms: VersionKey
    guest: LinkKey
