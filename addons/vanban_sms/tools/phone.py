"""Numbers that take text messages."""

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher, PhoneNumberType

_COUNTRY = "+84"
_MOBILE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def to_mobile(text):
    """Return the first mobile number in a text as ``+84912345678``, or None.

    Without a country it is one of Việt Nam, in whatever way it is written.
    """
    for match in PhoneNumberMatcher(text or "", "VN"):
        if phonenumbers.number_type(match.number) in _MOBILE:
            return phonenumbers.format_number(match.number, PhoneNumberFormat.E164)
    return None


def with_prefix(number, prefix):
    """Return an international number as a gateway wants it.

    :param str number: ``+84912345678``
    :param str prefix: ``0``, ``84`` or ``+84``; one of another country keeps its own
    """
    if number.startswith(_COUNTRY):
        return prefix + number.removeprefix(_COUNTRY)
    return number if prefix.startswith("+") else number.removeprefix("+")
