"""What a list refuses: all that it does not declare."""

from songsheet.base.refusals import Refusal


class UnknownFilter(Refusal):
    """A filter that the list does not declare."""

    code = "unknown_filter"


class UnknownSort(Refusal):
    """A sort that the list does not declare."""

    code = "unknown_sort"


class UnknownColumn(Refusal):
    """A column that the list does not declare, or not for this viewer."""

    code = "unknown_column"


class UnknownGroup(Refusal):
    """A way to group that the list does not declare."""

    code = "unknown_group"


class BadFilterValue(Refusal):
    """A value that the filter cannot read."""

    code = "bad_filter_value"
