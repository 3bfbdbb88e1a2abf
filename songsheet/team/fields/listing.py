"""What lists say of the house's own fields: a column, filters by type, sorts and groups where an index is."""

from collections.abc import Callable, Sequence
from datetime import date
from math import isfinite
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Left, Lower
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from songsheet.base.money import Money, typed_money
from songsheet.base.text import fold
from songsheet.doors.days import in_words
from songsheet.doors.growing import Growing
from songsheet.doors.listing import Column, Edit, Filter, Group, Sort
from songsheet.team.acting import Acting
from songsheet.team.fields.declared import fields_on, once
from songsheet.team.fields.held import ADDED, LAST, HasWords, Held
from songsheet.team.fields.values import house_currency, money_in, read, write
from songsheet.team.models import CustomField
from songsheet.team.roles import Right
from songsheet.ui.components.marks import money

Type = CustomField.Type
NONE = "none"
_KINDS: dict[str, str] = {Type.NUMBER: "float", Type.YES_NO: "bool", Type.DATE: "day"}
_ASKED: dict[str, str] = {Type.NUMBER: "number", Type.DATE: "date"}
_INFINITY = float("inf")


def columns(on: str, change: Callable[..., Any] | None = None, right: Right = Right.WORK) -> Any:
    """The columns of a kind's own fields, behind those `first`; changed in place by the action `change`."""
    return _growing("columns", on, lambda one: [_column(one, change, right)])


def filters(on: str) -> Any:
    """The filters of a kind's own fields that can be filtered by."""
    return _growing("filters", on, lambda one: _filters(one) if one.is_filtered else [])


def sorts(on: str) -> Any:
    """The orders that an index of a field serves."""
    return _growing("sorts", on, lambda one: _sorts(one) if one.indexed_at else [])


def groups(on: str) -> Any:
    """Groups by what is chosen or answered yes or no, where an index finds each."""
    return _growing("groups", on, lambda one: _groups(one) if one.indexed_at else [])


def _growing(what: str, on: str, make: Callable[[CustomField], list[Any]]) -> Any:
    def more() -> Sequence[Any]:
        return once((what, on), lambda: [made for one in fields_on(on) for made in make(one)])

    return lambda *first: Growing(first, more)


def name_of(field: CustomField) -> str:
    """What a field is called in addresses."""
    return f"custom_{field.slug or field.pk}"


def _column(field: CustomField, change: Callable[..., Any] | None, right: Right) -> Column:
    is_money = field.type == Type.MONEY

    def value(row: Any) -> Any:
        kept = row.custom.get(field.name)
        return money_in(kept) if is_money else kept

    return Column(
        name_of(field),
        field.label,
        value,
        lambda row: in_a_cell(field, value(row)),
        numeric=is_money or field.type == Type.NUMBER,
        money=is_money,
        shown=False,
        edit=_edit(field, change, right) if change else None,
        written=(lambda row: field.label_of(value(row) or "")) if field.type == Type.CHOICE else None,
        kept=_KINDS.get(field.type, ""),
        own=True,
    )


def in_a_cell(field: CustomField, value: Any) -> SafeString | str:
    """A value for people. What was kept before the field had a type is shown as it is."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if field.type == Type.NUMBER and isinstance(value, int | float):
        return f"{value:,}"
    if amount := value if isinstance(value, Money) else money_in(value):
        return money(amount)
    if field.type == Type.CHOICE:
        return field.label_of(str(value))
    if field.type == Type.DATE and (day := _day(str(value))):
        return str(in_words(day))
    if field.type == Type.URL and str(value).startswith(("https://", "http://")):
        words = str(value).split("//", 1)[1].removesuffix("/")
        return format_html('<a href="{}" rel="noopener noreferrer nofollow">{}</a>', value, words[:60])
    return str(value)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _edit(field: CustomField, change: Callable[..., Any], right: Right) -> Edit:
    def save(row: Any, text: str, *, version: int, by: Acting, at: Any) -> None:
        change(row.key, by=by, at=at, version=version, custom={field.name: read(field, text)})

    kinds: dict[str, str] = {Type.DATE: "date", Type.CHOICE: "choice", Type.YES_NO: "choice", Type.URL: "url"}
    return Edit(
        lambda row: write(field, row.custom.get(field.name)),
        save,
        right,
        kinds.get(field.type, "text"),
        lambda: [("", "—"), *choices(field)],
    )


def choices(field: CustomField) -> list[tuple[str, str]]:
    """What can be chosen of a field."""
    return [("yes", _("Yes")), ("no", _("No"))] if field.type == Type.YES_NO else field.choices


def _of(field: CustomField, rows: QuerySet[Any]) -> tuple[QuerySet[Any], str]:
    """The rows with what they hold in the field, by a name for conditions."""
    name = f"own_{field.pk}"
    return rows.alias(**{name: Held(F("custom"), of=field)}), name


def _compared(field: CustomField, value: str) -> Any:
    """A value as the field is compared; ValueError where it is none."""
    if field.type == Type.NUMBER:
        number = float(value.replace(",", ""))
        if not isfinite(number):
            raise ValueError(value)
        return number
    if field.type == Type.MONEY:
        return _placed(value)
    if field.type == Type.DATE:
        return date.fromisoformat(value).isoformat()
    if field.type == Type.YES_NO:
        return {"yes": "true", "no": "false"}[value] if value in ("yes", "no") else _none(value)
    if field.type == Type.CHOICE:
        return LAST if value == NONE else _chosen(field, value)
    return Lower(Left(Value(value), 200))


def _chosen(field: CustomField, value: str) -> str:
    """The key of an option, given by that or by its label; ValueError where there is none."""
    by_label = {fold(one["label"]): str(one["key"]) for one in reversed(field.options)}
    if value in by_label.values():
        return value
    if fold(value) not in by_label:
        raise ValueError(value)
    return by_label[fold(value)]


def _placed(value: str) -> str:
    """An amount as an index has it; ValueError where it is none."""
    amount = typed_money(value, "" if value[-1:].isalpha() else house_currency())
    if amount is None or abs(amount.minor) >= ADDED:
        raise ValueError(value)
    return f"{amount.currency}{amount.minor + ADDED}"


def _none(value: str) -> str:
    if value != NONE:
        raise ValueError(value)
    return LAST


def _where(field: CustomField, *signs: str) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    """A condition by comparison; several signs are joined by or."""

    def narrow(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        found, name = _of(field, rows)
        wanted, condition = _compared(field, value), Q()
        for sign in signs:
            condition |= Q(**{name + sign: wanted})
        if "__lte" in signs:  # what is empty stands behind every value
            condition &= Q(**{f"{name}__lt": _last(field)})
        if field.type == Type.MONEY and signs in (("__lte",), ("__gte",)):  # in its currency alone
            condition &= Q(**{f"{name}__gt": wanted[:3], f"{name}__lt": f"{wanted[:3]}:"})
        return found.filter(condition)

    return narrow


def _last(field: CustomField) -> Any:
    return _INFINITY if field.type == Type.NUMBER else LAST


def _empty(field: CustomField) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    def narrow(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value not in ("yes", "no"):
            raise ValueError(value)
        found, name = _of(field, rows)
        sign = "" if value == "yes" else "__lt"
        return found.filter(**{name + sign: _last(field)})

    return narrow


def _holds(field: CustomField) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    return lambda rows, value: rows.filter(HasWords(F("custom"), of=field, text=value))


def _filters(field: CustomField) -> list[Filter]:
    """What can be asked of a field, by its type."""
    name, label, under = name_of(field), field.label, field.label
    hidden = field.is_personal and field.type in (Type.TEXT, Type.URL)
    is_empty = Filter(f"{name}.empty", _("%s is empty") % label, _empty(field), "flag", under=under)
    if field.type in (Type.CHOICE, Type.YES_NO):
        values = [*_ever(field), (NONE, _("None"))]
        exact = Filter(name, label, _where(field, ""), "choice", lambda: values, under=under)
        but = Filter(
            f"{name}.not", _("%s is not") % label, _where(field, "__lt", "__gt"), "choice", lambda: values,
            under=under,
        )  # fmt: skip
        return [exact, but] if field.type == Type.CHOICE else [exact]
    kind = _ASKED.get(field.type, "text")
    exact = Filter(name, _("%s is") % label, _where(field, ""), kind, personal=hidden, under=under)
    if field.type in (Type.NUMBER, Type.DATE, Type.MONEY):
        since = Filter(f"{name}.from", _("%s from") % label, _where(field, "__gte"), kind, under=under)
        until = Filter(f"{name}.until", _("%s until") % label, _where(field, "__lte"), kind, under=under)
        return [exact, _filled(since, field), until, is_empty]
    has = Filter(f"{name}.has", _("%s contains") % label, _holds(field), personal=hidden, under=under)
    but = Filter(
        f"{name}.not", _("%s is not") % label, _where(field, "__lt", "__gt"), personal=hidden, under=under
    )
    return [has, exact, but, is_empty]


def _filled(since: Filter, field: CustomField) -> Filter:
    """From a value on: without what is empty, which stands behind every value."""
    narrow = since.apply
    assert narrow is not None
    filled = _empty(field)
    return Filter(
        since.name, since.label, lambda rows, value: filled(narrow(rows, value), "no"), since.kind,
        under=since.under,
    )  # fmt: skip


def _ever(field: CustomField) -> list[tuple[str, str]]:
    """The options, also those that are offered no more: some record may hold one."""
    if field.type == Type.YES_NO:
        return choices(field)
    return [(one["key"], one["label"]) for one in field.options]


def _sorts(field: CustomField) -> list[Sort]:
    name, alias = name_of(field), f"own_{field.pk}"
    up = Sort(name, field.label, (alias, "id"), f"custom_{field.pk}", {alias: Held(F("custom"), of=field)})
    if field.type not in (Type.NUMBER, Type.DATE, Type.MONEY):
        return [up]
    down = Held(F("custom"), of=field, down=True)
    label, index = _("%s, from the end") % field.label, f"custom_{field.pk}_down"
    alias = f"{alias}_down"
    return [up, Sort(f"-{name}", label, (f"-{alias}", "-id"), index, {alias: down})]


def _groups(field: CustomField) -> list[Group]:
    if field.type not in (Type.CHOICE, Type.YES_NO):
        return []
    return [Group(name_of(field), _("By %s") % field.label, f"custom_{field.pk}")]
