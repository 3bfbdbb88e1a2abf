"""Public holidays by country, from a library that needs no network."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=2_000)
def holidays_of(country: str, year: int) -> Mapping[date, str]:
    """The public holidays of a year with their names; none where the country is not known."""
    import holidays  # takes most of a second: not when a command only says its version

    try:
        return dict(holidays.country_holidays(country, years=year, language="en_US"))
    except NotImplementedError:
        return {}


def load() -> None:
    """Have the library ready before anybody waits for it, least of all with rows locked."""
    holidays_of("US", 2026)
