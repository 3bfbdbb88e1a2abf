"""Mail addresses, phone numbers, websites, countries and languages."""

import re

import phonenumbers
from phonenumbers import PhoneMetadata

from songsheet.base.text import fold
from songsheet.imports.values.bad import Bad, Parse, bad
from songsheet.imports.values.options import Options
from songsheet.imports.values.words import COUNTRIES, LANGUAGES

ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
PLAIN_MAIL = re.compile(rf"{ATOM}(?:\.{ATOM})*@(?:{LABEL}\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]")
NAMED_MAIL = re.compile(r"[^<>]*<([^<>\s]+)>")
BETWEEN = re.compile(r"[;,|\s]+")
BETWEEN_PHONES = re.compile(r"[;|\n]| / ")
HOST = re.compile(rf"(?:{LABEL}\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]")
NOT_DIGIT = re.compile(r"[\s().\-/\u00a0\u2010-\u2015]")
SCHEME = re.compile(r"^[a-z]+://(?:[^/@]*@)?")
END_OF_HOST = re.compile(r"[/?#:]")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?")


def mails_parser(options: Options) -> Parse:
    """To lists of addresses, in small letters; a cell may hold several."""

    def parse(raw: str) -> list[str] | Bad | None:
        text = raw.strip()
        if _is_plain_mail(text):
            return [text.lower()]
        if found := NAMED_MAIL.fullmatch(text):
            text = found[1]
        mails: list[str] = []
        for one in BETWEEN.split(text.removeprefix("mailto:")) if options.split else [text]:
            mail = _mail(one) if one else None
            if isinstance(mail, Bad):
                return mail
            if mail and mail not in mails:
                mails.append(mail)
        return mails or None

    return parse


def _is_plain_mail(text: str) -> bool:
    return len(text) <= 254 and bool(PLAIN_MAIL.fullmatch(text)) and text.index("@") <= 64


def _mail(text: str) -> str | Bad:
    if _is_plain_mail(text):
        return text.lower()
    from email_validator import EmailNotValidError, validate_email

    try:
        mail = str(validate_email(text, check_deliverability=False, test_environment=True).normalized)
    except (EmailNotValidError, UnicodeError):
        return bad(text, "is not a mail address.")
    return mail.lower() if mail.rindex("@") <= 64 else bad(text, "is not a mail address.")


def phones_parser(options: Options) -> Parse:
    """To lists of numbers in E.164; one without a country is of the mapping's country."""
    quick = _quick_phone(options.country)

    def parse(raw: str) -> list[str] | Bad | None:
        text = raw.strip()
        if not text:
            return None
        if number := quick(text):
            return [number]
        phones = []
        for one in BETWEEN_PHONES.split(text) if options.split else [text]:
            if not one.strip():
                continue
            phone: str | Bad = quick(one) or _slow_phone(one, options.country)
            if isinstance(phone, Bad):
                return phone
            if phone not in phones:
                phones.append(phone)
        return phones or None

    return parse


def _quick_phone(country: str | None) -> Parse:
    """Numbers that need no more than the country's own pattern; everything else is None.

    The library takes 40 µs a number and this 1 µs. Countries that rewrite numbers are left to it.
    """
    data = PhoneMetadata.metadata_for_region(country) if country else None
    rule = data.general_desc if data else None
    if (
        data is None
        or rule is None
        or not rule.national_number_pattern
        or data.national_prefix_transform_rule
    ):
        return lambda text: None
    pattern, lengths = re.compile(rule.national_number_pattern), frozenset(rule.possible_length)
    code, trunk = f"+{data.country_code}", data.national_prefix or ""
    if trunk != (data.national_prefix_for_parsing or ""):
        return lambda text: None

    def quick(text: str) -> str | None:
        digits = NOT_DIGIT.sub("", text)
        if digits.startswith(code):
            digits = digits[len(code) :]
        elif trunk and digits.startswith(trunk):
            digits = digits[len(trunk) :]
        if digits.isdigit() and digits.isascii() and len(digits) in lengths and pattern.fullmatch(digits):
            return code + digits
        return None

    return quick


def _slow_phone(text: str, country: str | None) -> str | Bad:
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        if error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE and not country:
            return bad(text, "has no country code, and the mapping names no country.")
        return bad(text, "is not a phone number.")
    if not phonenumbers.is_possible_number(number):
        return bad(text, "has too few or too many digits for a phone number.")
    if not _begins_well(number):
        return bad(text, "begins as no phone number of its country does.")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _begins_well(number: phonenumbers.PhoneNumber) -> bool:
    code = number.country_code or 0
    region = phonenumbers.region_code_for_country_code(code)
    data = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
    rule = data.general_desc if data else None
    pattern = (rule and rule.national_number_pattern) or r"\d+"
    return re.fullmatch(pattern, phonenumbers.national_significant_number(number)) is not None


def website_parser(options: Options) -> Parse:
    """To the name of the host, without www."""

    def parse(raw: str) -> str | Bad | None:
        text = raw.strip()
        if not text:
            return None
        host = (
            re.sub(r"^[a-z]+://", "", text.lower())
            .split("/")[0]
            .split("?")[0]
            .split(":")[0]
            .rpartition("@")[2]
        )
        host = host.removeprefix("www.").rstrip(".")
        if not host.isascii():
            try:
                host = host.encode("idna").decode()
            except UnicodeError:
                return bad(text, "is not a website.")
        return host if len(host) <= 253 and HOST.fullmatch(host) else bad(text, "is not a website.")

    return parse


def country_parser(options: Options) -> Parse:
    """To ISO codes of two letters."""

    def parse(raw: str) -> str | Bad | None:
        text = fold(raw).replace("&", "and")
        return (COUNTRIES.get(text) or bad(raw.strip(), "is no country that is known.")) if text else None

    return parse


def language_parser(options: Options) -> Parse:
    """To language codes."""

    def parse(raw: str) -> str | Bad | None:
        text = raw.strip()
        if not text:
            return None
        if code := LANGUAGES.get(fold(text)):
            return code
        return (
            text.replace("_", "-") if LANGUAGE.fullmatch(text) else bad(text, "is no language that is known.")
        )

    return parse
