"""What changes the declarations of the house's own fields. Every change is an entry; nothing is deleted."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max

from songsheet.base.refusals import Stale
from songsheet.base.text import clean, fold
from songsheet.journal.act import act
from songsheet.team.acting import Acting
from songsheet.team.errors import FieldIsThere, FieldRefused, NoSuchField, TooManyFields
from songsheet.team.events import FieldArchived, FieldBroughtBack, FieldChanged, FieldDeclared
from songsheet.team.fields.declared import forget
from songsheet.team.fields.kinds import kind_named
from songsheet.team.jobs import enqueue
from songsheet.team.models import CustomField, House
from songsheet.team.roles import Right

MOST_FIELDS = 200
MOST_OPTIONS = 200
_LONGEST_SLUG = 40
_RESERVED = {"", "none"}
Type = CustomField.Type


def declare_field(
    on: str,
    *,
    label: str,
    type: str,
    by: Acting,
    at: datetime,
    options: Sequence[str] = (),
    is_personal: bool = True,
    is_required: bool = False,
    is_filtered: bool = True,
) -> CustomField:
    """Declare a field on a kind of record; its name is made of the label and stays."""
    by.must(Right.HOUSE)
    kind = kind_named(on)
    if type not in Type.values:
        raise FieldRefused(f"“{type[:40]}” is no type. There are: {', '.join(Type.values)}.", field="type")
    with act(by=by.actor, at=at) as record:
        House.objects.select_for_update().get(id=1)  # two who declare the same field come one after another
        forget()
        label = _label(on, label)
        slug = slug_of(label, _taken(on))
        field = CustomField.objects.create(
            on=on, name=slug, slug=slug, label=label, type=type, is_required=is_required,
            options=_options((), [(None, one) for one in options]) if type == Type.CHOICE else [],
            is_personal=is_personal and kind.about_people, is_filtered=is_filtered, place=_next_place(on),
        )  # fmt: skip
        if type == Type.CHOICE and not field.options:
            raise FieldRefused("A choice needs something to choose from. Write an option.", field="options")
        record(FieldDeclared(field=field.key, on=on, label=label, type=type))
        enqueue(field.key)
    return field


def change_field(
    key: str,
    *,
    by: Acting,
    at: datetime,
    version: int | None,
    options: Sequence[tuple[str | None, str]] | None = None,
    **values: Any,
) -> CustomField:
    """Change label, is_personal, is_required, is_filtered or the options (key or None for new, label).

    An option that is not among them is offered no more; who has it keeps it. A stale version is refused.
    """
    by.must(Right.HOUSE)
    with act(by=by.actor, at=at) as record:
        field = _held(key)
        if values.pop("type", field.type) != field.type:
            raise FieldRefused(
                "A field keeps its type: what it holds would be lost. Add a field of the type you want, fill"
                " it by an import or in bulk, then archive this one.",
                field="type",
            )
        if "label" in values:
            values["label"] = _label(field.on, values["label"], but=field)
        if not kind_named(field.on).about_people:
            values.pop("is_personal", None)
        if options is not None and field.type == Type.CHOICE:
            values["options"] = _options(field.options, options)
        _change(field, values, version, record)
        if "is_filtered" in values:
            enqueue(field.key)
    return field


def move_field(key: str, *, steps: int, by: Acting, at: datetime) -> CustomField:
    """Move a field among those of its kind: down by so many places, up by a negative number."""
    by.must(Right.HOUSE)
    with act(by=by.actor, at=at) as record:
        field = _held(key)
        every = list(
            CustomField.objects.select_for_update().filter(on=field.on, gone_at=None).order_by("place", "id")
        )
        was = next(at for at, one in enumerate(every) if one.pk == field.pk)
        every.insert(max(0, min(was + steps, len(every) - 1)), every.pop(was))
        for place, one in enumerate(every, 1):
            if one.place != place:
                _change(one, {"place": place}, None, record if one.pk == field.pk else None)
    return field


def archive_field(key: str, *, by: Acting, at: datetime, version: int | None = None) -> CustomField:
    """Show a field no more; its values are kept and its index goes. Doing it again changes nothing."""
    return _move_out(key, at, FieldArchived, version, by=by, at=at)


def bring_back_field(key: str, *, by: Acting, at: datetime, version: int | None = None) -> CustomField:
    """Show an archived field again, with the values that were kept."""
    return _move_out(key, None, FieldBroughtBack, version, by=by, at=at)


def adopt_fields(on: str, labels: Sequence[str], *, by: Acting, at: datetime) -> list[str]:
    """Declare the columns of a file that nobody knows as fields of text; known ones are as they are.

    They can be filtered by once somebody says so: an index for each column of each file would be many.
    """
    by.must(Right.IMPORT)
    with act(by=by.actor, at=at, lane="history") as record:
        names = list(dict.fromkeys(label[:60] for label in labels))
        there = set(CustomField.objects.filter(on=on, name__in=names).values_list("name", flat=True))
        taken, place = _taken(on), _next_place(on)
        about_people = kind_named(on).about_people
        for number, name in enumerate(name for name in names if name not in there):
            slug = slug_of(name, taken)
            field, is_new = CustomField.objects.get_or_create(
                on=on,
                name=name,
                defaults={
                    "slug": slug, "label": name, "place": place + number, "is_personal": about_people,
                },
            )  # fmt: skip
            taken.add(slug)
            if is_new:
                record(FieldDeclared(field=field.key, on=on, label=name, type=field.type))
        forget()
    return names


def slug_of(label: str, taken: Collection[str]) -> str:
    """A name for addresses, of letters, digits and underscores, that nobody has."""
    bare = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:_LONGEST_SLUG].strip("_")
    bare = "field" if bare in _RESERVED else bare
    slug, number = bare, 1
    while slug in taken:
        number += 1
        slug = f"{bare}_{number}"
    return slug


def _taken(on: str) -> set[str]:
    there = CustomField.objects.filter(on=on).values_list("slug", "name")
    return {one for pair in there for one in pair}


def _next_place(on: str) -> int:
    there = CustomField.objects.filter(on=on)
    if there.filter(gone_at=None).count() >= MOST_FIELDS:
        raise TooManyFields(f"There are {MOST_FIELDS} fields on this already. Archive one first.")
    return int(there.aggregate(last=Max("place"))["last"] or 0) + 1


def _label(on: str, label: str, *, but: CustomField | None = None) -> str:
    label = " ".join(clean(label, 120, field="label").split())
    if not label:
        raise FieldRefused("Say what the field is called.", field="label")
    for one in CustomField.objects.filter(on=on):
        if one != but and fold(one.label) == fold(label):
            what = "It is archived: bring it back." if one.gone_at else "Choose another label."
            raise FieldIsThere(f"There is a field called {one.label} already. {what}", field="label")
    return label


def _options(there: Sequence[dict[str, Any]], wanted: Sequence[tuple[str | None, str]]) -> list[Any]:
    """The options as wanted; those that are there and not wanted stay at the end, offered no more."""
    known, made = {one["key"]: one for one in there}, list[dict[str, Any]]()
    labels, taken = set[str](), set(known)
    for key, given in wanted:
        label = " ".join(clean(given, 120, field="options").split())
        if not label:
            continue
        if fold(label) in labels:
            raise FieldRefused(f"The option {label} stands there twice. Keep one.", field="options")
        again = next((one["key"] for one in there if fold(one["label"]) == fold(label)), None)
        name = key if key in known else again or slug_of(label, taken)
        labels.add(fold(label))
        taken.add(str(name))
        made.append({"key": str(name), "label": label})
    if len(made) > MOST_OPTIONS:
        raise FieldRefused(f"At most {MOST_OPTIONS} options fit a choice.", field="options")
    if there and not made:
        raise FieldRefused("A choice needs something to choose from. Keep an option.", field="options")
    kept = {one["key"] for one in made}
    return [*made, *({**one, "gone": True} for one in there if one["key"] not in kept)]


def _held(key: str) -> CustomField:
    forget()
    field = CustomField.objects.select_for_update().filter(key=key).first()
    if field is None:
        raise NoSuchField("There is no such field. Look for it in the settings.")
    return field


def _change(field: CustomField, values: dict[str, Any], version: int | None, record: Any) -> None:
    changed = {name: value for name, value in values.items() if getattr(field, name) != value}
    if changed and version is not None and version != field.version:
        raise Stale(
            "Somebody changed this field since you opened it. Look at theirs and save the one that holds.",
            version=field.version,
            theirs={name: str(getattr(field, name)) for name in changed},
            yours={name: str(value) for name, value in changed.items()},
        )
    if not changed:
        return
    for name, value in changed.items():
        setattr(field, name, value)
    if record is not None:
        field.version += 1
        said = ", ".join(sorted(name.removeprefix("is_") for name in changed))
        record(FieldChanged(
            field=field.key, on=field.on, label=field.label, fields=said, version=field.version
        ))  # fmt: skip
    field.save(update_fields=[*changed, "version"])


def _move_out(
    key: str, gone_at: datetime | None, event: Any, version: int | None, *, by: Acting, at: datetime
) -> CustomField:
    by.must(Right.HOUSE)
    with act(by=by.actor, at=at) as record:
        field = _held(key)
        if (field.gone_at is None) == (gone_at is None):
            return field
        if version is not None and version != field.version:
            raise Stale(
                "Somebody changed this field since you opened it. Look at it again.", version=field.version
            )
        field.gone_at, field.indexed_at = gone_at, None
        field.version += 1
        field.save(update_fields=["gone_at", "indexed_at", "version"])
        record(event(field=field.key, on=field.on, label=field.label))
        enqueue(field.key)
    return field
