"""What is stored short and read long: phone numbers in groups, languages by name."""

import phonenumbers
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _


def phone(number: str) -> str:
    """A number in international form, grouped as its country groups it; what is none stays as it is."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def spoken(codes: str) -> str:
    """Languages by name, from their codes: `de,en` is German, English; a code that nobody knows stays."""
    return ", ".join(_language(one.strip()) for one in codes.split(",") if one.strip())


def _language(code: str) -> str:
    try:
        return _(get_language_info(code.lower())["name"])
    except KeyError:
        return code
