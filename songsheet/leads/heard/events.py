"""What happens to how buyers heard of us; their words stand in the answer and in no entry."""

from typing import Annotated

from songsheet.journal.events import Event
from songsheet.journal.subjects import EnquiryKey, LeadKey, PersonKey, Subject, sample_key

MeaningKey = Annotated[str, Subject("meaning")]
HeardKey = Annotated[str, Subject("heard")]


class HeardOfUs(
    Event,
    name="leads.heard_of_us",
    version=1,
    says="{person} said how they heard of us",
    side="theirs",
    icon="talk",
    sample={
        "heard": sample_key("heard"), "person": sample_key("person"), "lead": sample_key("lead"),
        "source": "Referral",
    },
):  # fmt: skip
    """A buyer said how they heard of us; `source` is the agreed word that it was taken for, if any."""

    heard: HeardKey
    person: PersonKey
    lead: LeadKey | None = None
    enquiry: EnquiryKey | None = None
    source: str = ""


class WordsMean(
    Event,
    name="leads.words_mean",
    version=1,
    says="{by} said which source some words of buyers mean: {source}",
    side="changed",
    icon="campaigns",
    sample={"meaning": sample_key("meaning"), "source": "Referral", "answers": 4},
):
    """Answers that hold these words mean this source from now on; so many changed by it."""

    meaning: MeaningKey
    source: str
    answers: int


class WordsMeanNoMore(
    Event,
    name="leads.words_mean_no_more",
    version=1,
    says="{by} took back which source some words of buyers mean",
    side="changed",
    icon="undo",
    sample={"meaning": sample_key("meaning"), "answers": 4},
):
    """The words mean nothing by themselves again; so many answers changed by it."""

    meaning: MeaningKey
    answers: int
