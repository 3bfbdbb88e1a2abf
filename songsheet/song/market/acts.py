"""What the actions on the market share: words read, rows held, references found."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model

from songsheet.base.text import clean, fold
from songsheet.song.errors import NotInTheSong, NotSung, SaidAlready
from songsheet.song.market.kinds import Kind, kind_of
from songsheet.song.market.models import Asker, JourneyStage, Line, Persona, Segment

M = TypeVar("M", bound=Model)
MOST_PHRASES, LONGEST_PHRASE = 40, 200
MOST_PERSONAS = 50
LONGEST_ABOUT = 1000
LAST_PLACE = 1000


def words_of(kind: Kind, text: str) -> dict[str, str]:
    """The words of a thing and their folded form, as its columns hold them."""
    words = clean(text, kind.longest, field=kind.named)
    if not fold(words):
        raise NotSung(f"A {kind.word} needs words, so that it is found again. Write them.", field=kind.named)
    return {kind.named: words, f"{kind.named}_folded": fold(words)}


def must_be_new(kind: Kind, row: Any) -> None:
    """Refuse a second live thing of the same words."""
    named = f"{kind.named}_folded"
    same = {named: getattr(row, named)}
    if isinstance(row, Line):
        same |= {"persona": row.persona, "kind": row.kind}
    if kind.live().filter(**same).exclude(id=row.id).exists():
        raise SaidAlready(f"This {kind.word} stands there already: “{row}”. Add to it.", field=kind.named)


def held(key: str) -> Any:
    """One thing locked until the act ends, an archived one too."""
    model: Any = kind_of(key).model
    row = model.objects.select_for_update(of=("self",), no_key=True).filter(key=key).first()
    if row is None:
        raise NotInTheSong(key)
    return row


def live(model: type[M], key: str, field: str) -> M:
    """What a key names, as long as it is not archived."""
    found = model._default_manager.filter(key=key, gone_at=None).first()
    if found is None:
        word = model._meta.verbose_name
        raise NotSung(f"There is no {word} {key[:60]}. It may be archived; choose another.", field=field)
    return found


def read_values(kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    """What is to stand in the columns, from what was given by name."""
    unknown = sorted(set(values) - set(kind.fields))
    if unknown:
        raise NotSung(f"A {kind.word} has no {', '.join(unknown)[:60]}. It has {', '.join(kind.fields)}.")
    read: dict[str, Any] = {}
    for name, value in values.items():
        if name == kind.named:
            read |= words_of(kind, value)
        else:
            read[name] = _READ[name](value)
    return read


def _phrases(given: Sequence[str]) -> list[str]:
    """Phrases as they are typed, each once."""
    cleaned = [clean(one, LONGEST_PHRASE, field="phrases") for one in given]
    each = {fold(one): one for one in reversed(cleaned) if fold(one)}
    if len(each) > MOST_PHRASES:
        raise NotSung(
            f"{len(each)} phrases; at most {MOST_PHRASES} are kept. Leave some out.", field="phrases"
        )
    return list(reversed(each.values()))


def _kind_of_line(given: str) -> str:
    if given not in Line.Kind.values:
        raise NotSung(f"A line is one of {', '.join(Line.Kind.values)}. Choose one.", field="kind")
    return given


def _place(given: int) -> int:
    if not 0 <= given <= LAST_PLACE:
        raise NotSung(f"A stage stands at a place from 0 to {LAST_PLACE}. Give one.", field="place")
    return given


def _personas(given: Sequence[str]) -> list[Persona]:
    keys = list(dict.fromkeys(given))
    if len(keys) > MOST_PERSONAS:
        raise NotSung(f"At most {MOST_PERSONAS} personas ask one question. Leave some out.", field="personas")
    return [live(Persona, key, "personas") for key in keys]


_READ: dict[str, Any] = {
    "about": lambda given: clean(given, LONGEST_ABOUT, field="about"),
    "segment": lambda given: live(Segment, given, "segment") if given else None,
    "stage": lambda given: live(JourneyStage, given, "stage") if given else None,
    "phrases": _phrases,
    "kind": _kind_of_line,
    "place": _place,
    "personas": _personas,
}


def ask_by(question_id: int, personas: Sequence[Persona]) -> bool:
    """Let these personas ask a question, and nobody else; whether that changed anything."""
    there = dict(Asker.objects.filter(question_id=question_id).values_list("persona_id", "id"))
    wanted = {one.id for one in personas}
    gone = [id_ for persona, id_ in there.items() if persona not in wanted]
    Asker.objects.filter(id__in=gone).delete()
    fresh = [one.id for one in personas if one.id not in there]
    Asker.objects.bulk_create(Asker(question_id=question_id, persona_id=one) for one in fresh)
    return bool(gone or fresh)
