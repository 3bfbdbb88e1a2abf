"""What happens in the team: who joins, changes, leaves; keys and settings."""

from songsheet.journal.events import Event
from songsheet.journal.subjects import ApiKeyKey, FieldKey, MemberKey, ViewKey, sample_key
from songsheet.team.hours import events as of_hours  # noqa: F401 (the journal learns them from here)

_MEMBER = {"member": sample_key("member")}


class MemberJoined(
    Event,
    name="team.member_joined",
    version=1,
    says="{member} joined the team as {role}",
    side="changed",
    icon="team",
    sample={**_MEMBER, "role": "guide", "state": "active"},
):
    """Somebody became a member, or became known as one of ours from another system (state `elsewhere`)."""

    member: MemberKey
    role: str
    state: str


class MemberChanged(
    Event,
    name="team.member_changed",
    version=1,
    says="{by} changed {fields} of {member}",
    side="changed",
    icon="team",
    sample={**_MEMBER, "fields": "role", "role": "concierge", "state": "active"},
):
    """Role, state or working details of a member changed; `fields` names them."""

    member: MemberKey
    fields: str
    role: str
    state: str


class MemberInvited(
    Event,
    name="team.member_invited",
    version=1,
    says="{by} invited {member}",
    side="changed",
    icon="team",
    sample=_MEMBER,
):
    """An invitation link was made; the link itself is nowhere kept."""

    member: MemberKey


class InvitationAccepted(
    Event,
    name="team.invitation_accepted",
    version=1,
    says="{member} accepted the invitation",
    side="changed",
    icon="team",
    sample=_MEMBER,
):
    """An invited member set a password; the link is used up."""

    member: MemberKey


class NamesGiven(
    Event,
    name="team.names_given",
    version=1,
    says="{by} said that {before} is {member}",
    side="changed",
    icon="team",
    sample={**_MEMBER, "before": sample_key("member", 2), "names": 1},
):
    """What other systems call `before` means `member` from here on; `names` counts these names."""

    member: MemberKey
    before: MemberKey
    names: int


class NamesTakenBack(
    Event,
    name="team.names_taken_back",
    version=1,
    says="{by} said that {before} is not {member}",
    side="changed",
    icon="undo",
    sample={**_MEMBER, "before": sample_key("member", 2), "names": 1},
):
    """The names that were given to `member` are those of `before` again."""

    member: MemberKey
    before: MemberKey
    names: int


class KeyIssued(
    Event,
    name="team.key_issued",
    version=1,
    says="{by} issued a key for {member}",
    side="changed",
    icon="link",
    sample={**_MEMBER, "key": sample_key("key"), "scopes": ["read"]},
):
    """A key for programs was issued; its secret is nowhere kept."""

    member: MemberKey
    key: ApiKeyKey
    scopes: list[str]


class KeyEnded(
    Event,
    name="team.key_ended",
    version=1,
    says="{by} ended a key of {member}",
    side="changed",
    icon="link",
    sample={**_MEMBER, "key": sample_key("key")},
):
    """A key no longer opens anything."""

    member: MemberKey
    key: ApiKeyKey


class HouseChanged(
    Event,
    name="team.house_changed",
    version=1,
    says="{by} changed the settings: {fields}",
    side="changed",
    icon="team",
    sample={"fields": "late_after_hours", "values": {"late_after_hours": 12}, "version": 2},
):
    """Settings of the house changed; the new values by name."""

    fields: str
    values: dict[str, str | int | None]
    version: int


_VIEW = {"view": sample_key("view"), "listing": "leads"}


class ViewSaved(
    Event,
    name="team.view_saved",
    version=1,
    says="{by} saved a view of {listing}",
    side="changed",
    icon="save",
    sample={**_VIEW, "member": sample_key("member"), "shared": False},
):
    """A view of a list was saved. What it is called and filters by stays in its row."""

    view: ViewKey
    listing: str
    member: MemberKey
    shared: bool


class ViewChanged(
    Event,
    name="team.view_changed",
    version=1,
    says="{by} changed {fields} of a view of {listing}",
    side="changed",
    icon="save",
    sample={**_VIEW, "fields": "name, shared", "version": 2},
):
    """Fields of a view changed; `fields` names them."""

    view: ViewKey
    listing: str
    fields: str
    version: int


class ViewArchived(
    Event,
    name="team.view_archived",
    version=1,
    says="{by} archived a view of {listing}",
    side="changed",
    icon="archive",
    sample=_VIEW,
):
    """A view is offered no more; its row stays, so that it can come back."""

    view: ViewKey
    listing: str


class ViewBrought(
    Event,
    name="team.view_brought_back",
    version=1,
    says="{by} brought back a view of {listing}",
    side="changed",
    icon="undo",
    sample=_VIEW,
):
    """An archived view is offered again."""

    view: ViewKey
    listing: str


class ListExported(
    Event,
    name="team.list_exported",
    version=1,
    says="{by} took {count} rows of {listing} out as {form}",
    side="changed",
    icon="download",
    sample={"listing": "leads", "form": "csv", "filters": "state, owner", "columns": "person", "count": 512},
):
    """A list left the house as a file; filters and columns by their names alone, never their values."""

    listing: str
    form: str
    filters: str
    columns: str
    count: int


_FIELD = {"field": sample_key("field"), "on": "company", "label": "Renewal month"}


class FieldDeclared(
    Event,
    name="team.field_declared",
    version=1,
    says="{by} added the field {label}",
    side="changed",
    icon="plus",
    sample={**_FIELD, "type": "date"},
):
    """A field was declared on a kind of record, by somebody or by an import that brought it."""

    field: FieldKey
    on: str
    label: str
    type: str


class FieldChanged(
    Event,
    name="team.field_changed",
    version=1,
    says="{by} changed {fields} of the field {label}",
    side="changed",
    icon="edit",
    sample={**_FIELD, "fields": "label, options", "version": 2},
):
    """Label, options, order or rules of a field changed; `fields` names them."""

    field: FieldKey
    on: str
    label: str
    fields: str
    version: int


class FieldArchived(
    Event,
    name="team.field_archived",
    version=1,
    says="{by} archived the field {label}",
    side="changed",
    icon="archive",
    sample=_FIELD,
):
    """A field is shown no more; its values stay where they are."""

    field: FieldKey
    on: str
    label: str


class FieldBroughtBack(
    Event, name="team.field_brought_back", version=1, says="{by} brought back the field {label}",
    side="changed", icon="undo", sample=_FIELD,
):  # fmt: skip
    """An archived field is shown again, with its values."""

    field: FieldKey
    on: str
    label: str
