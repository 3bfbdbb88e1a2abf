"""Values that would be read as something else: true as the number 1, a number as a moment."""

import types
from datetime import date
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import AwareDatetime, BaseModel, ValidationInfo, field_validator


class Plainly(BaseModel):
    """A form of what is sent in which nothing is taken for something that it is not."""

    @field_validator("*", mode="before")
    @classmethod
    def _is_what_it_looks_like(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, int | float):
            annotation: Any = cls.model_fields[str(info.field_name)].annotation
            kinds = _kinds(annotation)
            if isinstance(value, bool) and kinds & {int, float} and bool not in kinds:
                raise ValueError("It must be a number, not true or false.")
            if any(issubclass(one, (date, AwareDatetime)) for one in kinds) and not kinds & {int, float}:
                raise ValueError("It must be a text such as 2026-05-12T10:12:00Z.")
        return value


@cache
def _kinds(annotation: Any) -> frozenset[type]:
    """The plain types that a field may have."""
    if get_origin(annotation) is Annotated:
        return _kinds(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return frozenset().union(*map(_kinds, get_args(annotation)))
    return frozenset([annotation]) if isinstance(annotation, type) else frozenset()
