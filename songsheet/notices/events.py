"""What happens around notices: that somebody is told is an effect of other entries, not an event."""

from songsheet.journal.events import Event
from songsheet.journal.subjects import MemberKey, sample_key


class MailChosen(
    Event,
    name="notices.mail_chosen",
    version=1,
    says="{member} chose when to be mailed",
    side="changed",
    icon="mail",
    sample={"member": sample_key("member"), "choices": {"mention": "daily"}},
):
    """A member chose when they are mailed, by kind."""

    member: MemberKey
    choices: dict[str, str]
