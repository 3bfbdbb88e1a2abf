"""Sealed values: what is personal stands here by person, not in the journal; erasure deletes it."""

from collections.abc import Iterable, Sequence

from songsheet.base.ids import many_keys, new_key
from songsheet.journal.models import Sealed


def seal(person: str, name: str, text: str) -> str:
    """Keep a text for a person; the returned key may stand in an entry."""
    return Sealed.objects.create(key=new_key("sealed"), person=person, name=name, text=text).key


def seal_many(texts: Sequence[tuple[str, str, str]]) -> list[str]:
    """`seal` for many (person, name, text), in order."""
    keys = many_keys("sealed", len(texts))
    Sealed.objects.bulk_create(
        [
            Sealed(key=key, person=person, name=name, text=text)
            for key, (person, name, text) in zip(keys, texts, strict=True)
        ]
    )
    return keys


def unseal(key: str) -> str | None:
    """The text behind a key; None once it was erased."""
    return unseal_many([key]).get(key)


def unseal_many(keys: Iterable[str]) -> dict[str, str]:
    """The texts behind keys, without those that were erased."""
    return dict(Sealed.objects.filter(key__in=list(keys)).values_list("key", "text"))


def forget(person: str) -> int:
    """Delete everything sealed for a person, for the erasure action; says how many."""
    return Sealed.objects.filter(person=person).delete()[0]
