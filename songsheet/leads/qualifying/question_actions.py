"""What a person found out where data cannot tell: noted, taken back, and the lead judged again at once."""

from datetime import datetime

from songsheet.base.refusals import NotFound, Refusal
from songsheet.base.text import clean
from songsheet.journal.act import act
from songsheet.leads.errors import NothingToUndo
from songsheet.leads.models import Answer, Lead
from songsheet.leads.moving import must_be_open
from songsheet.leads.qualifying.actions import judge
from songsheet.leads.qualifying.events import QuestionAnswered, QuestionReopened
from songsheet.leads.qualifying.why import why_of
from songsheet.leads.queries import held
from songsheet.team.acting import Acting, as_system
from songsheet.team.roles import Right


class NoSuchQuestion(Refusal):
    """Only what the definition asks is answered."""

    code = "no_such_question"


class NoSuchAnswer(NotFound):
    code = "no_such_answer"


class AnswerMissing(Refusal):
    code = "answer_missing"


def answer_question(key: str, question: str, text: str, *, by: Acting, at: datetime) -> Answer:
    """Note what the buyer of an open lead said to a question of the definition; undone by taking it back."""
    by.must(Right.WORK)
    assert by.member is not None
    text = clean(text, 1000, field="words")
    if not text:
        raise AnswerMissing("Note what they said, in a few words.", field="words")
    with act(by=by.actor, at=at) as record:
        lead = held(key)
        must_be_open(lead)
        if question not in {one.asks for one in why_of(lead).questions}:
            raise NoSuchQuestion(
                "The definition does not ask that. Choose one of its questions.", field="asks"
            )
        Answer.objects.filter(lead=lead, question=question, gone_at=None).update(gone_at=at)
        noted = Answer.objects.create(lead=lead, question=question, text=text, by=by.member, at=at)
        record(QuestionAnswered(**_about(lead, noted, by)))
        _judge_again(lead, at)
    return noted


def take_back_answer(key: str, *, of: str, by: Acting, at: datetime) -> Lead:
    """Undo an answer about the lead `of`: the question is open again, or answered as it was before."""
    by.must(Right.WORK)
    found = Answer.objects.filter(key=key, lead__key=of).first()
    if found is None:
        raise NoSuchAnswer("There is no such answer. Open the lead to see what was noted.")
    with act(by=by.actor, at=at) as record:
        lead = held(of)
        if not Answer.objects.filter(key=key, gone_at=None).update(gone_at=at):
            raise NothingToUndo("This answer was taken back or noted again since. Open the lead to see it.")
        older = Answer.objects.filter(lead=lead, question=found.question, gone_at=found.at, id__lt=found.id)
        Answer.objects.filter(id__in=older.order_by("-id")[:1]).update(gone_at=None)
        record(QuestionReopened(**_about(lead, found, by)))
        _judge_again(lead, at)
    return lead


def _about(lead: Lead, noted: Answer, by: Acting) -> dict[str, str]:
    assert by.member is not None
    return {
        "lead": lead.key,
        "person": lead.person.key,
        "member": by.member.key,
        "question": noted.question,
    }


def _judge_again(lead: Lead, at: datetime) -> None:
    judge([lead.id], by=as_system("qualifying"), at=at)
